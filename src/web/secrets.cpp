#include "web/secrets.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <stdexcept>

#include "base/text.h"

namespace danchu::web {

static const unsigned char* octets(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}
static unsigned char* octets(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

std::string sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  SHA256(octets(bytes), bytes.size(), octets(digest));
  return digest;
}

std::string content_tag(std::string_view bytes) { return to_hex(sha256(bytes).substr(0, 10)); }

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::string digest(32, '\0');
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(bytes), bytes.size(), octets(digest),
       nullptr);
  return digest;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(octets(bytes), static_cast<int>(count)) != 1) throw std::runtime_error("no random numbers");
  return bytes;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

static constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
  std::string to;
  std::uint32_t bits = 0;
  int held = 0;
  for (char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) to += alphabet[bits >> (held - 6) & 63];
  }
  if (held > 0) to += alphabet[bits << (6 - held) & 63];
  return to;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string to;
  std::uint32_t bits = 0;
  int held = 0;
  for (char c : text) {
    std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if ((held += 6) >= 8) to += static_cast<char>(bits >> (held -= 8) & 255);
  }
  return to;
}

static std::string signature(std::string_view key, std::string_view purpose, std::string_view payload) {
  return hmac_sha256(key, std::string(purpose) + '\0' + std::string(payload)).substr(0, 16);
}

std::string sign(std::string_view key, std::string_view purpose, std::string_view payload) {
  return to_base64url(payload) + "." + to_base64url(signature(key, purpose, payload));
}

std::optional<std::string> open_signed(std::string_view key, std::string_view purpose,
                                       std::string_view text) {
  std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto payload = from_base64url(text.substr(0, dot)), mark = from_base64url(text.substr(dot + 1));
  if (!payload || !mark || !equal_in_constant_time(*mark, signature(key, purpose, *payload)))
    return std::nullopt;
  return payload;
}

}  // namespace danchu::web
