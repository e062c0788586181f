// What holds in whatever order the steps are pressed.
#include <gtest/gtest.h>

#include <mutex>
#include <set>

#include "assembly/assembly_testing.h"
#include "assembly/decisions.h"
#include "assembly/steps.h"
#include "assembly/views.h"
#include "store/search.h"

namespace danchu::assembly {
namespace {

class AssemblyRules : public AssemblyTest {
 protected:
  Id<Motion> one_motion(bool works = true) {
    ProposeMotion form = contribution(100'000, 1);
    if (!works) {
      form = {};
      form.title.value = "Giờ phát loa";
      form.asked.value = "Loa phát từ 5 giờ 30";
      form.other = true;
    }
    return taken(assembly().propose(head, village, form));
  }
  ProposeMotion board_member() {
    ProposeMotion form;
    form.title.value = "Bầu thành viên Ban Thanh tra nhân dân";
    form.asked.value = "Bầu một thành viên";
    form.elects_board = true;
    return form;
  }
  ProposeMotion convention() {
    ProposeMotion form;
    form.title.value = "Sửa quy ước";
    form.asked.value = "Thông qua quy ước sửa đổi";
    form.convention = true;
    return form;
  }
  // Passed on 12/12/2026 by 60 of 87 and sent on 14/12.
  Id<Motion> passed_and_sent(const ProposeMotion& form) {
    at(2026, 12, 9, 8, 0);
    const Id<Motion> id = proposed_and_agreed(form);
    const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
    at(2026, 12, 12, 19, 30);
    came(evening, 71);
    opened(evening);
    EXPECT_TRUE(taken(assembly().count_vote(head, id, {.yes = {60}, .no = {11}})).passed);
    taken(assembly().conclude(head, evening, {}));
    at(2026, 12, 14, 9, 0);
    taken(assembly().sign(head, id, signed_paper(make_date(2026, 12, 12))));
    taken(assembly().send(head, id, {}));
    return id;
  }
  Decision decision(Id<Motion> id) {
    return *get([&](store::Reader& r) { return decision_on(r, id); });
  }
};

TEST_P(AssemblyRules, NobodyPressesBothButtons) {
  const Id<Motion> id = one_motion();
  people::Viewer both = head;
  both.posts.push_back({people::Role::village_front, village});
  EXPECT_EQ(fault(assembly().agree(both, id, seen(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().agree(head, id, seen(id))), Fault::denied);
  AgreeByPaper minutes{
      .signed_on = today(), .signed_by = {head.name}, .reference = {"Sổ 1"}, .pictures = one_picture()};
  EXPECT_EQ(assembly().agree_by_paper(head, id, minutes).problems()[0].path, "signed_by");
  minutes.signed_by.value = "Ông Không Ai Biết";
  EXPECT_EQ(assembly().agree_by_paper(head, id, minutes).problems()[0].path, "signed_by")
      << "joint minutes are signed by the head of the Front committee";
  minutes.signed_by.value = front.name + ", Trưởng ban công tác Mặt trận";
  taken(assembly().agree_by_paper(head, id, minutes));
  EXPECT_EQ(state_of(id), MotionState::agreed);
  EXPECT_EQ(fault(assembly().agree(front, id, seen(id))), Fault::conflict);
}

// One person is head and head of the Front committee; a deputy does the Front's side (practice P20).
TEST_P(AssemblyRules, WhereOnePersonHoldsBothPostsNobodysTapIsEnough) {
  Id<people::Unit> other;
  put([&](store::Writer& w) {
    other =
        people::add_village(
            w,
            {.kind = "ban", .name = {"Nà Lếch"}, .commune = commune, .valid_from = people::day("2026-01-01")})
            .value();
  });
  const Id<people::Account> both = person("both.lo", people::Role::village_head, other);
  Id<people::PostRow> front_post;
  put([&](store::Writer& w) {
    front_post = w.new_id<people::PostRow>();
    people::put_posts(
        w, keys(),
        {{front_post, both, people::Role::village_front, other, people::day("2026-01-01"), {}, {}, {}, {}}},
        both);
  });
  const Id<people::Account> second = person("deputy.lo", people::Role::village_front, other, front_post);
  const people::Viewer head_of_both = PeopleTest::viewer(both), deputy = PeopleTest::viewer(second);
  ASSERT_TRUE(deputy.holds(people::Role::village_front, other)) << "he acts where one holds both";
  const Id<Motion> id = taken(assembly().propose(head_of_both, other, contribution(100'000, 1)));
  EXPECT_EQ(fault(assembly().agree(head_of_both, id, seen(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().agree(deputy, id, seen(id))), Fault::unlawful);
  AgreeByPaper minutes{.signed_on = today(), .signed_by = {"Cà Văn Hai, Phó ban"}, .reference = {"Sổ 1"}};
  minutes.pictures = one_picture();
  EXPECT_EQ(fault(assembly().agree_by_paper(head_of_both, id, minutes)), Fault::unlawful);
  minutes.of_committee = true;
  taken(assembly().agree_by_paper(head_of_both, id, minutes));
  EXPECT_EQ(state_of(id), MotionState::agreed);
}

// The notice freezes a list that stands: not one confirmed after it (practice P34).
TEST_P(AssemblyRules, ANoticeIsNotGivenBeforeItsListWasConfirmed) {
  at(2026, 12, 8, 8, 30);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  at(2026, 12, 8, 8, 40);
  taken(db().write_official([&](store::Writer& w) {
    return people::return_list(w, keys(), officer, people::list_of(w, village)->id, {Line<200>{"Sót hộ"}});
  }));
  EXPECT_EQ(fault(assembly().give_notice(head, evening, notice_form())), Fault::conflict) << "no list stands";
  lock_list();
  at(2026, 12, 8, 9, 0);
  GiveNotice form = notice_form();
  form.given_at = at_local(make_date(2026, 12, 8), 8, 39);
  auto refused = assembly().give_notice(head, evening, form);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].path, "given_at");
  EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"MTG-04"});
  form.given_at = at_local(make_date(2026, 12, 8), 8, 40);
  taken(assembly().give_notice(head, evening, form));
}

TEST_P(AssemblyRules, TheCommuneReclassifiesBeforeTheNotice) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = one_motion(false);
  EXPECT_EQ(fault(assembly().reclassify(head, id, {{2}, {"Có chi quỹ chung"}})), Fault::denied);
  taken(assembly().reclassify(officer, id, {{2}, {"Có chi quỹ chung"}}));
  EXPECT_EQ(get([&](store::Reader& r) { return motion(r, id); })->matter.value, 2);
  EXPECT_EQ(fault(assembly().reclassify(officer, id, {{1}, {"Có thu"}})), Fault::invalid);
  taken(assembly().agree(front, id, seen(id)));
  notice(called(make_date(2026, 12, 12), {id}));
  EXPECT_EQ(fault(assembly().reclassify(officer, id, {{6}, {"Tự quản"}})), Fault::conflict);
}

// It agreed to a matter of another kind (DEC-09).
TEST_P(AssemblyRules, TheFrontIsAskedAgainWhenTheKindChanges) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> hours = one_motion(false), road = proposed_and_agreed(contribution(100'000, 1));
  taken(assembly().agree(front, hours, seen(hours)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {hours, road});
  const Id<Motion> alone = one_motion(false);
  taken(assembly().agree(front, alone, seen(alone)));
  const Id<Meeting> other = called(make_date(2026, 12, 13), {alone});
  for (Id<Motion> id : {hours, alone}) taken(assembly().reclassify(officer, id, {{2}, {"Có chi quỹ chung"}}));
  const Motion asked = *get([&](store::Reader& r) { return motion(r, hours); });
  EXPECT_EQ(asked.state, MotionState::proposed);
  EXPECT_FALSE(asked.agreement || asked.agreed_by || asked.agreed_on || asked.meeting);
  EXPECT_EQ(state_of(road), MotionState::called) << "the others stay on the agenda";
  EXPECT_EQ(get([&](store::Reader& r) { return meeting(r, evening); })->state, MeetingState::planned);
  EXPECT_EQ(get([&](store::Reader& r) { return meeting(r, other); })->state, MeetingState::cancelled)
      << "nothing is left to meet about";
  EXPECT_EQ(fault(assembly().call_meeting(head, village,
                                          {.starts = at_local(make_date(2026, 12, 14), 19, 30),
                                           .place = {"Nhà văn hóa"},
                                           .chair = {"Lò Văn Thoa"},
                                           .motions = {hours}})),
            Fault::conflict);
  taken(assembly().agree(front, hours, seen(hours)));
  called(make_date(2026, 12, 14), {hours});
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

// A matter becomes a contribution only when it says what practice P25 asks of one; the commune sees what the
// head answered (P4).
TEST_P(AssemblyRules, AMatterBecomesAContributionOnlyWhenItSaysWhatItIs) {
  ProposeMotion fund = contribution(100'000, 0);
  fund.works = false;
  fund.checker.reset();
  auto unchecked = assembly().propose(head, village, fund);
  ASSERT_FALSE(unchecked.ok()) << "a fund, too, says who checks it";
  EXPECT_EQ(unchecked.problems()[0].path, "checker");
  ProposeMotion nothing;
  nothing.title.value = "Làm đường";
  nothing.asked.value = "Làm 600 m đường";
  EXPECT_EQ(assembly().propose(head, village, nothing).problems()[0].path, "collects") << "what is it about?";
  nothing.other = true;
  nothing.asked.value = "Mỗi hộ góp 200.000 đ làm 600 m đường";
  EXPECT_EQ(assembly().propose(head, village, nothing).problems()[0].path, "collects")
      << "what asks for money is no other matter, with half of the households in place of two thirds";
  nothing.asked.value = "Làm 600 m đường";
  const Id<Motion> unsaid = taken(assembly().propose(head, village, nothing));
  auto refused = assembly().reclassify(officer, unsaid, {{1}, {"Làm đường"}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems().size(), 5u) << "and what is missing: how much, for whom, keeper, checker";
  fund.checker = Line<120>{"Cà Thị Xuân"};
  const Id<Motion> complete = taken(assembly().propose(head, village, fund));
  auto answers = get([&](store::Reader& r) { return answers_to(acts::about(r, subject_of(complete))); });
  EXPECT_EQ(answers, (std::vector<std::string_view>{PlainAnswers::about[0].label}));
  taken(assembly().reclassify(officer, complete, {{1}, {"Làm đường"}}));
  EXPECT_EQ(get([&](store::Reader& r) { return motion(r, complete); })->matter.value, 1);
}

TEST_P(AssemblyRules, OneMeetingCarriesManyMattersAndPutsOffWhatItDoesNotReach) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> road = proposed_and_agreed(contribution(100'000, 1)), hours = one_motion(false),
                   third = one_motion(false);
  for (Id<Motion> id : {hours, third}) taken(assembly().agree(front, id, seen(id)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {road, hours, third});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  EXPECT_TRUE(taken(assembly().count_vote(head, road, {.yes = {58}, .no = {2}})).passed);
  // Late in the evening fewer are there: 44 of 87 is more than half of all households, 43 is not.
  EXPECT_FALSE(
      taken(assembly().count_vote(head, hours, {.present = Count{50}, .yes = {43}, .no = {7}})).passed);
  EXPECT_EQ(assembly().conclude(head, evening, {}).problems()[0].path, "put_off") << "not in silence";
  taken(assembly().conclude(head, evening, {.put_off = Text<1000>{"Hết giờ"}}));
  EXPECT_EQ(state_of(road), MotionState::passed);
  EXPECT_EQ(state_of(hours), MotionState::lost);
  EXPECT_EQ(state_of(third), MotionState::agreed);
  EXPECT_EQ(get([&](store::Reader& r) { return motion(r, third); })->reason->value, "Hết giờ");
  EXPECT_FALSE(get([&](store::Reader& r) { return motion(r, road); })->reason);
  auto put_off = get([&](store::Reader& r) { return put_off_at(r, evening); });
  ASSERT_EQ(put_off.size(), 1u) << "its minutes still name it";
  EXPECT_EQ(put_off[0].motion, third);
  EXPECT_EQ(put_off[0].reason, "Hết giờ");
  taken(assembly().withdraw(head, third, {{"Không cần nữa"}}));
  EXPECT_EQ(get([&](store::Reader& r) { return put_off_at(r, evening); })[0].reason, "Hết giờ")
      << "the minutes stay as they were signed";
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

// Art. 19.1b, BAL-01: a meeting to which too few came opens the way to a ballot, also when the matter was put
// off.
TEST_P(AssemblyRules, AfterAMeetingToWhichTooFewCameABallotIsLawful) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> road = proposed_and_agreed(contribution(100'000, 1));
  auto ballot = [&] { return assembly().ask_form(head, road, {.form = law::Form::ballot}).problems()[0]; };
  EXPECT_EQ(ballot().fault, Fault::unlawful) << "no meeting was held yet";
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {road});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 57);
  opened(evening);
  taken(assembly().conclude(head, evening, {.put_off = Text<1000>{"Chỉ có 57/87 hộ đến"}}));
  EXPECT_EQ(state_of(road), MotionState::agreed);
  EXPECT_EQ(ballot().fault, Fault::conflict) << "lawful, and not run here yet";
  get([&](store::Reader& r) {
    const auto forms = forms_of(law::Law::embedded(), *whole(r, road), today());
    for (const law::FormAnswer& answer : forms) EXPECT_EQ(answer.lawful, answer.form != law::Form::online);
  });
  const Id<Meeting> again = called(make_date(2026, 12, 16), {road});
  notice(again);
  at(2026, 12, 16, 19, 30);
  came(again, 58);
  opened(again);
  taken(assembly().conclude(head, again, {.put_off = Text<1000>{"Mất điện"}}));
  EXPECT_EQ(ballot().fault, Fault::unlawful) << "enough came the last time";
}

// DEC-09: the Front agrees to the matter as it stands.
TEST_P(AssemblyRules, MinutesOlderThanAChangeOfKindAgreeToNothing) {
  at(2026, 12, 5, 8, 0);
  const Id<Motion> id = taken(assembly().propose(head, village, contribution(100'000, 1)));
  AgreeByPaper form{.signed_on = make_date(2026, 12, 5),
                    .signed_by = {front.name},
                    .reference = {"Sổ 2026, tờ 1"},
                    .pictures = one_picture("old"),
                    .version = seen(id).version};
  taken(assembly().agree_by_paper(head, id, form));
  at(2026, 12, 7, 8, 0);
  taken(assembly().reclassify(officer, id, {{2}, {"Thu quỹ chung"}}));
  form.pictures = one_picture("new");
  EXPECT_EQ(fault(assembly().agree_by_paper(head, id, form)), Fault::conflict) << "of the matter before";
  form.version = seen(id).version;
  EXPECT_EQ(assembly().agree_by_paper(head, id, form).problems()[0].path, "signed_on");
  form.signed_on = make_date(2026, 12, 7);
  taken(assembly().agree_by_paper(head, id, form));
}

// Hands that were seen are a vote: the matter is counted or put off openly, and never taken back (practice
// P3).
TEST_P(AssemblyRules, AMatterIsNotWithdrawnOnceItsMeetingIsOpen) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> road = proposed_and_agreed(contribution(100'000, 1)), hours = one_motion(false);
  taken(assembly().agree(front, hours, seen(hours)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {road, hours});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  taken(assembly().withdraw(head, hours, {{"Chưa đủ điều kiện"}}));
  opened(evening);
  for (const people::Viewer& who : {head, officer}) {
    auto refused = assembly().withdraw(who, road, {{"Giơ tay không đủ"}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problems()[0].fault, Fault::conflict);
    EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"MTG-06"});
  }
  taken(assembly().count_vote(head, road, {.yes = {40}, .no = {20}}));
  EXPECT_EQ(fault(assembly().withdraw(head, road, {{"Giơ tay không đủ"}})), Fault::conflict);
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(state_of(road), MotionState::lost);
}

TEST_P(AssemblyRules, ALostMatterOfTheSameTitleIsLinkedThoughItIsProposedAsNew) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> road = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {road});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  taken(assembly().count_vote(head, road, {.yes = {40}, .no = {20}}));
  taken(assembly().conclude(head, evening, {}));
  auto previous = [&](Id<Motion> id) {
    return get([&](store::Reader& r) { return motion(r, id); })->previous;
  };
  EXPECT_FALSE(previous(one_motion(false))) << "another matter";
  ProposeMotion earlier = contribution(100'000, 1);
  earlier.proposed_on = make_date(2026, 12, 11);
  EXPECT_FALSE(previous(taken(assembly().propose(head, village, earlier))))
      << "it was proposed before the vote";
  EXPECT_EQ(previous(one_motion()), road);
  EXPECT_EQ(get([&](store::Reader& r) { return proposed_anew(r, road); }).has_value(), true);
  // Withdrawn in the hall by an older danchu.
  const Id<Motion> hours = one_motion(false);
  static const store::Statement older{"UPDATE motion SET state = 'withdrawn', meeting = $2 WHERE id = $1"};
  put([&](store::Writer& w) { w.run(older, hours, evening); });
  EXPECT_EQ(previous(one_motion(false)), hours);
}

// A convention needs its posted draft, an election its team: neither is built (practice P23, HU-07).
TEST_P(AssemblyRules, WhatDanchuDoesNotRunYetIsProposedAndThenRefused) {
  at(2026, 12, 9, 8, 0);
  ProposeMotion election;
  election.title.value = "Bầu Trưởng bản";
  election.asked.value = "Bầu Trưởng bản nhiệm kỳ 2026";
  election.elects_head = true;
  const std::pair<Id<Motion>, const char*> table[] = {{proposed_and_agreed(election), "MTG-01"},
                                                      {proposed_and_agreed(convention()), "HU-07"}};
  for (const auto& [id, rule] : table) {
    auto refused = assembly().call_meeting(head, village,
                                           {.starts = at_local(make_date(2026, 12, 20), 8, 0),
                                            .place = {"Nhà văn hóa"},
                                            .chair = {"Lò Văn Thoa"},
                                            .motions = {id}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problems()[0].fault, Fault::conflict);
    EXPECT_EQ(refused.problems()[0].rules[0], rule);
    auto asked = assembly().ask_form(head, id, {.form = law::Form::meeting});
    EXPECT_EQ(asked.problems()[0].rules[0], rule);
  }
}

TEST_P(AssemblyRules, AMatterReclassifiedIsAskedAgainAtTheNoticeAndTheOpening) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> hours = one_motion(false), road = one_motion(), other = one_motion(false);
  for (Id<Motion> id : {hours, road, other}) taken(assembly().agree(front, id, seen(id)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {hours, road});
  // A meeting that was called before the program knew better.
  static const store::Statement election{"UPDATE motion SET matter = $2 WHERE id = $1"};
  put([&](store::Writer& w) { w.run(election, hours, 4); });
  EXPECT_EQ(assembly().give_notice(head, evening, notice_form()).problems()[0].rules[0], "MTG-01");
  put([&](store::Writer& w) { w.run(election, hours, 6); });
  taken(assembly().withdraw(head, hours, {{"Chưa đủ điều kiện"}}));
  notice(evening);
  // A meeting that was noticed before the program knew better.
  const Id<Meeting> next = called(make_date(2026, 12, 13), {other});
  notice(next);
  static const store::Statement older{"UPDATE motion SET matter = 3 WHERE id = $1"};
  put([&](store::Writer& w) { w.run(older, other); });
  at(2026, 12, 13, 19, 30);
  came(next, 60);
  auto refused = assembly().open(head, next, {{"Cà Thị Xuân"}, {60}, Method::hands, {60}, {}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].rules[0], "HU-07");
}

TEST_P(AssemblyRules, AMeetingIsHeldOnTheDayOfItsNotice) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 13, 19, 30);
  came(evening, 60);
  auto unsaid = assembly().open(head, evening, {{"Cà Thị Xuân"}, {60}, Method::hands, {60}, {}});
  EXPECT_EQ(unsaid.problems()[0].path, "opened_at") << "entered later, it must be said when";
  auto refused = assembly().open(
      head, evening, {{"Cà Thị Xuân"}, {60}, Method::hands, {60}, at_local(make_date(2026, 12, 13), 19, 30)});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"MTG-04"});
}

TEST_P(AssemblyRules, AMeetingDoesNotOpenBeforeTheHourOfItsNotice) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 18, 0);
  came(evening, 60);  // who comes early is ticked
  OpenMeeting form{{"Cà Thị Xuân"}, {60}, Method::hands, {60}, {}};
  auto refused = assembly().open(head, evening, form);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].fault, Fault::unlawful);
  EXPECT_EQ(refused.problems()[0].path, "opened_at");
  EXPECT_EQ(refused.problems()[0].args[0].second, "19:30 12/12/2026");
  // Entered later, an hour too early is refused as well: what counts is when it happened (practice P29).
  at(2026, 12, 15, 9, 0);
  form.opened_at = at_local(make_date(2026, 12, 12), 19, 0);
  EXPECT_EQ(fault(assembly().open(head, evening, form)), Fault::unlawful);
  form.opened_at = at_local(make_date(2026, 12, 12), 19, 45);
  taken(assembly().open(head, evening, form));
}

// Practice P8: each vote has its own number of households present.
TEST_P(AssemblyRules, EachVoteIsCheckedAgainstThosePresentThen) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> road = proposed_and_agreed(contribution(100'000, 1)), hours = one_motion(false);
  taken(assembly().agree(front, hours, seen(hours)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {road, hours});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  struct {
    std::optional<std::int64_t> present;
    std::int64_t yes, no, other;
    const char* path;
  } const table[] = {
      {88, 40, 0, 0, "present"},        // more than the list holds
      {61, 40, 0, 0, "present"},        // more than came
      {50, 51, 0, 0, "present"},        // more than were there then, as many as came
      {50, 30, 15, 6, "present"},       // all three together
      {50, 61, 0, 0, "yes"},            // more than ever came
      {std::nullopt, 61, 0, 0, "yes"},  // against the ticks
  };
  for (const auto& line : table) {
    CountVote form{.yes = {line.yes}, .no = {line.no}, .other = {line.other}};
    if (line.present) form.present = Count{*line.present};
    auto answer = assembly().count_vote(head, road, form);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.problems()[0].path, line.path);
  }
  taken(assembly().count_vote(head, road, {.yes = {50}, .no = {10}}));
  // Twelve leave: the next vote has fewer present.
  at(2026, 12, 12, 21, 30);
  for (std::size_t i = 0; i < 12; ++i)
    taken(assembly().attend(head, evening, households[i], {.present = false}));
  EXPECT_FALSE(assembly().count_vote(head, hours, {.yes = {49}}).ok());
  taken(assembly().count_vote(head, hours, {.yes = {44}, .no = {4}}));
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, road); })->present.value, 60);
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, hours); })->present.value, 48);
}

// Art. 24.2, practice P24: a voice and no vote.
TEST_P(AssemblyRules, AMemberWhoDisagreesSpeaksAndIsNotCounted) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  const RegisterMember son{households[4], {"Lò Văn Con"}, {}};
  EXPECT_EQ(fault(assembly().register_member(head, evening, son)), Fault::conflict) << "no notice yet";
  notice(evening);
  EXPECT_EQ(fault(assembly().register_member(front, evening, son)), Fault::denied);
  EXPECT_EQ(fault(assembly().register_member(head, evening, {households[4], {""}, {}})), Fault::invalid);
  EXPECT_EQ(fault(assembly().register_member(head, evening, {Id<people::Household>{4711}, {"Ai"}, {}})),
            Fault::invalid);
  const Id<MemberOpinion> asked = taken(assembly().register_member(head, evening, son));
  const Id<MemberOpinion> slip = taken(assembly().register_member(head, evening, son));
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  EXPECT_EQ(fault(assembly().note_opinion(head, asked, {Text<1000>{"Không rõ"}, false})), Fault::invalid);
  taken(assembly().note_opinion(head, asked, {Text<1000>{"Xin đóng ít hơn vì còn nợ"}, false, Count{1}}));
  EXPECT_EQ(fault(assembly().note_opinion(head, asked, {Text<1000>{"Đồng ý"}, false, Count{1}})),
            Fault::conflict)
      << "somebody noted it in the meantime";
  EXPECT_EQ(assembly().note_opinion(head, asked, {{}, false, Count{2}}).problems()[0].path, "said");
  taken(assembly().note_opinion(head, slip, {{}, true, Count{1}}));
  get([&](store::Reader& r) {
    EXPECT_EQ(present_now(r, evening), 60);
    EXPECT_EQ(attended(r, evening), 60);
    auto opinions = opinions_of(r, evening);
    ASSERT_EQ(opinions.size(), 2u);
    EXPECT_FALSE(opinions[0].struck);
    EXPECT_TRUE(opinions[1].struck);
    EXPECT_EQ(persons_of(r, asked.number)["member"], "Lò Văn Con");
    EXPECT_EQ(persons_of(r, asked.number)["said"], "Xin đóng ít hơn vì còn nợ");
  });
  auto verdict = taken(assembly().count_vote(head, id, {.yes = {58}, .no = {2}}));
  EXPECT_EQ(verdict.needed, 58);
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(fault(assembly().note_opinion(head, asked, {Text<1000>{"Khác"}, false, Count{2}})),
            Fault::conflict);
  EXPECT_EQ(get([&](store::Reader& r) { return meeting(r, evening); })->attended->value, 60);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(AssemblyRules, WhatHappenedOnSaturdayMayBeEnteredOnTuesday) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 15, 9, 0);
  const Instant saturday = at_local(make_date(2026, 12, 12), 19, 30);
  for (int i = 0; i < 80; ++i)
    taken(assembly().attend(head, evening, households[static_cast<std::size_t>(i)], {.at = saturday}));
  taken(assembly().open(head, evening, {{"Cà Thị Xuân"}, {60}, Method::hands, {60}, saturday}));
  const Instant voted = saturday + std::chrono::minutes(45);
  for (auto wrong : {std::optional<Instant>{}, std::optional(at_local(today(), 8, 30)),
                     std::optional(saturday - std::chrono::minutes(1))})
    EXPECT_EQ(assembly().count_vote(head, id, {.yes = {58}, .voted_at = wrong}).problems()[0].path,
              "voted_at");
  taken(assembly().count_vote(head, id, {.yes = {57}, .no = {2}, .voted_at = voted}));
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {2}, .version = Count{1}}));
  for (auto wrong : {std::optional<Instant>{}, std::optional(at_local(today(), 8, 30)),
                     std::optional(voted - std::chrono::minutes(1))})
    EXPECT_EQ(assembly().conclude(head, evening, {Title::resolution, wrong}).problems()[0].path,
              "concluded_at");
  for (MeetingPaper paper : {MeetingPaper::attendance, MeetingPaper::minutes})
    taken(assembly().add_meeting_paper(head, evening, {paper, one_picture(std::string(code_of(paper)))}));
  taken(assembly().conclude(head, evening, {Title::resolution, voted}));
  const people::Viewer chair = viewer("son.vi", people::Role::commune_chair, commune);
  const Count shown = get([&](store::Reader& r) { return meeting(r, evening)->version; });
  taken(assembly().accept_papers(chair, evening, {true, shown}));
  EXPECT_EQ(decision(id).effect_from, make_date(2026, 12, 12));
  EXPECT_EQ(decision(id).send_due, make_date(2026, 12, 18));
  auto acts = get([&](store::Reader& r) { return acts::about(r, subject_of(id)); });
  EXPECT_EQ(acts.back().happened, voted) << "numbers mended keep the time of their vote";
  EXPECT_EQ(acts.back().entered, store().clock.now());
}

