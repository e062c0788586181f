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
void log_sign_in(store::Writer& w, Id<Account> account, std::string_view outcome, const Device& device);
// A new session; the one this browser had before ends.
SignedIn begin_session(store::Writer& w, Id<Account> account, const Device& device);
// Roles of the province and the communes may not go without an authenticator.
bool needs_authenticator(const std::vector<Post>& posts);

}  // namespace danchu::people
