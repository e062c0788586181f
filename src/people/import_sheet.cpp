#include "people/import_sheet.h"

#include <algorithm>

#include "base/text.h"

namespace danchu::people {
namespace {

constexpr int rows_before_headings = 10;   // titles that real lists carry above the table
constexpr std::size_t longest_shown = 60;  // bytes of a wrong cell in the report

std::string shortened(std::string_view value) {
  if (value.size() <= longest_shown) return std::string(value);
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return std::string(value.substr(0, end)) + "…";
}

}  // namespace

std::string_view SheetRow::cell(std::string_view field) const {
  const int column = sheet_.column_of(field);
  if (column < 0 || static_cast<std::size_t>(column) >= row_.cells.size()) return {};
  return trim(row_.cells[static_cast<std::size_t>(column)]);
}

std::string_view SheetRow::cell_or_block(std::string_view field) const {
  std::string_view own = cell(field);
  const int column = sheet_.column_of(field);
  if (!own.empty() || column < 0 || static_cast<std::size_t>(column) >= row_.merged.size()) return own;
  return trim(row_.merged[static_cast<std::size_t>(column)]);
}

int Sheet::column_of(std::string_view field) const {
  auto at = std::find(columns_.begin(), columns_.end(), field);
  return at == columns_.end() ? -1 : static_cast<int>(at - columns_.begin());
}

std::string Sheet::heading(std::string_view field) const {
  const int column = column_of(field);
  return column < 0 ? std::string(field) : names_[static_cast<std::size_t>(column)];
}

bool Sheet::is_heading(const TableRow& row) {
  columns_.clear();
  names_.clear();
  for (const std::string& cell : row.cells) {
    const std::string written = fold(cell);
    auto known = std::find_if(headings_.begin(), headings_.end(),
                              [&](const Heading& heading) { return fold(heading.written) == written; });
    const bool taken = known != headings_.end() &&
                       std::find(columns_.begin(), columns_.end(), known->field) != columns_.end();
    columns_.push_back(known == headings_.end() || taken ? std::string_view{} : known->field);
    names_.emplace_back(trim(cell));
  }
  return std::all_of(required_.begin(), required_.end(),
                     [&](std::string_view field) { return column_of(field) >= 0; });
}

Result<Done> Sheet::read(const Table& table, Lettering lettering,
                         const std::function<void(const SheetRow&)>& row) {
  bool found = false;
  int before = 0;
  auto read = table.read(lettering, [&](TableRow& cells) {
    if (found)
      row(SheetRow(*this, cells));
    else
      found = is_heading(cells);
    return found || ++before < rows_before_headings;
  });
  if (!read || found) return read;
  std::string missing;
  for (std::string_view field : required_) {
    auto name = std::find_if(headings_.begin(), headings_.end(),
                             [&](const Heading& heading) { return heading.field == field; });
    missing += (missing.empty() ? "“" : ", “") + std::string(name->written) + "”";
  }
  return problem(
      Fault::invalid,
      N_("The file needs a line of headings among its first ten, with the columns {columns} (with or "
         "without tone marks). Download the template and copy the list into it."),
      {{"columns", missing}});
}

bool from_an_old_font(std::string_view cell) {
  const std::string folded = fold(cell);
  bool foreign = std::any_of(folded.begin(), folded.end(), [](unsigned char c) { return c >= 0x80; });
  for (std::size_t i = 0; i + 1 < cell.size(); ++i)
    foreign = foreign || (static_cast<unsigned char>(cell[i]) == 0xC2 &&
                          static_cast<unsigned char>(cell[i + 1]) != 0xA0);
  return foreign;
}

void Mistakes::add(std::int64_t line, std::string column, std::string_view value, std::string_view message,
                   Args args) {
  ++total_;
  const auto at = static_cast<std::size_t>(std::max<std::int64_t>(line, 0));
  if (lines_.size() <= at) lines_.resize(at + 1);
  if (!lines_[at]) ++rows_;
  lines_[at] = true;
  if (errors_.size() < most_errors)
    errors_.push_back({line, std::move(column), shortened(value), message, std::move(args)});
}

std::vector<ImportError> Mistakes::take() {
  std::stable_sort(errors_.begin(), errors_.end(),
                   [](const ImportError& a, const ImportError& b) { return a.line < b.line; });
  return std::move(errors_);
}

bool read_cell(void* record, Fields fields, std::string_view field, std::string_view value,
               const Sheet& sheet, const SheetRow& row, Mistakes& mistakes, std::string_view answers) {
  if (from_an_old_font(value)) {
    mistakes.add(
        row.line(), sheet.heading(field), value,
        N_("These are no Vietnamese letters. If the list is written in an old font, choose TCVN3 or VNI; "
           "else correct the cell."));
    return false;
  }
  const Field* at = find_field(fields, field);
  Complaint complaint = at->parse(record, value);
  if (!complaint) return true;
  mistakes.add(row.line(), sheet.heading(field), value, answers.empty() ? complaint.message : answers,
               {{"min", std::to_string(at->limits.min)}, {"max", std::to_string(at->limits.max)}});
  return false;
}

}  // namespace danchu::people
