#include "assembly/attendance.h"

#include "assembly/assembly_testing.h"

namespace danchu::assembly {
namespace {

class AttendanceRows : public AssemblyTest {
 protected:
  void SetUp() override {
    AssemblyTest::SetUp();
    if (IsSkipped()) return;
    at(2026, 12, 9, 8, 0);
    id = proposed_and_agreed(contribution(100'000, 1));
    evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
  }
  Result<Meeting> tick(std::size_t household, Attend form = {}) {
    return assembly().attend(head, evening, households[household], form);
  }
  std::int64_t present() {
    return get([&](store::Reader& r) { return present_now(r, evening); });
  }
  std::int64_t came_at_all() {
    return get([&](store::Reader& r) { return attended(r, evening); });
  }

  Id<Motion> id;
  Id<Meeting> evening;
  const Attend gone{.present = false};
  const Attend wrong{.present = false, .mistake = true};
};

TEST_P(AttendanceRows, NobodyIsPresentBeforeTheDay) {
  at(2026, 12, 11, 23, 59);
  auto early = tick(0);
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.problems()[0].fault, Fault::conflict);
  EXPECT_EQ(came_at_all(), 0);
  at(2026, 12, 12, 18, 30);
  taken(tick(0));
  EXPECT_EQ(present(), 1);
}

TEST_P(AttendanceRows, ASlipOfTheFingerIsNoComing) {
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  taken(tick(60));
  taken(tick(60, gone));
  EXPECT_EQ(came_at_all(), 60) << "taken back at once";
  taken(tick(60));
  at(2026, 12, 12, 20, 0);
  taken(tick(60, gone));
  EXPECT_EQ(came_at_all(), 61) << "it was there half an hour";
  EXPECT_EQ(present(), 60);
}

TEST_P(AttendanceRows, AWrongTickIsTakenBackUntilAVoteRestsOnIt) {
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  at(2026, 12, 12, 20, 0);
  taken(tick(59, gone));
  at(2026, 12, 12, 20, 10);
  taken(tick(59));
  taken(tick(59, wrong));
  EXPECT_EQ(came_at_all(), 59);
  EXPECT_TRUE(get([&](store::Reader& r) { return gaps_of(r, evening); }).empty());
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {1}}));
  auto refused = tick(58, wrong);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].path, "mistake");
  taken(tick(58, gone));
  EXPECT_EQ(came_at_all(), 59) << "who voted was there";
  taken(assembly().conclude(head, evening, {}));
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(AttendanceRows, ATickAgainKeepsTheNameOfWhoCame) {
  at(2026, 12, 12, 19, 30);
  taken(tick(0, {.other_name = Line<120>{"Lò Thị B"}, .relation = Line<60>{"con"}}));
  taken(tick(0));
  const auto row = get([&](store::Reader& r) { return standing_on(r, *meeting(r, evening), households[0]); });
  ASSERT_TRUE(row && row->came && row->came->other_name);
  EXPECT_EQ(row->came->other_name->value, "Lò Thị B");
  EXPECT_EQ(row->came->relation->value, "con");
}

DANCHU_ON_EACH_ENGINE(AttendanceRows);

}  // namespace
}  // namespace danchu::assembly
