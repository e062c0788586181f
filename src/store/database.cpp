#include "store/database.h"

namespace danchu::store {
namespace {

std::vector<const Statement*>& registry() {
  static std::vector<const Statement*> statements;
  return statements;
}

const char* type_name(const Value& value) {
  static constexpr const char* names[] = {"NULL", "an integer", "a real number", "a text", "bytes"};
  return names[value.index()];
}

const std::string empty;

// Rows carry dates and choices as text, everything else that is a number as a number.
bool kept_as_text(Kind kind) {
  switch (kind) {
    case Kind::line:
    case Kind::text:
    case Kind::phone:
    case Kind::url:
    case Kind::choice:
    case Kind::date:
      return true;
    default:
      return false;
  }
}

}  // namespace

Statement::Statement(std::string_view sql, std::string_view only)
    : sql_(sql), only_(only), number_(static_cast<int>(registry().size())) {
  registry().push_back(this);
}

const std::vector<const Statement*>& all_statements() { return registry(); }

namespace {

[[noreturn]] void throw_row_error(const std::string& what) {
  throw StoreError(StoreError::Kind::statement, what);
}

const Value& at(const std::vector<Value>& values, int column) {
  if (column < 0 || static_cast<std::size_t>(column) >= values.size())
    throw_row_error("this row has no column " + std::to_string(column) + ", it has " +
                    std::to_string(values.size()));
  return values[static_cast<std::size_t>(column)];
}

}  // namespace

void Row::throw_wrong_type(int column) const {
  throw_row_error("column " + std::to_string(column) + " of a row holds " + type_name(at(values_, column)) +
                  ", something else was asked for");
}

bool Row::is_null(int column) const { return at(values_, column).index() == 0; }

std::int64_t Row::integer(int column) const {
  if (auto* value = std::get_if<std::int64_t>(&at(values_, column))) return *value;
  throw_wrong_type(column);
}

double Row::real(int column) const {
  if (auto* value = std::get_if<double>(&at(values_, column))) return *value;
  return static_cast<double>(integer(column));
}

const std::string& Row::text(int column) const {
  if (is_null(column)) return empty;
  if (auto* value = std::get_if<std::string>(&values_[static_cast<std::size_t>(column)])) return *value;
  throw_wrong_type(column);
}

const std::string& Row::bytes(int column) const {
  if (is_null(column)) return empty;
  if (auto* value = std::get_if<Bytes>(&values_[static_cast<std::size_t>(column)])) return value->data;
  throw_wrong_type(column);
}

std::optional<Instant> Row::optional_instant(int column) const {
  return is_null(column) ? std::nullopt : std::optional<Instant>(instant(column));
}

Date Row::date(int column) const {
  auto date = parse_date(text(column));
  if (!date) throw_wrong_type(column);
  return *date;
}

std::optional<Date> Row::optional_date(int column) const {
  return is_null(column) ? std::nullopt : std::optional<Date>(date(column));
}

std::optional<std::int64_t> Row::optional_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional<std::int64_t>(integer(column));
}

void Row::into(void* record, Fields fields, int first) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& field = fields[i];
    int column = first + static_cast<int>(i);
    if (field.list || field.kind == Kind::record || field.kind == Kind::html || field.kind == Kind::file)
      throw_row_error("field " + std::string(field.name) + " is not one column");
    if (is_null(column)) {
      if (!field.optional && field.kind != Kind::id) throw_wrong_type(column);
      field.clear(record);
    } else if (!kept_as_text(field.kind)) {
      field.set_number(record, integer(column));
    } else if (text(column).empty()) {
      field.clear(record);
    } else if (field.parse(record, text(column))) {
      throw_row_error("column " + std::to_string(column) + " does not fit field " + std::string(field.name));
    }
  }
}

bool is_postgresql(std::string_view location) {
  return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

std::string files_directory(const Options& options) {
  if (!options.files.empty()) return options.files;
  return is_postgresql(options.location) ? "" : options.location + "/files";
}

std::unique_ptr<Database> open(const Options& options) {
  return is_postgresql(options.location) ? open_postgresql(options) : open_sqlite(options);
}

}  // namespace danchu::store
