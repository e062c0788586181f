// After the vote: the signed paper, sending, reception or recognition, execution (art. 20-23).
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

}  // namespace

// Asked before the files are looked into: may this be done now, and are these pictures. The write asks again.
Result<PicturesByField> Assembly::judged_for(Verb verb, const people::Viewer& viewer, Id<Motion> id,
                                             const std::vector<PictureField>& fields) {
  auto allowed = db_.read([&](store::Reader& r) { return motion_for(r, viewer, id, verb); });
  if (!allowed.ok()) return allowed.problems();
  return judged_of(fields);
}

Result<PicturesByField> Assembly::judged_of(const std::vector<PictureField>& fields) {
  Problems wrong;
  for (const PictureField& field : fields)
    for (Problem& problem : wrong_with(field.files, field.path)) wrong.push_back(std::move(problem));
  if (!wrong.empty()) return wrong;
  PicturesByField pictures;
  for (const PictureField& field : fields) pictures.push_back(judged(field.files));
  return pictures;
}

Result<Done> Assembly::sign(const people::Viewer& viewer, Id<Motion> id, const SignPaper& form) {
  auto pictures = judged_for(Verb::sign, viewer, id, {{form.pictures, "pictures"}});
  if (!pictures.ok()) return pictures.problems();
  return official_with(viewer, *pictures, [&](store::Writer& w) -> Result<Done> {
    auto found = decided_for(w, viewer, id, Verb::sign);
    if (!found.ok()) return found.problems();
    auto on = event_day(form.signed_on, local_date(w.now()), found->decision.voted_on, "signed_on");
    if (!on.ok()) return on.problems();
    auto checked = check(law_, form);
    if (!checked.ok()) return checked;
    Problems used =
        used_before(w, subject_of(id), {{pictures->at(0), form.pictures, PaperOf::decision, "pictures"}});
    if (!used.empty()) return used;
    Decision& d = found->decision;
    d.state = DecisionState::signed_by_four;
    d.signed_on = *on;
    d.paper_reference = form.reference;
    if (form.hash && !form.hash->value.empty()) d.paper_hash = form.hash;
    if (!form.pictures.empty()) d.paper_hash = Line<64>{pictures->at(0).front().sha256};
    Step step(w, keys_, viewer, d.village);
    attach(w, step, viewer, subject_of(id), PaperOf::decision, pictures->at(0));
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

}  // namespace danchu::assembly
