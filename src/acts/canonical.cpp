#include "acts/canonical.h"

#include <sodium.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "acts/acts.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

constexpr int max_depth = 32;

void write_text(std::string_view text, std::string& out) {
  if (!is_clean_utf8(text)) throw std::logic_error("an act's text is not clean UTF-8");
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  out += '"';
}

void write_value(const boost::json::value& value, std::string& out, int depth);

void write_object(const boost::json::object& object, std::string& out, int depth) {
  std::vector<const boost::json::key_value_pair*> members;
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](auto* a, auto* b) { return std::string_view(a->key()) < std::string_view(b->key()); });
  out += '{';
  for (const auto* member : members) {
    if (out.back() != '{') out += ',';
    write_text(member->key(), out);
    out += ':';
    write_value(member->value(), out, depth + 1);
  }
  out += '}';
}

void write_array(const boost::json::array& array, std::string& out, int depth) {
  out += '[';
  bool first = true;
  for (const auto& item : array) {
    if (!first) out += ',';
    first = false;
    write_value(item, out, depth + 1);
  }
  out += ']';
}

void write_value(const boost::json::value& value, std::string& out, int depth) {
  if (depth > max_depth) throw std::logic_error("an act is nested too deeply");
  switch (value.kind()) {
    case boost::json::kind::null:
      out += "null";
      break;
    case boost::json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case boost::json::kind::int64:
      out += std::to_string(value.get_int64());
      break;
    case boost::json::kind::uint64:
      out += std::to_string(value.get_uint64());
      break;
    case boost::json::kind::string:
      write_text(value.get_string(), out);
      break;
    case boost::json::kind::array:
      write_array(value.get_array(), out, depth);
      break;
    case boost::json::kind::object:
      write_object(value.get_object(), out, depth);
      break;
    case boost::json::kind::double_:
      throw std::logic_error("a real number cannot stand in an act");
  }
}

}  // namespace

std::string canonical_json(const boost::json::value& value) {
  std::string out;
  write_value(value, out, 0);
  return out;
}

std::optional<boost::json::object> parse_canonical(std::string_view bytes) {
  boost::json::error_code error;
  boost::json::parse_options options;
  options.max_depth = max_depth + 1;
  boost::json::value value = boost::json::parse({bytes.data(), bytes.size()}, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  try {
    if (canonical_json(value) != bytes) return std::nullopt;
  } catch (const std::logic_error&) {
    return std::nullopt;  // a number or text that canonical_json never writes
  }
  return std::move(value.get_object());
}

std::string framed(std::string_view domain, std::initializer_list<std::string_view> parts) {
  std::string out(domain);
  out += '\0';
  for (std::string_view part : parts) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((part.size() >> shift) & 0xff);
    out += part;
  }
  return out;
}

std::string blake2b(std::string_view bytes) {
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
  return hash;
}

std::optional<std::string> from_hex(std::string_view hex) {
  std::string out(hex.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  int failed = sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(),
                              hex.size(), nullptr, &length, &end);
  if (failed || hex.size() % 2 || length != out.size() || end != hex.data() + hex.size()) return std::nullopt;
  return out;
}

std::string Preimage::bytes() const {
  return framed("danchu-act-1", {std::to_string(seq), prev, std::to_string(entered.us), key_id, kind,
                                 std::to_string(unit), body});
}

bool is_identifier(std::string_view name) {
  if (name.empty() || name.size() > 60 || name[0] < 'a' || name[0] > 'z') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

std::string sealed(std::string_view salt, std::string_view value) {
  return to_hex(blake2b(framed("danchu-sealed-1", {salt, value})));
}

std::string new_salt() {
  std::string salt(16, '\0');
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

boost::json::value personal(std::string_view salt_column, std::string_view salt, std::string_view value) {
  if (!is_identifier(salt_column)) throw std::logic_error("the salt's column is no identifier");
  boost::json::object said;
  said["salt_in"] = salt_column;
  said["sealed"] = sealed(salt, value);
  return said;
}

boost::json::value erased() { return boost::json::object{{"erased", true}}; }

}  // namespace danchu::acts
