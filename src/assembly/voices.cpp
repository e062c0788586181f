// Members of households who disagree with their representative and ask to speak (art. 24.2): a voice, no
// vote. Nothing here touches who is present or what is counted.
#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

constexpr std::size_t most_opinions = 200;  // of one meeting
}  // namespace

Result<Id<MemberOpinion>> Assembly::register_member(const people::Viewer& viewer, Id<Meeting> id,
                                                    const RegisterMember& form) {
  return db_.write_official([&](store::Writer& w) -> Result<Id<MemberOpinion>> {
    auto m = meeting_for(w, viewer, id, Verb::hear);
    if (!m.ok()) return m.problems();
    if (!m->list || !people::stands_on(w, *m->list, form.household))
      return problem_at("household", N_("This household is not on the list of this meeting"));
    if (form.name.value.empty()) return problem_at("name", N_("Write the name of who asks to speak"));
    if (opinions_of(w, id).size() >= most_opinions)
      return problem(Fault::too_large, N_("Too many people have asked to speak at this meeting"));
    MemberOpinion opinion;
    opinion.id = w.new_id<MemberOpinion>();
    opinion.meeting = id;
    opinion.household = form.household;
    opinion.registered_at = w.now();
    opinion.entered_by = viewer.account;
    Step step(w, keys_, viewer, m->village);
    step.add(opinion);
    step.name(opinion.id.number, "member", form.name.value);
    if (form.said) step.name(opinion.id.number, "said", form.said->value);
    w.touch(subject_of(id));
    step.record("assembly.member-registered", subject_of(id));
    return opinion.id;
  });
}

Result<Done> Assembly::note_opinion(const people::Viewer& viewer, Id<MemberOpinion> id,
                                    const NoteOpinion& form) {
  return db_.write_official([&](store::Writer& w) -> Result<Done> {
    auto opinion = member_opinion(w, id);
    if (!opinion) return problem(Fault::missing, N_("Nobody of this name asked to speak"));
    auto m = meeting_for(w, viewer, opinion->meeting, Verb::hear);
    if (!m.ok()) return m.problems();
    if (auto same = still_as_shown(form.version, opinion->version); !same.ok()) return same;
    const Persons noted = persons_of(w, id.number);
    const bool has_words = noted.contains("said") && !noted.at("said").empty();
    if (!form.struck && !form.said && has_words)
      return problem_at("said", N_("Say what was said; what was entered by mistake is struck out"));
    opinion->struck = form.struck;
    opinion->entered_by = viewer.account;
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*opinion)) return somebody_was_first();
    if (form.said) step.name(id.number, "said", form.said->value);
    w.touch(subject_of(m->id));
    step.record("assembly.member-heard", subject_of(m->id));
    return Done{};
  });
}

}  // namespace danchu::assembly
