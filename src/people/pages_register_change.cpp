// Changes of a village's household register on the web: what happened to a household, and a line that is
// written wrongly.
#include "people/page_parts.h"
#include "people/pages.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct ChangePage {
  std::vector<web::Crumb> crumbs;
  std::string village;
  Url action;
  RegisterChange form;
  std::vector<web::Option> change_options, household_options, other_options;
};
DANCHU_RECORD(ChangePage, crumbs, village, action, form, change_options, household_options, other_options)

// A list has its page, and so has a line that is written wrongly.
constexpr Change offered[] = {Change::moved_in, Change::split, Change::duplicate, Change::moved_away,
                              Change::merged,   Change::died,  Change::counted_as};

// What happened is chosen by hand, and nothing of the household is filled in: what it was must not come into
// another's line.
ChangePage change_page(Request& q, const VillageAt& at) {
  note_access(q, at.village.id, "register-change");
  ChangePage page;
  page.crumbs = crumbs_of(q, at, true);
  page.village = at.name;
  page.action.value = register_path(at.village.id) + "/thay-doi";
  page.form.happened = local_date(q.now());
  for (Change change : offered)
    page.change_options.push_back({std::string(code_of(change)), q.tr(label_of(change)), ""});
  auto chosen = Id<Household>::from_text(q.query("ho"));
  q.site().db.read([&](store::Reader& r) {
    for (const Household& h : households(r, at.village.id)) {
      page.household_options.push_back(
          {h.id.text(), household_label(q, h.number, h.house.value, h.head.value, h.beside.value), ""});
      if (chosen == h.id) page.form.household = h.id;
    }
  });
  page.other_options = page.household_options;
  return page;
}

Reply show_change(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  if (!at->may_keep) return q.refuse(not_register_keeper());
  return q.show("people/register_change", change_page(q, *at));
}

Result<Id<Household>> change(Request& q, const VillageAt& at, const RegisterChange& change) {
  return q.site().db.write_official(
      [&](store::Writer& w) { return change_register(w, q.site().keys, q.viewer(), at.village.id, change); });
}
Reply changed(Request& q, const VillageAt& at) {
  return q.see_other(register_path(at.village.id),
                     N_("The register is changed. Lists that are locked stay as they are."));
}

Reply do_change(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  if (!at->may_keep) return q.refuse(not_register_keeper());
  auto form = q.read<RegisterChange>();
  if (!form) return q.show_again("people/register_change", change_page(q, *at), form.problems());
  auto done = change(q, *at, *form);
  if (!done) return q.show_again("people/register_change", change_page(q, *at), done.problems());
  return changed(q, *at);
}

// ---- a line that is written wrongly -------------------------------------------------------------------

// The whole line as it shall stand: what is left empty is taken away.
struct CorrectLine {
  Line<120> head;
  std::optional<Line<120>> beside;
  std::optional<Line<40>> house;
  Date happened;
  Line<200> paper;
  static constexpr About about[] = {
      {"head", N_("Head of household"), ""},
      {"beside", N_("To tell equal names apart"), N_("Spouse, father or hamlet")},
      {"house", N_("House number"), N_("As written on the house: 12b")},
      {"happened", N_("Day"), ""},
      {"paper", N_("Paper behind it"),
       N_("For example: the household's identity papers, seen on 3 December 2026")}};
};
DANCHU_RECORD(CorrectLine, head, beside, house, happened, paper)

struct CorrectLinePage {
  std::vector<web::Crumb> crumbs;
  std::string household;  // as it stands
  Url action;
  CorrectLine form;
};
DANCHU_RECORD(CorrectLinePage, crumbs, household, action, form)

Result<Household> household_at(Request& q, const VillageAt& at) {
  if (!at.may_keep) return not_register_keeper();
  auto found = q.site().db.read([&](store::Reader& r) { return household(r, q.id<Household>("household")); });
  if (!found || found->village != at.village.id || found->gone)
    return problem(Fault::missing, N_("This household is not in the village's register"));
  return *found;
}

CorrectLinePage line_page(Request& q, const VillageAt& at, const Household& h) {
  note_access(q, at.village.id, "register-change");
  CorrectLinePage page;
  page.crumbs = crumbs_of(q, at, true);
  page.household = household_label(q, h.number, h.house.value, h.head.value, h.beside.value);
  page.action.value = register_path(at.village.id) + "/" + h.id.text() + "/sua";
  page.form.head = h.head;
  page.form.beside = h.beside;
  page.form.house = h.house;
  page.form.happened = local_date(q.now());
  return page;
}

Reply show_line(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto h = household_at(q, *at);
  return h ? q.show("people/register_line", line_page(q, *at, *h)) : q.refuse(h.problems());
}

Reply do_line(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto h = household_at(q, *at);
  if (!h) return q.refuse(h.problems());
  auto form = q.read<CorrectLine>();
  if (!form) return q.show_again("people/register_line", line_page(q, *at, *h), form.problems());
  auto done = change(q, *at,
                     {.change = Change::corrected,
                      .household = h->id,
                      .happened = form->happened,
                      .paper = form->paper,
                      .house = form->house.value_or(Line<40>{}),
                      .head = form->head,
                      .beside = form->beside.value_or(Line<120>{})});
  if (!done) return q.show_again("people/register_line", line_page(q, *at, *h), done.problems());
  return changed(q, *at);
}

}  // namespace

void register_change_routes(web::Router& router) {
  router.get("/thon/{village}/ho/thay-doi", show_change,
             web::about(N_("Change the register")).signed_in().query({"ho"}).answers<ChangePage>());
  router.post("/thon/{village}/ho/thay-doi", do_change,
              web::about(N_("Change the register")).signed_in().reads<RegisterChange>());
  router.get("/thon/{village}/ho/{household}/sua", show_line,
             web::about(N_("Correct a line of the register")).signed_in().answers<CorrectLinePage>());
  router.post("/thon/{village}/ho/{household}/sua", do_line,
              web::about(N_("Correct a line of the register")).signed_in().reads<CorrectLine>());
}

}  // namespace danchu::people
