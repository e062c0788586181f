// What signing in, passwords and authenticators share inside this room.
#pragma once
#include <string>
#include <string_view>

#include "people/sign_in.h"

namespace danchu::people {

std::string hash_bytes(std::string_view value);  // BLAKE2b, 32 bytes
// The network of an address, coarse enough to tell nobody's line: "203.0.113.0/24", "2001:db8:1::/48".
std::string network_of(const std::string& address);

// One line of the sign-in log: "ok", "refused", "out", "ended", "password", "authenticator".
// "pin", "pin-refused", "pin-chosen", "pin-void", "device", "device-forgotten", "device-replayed", and, where
// a helper typed for the account, "confirmed", "confirm-refused".
void log_sign_in(store::Writer& w, Id<Account> account, std::string_view outcome, const Device& device,
                 Id<Account> helper = {});
std::string new_token();  // 43 characters, 256 random bits
// Is this the present password of an account that is signed in? A wrong one is counted, waited for and logged
// as at signing in, so that a session left open is no place to guess it. `path`: its field.
Result<Done> present_password_is(store::Database& db, Id<Account> account, const std::string& typed,
                                 const Device& device, std::string path);
// How long one waits after so many failures in a row, and how that is said.
std::chrono::microseconds wait_after(std::int64_t failures);
Problems wait_for(std::chrono::microseconds time);
// A new session; the one this browser had before ends.
SignedIn begin_session(store::Writer& w, Id<Account> account, const Device& device);
// Roles of the province and the communes may not go without an authenticator.
bool needs_authenticator(const std::vector<Post>& posts);

}  // namespace danchu::people
