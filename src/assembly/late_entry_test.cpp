// What is entered too late to be seen by anybody rests on paper: the evening goes to the commune with its
// pictures, however it was called (practice P29, P47).
#include <gmock/gmock.h>

#include "assembly/assembly_testing.h"
#include "assembly/pictures.h"
#include "assembly/steps.h"

namespace danchu::assembly {
namespace {

using testing::IsEmpty;

// Called on 9/12 at 9:00 for Saturday 12/12, 19:30.
class LateEntry : public AssemblyTest {
 protected:
  void SetUp() override {
    AssemblyTest::SetUp();
    if (IsSkipped()) return;
    chair = viewer("son.vi", people::Role::commune_chair, commune);
    at(2026, 12, 9, 9, 0);
    id = proposed_and_agreed(contribution(100'000, 1));
    evening = called(day(12), {id});
  }
  static Date day(unsigned d) { return make_date(2026, 12, d); }
  static Instant saturday(int hour, int minute) { return at_local(day(12), hour, minute); }
  Meeting now() {
    return *get([&](store::Reader& r) { return meeting(r, evening); });
  }
  Result<Done> notice_given(Instant when) {
    GiveNotice form = notice_form();
    form.given_at = when;
    form.documents_sent = day(9);
    return assembly().give_notice(head, evening, form);
  }
  Result<Done> add(MeetingPaper paper) {
    return assembly().add_meeting_paper(head, evening, {paper, one_picture(std::string(code_of(paper)))});
  }
  OpenMeeting opening() { return {{"Cà Thị Xuân"}, {50}, Method::hands, {50}, saturday(19, 40)}; }
  Result<law::Verdict> count() {
    return assembly().count_vote(head, id, {.yes = {60}, .no = {11}, .voted_at = saturday(20, 30)});
  }
  Result<Done> conclude() { return assembly().conclude(head, evening, {.concluded_at = saturday(21, 0)}); }
  // Nobody but the head can have seen it: no result before the commune has accepted its papers.
  void goes_to_the_commune() {
    EXPECT_TRUE(now().on_paper);
    EXPECT_EQ(fault(conclude()), Fault::conflict) << "without its sheet and minutes";
    taken(add(MeetingPaper::attendance));
    taken(add(MeetingPaper::minutes));
    taken(conclude());
    EXPECT_EQ(now().state, MeetingState::submitted);
    EXPECT_FALSE(get([&](store::Reader& r) { return decision_on(r, id); }));
    taken(assembly().accept_papers(chair, evening, {true, now().version}));
    EXPECT_EQ(state_of(id), MotionState::passed);
    EXPECT_EQ(get([&](store::Reader& r) { return decision_on(r, id); })->effect_from, day(12));
    EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
  }
  people::Viewer chair;  // the officer confirmed the list
  Id<Motion> id;
  Id<Meeting> evening;
};
DANCHU_ON_EACH_ENGINE(LateEntry);

TEST_P(LateEntry, ANoticeOfThisMorningMayBeEnteredThisEvening) {
  at(2026, 12, 9, 20, 0);
  EXPECT_EQ(notice_given(at_local(day(9), 8, 30)).problems()[0].path, "given_at")
      << "before the meeting was called, though on the same day";
  taken(notice_given(at_local(day(9), 9, 30)));
  EXPECT_FALSE(now().on_paper);
}

TEST_P(LateEntry, ANoticeOfAnEarlierDayIsProvenByItsPicture) {
  at(2026, 12, 12, 19, 29);
  EXPECT_EQ(fault(notice_given(at_local(day(9), 10, 0))), Fault::conflict);
  EXPECT_FALSE(now().on_paper);
  taken(add(MeetingPaper::invitation));
  EXPECT_FALSE(now().on_paper) << "the picture alone changes nothing";
  taken(notice_given(at_local(day(9), 10, 0)));
  at(2026, 12, 12, 19, 40);
  came(evening, 71);
  taken(assembly().open(head, evening, opening()));
  at(2026, 12, 12, 21, 0);
  taken(count());
  goes_to_the_commune();
}

// Weeks later one head alone: the whole evening was told to nobody.
TEST_P(LateEntry, AMeetingThatStayedPlannedIsNoDecisionOfOnePerson) {
  at(2027, 1, 20, 9, 0);
  EXPECT_EQ(fault(notice_given(at_local(day(9), 10, 0))), Fault::conflict);
  taken(add(MeetingPaper::invitation));
  EXPECT_TRUE(now().on_paper);
  taken(notice_given(at_local(day(9), 10, 0)));
  came(evening, 71);
  taken(assembly().open(head, evening, opening()));
  taken(count());
  goes_to_the_commune();
}

TEST_P(LateEntry, AHallEnteredAfterItsNightRestsOnPaper) {
  notice(evening);
  at(2026, 12, 15, 9, 0);
  came(evening, 71);
  taken(assembly().open(head, evening, opening()));
  taken(count());
  goes_to_the_commune();
}

TEST_P(LateEntry, SoDoesAVoteOfAnEveningThatWasOpenedInTime) {
  notice(evening);
  at(2026, 12, 12, 19, 40);
  came(evening, 71);
  taken(assembly().open(head, evening, opening()));
  at(2026, 12, 13, 5, 59);
  taken(assembly().attend(head, evening, households[0], {.present = false}));
  at(2026, 12, 13, 6, 0);
  EXPECT_EQ(fault(assembly().attend(head, evening, households[80], {})), Fault::conflict)
      << "who came is entered from the signed sheet now";
  EXPECT_TRUE(assembly().count_vote(head, id, {.yes = {59}, .no = {11}, .voted_at = saturday(20, 30)}).ok());
  EXPECT_TRUE(now().on_paper);
  taken(assembly().attend(head, evening, households[80], {}));
  goes_to_the_commune();
}

// The votes were entered while people could see them: the conclusion alone may follow on the next day.
TEST_P(LateEntry, AConclusionMayFollowOnTheNextDayAndNotLater) {
  notice(evening);
  at(2026, 12, 12, 19, 40);
  came(evening, 71);
  taken(assembly().open(head, evening, opening()));
  at(2026, 12, 12, 20, 40);
  taken(count());
  at(2026, 12, 14, 0, 0);
  EXPECT_EQ(fault(conclude()), Fault::conflict) << "two days later it needs its papers";
  at(2026, 12, 13, 23, 59);
  taken(conclude());
  EXPECT_FALSE(now().on_paper);
  EXPECT_EQ(state_of(id), MotionState::passed);
  const acts::Recorded act =
      get([&](store::Reader& r) { return acts::about(r, subject_of(evening)); }).back();
  EXPECT_EQ(act.happened, saturday(21, 0));
  EXPECT_EQ(act.entered, at_local(day(13), 23, 59)) << "both times are shown";
}

TEST_P(LateEntry, NoLaterCorrectionOfTheListReachesBackToIt) {
  notice(evening);
  at(2026, 12, 14, 9, 0);
  correct_list(evening, {{}, {households[80], households[81]}, {"Ghi trùng"}});
  came(evening, 71);
  taken(assembly().open(head, evening, opening()));
  EXPECT_EQ(now().households.value, 87) << "as many as on the evening";
}

}  // namespace
}  // namespace danchu::assembly
