// Passwords as Argon2id hashes (libsodium). A hash takes 64 MB and a fraction of a second, so at most
// `password_slots` are made at once in the process: who waits longer than `password_wait`, or finds
// `passwords_waiting` others before him, is told to come back.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace danchu::people {

inline constexpr int password_slots = 2;
inline constexpr int passwords_waiting = 8;
inline constexpr std::chrono::seconds password_wait{5};
inline constexpr std::size_t shortest_password = 10;  // characters

struct PasswordCost {
  unsigned long long operations = 3;
  std::size_t memory_bytes = 64 * 1024 * 1024;
};
// For tests and bulk data only: cheaper hashes from here on. Not to be called while others hash.
void set_password_cost(PasswordCost cost);

// Fault::unavailable when both slots are taken for too long.
Result<std::string> hash_password(std::string_view password);
// Does the hash fit? An empty hash (no such account) costs the same time as any other and never fits.
Result<bool> password_fits(std::string_view hash, std::string_view password);
// How many were compared since the program started, for /metrics.
std::int64_t password_comparisons();

// Problems of a new password, at path "password": too short, or what everybody tries first.
Problems check_new_password(std::string_view password, std::string_view user_name);
// Four groups of four characters without look-alikes, 80 random bits: "k7mw-…". For initial passwords and
// recovery codes.
std::string random_password();

}  // namespace danchu::people
