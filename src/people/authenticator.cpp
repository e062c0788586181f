// A person's own password and authenticator.
#include <algorithm>

#include "people/password.h"
#include "people/pin.h"
#include "people/sessions.h"
#include "people/totp.h"

namespace danchu::people {
namespace {

constexpr int recovery_codes = 10;

const store::Statement own_account{
    "SELECT user_name, password_hash, totp_secret, totp_confirmed, totp_last_step FROM account "
    "WHERE id = $1 AND closed = 0"};
const store::Statement set_password{"UPDATE account SET password_hash = $2, must_change = 0 WHERE id = $1"};
const store::Statement keep_secret{
    "UPDATE account SET totp_secret = $2, totp_confirmed = 1, totp_last_step = $3 WHERE id = $1"};
const store::Statement put_recovery_code{"INSERT INTO recovery_code(account, code_hash) VALUES ($1, $2)"};
const store::Statement forget_recovery_codes{"DELETE FROM recovery_code WHERE account = $1"};

Problems no_account() { return problem(Fault::missing, N_("There is no such account")); }
Problems has_one() { return problem(Fault::conflict, N_("This account already has an authenticator")); }

}  // namespace

Result<SignedIn> change_password(store::Database& db, Id<Account> account, const ChangePassword& form,
                                 const Device& device) {
  auto row = db.read([&](store::Reader& r) { return r.first(own_account, account); });
  if (!row) return no_account();
  if (form.password != form.again) return problem_at("again", N_("The two new passwords are not the same"));
  if (form.password == form.old_password)
    return problem_at("password", N_("Choose another password than the present one"));
  Problems weak = check_new_password(form.password.value, row->text(0));
  if (!weak.empty()) return weak;
  auto fits = present_password_is(db, account, form.old_password.value, device, "old_password");
  if (!fits) return fits.problems();
  Result<std::string> hash = hash_password(form.password.value);
  if (!hash) return hash.problems();
  return db.write([&](store::Writer& w) -> Result<SignedIn> {
    w.run(set_password, account, *hash);
    end_sessions(w, account);
    forget_devices(w, account);
    log_sign_in(w, account, "password", device);
    return begin_session(w, account, device);
  });
}

Result<Enrolment> enrolment(store::Database& db, Id<Account> account, std::string_view shown_before) {
  auto row = db.read([&](store::Reader& r) { return r.first(own_account, account); });
  if (!row) return no_account();
  if (row->boolean(3)) return Enrolment{"", "", true};
  const std::string secret = from_base32(shown_before).value_or(new_totp_secret());
  return Enrolment{base32(secret), totp_uri(secret, row->text(0)), false};
}

Result<Enrolled> confirm_enrolment(store::Database& db, Id<Account> account, const ConfirmEnrolment& form,
                                   const Device& device) {
  auto before = db.read([&](store::Reader& r) { return r.first(own_account, account); });
  if (!before) return no_account();
  if (before->boolean(3)) return has_one();
  const auto secret = from_base32(form.secret.value);
  if (!secret)
    return problem_at("secret", N_("This key is not the one the page showed. Load the page again."));
  auto fits = present_password_is(db, account, form.password.value, device, "password");
  if (!fits) return fits.problems();
  std::string code;
  for (char c : form.code.value)
    if (c != ' ') code += c;
  return db.write([&](store::Writer& w) -> Result<Enrolled> {
    auto row = w.first(own_account, account);
    if (!row) return no_account();
    if (row->boolean(3)) return has_one();
    auto step = matching_step(*secret, code, w.now(), row->integer(4));
    if (!step)
      return problem_at(
          "code", N_("This code does not fit. Is the telephone's clock right? Wait for the next code."));
    w.run(keep_secret, account, store::Bytes{*secret}, *step);
    w.run(forget_recovery_codes, account);
    Enrolled done;
    for (int i = 0; i < recovery_codes; ++i) {
      done.recovery_codes.push_back(random_password());
      w.run(put_recovery_code, account,
            store::Bytes{hash_bytes("danchu-code:" + done.recovery_codes.back())});
    }
    end_sessions(w, account);
    log_sign_in(w, account, "authenticator", device);
    done.session = begin_session(w, account, device);
    return done;
  });
}

std::string current_code(store::Reader& r, Id<Account> account, Instant now) {
  auto row = r.first(own_account, account);
  if (!row || !row->boolean(3)) return "";
  return totp_code(row->bytes(2), std::clamp(row->integer(4) + 1, totp_step(now), totp_step(now) + 1));
}

}  // namespace danchu::people