TEST_P(AssemblyRules, WhoCameAndWentIsOfTheMeetingsDayAndInOrder) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 19, 40);
  auto tick = [&](bool here, int hour, int minute, unsigned day = 12) {
    return assembly().attend(head, evening, households[0],
                             {.present = here, .at = at_local(make_date(2026, 12, day), hour, minute)});
  };
  auto path = [](const auto& answer) { return answer.ok() ? "" : answer.problems()[0].path; };
  EXPECT_EQ(path(tick(true, 19, 0, 10)), "at") << "days before the meeting";
  EXPECT_EQ(path(tick(true, 20, 0)), "at") << "in the future";
  taken(tick(true, 19, 20));
  came(evening, 60);
  opened(evening);
  at(2026, 12, 12, 21, 0);
  EXPECT_EQ(path(tick(false, 19, 10)), "at") << "it went before it came";
  taken(tick(false, 20, 0));
  EXPECT_EQ(path(tick(true, 19, 50)), "at") << "it came back before it went";
  taken(tick(true, 20, 10));
  at(2026, 12, 13, 9, 0);
  EXPECT_FALSE(tick(false, 8, 0, 13).ok()) << "the meeting is over";
}

// Presence is per vote, not per evening (practice P8).
TEST_P(AssemblyRules, WhoWentAndCameBackWasAwayInBetween) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  auto tick = [&](std::size_t household, bool here) {
    taken(assembly().attend(head, evening, households[household], {.present = here}));
    return get([&](store::Reader& r) { return present_now(r, evening); });
  };
  at(2026, 12, 12, 20, 0);
  EXPECT_EQ(tick(0, false), 59);
  EXPECT_EQ(tick(1, false), 58);
  EXPECT_EQ(tick(1, true), 59) << "a slip of the finger";
  at(2026, 12, 12, 20, 10);
  EXPECT_EQ(fault(assembly().count_vote(head, id, {.yes = {60}})), Fault::invalid) << "59 are present";
  EXPECT_TRUE(taken(assembly().count_vote(head, id, {.yes = {58}, .no = {1}})).passed);
  at(2026, 12, 12, 20, 30);
  EXPECT_EQ(tick(0, true), 60);
  EXPECT_EQ(tick(0, true), 60) << "sent twice";
  at(2026, 12, 12, 21, 0);
  EXPECT_EQ(tick(0, false), 59);
  auto gaps = get([&](store::Reader& r) { return gaps_of(r, evening); });
  ASSERT_EQ(gaps.size(), 1u);
  EXPECT_EQ(gaps[0].household, households[0]);
  EXPECT_EQ(gaps[0].left_at, at_local(make_date(2026, 12, 12), 20, 0));
  EXPECT_EQ(gaps[0].back_at, at_local(make_date(2026, 12, 12), 20, 30));
  auto rows = get([&](store::Reader& r) { return attendance_of(r, evening); });
  EXPECT_EQ(rows[0].came_at, at_local(make_date(2026, 12, 12), 19, 30));
  EXPECT_NE(hash_of(rows, gaps), hash_of(rows, {}));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(get([&](store::Reader& r) { return meeting(r, evening); })->attended->value, 60);
}

