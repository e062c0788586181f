// What the database really holds: for tests that compare it with described records, and for `danchu verify`.
#pragma once
#include <string>
#include <vector>

#include "store/database.h"
#include "store/record_row.h"

namespace danchu::store {

// The tables of the store in alphabetical order, without those of the engine itself and of full-text search.
std::vector<std::string> tables_of(Reader& reader);

// The columns of a table in their order; empty when there is no such table.
std::vector<Column> columns_of_table(Reader& reader, const std::string& table);

}  // namespace danchu::store
