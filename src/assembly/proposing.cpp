// From the proposal to the agreed matter (Law 10/2022 art. 16).
#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "assembly/wording.h"
#include "people/accounts.h"

namespace danchu::assembly {
namespace {

PlainAnswers answers_of(const ProposeMotion& f) {
  return {f.collects, f.works, f.spends, f.convention, f.elects_head, f.elects_board};
}

Result<Done> check(const ProposeMotion& form, int matter) {
  Problems found = wrong_with(form, matter);
  for (Problem& problem : unanswered(form)) found.push_back(std::move(problem));
  for (Problem& problem : mixed(answers_of(form))) found.push_back(std::move(problem));
  for (Problem& problem : contradictions(form)) found.push_back(std::move(problem));
  if (!form.collects && (form.money || form.goods || form.labour_days))
    found.push_back({Fault::invalid,
                     "collects",
                     N_("You ask for money, goods or days of work: tick that they are collected"),
                     {},
                     {"DEC-01", "DEC-02"}});
  if (!found.empty()) return found;
  return Done{};
}

// The plain questions the head answered with yes (practice P4): the commune sees them when it reclassifies.
boost::json::array ticked(const PlainAnswers& answers) {
  boost::json::array names;
  for (const Field& question : fields_of<PlainAnswers>())
    if (question.number(&answers, 0)) names.emplace_back(std::string(question.name));
  return names;
}

// Did he type the proposal for the head? Then he does not press the other button (practice P20).
bool typed_by(store::Reader& r, Id<Motion> id, Id<people::Account> account) {
  for (const acts::Recorded& act : acts::about(r, subject_of(id)))
    if (act.on_behalf == account.text()) return true;
  return false;
}

// Joint minutes bear the signature of the head of the Front committee or his deputy (art. 16.2, practice
// P21); another member signs for the whole committee. Nobody can be compared with where the post is vacant.
Result<Done> signed_by_the_front(store::Reader& r, Id<people::Unit> village, const AgreeByPaper& form) {
  if (form.of_committee) return Done{};
  std::string known;
  for (const people::Officer& held : people::officers(r, village, form.signed_on)) {
    if (held.post.role != people::Role::village_front || !people::within_term(held.post, form.signed_on))
      continue;
    if (same_person(form.signed_by.value, held.display_name)) return Done{};
    if (known.empty()) known = held.display_name;
  }
  if (known.empty()) return Done{};
  return Problem{
      Fault::invalid,
      "signed_by",
      N_("The head of the village Front committee is {name}: joint minutes bear that signature. When "
         "another member signed, enter the minutes of the whole committee"),
      {{"name", known}},
      {"DEC-09"}};
}

// Since when the Front is asked about the matter as it stands: minutes older than a change of its kind that
// took an agreement back were about another one (DEC-09). An evening entered from paper may be reclassified
// while it is entered: its minutes are older than the entry, not than the vote.
Date asked_since(store::Reader& r, const Motion& m) {
  Date since = local_date(m.proposed_at);
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id))) {
    const auto* agreed =
        act.kind == "assembly.reclassified" ? act.body.if_contains("agreed_before") : nullptr;
    if (agreed && agreed->is_bool() && agreed->get_bool()) since = local_date(act.entered);
  }
  return since;
}

Motion drafted(store::Writer& w, const people::Viewer& viewer, Id<people::Unit> village,
               const ProposeMotion& form, int matter) {
  Motion m;
  m.id = w.new_id<Motion>();
  m.village = village;
  m.title = form.title;
  m.asked = form.asked;
  m.matter.value = matter;
  m.basis = form.basis;
  m.money = form.money;
  m.goods = form.goods;
  m.labour_days = form.labour_days;
  m.exemptions = form.exemptions;
  m.collect_from = form.collect_from;
  m.collect_to = form.collect_to;
  m.shortfall = form.shortfall;
  m.proposed_by = viewer.account;
  m.proposed_at = w.now();
  if (form.proposed_on && *form.proposed_on < local_date(w.now()))
    m.proposed_at = start_of(*form.proposed_on);
  return m;
}

