#include "people/household_list.h"

#include <gmock/gmock.h>

#include "base/resources.h"
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
    return official([&](store::Writer& w) { return draft_list(w, keys(), head, village, today()); }).value();
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
DANCHU_ON_EACH_ENGINE(Lists);

TEST_P(Lists, AreClosedOnARecentDayAndNeverGoBack) {
  auto on = [&](Date day) {
    return official([&](store::Writer& w) { return draft_list(w, keys(), head, village, day); });
  };
  for (Date wrong : {today() + 1, today() - oldest_list - 1})
    EXPECT_EQ(on(wrong).problems()[0].path, "closed_on") << to_iso(wrong);
  EXPECT_TRUE(on(today() - oldest_list).ok());
  auto list = confirmed();
  EXPECT_EQ(get([&](store::Reader& r) { return confirmed_at(r, list); }), db().clock().now());
  EXPECT_TRUE(frozen(list));
  EXPECT_EQ(on(today() - 1).problems()[0].path, "closed_on") << "before the newest list";
  EXPECT_TRUE(on(today()).ok());
}

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

// Posted on 2/11: households may ask for corrections until the end of 4/11 (practice P34, rule HHL-01).
TEST_P(Lists, AreConfirmedWhenTheTimeForCorrectionsIsOver) {
  auto list = draft();
  ASSERT_TRUE(try_lock(list, head, posted_lock(LockAs::head, day("2026-11-02"))));
  ASSERT_TRUE(lock(list, front, LockAs::front));
  EXPECT_EQ(read(list).posted_on, day("2026-11-02"));
  EXPECT_EQ(read(list).posted_at, "Nhà văn hóa");
  for (const char* too_early : {"2026-11-02", "2026-11-03", "2026-11-04"}) {
    store().clock.set(at_local(day(too_early), 16, 0));
    auto refused = try_confirm(list);
    ASSERT_FALSE(refused.ok()) << too_early;
    EXPECT_EQ(refused.problems()[0].path, "reason") << "no article sets this time";
    EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"HHL-01"});
    EXPECT_EQ(refused.problems()[0].args.back(),
              (std::pair<std::string, std::string>{"earliest", "05/11/2026"}));
  }
  store().clock.set(at_local(day("2026-11-05"), 7, 0));
  EXPECT_TRUE(try_confirm(list));
  nothing_altered();
}

TEST_P(Lists, SayWhereAndSinceWhenTheyArePosted) {
  auto list = draft();
  auto path_of = [&](LockList form) {
    auto done = try_lock(list, head, form);
    return done ? std::string() : done.problems()[0].path;
  };
  EXPECT_EQ(path_of({.as = LockAs::head}), "posted_on");
  EXPECT_EQ(path_of(posted_lock(LockAs::head, today() + 1)), "posted_on");
  EXPECT_EQ(path_of(posted_lock(LockAs::head, today() - longest_posting - 1)), "posted_on");
  LockList nowhere = posted_lock(LockAs::head, today());
  nowhere.posted_at.reset();
  EXPECT_EQ(path_of(nowhere), "posted_at");
  EXPECT_EQ(path_of(posted_lock(LockAs::head, today())), "");
}

