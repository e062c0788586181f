#include "people/password.h"

#include <sodium.h>

#include <atomic>
#include <mutex>
#include <stdexcept>

#include "base/slots.h"
#include "base/text.h"

namespace danchu::people {
namespace {

[[maybe_unused]] const int sodium_ready = sodium_init();

Slots& slots() {
  static Slots all(password_slots, passwords_waiting);
  return all;
}

PasswordCost cost;
std::atomic<std::int64_t> comparisons = 0;

std::string hash_now(std::string_view password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), cost.operations, cost.memory_bytes) !=
      0)
    throw std::runtime_error("there is no memory for a password hash");
  hash.resize(hash.find('\0'));
  return hash;
}

// What a missing account's password is compared with: of today's cost, made once for each cost.
const std::string& nobodys_hash() {
  static std::mutex mutex;
  static std::string hash;
  static std::size_t made_for = 0;
  std::lock_guard lock(mutex);
  if (made_for != cost.memory_bytes) hash = hash_now("nobody's password");
  made_for = cost.memory_bytes;
  return hash;
}

Problems busy() {
  return problem(Fault::unavailable, N_("Too many people are signing in right now. Try again in a minute."));
}

}  // namespace

void set_password_cost(PasswordCost to) { cost = to; }

Result<std::string> hash_password(std::string_view password) {
  Slots::Held slot(slots(), password_wait);
  if (!slot) return busy();
  return hash_now(password);
}

Result<bool> password_fits(std::string_view hash, std::string_view password) {
  Slots::Held slot(slots(), password_wait);
  if (!slot) return busy();
  ++comparisons;
  const std::string& nobody = nobodys_hash();  // made at the first call, whoever asks
  std::string against(hash.empty() ? nobody : hash);
  bool fits = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

std::int64_t password_comparisons() { return comparisons; }

Problems check_new_password(std::string_view password, std::string_view user_name) {
  if (length_in_characters(password) < shortest_password)
    return problem_at("password", N_("Choose a password of at least {min} characters"),
                      {{"min", std::to_string(shortest_password)}});
  std::string folded = fold(password);
  bool repeated = password.find_first_not_of(password[0]) == std::string_view::npos;
  bool counted = std::string_view("01234567890123456789").find(password) != std::string_view::npos;
  if (repeated || counted || (!user_name.empty() && folded.find(fold(user_name)) != std::string::npos))
    return problem_at("password",
                      N_("This password is easy to guess. Choose one without your user name and without "
                         "digits in a row."));
  return {};
}

std::string random_password() {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz023456789";  // 32, without i, l, o, 1
  static_assert(letters.size() == 32);
  std::string password;
  for (int i = 0; i < 16; ++i) {
    if (i % 4 == 0 && i > 0) password += '-';
    password += letters[randombytes_uniform(32)];
  }
  return password;
}

}  // namespace danchu::people
