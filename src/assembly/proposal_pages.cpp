// A page to propose a matter, from a ready wording or anew after a vote that was lost or a withdrawal.
#include "assembly/addresses.h"
#include "assembly/matter_templates.h"
#include "assembly/step_page.h"
#include "assembly/steps.h"

namespace danchu::assembly {
namespace {

// What a matter asked for, to be proposed in the same words.
ProposeMotion as_before(store::Reader& r, const Motion& before) {
  ProposeMotion form;
  form.title = before.title;
  form.asked = before.asked;
  form.collects = before.basis.has_value();
  form.works = before.matter.value == 1;
  form.spends = before.matter.value == 2;
  form.convention = before.matter.value == 3;
  form.elects_head = before.matter.value == 4;
  form.elects_board = before.matter.value == 5;
  form.other = before.matter.value == 6 && !form.collects;  // no kind of its own
  form.basis = before.basis;
  form.money = before.money;
  form.goods = before.goods;
  form.labour_days = before.labour_days;
  form.exemptions = before.exemptions;
  form.collect_from = before.collect_from;
  form.collect_to = before.collect_to;
  form.shortfall = before.shortfall;
  Persons persons = persons_of(r, before.id.number);
  if (!persons["keeper"].empty()) form.keeper = Line<120>{persons["keeper"]};
  if (!persons["checker"].empty()) form.checker = Line<120>{persons["checker"]};
  return form;
}

// A ready wording, or a matter of this village that was withdrawn (`tu`): nothing was decided on it, so that
// what comes is a proposal as any other.
ProposeMotion prefilled_for(Request& q) {
  if (q.query("tu").empty()) return prefilled(q.query("mau"));
  return q.site().db.read([&](store::Reader& r) {
    auto id = Id<Motion>::from_text(q.query("tu"));
    auto before = id ? motion(r, *id) : std::nullopt;
    const bool fits =
        before && before->state == MotionState::withdrawn && before->village == q.id<people::Unit>("village");
    return fits ? as_before(r, *before) : ProposeMotion{};
  });
}

// A wording whose meeting danchu does not hold yet says so before it is typed.
Result<StepSubject> proposing(Request& q) {
  auto allowed = village_allows(q, Verb::propose);
  if (!allowed || (q.query("mau").empty() && q.query("tu").empty())) return allowed;
  auto run = run_here(q.site().law, matter_of(prefilled_for(q)), local_date(q.now()));
  if (!run.ok()) allowed->notes.push_back(not_run_words(q, run.problems()[0]));
  return allowed;
}

Result<Told> propose(Request& q, Assembly& assembly, const people::Viewer& as, const ProposeMotion& form) {
  auto made = assembly.propose(as, q.id<people::Unit>("village"), form);
  if (!made) return made.problems();
  return Told{address(*made)};
}

ProposeMotion as_lost(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    auto lost = motion(r, q.id<Motion>("motion"));
    return lost ? as_before(r, *lost) : ProposeMotion{};
  });
}

Result<StepSubject> lost_matter(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
    auto lost = motion(r, q.id<Motion>("motion"));
    if (!lost) return problem(Fault::missing, N_("There is no such matter"));
    if (!may(doer(q, r, Verb::propose), Verb::propose, where(r, lost->village))) return not_yours();
    if (lost->state != MotionState::lost) return not_due(label_of(lost->state));
    if (proposed_anew(r, lost->id))
      return problem(Fault::conflict, N_("This matter has been proposed anew already"));
    return StepSubject{lost->title.value, address(lost->id)};
  });
}

Result<Told> propose_again(Request& q, Assembly& assembly, const people::Viewer& as,
                           const ProposeMotion& form) {
  auto made = assembly.propose_again(as, q.id<Motion>("motion"), form);
  if (!made) return made.problems();
  return Told{address(*made)};
}

}  // namespace

void proposal_routes(web::Router& router) {
  step<ProposeMotion>(
      router, "/thon/{village}/viec/moi",
      {Verb::propose, N_("Propose a matter"), N_("Write it as you would say it in the hall."), N_("Propose"),
       N_("Proposed. The head of the Front committee has to agree now."), "assembly/propose"},
      proposing, prefilled_for, propose);
  step<ProposeMotion>(
      router, "/viec/{motion}/dua-lai",
      {Verb::propose, N_("Propose it again"),
       N_("A lost vote is lost. This is a new proposal, with a new notice and a new meeting."), N_("Propose"),
       N_("Proposed. The head of the Front committee has to agree now."), "assembly/propose"},
      lost_matter, as_lost, propose_again);
}

}  // namespace danchu::assembly
