#include "store/record_row.h"

namespace danchu::store {
namespace {

bool is_text(Kind kind) {
  return kind == Kind::line || kind == Kind::text || kind == Kind::phone || kind == Kind::url ||
         kind == Kind::choice || kind == Kind::date;
}

void require_scalar(const Field& field) {
  if (field.list || field.kind == Kind::record || field.kind == Kind::html || field.kind == Kind::file)
    throw StoreError(StoreError::Kind::statement, "field " + std::string(field.name) + " is not one column");
}

Value value_of(const Field& field, const void* record) {
  if (field.count(record) == 0) return {};
  if (is_text(field.kind)) {
    std::string scratch;
    return std::string(field.text(record, 0, scratch));
  }
  std::int64_t number = field.number(record, 0);
  return field.kind == Kind::id && number == 0 ? Value() : Value(number);
}

}  // namespace

std::vector<Column> columns_of(Fields fields) {
  std::vector<Column> columns;
  for (const Field& field : fields) {
    require_scalar(field);
    columns.push_back({std::string(field.name), is_text(field.kind) ? ColumnType::text : ColumnType::integer,
                       field.optional});
  }
  return columns;
}

std::vector<Value> values_of(RecordRef record) {
  std::vector<Value> values;
  for (const Field& field : record.fields) {
    require_scalar(field);
    values.push_back(value_of(field, record.at));
  }
  return values;
}

}  // namespace danchu::store
