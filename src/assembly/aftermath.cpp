// After the vote: the signed paper, sending, reception or recognition, execution, correction (art. 20-23).
#include "assembly/assembly.h"
#include "assembly/steps.h"

namespace danchu::assembly {
namespace {

bool is_hash(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

Result<Done> check(const law::Law& law, const SignPaper& form) {
  const std::int64_t count = household_signatures(law, form.signed_on);
  const struct {
    const char* path;
    const std::string& name;
  } signers[] = {{"household_1", form.household_1.value}, {"household_2", form.household_2.value}};
  if (count > static_cast<std::int64_t>(std::size(signers)))
    return problem(Fault::unavailable,
                   N_("The law asks for {count} household representatives: this form holds fewer"),
                   {{"count", std::to_string(count)}});
  Problems found;
  auto wrong = [&](std::string path, std::string_view message) {
    found.push_back({Fault::invalid, std::move(path), message, {}, {"EFF-02"}});
  };
  for (std::int64_t i = 0; i < count; ++i)
    if (signers[i].name.empty()) {
      wrong(signers[i].path, N_("{count} household representatives sign the decision"));
      found.back().args = {{"count", std::to_string(count)}};
    }
  if (!form.household_1.value.empty() && same_person(form.household_1.value, form.household_2.value))
    wrong("household_2", N_("These must be two different persons"));
  if (form.reference.value.empty()) wrong("reference", N_("Say where the paper is kept"));
  if (form.hash && !form.hash->value.empty() && !is_hash(form.hash->value))
    wrong("hash", N_("64 characters 0-9 and a-f"));
  else if (form.hash && !form.hash->value.empty() && !form.pictures.empty())
    wrong("hash", N_("Send either the picture or its hash: danchu takes the hash of what it keeps"));
  if (!found.empty()) return found;
  return Done{};
}

Instant moment_of(Date day, Instant now) { return day == local_date(now) ? now : start_of(day); }

// Saves the decision and its act.
Result<Done> keep(store::Writer& w, Step& step, Decision& d, Date happened, std::string kind) {
  if (!step.save(d)) return somebody_was_first();
  step.happened(moment_of(happened, w.now()));
  step.record(std::move(kind), subject_of(d.motion));
  return Done{};
}

struct Numbers {
  std::int64_t present, yes, no, other;
  bool operator==(const Numbers&) const = default;
};
Numbers numbers_of(const Vote& v) { return {v.present.value, v.yes.value, v.no.value, v.other.value}; }
Numbers numbers_of(const CorrectVote& f) { return {f.present.value, f.yes.value, f.no.value, f.other.value}; }

Result<Done> check(const CorrectVote& form, const Vote& vote) {
  if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
  if (form.reference.value.empty())
    return problem_at("reference", N_("Say where the correction minutes are kept"));
  const Numbers n = numbers_of(form);
  if (n == numbers_of(vote)) return problem_at("yes", N_("These are the numbers that stand already"));
  if (n.present > vote.households.value)
    return problem_at("present", N_("There are only {limit} households on the list"),
                      {{"limit", std::to_string(vote.households.value)}});
  if (n.yes + n.no + n.other > n.present)
    return problem_at("yes", N_("More votes than the {limit} households present"),
                      {{"limit", std::to_string(n.present)}});
  return Done{};
}

Correction correction(store::Writer& w, const CorrectVote& form, const Vote& old, bool passes) {
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

}  // namespace

// Asked before a byte is kept: may this be done now, and are these pictures. The write asks again.
Result<std::vector<std::vector<Picture>>> Assembly::kept_for(Verb verb, const people::Viewer& viewer,
                                                             Id<Motion> id,
                                                             const std::vector<PictureField>& fields) {
  auto allowed = db_.read([&](store::Reader& r) { return motion_for(r, viewer, id, verb); });
  if (!allowed.ok()) return allowed.problems();
  Problems wrong;
  for (const PictureField& field : fields)
    for (Problem& problem : wrong_with(field.files, field.path)) wrong.push_back(std::move(problem));
  if (!wrong.empty()) return wrong;
  std::vector<std::vector<Picture>> pictures;
  for (const PictureField& field : fields) pictures.push_back(kept(db_.files(), field.files));
  return pictures;
}

Result<Done> Assembly::sign(const people::Viewer& viewer, Id<Motion> id, const SignPaper& form) {
  auto pictures = kept_for(Verb::sign, viewer, id, {{form.pictures, "pictures"}});
  if (!pictures.ok()) return pictures.problems();
  return official([&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::sign);
    if (!found.ok()) return found.problems();
    auto on = event_day(form.signed_on, local_date(w.now()), found->decision.voted_on, "signed_on");
    if (!on.ok()) return on.problems();
    auto checked = check(law_, form);
    if (!checked.ok()) return checked;
    Decision& d = found->decision;
    d.state = DecisionState::signed_by_four;
    d.signed_on = *on;
    d.paper_reference = form.reference;
    if (form.hash && !form.hash->value.empty()) d.paper_hash = form.hash;
    if (!form.pictures.empty()) d.paper_hash = Line<64>{pictures->at(0).front().sha256};
    Step step(w, keys_, viewer, d.village);
    attach(w, step, viewer, id, PaperOf::decision, pictures->at(0));
    step.name(id.number, "witness_1", form.household_1.value);
    step.name(id.number, "witness_2", form.household_2.value);
    return keep(w, step, d, *on, "assembly.signed");
  });
}

Result<Done> Assembly::send(const people::Viewer& viewer, Id<Motion> id, const OnDay& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::send);
    if (!found.ok()) return found.problems();
    Decision& d = found->decision;
    auto on = event_day(form.on, local_date(w.now()), d.signed_on.value_or(d.voted_on), "on");
    if (!on.ok()) return on.problems();
    d.state = DecisionState::sent;
    d.sent_on = *on;
    Step step(w, keys_, viewer, d.village);
    step.body()["late"] = d.send_due && *on > *d.send_due;
    step.law_hash(law_.hash());
    return keep(w, step, d, *on, "assembly.sent");
  });
}

