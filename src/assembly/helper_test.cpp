// What a helper types for the head, and what he never does (practice P20, P53).
#include "assembly/assembly_testing.h"
#include "people/pin.h"

namespace danchu::assembly {
namespace {

class HelperTest : public AssemblyTest {
 protected:
  void SetUp() override {
    AssemblyTest::SetUp();
    if (IsSkipped()) return;
    helper = viewer("thuky.naca", people::Role::helper, village);
    ASSERT_TRUE(people::set_pin(db(), head.account, {{"correct horse 1"}, {pin}, {pin}, false}, {}, "").ok());
  }
  people::Viewer confirmed(const std::string& typed = pin) {
    return taken(people::confirm_for_head(db(), helper, village, typed, {}));
  }
  acts::Recorded last_act(const std::string& subject) {
    return get([&](store::Reader& r) { return acts::about(r, subject); }).back();
  }
  std::int64_t acts_so_far() {
    return get([&](store::Reader& r) { return acts::head(r, keys(), db().clock().now()).seq; });
  }

  static constexpr const char* pin = "739415";
  people::Viewer helper;
};
DANCHU_ON_EACH_ENGINE(HelperTest);

TEST_P(HelperTest, AHelperAloneDoesNoOfficialStep) {
  EXPECT_EQ(fault(assembly().propose(helper, village, contribution(150'000, 3))), Fault::denied);
  const Id<Motion> id = taken(assembly().propose(head, village, contribution(150'000, 3)));
  EXPECT_EQ(fault(assembly().agree(helper, id, seen(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().withdraw(helper, id, {{"Lý do"}})), Fault::denied);
}

TEST_P(HelperTest, AWholeMeetingIsTheHeadsWithTheHelpersNameKept) {
  const Id<Motion> id = taken(assembly().propose(confirmed(), village, contribution(150'000, 3)));
  acts::Recorded act = last_act(subject_of(id));
  EXPECT_EQ(act.actor, head.account.number);
  EXPECT_EQ(act.on_behalf, helper.account.text());
  EXPECT_EQ(get([&](store::Reader& r) { return motion(r, id)->proposed_by; }), head.account);
  taken(assembly().agree(front, id, seen(id)));
  EXPECT_EQ(last_act(subject_of(id)).on_behalf, "");
  const Id<Meeting> meeting_id =
      taken(assembly().call_meeting(confirmed(), village,
                                    {.starts = at_local(make_date(2026, 12, 12), 19, 30),
                                     .place = {"Nhà văn hóa"},
                                     .chair = {"Lò Văn Thoa"},
                                     .contact = {"Lò Văn Thoa"},
                                     .motions = {id}}));
  taken(assembly().give_notice(confirmed(), meeting_id, notice_form()));
  EXPECT_EQ(last_act(subject_of(meeting_id)).on_behalf, helper.account.text());
  at(2026, 12, 12, 19, 35);
  for (std::size_t i = 0; i < 74; ++i) taken(assembly().attend(helper, meeting_id, households[i], {}));
  taken(assembly().open(confirmed(), meeting_id,
                        {.secretary = {"Cà Thị Xuân"}, .secretary_yes = {50}, .method_yes = {50}}));
  auto verdict = taken(assembly().count_vote(confirmed(), id, {.yes = {58}, .no = {14}, .other = {2}}));
  EXPECT_TRUE(verdict.passed);
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, id)->entered_by; }), helper.account);
  taken(assembly().conclude(confirmed(), meeting_id, {}));
  taken(assembly().sign(head, id, signed_paper(today())));
  taken(assembly().send(confirmed(), id, {}));
  taken(assembly().report_execution(confirmed(), id, {{}, {"Đã làm xong"}}));
  EXPECT_EQ(last_act(subject_of(id)).on_behalf, helper.account.text());
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

TEST_P(HelperTest, ThePinOpensNothingElse) {
  const Id<Motion> id = taken(assembly().propose(head, village, contribution(150'000, 3)));
  const people::Viewer as = confirmed();
  EXPECT_EQ(fault(assembly().agree(as, id, seen(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().agree_by_paper(
                as, id, {.signed_on = today(), .signed_by = {"Lò Thị Inh"}, .reference = {"Sổ 1"}})),
            Fault::denied);
  EXPECT_EQ(fault(assembly().withdraw(as, id, {{"Lý do"}})), Fault::denied);
  EXPECT_EQ(fault(assembly().reclassify(as, id, {.matter = {2}, .reason = {"Lý do"}})), Fault::denied);
}

TEST_P(HelperTest, WhoTypedTheProposalDoesNotAgreeToItForTheFront) {
  put([&](store::Writer& w) {
    people::put_posts(w, keys(),
                      {{w.new_id<people::PostRow>(),
                        front.account,
                        people::Role::helper,
                        village,
                        today(),
                        {},
                        {},
                        {},
                        {}}},
                      front.account);
  });
  const people::Viewer both =
      get([&](store::Reader& r) { return people::viewer_for(r, front.account, today()); });
  ASSERT_TRUE(both.holds(people::Role::helper, village) && both.holds(people::Role::village_front, village));
  const people::Viewer as = taken(people::confirm_for_head(db(), both, village, pin, {}));
  const Id<Motion> id = taken(assembly().propose(as, village, contribution(150'000, 3)));
  EXPECT_EQ(fault(assembly().agree(both, id, seen(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().agree(as, id, seen(id))), Fault::denied);
  const Id<Motion> other = taken(assembly().propose(head, village, contribution(150'000, 3)));
  taken(assembly().agree(both, other, seen(other)));
}

TEST_P(HelperTest, ARehearsalAnswersAndKeepsNothing) {
  const std::int64_t before = acts_so_far();
  EXPECT_TRUE(assembly().rehearsing().propose(head, village, contribution(150'000, 3)).ok());
  EXPECT_FALSE(assembly().rehearsing().propose(head, village, {}).ok());
  EXPECT_EQ(acts_so_far(), before);
  const Id<Motion> id = proposed_and_agreed(contribution(150'000, 3));
  const Id<Meeting> meeting_id = called(make_date(2026, 12, 12), {id});
  ASSERT_TRUE(assembly().rehearsing().give_notice(head, meeting_id, notice_form()).ok());
  EXPECT_EQ(get([&](store::Reader& r) { return meeting(r, meeting_id)->state; }), MeetingState::planned);
  EXPECT_EQ(state_of(id), MotionState::called);
  EXPECT_TRUE(acts::verify(db()).findings.empty());
}

}  // namespace
}  // namespace danchu::assembly