// Within the window: the commune corrects with a reason, or the village takes the list back and posts on.
TEST_P(Lists, AreCorrectedWhileTheyArePosted) {
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

TEST(ListPosting, IsARuleThatACommuneMayChange) {
  auto with = [](const std::string& written, const std::string& changed) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const Resource& file : resources("law/", ".toml")) {
      std::string text(file.bytes);
      if (std::size_t at = text.find(written); file.path.ends_with("household_lists.toml") && at != text.npos)
        text.replace(at, written.size(), changed);
      files.emplace_back(file.path, text);
    }
    return law::Law::read(files).value();
  };
  const law::Law binding = with("unverified = true", "unverified = false");
  const law::Law two = law::Law::embedded(), three = with("amount = 2", "amount = 3"),
                 none = with("amount = 2", "amount = 0");
  const ConfirmList silent, reasoned{Line<200>{"Xã không quy định niêm yết"}};
  struct {
    const law::Law* law;
    const char *posted, *today;
    const ConfirmList* form;
    bool lawful;
  } const table[] = {
      {&two, "2026-12-06", "2026-12-08", &silent, false},
      {&two, "2026-12-06", "2026-12-08", &reasoned, true},  // no article sets the window: a reason is enough
      {&binding, "2026-12-06", "2026-12-08", &reasoned, false},  // a regulation's is not shortened by one
      {&binding, "2026-12-06", "2026-12-09", &reasoned, true},
      {&two, "2026-12-06", "2026-12-09", &silent, true},  // story D1: the morning of the notice
      {&two, "2026-12-05", "2026-12-08", &silent, true},
      {&two, "2026-12-31", "2027-01-02", &silent, false},  // days off count as days
      {&two, "2026-12-31", "2027-01-03", &silent, true},
      {&three, "2026-12-06", "2026-12-09", &silent, false},
      {&three, "2026-12-06", "2026-12-10", &silent, true},
      {&none, "2026-12-08", "2026-12-08", &silent, false},
      {&none, "2026-12-08", "2026-12-08", &reasoned, true},
  };
  for (const auto& line : table)
    EXPECT_EQ(may_confirm(*line.law, day(line.posted), day(line.today), *line.form).ok(), line.lawful)
        << line.posted << " on " << line.today;
  EXPECT_FALSE(may_confirm(two, std::nullopt, day("2026-12-08"), silent));
  EXPECT_FALSE(two.find("HHL-01")->versions[0].note.vi.empty());
  EXPECT_TRUE(two.find("HHL-01")->versions[0].unverified);
}

// Each line says why it counts (practice P35, P36).
TEST_P(Lists, CarryTheCaseOfEachHousehold) {
  auto households = registered();
  auto count_as = [&](std::size_t at, Circumstance circumstance, bool temporary) {
    return official([&](store::Writer& w) {
             return change_register(w, keys(), head, village,
                                    {.change = Change::counted_as,
                                     .household = households[at].id,
                                     .happened = today(),
                                     .paper = {"Biên bản họp bản 1/11"},
                                     .temporary = temporary,
                                     .circumstance = circumstance});
           })
        .ok();
  };
  EXPECT_TRUE(count_as(0, Circumstance::one_person, false));
  EXPECT_TRUE(count_as(1, Circumstance::away_at_work, false));
  EXPECT_TRUE(count_as(2, Circumstance::shared_house, true));
  auto list = draft();
  EXPECT_EQ(read(list).total, 5) << "every one of them is counted";
  auto drafted = get([&](store::Reader& r) { return lines(r, list); });
  EXPECT_EQ(drafted[0].circumstance, Circumstance::one_person);
  EXPECT_EQ(drafted[0].head, households[0].head) << "nothing else of it changed";
  EXPECT_EQ(drafted[1].circumstance, Circumstance::away_at_work);
  EXPECT_EQ(drafted[2].circumstance, Circumstance::shared_house);
  EXPECT_TRUE(drafted[2].temporary);
  EXPECT_EQ(drafted[3].circumstance, Circumstance::usual);
  const std::string csv = get([&](store::Reader& r) { return register_csv(r, village); });
  EXPECT_THAT(csv, ::testing::HasSubstr("đi làm ăn xa"));
  ASSERT_TRUE(lock(list, head, LockAs::head));
  ASSERT_TRUE(lock(list, front, LockAs::front));
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
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, keys(), head, village, today()); }));
  EXPECT_TRUE(official([&](store::Writer& w) { return return_list(w, keys(), front, again); }));
  EXPECT_FALSE(lock(again, front, LockAs::front)) << "a returned list is over";
  auto third = confirmed();
  EXPECT_FALSE(official([&](store::Writer& w) { return return_list(w, keys(), head, third); }))
      << "the commune's now";
  EXPECT_TRUE(returned(third, "Sót hai hộ mới tách").ok());
  EXPECT_FALSE(frozen(third));
  nothing_altered();
}

