// Hashes and signatures the web needs, by OpenSSL: content tags, keyed hashes, signed cookies.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace danchu::web {

std::string sha256(std::string_view bytes);                             // 32 bytes
std::string content_tag(std::string_view bytes);                        // 20 hex digits of SHA-256
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // 32 bytes
std::string random_bytes(std::size_t count);
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string to_base64url(std::string_view bytes);  // without padding
std::optional<std::string> from_base64url(std::string_view text);

// "payload.signature", both base64url; open_signed gives the payload of what sign made with this key and
// purpose.
std::string sign(std::string_view key, std::string_view purpose, std::string_view payload);
std::optional<std::string> open_signed(std::string_view key, std::string_view purpose, std::string_view text);

}  // namespace danchu::web
