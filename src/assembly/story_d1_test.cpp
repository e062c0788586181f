// Story D1: a road at bản Nà Cá. A lost vote is lost, and one household decides.
#include <gtest/gtest.h>

#include "assembly/assembly_testing.h"
#include "assembly/tasks.h"
#include "assembly/views.h"

namespace danchu::assembly {
namespace {

class StoryD1 : public AssemblyTest {
 protected:
  // The first meeting: notice on 9/12 for Saturday 12/12, 71 of 87 came, 57 agreed.
  void first_meeting() {
    at(2026, 12, 9, 8, 0);
    road = proposed_and_agreed(contribution(200'000, 3));
    first = called(make_date(2026, 12, 12), {road});
    notice(first);
    at(2026, 12, 12, 19, 30);
    came(first, 71);
    opened(first);
  }
  void first_vote() {
    first_meeting();
    verdict = taken(assembly().count_vote(head, road, {.yes = {57}, .no = {12}, .other = {2}}));
    at(2026, 12, 12, 21, 0);
    taken(assembly().conclude(head, first, {}));
  }
  // The second: 150,000 đồng, notice on 23/12 for Saturday 26/12, 74 came, 58 agreed.
  void second_vote(std::int64_t yes = 58, std::int64_t no = 14) {
    at(2026, 12, 23, 8, 0);
    again = taken(assembly().propose_again(head, road, contribution(150'000, 3)));
    taken(assembly().agree(front, again, seen(again)));
    second = called(make_date(2026, 12, 26), {again});
    notice(second);
    at(2026, 12, 26, 19, 30);
    came(second, 74);
    opened(second);
    verdict = taken(assembly().count_vote(head, again, {.yes = {yes}, .no = {no}, .other = {2}}));
    at(2026, 12, 26, 21, 0);
    taken(assembly().conclude(head, second, {}));
  }

  Id<Motion> road, again;
  Id<Meeting> first, second;
  law::Verdict verdict;
};

TEST_P(StoryD1, ALostVoteIsLost) {
  first_vote();
  EXPECT_TRUE(verdict.lawful);
  EXPECT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.needed, 58);
  Vote vote = *get([&](store::Reader& r) { return vote_on(r, road); });
  EXPECT_EQ(vote.households.value, 87);
  EXPECT_EQ(vote.present.value, 71);
  Decision decision = *get([&](store::Reader& r) { return decision_on(r, road); });
  EXPECT_EQ(decision.state, DecisionState::not_passed);
  EXPECT_FALSE(decision.effect_from);
  EXPECT_FALSE(decision.send_due);  // only what passed is sent (practice P26)
  EXPECT_EQ(state_of(road), MotionState::lost);
}

TEST_P(StoryD1, NoOtherFormMayRescueIt) {
  first_vote();
  auto ballot = assembly().ask_form(head, road, {.form = law::Form::ballot});
  ASSERT_FALSE(ballot.ok());
  EXPECT_EQ(ballot.problems()[0].fault, Fault::unlawful);
  EXPECT_EQ(ballot.problems()[0].rules[0], "BAL-02");
  auto online = assembly().ask_form(head, road, {.form = law::Form::online});
  EXPECT_EQ(online.problems()[0].fault, Fault::unlawful);
  EXPECT_EQ(online.problems()[0].rules[0], "DEC-15");
  auto by_zalo = assembly().ask_form(head, road, {.form = law::Form::online, .add_to_meeting = true});
  EXPECT_EQ(by_zalo.problems()[0].rules, std::vector<std::string>{"DEC-13"});
  // Nor may its numbers be touched again.
  EXPECT_EQ(
      fault(assembly().count_vote(head, road, {.yes = {58}, .no = {12}, .other = {2}, .version = Count{1}})),
      Fault::conflict);
}

TEST_P(StoryD1, ANewProposalPassesExactly) {
  first_vote();
  second_vote();
  EXPECT_TRUE(verdict.passed);
  EXPECT_EQ(verdict.needed, 58);
  EXPECT_EQ(get([&](store::Reader& r) { return motion(r, again); })->previous, road);
  Decision decision = *get([&](store::Reader& r) { return decision_on(r, again); });
  EXPECT_EQ(decision.effect_from, make_date(2026, 12, 26));
  EXPECT_EQ(decision.send_due, make_date(2027, 1, 4));

  at(2026, 12, 28, 9, 0);
  taken(assembly().sign(head, again, signed_paper(make_date(2026, 12, 27))));
  taken(assembly().send(head, again, {}));
  at(2026, 12, 29, 9, 0);
  taken(assembly().receive(officer, again, {}));
  decision = *get([&](store::Reader& r) { return decision_on(r, again); });
  EXPECT_EQ(decision.state, DecisionState::received);
  EXPECT_FALSE(decision.answer_due);  // nobody recognises a road contribution (practice P6)
  EXPECT_EQ(fault(assembly().recognise(officer, again, {{"12/QĐ-UBND"}, make_date(2026, 12, 29)})),
            Fault::conflict);
  taken(assembly().report_execution(head, again, {std::nullopt, {"Đã thu 150.000 đồng của 80 hộ"}}));
}

TEST_P(StoryD1, OneHouseholdFewerLoses) {
  first_vote();
  second_vote(57, 15);
  EXPECT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.needed, 58);
}

TEST_P(StoryD1, TheSignedPaperPrevails) {
  first_vote();
  second_vote();
  at(2026, 12, 28, 9, 0);
  taken(assembly().sign(head, again, signed_paper(make_date(2026, 12, 27))));
  taken(assembly().send(head, again, {}));
  const CorrectVote form{{74},
                         {57},
                         {15},
                         {2},
                         {"Biên bản ghi 57 hộ đồng ý"},
                         {"Biên bản đính chính 01"},
                         one_picture(),
                         one_picture("minutes"),
                         Count{1}};
  EXPECT_EQ(fault(assembly().correct(head, again, form)), Fault::denied) << "he turns no result alone";
  auto judged = taken(assembly().correct(officer, again, form));
  EXPECT_FALSE(judged.passed);
  EXPECT_EQ(state_of(again), MotionState::passed) << "nor does the commune's officer alone";
  EXPECT_EQ(fault(assembly().agree_correction(officer, again, asked(again))), Fault::denied);
  EXPECT_EQ(fault(assembly().agree_correction(head, again, asked(again))), Fault::denied);
  taken(assembly().agree_correction(front, again, asked(again)));
  EXPECT_EQ(fault(assembly().correct(officer, again, form)), Fault::conflict) << "a stale page";
  EXPECT_EQ(state_of(again), MotionState::lost);
  Decision decision = *get([&](store::Reader& r) { return decision_on(r, again); });
  EXPECT_FALSE(decision.effect_from);
  EXPECT_FALSE(decision.send_due);
  EXPECT_FALSE(decision.signed_on || decision.sent_on || decision.paper_reference);
  auto corrections = get([&](store::Reader& r) { return corrections_of(r, again); });
  ASSERT_EQ(corrections.size(), 1u);
  EXPECT_EQ(corrections[0].old_yes.value, 58);
  EXPECT_EQ(corrections[0].new_yes.value, 57);
  EXPECT_EQ(corrections[0].entered_by, officer.account);
  EXPECT_EQ(corrections[0].agreed_by, front.account);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(StoryD1, ALostVoteThatTheSignedPaperTurnsIsSignedAndSentAnew) {
  first_vote();
  at(2026, 12, 16, 9, 0);
  const CorrectVote form{{71},
                         {58},
                         {11},
                         {2},
                         {"Biên bản ghi 58 hộ đồng ý"},
                         {"Biên bản đính chính 02"},
                         one_picture(),
                         one_picture("minutes"),
                         {}};
  EXPECT_EQ(fault(assembly().correct(head, road, form)), Fault::denied);
  again = taken(assembly().propose_again(head, road, contribution(150'000, 3)));
  EXPECT_EQ(fault(assembly().correct(officer, road, form)), Fault::conflict) << "it stands again already";
  taken(assembly().withdraw(head, again, {{"Có biên bản đính chính"}}));
  EXPECT_TRUE(taken(assembly().correct(officer, road, form)).passed);
  EXPECT_EQ(state_of(road), MotionState::lost) << "it waits for a second person";
  const people::Viewer second_officer = viewer("hoa.vi", people::Role::commune_officer, commune);
  auto second_task =
      get([&](store::Reader& r) { return tasks_of(r, second_officer, law::Law::embedded(), today()); });
  ASSERT_EQ(second_task.size(), 1u);
  EXPECT_EQ(second_task[0].verb, Verb::agree_correction);
  EXPECT_EQ(fault(assembly().correct(head, road, form)), Fault::denied);
  taken(assembly().agree_correction(second_officer, road, asked(road)));
  EXPECT_EQ(state_of(road), MotionState::passed);
  Decision decision = *get([&](store::Reader& r) { return decision_on(r, road); });
  EXPECT_EQ(decision.state, DecisionState::concluded);
  EXPECT_EQ(decision.effect_from, make_date(2026, 12, 12));
  EXPECT_EQ(decision.send_due, make_date(2026, 12, 18)) << "five working days from the meeting (MTG-10)";
  auto tasks = get([&](store::Reader& r) { return tasks_of(r, head, law::Law::embedded(), today()); });
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].verb, Verb::sign);
  EXPECT_EQ(fault(assembly().propose_again(head, road, contribution(1, 1))), Fault::conflict);
  // What changes no result the head asks for, and the Front head agrees.
  taken(assembly().correct(head, road,
                           {{71},
                            {59},
                            {10},
                            {2},
                            {"Ghi nhầm"},
                            {"Biên bản đính chính 03"},
                            one_picture(),
                            one_picture("minutes 3"),
                            Count{2}}));
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, road); })->yes.value, 58)
      << "it waits for the Front";
  taken(assembly().agree_correction(front, road, asked(road)));
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, road); })->yes.value, 59);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(StoryD1, NothingIsFoundAltered_AndAnAlteredByteIs) {
  first_vote();
  second_vote();
  auto clean = acts::verify(db());
  EXPECT_EQ(clean.findings, std::vector<std::string>{});
  EXPECT_GT(clean.rows_compared, 0);
  static const store::Statement meddle{"UPDATE motion_vote SET yes = 58, no = 11 WHERE motion = $1"};
  put([&](store::Writer& w) { w.run(meddle, road); });
  auto found = acts::verify(db()).findings;
  ASSERT_FALSE(found.empty());
  EXPECT_NE(found[0].find("motion_vote"), std::string::npos);
}

