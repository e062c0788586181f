#include "store/schema.h"

namespace danchu::store {
namespace {

const Statement tables_sqlite{
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE "
    "'search_index%' "
    "ORDER BY name",
    "sqlite"};
const Statement tables_postgresql{
    "SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = current_schema() "
    "ORDER BY 1",
    "postgresql"};
const Statement columns_sqlite{"SELECT name, type, \"notnull\" + pk FROM pragma_table_info($1) ORDER BY cid",
                               "sqlite"};
const Statement columns_postgresql{
    "SELECT CAST(column_name AS text), CAST(data_type AS text), CASE is_nullable WHEN 'YES' THEN 0 ELSE 1 "
    "END "
    "FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY "
    "ordinal_position",
    "postgresql"};

ColumnType type_from(const std::string& written) {
  if (written == "INTEGER" || written == "BIGINT" || written == "bigint") return ColumnType::integer;
  if (written == "BLOB" || written == "bytea") return ColumnType::bytes;
  if (written == "REAL" || written == "double precision") return ColumnType::real;
  return ColumnType::text;
}

}  // namespace

std::vector<std::string> tables_of(Reader& reader) {
  std::vector<std::string> tables;
  for (const Row& row : reader.query(reader.engine() == "sqlite" ? tables_sqlite : tables_postgresql))
    tables.push_back(row.text(0));
  return tables;
}

std::vector<Column> columns_of_table(Reader& reader, const std::string& table) {
  std::vector<Column> columns;
  const Statement& statement = reader.engine() == "sqlite" ? columns_sqlite : columns_postgresql;
  for (const Row& row : reader.query(statement, table))
    columns.push_back({row.text(0), type_from(row.text(1)), row.integer(2) == 0});
  return columns;
}

}  // namespace danchu::store
