#include "people/household_list.h"

#include <gmock/gmock.h>

#include "people/household_register.h"
#include "people/people_testing.h"

namespace danchu::people {
namespace {

class Lists : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    officer = viewer(person("officer", Role::commune_officer, commune));
    head = viewer(person("head", Role::village_head, village));
    front = viewer(person("front", Role::village_front, village));
    add_households(5);
  }
  void add_households(int count) {
    put([&](store::Writer& w) {
      for (int i = 0; i < count; ++i)
        put_household(
            w, {{}, village, i + 1, {std::to_string(i + 1)}, {"Lò Văn " + std::to_string(i)}, {}, false, {}},
            day("2026-11-01"), "imported");
    });
  }
  template <class F>
  auto official(F&& fn) {
    return db().write_official(std::forward<F>(fn));
  }
  Id<HouseholdList> draft() {
    return official([&](store::Writer& w) { return draft_list(w, head, village, today()); }).value();
  }
  bool lock(Id<HouseholdList> list, const Viewer& by, LockAs as, const char* minutes = nullptr) {
    LockList form{as, {}};
    if (minutes) form.minutes = Line<200>{minutes};
    return official([&](store::Writer& w) { return lock_list(w, keys(), by, list, form); }).ok();
  }
  bool confirm(Id<HouseholdList> list, const Viewer& by) {
    return official([&](store::Writer& w) { return confirm_list(w, keys(), by, list); }).ok();
  }
  bool frozen(Id<HouseholdList> list) {
    return official([&](store::Writer& w) { return freeze(w, keys(), list, head.account, "meeting/1"); })
        .ok();
  }
  Id<HouseholdList> confirmed() {
    auto list = draft();
    EXPECT_TRUE(lock(list, head, LockAs::head));
    EXPECT_TRUE(lock(list, front, LockAs::front));
    EXPECT_TRUE(confirm(list, officer));
    return list;
  }
  HouseholdList read(Id<HouseholdList> id) {
    return get([&](store::Reader& r) { return household_list(r, id).value(); });
  }
  bool correct(Id<HouseholdList> list, CorrectList form, const Viewer& by) {
    return official([&](store::Writer& w) { return correct_list(w, keys(), by, list, form); }).ok();
  }
  std::vector<Household> registered() {
    return get([&](store::Reader& r) { return households(r, village); });
  }
  void nothing_altered() { EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty()); }

  Viewer officer, head, front;
};
DANCHU_ON_EACH_ENGINE(Lists);

TEST_P(Lists, GoFromDraftToFrozenStepByStep) {
  auto list = draft();
  EXPECT_EQ(read(list).total, 5);
  EXPECT_FALSE(confirm(list, officer)) << "not locked";
  EXPECT_FALSE(frozen(list));
  EXPECT_FALSE(lock(list, front, LockAs::head)) << "not his post";
  EXPECT_TRUE(lock(list, head, LockAs::head));
  EXPECT_FALSE(lock(list, head, LockAs::head)) << "locked once";
  EXPECT_FALSE(confirm(list, officer)) << "the Front has not locked";
  EXPECT_TRUE(lock(list, front, LockAs::front));
  EXPECT_EQ(read(list).state, ListState::locked);
  EXPECT_FALSE(confirm(list, head));
  EXPECT_FALSE(frozen(list)) << "not confirmed";
  get([&](store::Reader& r) {
    EXPECT_FALSE(list_of(r, village));
    EXPECT_FALSE(frozen_total(r, list));
  });
  EXPECT_TRUE(confirm(list, officer));
  EXPECT_TRUE(frozen(list));
  EXPECT_TRUE(frozen(list)) << "a later notice may rest on it";
  get([&](store::Reader& r) {
    EXPECT_EQ(list_of(r, village)->id, list);
    EXPECT_EQ(frozen_total(r, list), 5);
    EXPECT_EQ(lines(r, list).size(), 5u);
  });
  nothing_altered();
}

TEST_P(Lists, NeverChangeWithTheRegister) {
  auto list = confirmed();
  auto gone = registered()[0].id;
  ASSERT_TRUE(official([&](store::Writer& w) {
    return change_register(
        w, keys(), head, village,
        {.change = Change::moved_away, .household = gone, .happened = today(), .paper = {"Giấy"}});
  }));
  EXPECT_EQ(read(list).total, 5);
  ASSERT_TRUE(frozen(list));
  get([&](store::Reader& r) { EXPECT_EQ(lines(r, list).size(), 5u); });
  auto next = draft();
  EXPECT_EQ(read(next).total, 4) << "it counts from the next list";
}

TEST_P(Lists, OneStandsInTheWayOfAnother) {
  auto list = draft();
  auto again = draft();
  EXPECT_NE(list, again) << "a draft nobody locked is replaced";
  EXPECT_TRUE(lock(again, head, LockAs::head));
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, head, village, today()); }));
  EXPECT_TRUE(official([&](store::Writer& w) { return return_list(w, keys(), front, again); }));
  EXPECT_FALSE(lock(again, front, LockAs::front)) << "a returned list is over";
  auto third = confirmed();
  EXPECT_FALSE(official([&](store::Writer& w) { return return_list(w, keys(), head, third); }))
      << "the commune's now";
  EXPECT_TRUE(official([&](store::Writer& w) { return return_list(w, keys(), officer, third); }));
  EXPECT_FALSE(frozen(third));
  nothing_altered();
}

