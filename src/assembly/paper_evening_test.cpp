// An evening held on paper and entered afterwards, from the proposal to the result (practice P29, P47).
#include <gmock/gmock.h>

#include "assembly/assembly_testing.h"
#include "assembly/pictures.h"
#include "assembly/steps.h"
#include "assembly/tasks.h"
#include "assembly/views.h"

namespace danchu::assembly {
namespace {

using testing::Contains;
using testing::IsEmpty;

// Nà Cá has no signal: proposed on 9/12, agreed on 10/12, called and noticed on 10/12, held on 12/12/2026;
// typed on 20/12.
class PaperEvening : public AssemblyTest {
 protected:
  void SetUp() override {
    AssemblyTest::SetUp();
    if (IsSkipped()) return;
    chair = viewer("son.vi", people::Role::commune_chair, commune);
    at(2026, 12, 20, 9, 0);
  }
  people::Viewer chair;  // the officer confirmed the list the evenings are counted against
  static constexpr int month = 12;
  static Date day(unsigned d) { return make_date(2026, month, d); }
  Id<Motion> proposed() {
    ProposeMotion form = contribution(100'000, 1);
    form.proposed_on = day(9);
    return taken(assembly().propose(head, village, form));
  }
  AgreeByPaper agreement() {
    return {.signed_on = day(10),
            .signed_by = {front.name},
            .reference = {"Sổ 1"},
            .pictures = one_picture("agreement")};
  }
  CallMeeting call(Id<Motion> id, unsigned called_on = 10) {
    CallMeeting form{.starts = at_local(day(12), 19, 30),
                     .place = {"Nhà văn hóa"},
                     .chair = {"Lò Văn Thoa"},
                     .motions = {id}};
    form.called_on = day(called_on);
    return form;
  }
  Id<Motion> agreed() {
    const Id<Motion> id = proposed();
    taken(assembly().add_proposal_paper(head, id, {one_picture("proposal")}));
    taken(assembly().agree_by_paper(head, id, agreement()));
    return id;
  }
  GiveNotice notice_on(unsigned d) {
    return {.channel = Channel::in_person,
            .posted_at = {"Nhà văn hóa"},
            .given_at = at_local(day(d), 9, 0),
            .documents_sent = day(10)};
  }
  void add(Id<Meeting> id, MeetingPaper paper) {
    taken(assembly().add_meeting_paper(head, id, {paper, one_picture(std::string(code_of(paper)))}));
  }
  Meeting now(Id<Meeting> id) {
    return *get([&](store::Reader& r) { return meeting(r, id); });
  }
  AcceptPapers accepted(Id<Meeting> id) { return {true, now(id).version}; }
  ReturnPapers returned(Id<Meeting> id, const char* why, bool for_good = false) {
    return {{why}, for_good, now(id).version};
  }
  // Counted, and not concluded yet.
  Id<Meeting> counted(Id<Motion> id, std::int64_t yes = 60) {
    const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
    add(evening, MeetingPaper::invitation);
    taken(assembly().give_notice(head, evening, notice_on(10)));
    came(evening, 71);
    taken(assembly().open(head, evening,
                          {.secretary = {"Cà Thị Xuân"},
                           .secretary_yes = {50},
                           .method_yes = {50},
                           .opened_at = at_local(day(12), 19, 40)}));
    taken(assembly().count_vote(head, id,
                                {.yes = {yes}, .no = {71 - yes}, .voted_at = at_local(day(12), 20, 30)}));
    return evening;
  }
  Id<Meeting> submitted(Id<Motion> id) {
    const Id<Meeting> evening = counted(id);
    add(evening, MeetingPaper::attendance);
    add(evening, MeetingPaper::minutes);
    taken(assembly().conclude(head, evening, {.concluded_at = at_local(day(12), 21, 0)}));
    return evening;
  }
};

TEST_P(PaperEvening, BecomesAResultOnceTheCommuneAcceptedItsPapers) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = submitted(id);
  EXPECT_EQ(now(evening).state, MeetingState::submitted);
  EXPECT_EQ(state_of(id), MotionState::voted) << "no result yet";
  EXPECT_FALSE(get([&](store::Reader& r) { return decision_on(r, id); }));
  auto tasks_for = [&](const people::Viewer& viewer) {
    return get([&](store::Reader& r) { return tasks_of(r, viewer, law::Law::embedded(), today()); });
  };
  EXPECT_TRUE(tasks_for(officer).empty()) << "he confirmed its list";
  const auto tasks = tasks_for(chair);
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].verb, Verb::accept_papers);

