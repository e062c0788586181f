// Signing in, sessions, passwords and authenticators. Every step is in the sign-in log; passwords and what
// was typed as a user name never are.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "people/people.h"

namespace danchu::people {

struct SessionRow;  // tag for Id

// How long a session lives without a request, and altogether.
struct SessionLife {
  std::chrono::microseconds idle, absolute;
};
inline constexpr SessionLife staff_session{std::chrono::minutes(30), std::chrono::hours(12)};
inline constexpr SessionLife village_session{std::chrono::hours(12), std::chrono::hours(24 * 7)};
// A token in use is replaced this often, and at once when what the account may do changes (its sessions end).
// The new one counts from its first use: an answer that got lost on weak 3G signs nobody out, it is made
// again after a while. The one before serves requests under way for a moment longer.
inline constexpr std::chrono::hours token_renewed_every{1};
inline constexpr std::chrono::minutes token_made_again_after{10}, old_session_token_life{2};

// Limits (ENGINEERING i9: a whole village may share one address): after `free_failures` wrong attempts a user
// name waits, twice as long each time up to `longest_wait`; when more than `failures_at_once` attempts failed
// everywhere in `failure_window`, only who signed in from the same network before may go on.
inline constexpr int free_failures = 5;
inline constexpr std::chrono::seconds first_wait{10}, longest_wait{900};
inline constexpr int failures_at_once = 300;
inline constexpr std::chrono::minutes failure_window{10};
inline constexpr std::chrono::hours log_kept{24 * 400};  // practice P115: at least 12 months

struct SignInForm {
  Line<40> user;
  Line<200> password;
  std::optional<Line<40>> code;
  std::optional<Line<300>> next;  // where to go then, a path of this site
  static constexpr About about[] = {
      {"next", "", ""},
      {"user", N_("User name"), ""},
      {"password", N_("Password"), ""},
      {"code", N_("Code from your authenticator app"), N_("Six digits. Leave empty if you have none.")}};
};
DANCHU_RECORD(SignInForm, user, password, code, next)

struct Device {
  std::string address;  // as the web knows it; kept coarse
  std::string user_agent;
  std::string old_token;  // a session this browser still has; it ends when another begins
};

struct SignedIn {
  std::string token;  // 43 characters; only its hash is kept
  Instant expires;
  Viewer viewer;
};

// The same answer, in the same time, whether the user name, the password or the code was wrong. Faults:
// denied, too_many (with {seconds}), unavailable.
Result<SignedIn> sign_in(store::Database& db, const SignInForm& form, const Device& device);

struct Recognised {
  Viewer viewer;
  std::string new_token;  // for the cookie of this browser from now on; empty: it keeps the one it sent
  Instant expires;        // of the session; a new token does not prolong it
};
// Who holds this session, as viewer_of, and the token it goes on with when the present one is old.
std::optional<Recognised> recognise(store::Database& db, std::string_view token, Instant now);
// Who holds this session, with the posts of today; nothing for a token that is forged, over or ended. One
// query; the time of the last request is written once a minute. A viewer whose `due` is set has no posts yet.
std::optional<Viewer> viewer_of(store::Database& db, std::string_view token, Instant now);
// The same for an account, as a script or test needs it.
Viewer viewer_for(store::Reader& r, Id<Account> account, Date today);

void sign_out(store::Database& db, std::string_view token);
// All sessions of the account except one, if a token is given, and all devices that remember it.
void end_everywhere(store::Database& db, Id<Account> account, std::string_view except_token = "");
// Within a write that changes what an account may do.
void end_sessions(store::Writer& w, Id<Account> account, std::string_view except_token = "");

struct SessionShown {
  Id<SessionRow> id;
  Instant started, seen;
  std::string device, address;
  bool this_one = false;
};
DANCHU_RECORD(SessionShown, id, started, seen, device, address, this_one)
std::vector<SessionShown> sessions_of(store::Reader& r, Id<Account> account, std::string_view token,
                                      Instant now);
Result<Done> end_session(store::Database& db, Id<Account> account, Id<SessionRow> session);

struct ChangePassword {
  Line<200> old_password, password, again;
  static constexpr About about[] = {{"old_password", N_("Present password"), ""},
                                    {"password", N_("New password"), N_("At least 10 characters")},
                                    {"again", N_("New password once more"), ""}};
};
DANCHU_RECORD(ChangePassword, old_password, password, again)
// Ends all sessions of the account, forgets the devices that remember it and begins a new session for this
// browser. Wrong present passwords are counted and waited for as at signing in. Faults: invalid, too_many
// (with {seconds}), unavailable.
Result<SignedIn> change_password(store::Database& db, Id<Account> account, const ChangePassword& form,
                                 const Device& device);

// Enrolling an authenticator: each time the page is shown there is a new secret, which only that page knows;
// nothing is kept until it comes back with the present password and a first code. Whoever holds an open
// session and not the password can neither enrol nor learn what the owner will.
struct Enrolment {
  std::string secret;      // base 32, to be typed where no camera is
  std::string uri;         // for the QR code
  bool confirmed = false;  // there is an authenticator already; secret and uri are empty
};
// With the secret of a page that is shown again because something else on it was wrong; else a new one.
Result<Enrolment> enrolment(store::Database& db, Id<Account> account, std::string_view shown_before = {});
struct ConfirmEnrolment {
  Line<64> secret;  // as the page showed it
  Line<200> password;
  Line<20> code;
  static constexpr About about[] = {{"secret", N_("Key"), ""},
                                    {"password", N_("Present password"), ""},
                                    {"code", N_("Code from your authenticator app"), N_("Six digits")}};
};
DANCHU_RECORD(ConfirmEnrolment, secret, password, code)
struct Enrolled {
  SignedIn session;                         // rotated: the account may do more from now on
  std::vector<std::string> recovery_codes;  // ten, shown once
};
// Wrong present passwords are counted and waited for as at signing in. Faults: invalid (at "secret",
// "password", "code"), conflict when there is an authenticator, too_many, unavailable.
Result<Enrolled> confirm_enrolment(store::Database& db, Id<Account> account, const ConfirmEnrolment& form,
                                   const Device& device);

// The code that would sign this account in now, the next one if the present one was used. For the demo's list
// only.
std::string current_code(store::Reader& r, Id<Account> account, Instant now);

// Deletes sessions and remembered devices that are over, limits that ended and log lines older than
// `log_kept`. The server runs it every hour.
void tidy_sign_in(store::Database& db);

}  // namespace danchu::people
