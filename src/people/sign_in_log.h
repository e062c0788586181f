// The sign-in log read: a person's own, and for who must be able to inspect it (practice P115). Whole
// networks stand in it, never a line's address; nothing that was typed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "people/accounts.h"

namespace danchu::people {

struct SignInLine;  // tag for Id

// What one line says happened: "ok", "pin-refused" … (sessions.h names them), in words (msgid); the outcome
// itself when nobody named it.
std::string_view label_of_outcome(std::string_view outcome);

struct LoggedSignIn {
  Id<SignInLine> id;
  Instant at;
  std::string user_name, name;  // empty: there was no such user name
  std::string outcome, what;    // `what`: in words, filled by pages
  std::string network, device;
  std::string helper;  // who typed for the account, where that was another
};
DANCHU_RECORD(LoggedSignIn, id, at, user_name, name, outcome, what, network, device, helper)

// Which lines are asked for, the newest first.
struct SignInsAsked {
  Id<Unit>
      commune;  // accounts with a post, now or before, in it or its villages, and its households'; 0: all
  Id<Account> account;    // of this account alone; 0: all
  Id<SignInLine> before;  // older than this line; 0: from the newest
  int most = 50;
};
std::vector<LoggedSignIn> sign_ins(store::Reader& r, const SignInsAsked& asked);

}  // namespace danchu::people
