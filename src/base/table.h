// A table out of a file people send: CSV in any of the encodings Vietnamese offices still save, or the first
// visible sheet of an XLSX workbook. Rows come one by one; nothing but one row, and a workbook's shared
// texts, is held in memory.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/old_fonts.h"
#include "base/result.h"

namespace danchu {

struct TableRow {
  std::int64_t line = 0;  // as the program that made the file numbers it, from 1
  std::vector<std::string> cells;
  // Cells that are empty themselves and lie in a merged block: the block's text. Empty for others; may be
  // shorter than `cells`.
  std::vector<std::string> merged;
};
// Answers false to stop.
using RowSink = std::function<bool(TableRow&)>;

struct TableLimits {
  std::size_t rows = 500'000;
  std::size_t columns = 100;
  std::size_t cell_bytes = 10'000;
  std::uint64_t sheet_bytes = std::uint64_t{1} << 30;    // of a sheet, unpacked
  std::uint64_t texts_bytes = std::uint64_t{256} << 20;  // of a workbook's shared texts, unpacked
};

// Which kind of file it is, as the user is told.
enum class TableFormat { csv, xlsx };

class Table {
 public:
  virtual ~Table() = default;
  // The bytes must outlive the table. Problems: it is neither CSV nor XLSX, is damaged or over a limit.
  static Result<std::unique_ptr<Table>> open(std::string_view bytes, const TableLimits& limits = {});

  virtual TableFormat format() const = 0;
  // What the first rows seem to be written in.
  Lettering guessed() const { return guessed_; }
  // All rows that hold something, texts in Unicode; may be called again. Problems name the line.
  Result<Done> read(Lettering lettering, const RowSink& sink) const;

 protected:
  virtual Result<Done> read_raw(const RowSink& sink) const = 0;

 private:
  Result<Done> guess();
  Lettering guessed_ = Lettering::unicode;
};

// The two readers behind open().
Result<std::unique_ptr<Table>> open_csv_table(std::string_view bytes, const TableLimits& limits);
Result<std::unique_ptr<Table>> open_xlsx_table(std::string_view bytes, const TableLimits& limits);

// "12/3/2026", "2026-03-12", or the number of days since 1899-12-30 that a spreadsheet holds for a date.
std::optional<Date> date_in_cell(std::string_view cell);

}  // namespace danchu

namespace danchu {
template <>
struct Choices<TableFormat> {
  static constexpr ChoiceName names[] = {{"csv", N_("CSV")}, {"xlsx", N_("XLSX (Excel)")}};
};
}  // namespace danchu
