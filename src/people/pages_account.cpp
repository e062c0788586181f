// One's own account: posts, sessions, password, authenticator.
#include "paper/paper.h"
#include "people/accounts.h"
#include "people/page_parts.h"
#include "people/pages.h"
#include "people/pin.h"
#include "people/sign_in_log.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct OwnPost {
  Role role = Role::household;
  std::string unit, stands_in_for;
  Date valid_from;
  std::optional<Date> valid_to;
};
DANCHU_RECORD(OwnPost, role, unit, stands_in_for, valid_from, valid_to)

struct AccountPage {
  std::string name;
  bool must_change_password = false, must_enrol = false;
  std::vector<OwnPost> posts;
  std::vector<SessionShown> sessions;
  bool may_have_pin = false, has_pin = false;
  std::vector<DeviceShown> devices;    // that remember this account
  std::vector<LoggedSignIn> sign_ins;  // the last ones, and the refused
  std::optional<PasswordReset> reset;  // the last new password that somebody else gave
};
DANCHU_RECORD(AccountPage, name, must_change_password, must_enrol, posts, sessions, may_have_pin, has_pin,
              devices, sign_ins, reset)

struct EndSession {
  Id<SessionRow> session;
  static constexpr About about[] = {{"session", N_("Sign-in"), ""}};
};
DANCHU_RECORD(EndSession, session)

struct PasswordPage {
  bool must_change = false;
  std::optional<PasswordReset> reset;
  ChangePassword form;
};
DANCHU_RECORD(PasswordPage, must_change, reset, form)

struct AuthenticatorPage {
  bool must_enrol = false, confirmed = false;
  std::string secret, key;  // the key is the secret as people type it, in groups of four
  SafeHtml qr;
  std::vector<std::string> recovery_codes;  // after it was confirmed, once
  ConfirmEnrolment form;
};
DANCHU_RECORD(AuthenticatorPage, must_enrol, confirmed, secret, key, qr, recovery_codes, form)

constexpr int qr_px = 240;
constexpr int sign_ins_shown = 10;

Reply show_account(Request& q) {
  AccountPage page;
  page.name = q.viewer().name;
  page.must_change_password = q.viewer().due == Due::change_password;
  page.must_enrol = q.viewer().due == Due::enrol_authenticator;
  q.site().db.read([&](store::Reader& r) {
    for (const Officer& held : posts_of(r, q.viewer().account, local_date(q.now())))
      page.posts.push_back(
          {held.post.role, held.unit_name, held.stands_in_for, held.post.valid_from, held.post.valid_to});
    page.may_have_pin = may_have_pin(q.viewer().posts);
    page.has_pin = has_pin(r, q.viewer().account);
    page.devices = devices_of(r, q.viewer().account, q.device_token(), q.now());
    page.sessions = sessions_of(r, q.viewer().account, q.session_token(), q.now());
    page.sign_ins = sign_ins(r, {{}, q.viewer().account, {}, sign_ins_shown});
    page.reset = last_reset(r, q.viewer().account, local_date(q.now()));
    for (LoggedSignIn& line : page.sign_ins) line.what = q.tr(label_of_outcome(line.outcome));
  });
  return q.show("people/account", page);
}

Reply end_one(Request& q) {
  auto form = q.read<EndSession>();
  if (!form) return q.refuse(form.problems());
  auto done = end_session(q.site().db, q.viewer().account, form->session);
  return done ? q.see_other("/tai-khoan", N_("That sign-in has ended")) : q.refuse(done.problems());
}

Reply end_all(Request& q) {
  end_everywhere(q.site().db, q.viewer().account);
  q.clear_session();
  q.clear_device();
  return q.see_other("/dang-nhap", N_("You are signed out everywhere"));
}

PasswordPage password_page(Request& q) {
  PasswordPage page;
  page.must_change = q.viewer().due == Due::change_password;
  if (page.must_change)
    page.reset = q.site().db.read(
        [&](store::Reader& r) { return last_reset(r, q.viewer().account, local_date(q.now())); });
  return page;
}
Reply show_password(Request& q) { return q.show("people/password", password_page(q)); }

Reply do_change_password(Request& q) {
  auto form = q.read<ChangePassword>();
  if (!form) return q.show_again("people/password", password_page(q), form.problems());
  auto in = change_password(q.site().db, q.viewer().account, *form, device_of(q));
  if (!in) return q.show_again("people/password", password_page(q), in.problems());
  q.set_session(in->token, in->expires);
  bool enrol = in->viewer.due == Due::enrol_authenticator;
  return q.see_other(enrol ? "/tai-khoan/xac-thuc" : "/tai-khoan",
                     N_("The password is changed. Other devices are signed out."));
}

std::string in_groups(const std::string& secret) {
  std::string key;
  for (std::size_t at = 0; at < secret.size(); at += 4) key += (at == 0 ? "" : " ") + secret.substr(at, 4);
  return key;
}

Result<AuthenticatorPage> authenticator_page(Request& q, std::string_view shown_before = {}) {
  auto found = enrolment(q.site().db, q.viewer().account, shown_before);
  if (!found) return found.problems();
  AuthenticatorPage page;
  page.must_enrol = q.viewer().due == Due::enrol_authenticator;
  page.confirmed = found->confirmed;
  if (!found->confirmed) {
    page.secret = page.form.secret.value = found->secret;
    page.key = in_groups(found->secret);
    page.qr.value = paper::qr_svg(found->uri, qr_px);
  }
  return page;
}

Reply show_authenticator(Request& q) {
  auto page = authenticator_page(q);
  return page ? q.show("people/authenticator", *page) : q.refuse(page.problems());
}

Reply do_enrol(Request& q) {
  auto again = [&](std::string_view shown_before, const Problems& problems) {
    auto page = authenticator_page(q, shown_before);
    return page ? q.show_again("people/authenticator", *page, problems) : q.refuse(page.problems());
  };
  auto form = q.read<ConfirmEnrolment>();
  if (!form) return again({}, form.problems());
  auto done = confirm_enrolment(q.site().db, q.viewer().account, *form, device_of(q));
  if (!done) return again(form->secret.value, done.problems());
  q.set_session(done->session.token, done->session.expires);
  AuthenticatorPage after;
  after.confirmed = true;
  after.recovery_codes = done->recovery_codes;
  return q.show("people/authenticator", after);
}

// Answers that hold secrets are not kept for replays.
web::Route unkept(web::Route route) {
  route.idempotent = false;
  return route;
}

}  // namespace

void account_routes(web::Router& router) {
  router.get("/tai-khoan", show_account, web::about(N_("My account")).signed_in().answers<AccountPage>());
  router.post("/tai-khoan/ket-thuc", end_one,
              unkept(web::about(N_("End one sign-in")).signed_in().reads<EndSession>()));
  router.post("/tai-khoan/ket-thuc-het", end_all, unkept(web::about(N_("Sign out everywhere")).signed_in()));
  router.get("/tai-khoan/mat-khau", show_password,
             web::about(N_("Change the password")).signed_in().answers<PasswordPage>());
  router.post("/tai-khoan/mat-khau", do_change_password,
              unkept(web::about(N_("Change the password")).signed_in().reads<ChangePassword>()));
  router.get("/tai-khoan/xac-thuc", show_authenticator,
             web::about(N_("Authenticator app")).signed_in().answers<AuthenticatorPage>());
  router.post("/tai-khoan/xac-thuc", do_enrol,
              unkept(web::about(N_("Authenticator app")).signed_in().reads<ConfirmEnrolment>()));
}

}  // namespace danchu::people
