// Which forms a matter may take, and why a head who asks for another is refused (art. 17, 19).
#include "assembly/assembly.h"
#include "assembly/steps.h"

namespace danchu::assembly {
namespace {

Problem refusal(const law::FormAnswer& answer, std::optional<std::int64_t> came, std::int64_t households) {
  Problem p{
      Fault::unlawful, "form", N_("This form is not lawful for this matter"), {}, rules_of(answer.because)};
  if (answer.form == law::Form::online)
    p.message = N_("An online vote is not lawful for a matter of this kind");
  if (answer.form == law::Form::ballot && came) {
    p.message =
        N_("No ballot may follow: {came} of {households} households came, enough to have reached the number "
           "needed");
    p.args = {{"came", std::to_string(*came)}, {"households", std::to_string(households)}};
  }
  return p;
}

Problems answer_to(const law::FormAnswer& answer, std::optional<std::int64_t> came, std::int64_t households) {
  if (!answer.lawful) return {refusal(answer, came, households)};
  if (answer.form == law::Form::meeting)
    return problem(Fault::conflict, N_("A meeting is lawful: propose the matter anew and give notice"));
  return problem(Fault::conflict, N_("This form is lawful here, but danchu does not run it yet"));
}

}  // namespace

Result<Done> Assembly::ask_form(const people::Viewer& viewer, Id<Motion> id, const AskForm& form) {
  return db_.read([&](store::Reader& r) -> Result<Done> {
    auto m = motion_for(r, viewer, id, Verb::ask_form);
    if (!m.ok()) return m.problems();
    if (form.add_to_meeting)
      return unlawful({"DEC-13"},
                      N_("A decision is taken in exactly one form: answers collected another way are never "
                         "added to the votes of a meeting"));
    const auto met = held_on(r, *m);
    std::optional<std::int64_t> came;
    if (met && met->attended) came = met->attended->value;
    const std::int64_t households = households_of(r, m->village, met);
    const Date on = met ? local_date(met->starts) : local_date(db_.clock().now());
    for (const law::FormAnswer& answer :
         law_.forms(static_cast<int>(m->matter.value), law::Scope::village, households, came, on))
      if (answer.form == form.form) {
        if (auto run = run_here(law_, static_cast<int>(m->matter.value), on);
            answer.lawful && answer.form == law::Form::meeting && !run.ok())
          return run;
        return answer_to(answer, came, households);
      }
    return problem(Fault::unavailable, N_("No rule about this form is in force on that day"));
  });
}

}  // namespace danchu::assembly
