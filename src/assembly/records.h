// What a village's meeting of households is made of. A motion is one matter put to the vote, a meeting
// carries one or more of them, a vote is what was counted, a decision what follows from it. Each struct is
// the row of its table. Names of persons stand in none of them: they are kept apart (table assembly_person)
// and only sealed in acts.
#pragma once
#include <optional>
#include <string>

#include "base/record.h"
#include "law/law.h"
#include "people/people.h"

namespace danchu::assembly {

using Matter = Integer<1, 6>;  // the items of Law 10/2022 art. 15

enum class MotionState {
  proposed,   // by the head; the Front head has not agreed yet
  agreed,     // by the Front head: it may be put on an agenda
  called,     // on the agenda of a meeting that is planned
  noticed,    // notice was given: the household list is frozen
  voted,      // hands were counted, the meeting goes on
  passed,     // concluded
  lost,       // concluded
  withdrawn,  // with a reason, before the vote
};
// submitted: entered from paper after the evening; the commune has not accepted its papers yet.
enum class MeetingState { planned, noticed, open, concluded, cancelled, submitted };
// Where a matter of an evening on paper stands, which its own state does not say.
enum class OnPaperState { being_entered, waits_for_commune };
enum class RequestState { waiting, agreed, declined, replaced };
enum class DecisionState { not_passed, concluded, signed_by_four, sent, received, recognised, refused };
// Who convenes and chairs a meeting on the matters danchu runs (Decree 59 art. 3.1, MTG-01). The election
// team and the head of the Front committee convene only the election and the dismissal of the village head.
enum class Convenor { head, appointed };
// How a notice reaches the households, beside being posted (Decree 59 art. 3.3).
enum class Channel { invitation, in_person, loudspeaker, phone, social_network };
enum class Basis { household, person };
enum class MeetingPaper { invitation, attendance, minutes };
enum class Agreement { own_act, joint_minutes, committee_minutes };
enum class Method { hands };
// The four names a community's decision may bear (art. 20.1).
enum class Title { resolution, minutes, memorandum, agreement };

struct Meeting;

struct Motion {
  Id<Motion> id;
  Id<people::Unit> village;
  Line<200> title;
  Text<2000> asked;
  Matter matter;
  MotionState state = MotionState::proposed;
  std::optional<Id<Motion>> previous;
  std::optional<Id<Meeting>> meeting;
  Count agenda;
  std::optional<Basis> basis;
  std::optional<Money> money;
  std::optional<Line<200>> goods;
  std::optional<Count> labour_days;
  std::optional<Text<1000>> exemptions;
  std::optional<Date> collect_from, collect_to;
  std::optional<Text<1000>> shortfall;
  Id<people::Account> proposed_by;
  Instant proposed_at;
  std::optional<Agreement> agreement;
  std::optional<Id<people::Account>> agreed_by;
  std::optional<Date> agreed_on;
  std::optional<Text<1000>> reason;
  std::optional<Text<4000>> wording;  // what was decided, once its meeting is concluded
  Count version;
  std::optional<Id<Meeting>> put_off_at;  // the last meeting that was concluded without a vote on it
};
DANCHU_RECORD(Motion, id, village, title, asked, matter, state, previous, meeting, agenda, basis, money,
              goods, labour_days, exemptions, collect_from, collect_to, shortfall, proposed_by, proposed_at,
              agreement, agreed_by, agreed_on, reason, wording, version, put_off_at)

struct Meeting {
  Id<Meeting> id;
  Id<people::Unit> village;
  Instant starts;
  Line<200> place;
  Convenor convenor = Convenor::head;
  MeetingState state = MeetingState::planned;
  std::optional<Instant> noticed_at;
  std::optional<Channel> channel;
  std::optional<Line<200>> posted_at;
  std::optional<Date> documents_sent;
  std::optional<Id<people::HouseholdList>> list;
  Count households;
  std::optional<Instant> opened_at;
  std::optional<Count> present_at_opening, secretary_yes;
  std::optional<Method> method;
  std::optional<Count> method_yes;
  std::optional<Instant> concluded_at;
  std::optional<Count> attended;
  std::optional<Line<64>> attendance_hash;
  std::optional<Text<1000>> reason;
  Count version;
  // Entered from paper, all of it or what came too late (steps.h: is_from_paper; practice P29, P47): its
  // papers stand beside it, and the commune accepts them before it is a result. Never taken back.
  bool on_paper = false;
  std::optional<Date> called_on;
  std::optional<Title> title;  // of its decisions, from the conclusion to the acceptance
  std::optional<Id<people::Account>> accepted_by;
  std::optional<Instant> accepted_at;
};
DANCHU_RECORD(Meeting, id, village, starts, place, convenor, state, noticed_at, channel, posted_at,
              documents_sent, list, households, opened_at, present_at_opening, secretary_yes, method,
              method_yes, concluded_at, attended, attendance_hash, reason, version, on_paper, called_on,
              title, accepted_by, accepted_at)

struct Vote {
  Id<Vote> id;
  Id<Motion> motion;
  Id<Meeting> meeting;
  Id<people::Unit> village;
  Count households, present, yes, no, other, needed;
  bool passed = false;
  Instant voted_at;
  Id<people::Account> entered_by;
  Line<64> law_hash;
  Count version;
};
DANCHU_RECORD(Vote, id, motion, meeting, village, households, present, yes, no, other, needed, passed,
              voted_at, entered_by, law_hash, version)

struct Decision {
  Id<Decision> id;
  Id<Motion> motion;
  Id<people::Unit> village;
  Matter matter;
  Title title = Title::resolution;
  Text<4000> wording;
  bool passed = false;
  DecisionState state = DecisionState::concluded;
  Date voted_on;
  std::optional<Date> signed_on;
  std::optional<Line<120>> paper_reference;
  std::optional<Line<64>> paper_hash;  // SHA-256 of the signed paper's picture, hex
  std::optional<Date> send_due, sent_on, received_on, answer_due, answered_on;
  std::optional<Line<60>> answer_number;
  std::optional<Text<2000>> answer_reason;
  std::optional<Date> effect_from;
  Count version;
};
DANCHU_RECORD(Decision, id, motion, village, matter, title, wording, passed, state, voted_on, signed_on,
              paper_reference, paper_hash, send_due, sent_on, received_on, answer_due, answered_on,
              answer_number, answer_reason, effect_from, version)

struct Correction {
  Id<Correction> id;
  Id<Motion> motion;
  Text<1000> reason;
  Line<120> paper_reference;
  Date corrected_on;
  Count old_present, old_yes, old_no, old_other;
  bool old_passed = false;
  Count new_present, new_yes, new_no, new_other;
  bool new_passed = false;
  // Who entered it and who agreed: to a head's the Front head, to the commune's that turns the result a
  // second officer or the Front head; to its others nobody has to. Empty before 2026-11.
  std::optional<Id<people::Account>> entered_by, agreed_by;
  std::optional<Date> agreed_on;
};
DANCHU_RECORD(Correction, id, motion, reason, paper_reference, corrected_on, old_present, old_yes, old_no,
              old_other, old_passed, new_present, new_yes, new_no, new_other, new_passed, entered_by,
              agreed_by, agreed_on)

// A correction that waits for another person: a head's for the Front head, the commune's that turns the
// result for a second officer of the commune or the Front head of the village.
struct CorrectionRequest {
  Id<CorrectionRequest> id;
  Id<Motion> motion;
  Count vote_version;  // of the numbers it would replace
  Count present, yes, no, other;
  Text<1000> reason;
  Line<120> paper_reference;
  RequestState state = RequestState::waiting;
  Id<people::Account> asked_by;
  Instant asked_at;
  std::optional<Id<people::Account>> answered_by;
  std::optional<Instant> answered_at;
  std::optional<Text<1000>> answer_reason;
  Count version;
};
DANCHU_RECORD(CorrectionRequest, id, motion, vote_version, present, yes, no, other, reason, paper_reference,
              state, asked_by, asked_at, answered_by, answered_at, answer_reason, version)

struct ExecutionReport {
  Id<ExecutionReport> id;
  Id<Motion> motion;
  Date reported_on;
  Text<4000> done;
};
DANCHU_RECORD(ExecutionReport, id, motion, reported_on, done)

// A member of a household who disagrees with its representative and asked to speak (art. 24.2). Who it is and
// what was said stand among the names.
struct MemberOpinion {
  Id<MemberOpinion> id;
  Id<Meeting> meeting;
  Id<people::Household> household;
  Instant registered_at;
  bool struck = false;  // entered by mistake, or no longer wishes to speak
  Id<people::Account> entered_by;
  Count version;
};
DANCHU_RECORD(MemberOpinion, id, meeting, household, registered_at, struck, entered_by, version)

// Of one household on the evening; no official row, for it names persons.
struct Attendance {
  Id<Meeting> meeting;
  Id<people::Household> household;
  Instant came_at;
  std::optional<Instant> left_at;
  std::optional<Line<120>> other_name;
  std::optional<Line<60>> relation;
  Id<people::Account> entered_by;
};
DANCHU_RECORD(Attendance, meeting, household, came_at, left_at, other_name, relation, entered_by)

// It went and came back (practice P8): in between it was not present.
struct AttendanceGap {
  Id<Meeting> meeting;
  Id<people::Household> household;
  Instant left_at, back_at;
  Id<people::Account> entered_by;
};
DANCHU_RECORD(AttendanceGap, meeting, household, left_at, back_at, entered_by)

}  // namespace danchu::assembly

