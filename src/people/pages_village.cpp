// A commune's officer enters a village.
#include "people/new_village.h"
#include "people/page_parts.h"
#include "people/pages.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct NewVillagePage {
  std::string unit;
  Url action, back;
  AddVillage form;
  std::vector<web::Option> kind_options;
};
DANCHU_RECORD(NewVillagePage, unit, action, back, form, kind_options)

Result<NewVillagePage> new_village_page(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<NewVillagePage> {
    auto commune = unit(r, q.id<Unit>("unit"));
    if (!commune || unit_kind(commune->kind).level != "commune")
      return problem(Fault::missing, N_("There is no such commune"));
    if (!may_add_village(q.viewer(), *commune, province(r, local_date(q.now()))))
      return problem(Fault::denied, N_("Only an officer of the commune or the province enters a village"));
    NewVillagePage page{full_name(*commune),
                        {officers_path(commune->id) + "/thon-moi"},
                        {officers_path(commune->id)},
                        {},
                        {}};
    page.form.kind.value = "ban";
    page.form.valid_from = local_date(q.now());
    for (const UnitKind& kind : unit_kinds())
      if (kind.level == "village")
        page.kind_options.push_back({kind.code, q.language() == "en" ? kind.name_en : kind.name_vi, ""});
    return page;
  });
}

Reply show_new_village(Request& q) {
  auto page = new_village_page(q);
  return page ? q.show("people/new_village", *page) : q.refuse(page.problems());
}

Reply do_new_village(Request& q) {
  auto page = new_village_page(q);
  if (!page) return q.refuse(page.problems());
  auto form = q.read<AddVillage>();
  if (!form) return q.show_again("people/new_village", *page, form.problems());
  auto made = q.site().db.write_official([&](store::Writer& w) {
    return enter_village(w, q.site().keys, q.viewer(), q.id<Unit>("unit"), *form);
  });
  if (!made) return q.show_again("people/new_village", *page, made.problems());
  return q.see_other(page->back.value,
                     N_("The village is entered. Make its head's account now, then import its households."));
}

}  // namespace

void village_routes(web::Router& router) {
  const std::string path = "/can-bo/{unit}/thon-moi";
  router.get(path, show_new_village,
             web::about(N_("Enter a village"))
                 .only({Role::commune_officer, Role::province_officer})
                 .answers<NewVillagePage>());
  router.post(path, do_new_village,
              web::about(N_("Enter a village"))
                  .only({Role::commune_officer, Role::province_officer})
                  .reads<AddVillage>());
}

}  // namespace danchu::people