  EXPECT_EQ(fault(assembly().accept_papers(head, evening, accepted(evening))), Fault::denied);
  EXPECT_EQ(assembly().accept_papers(chair, evening, {false, now(evening).version}).problems()[0].path,
            "compared");
  EXPECT_EQ(assembly().accept_papers(chair, evening, {true, {}}).problems()[0].path, "version")
      << "a program says what it looked at";
  taken(assembly().accept_papers(chair, evening, accepted(evening)));
  EXPECT_EQ(state_of(id), MotionState::passed);
  const Decision decision = *get([&](store::Reader& r) { return decision_on(r, id); });
  EXPECT_EQ(decision.voted_on, day(12));
  EXPECT_EQ(decision.effect_from, day(12)) << "of the vote, not of the typing (EFF-03)";
  EXPECT_EQ(now(evening).accepted_by, chair.account);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(PaperEvening, KeepsTheDayItHappenedAndTheDayItWasEntered) {
  const Id<Motion> id = agreed();
  submitted(id);
  std::map<std::string, Date> happened;
  const Whole all = *get([&](store::Reader& r) { return whole(r, id); });
  for (const acts::Recorded& act : all.acts) {
    EXPECT_EQ(local_date(act.entered), day(20)) << act.kind;
    happened[act.kind] = local_date(act.happened);
  }
  EXPECT_EQ(happened["assembly.proposed"], day(9));
  EXPECT_EQ(happened["assembly.agreed"], day(10));
  EXPECT_EQ(happened["assembly.called"], day(10));
  EXPECT_EQ(happened["assembly.noticed"], day(10));
  EXPECT_EQ(happened["assembly.submitted"], day(12));
}

TEST_P(PaperEvening, NeedsThePictureOfEachPaperBeforeTheStepItProves) {
  const Id<Motion> id = proposed();
  taken(assembly().agree_by_paper(head, id, agreement()));
  EXPECT_EQ(assembly().call_meeting(head, village, call(id)).problems()[0].path, "motions");
  taken(assembly().add_proposal_paper(head, id, {one_picture("proposal")}));
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
  EXPECT_EQ(fault(assembly().give_notice(head, evening, notice_on(10))), Fault::conflict);
  EXPECT_EQ(
      fault(assembly().add_meeting_paper(head, evening, {MeetingPaper::invitation, one_picture("proposal")})),
      Fault::invalid)
      << "one picture proves one paper";
}

TEST_P(PaperEvening, AProposalOnPaperIsProvenAlsoWhereTheMeetingIsCalledHere) {
  const Id<Motion> id = proposed();
  taken(assembly().agree(front, id, seen(id)));
  CallMeeting live = call(id);
  live.called_on.reset();
  live.starts = at_local(day(24), 19, 30);
  EXPECT_EQ(assembly().call_meeting(head, village, live).problems()[0].path, "motions");
  taken(assembly().add_proposal_paper(head, id, {one_picture("proposal")}));
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, live));
  EXPECT_FALSE(now(evening).on_paper);
}

TEST_P(PaperEvening, IsNotConcludedWithoutItsSheetAndMinutes) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = counted(id);
  const Conclude form{.concluded_at = at_local(day(12), 21, 0)};
  EXPECT_EQ(fault(assembly().conclude(head, evening, form)), Fault::conflict);
  add(evening, MeetingPaper::attendance);
  EXPECT_EQ(fault(assembly().conclude(head, evening, form)), Fault::conflict);
  add(evening, MeetingPaper::minutes);
  taken(assembly().conclude(head, evening, form));
}

TEST_P(PaperEvening, IsJudgedByTheDaysOnWhichItHappened) {
  const Id<Motion> id = agreed();
  CallMeeting unsaid = call(id);
  unsaid.called_on.reset();
  EXPECT_EQ(assembly().call_meeting(head, village, unsaid).problems()[0].path, "starts");
  EXPECT_EQ(fault(assembly().call_meeting(head, village, call(id, 9))), Fault::unlawful)
      << "called before the Front agreed";
  EXPECT_EQ(assembly().call_meeting(head, village, call(id, 13)).problems()[0].path, "called_on")
      << "called after it was held";
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
  add(evening, MeetingPaper::invitation);
  EXPECT_EQ(assembly().give_notice(head, evening, notice_on(12)).problems()[0].rules[0], "MTG-04")
      << "notice on the day itself is too late, whenever it is entered";
  EXPECT_EQ(assembly().give_notice(head, evening, notice_on(9)).problems()[0].path, "given_at");
  taken(assembly().give_notice(head, evening, notice_on(10)));
}

