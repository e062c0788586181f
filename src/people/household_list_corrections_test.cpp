// Corrections of a list by the commune, and what the register does to lists that stand.
#include "people/household_list_testing.h"

namespace danchu::people {
namespace {

class ListCorrections : public Lists {
 protected:
  Id<Household> moved_in(const char* name, Date on) {
    return official([&](store::Writer& w) {
             return change_register(
                 w, keys(), head, village,
                 {.change = Change::moved_in, .happened = on, .paper = {"Giấy"}, .head = Line<120>{name}});
           })
        .value();
  }
};
DANCHU_ON_EACH_ENGINE(ListCorrections);

// Within the window: the commune corrects with a reason, or the village takes the list back and posts on.
TEST_P(ListCorrections, AreCorrectedWhileTheyArePosted) {
  auto list = draft();
  ASSERT_TRUE(try_lock(list, head, posted_lock(LockAs::head, today())));
  auto gone = registered()[0].id;
  EXPECT_FALSE(correct(list, {{}, {gone}, {"Đã chuyển đi"}}, officer)) << "a draft is drafted anew";
  ASSERT_TRUE(lock(list, front, LockAs::front));
  EXPECT_FALSE(correct(list, {{}, {gone}, {""}}, officer));
  EXPECT_FALSE(correct(list, {{}, {gone}, {"Đã chuyển đi"}}, head));
  EXPECT_TRUE(correct(list, {{}, {gone}, {"Đã chuyển đi: giấy ngày 1/11"}}, officer));
  EXPECT_EQ(read(list).total, 4);
  EXPECT_EQ(read(list).first_total, 5);
  EXPECT_EQ(read(list).state, ListState::locked);
  EXPECT_TRUE(official([&](store::Writer& w) { return return_list(w, keys(), head, list); }));
  store().clock.set(at_local(today() + 1, 8, 0));
  auto again = draft();
  ASSERT_TRUE(try_lock(again, head, posted_lock(LockAs::head, today() - 1))) << "its posting goes on";
  ASSERT_TRUE(lock(again, front, LockAs::front));
  store().clock.set(at_local(today() + 2, 8, 0));
  EXPECT_TRUE(try_confirm(again));
  nothing_altered();
}

TEST_P(ListCorrections, NeverChangeWithTheRegister) {
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
  auto next = draft(today());
  EXPECT_EQ(read(next).total, 4) << "it counts from the next list";
}

TEST_P(ListCorrections, ACorrectionDoesNotReachBack) {
  const Id<HouseholdList> list = confirmed();
  const Instant before = db().clock().now();
  store().clock.set(at_local(today() + 1, 8, 0));
  ASSERT_TRUE(correct(list, {{}, {registered()[0].id}, {"Ghi trùng"}}, officer));
  get([&](store::Reader& r) {
    EXPECT_EQ(total_at(r, *household_list(r, list), before), 5);
    EXPECT_EQ(total_at(r, *household_list(r, list), db().clock().now()), 4);
  });
}

TEST_P(ListCorrections, AreCorrectedByTheCommuneBeforeVotingOnly) {
  auto list = confirmed();
  ASSERT_TRUE(frozen(list));
  auto missing = moved_in("Quàng Thị Lả", today() - 10);
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
  nothing_altered();
  put([&](store::Writer& w) { voting_started(w, list); });
  EXPECT_FALSE(correct(list, {{present}, {}, {"Quá muộn"}}, officer));
}

// Story D1: a household that split after the list was closed counts from the next list. One that stood on
// that day counts, though it left since.
TEST_P(ListCorrections, AddWhoStoodOnTheDayTheListWasClosedAndNobodyElse) {
  const auto stayed = registered()[1].id, left = registered()[0].id;
  auto list = confirmed();
  const Date closed = read(list).closed_on;
  ASSERT_TRUE(correct(list, {{}, {left}, {"Ghi trùng"}}, officer));
  const auto leave = [&](Id<Household> id, Date on) {
    return official([&](store::Writer& w) {
             return change_register(
                 w, keys(), head, village,
                 {.change = Change::moved_away, .household = id, .happened = on, .paper = {"Giấy"}});
           })
        .ok();
  };
  ASSERT_TRUE(leave(left, closed + 1));
  EXPECT_TRUE(correct(list, {{left}, {}, {"Không trùng: có tên khi chốt"}}, officer)) << "it left later";
  EXPECT_EQ(read(list).total, 5);
  ASSERT_TRUE(correct(list, {{}, {stayed}, {"Ghi trùng"}}, officer));
  ASSERT_TRUE(leave(stayed, closed));
  for (const Id<Household> id : {moved_in("Hộ mới tách", closed + 1), stayed}) {
    auto refused = official([&](store::Writer& w) {
      return correct_list(w, keys(), officer, list, {{id}, {}, {"Bỏ sót"}});
    });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problems()[0].path, "add");
    EXPECT_EQ(refused.problems()[0].args[0].second, to_page(closed));
  }
  EXPECT_TRUE(correct(list, {{moved_in("Hộ bị sót", closed)}, {}, {"Bỏ sót khi lập danh sách"}}, officer));
  nothing_altered();
}

}  // namespace
}  // namespace danchu::people