Result<Done> Assembly::receive(const people::Viewer& viewer, Id<Motion> id, const OnDay& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::receive);
    if (!found.ok()) return found.problems();
    Decision& d = found->decision;
    auto on = event_day(form.on, local_date(w.now()), *d.sent_on, "on");
    if (!on.ok()) return on.problems();
    d.state = DecisionState::received;
    d.received_on = *on;
    if (answerer_of(static_cast<int>(d.matter.value), d.voted_on, law_) != Answerer::commune_receives)
      if (auto due = law_.due("EFF-07", *on); due.ok()) d.answer_due = due->due;
    Step step(w, keys_, viewer, d.village);
    step.law_hash(law_.hash());
    return keep(w, step, d, *on, "assembly.received");
  });
}

Result<Done> Assembly::recognise(const people::Viewer& viewer, Id<Motion> id, const Recognise& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::answer);
    if (!found.ok()) return found.problems();
    Decision& d = found->decision;
    if (form.number.value.empty()) return problem_at("number", N_("Give the number of the decision"));
    auto on = event_day(form.signed_on, local_date(w.now()), *d.received_on, "signed_on");
    if (!on.ok()) return on.problems();
    d.state = DecisionState::recognised;
    d.answered_on = *on;
    d.answer_number = form.number;
    d.effect_from = effect_from(law_, static_cast<int>(d.matter.value), d.passed, d.voted_on, *on);
    Step step(w, keys_, viewer, d.village);
    step.law_hash(law_.hash());
    return keep(w, step, d, *on, "assembly.recognised");
  });
}

Result<Done> Assembly::refuse(const people::Viewer& viewer, Id<Motion> id, const Refuse& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::answer);
    if (!found.ok()) return found.problems();
    Decision& d = found->decision;
    if (form.reason.value.empty())
      return Problem{
          Fault::unlawful, "reason", N_("A refusal is in writing and says its reasons"), {}, {"EFF-07"}};
    auto on = event_day(form.signed_on, local_date(w.now()), *d.received_on, "signed_on");
    if (!on.ok()) return on.problems();
    d.state = DecisionState::refused;
    d.answered_on = *on;
    d.answer_number = form.number;
    d.answer_reason = form.reason;
    Step step(w, keys_, viewer, d.village);
    step.law_hash(law_.hash());
    return keep(w, step, d, *on, "assembly.refused");
  });
}