TEST_P(AssemblyRules, ThePeoplesInspectorateIsRecognisedByTheFront) {
  const people::Viewer mttq = viewer("huong.vi", people::Role::commune_front, commune);
  const Id<Motion> id = passed_and_sent(board_member());
  EXPECT_FALSE(decision(id).effect_from);
  EXPECT_EQ(fault(assembly().receive(officer, id, {})), Fault::denied);
  taken(assembly().receive(mttq, id, {}));
  EXPECT_EQ(decision(id).answer_due, make_date(2026, 12, 21));
  at(2026, 12, 16, 9, 0);
  taken(assembly().recognise(mttq, id, {{"07/QĐ-MTTQ"}, make_date(2026, 12, 16)}));
  EXPECT_EQ(decision(id).effect_from, make_date(2026, 12, 16));
  // A recognised decision is corrected by whoever recognised it.
  const CorrectVote form{
      {71}, {59}, {12}, {0}, {"Ghi nhầm"}, {"Biên bản đính chính 01"}, one_picture(), one_picture("minutes"),
      {}};
  EXPECT_EQ(fault(assembly().correct(head, id, form)), Fault::denied);
  taken(assembly().correct(mttq, id, form));
  EXPECT_EQ(decision(id).state, DecisionState::recognised);
  const CorrectVote turned{{71},
                           {40},
                           {31},
                           {0},
                           {"Ghi nhầm"},
                           {"Biên bản đính chính 02"},
                           one_picture(),
                           one_picture("minutes 2"),
                           {}};
  EXPECT_FALSE(taken(assembly().correct(officer, id, turned)).passed);
  EXPECT_EQ(decision(id).state, DecisionState::recognised) << "it waits for a second person";
  taken(assembly().agree_correction(mttq, id, asked(id)));
  EXPECT_EQ(decision(id).state, DecisionState::not_passed);
  EXPECT_FALSE(decision(id).answer_number || decision(id).answered_on || decision(id).effect_from);
}