TEST_P(StoryD1, ByteOfAMotionIsFoundAltered) {
  first_vote();
  static const store::Statement meddle{"UPDATE motion SET title = 'Đường nội bảm' WHERE id = $1"};
  put([&](store::Writer& w) { w.run(meddle, road); });
  auto found = acts::verify(db()).findings;
  ASSERT_FALSE(found.empty());
  EXPECT_NE(found[0].find("motion"), std::string::npos);
}

TEST_P(StoryD1, WhoCameIsSealedByTheConclusion) {
  first_vote();
  EXPECT_EQ(acts::verify(db()).findings, std::vector<std::string>{});
  static const store::Statement meddle{
      "UPDATE attendance SET came_at = came_at + 60000000 WHERE meeting = $1 AND household = $2"};
  put([&](store::Writer& w) { w.run(meddle, first, households[50]); });
  auto found = acts::verify(db()).findings;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("attendance"), std::string::npos);
  EXPECT_NE(found[0].find(first.text()), std::string::npos);
}

TEST_P(StoryD1, SinceWhenTheListIsClosedStandsInTheActOfOpening) {
  first_meeting();
  EXPECT_EQ(acts::verify(db()).findings, std::vector<std::string>{});
  static const store::Statement meddle{
      "UPDATE household_list SET voting_since = NULL WHERE voting_since > 0"};
  put([&](store::Writer& w) { w.run(meddle); });
  auto found = acts::verify(db()).findings;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("voting_since"), std::string::npos);
}

