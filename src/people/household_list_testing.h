// A village with five households, its head, its Front head and an officer, and their steps with lists. Only
// *_test.cpp files include this.
#pragma once
#include <gmock/gmock.h>

#include "people/household_list.h"
#include "people/household_register.h"
#include "people/people_testing.h"

namespace danchu::people {

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
  // Closed three days ago, unless a day is said: what it was posted for is over.
  Id<HouseholdList> draft(std::optional<Date> closed = {}) {
    return official([&](store::Writer& w) {
             return draft_list(w, keys(), head, village, closed.value_or(today() - 3));
           })
        .value();
  }
  static LockList posted_lock(LockAs as, Date on) {
    LockList form{.as = as};
    if (as == LockAs::head) form.posted_on = on;
    if (as == LockAs::head) form.posted_at = Line<200>{"Nhà văn hóa"};
    return form;
  }
  Result<Done> try_lock(Id<HouseholdList> list, const Viewer& by, const LockList& form) {
    return official([&](store::Writer& w) { return lock_list(w, keys(), by, list, form); });
  }
  Result<Done> try_confirm(Id<HouseholdList> list) {
    return official(
        [&](store::Writer& w) { return confirm_list(w, keys(), law::Law::embedded(), officer, list); });
  }
  bool lock(Id<HouseholdList> list, const Viewer& by, LockAs as, const char* minutes = nullptr) {
    LockList form = posted_lock(as, today() - 3);
    if (minutes) form.minutes = Line<200>{minutes};
    return official([&](store::Writer& w) { return lock_list(w, keys(), by, list, form); }).ok();
  }
  bool confirm(Id<HouseholdList> list, const Viewer& by) {
    return official([&](store::Writer& w) { return confirm_list(w, keys(), law::Law::embedded(), by, list); })
        .ok();
  }
  bool frozen(Id<HouseholdList> list) {
    return official([&](store::Writer& w) { return freeze(w, keys(), list, head, "meeting/1"); }).ok();
  }
  Id<HouseholdList> confirmed() {
    auto list = draft();
    EXPECT_TRUE(lock(list, head, LockAs::head));
    EXPECT_TRUE(lock(list, front, LockAs::front));
    EXPECT_TRUE(confirm(list, officer));
    return list;
  }
  Result<Done> returned(Id<HouseholdList> list, const char* why) {
    ReturnList form;
    if (why) form.reason = Line<200>{why};
    return official([&](store::Writer& w) { return return_list(w, keys(), officer, list, form); });
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

}  // namespace danchu::people
