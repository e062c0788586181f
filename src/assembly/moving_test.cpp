// When a meeting may be called, and another day, hour or place for one that was: the term of notice is kept
// either way (Decree 59 art. 3.3).
#include <gmock/gmock.h>

#include "assembly/assembly_testing.h"

namespace danchu::assembly {
namespace {

class Moving : public AssemblyTest {
 protected:
  void SetUp() override {
    AssemblyTest::SetUp();
    if (IsSkipped()) return;
    at(2026, 12, 9, 8, 0);
    id = proposed_and_agreed(contribution(100'000, 1));
  }
  Meeting at_present(Id<Meeting> of) {
    return *get([&](store::Reader& r) { return meeting(r, of); });
  }
  Result<Done> move(Id<Meeting> what, Date day, const char* why = nullptr) {
    MoveMeeting form{.starts = at_local(day, 19, 30), .place = {"Nhà ông Trưởng bản"}};
    form.version = at_present(what).version;
    if (why) form.reason = Text<1000>{why};
    return assembly().move_meeting(head, what, form);
  }
  Id<Motion> id;
};
DANCHU_ON_EACH_ENGINE(Moving);

TEST_P(Moving, AMeetingIsNotCalledForADayItsNoticeWouldBeTooLateFor) {
  CallMeeting form{.starts = at_local(make_date(2026, 12, 10), 19, 30),
                   .place = {"Nhà văn hóa"},
                   .chair = {"Lò Văn Thoa"},
                   .contact = {"0912 345 678"},
                   .motions = {id}};
  auto refused = assembly().call_meeting(head, village, form);
  ASSERT_FALSE(refused.ok());
  const Problem& p = refused.problems()[0];
  EXPECT_EQ(p.fault, Fault::unlawful);
  EXPECT_EQ(p.path, "starts");
  EXPECT_EQ(p.rules, (std::vector<std::string>{"MTG-04", "X-04"}));
  const Date earliest = earliest_meeting(law::Law::embedded(), today());
  EXPECT_EQ(p.args, (Args{{"earliest", to_page(earliest)}}));
  form.starts = at_local(earliest - 1, 19, 30);
  EXPECT_FALSE(assembly().call_meeting(head, village, form).ok());
  form.starts = at_local(earliest, 19, 30);
  const Id<Meeting> evening = taken(assembly().call_meeting(head, village, form));
  notice(evening);  // what was called can be noticed that day
}

TEST_P(Moving, BeforeTheNoticeDayAndPlaceAreChangedFreely) {
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  EXPECT_EQ(fault(move(evening, make_date(2026, 12, 10))), Fault::unlawful);
  taken(move(evening, make_date(2026, 12, 13)));
  EXPECT_EQ(local_date(at_present(evening).starts), make_date(2026, 12, 13));
  EXPECT_EQ(at_present(evening).place.value, "Nhà ông Trưởng bản");
  EXPECT_EQ(state_of(id), MotionState::called);
  EXPECT_EQ(move(evening, make_date(2026, 12, 13)).problems()[0].path, "starts") << "nothing would change";
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(Moving, AfterTheNoticeEverybodyIsToldAnewWithTheWholeTerm) {
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 11, 8, 0);
  EXPECT_EQ(move(evening, make_date(2026, 12, 14)).problems()[0].path, "reason");
  EXPECT_EQ(fault(move(evening, make_date(2026, 12, 12), "Mưa lũ")), Fault::unlawful)
      << "only one day is left";
  taken(move(evening, make_date(2026, 12, 14), "Mưa lũ"));
  const Meeting moved = at_present(evening);
  EXPECT_EQ(moved.state, MeetingState::planned);
  EXPECT_FALSE(moved.noticed_at || moved.list || moved.posted_at || moved.documents_sent);
  EXPECT_EQ(moved.reason->value, "Mưa lũ");
  EXPECT_EQ(state_of(id), MotionState::called);
  at(2026, 12, 13, 8, 0);
  EXPECT_EQ(fault(assembly().give_notice(head, evening, notice_form())), Fault::unlawful);
  GiveNotice old = notice_form();
  old.given_at = at_local(make_date(2026, 12, 10), 8, 0);
  EXPECT_EQ(assembly().give_notice(head, evening, old).problems()[0].path, "given_at")
      << "the notice of the old day is none of the new";
  old.given_at = at_local(make_date(2026, 12, 11), 7, 59);
  EXPECT_EQ(assembly().give_notice(head, evening, old).problems()[0].path, "given_at")
      << "nor is what was told that day before it was moved";
  at(2026, 12, 11, 9, 30);
  old.given_at = at_local(make_date(2026, 12, 11), 9, 0);
  old.documents_sent = make_date(2026, 12, 11);
  taken(assembly().give_notice(head, evening, old));
  at(2026, 12, 14, 19, 30);
  came(evening, 60);
  opened(evening);
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {2}}));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(state_of(id), MotionState::passed);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(Moving, DocumentsWereNotSentBeforeTheirMatterWasProposed) {
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  GiveNotice form = notice_form();
  for (Date wrong : {make_date(2024, 12, 9), make_date(2026, 12, 8), make_date(2026, 12, 10)}) {
    form.documents_sent = wrong;
    EXPECT_EQ(assembly().give_notice(head, evening, form).problems()[0].path, "documents_sent")
        << to_iso(wrong);
  }
  form.documents_sent = make_date(2026, 12, 9);
  taken(assembly().give_notice(head, evening, form));
}

TEST_P(Moving, NotOnceHouseholdsAreTickedNorByWhoSawAnOlderPage) {
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  MoveMeeting stale{.starts = at_local(make_date(2026, 12, 13), 19, 30), .place = {"Nhà văn hóa"}};
  stale.version = at_present(evening).version;
  notice(evening);
  stale.reason = Text<1000>{"Mưa"};
  EXPECT_EQ(fault(assembly().move_meeting(head, evening, stale)), Fault::conflict);
  EXPECT_EQ(fault(assembly().move_meeting(front, evening, stale)), Fault::denied);
  stale.version.reset();
  EXPECT_EQ(assembly().move_meeting(head, evening, stale).problems()[0].path, "version")
      << "a program says what it looked at";
  at(2026, 12, 12, 18, 0);
  came(evening, 1);
  EXPECT_EQ(fault(move(evening, make_date(2026, 12, 20), "Mưa")), Fault::conflict);
  Attend gone;
  gone.present = false;
  taken(assembly().attend(head, evening, households[0], gone));
  taken(move(evening, make_date(2026, 12, 20), "Mưa"));
}

// The head proposes and convenes (DEC-09, MTG-01), so he takes back.
TEST_P(Moving, OnlyWhereThereIsNoHeadTheCommuneWithdrawsAndCancels) {
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  for (const auto& answer : {assembly().withdraw(officer, id, {{"Sáp nhập"}}),
                             assembly().cancel_meeting(officer, evening, {{"Sáp nhập"}})}) {
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.problems()[0].fault, Fault::denied);
    EXPECT_THAT(answer.problems()[0].rules[0], testing::AnyOf("DEC-09", "MTG-01"));
  }
  put([&](store::Writer& w) {
    for (const people::Officer& held : people::officers(w, village, today()))
      if (held.post.role == people::Role::village_head) {
        EXPECT_TRUE(people::end_post(w, keys(), officer, held.post.id, today()).ok());
      }
  });
  taken(assembly().withdraw(officer, id, {{"Sáp nhập"}}));
  EXPECT_EQ(at_present(evening).state, MeetingState::cancelled) << "nothing is left to meet about";
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

}  // namespace
}  // namespace danchu::assembly
