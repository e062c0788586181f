// Values, names and error codes as PostgreSQL writes them. No libpq: what the connection hands it is text and
// numbers.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace danchu::store {

using PostgresqlType = unsigned int;  // an Oid

// The types the permitted SQL (docs/sql.md) answers with.
bool postgresql_type_is_known(PostgresqlType type);
// A value that is not null, in text form; nothing for a type outside the permitted SQL.
std::optional<Value> postgresql_value(PostgresqlType type, std::string_view written);

// Parameters as libpq wants them: numbers and texts written out, bytes as they are. Points into `parameters`.
class PostgresqlArguments {
 public:
  explicit PostgresqlArguments(const std::vector<Value>& parameters);
  PostgresqlArguments(const PostgresqlArguments&) = delete;
  int size() const { return static_cast<int>(types.size()); }
  // Plans are kept for each combination of parameter types; NULL has none of its own.
  std::string plan_name(int statement) const;

  std::vector<PostgresqlType> types;
  std::vector<const char*> values;
  std::vector<int> lengths, formats;

 private:
  void add(std::monostate);
  void add(std::int64_t v);
  void add(double v);
  void add(const std::string& v);
  void add(const Bytes& v);
  void push_written(PostgresqlType type, std::string written);
  void push(PostgresqlType type, const char* value, int length, int format);

  std::vector<std::string> written_;
};

// Of an SQLSTATE: a serialization failure or deadlock, after which the whole transaction may be tried again.
bool postgresql_may_retry(std::string_view state);
StoreError::Kind postgresql_error_kind(std::string_view state);

std::string quoted_name(std::string_view name);
std::string quoted_text(std::string_view text);

}  // namespace danchu::store
