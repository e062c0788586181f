// Who of a household asked to speak beside its representative, and what was said (art. 24.2): for the head
// and his helper.
#include "assembly/addresses.h"
#include "assembly/page_parts.h"
#include "assembly/step_page.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

Id<MemberOpinion> opinion_id(const Request& q) { return q.id<MemberOpinion>("opinion"); }

std::string part(const Persons& persons, const std::string& name) {
  auto found = persons.find(name);
  return found == persons.end() ? "" : found->second;
}

struct VoiceLine {
  std::string name, household, said;
  bool struck = false;
  Url url;
};
DANCHU_RECORD(VoiceLine, name, household, said, struck, url)

struct VoicesPage {
  std::string subject;
  std::string article;  // that lets them speak
  Url back, action;
  std::vector<VoiceLine> voices;
  RegisterMember form;
  std::vector<web::Option> household_options;
};
DANCHU_RECORD(VoicesPage, subject, article, back, action, voices, form, household_options)

std::string household_words(const people::ListLine& line) {
  return std::to_string(line.number) + ". " + line.head.value;
}

Result<VoicesPage> voices_page(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<VoicesPage> {
    auto m = meeting_for(r, q.viewer(), meeting_id(q), Verb::hear);
    if (!m) return m.problems();
    VoicesPage page;
    page.subject = people::full_name(*people::unit(r, m->village)) + ", " + to_page(m->starts);
    page.article = citation_of(q, "X-08");
    page.back = address(m->id);
    page.action = address(m->id, "y-kien");
    std::map<Id<people::Household>, std::string> households;
    for (const people::ListLine& line : people::lines(r, *m->list)) {
      households[line.household] = household_words(line);
      page.household_options.push_back({line.household.text(), household_words(line), line.beside.value});
    }
    for (const MemberOpinion& o : opinions_of(r, m->id)) {
      const Persons persons = persons_of(r, o.id.number);
      page.voices.push_back({part(persons, "member"), households[o.household], part(persons, "said"),
                             o.struck, address(m->id, "y-kien/" + o.id.text())});
    }
    return page;
  });
}

Reply show_voices(Request& q) {
  auto page = voices_page(q);
  if (!page) return q.refuse(page.problems());
  note_names_shown(q, "opinions");
  return q.show("assembly/voices", *page);
}

Reply register_member(Request& q) {
  auto page = voices_page(q);
  if (!page) return q.refuse(page.problems());
  auto form = q.read<RegisterMember>();
  if (!form) return q.show_again("assembly/voices", *page, form.problems());
  auto made = service(q).register_member(q.viewer(), meeting_id(q), *form);
  if (!made) return q.show_again("assembly/voices", *page, made.problems());
  return q.see_other(page->action.value, N_("Registered. The count does not change."));
}

Result<StepSubject> voice_allows(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
    auto m = meeting_for(r, q.viewer(), meeting_id(q), Verb::hear);
    if (!m) return m.problems();
    auto opinion = member_opinion(r, opinion_id(q));
    if (!opinion || opinion->meeting != m->id)
      return problem(Fault::missing, N_("Nobody of this name asked to speak"));
    return StepSubject{part(persons_of(r, opinion->id.number), "member"), address(m->id, "y-kien")};
  });
}

NoteOpinion as_noted(Request& q) {
  note_names_shown(q, "opinions");
  return q.site().db.read([&](store::Reader& r) {
    NoteOpinion form;
    auto opinion = member_opinion(r, opinion_id(q));
    if (!opinion) return form;
    form.struck = opinion->struck;
    form.version = opinion->version;
    form.said = Text<1000>{part(persons_of(r, opinion->id.number), "said")};
    return form;
  });
}

Result<Told> note(Request& q, Assembly& assembly, const people::Viewer& as, const NoteOpinion& form) {
  auto done = assembly.note_opinion(as, opinion_id(q), form);
  if (!done) return done.problems();
  return Told{address(meeting_id(q), "y-kien")};
}

}  // namespace

void voice_routes(web::Router& router) {
  router.get("/cuoc-hop/{meeting}/y-kien", show_voices,
             web::about(N_("Opinions of members of households")).signed_in().answers<VoicesPage>());
  router.post("/cuoc-hop/{meeting}/y-kien", register_member,
              web::about(N_("Register a member who asks to speak")).signed_in().reads<RegisterMember>());
  step<NoteOpinion>(router, "/cuoc-hop/{meeting}/y-kien/{opinion}",
                    {Verb::hear, N_("What the member said"),
                     N_("It is printed in the minutes and counts in no vote."), N_("Save"), N_("Saved.")},
                    voice_allows, as_noted, note);
}

}  // namespace danchu::assembly
