// Fuzzer: any file is refused or read within its limits, in every lettering, and what is read is clean text.
#include <cstdint>
#include <cstdlib>

#include "base/table.h"
#include "base/text.h"

using namespace danchu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const TableLimits limits{
      .rows = 1'000, .columns = 50, .cell_bytes = 1'000, .sheet_bytes = 1 << 20, .texts_bytes = 1 << 20};
  auto table = Table::open({reinterpret_cast<const char*>(data), size}, limits);
  if (!table) return 0;
  for (Lettering lettering : {Lettering::unicode, Lettering::tcvn3, Lettering::vni}) {
    std::int64_t before = 0;
    (void)(*table)->read(lettering, [&](TableRow& row) {
      if (row.line <= before || row.cells.size() > limits.columns) std::abort();
      before = row.line;
      for (const std::string& cell : row.cells)
        if (!is_clean_utf8(cell)) std::abort();
      return true;
    });
  }
  return 0;
}
