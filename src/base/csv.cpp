#include "base/csv.h"

#include <algorithm>

#include "base/text.h"

namespace danchu {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Of the first line that holds one: real lists begin with a title.
char separator_of(std::string_view text) {
  for (int line = 0; line < 10 && !text.empty(); ++line) {
    const std::string_view first = text.substr(0, text.find('\n'));
    char most = ',';
    for (char c : {';', '\t'})
      if (std::count(first.begin(), first.end(), c) > std::count(first.begin(), first.end(), most)) most = c;
    if (first.find(most) != std::string_view::npos) return most;
    text.remove_prefix(std::min(text.size(), first.size() + 1));
  }
  return ',';
}

Problems at_line(int line, std::string_view message, Args args = {}) {
  args.emplace_back("line", std::to_string(line));
  return problem(Fault::invalid, message, std::move(args));
}

class CsvReader {
 public:
  CsvReader(std::string_view text, const CsvLimits& limits)
      : text_(text), limits_(limits), separator_(separator_of(text)) {}

  Result<Done> read(const std::function<bool(CsvRow&)>& sink) {
    std::size_t rows = 0;
    while (at_ < text_.size()) {
      CsvRow row{line_, {}};
      do {
        std::string cell;
        Problems wrong = read_cell(cell);
        if (!wrong.empty()) return wrong;
        if (cell.size() > limits_.cell_bytes) return at_line(line_, N_("Line {line}: a cell is too long"));
        row.cells.push_back(std::move(cell));
        if (row.cells.size() > limits_.columns)
          return at_line(line_, N_("Line {line}: there are too many columns"));
      } while (take(separator_));
      end_line();
      bool empty =
          std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return trim(c).empty(); });
      if (empty) continue;
      if (++rows > limits_.rows)
        return problem(Fault::too_large, N_("The file has more than {max} lines"),
                       {{"max", std::to_string(limits_.rows)}});
      if (!sink(row)) break;
    }
    return Done{};
  }

 private:
  bool take(char c) {
    bool found = at_ < text_.size() && text_[at_] == c;
    if (found) ++at_;
    return found;
  }
  void end_line() {
    take('\r');
    take('\n');
    ++line_;
  }
  Problems read_cell(std::string& cell) {
    if (take('"')) return read_quoted(cell);
    std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    cell = text_.substr(from, at_ - from);
    return {};
  }
  Problems read_quoted(std::string& cell) {
    int began = line_;
    while (at_ < text_.size()) {
      char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        cell += c;
      } else if (!take('"')) {
        bool ends =
            at_ == text_.size() || text_[at_] == separator_ || text_[at_] == '\r' || text_[at_] == '\n';
        return ends ? Problems{}
                    : at_line(line_, N_("Line {line}: there is text after a closing quotation mark"));
      } else {
        cell += '"';
      }
    }
    return at_line(began, N_("Line {line}: a quotation mark is opened and never closed"));
  }

  std::string_view text_;
  const CsvLimits& limits_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

Result<Done> read_csv(std::string_view text, const CsvLimits& limits,
                      const std::function<bool(CsvRow&)>& row) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (!is_clean_utf8(text))
    return problem(Fault::invalid,
                   N_("The file is not UTF-8 text. In Excel choose “CSV UTF-8” when saving."));
  return CsvReader(text, limits).read(row);
}

Result<std::vector<CsvRow>> parse_csv(std::string_view text, const CsvLimits& limits) {
  std::vector<CsvRow> rows;
  auto read = read_csv(text, limits, [&](CsvRow& row) {
    rows.push_back(std::move(row));
    return true;
  });
  if (!read) return read.problems();
  return rows;
}

namespace {

// A spreadsheet takes a cell that begins so for a formula; one that splits at semicolons sees cells of its
// own.
void disarm(std::string& value) {
  for (std::size_t i = 0; i < value.size(); ++i)
    if ((i == 0 || value[i - 1] == ';') &&
        std::string_view("=+-@\t").find(value[i]) != std::string_view::npos)
      value.insert(i, 1, '\'');
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    std::string value = cell;
    disarm(value);
    if (value.find_first_of(",\";\t\r\n") == std::string::npos) {
      line += value;
      continue;
    }
    line += '"';
    for (char c : value) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace danchu
