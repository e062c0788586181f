// The bytes an act is made of. Deterministic: object keys sorted bytewise, no space, whole numbers, texts,
// true, false and null; nothing else can stand in an act.
#pragma once
#include <boost/json/value.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace danchu::acts {

// Throws std::logic_error for a real number, text that is not clean UTF-8 or depth over 32.
std::string canonical_json(const boost::json::value& value);
// Reads what canonical_json wrote; nothing when it is anything else.
std::optional<boost::json::object> parse_canonical(std::string_view bytes);

// `domain`, a NUL, then each part behind its length in 8 bytes, most significant first: no two splits into
// parts collide.
std::string framed(std::string_view domain, std::initializer_list<std::string_view> parts);

std::string blake2b(std::string_view bytes);  // 32 bytes
std::optional<std::string> from_hex(std::string_view hex);

// What an act's hash is taken over, and what its columns repeat.
struct Preimage {
  std::int64_t seq = 0;
  std::string prev;  // 32 bytes, empty for the first act
  Instant entered;
  std::string key_id;
  std::string kind;
  std::int64_t unit = 0;
  std::string body;  // canonical bytes
  std::string bytes() const;
  std::string hash() const { return blake2b(bytes()); }
};

// A table's or column's name as acts may name it: a-z, 0-9 and _, beginning with a letter, at most 60
// characters.
bool is_identifier(std::string_view name);

}  // namespace danchu::acts
