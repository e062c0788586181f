// The PIN of a village's officer (practice P53, P54): a browser that remembers him asks for it alone, and the
// head confirms with it what a helper typed. It never replaces the password: that is needed to choose it, to
// remember a browser, and again after too many wrong ones. Each use is in the sign-in log.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/sign_in.h"

namespace danchu::people {

struct DeviceRow;  // tag for Id

inline constexpr std::size_t pin_digits = 6;
inline constexpr int device_failures = 5;  // wrong PINs in a row after which a browser is forgotten
inline constexpr int pin_failures = 10;    // anywhere, after which the PIN is void
inline constexpr std::size_t most_devices = 3;
inline constexpr std::chrono::hours device_life{24 * 90};  // from remembering; use does not prolong it
// How long the token before the last rotation still serves: on weak 3G an answer gets lost.
inline constexpr std::chrono::minutes old_token_life{10};

// A head, Front head or helper of a village, and nothing of a commune or the province.
bool may_have_pin(const std::vector<Post>& posts);
// Six digits, and none that are tried first: at path "pin".
Problems check_new_pin(std::string_view pin);
// "Chrome, Android": what tells its owner which telephone it is, and others little.
std::string coarse_device(std::string_view user_agent);

struct DeviceToken {
  std::string token;  // 43 characters; only its hash is kept
  Instant expires;
};

struct SetPin {
  Line<200> password;
  Line<20> pin, again;
  bool remember = false;
  static constexpr About about[] = {
      {"password", N_("Present password"), ""},
      {"pin", N_("New PIN"), N_("Six digits that nobody guesses: no birthday, no row of digits")},
      {"again", N_("New PIN once more"), ""},
      {"remember", N_("Remember me on this device"), N_("Only on your own telephone, never on a lent one")}};
};
DANCHU_RECORD(SetPin, password, pin, again, remember)
// Chooses or changes the PIN; devices remembered before stay. The token when this browser is to be
// remembered; `known` is the one it has.
Result<std::optional<DeviceToken>> set_pin(store::Database& db, Id<Account> account, const SetPin& form,
                                           const Device& device, std::string_view known);

struct PinForm {
  Line<20> pin;
  std::optional<Line<300>> next;
  static constexpr About about[] = {{"pin", N_("PIN"), N_("Six digits")}, {"next", "", ""}};
};
DANCHU_RECORD(PinForm, pin, next)
// Remembers this browser of somebody who is signed in and has a PIN. Conflict: three are remembered already.
Result<DeviceToken> remember_device(store::Database& db, Id<Account> account, const PinForm& form,
                                    const Device& device, std::string_view known);

bool has_pin(store::Reader& r, Id<Account> account);
// Whom this browser remembers; empty when nobody.
std::string remembered_name(store::Reader& r, std::string_view token, Instant now);

struct PinSignedIn {
  SignedIn session;
  DeviceToken device;  // replaces the one that was sent
};
// Faults: missing (this browser is not remembered, any more or at all: the password is needed), denied (at
// "pin"), too_many, unavailable.
Result<PinSignedIn> sign_in_with_pin(store::Database& db, std::string_view token, const PinForm& form,
                                     const Device& device);

struct DeviceShown {
  Id<DeviceRow> id;
  Instant created, used, ends;
  std::string device;
  bool this_one = false;
};
DANCHU_RECORD(DeviceShown, id, created, used, ends, device, this_one)
std::vector<DeviceShown> devices_of(store::Reader& r, Id<Account> account, std::string_view token,
                                    Instant now);
// A telephone was lost: its sign-in ends as well, as do all but the one with `session_token`.
Result<Done> forget_device(store::Database& db, Id<Account> account, Id<DeviceRow> device,
                           std::string_view session_token);
// The browser with this token, on its own wish.
void forget_this_device(store::Database& db, std::string_view token);

// Within a write that ends what an account may do.
void forget_devices(store::Writer& w, Id<Account> account);
void forget_pin(store::Writer& w, Id<Account> account);

// As the head would stand there, with what the helper typed not yet confirmed: to ask what he may do, never
// to do it. `entered_by` is the helper. Nothing where the viewer is no helper of this village, or its head.
std::optional<Viewer> head_for(store::Reader& r, const Viewer& helper, Id<Unit> village, Date today);
// The head confirms with his PIN: who does the step now. Faults at "pin": missing (no head, or no PIN yet),
// denied, too_many, unavailable. A right PIN confirms one step, the one that was sent with it.
Result<Viewer> confirm_for_head(store::Database& db, const Viewer& helper, Id<Unit> village,
                                const std::string& pin, const Device& device);

}  // namespace danchu::people
