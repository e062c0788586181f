// The number a commune's people call for help, set by its officer.
#include "people/contact.h"
#include "people/page_parts.h"
#include "people/pages.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct ContactPage {
  std::string unit;
  Url action, back;
  SetContact form;
  std::string support_phone;
};
DANCHU_RECORD(ContactPage, unit, action, back, form, support_phone)

Result<ContactPage> contact_page(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<ContactPage> {
    auto at = unit(r, q.id<Unit>("unit"));
    if (!at) return problem(Fault::missing, N_("There is no such unit"));
    if (!may_set_contact(q.viewer(), at->id))
      return problem(Fault::denied, N_("Only an officer of this unit sets its number"));
    ContactPage page{full_name(*at), {officers_path(at->id) + "/lien-he"}, {officers_path(at->id)}, {}, {}};
    page.support_phone = unit_kind(at->kind).level == "province" ? province_phone(r, local_date(q.now()))
                                                                 : people::support_phone(r, at->id);
    if (!page.support_phone.empty()) page.form.phone = Phone{page.support_phone};
    return page;
  });
}

Reply show_contact(Request& q) {
  auto page = contact_page(q);
  return page ? q.show("people/contact", *page) : q.refuse(page.problems());
}

Reply do_contact(Request& q) {
  auto page = contact_page(q);
  if (!page) return q.refuse(page.problems());
  auto form = q.read<SetContact>();
  if (!form) return q.show_again("people/contact", *page, form.problems());
  auto done = q.site().db.write_official(
      [&](store::Writer& w) { return set_contact(w, q.site().keys, q.viewer(), q.id<Unit>("unit"), *form); });
  if (!done) return q.show_again("people/contact", *page, done.problems());
  return q.see_other(page->back.value, N_("The number is set; it stands on the pages of the commune and its "
                                          "villages."));
}

}  // namespace

void contact_routes(web::Router& router) {
  const std::string path = "/can-bo/{unit}/lien-he";
  router.get(path, show_contact,
             web::about(N_("Number to call for help"))
                 .only({Role::commune_officer, Role::province_officer})
                 .answers<ContactPage>());
  router.post(path, do_contact,
              web::about(N_("Number to call for help"))
                  .only({Role::commune_officer, Role::province_officer})
                  .reads<SetContact>());
}

}  // namespace danchu::people