TEST_P(AssemblyRules, ARefusalSaysItsReasonsAndSilenceIsNoRecognition) {
  const people::Viewer mttq = viewer("huong.vi", people::Role::commune_front, commune);
  const Id<Motion> id = passed_and_sent(board_member());
  taken(assembly().receive(mttq, id, {}));
  at(2027, 1, 20, 9, 0);
  EXPECT_FALSE(decision(id).effect_from);
  auto silent = assembly().refuse(mttq, id, {{"15/MTTQ"}, make_date(2027, 1, 20), {}});
  EXPECT_EQ(silent.problems()[0].rules, std::vector<std::string>{"EFF-07"});
  taken(assembly().refuse(mttq, id, {{"15/MTTQ"}, make_date(2027, 1, 20), {"Không đủ tiêu chuẩn"}}));
  EXPECT_FALSE(decision(id).effect_from);
}

TEST_P(AssemblyRules, ALostVoteHasNothingToSend) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  taken(assembly().count_vote(head, id, {.yes = {57}, .no = {3}}));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(fault(assembly().sign(head, id, signed_paper(today()))), Fault::conflict);
  EXPECT_EQ(fault(assembly().send(head, id, {})), Fault::conflict);
  taken(assembly().propose_again(head, id, contribution(50'000, 1)));
  EXPECT_EQ(fault(assembly().propose_again(head, id, contribution(40'000, 1))), Fault::conflict);
}

TEST_P(AssemblyRules, AnotherVillagesHeadCanDoNothingHere) {
  Id<people::Unit> other;
  put([&](store::Writer& w) {
    other =
        people::add_village(
            w,
            {.kind = "ban", .name = {"Nà Lếch"}, .commune = commune, .valid_from = people::day("2026-01-01")})
            .value();
  });
  const people::Viewer stranger = viewer("la.vi", people::Role::village_head, other);
  const Id<Motion> id = one_motion();
  EXPECT_EQ(fault(assembly().propose(stranger, village, contribution(1, 1))), Fault::denied);
  EXPECT_EQ(fault(assembly().withdraw(stranger, id, {{"không"}})), Fault::denied);
  taken(assembly().agree(front, id, seen(id)));
  CallMeeting call{.starts = at_local(make_date(2026, 12, 20), 19, 30),
                   .place = {"Nhà"},
                   .chair = {"Ai"},
                   .motions = {id}};
  EXPECT_NE(fault(assembly().call_meeting(stranger, other, call)), Fault::conflict);
  EXPECT_EQ(fault(assembly().propose({}, village, contribution(1, 1))), Fault::denied);
  EXPECT_EQ(fault(assembly().withdraw(head, Id<Motion>{99}, {{"không"}})), Fault::missing);
}

// The commune corrects the frozen list on the morning of the meeting.
TEST_P(AssemblyRules, ACorrectedListCountsEverywhereAtOnce) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 9, 0);
  came(evening, 60);
  correct_list(evening, {.remove = {households[0], households[86]}, .reason = {"Chuyển đi"}});
  auto seen = [&] { return *get([&](store::Reader& r) { return whole(r, id); }); };
  EXPECT_EQ(seen().households, 85);
  EXPECT_EQ(seen().list->first_total, 87);
  EXPECT_EQ(taken(judged(law::Law::embedded(), seen(), today())).needed, 57);
  EXPECT_EQ(get([&](store::Reader& r) { return households_of(r, *meeting(r, evening)); }), 85);
  EXPECT_EQ(get([&](store::Reader& r) { return present_now(r, evening); }), 59) << "one ticked is off";
  EXPECT_EQ(get([&](store::Reader& r) { return attended(r, evening); }), 59);
  at(2026, 12, 12, 19, 30);
  opened(evening);
  EXPECT_EQ(fault(assembly().count_vote(head, id, {.yes = {60}})), Fault::invalid);
  EXPECT_TRUE(taken(assembly().count_vote(head, id, {.yes = {57}, .no = {2}})).passed);
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(seen().vote->households.value, 85);
  EXPECT_EQ(seen().meeting->attended->value, 59);
}

TEST_P(AssemblyRules, ACorrectedListMakesThePagesThatRestOnItFresh) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  struct Heard {
    std::mutex guard;
    std::set<store::Topic> topics;
  };
  auto heard = std::make_shared<Heard>();  // the listener stays when the test is over
  db().on_commit([heard](const std::vector<store::Topic>& topics) {
    std::lock_guard lock(heard->guard);
    heard->topics.insert(topics.begin(), topics.end());
  });
  correct_list(evening, {.remove = {households[0]}, .reason = {"Chuyển đi"}});
  std::lock_guard lock(heard->guard);
  EXPECT_TRUE(heard->topics.contains(subject_of(id)));
  EXPECT_TRUE(heard->topics.contains(subject_of(evening)));
}

TEST_P(AssemblyRules, ACancelledMeetingLeavesItsMattersToBeCalledAgain) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  EXPECT_EQ(fault(assembly().cancel_meeting(head, evening, {})), Fault::invalid);
  taken(assembly().cancel_meeting(head, evening, {{"Mưa lũ"}}));
  EXPECT_EQ(state_of(id), MotionState::agreed);
  at(2026, 12, 20, 8, 0);
  notice(called(make_date(2026, 12, 24), {id}));
}

TEST_P(AssemblyRules, AMatterIsFoundByItsWordsInEveryUnitAroundIt) {
  const Id<Motion> id = one_motion();
  for (std::int64_t unit : {std::int64_t{0}, village.number, commune.number}) {
    auto hits = get([&](store::Reader& r) {
      return store::search(r, "duong noi ban", {"motion", unit}, 10);
    });
    ASSERT_EQ(hits.size(), 1u);
    EXPECT_EQ(hits[0].id, id.number);
  }
  EXPECT_TRUE(get([&](store::Reader& r) {
                return store::search(r, "duong noi ban", {"motion", 4711}, 10);
              }).empty());
}

}  // namespace

DANCHU_ON_EACH_ENGINE(AssemblyRules);

}  // namespace danchu::assembly