// Whoever returned the newer of two lists would choose the older, smaller number for the next vote.
TEST_P(Lists, AReturnedListLeavesNoneUntilAnotherIsConfirmed) {
  const Id<HouseholdList> older = confirmed();
  ASSERT_TRUE(frozen(older));
  const Instant first = db().clock().now();
  add_households(2);
  store().clock.set(at_local(today() + 1, 8, 0));
  const Id<HouseholdList> newer = confirmed();
  const Instant second = db().clock().now();
  store().clock.set(at_local(today() + 1, 8, 0));
  EXPECT_EQ(returned(newer, nullptr).problems()[0].path, "reason");
  ASSERT_TRUE(returned(newer, "Sót hai hộ").ok());
  const Instant third = db().clock().now();
  get([&](store::Reader& r) {
    EXPECT_FALSE(list_of(r, village)) << "no silent way back to the older one";
    EXPECT_FALSE(list_at(r, village, third));
    EXPECT_EQ(list_at(r, village, second)->id, newer) << "it stood then, whatever was done since";
    EXPECT_EQ(list_at(r, village, first)->id, older);
    EXPECT_FALSE(list_at(r, village, first - std::chrono::hours{24}));
    EXPECT_TRUE(had_a_hand_in(r, newer, officer.account));
    EXPECT_FALSE(had_a_hand_in(r, newer, head.account));
    const auto why = acts::about(r, "household-list/" + newer.text()).back();
    EXPECT_EQ(why.body.at("reason").as_string(), "Sót hai hộ");
  });
  store().clock.set(at_local(today() + 1, 8, 0));
  const Id<HouseholdList> next = confirmed();
  EXPECT_EQ(get([&](store::Reader& r) { return list_of(r, village)->id; }), next);
  nothing_altered();
}

TEST_P(Lists, ACorrectionDoesNotReachBack) {
  const Id<HouseholdList> list = confirmed();
  const Instant before = db().clock().now();
  store().clock.set(at_local(today() + 1, 8, 0));
  ASSERT_TRUE(correct(list, {{}, {registered()[0].id}, {"Ghi trùng"}}, officer));
  get([&](store::Reader& r) {
    EXPECT_EQ(total_at(r, *household_list(r, list), before), 5);
    EXPECT_EQ(total_at(r, *household_list(r, list), db().clock().now()), 4);
  });
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
  EXPECT_FALSE(confirm(list, officer)) << "he gave the Front's post to the head today (HHL-02)";
  EXPECT_TRUE(confirm(list, viewer(person("colleague", Role::commune_officer, commune))));
  nothing_altered();
}

// Whoever can sign in as head and Front head, having given them their passwords, does not check them
// (HHL-02).
TEST_P(Lists, WhoResetTheHeadsPasswordDoesNotConfirmHisList) {
  const Viewer chair = viewer(person("chair", Role::commune_chair, commune));
  auto list = draft();
  ASSERT_TRUE(lock(list, head, LockAs::head));
  ASSERT_TRUE(lock(list, front, LockAs::front));
  const auto steps = [&](const Viewer& who) {
    return get([&](store::Reader& r) { return steps_for(r, who, *household_list(r, list), today()); });
  };
  EXPECT_FALSE(steps(chair).confirm) << "an officer does it";
  ASSERT_TRUE(reset_account(db(), keys(), officer, head.account));
  auto refused = try_confirm(list);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.problems()[0].fault, Fault::denied);
  EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"HHL-02"});
  EXPECT_EQ(refused.problems()[0].args[0].second, to_page(today()));
  EXPECT_FALSE(steps(officer).confirm || steps(officer).give_back || steps(officer).correct);
  EXPECT_TRUE(steps(chair).confirm) << "no other officer is there";
  const Viewer colleague = viewer(person("colleague", Role::commune_officer, commune));
  EXPECT_FALSE(steps(chair).confirm);
  EXPECT_TRUE(steps(colleague).confirm && steps(colleague).give_back && steps(colleague).correct);
  const auto days = law::Law::embedded().in_force("HHL-02", today())->term->amount;
  store().clock.set(store().clock.now() + std::chrono::hours(24) * (days - 1));
  EXPECT_FALSE(steps(officer).confirm) << "the last day";
  store().clock.set(store().clock.now() + std::chrono::hours(24));
  EXPECT_TRUE(confirm(list, officer));
  nothing_altered();
}

