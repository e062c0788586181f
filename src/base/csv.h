// Comma-separated values (RFC 4180): quoted fields, doubled quotes, CRLF or LF, an optional byte-order mark.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace danchu {

struct CsvRow {
  int line = 0;  // of the file, counted from 1, where the row begins
  std::vector<std::string> cells;
};

struct CsvLimits {
  std::size_t rows = 100'000;
  std::size_t columns = 100;
  std::size_t cell_bytes = 10'000;
};

// All rows, the header too; empty lines are left out. The text must be UTF-8. What separates is a comma, or
// `;` (Excel writes so under a Vietnamese locale) or a tab where the first line that holds one has more of
// them. Problems name the line.
Result<std::vector<CsvRow>> parse_csv(std::string_view text, const CsvLimits& limits = {});
// The same, row by row, for large files; `row` answers false to stop.
Result<Done> read_csv(std::string_view text, const CsvLimits& limits,
                      const std::function<bool(CsvRow&)>& row);

// One row with its line end (CRLF); quotes a cell where it must. A cell that a spreadsheet would take for a
// formula (=, +, -, @, a tab) gets a leading apostrophe.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace danchu