// On paper one cannot call what is still to come: it would pass by the notice and its term.
TEST_P(PaperEvening, IsNotOneThatIsStillToCome) {
  const Id<Motion> id = agreed();
  CallMeeting form = call(id);
  for (Instant to_come : {at_local(day(20), 19, 30), at_local(day(22), 19, 30)}) {
    form.starts = to_come;
    auto refused = assembly().call_meeting(head, village, form);
    ASSERT_FALSE(refused.ok()) << to_page(to_come);
    EXPECT_EQ(refused.problems()[0].path, "called_on");
  }
  EXPECT_EQ(state_of(id), MotionState::agreed);
  taken(assembly().call_meeting(head, village, call(id)));
}

TEST_P(PaperEvening, CountsAgainstTheListThatStoodThenNeverALaterOne) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
  add(evening, MeetingPaper::invitation);
  // A list of the 17th with one household less, confirmed before the evening is entered.
  const Id<people::HouseholdList> old =
      get([&](store::Reader& r) { return people::list_of(r, village); })->id;
  put([&](store::Writer& w) { (void)people::freeze(w, keys(), old, head, "meeting/earlier"); });
  static const store::Statement gone{"UPDATE household SET gone = '2026-12-16' WHERE id = $1"};
  put([&](store::Writer& w) { w.run(gone, households[0]); });
  lock_list();
  EXPECT_EQ(get([&](store::Reader& r) { return people::list_of(r, village); })->total, 86);
  taken(assembly().give_notice(head, evening, notice_on(10)));
  EXPECT_EQ(now(evening).list, old);
  EXPECT_EQ(now(evening).households.value, 87);
}

TEST_P(PaperEvening, NoCorrectionOfTheListReachesBackToIt) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
  add(evening, MeetingPaper::invitation);
  taken(assembly().give_notice(head, evening, notice_on(10)));
  correct_list(evening, {{}, {households[80]}, {"Ghi trùng"}});
  auto counted_against = [&] {
    return get([&](store::Reader& r) { return households_of(r, *meeting(r, evening)); });
  };
  EXPECT_EQ(counted_against(), 87);
  came(evening, 71);
  taken(assembly().open(head, evening,
                        {.secretary = {"Cà Thị Xuân"},
                         .secretary_yes = {50},
                         .method_yes = {50},
                         .opened_at = at_local(day(12), 19, 40)}));
  EXPECT_EQ(counted_against(), 87);
}

TEST_P(PaperEvening, BeforeAnyListWasConfirmedIsRefused) {
  ProposeMotion form = contribution(100'000, 1);
  form.proposed_on = day(1);
  const Id<Motion> id = taken(assembly().propose(head, village, form));
  taken(assembly().add_proposal_paper(head, id, {one_picture("proposal")}));
  AgreeByPaper paper = agreement();
  paper.signed_on = day(2);
  taken(assembly().agree_by_paper(head, id, paper));
  CallMeeting early = call(id, 2);
  early.starts = at_local(day(6), 19, 30);
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, early));
  add(evening, MeetingPaper::invitation);
  GiveNotice notice = notice_on(3);
  notice.documents_sent = day(2);
  auto refused = assembly().give_notice(head, evening, notice);  // the list was confirmed on 8/12
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].fault, Fault::unlawful);
  EXPECT_EQ(refused.problems()[0].path, "given_at");
}