TEST_P(Lists, ADraftPutInByHandOrChangedIsFound) {
  auto list = draft();
  nothing_altered();
  draft();  // replaces it
  nothing_altered();
  list = draft();
  put([&](store::Writer& w) {
    w.query_text("UPDATE household_list_line SET head = 'Ai đó' WHERE list = $1 AND number = 2",
                 {list.number});
  });
  EXPECT_THAT(acts::verify(db()).findings,
              ::testing::ElementsAre(::testing::HasSubstr("the lines of the draft")));
  put([&](store::Writer& w) {
    w.query_text("UPDATE household_list_line SET head = 'Lò Văn 1' WHERE list = $1 AND number = 2",
                 {list.number});
    w.query_text(
        "INSERT INTO household_list(id, village, state, closed_on, total, locked_by_head, "
        "locked_by_front, front_minutes, confirmed_by, frozen_for) "
        "VALUES (77, $1, 'draft', '2026-12-01', 1, 0, 0, '', 0, '')",
        {village.number});
  });
  EXPECT_THAT(acts::verify(db()).findings, ::testing::ElementsAre(::testing::HasSubstr("no act covers it")));
}

TEST_P(Lists, ARowOfAnOfficialTableNoActNamesIsFound) {
  const Id<HouseholdList> list = draft();
  put([&](store::Writer& w) {
    w.query_text(
        "INSERT INTO household_list_correction(id, list, total_before, total_after, reason, salt, "
        "actor, entered) SELECT 5, id, 5, 6, 'x', $1, 0, 0 FROM household_list WHERE id = $2",
        {store::Bytes{"salt"}, list.number});
  });
  EXPECT_THAT(acts::verify(db()).findings,
              ::testing::ElementsAre(::testing::HasSubstr("household_list_correction")));
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
  nothing_altered();
  put([&](store::Writer& w) { voting_started(w, list); });
  EXPECT_FALSE(correct(list, {{present}, {}, {"Quá muộn"}}, officer));
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

TEST_P(Lists, AnAlteredTotalAHouseholdPutInAndOneTakenOutAreFoundAndNamed) {
  auto list = confirmed();
  Id<Household> ghost;
  put([&](store::Writer& w) {
    ghost =
        put_household(w, {{}, village, 99, {"99"}, {"Ai đó"}, {}, false, {}}, day("2026-11-01"), "imported");
  });
  const std::string columns = ", number, house, head, beside, temporary, reason, removed, circumstance, salt";
  const std::pair<std::string, const char*> meddled[] = {
      {"UPDATE household_list SET total = 4 WHERE id = $1", "column total is 4"},
      {"INSERT INTO household_list_line(id, list, household" + columns + ") SELECT id + 1000000, list, " +
           std::to_string(ghost.number) + columns +
           " FROM household_list_line WHERE list = $1 AND number = 2",
       "no act covers it"},
      {"DELETE FROM household_list_line WHERE list = $1 AND number = 3", "is missing"}};
  std::size_t expected = 0;
  for (const auto& [sql, said] : meddled) {
    put([&](store::Writer& w) { w.query_text(sql, {list.number}); });
    auto findings = acts::verify(db()).findings;
    ASSERT_EQ(findings.size(), ++expected) << sql;
    EXPECT_THAT(findings, ::testing::Contains(::testing::HasSubstr(said)));
  }
}

TEST_P(Lists, TakeTheRegisterAsItStoodOnTheDay) {
  put([&](store::Writer& w) {
    put_household(w, {{}, village, 6, {"6"}, {"Split later"}, {}, false, {}}, day("2026-12-03"), "split");
    put_household(w, {{}, village, 7, {"7"}, {"Left since"}, {}, false, day("2026-11-30")}, day("2026-11-01"),
                  "imported");
  });
  store().clock.set(at_local(day("2026-12-08"), 8, 0));
  auto total = [&](const char* on) {
    auto list = official([&](store::Writer& w) { return draft_list(w, keys(), head, village, day(on)); });
    return read(list.value()).total;
  };
  EXPECT_EQ(total("2026-12-08"), 6);
  EXPECT_EQ(total("2026-12-02"), 5);
  EXPECT_EQ(total("2026-11-29"), 6);
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, keys(), head, village, today() + 1); }));
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, keys(), front, village, today()); }));
}

