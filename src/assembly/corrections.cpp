// The signed paper prevails (practice P28): numbers that differ from it are corrected openly. What a head
// enters counts once the Front head has agreed to it himself; what turns a result, or what was recognised,
// the commune enters from the correction minutes. What turns a result is never one person's act, the
// commune's neither: it counts once a second officer of the commune or the Front head of the village agreed.
// No article says who; the minutes bear four signatures (EFF-02), and the second pair of eyes that accepts an
// evening on paper (P47) compares here too, in the same way and with the same step.
#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "people/accounts.h"
#include "people/impartial.h"

namespace danchu::assembly {
namespace {

struct Numbers {
  std::int64_t present, yes, no, other;
  bool operator==(const Numbers&) const = default;
};
Numbers numbers_of(const Vote& v) { return {v.present.value, v.yes.value, v.no.value, v.other.value}; }
Numbers numbers_of(const CorrectVote& f) { return {f.present.value, f.yes.value, f.no.value, f.other.value}; }

Result<Done> check(store::Reader& r, const CorrectVote& form, const Vote& vote) {
  if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
  if (form.reference.value.empty())
    return problem_at("reference", N_("Say where the correction minutes are kept"));
  const Numbers n = numbers_of(form);
  if (n == numbers_of(vote)) return problem_at("yes", N_("These are the numbers that stand already"));
  if (n.present > vote.households.value)
    return problem_at("present", N_("There are only {limit} households on the list"),
                      {{"limit", std::to_string(vote.households.value)}});
  // Who came was sealed when the meeting was concluded: no more of them were there at any vote.
  auto met = meeting(r, vote.meeting);
  if (met && met->attended && n.present > met->attended->value)
    return problem_at(
        "present",
        N_("Only {limit} households came to this meeting, as its conclusion sealed: no more were "
           "present at a vote"),
        {{"limit", std::to_string(met->attended->value)}});
  if (n.yes + n.no + n.other > n.present)
    return problem_at("yes", N_("More votes than the {limit} households present"),
                      {{"limit", std::to_string(n.present)}});
  return Done{};
}

// Who stands behind it: whoever entered it, and for a head's the Front head's account.
struct Behind {
  Id<people::Account> entered_by;
  std::optional<Id<people::Account>> agreed_by;
};

Correction correction(store::Writer& w, const CorrectVote& form, const Vote& old, bool passes,
                      const Behind& behind) {
  Correction c;
  c.id = w.new_id<Correction>();
  c.motion = old.motion;
  c.reason = form.reason;
  c.paper_reference = form.reference;
  c.corrected_on = local_date(w.now());
  c.old_present = old.present;
  c.old_yes = old.yes;
  c.old_no = old.no;
  c.old_other = old.other;
  c.old_passed = old.passed;
  c.new_present = form.present;
  c.new_yes = form.yes;
  c.new_no = form.no;
  c.new_other = form.other;
  c.new_passed = passes;
  c.entered_by = behind.entered_by;
  c.agreed_by = behind.agreed_by;
  if (behind.agreed_by) c.agreed_on = c.corrected_on;
  return c;
}

// A verdict that turned: the decision loses or gains its effect, and what follows from it. The term to send
// it runs from the end of the meeting whenever it is corrected (MTG-10).
void turn(Decision& d, const law::Law& law, bool passes, Date met_on) {
  if (d.passed == passes) return;
  d.passed = passes;
  // What was signed, sent and answered was the other verdict; it stays in the acts.
  d.signed_on = d.sent_on = d.received_on = d.answer_due = d.answered_on = std::nullopt;
  d.paper_reference.reset();
  d.paper_hash.reset();
  d.answer_number.reset();
  d.answer_reason.reset();
  d.state = passes ? DecisionState::concluded : DecisionState::not_passed;
  d.effect_from = effect_from(law, static_cast<int>(d.matter.value), passes, d.voted_on, std::nullopt);
  d.send_due.reset();
  if (passes)
    if (auto due = law.due("MTG-10", met_on); due.ok()) d.send_due = due->due;
}

struct Judged {
  Motion motion;
  Vote vote;
  Decision decision;
  law::Verdict verdict;
};

// The numbers of the form judged anew; nothing is written.
Result<Judged> judge(store::Reader& r, const law::Law& law, const Motion& motion, const CorrectVote& form) {
  auto vote = vote_on(r, motion.id);
  auto decision = decision_on(r, motion.id);
  if (!vote || !decision) return not_due(label_of(motion.state));
  if (form.version && form.version->value != vote->version.value) return somebody_was_first();
  auto checked = check(r, form, *vote);
  if (!checked.ok()) return checked.problems();
  const Numbers n = numbers_of(form);
  auto verdict = law.decide(case_of(static_cast<int>(motion.matter.value), vote->households.value, n.present,
                                    n.yes, n.no, n.other, local_date(vote->voted_at)));
  if (!verdict.ok()) return verdict.problems();
  return Judged{motion, *vote, *decision, *verdict};
}

bool by_commune(store::Reader& r, const people::Viewer& viewer, const Motion& m) {
  const Where here = where(r, m.village, static_cast<int>(m.matter.value));
  return may(viewer, Verb::answer, here) || may(viewer, Verb::reclassify, here);
}

Correcting correcting(store::Reader& r, const Judged& j, bool head, bool recogniser) {
  Correcting c;
  c.by_head = head;
  c.by_recogniser = recogniser;
  c.turns = j.verdict.passed != j.vote.passed;
  c.recognised = j.decision.state == DecisionState::recognised || j.decision.state == DecisionState::refused;
  c.proposed_anew = proposed_anew(r, j.motion.id).has_value();
  return c;
}

// Writes the new numbers and what follows from them, and records the act.
Result<Done> apply(store::Writer& w, const law::Law& law, Step& step, Judged& j, const CorrectVote& form,
                   const Behind& behind) {
  step.add(correction(w, form, j.vote, j.verdict.passed, behind));
  j.vote.present = form.present;
  j.vote.yes = form.yes;
  j.vote.no = form.no;
  j.vote.other = form.other;
  j.vote.needed.value = j.verdict.needed;
  j.vote.passed = j.verdict.passed;
  j.vote.law_hash.value = law.hash();
  auto met = meeting(w, j.vote.meeting);
  turn(j.decision, law, j.verdict.passed, local_date(met->concluded_at.value_or(j.vote.voted_at)));
  j.motion.state = j.verdict.passed ? MotionState::passed : MotionState::lost;
  if (!step.save(j.vote) || !step.save(j.decision) || !step.save(j.motion)) return somebody_was_first();
  step.law_hash(law.hash());
  step.body()["rules"] = rule_ids(j.verdict);
  step.body()["paper"] = form.reference.value;
  step.record("assembly.corrected", subject_of(j.motion.id));
  return Done{};
}

CorrectionRequest asked(store::Writer& w, const people::Viewer& viewer, const Vote& vote,
                        const CorrectVote& form) {
  CorrectionRequest c;
  c.id = w.new_id<CorrectionRequest>();
  c.motion = vote.motion;
  c.vote_version = vote.version;
  c.present = form.present;
  c.yes = form.yes;
  c.no = form.no;
  c.other = form.other;
  c.reason = form.reason;
  c.paper_reference = form.reference;
  c.asked_by = viewer.account;
  c.asked_at = w.now();
  return c;
}

// The act that asked last says for whom: one request waits at a time.
bool asked_by_commune(store::Reader& r, const CorrectionRequest& request) {
  bool commune = false;
  for (const acts::Recorded& act : acts::about(r, subject_of(request.motion)))
    if (act.kind == correction_asked) commune = by_the_commune(act);
  return commune;
}

// He could sign in as the other of the two whose words it takes (HHL-02).
bool handed_posts_out(store::Reader& r, Id<people::Account> account, const Motion& m, Date today) {
  people::Viewer officer;
  officer.account = account;
  return people::partiality(r, officer, m.village, today).has_value();
}

// A head's correction the Front head answers, the commune's a second officer or he.
bool may_answer(store::Reader& r, const people::Viewer& viewer, const Motion& m,
                const CorrectionRequest& request, Date today) {
  if (viewer.account == request.asked_by || viewer.holds(people::Role::village_head, m.village)) return false;
  const bool of_commune = asked_by_commune(r, request);
  if (of_commune && handed_posts_out(r, request.asked_by, m, today)) return false;
  if (of_commune && by_commune(r, viewer, m) && !handed_posts_out(r, viewer.account, m, today)) return true;
  return viewer.holds(people::Role::village_front, m.village) &&
         !people::one_person_holds_both(r, m.village, today);
}

// One request waits at a time: a later one, or the commune's own correction, takes the place of the one
// before; a head's never that of the commune's.
Result<Done> replace_waiting(store::Writer& w, Step& step, Id<Motion> id, bool commune) {
  auto before = waiting_correction(w, id);
  if (!before) return Done{};
  if (!commune && asked_by_commune(w, *before))
    return problem(Fault::conflict,
                   N_("The commune entered a correction of these numbers already: it waits for agreement"));
  before->state = RequestState::replaced;
  before->answered_at = w.now();
  if (!step.save(*before)) return somebody_was_first();
  return Done{};
}

// His word is about the numbers his page showed.
Result<Done> still_this(std::optional<Id<CorrectionRequest>> sent, const CorrectionRequest& waiting) {
  if (!sent)
    return problem_at(
        "request", N_("Send the correction you looked at; the page of this step gives it under “request”"));
  if (*sent != waiting.id) return somebody_was_first();
  return Done{};
}

struct Waiting {
  Motion motion;
  CorrectionRequest request;
  bool of_commune;  // the commune entered it
};
// What waits for this viewer; never for whoever asked for it or heads the village (practice P20).
Result<Waiting> waiting_for(store::Reader& r, const people::Viewer& viewer, Id<Motion> id, Date today) {
  auto found = motion_for(r, viewer, id, Verb::agree_correction);
  if (!found.ok()) return found.problems();
  auto request = waiting_correction(r, id);
  if (!request) return problem(Fault::conflict, N_("No correction waits for agreement"));
  const bool of_commune = asked_by_commune(r, *request);
  if (!may_answer(r, viewer, *found, *request, today)) {
    if (of_commune && handed_posts_out(r, request->asked_by, *found, today))
      return Problem{
          Fault::denied,
          "",
          N_("Whoever entered this correction has since given the village's head or Front head a new "
             "password or the post: another officer of the commune enters it"),
          {},
          {"HHL-02"}};
    if (of_commune)
      return problem(Fault::denied,
                     N_("This correction turns the result: another officer of the commune than the one who "
                        "entered it agrees to it, or the head of the village Front committee"));
    return problem(Fault::denied,
                   N_("Whoever entered a correction cannot agree to it himself: bring the correction minutes "
                      "to the commune, which enters them"));
  }
  return Waiting{*found, *request, of_commune};
}

}  // namespace

bool by_the_commune(const acts::Recorded& asked) {
  const auto* by = asked.body.if_contains("by_commune");
  return by && by->is_bool() && by->get_bool();
}

bool may_answer_correction(store::Reader& r, const people::Viewer& viewer, const Motion& m, Date today) {
  auto request = waiting_correction(r, m.id);
  return request && may_answer(r, viewer, m, *request, today);
}

std::optional<Problems> correction_refusal(store::Reader& r, const people::Viewer& viewer, const Motion& m,
                                           Date today) {
  const bool commune = by_commune(r, viewer, m);
  const bool head = viewer.holds(people::Role::village_head, m.village);
  if (commune && !head) return people::partiality(r, viewer, m.village, today);
  if (people::one_person_holds_both(r, m.village, today))
    return problem(
        Fault::denied,
        N_("Head and head of the Front committee are one person here: bring the correction minutes "
           "to the commune, which enters them"));
  auto decision = decision_on(r, m.id);
  const bool answered =
      decision && (decision->state == DecisionState::recognised || decision->state == DecisionState::refused);
  if (auto wrong = wrong_with(Correcting{.by_head = true, .by_recogniser = commune, .recognised = answered}))
    return Problems{*wrong};
  return std::nullopt;
}

Result<law::Verdict> Assembly::correct(const people::Viewer& viewer, Id<Motion> id, const CorrectVote& form) {
  auto pictures = judged_for(Verb::correct, viewer, id, {{form.paper, "paper"}, {form.minutes, "minutes"}});
  if (!pictures.ok()) return pictures.problems();
  return official_with(viewer, *pictures, [&](store::Writer& w) -> Result<law::Verdict> {
    auto found = motion_for(w, viewer, id, Verb::correct);
    if (!found.ok()) return found.problems();
    auto judged = judge(w, law_, *found, form);
    if (!judged.ok()) return judged.problems();
    const std::string subject = subject_of(id);
    if (form.paper.empty() && !has_signed_paper(w, id))
      return problem_at("paper", N_("Photograph the signed paper: its numbers are the ones that hold"));
    if (form.minutes.empty()) return problem_at("minutes", N_("Photograph the correction minutes"));
    Problems used = used_before(w, subject,
                                {{pictures->at(0), form.paper, PaperOf::decision, "paper", true},
                                 {pictures->at(1), form.minutes, PaperOf::correction, "minutes", true}});
    if (!used.empty()) return used;
    const bool commune = by_commune(w, viewer, *found);
    const bool head = viewer.holds(people::Role::village_head, found->village);
    if (auto refused = correction_refusal(w, viewer, *found, local_date(w.now()))) return *refused;
    if (auto wrong = wrong_with(correcting(w, *judged, head, commune))) return *wrong;
    Step step(w, keys_, viewer, found->village);
    const bool by_head = head || !commune;
    auto replaced = replace_waiting(w, step, id, !by_head);
    if (!replaced.ok()) return replaced.problems();
    attach(w, step, viewer, subject, PaperOf::decision, pictures->at(0));
    attach(w, step, viewer, subject, PaperOf::correction, pictures->at(1));
    const law::Verdict verdict = judged->verdict;
    if (by_head || judged->verdict.passed != judged->vote.passed) {
      CorrectionRequest request = asked(w, viewer, judged->vote, form);
      step.add(request);
      step.body()["by_commune"] = !by_head;
      step.record(std::string(correction_asked), subject);
      return verdict;
    }
    auto applied = apply(w, law_, step, *judged, form, {viewer.account, std::nullopt});
    if (!applied.ok()) return applied.problems();
    return verdict;
  });
}

Result<law::Verdict> Assembly::agree_correction(const people::Viewer& viewer, Id<Motion> id,
                                                const AgreeCorrection& form) {
  return official([&](store::Writer& w) -> Result<law::Verdict> {
    auto waiting = waiting_for(w, viewer, id, local_date(w.now()));
    if (!waiting.ok()) return waiting.problems();
    CorrectionRequest& request = waiting->request;
    if (auto same = still_this(form.request, request); !same.ok()) return same.problems();
    CorrectVote numbers;
    numbers.present = request.present;
    numbers.yes = request.yes;
    numbers.no = request.no;
    numbers.other = request.other;
    numbers.reason = request.reason;
    numbers.reference = request.paper_reference;
    numbers.version = request.vote_version;
    auto judged = judge(w, law_, waiting->motion, numbers);
    if (!judged.ok()) return judged.problems();
    if (auto wrong = wrong_with(correcting(w, *judged, !waiting->of_commune, waiting->of_commune)))
      return *wrong;
    Step step(w, keys_, viewer, waiting->motion.village);
    request.state = RequestState::agreed;
    request.answered_by = viewer.account;
    request.answered_at = w.now();
    if (!step.save(request)) return somebody_was_first();
    const law::Verdict verdict = judged->verdict;
    auto applied = apply(w, law_, step, *judged, numbers, {request.asked_by, viewer.account});
    if (!applied.ok()) return applied.problems();
    return verdict;
  });
}

Result<Done> Assembly::decline_correction(const people::Viewer& viewer, Id<Motion> id,
                                          const DeclineCorrection& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto waiting = waiting_for(w, viewer, id, local_date(w.now()));
    if (!waiting.ok()) return waiting.problems();
    if (auto same = still_this(form.request, waiting->request); !same.ok()) return same;
    if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
    CorrectionRequest& request = waiting->request;
    request.state = RequestState::declined;
    request.answered_by = viewer.account;
    request.answered_at = w.now();
    request.answer_reason = form.reason;
    Step step(w, keys_, viewer, waiting->motion.village);
    if (!step.save(request)) return somebody_was_first();
    step.record("assembly.correction-declined", subject_of(id));
    return Done{};
  });
}

}  // namespace danchu::assembly
