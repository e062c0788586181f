#include "site/pages.h"

#include "people/contact.h"
#include "store/setting.h"

namespace danchu::site {
namespace {

using web::Reply;
using web::Request;

// Whom to ask: settings of the installation, empty until the province sets them.
struct Contact {
  std::string controller;  // who answers for the data: the commune's People's Committee
  std::string run_by;      // who runs the server
  std::string phone;
  Url phone_link;
};
DANCHU_RECORD(Contact, controller, run_by, phone, phone_link)

Contact contact(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    Contact c;
    c.controller = store::setting(r, "controller").value_or("");
    c.run_by = store::setting(r, "operator").value_or("");
    c.phone = people::province_phone(r, local_date(q.now()));
    if (!c.phone.empty()) c.phone_link.value = "tel:" + c.phone;
    return c;
  });
}

web::Topics on_settings(Request&) { return {std::string(store::setting_topic)}; }

Reply about_page(Request& q) { return q.show("site/about", contact(q)); }
Reply privacy_page(Request& q) { return q.show("site/privacy", contact(q)); }
Reply open_data_page(Request& q) { return q.show("site/open_data", contact(q)); }
Reply source_page(Request& q) { return q.show("site/source", contact(q)); }
Reply help_page(Request& q) { return q.show("site/help", contact(q)); }

}  // namespace

void routes(web::Router& router) {
  router.get("/gioi-thieu", about_page,
             web::about(N_("About this site")).cached(on_settings).answers<Contact>());
  router.get(
      "/du-lieu-ca-nhan", privacy_page,
      web::about(N_("Notice on the handling of personal data")).cached(on_settings).answers<Contact>());
  router.get("/du-lieu-mo", open_data_page,
             web::about(N_("Open data")).cached(on_settings).answers<Contact>());
  router.get("/ma-nguon", source_page,
             web::about(N_("Source code and licence")).cached(on_settings).answers<Contact>());
  router.get("/ho-tro", help_page, web::about(N_("Help")).cached(on_settings).answers<Contact>());
}

}  // namespace danchu::site
