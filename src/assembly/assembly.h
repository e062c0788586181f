// assembly: a decision of a village's households by meeting (Law 10/2022 art. 15-24, Decree 59/2023 art. 3),
// from the head's proposal to the decision in force and its execution.
//
//   Assembly assembly(db, keys, law);
//   Result<Id<Motion>> m = assembly.propose(viewer, village, form);
//
// Every verb checks who may (denied), whether it is due in this state (conflict), what was sent (invalid) and
// what the law says (unlawful, with rule ids and, for a term, the earliest lawful day). What it changes and
// the act that records it are one write. Times sent may lie in the past (entered late), never in the future.
#pragma once
#include <optional>
#include <vector>

#include "acts/acts.h"
#include "assembly/decisions.h"
#include "assembly/inputs.h"
#include "assembly/inputs_after.h"
#include "assembly/pictures.h"
#include "assembly/records.h"
#include "law/law.h"
#include "store/database.h"

namespace danchu::assembly {

class Assembly {
 public:
  Assembly(store::Database& db, const acts::Keys& keys, const law::Law& law)
      : db_(db), keys_(keys), law_(law) {}

  // A head proposes (art. 16.2); a lost matter comes back only so, linked to the old one (practice P3).
  Result<Id<Motion>> propose(const people::Viewer& viewer, Id<people::Unit> village,
                             const ProposeMotion& form);
  Result<Id<Motion>> propose_again(const people::Viewer& viewer, Id<Motion> lost, const ProposeMotion& form);
  // The Front head agrees himself, or the head enters the minutes that prove it (practice P20, P21).
  Result<Done> agree(const people::Viewer& viewer, Id<Motion> motion, const AgreeByTap& form);
  Result<Done> agree_by_paper(const people::Viewer& viewer, Id<Motion> motion, const AgreeByPaper& form);
  // The commune corrects the kind before the notice, with a reason (practice P4). An agreement of the Front
  // was to the old kind: it is asked again, the matter leaves its agenda, and a meeting left without any is
  // cancelled.
  Result<Done> reclassify(const people::Viewer& viewer, Id<Motion> motion, const Reclassify& form);
  Result<Done> withdraw(const people::Viewer& viewer, Id<Motion> motion, const WithReason& form);
  // May this matter be decided in that form? `unlawful` with the article, or `conflict`: lawful, not run here
  // yet.
  Result<Done> ask_form(const people::Viewer& viewer, Id<Motion> motion, const AskForm& form);

  Result<Id<Meeting>> call_meeting(const people::Viewer& viewer, Id<people::Unit> village,
                                   const CallMeeting& form);
  // Freezes the household list the commune confirmed: its total is the denominator from here on.
  Result<Done> give_notice(const people::Viewer& viewer, Id<Meeting> meeting, const GiveNotice& form);
  // Before anybody is ticked as present. Back to planned when notice was given: everybody is told anew.
  Result<Done> move_meeting(const people::Viewer& viewer, Id<Meeting> meeting, const MoveMeeting& form);
  Result<Done> cancel_meeting(const people::Viewer& viewer, Id<Meeting> meeting, const WithReason& form);

  // One household's tick, and the meeting it was made at. Sent again it changes nothing. How many are present
  // now is asked afterwards (hall_now): counted in here, the ticks of one hall would wait for one another.
  Result<Meeting> attend(const people::Viewer& viewer, Id<Meeting> meeting, Id<people::Household> household,
                         const Attend& form);
  // A member of a household asks to speak, and what he says is noted (art. 24.2); it changes no count.
  Result<Id<MemberOpinion>> register_member(const people::Viewer& viewer, Id<Meeting> meeting,
                                            const RegisterMember& form);
  Result<Done> note_opinion(const people::Viewer& viewer, Id<MemberOpinion> opinion, const NoteOpinion& form);
  Result<Done> open(const people::Viewer& viewer, Id<Meeting> meeting, const OpenMeeting& form);
  // The verdict as it will stand when the meeting is concluded; may be mended until then.
  Result<law::Verdict> count_vote(const people::Viewer& viewer, Id<Motion> motion, const CountVote& form);
  Result<Done> conclude(const people::Viewer& viewer, Id<Meeting> meeting, const Conclude& form);

