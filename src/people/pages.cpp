#include "people/pages.h"

#include "people/demo.h"
#include "people/page_parts.h"
#include "people/sign_in.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct SignInPage {
  SignInForm form;
  std::vector<DemoAccount> demo_accounts;  // only where danchu is shown with invented people
};
DANCHU_RECORD(SignInPage, form, demo_accounts)

SignInPage sign_in_page(Request& q) {
  SignInPage page;
  if (std::string next = q.query("ve"); !next.empty()) page.form.next = Line<300>{next};
  if (q.site().demo)
    page.demo_accounts = q.site().db.read([&](store::Reader& r) { return demo_accounts(r, q.now()); });
  q.describe({.index = false});
  return page;
}

// Only a path of this site, so that no link to the sign-in page sends people elsewhere.
std::string next_path(const SignInForm& form, const Viewer& viewer) {
  if (viewer.due == Due::change_password) return "/tai-khoan/mat-khau";
  if (viewer.due == Due::enrol_authenticator) return "/tai-khoan/xac-thuc";
  std::string next = form.next.value_or(Line<300>{}).value;
  bool ours =
      next.starts_with('/') && !next.starts_with("//") && next.find_first_of("\\\r\n") == std::string::npos;
  return ours ? next : "/ban-lam-viec";
}

Reply show_sign_in(Request& q) { return q.show("people/sign_in", sign_in_page(q)); }

Reply do_sign_in(Request& q) {
  auto form = q.read<SignInForm>();
  if (!form) return q.show_again("people/sign_in", sign_in_page(q), form.problems());
  auto in = sign_in(q.site().db, *form, device_of(q));
  if (!in) return q.show_again("people/sign_in", sign_in_page(q), in.problems());
  q.set_session(in->token, in->expires);
  return q.see_other(next_path(*form, in->viewer));
}

Reply do_sign_out(Request& q) {
  sign_out(q.site().db, q.session_token());
  q.clear_session();
  return q.see_other("/", N_("You are signed out"));
}

}  // namespace

void routes(web::Router& router) {
  router.get("/dang-nhap", show_sign_in, web::about(N_("Sign in")).query({"ve"}).answers<SignInPage>());
  web::Route entering = web::about(N_("Sign in")).reads<SignInForm>();
  entering.idempotent = false;
  router.post("/dang-nhap", do_sign_in, entering);
  web::Route leaving = web::about(N_("Sign out"));
  leaving.idempotent = false;
  router.post("/dang-xuat", do_sign_out, leaving);
  account_routes(router);
  officer_routes(router);
  register_routes(router);
  list_routes(router);
  contact_routes(router);
}

}  // namespace danchu::people
