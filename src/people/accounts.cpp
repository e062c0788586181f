#include "people/accounts.h"

#include "people/password.h"
#include "people/pin.h"

namespace danchu::people {
namespace {

const store::Statement put_account_row{
    "INSERT INTO account(id, user_name, display_name, password_hash, must_change, totp_secret, "
    "totp_confirmed, "
    "totp_last_step, household, village, closed, made) VALUES ($1, $2, $3, $4, $5, NULL, 0, 0, $6, $7, 0, "
    "$8) "
    "ON CONFLICT (user_name) DO NOTHING"};
const store::Statement account_by_name{"SELECT id, closed FROM account WHERE user_name = $1"};
const store::Statement account_by_id{"SELECT user_name, display_name FROM account WHERE id = $1"};
const store::Statement reset_password{
    "UPDATE account SET password_hash = $2, must_change = 1, totp_secret = NULL, totp_confirmed = 0 WHERE id "
    "= $1"};
const store::Statement forget_recovery_codes{"DELETE FROM recovery_code WHERE account = $1"};

}  // namespace

bool is_user_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 40 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string_view::npos;
}

Problems check_user_name(std::string_view name) {
  if (is_user_name(name)) return {};
  return problem_at("user_name", N_("Use 3 to 40 small letters without marks, digits, dots and hyphens"));
}

std::string display_name(store::Reader& r, Id<Account> account) {
  auto row = r.first(account_by_id, account);
  return row ? row->text(1) : "";
}

std::optional<Id<Account>> account_called(store::Reader& r, const std::string& user_name, bool closed_too) {
  auto row = r.first(account_by_name, user_name);
  if (!row || (row->boolean(1) && !closed_too)) return std::nullopt;
  return row->id<Account>(0);
}

Result<AccountMade> add_account(store::Database& db, const acts::Keys& keys, const Viewer& viewer,
                                const NewAccount& form) {
  if (Problems wrong = check_user_name(form.user_name.value); !wrong.empty()) return wrong;
  if (form.display_name.value.empty()) return problem_at("display_name", N_("Write the full name"));
  AccountMade made{{}, random_password()};
  Result<std::string> hash = hash_password(made.initial_password);
  if (!hash) return hash.problems();
  return db.write_official([&](store::Writer& w) -> Result<AccountMade> {
    made.account = w.new_id<Account>();
    PostRow post{w.new_id<PostRow>(), made.account, form.role, form.unit, form.valid_from,
                 form.valid_to,       {},           {},        {}};
    Problems wrong = check_grant(w, viewer, post);
    if (!wrong.empty()) return wrong;
    if (w.run(put_account_row, made.account, form.user_name, form.display_name, *hash, true, nullptr, nullptr,
              w.now()) == 0)
      return Problem{Fault::conflict, "user_name", N_("This user name is taken"), {}, {}};
    put_posts(w, keys, {post}, viewer.account);
    return made;
  });
}

Result<AccountMade> reset_account(store::Database& db, const acts::Keys& keys, const Viewer& viewer,
                                  Id<Account> account) {
  AccountMade made{account, random_password()};
  Result<std::string> hash = hash_password(made.initial_password);
  if (!hash) return hash.problems();
  return db.write_official([&](store::Writer& w) -> Result<AccountMade> {
    std::vector<Officer> posts = posts_of(w, account, local_date(w.now()));
    if (posts.empty()) return problem(Fault::missing, N_("There is no such account"));
    for (const Officer& held : posts)
      if (auto refused = grant_refusal(w, viewer, held.post)) return *refused;
    w.run(reset_password, account, *hash);
    w.run(forget_recovery_codes, account);
    forget_pin(w, account);
    std::vector<PostRow> covered;
    for (const Officer& held : posts) covered.push_back(held.post);
    record_posts(w, keys, "account.reset", viewer.account, covered);
    return made;
  });
}

std::optional<PasswordReset> last_reset(store::Reader& r, Id<Account> account, Date today) {
  std::optional<acts::Recorded> last;
  for (const Officer& held : posts_of(r, account, today))
    for (acts::Recorded& act : acts::covering(r, "post", held.post.id.number))
      if (act.kind == "account.reset" && (!last || act.seq > last->seq)) last = std::move(act);
  if (!last) return std::nullopt;
  return PasswordReset{last->entered, display_name(r, {last->actor})};
}

Id<Account> put_account(store::Writer& w, const std::string& user_name, const std::string& display_name,
                        const std::string& password_hash, Id<Household> household, Id<Unit> village,
                        bool must_change) {
  auto id = w.new_id<Account>();
  w.run(put_account_row, id, user_name, display_name, password_hash, must_change, household, village,
        w.now());
  return id;
}

}  // namespace danchu::people
