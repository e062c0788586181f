// Fuzzer: any file is read or refused, and what was read can be written and read again.
#include <cstdint>
#include <cstdlib>

#include "base/csv.h"

using namespace danchu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  CsvLimits limits;
  auto rows = parse_csv({reinterpret_cast<const char*>(data), size}, limits);
  if (!rows) return 0;
  for (const CsvRow& row : *rows) {
    if (row.cells.size() > limits.columns) std::abort();
    std::string line = csv_line(row.cells);
    auto again = parse_csv("a,b\r\n" + line, limits);
    if (!again) continue;  // an apostrophe put before a formula may lengthen a cell beyond its limit
    if (again->size() == 2 && again->back().cells.size() != row.cells.size()) std::abort();
  }
  return 0;
}