Result<Id<Motion>> put_forward(store::Writer& w, const acts::Keys& keys, const people::Viewer& viewer,
                               Id<people::Unit> village, const ProposeMotion& form,
                               std::optional<Id<Motion>> previous) {
  auto unit = people::unit(w, village);
  if (!unit || people::unit_kind(unit->kind).level != "village")
    return problem(Fault::missing, N_("There is no such village"));
  if (!may(viewer, Verb::propose, where(w, village))) return not_yours();
  const int matter = matter_of(form);
  auto checked = check(form, matter);
  if (!checked.ok()) return checked.problems();
  auto lost = previous ? decision_on(w, *previous) : std::nullopt;
  auto on = event_day(form.proposed_on, local_date(w.now()), lost ? lost->voted_on : Date{}, "proposed_on");
  if (!on.ok()) return on.problems();
  Motion m = drafted(w, viewer, village, form, matter);
  m.previous = previous;
  Step step(w, keys, viewer, village);
  step.add(m);
  if (form.keeper && !form.keeper->value.empty()) step.name(m.id.number, "keeper", form.keeper->value);
  if (form.checker && !form.checker->value.empty()) step.name(m.id.number, "checker", form.checker->value);
  step.happened(m.proposed_at);
  step.body()["answers"] = ticked(answers_of(form));
  if (previous) w.touch(subject_of(*previous));
  step.record("assembly.proposed", subject_of(m.id));
  return m.id;
}

}  // namespace

Result<Id<Motion>> Assembly::propose(const people::Viewer& viewer, Id<people::Unit> village,
                                     const ProposeMotion& form) {
  return official([&](store::Writer& w) -> Result<Id<Motion>> {
    auto before = lost_before(w, village, form.title.value);
    auto lost = before ? decision_on(w, *before) : std::nullopt;
    const Date on = form.proposed_on.value_or(local_date(w.now()));
    if (lost && on < lost->voted_on) before.reset();  // it came first
    return put_forward(w, keys_, viewer, village, form, before);
  });
}

Result<Id<Motion>> Assembly::propose_again(const people::Viewer& viewer, Id<Motion> lost,
                                           const ProposeMotion& form) {
  return official([&](store::Writer& w) -> Result<Id<Motion>> {
    auto before = motion_for(w, viewer, lost, Verb::propose);
    if (!before.ok()) return before.problems();
    if (proposed_anew(w, lost))
      return problem(Fault::conflict, N_("This matter has been proposed anew already"));
    return put_forward(w, keys_, viewer, before->village, form, lost);
  });
}

std::optional<Problem> agreement_refusal(store::Reader& r, const people::Viewer& viewer, const Motion& m,
                                         Date today) {
  Agreeing agreeing{.by_tap = true, .one_person = people::one_person_holds_both(r, m.village, today)};
  agreeing.same_account = viewer.account == m.proposed_by ||
                          viewer.holds(people::Role::village_head, m.village) ||
                          typed_by(r, m.id, viewer.account);
  return wrong_with(agreeing);
}

Result<Done> Assembly::agree(const people::Viewer& viewer, Id<Motion> id, const AgreeByTap& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = motion_for(w, viewer, id, Verb::agree);
    if (!m.ok()) return m.problems();
    if (auto same = still_as_shown(form.version, m->version); !same.ok()) return same;
    if (auto refused = agreement_refusal(w, viewer, *m, local_date(w.now()))) return *refused;
    m->state = MotionState::agreed;
    m->agreement = Agreement::own_act;
    m->agreed_by = viewer.account;
    m->agreed_on = local_date(w.now());
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    step.record("assembly.agreed", subject_of(id));
    return Done{};
  });
}

Result<Done> Assembly::agree_by_paper(const people::Viewer& viewer, Id<Motion> id, const AgreeByPaper& form) {
  auto pictures = judged_for(Verb::agree_by_paper, viewer, id, {{form.pictures, "pictures"}});
  if (!pictures.ok()) return pictures.problems();
  return official_with(viewer, *pictures, [&](store::Writer& w) -> Result<Done> {
    auto m = motion_for(w, viewer, id, Verb::agree_by_paper);
    if (!m.ok()) return m.problems();
    if (form.version && form.version->value != m->version.value) return somebody_was_first();
    const Date today = local_date(w.now());
    Agreeing agreeing{.one_person = people::one_person_holds_both(w, m->village, today),
                      .of_committee = form.of_committee};
    if (auto wrong = wrong_with(agreeing)) return *wrong;
    if (form.signed_by.value.empty()) return problem_at("signed_by", N_("Say who signed for the Front"));
    if (same_person(form.signed_by.value, viewer.name))
      return problem_at("signed_by", N_("The minutes must be signed by somebody else than you"));
    if (auto front = signed_by_the_front(w, m->village, form); !front.ok()) return front;
    if (form.reference.value.empty()) return problem_at("reference", N_("Say where the paper is kept"));
    if (form.pictures.empty())
      return problem_at("pictures", N_("The picture of the signed minutes is the proof: photograph them"));
    Problems used =
        used_before(w, subject_of(id), {{pictures->at(0), form.pictures, PaperOf::agreement, "pictures"}});
    if (!used.empty()) return used;
    auto on = event_day(form.signed_on, today, asked_since(w, *m), "signed_on");
    if (!on.ok()) return on.problems();
    m->state = MotionState::agreed;
    m->agreement = form.of_committee ? Agreement::committee_minutes : Agreement::joint_minutes;
    m->agreed_by = viewer.account;
    m->agreed_on = form.signed_on;
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    step.name(id.number, "front_signatory", form.signed_by.value);
    step.body()["paper"] = form.reference.value;
    attach(w, step, viewer, subject_of(id), PaperOf::agreement, pictures->at(0));
    step.happened(form.signed_on == today ? w.now() : start_of(form.signed_on));
    step.record("assembly.agreed", subject_of(id));
    return Done{};
  });
}

