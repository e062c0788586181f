#include "people/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <stdexcept>

namespace danchu::people {
namespace {

constexpr std::size_t secret_bytes = 20;

std::string hmac_sha1(std::string_view key, std::string_view message) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(message.data()), message.size(),
            reinterpret_cast<unsigned char*>(out.data()), &size))
    throw std::runtime_error("HMAC-SHA-1 is not available");
  out.resize(size);
  return out;
}

}  // namespace

std::string new_totp_secret() {
  std::string secret(secret_bytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::int64_t totp_step(Instant now) { return now.us / 1'000'000 / totp_seconds; }

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::string counter;
  for (int shift = 56; shift >= 0; shift -= 8) counter += static_cast<char>((step >> shift) & 0xff);
  std::string mac = hmac_sha1(secret, counter);
  auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[i])); };
  std::size_t offset = byte(mac.size() - 1) & 15;
  std::uint32_t number =
      (byte(offset) & 0x7f) << 24 | byte(offset + 1) << 16 | byte(offset + 2) << 8 | byte(offset + 3);
  std::string digits = std::to_string(number % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Instant now,
                                          std::int64_t last_used) {
  if (code.size() != 6) return std::nullopt;
  std::optional<std::int64_t> found;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
    std::string right = totp_code(secret, step);
    bool same = sodium_memcmp(right.data(), code.data(), right.size()) == 0;
    if (same && step > last_used && !found) found = step;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (char c : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[buffer >> (bits - 5) & 31];
  }
  if (bits > 0) out += alphabet[buffer << (5 - bits) & 31];
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (char c : text) {
    if (c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool letter = c >= 'A' && c <= 'Z', digit = c >= '2' && c <= '7';
    if (!letter && !digit) return std::nullopt;
    buffer = (buffer << 5 | static_cast<std::uint32_t>(letter ? c - 'A' : c - '2' + 26)) & 0xfff;
    if ((bits += 5) >= 8) bytes += static_cast<char>(buffer >> (bits -= 8) & 255);
  }
  return bytes.size() == secret_bytes && bits == 0 ? std::optional(bytes) : std::nullopt;
}

std::string totp_uri(std::string_view secret, std::string_view user_name) {
  return "otpauth://totp/danchu:" + std::string(user_name) + "?secret=" + base32(secret) + "&issuer=danchu";
}

}  // namespace danchu::people