TEST_P(PaperEvening, IsReturnedMendedAndSentAgain) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = submitted(id);
  EXPECT_EQ(assembly().return_papers(officer, evening, returned(evening, "")).problems()[0].path, "reason");
  taken(assembly().return_papers(officer, evening, returned(evening, "Biên bản ghi 59 hộ", false)));
  EXPECT_EQ(now(evening).state, MeetingState::open);
  auto vote = get([&](store::Reader& r) { return vote_on(r, id); });
  taken(assembly().count_vote(head, id, {.yes = {59}, .no = {12}, .version = vote->version}));
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
  taken(assembly().conclude(head, evening, {.concluded_at = at_local(day(12), 21, 0)}));
  taken(assembly().accept_papers(chair, evening, accepted(evening)));
  EXPECT_EQ(state_of(id), MotionState::passed);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(PaperEvening, OfTwoOfficersAtOnceTheFirstOneDecides) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = submitted(id);
  const people::Viewer second = viewer("hoa.vi", people::Role::commune_officer, commune);
  const Count shown = now(evening).version;
  taken(assembly().return_papers(officer, evening, {{"Biên bản ghi 59 hộ"}, false, shown}));
  taken(assembly().conclude(head, evening, {.concluded_at = at_local(day(12), 21, 0)}));
  EXPECT_EQ(fault(assembly().accept_papers(second, evening, {true, shown})), Fault::conflict)
      << "what he compared was sent back meanwhile";
  EXPECT_EQ(fault(assembly().return_papers(second, evening, {{"Thiếu chữ ký"}, true, shown})),
            Fault::conflict);
  EXPECT_EQ(now(evening).state, MeetingState::submitted);
  const Count anew = now(evening).version;
  taken(assembly().accept_papers(chair, evening, {true, anew}));
  EXPECT_EQ(fault(assembly().return_papers(second, evening, {{"Thiếu chữ ký"}, false, anew})),
            Fault::conflict);
  EXPECT_EQ(state_of(id), MotionState::passed);
}

TEST_P(PaperEvening, ThatNobodyCanProveIsRefusedForGood) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = submitted(id);
  taken(assembly().return_papers(officer, evening, returned(evening, "Không có cuộc họp này", true)));
  EXPECT_EQ(now(evening).state, MeetingState::cancelled);
  EXPECT_EQ(state_of(id), MotionState::withdrawn);
  EXPECT_FALSE(get([&](store::Reader& r) { return decision_on(r, id); }));
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

// One person may hold a post in the village and one in its commune.
TEST_P(PaperEvening, IsNotAcceptedByWhoHelpedToEnterIt) {
  const Id<people::Account> both = viewer("hoa.ca", people::Role::helper, village).account;
  put([&](store::Writer& w) {
    people::put_posts(w, keys(),
                      {{w.new_id<people::PostRow>(),
                        both,
                        people::Role::commune_officer,
                        commune,
                        make_date(2026, 1, 1),
                        {},
                        {},
                        {},
                        {}}},
                      both);
  });
  const people::Viewer helper = get([&](store::Reader& r) { return people::viewer_for(r, both, today()); });
  const Id<Motion> id = proposed();
  taken(assembly().add_proposal_paper(helper, id, {one_picture("proposal")}));
  taken(assembly().agree_by_paper(head, id, agreement()));
  const Id<Meeting> evening = submitted(id);
  EXPECT_EQ(fault(assembly().accept_papers(helper, evening, accepted(evening))), Fault::denied);
  EXPECT_EQ(fault(assembly().return_papers(helper, evening, returned(evening, "Không có họp", true))),
            Fault::denied)
      << "nor does he make it undone";
  EXPECT_EQ(now(evening).state, MeetingState::submitted);
  EXPECT_FALSE(get([&](store::Reader& r) { return decision_on(r, id); }));
  taken(assembly().accept_papers(chair, evening, accepted(evening)));
}

// A tick is no act: who made it stands in its row, and whoever had a post in the village is no second person.
TEST_P(PaperEvening, IsNotAcceptedByWhoTickedItsHouseholds) {
  const Id<people::PostRow> post = [&] {
    Id<people::PostRow> made;
    put([&](store::Writer& w) {
      made = w.new_id<people::PostRow>();
      people::put_posts(w, keys(),
                        {{made, chair.account, people::Role::helper, village, day(19), {}, {}, {}, {}}},
                        chair.account);
    });
    return made;
  }();
  chair = PeopleTest::viewer(chair.account);
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
  add(evening, MeetingPaper::invitation);
  taken(assembly().give_notice(head, evening, notice_on(10)));
  for (std::size_t i = 0; i < 71; ++i) taken(assembly().attend(chair, evening, households[i], {}));
  came(evening, 71);  // sent again by the head: it stays the other's tick
  EXPECT_TRUE(get([&](store::Reader& r) { return ticked_by(r, evening, chair.account); }));
  EXPECT_FALSE(get([&](store::Reader& r) { return ticked_by(r, evening, head.account); }));
  taken(assembly().open(head, evening,
                        {.secretary = {"Cà Thị Xuân"},
                         .secretary_yes = {50},
                         .method_yes = {50},
                         .opened_at = at_local(day(12), 19, 40)}));
  taken(assembly().count_vote(head, id, {.yes = {60}, .no = {11}, .voted_at = at_local(day(12), 20, 30)}));
  add(evening, MeetingPaper::attendance);
  add(evening, MeetingPaper::minutes);
  taken(assembly().conclude(head, evening, {.concluded_at = at_local(day(12), 21, 0)}));
  EXPECT_EQ(fault(assembly().accept_papers(chair, evening, accepted(evening))), Fault::denied);
  taken(db().write_official(
      [&](store::Writer& w) { return people::end_post(w, keys(), officer, post, today()); }));
  chair = PeopleTest::viewer(chair.account);
  ASSERT_FALSE(chair.holds(people::Role::helper, village));
  EXPECT_EQ(fault(assembly().accept_papers(chair, evening, accepted(evening))), Fault::denied)
      << "the post is over, his ticks are not";
}

