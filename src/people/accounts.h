// Accounts: whose they are, made with a first post, given a new password. What posts they hold is in posts.h.
#pragma once
#include <optional>
#include <string>

#include "base/record.h"
#include "people/people.h"
#include "people/posts.h"

namespace danchu::people {

std::string display_name(store::Reader& r, Id<Account> account);
// The account with this user name; a closed one only when asked for.
std::optional<Id<Account>> account_called(store::Reader& r, const std::string& user_name,
                                          bool closed_too = false);
struct NewAccount {
  Line<40> user_name;
  Line<80> display_name;
  Role role = Role::village_head;
  Id<Unit> unit;
  Date valid_from;
  std::optional<Date> valid_to;
  static constexpr About about[] = {
      {"user_name", N_("User name"), N_("Small letters without marks, digits, dots; for example: thoa.lo")},
      {"display_name", N_("Full name"), ""},
      {"role", N_("Post"), ""},
      {"unit", N_("Unit"), ""},
      {"valid_from", N_("From"), ""},
      {"valid_to", N_("Until before"), N_("Leave empty when no end is fixed yet")}};
};
DANCHU_RECORD(NewAccount, user_name, display_name, role, unit, valid_from, valid_to)

struct AccountMade {
  Id<Account> account;
  std::string initial_password;  // shown once, kept nowhere
};
// Makes the account and its first post in one act. The initial password must be changed at the first sign-in.
Result<AccountMade> add_account(store::Database& db, const acts::Keys& keys, const Viewer& viewer,
                                const NewAccount& form);
// A new initial password; ends all sessions of the account and takes its authenticator away. The act covers
// all posts of the account and names who did it; for a while he does not check what its holder does
// (impartial.h).
Result<AccountMade> reset_account(store::Database& db, const acts::Keys& keys, const Viewer& viewer,
                                  Id<Account> account);

// Who gave this account its last new password, and when: its owner reads it at the next sign-in and on his
// account's page, for he is the one to notice that he did not ask for it.
struct PasswordReset {
  Instant at;
  std::string by;
};
DANCHU_RECORD(PasswordReset, at, by)
std::optional<PasswordReset> last_reset(store::Reader& r, Id<Account> account, Date today);

// What the demo, imports and bulk data use: no viewer, no act, a hash made before.
Id<Account> put_account(store::Writer& w, const std::string& user_name, const std::string& display_name,
                        const std::string& password_hash, Id<Household> household = {}, Id<Unit> village = {},
                        bool must_change = false);
// 3 to 40 small letters without marks, digits, dots and hyphens.
bool is_user_name(std::string_view name);
Problems check_user_name(std::string_view name);  // at "user_name"

}  // namespace danchu::people