  Result<Done> sign(const people::Viewer& viewer, Id<Motion> motion, const SignPaper& form);
  Result<Done> send(const people::Viewer& viewer, Id<Motion> motion, const OnDay& form);
  // The commune (for kind 5 its Front) has the decision; for kinds 1, 2 and 6 that is all it does.
  Result<Done> receive(const people::Viewer& viewer, Id<Motion> motion, const OnDay& form);
  Result<Done> recognise(const people::Viewer& viewer, Id<Motion> motion, const Recognise& form);
  Result<Done> refuse(const people::Viewer& viewer, Id<Motion> motion, const Refuse& form);
  Result<Done> report_execution(const people::Viewer& viewer, Id<Motion> motion, const ReportExecution& form);
  // The signed paper differs from what was entered: both stay visible, the vote is judged anew (practice
  // P28).
  // What a head corrects waits for the Front head's own agreement; what a turn or a recognised decision needs
  // the commune enters, and a turn waits for a second officer of the commune or the Front head.
  Result<law::Verdict> correct(const people::Viewer& viewer, Id<Motion> motion, const CorrectVote& form);
  Result<law::Verdict> agree_correction(const people::Viewer& viewer, Id<Motion> motion,
                                        const AgreeCorrection& form);
  Result<Done> decline_correction(const people::Viewer& viewer, Id<Motion> motion,
                                  const DeclineCorrection& form);

  // An evening on paper, entered afterwards (practice P29, P47): each step says the day it happened, terms
  // are judged by those days, its papers stand beside it as pictures, and when it is concluded it is no
  // result yet: the commune accepts the papers first, or returns them.
  Result<Done> add_proposal_paper(const people::Viewer& viewer, Id<Motion> motion,
                                  const AddProposalPaper& form);
  Result<Done> add_meeting_paper(const people::Viewer& viewer, Id<Meeting> meeting,
                                 const AddMeetingPaper& form);
  Result<Done> accept_papers(const people::Viewer& viewer, Id<Meeting> meeting, const AcceptPapers& form);
  Result<Done> return_papers(const people::Viewer& viewer, Id<Meeting> meeting, const ReturnPapers& form);

  // The same verbs, asked and answered in full, and nothing is kept: what a read-back before the real step
  // rests on.
  Assembly rehearsing() const {
    Assembly copy = *this;
    copy.rehearsing_ = true;
    return copy;
  }

  store::Database& db() const { return db_; }
  const law::Law& law() const { return law_; }

 private:
  Result<Done> cancel_if_empty(store::Writer& w, const people::Viewer& viewer, Id<Meeting> id,
                               const Text<1000>& reason);
  // A field of pictures of one form.
  struct PictureField {
    const std::vector<SentFile>& files;
    std::string path;
  };
  Result<PicturesByField> judged_for(Verb verb, const people::Viewer& viewer, Id<Motion> motion,
                                     const std::vector<PictureField>& fields);
  static Result<PicturesByField> judged_of(const std::vector<PictureField>& fields);
  // One official write; rehearsed it is taken back, whatever it answers.
  template <class F>
  auto official(F&& fn) {
    return rehearsing_ ? rehearsed(fn) : db_.write_official(fn);
  }
  // A verb that adds pictures: tried first, so that the bytes of a step that is refused never come to disk;
  // then they are put there, and then the step names them.
  template <class F>
  auto official_with(const people::Viewer& viewer, const PicturesByField& pictures, F&& fn) {
    auto bounded = [&](store::Writer& w) -> std::invoke_result_t<F, store::Writer&> {
      if (auto many = too_many_today(w, viewer, pictures)) return *many;
      return fn(w);
    };
    if (rehearsing_ || number_of(pictures) > 0) {
      auto tried = rehearsed(bounded);
      if (rehearsing_ || !tried.ok()) return tried;
    }
    put_on_disk(db_.files(), pictures);
    return db_.write_official(bounded);
  }
  template <class F>
  auto rehearsed(F&& fn) {
    using Answer = std::invoke_result_t<F, store::Writer&>;
    std::optional<Answer> answer;
    (void)db_.write_official([&](store::Writer& w) -> Answer {
      answer.emplace(fn(w));
      return problem(Fault::conflict, "rehearsed");
    });
    return std::move(*answer);
  }

  store::Database& db_;
  const acts::Keys& keys_;
  const law::Law& law_;
  bool rehearsing_ = false;
};

// Subjects of acts and topics of cached pages.
std::string subject_of(Id<Motion> motion);    // "motion/01J…"
std::string subject_of(Id<Meeting> meeting);  // "meeting/01J…"
// What lists of matters depend on: a village's, a commune's (by its code), the province's.
store::Topic village_topic(Id<people::Unit> village);
store::Topic commune_topic(std::string_view code);
inline constexpr std::string_view all_matters_topic = "matters";

}  // namespace danchu::assembly