namespace {

// The Front agreed to another kind of matter, with other rules: it is asked again (art. 16.2, DEC-09), and
// until then the matter stands on no agenda.
Result<Done> ask_the_front_again(Step& step, Motion& m) {
  m.state = MotionState::proposed;
  m.agreement.reset();
  m.agreed_by.reset();
  m.agreed_on.reset();
  m.agenda.value = 0;
  m.meeting.reset();
  if (!step.save(m)) return somebody_was_first();
  return Done{};
}

}  // namespace

// A meeting without a matter left is about nothing: its own act says that it is off.
Result<Done> Assembly::cancel_if_empty(store::Writer& w, const people::Viewer& viewer, Id<Meeting> id,
                                       const Text<1000>& reason) {
  auto planned = meeting(w, id);
  if (!planned) return Done{};
  w.touch(subject_of(id));
  const std::vector<Motion> left = motions_of(w, id);
  if (std::any_of(left.begin(), left.end(),
                  [](const Motion& other) { return other.state != MotionState::withdrawn; }))
    return Done{};
  planned->state = MeetingState::cancelled;
  planned->reason = reason;
  Step step(w, keys_, viewer, planned->village);
  if (!step.save(*planned)) return somebody_was_first();
  step.record("assembly.cancelled", subject_of(id));
  return Done{};
}

Result<Done> Assembly::reclassify(const people::Viewer& viewer, Id<Motion> id, const Reclassify& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = motion_for(w, viewer, id, Verb::reclassify);
    if (!m.ok()) return m.problems();
    if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
    if (form.matter == m->matter) return problem_at("matter", N_("It is of this kind already"));
    if (asks_for_contributions(*m) && form.matter.value > 2)
      return Problem{Fault::unlawful,
                     "matter",
                     N_("Households are asked for money, goods or work: the law has two kinds for that"),
                     {},
                     {"DEC-01", "DEC-02"}};
    if (form.matter.value == 1 || asks_for_contributions(*m)) {
      const Persons named = persons_of(w, id.number);
      Problems missing = unsaid(*m, named.contains("keeper"), named.contains("checker"));
      if (!missing.empty()) {
        for (Problem& p : missing) p.path = "matter";
        missing.insert(
            missing.begin(),
            {Fault::invalid,
             "matter",
             N_("The proposal does not say what each household gives: let the head withdraw it and "
                "propose it with its contributions"),
             {},
             {}});
        return missing;
      }
    }
    Step step(w, keys_, viewer, m->village);
    step.body()["from"] = m->matter.value;
    m->matter = form.matter;
    m->reason = form.reason;
    step.body()["agreed_before"] = m->state != MotionState::proposed;
    const auto left = m->meeting;
    auto asked = ask_the_front_again(step, *m);
    if (!asked.ok()) return asked;
    step.record("assembly.reclassified", subject_of(id));
    return left ? cancel_if_empty(w, viewer, *left, form.reason) : Result<Done>(Done{});
  });
}

Result<Done> Assembly::withdraw(const people::Viewer& viewer, Id<Motion> id, const WithReason& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = motion_for(w, viewer, id, Verb::withdraw);
    if (!m.ok()) return m.problems();
    if (in_the_hall(w, *m))
      return Problem{
          Fault::conflict,
          "",
          N_("Its meeting is open: this matter is voted on, or put off to another meeting with a reason "
             "when the meeting is concluded. It can no longer be withdrawn"),
          {},
          {"MTG-06"}};
    if (auto heads = left_to_its_head(w, viewer, m->village, local_date(w.now()), "DEC-09")) return *heads;
    if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
    m->state = MotionState::withdrawn;
    m->reason = form.reason;
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    step.record("assembly.withdrawn", subject_of(id));
    return m->meeting ? cancel_if_empty(w, viewer, *m->meeting, form.reason) : Result<Done>(Done{});
  });
}

}  // namespace danchu::assembly
