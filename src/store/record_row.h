// A described record as the columns of its table: one column for each scalar field, of the field's name.
// Lists of records are child tables, written by hand in the service that owns them.
#pragma once
#include <vector>

#include "base/record.h"
#include "store/database.h"

namespace danchu::store {

// The five column types of the schema files.
enum class ColumnType { integer, text, bytes, real };

struct Column {
  std::string name;
  ColumnType type;
  bool nullable;
  bool operator==(const Column&) const = default;
};

// The columns a record needs, in the order of its fields. Throws StoreError for a list, a nested record or
// HTML.
std::vector<Column> columns_of(Fields fields);

// The record's values in the same order, for Writer::run_values.
std::vector<Value> values_of(RecordRef record);

}  // namespace danchu::store
