#include "people/sign_in.h"

#include <algorithm>

#include "base/text.h"
#include "people/password.h"
#include "people/sessions.h"
#include "people/totp.h"

namespace danchu::people {
namespace {

const store::Statement account_of_user{
    "SELECT id, password_hash, totp_secret, totp_confirmed, totp_last_step FROM account "
    "WHERE user_name = $1 AND closed = 0"};
const store::Statement user_of_account{"SELECT user_name FROM account WHERE id = $1 AND closed = 0"};
const store::Statement limit_of_user{"SELECT failures, not_before FROM sign_in_limit WHERE user_hash = $1"};
const store::Statement count_failure{
    "INSERT INTO sign_in_limit(user_hash, failures, not_before) VALUES ($1, $2, $3) "
    "ON CONFLICT (user_hash) DO UPDATE SET failures = excluded.failures, not_before = excluded.not_before"};
const store::Statement forget_failures{"DELETE FROM sign_in_limit WHERE user_hash = $1"};
const store::Statement failures_since{
    "SELECT count(*) FROM sign_in_log WHERE at > $1 AND outcome = 'refused'"};
const store::Statement known_network{
    "SELECT 1 FROM sign_in_log WHERE account = $1 AND outcome IN ('ok', 'pin') AND address = $2 LIMIT 1"};
const store::Statement use_step{
    "UPDATE account SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2"};
const store::Statement use_recovery_code{"DELETE FROM recovery_code WHERE account = $1 AND code_hash = $2"};

struct Known {  // what is kept of the account, empty for an unknown user name
  Id<Account> id;
  std::string password_hash;
  std::string totp_secret;  // empty until confirmed
  std::int64_t last_step = 0;
};

struct Attempt {
  Known account;
  store::Bytes limit;  // what failures are counted under
  std::int64_t failures = 0;
  Instant not_before;
  bool crowd = false;  // too many fail everywhere, and this network is new to the account
};

Known known_account(store::Reader& r, const std::string& user) {
  auto row = r.first(account_of_user, user);
  if (!row) return {};
  Known account{row->id<Account>(0), row->text(1), "", row->integer(4)};
  if (row->boolean(3)) account.totp_secret = row->bytes(2);
  return account;
}

// Failures from a network the account knows are counted apart, so that a stranger cannot lock its holder out.
Attempt look_up(store::Reader& r, const std::string& user, const std::string& network, Instant now) {
  Attempt attempt;
  attempt.account = known_account(r, user);
  bool known = attempt.account.id && r.first(known_network, attempt.account.id, network);
  attempt.limit.data = hash_bytes((known ? "danchu-user-known:" : "danchu-user:") + user);
  if (auto row = r.first(limit_of_user, attempt.limit)) {
    attempt.failures = row->integer(0);
    attempt.not_before = row->instant(1);
  }
  attempt.crowd = !known && r.count(failures_since, now - failure_window) > failures_at_once;
  return attempt;
}

Problems refused() {
  return problem(Fault::denied,
                 N_("The user name, the password or the code is not right. Check each of them; after "
                    "several wrong attempts you have to wait."));
}

// The code proves the authenticator or is a recovery code; each serves once.
bool code_fits(store::Writer& w, const Known& account, const std::string& code) {
  if (account.totp_secret.empty()) return true;
  if (auto step = matching_step(account.totp_secret, code, w.now(), account.last_step))
    return w.run(use_step, account.id, *step) == 1;
  return code.size() > 6 &&
         w.run(use_recovery_code, account.id, store::Bytes{hash_bytes("danchu-code:" + code)}) == 1;
}

std::optional<Problems> must_wait(const Attempt& attempt, Instant now) {
  if (attempt.not_before > now) return wait_for(attempt.not_before - now);
  if (attempt.crowd) return wait_for(longest_wait / 10);
  return std::nullopt;
}

void refuse(store::Writer& w, const Attempt& attempt, const Device& device) {
  auto failures = attempt.failures + 1;
  w.run(count_failure, attempt.limit, failures, w.now() + wait_after(failures));
  log_sign_in(w, attempt.account.id, "refused", device);
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string typed_code(const SignInForm& form) {
  std::string code;
  if (form.code)
    for (char c : form.code->value)
      if (c != ' ') code += c;
  return lower(code);
}

}  // namespace

Problems wait_for(std::chrono::microseconds time) {
  auto seconds = std::max<std::int64_t>(1, (time.count() + 999'999) / 1'000'000);
  return problem(Fault::too_many, N_("Too many attempts. Try again in {seconds} seconds."),
                 {{"seconds", std::to_string(seconds)}});
}

std::chrono::microseconds wait_after(std::int64_t failures) {
  if (failures < free_failures) return std::chrono::microseconds(0);
  auto wait = first_wait;
  for (std::int64_t i = free_failures; i < failures && wait < longest_wait; ++i) wait *= 2;
  return std::min(wait, longest_wait);
}

Result<Done> present_password_is(store::Database& db, Id<Account> account, const std::string& typed,
                                 const Device& device, std::string path) {
  const std::string network = network_of(device.address);
  const Instant now = db.clock().now();
  auto asked = db.read([&](store::Reader& r) -> std::optional<std::pair<std::string, Attempt>> {
    auto row = r.first(user_of_account, account);
    if (!row) return std::nullopt;
    return std::pair(row->text(0), look_up(r, row->text(0), network, now));
  });
  if (!asked) return problem(Fault::missing, N_("There is no such account"));
  const auto& [user, first] = *asked;
  if (first.not_before > now) return wait_for(first.not_before - now);
  Result<bool> fits = password_fits(first.account.password_hash, typed);
  if (!fits) return fits.problems();
  // Others may have tried meanwhile: what many send at once tells no more than what they send in turn.
  auto right =
      db.write([&, user = user, hash = first.account.password_hash](store::Writer& w) -> Result<bool> {
        const Attempt attempt = look_up(w, user, network, w.now());
        if (attempt.not_before > w.now()) return wait_for(attempt.not_before - w.now());
        if (*fits && attempt.account.password_hash == hash) return true;
        refuse(w, attempt, device);
        return false;
      });
  if (!right) return right.problems();
  if (*right) return Done{};
  return problem_at(std::move(path), N_("The present password is not right"));
}

Result<SignedIn> sign_in(store::Database& db, const SignInForm& form, const Device& device) {
  std::string user = lower(form.user.value), network = network_of(device.address);
  Instant now = db.clock().now();
  Attempt first = db.read([&](store::Reader& r) { return look_up(r, user, network, now); });
  if (auto wait = must_wait(first, now)) return *wait;
  Result<bool> fits = password_fits(first.account.password_hash, form.password.value);
  if (!fits) return fits.problems();

  auto done = db.write([&](store::Writer& w) -> Result<std::optional<SignedIn>> {
    Attempt attempt = look_up(w, user, network, w.now());  // others may have tried meanwhile
    if (auto wait = must_wait(attempt, w.now())) return *wait;
    bool same = attempt.account.password_hash == first.account.password_hash;
    if (!*fits || !same || !code_fits(w, attempt.account, typed_code(form))) {
      refuse(w, attempt, device);
      return std::optional<SignedIn>();
    }
    w.run(forget_failures, attempt.limit);
    log_sign_in(w, attempt.account.id, "ok", device);
    return std::optional(begin_session(w, attempt.account.id, device));
  });
  if (!done) return done.problems();
  if (!*done) return refused();
  return std::move(**done);
}

}  // namespace danchu::people
