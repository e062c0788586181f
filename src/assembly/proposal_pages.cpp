// A page to propose a matter, from a ready wording or anew after a vote that was lost.
#include "assembly/addresses.h"
#include "assembly/matter_templates.h"
#include "assembly/step_page.h"
#include "assembly/steps.h"

namespace danchu::assembly {
namespace {

ProposeMotion from_template(Request& q) { return prefilled(q.query("mau")); }

// A wording whose meeting danchu does not hold yet says so before it is typed.
Result<StepSubject> proposing(Request& q) {
  auto allowed = village_allows(q, Verb::propose);
  if (!allowed || q.query("mau").empty()) return allowed;
  auto run = run_here(q.site().law, matter_of(from_template(q)), local_date(q.now()));
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
    ProposeMotion form;
    auto lost = motion(r, q.id<Motion>("motion"));
    if (!lost) return form;
    form.title = lost->title;
    form.asked = lost->asked;
    form.collects = lost->basis.has_value();
    form.works = lost->matter.value == 1;
    form.spends = lost->matter.value == 2;
    form.convention = lost->matter.value == 3;
    form.elects_head = lost->matter.value == 4;
    form.elects_board = lost->matter.value == 5;
    form.basis = lost->basis;
    form.money = lost->money;
    form.goods = lost->goods;
    form.labour_days = lost->labour_days;
    form.exemptions = lost->exemptions;
    form.collect_from = lost->collect_from;
    form.collect_to = lost->collect_to;
    form.shortfall = lost->shortfall;
    Persons persons = persons_of(r, lost->id.number);
    if (!persons["keeper"].empty()) form.keeper = Line<120>{persons["keeper"]};
    if (!persons["checker"].empty()) form.checker = Line<120>{persons["checker"]};
    return form;
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
      proposing, from_template, propose);
  step<ProposeMotion>(
      router, "/viec/{motion}/dua-lai",
      {Verb::propose, N_("Propose it again"),
       N_("A lost vote is lost. This is a new proposal, with a new notice and a new meeting."), N_("Propose"),
       N_("Proposed. The head of the Front committee has to agree now."), "assembly/propose"},
      lost_matter, as_lost, propose_again);
}

}  // namespace danchu::assembly