namespace danchu {
template <>
struct Choices<assembly::MotionState> {
  static constexpr ChoiceName names[] = {{"proposed", N_("Proposed, waiting for the Front head")},
                                         {"agreed", N_("Agreed with the Front")},
                                         {"called", N_("Meeting planned")},
                                         {"noticed", N_("Notice given")},
                                         {"voted", N_("Voted, meeting going on")},
                                         {"passed", N_("Passed")},
                                         {"lost", N_("Not passed")},
                                         {"withdrawn", N_("Withdrawn")}};
};
template <>
struct Choices<assembly::MeetingState> {
  static constexpr ChoiceName names[] = {
      {"planned", N_("Planned")},     {"noticed", N_("Notice given")},
      {"open", N_("Going on")},       {"concluded", N_("Concluded")},
      {"cancelled", N_("Cancelled")}, {"submitted", N_("Met, waits for the commune to accept its papers")}};
};
template <>
struct Choices<assembly::OnPaperState> {
  static constexpr ChoiceName names[] = {
      {"being_entered", N_("Met, being entered from paper")},
      {"waits_for_commune", N_("Met, waits for the commune to accept its papers")}};
};
template <>
struct Choices<assembly::MeetingPaper> {
  static constexpr ChoiceName names[] = {{"invitation", N_("Invitation that was posted")},
                                         {"attendance", N_("Signed attendance sheet")},
                                         {"minutes", N_("Signed minutes of the meeting")}};
};
template <>
struct Choices<assembly::RequestState> {
  static constexpr ChoiceName names[] = {
      {"waiting", ""}, {"agreed", ""}, {"declined", ""}, {"replaced", ""}};  // no page shows it
};
template <>
struct Choices<assembly::DecisionState> {
  static constexpr ChoiceName names[] = {{"not_passed", N_("Not passed")},
                                         {"concluded", N_("Paper to be signed")},
                                         {"signed", N_("Signed, to be sent")},
                                         {"sent", N_("Sent to the commune")},
                                         {"received", N_("Received by the commune")},
                                         {"recognised", N_("Recognised")},
                                         {"refused", N_("Not recognised")}};
};
template <>
struct Choices<assembly::Convenor> {
  static constexpr ChoiceName names[] = {{"head", ""}, {"appointed", ""}};
};
template <>
struct Choices<assembly::Channel> {
  static constexpr ChoiceName names[] = {{"invitation", N_("Invitation paper")},
                                         {"in_person", N_("In person")},
                                         {"loudspeaker", N_("Village loudspeaker")},
                                         {"phone", N_("Telephone")},
                                         {"social_network", N_("Zalo group the village agreed on")}};
};
template <>
struct Choices<assembly::Basis> {
  static constexpr ChoiceName names[] = {{"household", N_("Each household")}, {"person", N_("Each person")}};
};
template <>
struct Choices<assembly::Agreement> {
  static constexpr ChoiceName names[] = {{"own_act", N_("By the Front head's own confirmation")},
                                         {"joint_minutes", N_("By minutes both signed")},
                                         {"committee_minutes", N_("By minutes of the Front committee")}};
};
template <>
struct Choices<assembly::Method> {
  static constexpr ChoiceName names[] = {{"hands", N_("Show of hands")}};
};
template <>
struct Choices<assembly::Title> {
  static constexpr ChoiceName names[] = {{"resolution", N_("Resolution")},
                                         {"minutes", N_("Minutes of the meeting")},
                                         {"memorandum", N_("Memorandum")},
                                         {"agreement", N_("Agreement")}};
};
}  // namespace danchu
