// A sheet of an XLSX workbook (ECMA-376): what of it a list needs, read as it is unpacked.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "base/table.h"
#include "base/text.h"
#include "base/unzip.h"
#include "base/xml_events.h"

namespace danchu {
namespace {

constexpr std::uint64_t largest_part = 4 << 20;  // bytes of the workbook's own small parts, unpacked
constexpr std::size_t most_texts = 3'000'000;
constexpr std::size_t most_blocks = 100'000;
constexpr std::int64_t last_row = 1'048'576;
constexpr std::size_t last_column = 16'384;  // counted from 1

Problems not_a_workbook() {
  return problem(
      Fault::invalid,
      N_("This is no Excel workbook we can read. Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”."));
}

Result<Done> read_xml(const ZipFile& zip, const std::string& name, std::uint64_t most, XmlHandlers handlers) {
  if (!zip.has(name)) return not_a_workbook();
  XmlReader xml(std::move(handlers));
  bool fine = true;
  auto read = zip.read(name, most, [&](std::string_view piece) { return fine = xml.feed(piece); });
  if (!read) return read;
  if (!fine || !xml.finish()) return not_a_workbook();
  return Done{};
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

struct CellAddress {
  std::size_t column = 0;  // from 0
  std::int64_t row = 0;    // from 1
};
// "AB12"
std::optional<CellAddress> cell_address(std::string_view text) {
  CellAddress at;
  std::size_t i = 0, column = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && column <= last_column; ++i)
    column = column * 26 + static_cast<std::size_t>(text[i] - 'A') + 1;
  at.row = number_in(text.substr(i));
  if (column == 0 || column > last_column || at.row < 1 || at.row > last_row) return std::nullopt;
  at.column = column - 1;
  return at;
}

std::string column_name(std::size_t column) {
  std::string name;
  for (++column; column > 0; column = (column - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

// A number as a person would type it: "12" for 12.0, for whole numbers that a double holds exactly.
std::string plain_number(std::string text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return text;
  if (std::floor(value) != value || std::abs(value) > 9e15) return text;
  return std::to_string(static_cast<std::int64_t>(value));
}

// Cells hold line breaks ("Lò Văn A\n(vợ B)") where a list means one line.
void in_one_line(std::string& text) {
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
}

// "xl/worksheets/sheet1.xml" for a target beside xl/workbook.xml.
std::string part_name(std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

// Where the first visible sheet and the shared texts lie.
struct Parts {
  std::string sheet, texts;
};
Result<Parts> parts_of(const ZipFile& zip) {
  std::string sheet_id;
  bool hidden = true;
  XmlHandlers book;
  book.begins = [&](std::string_view name, const XmlAttributes& a) {
    if (name != "sheet" || !hidden) return;
    const std::string_view state = a.get("state");
    if (!sheet_id.empty() && !state.empty() && state != "visible") return;
    sheet_id = a.get("id");
    hidden = !state.empty() && state != "visible";
  };
  auto read = read_xml(zip, "xl/workbook.xml", largest_part, book);
  if (!read) return read.problems();
  Parts parts;
  XmlHandlers relations;
  relations.begins = [&](std::string_view name, const XmlAttributes& a) {
    if (name != "Relationship") return;
    if (a.get("Id") == sheet_id) parts.sheet = part_name(a.get("Target"));
    if (a.get("Type").ends_with("/sharedStrings")) parts.texts = part_name(a.get("Target"));
  };
  read = read_xml(zip, "xl/_rels/workbook.xml.rels", largest_part, relations);
  if (!read) return read.problems();
  if (sheet_id.empty() || parts.sheet.empty()) return not_a_workbook();
  return parts;
}

// A block of merged cells that reaches over several rows.
struct Block {
  std::size_t column = 0;
  std::int64_t top = 0, bottom = 0;
};

class XlsxTable final : public Table {
 public:
  XlsxTable(ZipFile zip, const TableLimits& limits) : zip_(std::move(zip)), limits_(limits) {}
  TableFormat format() const override { return TableFormat::xlsx; }

  Result<Done> load() {
    auto parts = parts_of(zip_);
    if (!parts) return parts.problems();
    sheet_ = parts->sheet;
    if (!parts->texts.empty() && zip_.has(parts->texts))
      if (auto read = load_texts(parts->texts); !read) return read;
    return load_blocks();
  }

 protected:
  Result<Done> read_raw(const RowSink& sink) const override;

 private:
  friend class SheetReader;

  Result<Done> load_texts(const std::string& part) {
    bool in_text = false, phonetic = false, too_many = false;
    std::string text;
    XmlHandlers h;
    h.begins = [&](std::string_view name, const XmlAttributes&) {
      if (name == "si") text.clear();
      if (name == "rPh") phonetic = true;
      in_text = name == "t" && !phonetic;
    };
    h.text = [&](std::string_view piece) {
      if (in_text && text.size() <= limits_.cell_bytes) text += piece;
    };
    h.ends = [&](std::string_view name) {
      if (name == "t") in_text = false;
      if (name == "rPh") phonetic = false;
      if (name != "si") return;
      in_one_line(text);
      too_many = too_many || texts_.size() >= most_texts;
      if (!too_many) texts_.push_back(text);
    };
    auto read = read_xml(zip_, part, limits_.texts_bytes, h);
    if (read && too_many) return problem(Fault::too_large, N_("The workbook holds too many texts"));
    return read;
  }

  // Merged blocks stand after the rows, so a sheet is looked through before it is read, where it has any.
  Result<Done> load_blocks() {
    bool any = false;
    std::string tail;
    auto looked = zip_.read(sheet_, limits_.sheet_bytes, [&](std::string_view piece) {
      tail += piece;
      any = tail.find("mergeCell") != std::string::npos;
      tail.erase(0, tail.size() - std::min<std::size_t>(tail.size(), 16));
      return !any;
    });
    if (!looked || !any) return looked;
    XmlHandlers h;
    h.begins = [&](std::string_view name, const XmlAttributes& a) {
      if (name != "mergeCell" || blocks_.size() >= most_blocks) return;
      const std::string_view range = a.get("ref");
      const std::size_t colon = range.find(':');
      if (colon == std::string_view::npos) return;
      auto from = cell_address(range.substr(0, colon)), to = cell_address(range.substr(colon + 1));
      if (from && to && to->row > from->row && from->column < limits_.columns)
        blocks_.emplace(from->row, Block{from->column, from->row, to->row});
    };
    return read_xml(zip_, sheet_, limits_.sheet_bytes, h);
  }

  ZipFile zip_;
  TableLimits limits_;
  std::string sheet_;
  std::vector<std::string> texts_;
  std::multimap<std::int64_t, Block> blocks_;  // by their first row
};

// Rows out of a sheet's events.
class SheetReader {
 public:
  SheetReader(const XlsxTable& table, const RowSink& sink) : table_(table), sink_(sink) {}

  Result<Done> read() {
    XmlHandlers h;
    h.begins = [&](std::string_view name, const XmlAttributes& a) { begins(name, a); };
    h.text = [&](std::string_view piece) {
      if (in_value_ && value_.size() <= table_.limits_.cell_bytes) value_ += piece;
    };
    h.ends = [&](std::string_view name) { ends(name); };
    XmlReader xml(h);
    bool fine = true;
    auto read = table_.zip_.read(table_.sheet_, table_.limits_.sheet_bytes, [&](std::string_view piece) {
      fine = xml.feed(piece);
      return fine && wrong_.empty() && !stopped_;
    });
    if (!read) return read;
    if (!wrong_.empty()) return wrong_;
    if (stopped_) return Done{};
    if (!fine || !xml.finish()) return not_a_workbook();
    return Done{};
  }

 private:
  bool done() const { return stopped_ || !wrong_.empty(); }

  void begins(std::string_view name, const XmlAttributes& a) {
    if (done()) return;
    if (name == "row") begin_row(a.get("r"));
    if (name == "c") begin_cell(a.get("r"), a.get("t"));
    if (name == "rPh") phonetic_ = true;
    if (name == "v" || (name == "t" && !phonetic_)) in_value_ = in_cell_;
  }

  void begin_row(std::string_view number) {
    const std::int64_t said = number.empty() ? row_.line + 1 : number_in(number);
    if (said <= row_.line || said > last_row) {
      wrong_ = not_a_workbook();
      return;
    }
    row_.line = said;
    row_.cells.clear();
    row_.merged.clear();
    column_ = 0;
    in_row_ = true;
  }

  void begin_cell(std::string_view address, std::string_view type) {
    if (!in_row_) return;
    auto at = address.empty() ? std::optional(CellAddress{column_, row_.line}) : cell_address(address);
    if (!at || at->row != row_.line || at->column < column_) {
      wrong_ = not_a_workbook();
      return;
    }
    column_ = at->column;
    type_ = type;
    value_.clear();
    in_cell_ = true;
  }

  void ends(std::string_view name) {
    if (done()) return;
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "c" && in_cell_) end_cell();
    if (name == "row" && in_row_) end_row();
  }

  void end_cell() {
    in_cell_ = false;
    std::string text = text_of_cell();
    const std::size_t column = column_++;
    if (trim(text).empty()) return;
    if (column >= table_.limits_.columns) {
      wrong_ = problem(Fault::too_large,
                       N_("Line {line} holds something in column {column}: a list has {max} columns at most"),
                       {{"line", std::to_string(row_.line)},
                        {"column", column_name(column)},
                        {"max", std::to_string(table_.limits_.columns)}});
      return;
    }
    if (text.size() > table_.limits_.cell_bytes) {
      wrong_ = problem(Fault::invalid, N_("Line {line}: a cell is too long"),
                       {{"line", std::to_string(row_.line)}});
      return;
    }
    row_.cells.resize(column + 1);
    row_.cells[column] = std::move(text);
  }

  std::string text_of_cell() {
    if (type_ == "s") {
      const std::int64_t index = number_in(trim(value_));
      if (value_.empty()) return "";
      if (index < 0 || index >= static_cast<std::int64_t>(table_.texts_.size())) {
        wrong_ = not_a_workbook();
        return "";
      }
      return table_.texts_[static_cast<std::size_t>(index)];
    }
    if (type_ == "b") return value_ == "1" ? "x" : "";
    if (type_ == "str" || type_ == "inlineStr" || type_ == "e") {
      in_one_line(value_);
      return value_;
    }
    return plain_number(value_);
  }

  void end_row() {
    in_row_ = false;
    merge();
    const bool empty = row_.cells.empty();  // blank cells were never put in
    if (empty) return;
    if (++rows_ > table_.limits_.rows) {
      wrong_ = problem(Fault::too_large, N_("The file has more than {max} lines"),
                       {{"max", std::to_string(table_.limits_.rows)}});
      return;
    }
    TableRow row = row_;
    stopped_ = !sink_(row);
  }

  // Notes the blocks that begin here, and gives empty cells the text of theirs.
  void merge() {
    for (auto [at, end] = table_.blocks_.equal_range(row_.line); at != end; ++at) {
      const std::size_t column = at->second.column;
      if (column < row_.cells.size() && !row_.cells[column].empty())
        open_[column] = {at->second.bottom, row_.cells[column]};
    }
    for (auto at = open_.begin(); at != open_.end();) {
      const auto& [bottom, text] = at->second;
      if (bottom < row_.line) {
        at = open_.erase(at);
        continue;
      }
      const std::size_t column = at->first;
      if (column >= row_.cells.size() || row_.cells[column].empty()) {
        if (row_.merged.size() <= column) row_.merged.resize(column + 1);
        row_.merged[column] = text;
      }
      ++at;
    }
  }

  const XlsxTable& table_;
  const RowSink& sink_;
  TableRow row_;
  std::size_t rows_ = 0, column_ = 0;
  std::string type_, value_;
  bool in_row_ = false, in_cell_ = false, in_value_ = false, phonetic_ = false, stopped_ = false;
  Problems wrong_;
  std::map<std::size_t, std::pair<std::int64_t, std::string>> open_;  // blocks by column: last row, text
};

Result<Done> XlsxTable::read_raw(const RowSink& sink) const { return SheetReader(*this, sink).read(); }

}  // namespace

Result<std::unique_ptr<Table>> open_xlsx_table(std::string_view bytes, const TableLimits& limits) {
  auto zip = ZipFile::open(bytes);
  if (!zip) return zip.problems();
  auto table = std::make_unique<XlsxTable>(std::move(*zip), limits);
  auto loaded = table->load();
  if (!loaded) return loaded.problems();
  return std::unique_ptr<Table>(std::move(table));
}

}  // namespace danchu