TEST_P(StoryD1, TwoOfficersAtOnce) {
  first_meeting();
  taken(assembly().count_vote(head, road, {.yes = {57}, .no = {12}, .other = {2}}));
  EXPECT_EQ(fault(assembly().count_vote(head, road, {.yes = {56}, .no = {12}, .other = {2}})),
            Fault::conflict);
  taken(assembly().count_vote(head, road, {.yes = {56}, .no = {13}, .other = {2}, .version = Count{1}}));
  EXPECT_EQ(
      fault(assembly().count_vote(head, road, {.yes = {55}, .no = {14}, .other = {2}, .version = Count{1}})),
      Fault::conflict);
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, road); })->yes.value, 56);
}

TEST_P(StoryD1, NumbersThatCannotBeAreRefused) {
  first_meeting();
  struct {
    CountVote form;
    const char* path;
  } const table[] = {
      {{.present = Count{88}, .yes = {57}}, "present"},
      {{.present = Count{72}, .yes = {57}}, "present"},
      {{.yes = {60}, .no = {12}}, "yes"},
  };
  for (const auto& line : table) {
    auto answer = assembly().count_vote(head, road, line.form);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.problems()[0].path, line.path);
  }
}

// As the story tells it: locked on 8/12, notice on 9/12. The list has been posted since 6/12, so the commune
// confirms it on the morning of the notice and not before (practice P34).
TEST_P(StoryD1, AListPostedBeforeTheLockServesTheNoticeOfTheNextDay) {
  auto list_step = [&](auto step) { return db().write_official(step); };
  const Id<people::HouseholdList> first_list =
      get([&](store::Reader& r) { return people::list_of(r, village)->id; });
  taken(list_step([&](store::Writer& w) {
    return people::return_list(w, keys(), officer, first_list, {Line<200>{"Chốt trước ngày niêm yết"}});
  }));
  at(2026, 12, 8, 17, 0);
  auto list = taken(list_step([&](store::Writer& w) {
    return people::draft_list(w, keys(), head, village, make_date(2026, 12, 6));
  }));
  taken(list_step([&](store::Writer& w) {
    return people::lock_list(w, keys(), head, list,
                             {.as = people::LockAs::head,
                              .posted_on = make_date(2026, 12, 6),
                              .posted_at = Line<200>{"Nhà văn hóa"}});
  }));
  taken(list_step([&](store::Writer& w) {
    return people::lock_list(w, keys(), front, list, {.as = people::LockAs::front});
  }));
  auto confirm = [&] {
    return list_step([&](store::Writer& w) {
      return people::confirm_list(w, keys(), law::Law::embedded(), officer, list);
    });
  };
  EXPECT_EQ(confirm().problems()[0].path, "reason") << "the eve needs a reason";
  at(2026, 12, 9, 7, 30);
  taken(confirm());
  first_vote();
  EXPECT_EQ(verdict.needed, 58);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(StoryD1, LateNoticeNamesTheEarliestLawfulDay) {
  at(2026, 12, 10, 8, 0);
  road = proposed_and_agreed(contribution(200'000, 3));
  first = called(make_date(2026, 12, 12), {road});  // in time, had notice been given that day
  at(2026, 12, 11, 8, 0);
  auto late = assembly().give_notice(head, first, notice_form());
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.problems()[0].rules, (std::vector<std::string>{"MTG-04", "X-04"}));
  bool named = false;
  for (const auto& [name, value] : late.problems()[0].args)
    named = named || (name == "earliest" && value == "13/12/2026");
  EXPECT_TRUE(named);
}

TEST_P(StoryD1, NoticeIsAlsoPostedAndDocumentsAreSent) {
  at(2026, 12, 9, 8, 0);
  road = proposed_and_agreed(contribution(200'000, 3));
  first = called(make_date(2026, 12, 12), {road});
  GiveNotice form = notice_form();
  form.posted_at.value.clear();
  EXPECT_EQ(assembly().give_notice(head, first, form).problems()[0].path, "posted_at");
  form = notice_form();
  form.documents_sent.reset();
  EXPECT_EQ(assembly().give_notice(head, first, form).problems()[0].rules,
            (std::vector<std::string>{"MTG-05", "X-04"}));
  EXPECT_EQ(get([&](store::Reader& r) { return meeting(r, first); })->households.value, 0);
}

TEST_P(StoryD1, OneTapTwiceCountsOnce) {
  first_meeting();
  auto after = [&](const Attend& tick) {
    taken(assembly().attend(head, first, households[0], tick));
    return get([&](store::Reader& r) { return present_now(r, first); });
  };
  EXPECT_EQ(after({}), 71);
  EXPECT_EQ(after({.other_name = Line<120>{"Lò Thị Pản"}, .relation = Line<60>{"vợ"}}), 71);
  EXPECT_EQ(after({.present = false}), 70);
  EXPECT_EQ(fault(assembly().attend(head, first, Id<people::Household>{4711}, {})), Fault::missing);
}

}  // namespace

DANCHU_ON_EACH_ENGINE(StoryD1);

}  // namespace danchu::assembly
