// One-time codes of six digits that change every 30 seconds (RFC 6238, HMAC-SHA-1 as every authenticator app
// has it).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace danchu::people {

inline constexpr std::int64_t totp_seconds = 30;

std::string new_totp_secret();  // 20 random bytes
std::int64_t totp_step(Instant now);
// Six digits, with leading zeros.
std::string totp_code(std::string_view secret, std::int64_t step);
// The step whose code this is: the present one, or one earlier or later for clocks that differ; never one
// that is not after `last_used`, so that a code read over a shoulder serves nobody. Compares in constant
// time.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Instant now,
                                          std::int64_t last_used);

std::string base32(std::string_view bytes);
// A secret as base32() wrote one, spaces and case aside; nothing else is one.
std::optional<std::string> from_base32(std::string_view text);
// What an authenticator app reads from the QR code: otpauth://totp/danchu:user?secret=…
std::string totp_uri(std::string_view secret, std::string_view user_name);

}  // namespace danchu::people
