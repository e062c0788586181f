#include "people/pages.h"

#include "people/demo.h"
#include "people/page_parts.h"
#include "people/pin.h"
#include "people/sign_in.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct SignInPage {
  std::string greeting;  // the name of whom this browser remembers
  std::string next;      // where to go then
  PinForm pin_form;
  SignInForm form;
  std::vector<DemoAccount> demo_accounts;  // only where danchu is shown with invented people
};
DANCHU_RECORD(SignInPage, greeting, next, pin_form, form, demo_accounts)

SignInPage sign_in_page(Request& q) {
  SignInPage page;
  const bool by_password = q.query("cach") == "mat-khau";
  if (std::string next = q.query("ve"); !next.empty()) {
    page.form.next = page.pin_form.next = Line<300>{next};
    page.next = next;
  }
  q.site().db.read([&](store::Reader& r) {
    if (!by_password) page.greeting = remembered_name(r, q.device_token(), q.now());
    if (q.site().demo) page.demo_accounts = demo_accounts(r, q.now());
  });
  q.describe({.index = false});
  return page;
}

// Only a path of this site, so that no link to the sign-in page sends people elsewhere.
std::string next_path(const std::optional<Line<300>>& wish, const Viewer& viewer) {
  if (viewer.due == Due::change_password) return "/tai-khoan/mat-khau";
  if (viewer.due == Due::enrol_authenticator) return "/tai-khoan/xac-thuc";
  std::string next = wish.value_or(Line<300>{}).value;
  bool ours =
      next.starts_with('/') && !next.starts_with("//") && next.find_first_of("\\\r\n") == std::string::npos;
  return ours ? next : "/ban-lam-viec";
}

Reply show_sign_in(Request& q) { return q.show("people/sign_in", sign_in_page(q)); }

Reply do_sign_in(Request& q) {
  SignInPage page = sign_in_page(q);
  page.greeting.clear();
  auto form = q.read<SignInForm>();
  if (!form) return q.show_again("people/sign_in", page, form.problems());
  auto in = sign_in(q.site().db, *form, device_of(q));
  if (!in) return q.show_again("people/sign_in", page, in.problems());
  q.set_session(in->token, in->expires);
  return q.see_other(next_path(form->next, in->viewer));
}

Reply do_sign_in_with_pin(Request& q) {
  auto form = q.read<PinForm>();
  if (!form) return q.show_again("people/sign_in", sign_in_page(q), form.problems());
  auto in = sign_in_with_pin(q.site().db, q.device_token(), *form, device_of(q));
  if (!in) {
    SignInPage page = sign_in_page(q);  // read again: this browser may be forgotten now
    page.pin_form.next = page.form.next = form->next;
    if (form->next) page.next = form->next->value;
    if (page.greeting.empty()) q.clear_device();
    return q.show_again("people/sign_in", page, in.problems());
  }
  q.set_session(in->session.token, in->session.expires);
  q.set_device(in->device.token, in->device.expires);
  return q.see_other(next_path(form->next, in->session.viewer));
}

Reply do_forget_me(Request& q) {
  forget_this_device(q.site().db, q.device_token());
  q.clear_device();
  return q.see_other("/dang-nhap", N_("This device does not remember you any more"));
}

Reply do_sign_out(Request& q) {
  sign_out(q.site().db, q.session_token());
  q.clear_session();
  return q.see_other("/", N_("You are signed out"));
}

struct BackToFormPage {
  std::string name;
};
DANCHU_RECORD(BackToFormPage, name)

// Where somebody signs in whose form waits in another tab (web: sign_in_again).
Reply show_back_to_form(Request& q) {
  q.describe({.index = false});
  return q.show("people/back_to_form", BackToFormPage{q.viewer().name});
}

}  // namespace

void routes(web::Router& router) {
  router.get("/dang-nhap", show_sign_in,
             web::about(N_("Sign in")).query({"ve", "cach"}).answers<SignInPage>());
  web::Route entering = web::about(N_("Sign in")).reads<SignInForm>();
  entering.idempotent = false;
  router.post("/dang-nhap", do_sign_in, entering);
  web::Route entering_with_pin = web::about(N_("Sign in with the PIN")).reads<PinForm>();
  entering_with_pin.idempotent = false;
  router.post("/dang-nhap/pin", do_sign_in_with_pin, entering_with_pin);
  web::Route forgetting = web::about(N_("Forget me on this device"));
  forgetting.idempotent = false;
  router.post("/dang-nhap/quen-may", do_forget_me, forgetting);
  router.get("/dang-nhap/quay-lai", show_back_to_form,
             web::about(N_("You are signed in again")).signed_in().answers<BackToFormPage>());
  web::Route leaving = web::about(N_("Sign out"));
  leaving.idempotent = false;
  router.post("/dang-xuat", do_sign_out, leaving);
  account_routes(router);
  pin_routes(router);
  officer_routes(router);
  register_routes(router);
  register_change_routes(router);
  list_routes(router);
  contact_routes(router);
  sign_in_log_routes(router);
  village_routes(router);
  import_routes(router);
}

}  // namespace danchu::people