// One person would make both numbers: how many households there are, and how many of them agreed.
TEST_P(PaperEvening, IsNotAcceptedByWhoConfirmedItsList) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = submitted(id);
  EXPECT_EQ(fault(assembly().accept_papers(officer, evening, accepted(evening))), Fault::denied);
  taken(assembly().return_papers(officer, evening, returned(evening, "Thiếu trang 2")));
}

// Returning the newer list does not bring the older one back as what the evening is counted against.
TEST_P(PaperEvening, CountsAgainstTheListThatStoodThenThoughItWasReturnedSince) {
  const Id<Motion> id = agreed();
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, call(id)));
  add(evening, MeetingPaper::invitation);
  const Id<people::HouseholdList> stood =
      get([&](store::Reader& r) { return people::list_of(r, village); })->id;
  taken(db().write_official([&](store::Writer& w) {
    return people::return_list(w, keys(), officer, stood, {Line<200>{"Sót hộ"}});
  }));
  taken(assembly().give_notice(head, evening, notice_on(10)));
  EXPECT_EQ(now(evening).list, stood);
  EXPECT_EQ(now(evening).households.value, 87);
  get([&](store::Reader& r) {
    EXPECT_EQ(people::household_list(r, stood)->state, people::ListState::returned);
    EXPECT_FALSE(people::list_of(r, village)) << "no other notice may rest on it";
  });
  came(evening, 71);
  taken(assembly().open(head, evening,
                        {.secretary = {"Cà Thị Xuân"},
                         .secretary_yes = {50},
                         .method_yes = {50},
                         .opened_at = at_local(day(12), 19, 40)}));
  EXPECT_EQ(now(evening).households.value, 87);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

// What the law gives the officer to do with a matter is no entering of its evening.
TEST_P(PaperEvening, IsAcceptedByWhoReturnedItOrChangedTheKindOfItsMatter) {
  const Id<Motion> id = proposed();
  taken(assembly().add_proposal_paper(head, id, {one_picture("proposal")}));
  taken(assembly().reclassify(chair, id, {{2}, {"Có chi quỹ chung"}}));
  taken(assembly().agree_by_paper(head, id, agreement()));
  const Id<Meeting> evening = submitted(id);
  taken(assembly().return_papers(chair, evening, returned(evening, "Biên bản ghi 59 hộ", false)));
  taken(assembly().conclude(head, evening, {.concluded_at = at_local(day(12), 21, 0)}));
  taken(assembly().accept_papers(chair, evening, accepted(evening)));
  EXPECT_EQ(state_of(id), MotionState::passed);
}

// A helper types for the head and adds the photographs himself; the acts say so.
TEST_P(PaperEvening, AHelperAddsThePictures) {
  const people::Viewer helper = viewer("dung.helper", people::Role::helper, village);
  const Id<Motion> id = proposed();
  taken(assembly().add_proposal_paper(helper, id, {one_picture("proposal")}));
  EXPECT_EQ(get([&](store::Reader& r) { return acts::about(r, subject_of(id)); }).back().actor,
            helper.account.number);
  EXPECT_EQ(fault(assembly().add_proposal_paper(officer, id, {one_picture("other")})), Fault::denied);
}

DANCHU_ON_EACH_ENGINE(PaperEvening);

}  // namespace
}  // namespace danchu::assembly
