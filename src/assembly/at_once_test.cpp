// Two officers at once, on real threads: one is first, the other is told so, and nothing is lost.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "assembly/assembly_testing.h"

namespace danchu::assembly {
namespace {

class TwoAtOnce : public AssemblyTest {
 protected:
  void SetUp() override {
    AssemblyTest::SetUp();
    if (IsSkipped()) return;
    at(2026, 12, 9, 8, 0);
    road = proposed_and_agreed(contribution(100'000, 1));
    evening = called(make_date(2026, 12, 12), {road});
  }
  void in_the_hall() {
    notice(evening);
    at(2026, 12, 12, 19, 30);
    came(evening, 60);
    opened(evening);
  }
  // Both at the same moment, as far as two threads can be.
  template <class First, class Second>
  static void at_once(First first, Second second) {
    std::barrier ready(2);
    std::thread other([&] {
      ready.arrive_and_wait();
      second();
    });
    ready.arrive_and_wait();
    first();
    other.join();
  }
  template <class T>
  static void exactly_one(const std::optional<Result<T>>& a, const std::optional<Result<T>>& b) {
    ASSERT_TRUE(a && b);
    ASSERT_NE(a->ok(), b->ok()) << "exactly one is done";
    EXPECT_EQ((a->ok() ? *b : *a).problems()[0].fault, Fault::conflict);
  }
  std::int64_t acts_of(const std::string& subject, std::string_view kind) {
    auto acts = get([&](store::Reader& r) { return acts::about(r, subject); });
    return std::count_if(acts.begin(), acts.end(), [&](const auto& act) { return act.kind == kind; });
  }

  Id<Motion> road;
  Id<Meeting> evening;
};

TEST_P(TwoAtOnce, GiveOneNotice) {
  std::optional<Result<Done>> a, b;
  const GiveNotice form = notice_form();
  at_once([&] { a = assembly().give_notice(head, evening, form); },
          [&] { b = assembly().give_notice(head, evening, form); });
  exactly_one(a, b);
  EXPECT_EQ(acts_of(subject_of(evening), "assembly.noticed"), 1);
  EXPECT_EQ(state_of(road), MotionState::noticed);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(TwoAtOnce, LoseNoTick) {
  in_the_hall();
  std::atomic<int> refused = 0;
  auto tick = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      refused += !assembly().attend(head, evening, households[i], {}).ok();
  };
  at_once([&] { tick(60, 80); }, [&] { tick(70, 87); });  // some by both
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(get([&](store::Reader& r) { return present_now(r, evening); }), 87);
}

TEST_P(TwoAtOnce, CountOneVote) {
  in_the_hall();
  std::optional<Result<law::Verdict>> a, b;
  at_once([&] { a = assembly().count_vote(head, road, {.yes = {58}, .no = {2}}); },
          [&] { b = assembly().count_vote(head, road, {.yes = {57}, .no = {3}}); });
  exactly_one(a, b);
  Vote vote = *get([&](store::Reader& r) { return vote_on(r, road); });
  EXPECT_EQ(vote.yes.value, a->ok() ? 58 : 57);
  EXPECT_EQ(vote.version.value, 1);
  // And when both mend it.
  a.reset(), b.reset();
  at_once([&] { a = assembly().count_vote(head, road, {.yes = {56}, .version = Count{1}}); },
          [&] { b = assembly().count_vote(head, road, {.yes = {55}, .version = Count{1}}); });
  exactly_one(a, b);
  vote = *get([&](store::Reader& r) { return vote_on(r, road); });
  EXPECT_EQ(vote.yes.value, a->ok() ? 56 : 55);
  EXPECT_EQ(vote.version.value, 2);
  EXPECT_EQ(acts_of(subject_of(road), "assembly.counted"), 2);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(TwoAtOnce, ConcludeOnce) {
  in_the_hall();
  taken(assembly().count_vote(head, road, {.yes = {58}, .no = {2}}));
  std::optional<Result<Done>> a, b;
  at_once([&] { a = assembly().conclude(head, evening, {}); },
          [&] {
            b = assembly().conclude(head, evening, {Title::minutes, {}});
          });
  exactly_one(a, b);
  EXPECT_EQ(get([&](store::Reader& r) { return decision_on(r, road); })->title,
            a->ok() ? Title::resolution : Title::minutes);
  EXPECT_EQ(acts_of(subject_of(evening), "assembly.concluded"), 1);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

// A tick that comes while the meeting is concluded is counted or refused, never half.
TEST_P(TwoAtOnce, ATickBesideTheConclusionIsCountedOrRefused) {
  in_the_hall();
  taken(assembly().count_vote(head, road, {.yes = {58}, .no = {2}}));
  std::optional<Result<Done>> concluded;
  std::optional<Result<Meeting>> ticked;
  at_once([&] { concluded = assembly().conclude(head, evening, {}); },
          [&] { ticked = assembly().attend(head, evening, households[80], {}); });
  ASSERT_TRUE(concluded && concluded->ok() && ticked);
  get([&](store::Reader& r) {
    const Meeting m = *meeting(r, evening);
    EXPECT_EQ(m.attended->value, ticked->ok() ? 61 : 60);
    EXPECT_EQ(m.attendance_hash->value, hash_of(attendance_of(r, evening), gaps_of(r, evening)));
  });
}

}  // namespace

DANCHU_ON_EACH_ENGINE(TwoAtOnce);

}  // namespace danchu::assembly