Result<Done> Assembly::report_execution(const people::Viewer& viewer, Id<Motion> id,
                                        const ReportExecution& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::report_execution);
    if (!found.ok()) return found.problems();
    if (form.done.value.empty()) return problem_at("done", N_("Say what was done"));
    auto on = event_day(form.on, local_date(w.now()), found->decision.voted_on, "on");
    if (!on.ok()) return on.problems();
    Step step(w, keys_, viewer, found->motion.village);
    step.add(ExecutionReport{w.new_id<ExecutionReport>(), id, *on, form.done});
    step.happened(moment_of(*on, w.now()));
    step.record("assembly.executed", subject_of(id));
    return Done{};
  });
}

Result<law::Verdict> Assembly::correct(const people::Viewer& viewer, Id<Motion> id, const CorrectVote& form) {
  auto pictures = kept_for(Verb::correct, viewer, id, {{form.paper, "paper"}, {form.minutes, "minutes"}});
  if (!pictures.ok()) return pictures.problems();
  return official([&](store::Writer& w) -> Result<law::Verdict> {
    auto found = motion_for(w, viewer, id, Verb::correct);
    if (!found.ok()) return found.problems();
    auto vote = vote_on(w, id);
    auto decision = decision_on(w, id);
    if (!vote || !decision) return not_due(label_of(found->state));
    if (form.version && form.version->value != vote->version.value) return somebody_was_first();
    auto checked = check(form, *vote);
    if (!checked.ok()) return checked.problems();
    if (form.paper.empty() && !has_picture(w, id, PaperOf::decision))
      return problem_at("paper", N_("Photograph the signed paper: its numbers are the ones that hold"));
    if (form.minutes.empty()) return problem_at("minutes", N_("Photograph the correction minutes"));
    const Numbers n = numbers_of(form);
    auto verdict = law_.decide(case_of(static_cast<int>(found->matter.value), vote->households.value,
                                       n.present, n.yes, n.no, n.other, local_date(vote->voted_at)));
    if (!verdict.ok()) return verdict.problems();

    const Where here = where(w, found->village, static_cast<int>(found->matter.value));
    Correcting correcting;
    correcting.by_head = viewer.holds(people::Role::village_head, found->village);
    correcting.by_recogniser = may(viewer, Verb::answer, here) || may(viewer, Verb::reclassify, here);
    correcting.turns = verdict->passed != vote->passed;
    correcting.recognised =
        decision->state == DecisionState::recognised || decision->state == DecisionState::refused;
    correcting.proposed_anew = proposed_anew(w, id).has_value();
    if (auto wrong = wrong_with(correcting)) return *wrong;

    Step step(w, keys_, viewer, found->village);
    step.add(correction(w, form, *vote, verdict->passed));
    vote->present = form.present;
    vote->yes = form.yes;
    vote->no = form.no;
    vote->other = form.other;
    vote->needed.value = verdict->needed;
    vote->passed = verdict->passed;
    vote->law_hash.value = law_.hash();
    auto met = meeting(w, vote->meeting);
    turn(*decision, law_, verdict->passed, local_date(met->concluded_at.value_or(vote->voted_at)));
    found->state = verdict->passed ? MotionState::passed : MotionState::lost;
    if (!step.save(*vote) || !step.save(*decision) || !step.save(*found)) return somebody_was_first();
    step.law_hash(law_.hash());
    step.body()["rules"] = rule_ids(*verdict);
    step.body()["paper"] = form.reference.value;
    attach(w, step, viewer, id, PaperOf::decision, pictures->at(0));
    attach(w, step, viewer, id, PaperOf::correction, pictures->at(1));
    step.record("assembly.corrected", subject_of(id));
    return *verdict;
  });
}

}  // namespace danchu::assembly