TEST_P(Lists, OnePersonWithBothPostsCannotLockForBoth) {  // practice P20
  put([&](store::Writer& w) {
    ASSERT_TRUE(hand_over(w, keys(), officer, post_of(front.account), "head", today()));
  });
  Viewer both = viewer(head.account);
  ASSERT_TRUE(both.holds(Role::village_front, village));
  Id<PostRow> front_post;
  get([&](store::Reader& r) {
    for (const Officer& held : posts_of(r, head.account, today()))
      if (held.post.role == Role::village_front) front_post = held.post.id;
  });
  Viewer deputy = viewer(person("deputy", Role::village_front, village, front_post));
  EXPECT_TRUE(deputy.holds(Role::village_front, village)) << "may act because the holder may not";

  auto list = draft();
  EXPECT_TRUE(lock(list, both, LockAs::head));
  EXPECT_FALSE(lock(list, both, LockAs::front, "Biên bản 5/12"));
  EXPECT_FALSE(lock(list, deputy, LockAs::front)) << "without the committee's minutes";
  EXPECT_TRUE(lock(list, deputy, LockAs::front, "Biên bản họp Ban CTMT ngày 5/12/2026"));
  EXPECT_EQ(read(list).front_minutes, "Biên bản họp Ban CTMT ngày 5/12/2026");
  EXPECT_TRUE(confirm(list, officer));
  nothing_altered();
}

TEST_P(Lists, AreCorrectedByTheCommuneBeforeVotingOnly) {
  auto list = confirmed();
  ASSERT_TRUE(frozen(list));
  auto missing = official([&](store::Writer& w) {
                   return change_register(w, keys(), head, village,
                                          {.change = Change::moved_in,
                                           .happened = today(),
                                           .paper = {"Giấy"},
                                           .head = Line<120>{"Quàng Thị Lả"}});
                 }).value();
  auto present = registered()[0].id;
  EXPECT_FALSE(correct(list, {{missing}, {}, {"Bỏ sót khi lập danh sách"}}, head));
  EXPECT_FALSE(correct(list, {{missing}, {}, {""}}, officer)) << "no reason";
  EXPECT_FALSE(correct(list, {{}, {}, {"Lý do"}}, officer)) << "nothing to do";
  EXPECT_FALSE(correct(list, {{present}, {}, {"Lý do"}}, officer)) << "on it already";
  EXPECT_FALSE(correct(list, {{}, {missing}, {"Lý do"}}, officer)) << "not on it";
  EXPECT_FALSE(correct(list, {{present}, {present}, {"Lý do"}}, officer));
  EXPECT_TRUE(correct(list, {{missing}, {}, {"Bỏ sót khi lập danh sách"}}, officer));
  EXPECT_EQ(read(list).total, 6);
  EXPECT_EQ(read(list).first_total, 5);
  EXPECT_TRUE(correct(list, {{}, {present}, {"Đã chuyển đi trước ngày chốt"}}, officer));
  EXPECT_EQ(read(list).first_total, 5);
  get([&](store::Reader& r) {
    EXPECT_EQ(lines(r, list).size(), 5u);
    EXPECT_EQ(lines(r, list, true).size(), 6u);
    auto made = corrections(r, list);
    ASSERT_EQ(made.size(), 2u);
    EXPECT_EQ(made[0].total_before, 5);
    EXPECT_EQ(made[0].total_after, 6);
  });
  put([&](store::Writer& w) { voting_started(w, list); });
  EXPECT_FALSE(correct(list, {{present}, {}, {"Quá muộn"}}, officer));
  nothing_altered();
}

TEST_P(Lists, AnAlteredLineIsFound) {
  auto list = confirmed();
  static const store::Statement alter{
      "UPDATE household_list_line SET head = 'Ai đó' WHERE list = $1 AND number = 2"};
  put([&](store::Writer& w) { w.run(alter, list); });
  auto findings = acts::verify(db()).findings;
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0], ::testing::HasSubstr("household_list_line"));
}

TEST_P(Lists, TakeTheRegisterAsItStoodOnTheDay) {
  put([&](store::Writer& w) {
    put_household(w, {{}, village, 6, {"6"}, {"Split later"}, {}, false, {}}, day("2026-12-03"), "split");
    put_household(w, {{}, village, 7, {"7"}, {"Left since"}, {}, false, day("2026-11-30")}, day("2026-11-01"),
                  "imported");
  });
  store().clock.set(at_local(day("2026-12-08"), 8, 0));
  auto total = [&](const char* on) {
    auto list = official([&](store::Writer& w) { return draft_list(w, head, village, day(on)); });
    return read(list.value()).total;
  };
  EXPECT_EQ(total("2026-12-08"), 6);
  EXPECT_EQ(total("2026-12-02"), 5);
  EXPECT_EQ(total("2026-11-29"), 6);
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, head, village, today() + 1); }));
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, front, village, today()); }));
}

}  // namespace
}  // namespace danchu::people
