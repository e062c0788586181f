#include "base/table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/csv.h"
#include "base/text.h"

namespace danchu {
namespace {

constexpr int rows_to_guess = 2'000;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// ---- CSV ----------------------------------------------------------------------------------------------

// What Windows-1252 writes at 0x80-0x9F; 0: nothing.
constexpr char16_t windows_1252[] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// "CSV (ANSI)" of a spreadsheet: one byte a letter.
std::string from_one_byte(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 3 / 2);
  for (char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    append_utf8(out, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
  }
  return out;
}

// "Unicode text" of a spreadsheet. A surrogate without its other half becomes U+FFFD.
std::string from_utf16(std::string_view bytes, bool little) {
  std::string out;
  out.reserve(bytes.size());
  auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(little ? a | b << 8 : a << 8 | b);
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t c = unit(i);
    const bool high = c >= 0xD800 && c < 0xDC00;
    const std::uint32_t low = high && i + 3 < bytes.size() ? unit(i + 2) : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    append_utf8(out, c);
  }
  return out;
}

class CsvTable final : public Table {
 public:
  CsvTable(std::string_view bytes, const TableLimits& limits) : limits_(limits) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
      decoded_ = from_utf16(bytes.substr(2), bytes[0] == '\xFF');
    else if (!is_clean_utf8(bytes))
      decoded_ = from_one_byte(bytes);
    text_ = decoded_.empty() ? bytes : std::string_view(decoded_);
  }
  TableFormat format() const override { return TableFormat::csv; }

 protected:
  Result<Done> read_raw(const RowSink& sink) const override {
    TableRow row;
    return read_csv(text_, {limits_.rows, limits_.columns, limits_.cell_bytes}, [&](CsvRow& read) {
      row.line = read.line;
      row.cells = std::move(read.cells);
      return sink(row);
    });
  }

 private:
  TableLimits limits_;
  std::string decoded_;
  std::string_view text_;
};

}  // namespace

Result<std::unique_ptr<Table>> open_csv_table(std::string_view bytes, const TableLimits& limits) {
  return std::unique_ptr<Table>(std::make_unique<CsvTable>(bytes, limits));
}

Result<std::unique_ptr<Table>> Table::open(std::string_view bytes, const TableLimits& limits) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return problem(
        Fault::invalid,
        N_("This is an old or a locked Excel file. Open it and save it as “Excel Workbook (.xlsx)”, "
           "without a password."));
  if (bytes.empty()) return problem(Fault::invalid, N_("The file is empty"));
  auto opened = bytes.starts_with("PK") ? open_xlsx_table(bytes, limits) : open_csv_table(bytes, limits);
  if (!opened) return opened;
  auto guessed = (*opened)->guess();
  if (!guessed) return guessed.problems();
  return opened;
}

Result<Done> Table::guess() {
  LetteringGuess guess;
  int rows = 0;
  auto read = read_raw([&](TableRow& row) {
    for (const std::string& cell : row.cells) guess.add(cell);
    return ++rows < rows_to_guess;
  });
  guessed_ = guess.best();
  return read;
}

Result<Done> Table::read(Lettering lettering, const RowSink& sink) const {
  return read_raw([&](TableRow& row) {
    for (std::string& cell : row.cells) cell = in_unicode(cell, lettering);
    for (std::string& cell : row.merged) cell = in_unicode(cell, lettering);
    return sink(row);
  });
}

std::optional<Date> date_in_cell(std::string_view cell) {
  constexpr std::int64_t earliest = 1, latest = 110'000;  // to the year 2201
  cell = trim(cell);
  std::int64_t number = 0;
  if (is_number(cell) && cell.size() <= 6) {
    std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (number < earliest || number > latest) return std::nullopt;
    return make_date(1899, 12, 30) + static_cast<int>(number);
  }
  if (auto iso = parse_date(cell)) return iso;
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = i < 2 ? cell.find_first_of("/.-") : cell.size();
    if (end == std::string_view::npos || end > 4 || !is_number(cell.substr(0, end))) return std::nullopt;
    std::from_chars(cell.data(), cell.data() + end, parts[i]);
    cell.remove_prefix(std::min(cell.size(), end + 1));
  }
  auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (parts[2] < 1900) return std::nullopt;
  return parse_date(std::to_string(parts[2]) + "-" + two(parts[1]) + "-" + two(parts[0]));
}

}  // namespace danchu
