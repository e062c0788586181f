#include "people/household_list.h"

#include "base/resources.h"
#include "people/household_list_testing.h"

namespace danchu::people {
namespace {

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
  EXPECT_EQ(on(today() - 4).problems()[0].path, "closed_on") << "before the newest list";
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
  auto list = draft(day("2026-11-02"));
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
  EXPECT_EQ(path_of(posted_lock(LockAs::head, today() - 4)), "posted_on") << "it was closed later";
  LockList nowhere = posted_lock(LockAs::head, today());
  nowhere.posted_at.reset();
  EXPECT_EQ(path_of(nowhere), "posted_at");
  EXPECT_EQ(path_of(posted_lock(LockAs::head, today())), "");
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

// Where every officer handed something out, the chair also returns what was confirmed.
TEST_P(Lists, TheChairReturnsAConfirmedListWhereNoOfficerIsImpartial) {
  const Viewer chair = viewer(person("chair", Role::commune_chair, commune));
  auto list = confirmed();
  const auto by = [&](const Viewer& who) {
    return official([&](store::Writer& w) {
      return return_list(w, keys(), who, list, {Line<200>{"Sót hai hộ mới tách"}});
    });
  };
  EXPECT_EQ(by(chair).problems()[0].fault, Fault::denied) << "an officer does it";
  ASSERT_TRUE(reset_account(db(), keys(), officer, head.account));
  EXPECT_EQ(by(officer).problems()[0].rules, std::vector<std::string>{"HHL-02"});
  EXPECT_TRUE(by(chair));
  EXPECT_EQ(read(list).state, ListState::returned);
  nothing_altered();
}

TEST_P(Lists, OneStandsInTheWayOfAnother) {
  auto list = draft();
  auto again = draft();
  EXPECT_NE(list, again) << "a draft nobody locked is replaced";
  const auto refused = [&](const Viewer& who) {
    return get([&](store::Reader& r) { return draft_refusal(r, who, village); });
  };
  EXPECT_FALSE(refused(head));
  EXPECT_EQ(refused(front)->front().fault, Fault::denied);
  EXPECT_TRUE(lock(again, head, LockAs::head));
  EXPECT_EQ(refused(head)->front().fault, Fault::conflict) << "the page offers no other either";
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
  EXPECT_TRUE(steps(chair).give_back && steps(chair).correct);
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
