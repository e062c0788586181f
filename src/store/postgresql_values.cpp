#include "store/postgresql_values.h"

#include <charconv>
#include <cstdlib>

namespace danchu::store {
namespace {

// Numbers of pg_type that never change (catalog/pg_type.dat).
enum Type : PostgresqlType {
  unknown = 0,
  boolean = 16,
  bytea = 17,
  name = 19,
  int8 = 20,
  int2 = 21,
  int4 = 23,
  text = 25,
  float4 = 700,
  float8 = 701,
  varchar = 1043,
  void_type = 2278
};

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// bytea in text form is \x and two hex digits for each byte.
Bytes bytes_from_hex(std::string_view hex) {
  Bytes bytes;
  for (std::size_t i = 2; i + 1 < hex.size(); i += 2)
    bytes.data += static_cast<char>(hex_digit(hex[i]) << 4 | hex_digit(hex[i + 1]));
  return bytes;
}

std::int64_t whole_number(std::string_view written) {
  std::int64_t number = 0;
  std::from_chars(written.data(), written.data() + written.size(), number);
  return number;
}

}  // namespace

bool postgresql_type_is_known(PostgresqlType type) {
  switch (type) {
    case boolean:
    case bytea:
    case int8:
    case int2:
    case int4:
    case text:
    case float4:
    case float8:
    case varchar:
    case name:
    case void_type:
      return true;
    default:
      return false;
  }
}

std::optional<Value> postgresql_value(PostgresqlType type, std::string_view written) {
  switch (type) {
    case int8:
    case int4:
    case int2:
      return whole_number(written);
    case boolean:
      return std::int64_t{written == "t"};
    case float4:
    case float8:
      return std::strtod(std::string(written).c_str(), nullptr);
    case bytea:
      return bytes_from_hex(written);
    case text:
    case varchar:
    case name:
    case void_type:
      return std::string(written);
    default:
      return std::nullopt;
  }
}

PostgresqlArguments::PostgresqlArguments(const std::vector<Value>& parameters) {
  written_.reserve(parameters.size());  // what was pushed must not move
  for (const Value& value : parameters) std::visit([&](const auto& v) { add(v); }, value);
}

void PostgresqlArguments::add(std::monostate) { push(unknown, nullptr, 0, 0); }
void PostgresqlArguments::add(std::int64_t v) { push_written(int8, std::to_string(v)); }
void PostgresqlArguments::add(double v) {
  char digits[32];
  auto end = std::to_chars(digits, digits + sizeof digits, v).ptr;
  push_written(float8, std::string(digits, end));
}
void PostgresqlArguments::add(const std::string& v) { push(text, v.c_str(), 0, 0); }
void PostgresqlArguments::add(const Bytes& v) {
  push(bytea, v.data.data(), static_cast<int>(v.data.size()), 1);
}

void PostgresqlArguments::push_written(PostgresqlType type, std::string written) {
  written_.push_back(std::move(written));
  push(type, written_.back().c_str(), 0, 0);
}

void PostgresqlArguments::push(PostgresqlType type, const char* value, int length, int format) {
  types.push_back(type);
  values.push_back(value);
  lengths.push_back(length);
  formats.push_back(format);
}

std::string PostgresqlArguments::plan_name(int statement) const {
  std::string plan = "s" + std::to_string(statement);
  for (PostgresqlType type : types)
    plan += type == unknown ? 'n' : type == int8 ? 'i' : type == text ? 't' : type == bytea ? 'b' : 'r';
  return plan;
}

bool postgresql_may_retry(std::string_view state) { return state == "40001" || state == "40P01"; }

StoreError::Kind postgresql_error_kind(std::string_view state) {
  if (state.starts_with("08") || state.starts_with("57P") || state == "25006") return StoreError::Kind::gone;
  if (state == "53100") return StoreError::Kind::full;
  if (state.starts_with("53") || state == "55P03" || state == "57014") return StoreError::Kind::busy;
  if (state.starts_with("23")) return StoreError::Kind::constraint;
  return StoreError::Kind::statement;
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

// E'…' means the same whatever standard_conforming_strings says.
std::string quoted_text(std::string_view text) {
  std::string quoted = "E'";
  for (char c : text) {
    if (c == '\'' || c == '\\') quoted += c;
    quoted += c;
  }
  return quoted + '\'';
}

}  // namespace danchu::store