// The page offers what the service takes, in every state and to everybody.
TEST_P(Lists, OfferTheStepsTheServiceTakes) {
  const Viewer deputy = viewer(person("deputy", Role::commune_officer, commune));
  const Viewer nobody;
  auto list = draft();
  auto expect = [&](const char* state, const Viewer& who, ListSteps steps) {
    const ListSteps found =
        get([&](store::Reader& r) { return steps_for(r, who, *household_list(r, list), today()); });
    EXPECT_EQ(found.lock_as_head, steps.lock_as_head) << state;
    EXPECT_EQ(found.lock_as_front, steps.lock_as_front) << state;
    EXPECT_EQ(found.confirm, steps.confirm) << state;
    EXPECT_EQ(found.give_back, steps.give_back) << state;
    EXPECT_EQ(found.correct, steps.correct) << state;
  };
  expect("draft", head, {.lock_as_head = true, .give_back = true});
  expect("draft", front, {.lock_as_front = true, .give_back = true});
  expect("draft", officer, {.give_back = true});
  expect("draft", nobody, {});
  ASSERT_TRUE(lock(list, head, LockAs::head));
  expect("locked by the head", head, {.give_back = true});
  expect("locked by the head", front, {.lock_as_front = true, .give_back = true});
  ASSERT_TRUE(lock(list, front, LockAs::front));
  expect("locked", head, {.give_back = true});
  expect("locked", officer, {.confirm = true, .give_back = true, .correct = true});
  ASSERT_TRUE(confirm(list, officer));
  expect("confirmed", head, {});
  expect("confirmed", officer, {.give_back = true, .correct = true});
  ASSERT_TRUE(frozen(list));
  expect("frozen", deputy, {.correct = true});
  put([&](store::Writer& w) { voting_started(w, list); });
  expect("voting", officer, {});
}

// An officer who is head of the village too does not confirm what he locked.
TEST_P(Lists, OfferNoConfirmationToWhoLocked) {
  put([&](store::Writer& w) {
    put_posts(w, keys(),
              {{w.new_id<PostRow>(),
                head.account,
                Role::commune_officer,
                commune,
                day("2026-01-01"),
                {},
                {},
                {},
                {}}},
              officer.account);
  });
  const Viewer both = viewer(head.account);
  auto list = draft();
  ASSERT_TRUE(lock(list, both, LockAs::head));
  ASSERT_TRUE(lock(list, front, LockAs::front));
  EXPECT_FALSE(
      get([&](store::Reader& r) { return steps_for(r, both, *household_list(r, list), today()); }).confirm);
  EXPECT_FALSE(confirm(list, both));
}

TEST_P(Lists, AreTasksOfTheHeadTheFrontAndTheCommuneInTurn) {
  using What = ListTask::What;
  auto tasks = [&](const Viewer& who) {
    std::vector<What> found;
    for (const ListTask& task :
         get([&](store::Reader& r) { return list_tasks(r, who, law::Law::embedded(), today()); }))
      found.push_back(task.what);
    return found;
  };
  EXPECT_EQ(tasks(head), std::vector{What::draft});
  EXPECT_EQ(tasks(front), std::vector<What>{});
  auto list = draft();
  EXPECT_EQ(tasks(head), std::vector{What::lock});
  EXPECT_EQ(tasks(front), std::vector{What::lock});
  ASSERT_TRUE(lock(list, head, LockAs::head));
  EXPECT_EQ(tasks(head), std::vector<What>{});
  ASSERT_TRUE(lock(list, front, LockAs::front));
  EXPECT_EQ(tasks(officer), std::vector{What::confirm});
  // Posted today only: it says from when it can be confirmed.
  auto waiting =
      get([&](store::Reader& r) { return list_tasks(r, officer, law::Law::embedded(), today() - 3); });
  EXPECT_EQ(waiting.at(0).not_before, correction_window(law::Law::embedded(), today() - 3)->confirmed_from);
  EXPECT_EQ(
      get([&](store::Reader& r) { return list_tasks(r, officer, law::Law::embedded(), today()); }).at(0).list,
      list);
  EXPECT_FALSE(get([&](store::Reader& r) { return list_tasks(r, officer, law::Law::embedded(), today()); })
                   .at(0)
                   .not_before);
  ASSERT_TRUE(confirm(list, officer));
  for (const Viewer& who : {head, front, officer}) EXPECT_EQ(tasks(who), std::vector<What>{});
}

}  // namespace
}  // namespace danchu::people
