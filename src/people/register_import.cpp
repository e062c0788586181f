// A village's list of households from a spreadsheet saved as CSV.
#include <algorithm>
#include <set>

#include "base/csv.h"
#include "base/text.h"
#include "people/register_rows.h"

namespace danchu::people {
namespace {

struct Heading {
  std::string_view field, written;  // folded
};
constexpr Heading headings[] = {{"number", "so thu tu"},
                                {"number", "stt"},
                                {"number", "tt"},
                                {"number", "number"},
                                {"house", "so nha"},
                                {"house", "ho so"},
                                {"house", "house"},
                                {"house", "house number"},
                                {"head", "chu ho"},
                                {"head", "ten chu ho"},
                                {"head", "ho ten chu ho"},
                                {"head", "ho va ten chu ho"},
                                {"head", "ho va ten"},
                                {"head", "head"},
                                {"head", "head of household"},
                                {"beside", "phan biet"},
                                {"beside", "vo chong"},
                                {"beside", "vo hoac chong"},
                                {"beside", "beside"},
                                {"temporary", "tam tru"},
                                {"temporary", "temporary"},
                                {"circumstance", "truong hop"},
                                {"circumstance", "circumstance"}};
struct CircumstanceWords {
  Circumstance circumstance;
  std::string_view written;
};
constexpr CircumstanceWords circumstance_words[] = {{Circumstance::one_person, "một người"},
                                                    {Circumstance::away_at_work, "đi làm ăn xa"},
                                                    {Circumstance::shared_house, "hai hộ một nhà"}};
constexpr std::size_t lines_before_headings = 10;  // titles that real lists carry above the table

std::string_view field_of(const std::string& cell) {
  std::string written = fold(cell);
  for (const Heading& heading : headings)
    if (heading.written == written) return heading.field;
  return "";
}

// Letters of the TCVN3 and VNI fonts, read as Unicode, are signs and foreign letters.
bool from_an_old_font(const std::string& cell) {
  std::string folded = fold(cell);
  bool foreign = std::any_of(folded.begin(), folded.end(), [](unsigned char c) { return c >= 0x80; });
  for (std::size_t i = 0; i + 1 < cell.size(); ++i)
    foreign = foreign || (static_cast<unsigned char>(cell[i]) == 0xC2 &&
                          static_cast<unsigned char>(cell[i + 1]) != 0xA0);
  return foreign;
}

std::string yes_or_no(const std::string& cell) {
  std::string word = fold(cell);
  if (word == "x" || word == "co" || word == "tam tru") return "true";
  if (word.empty() || word == "khong" || word == "thuong tru") return "false";
  return cell;
}

// The code of a case written in words; other words stay, and are refused as they stand.
std::string circumstance_code(const std::string& cell) {
  std::string word = fold(cell);
  if (word.empty()) return std::string(code_of(Circumstance::usual));
  for (const CircumstanceWords& known : circumstance_words)
    if (fold(known.written) == word) return std::string(code_of(known.circumstance));
  return cell;
}

// Two lines that may be one household: one name at one house, or beside one person.
std::vector<std::string> likenesses(const std::string& house, const std::string& head,
                                    const std::string& beside) {
  std::vector<std::string> keys;
  if (!house.empty()) keys.push_back("house " + fold(house) + "/" + fold(head));
  if (!beside.empty()) keys.push_back("beside " + fold(beside) + "/" + fold(head));
  return keys;
}

class Import {
 public:
  explicit Import(const std::vector<Household>& present) {
    for (const Household& h : present) {
      numbers_.insert(h.number);
      remember(h.number, h.house.value, h.head.value, h.beside.value);
    }
  }

  Result<ImportPreview> read(const std::vector<CsvRow>& rows) {
    std::size_t first = find_headings(rows);
    if (first == 0)
      return problem(Fault::invalid,
                     N_("The file needs a line of headings with a column “chủ hộ” (head of household)"));
    for (std::size_t i = first; i < rows.size(); ++i) read_line(rows[i]);
    if (numbers_.size() > most_households)
      return problem(Fault::too_large, N_("A village has at most {max} households"),
                     {{"max", std::to_string(most_households)}});
    for (ImportLine* line : without_number()) line->number.value = ++greatest_;
    for (ImportLine& line : preview_.lines) note_likeness(line);
    return std::move(preview_);
  }

 private:
  std::size_t find_headings(const std::vector<CsvRow>& rows) {
    for (std::size_t i = 0; i < std::min(rows.size(), lines_before_headings); ++i) {
      columns_.clear();
      names_ = rows[i].cells;
      for (const std::string& cell : rows[i].cells) columns_.push_back(field_of(cell));
      if (std::find(columns_.begin(), columns_.end(), "head") != columns_.end()) return i + 1;
    }
    return 0;
  }

  void read_line(const CsvRow& row) {
    ImportLine line;
    line.line = row.line;
    line.number.value = 0;
    for (std::size_t c = 0; c < std::min(row.cells.size(), columns_.size()); ++c)
      if (!columns_[c].empty()) read_cell(line, c, row.cells[c]);
    if (line.head.value.empty() && !refused(line, "head"))
      wrong(line, "", N_("The name of the head of household is missing"));
    if (line.number.value != 0 && !numbers_.insert(line.number.value).second)
      wrong(line, "", N_("House order number {number} is taken"),
            {{"number", std::to_string(line.number.value)}});
    greatest_ = std::max(greatest_, line.number.value);
    preview_.lines.push_back(std::move(line));
  }

  void read_cell(ImportLine& line, std::size_t column, const std::string& cell) {
    if (columns_[column] == "number" && trim(cell).empty()) return;
    if (from_an_old_font(cell)) {
      wrong(line, names_[column],
            N_("This is written in an old font (TCVN3 or VNI). Convert the list to Unicode first."));
      return;
    }
    const Field* field = find_field(fields_of<ImportLine>(), columns_[column]);
    const std::string said = columns_[column] == "temporary"      ? yes_or_no(cell)
                             : columns_[column] == "circumstance" ? circumstance_code(cell)
                                                                  : cell;
    Complaint complaint = field->parse(&line, said);
    if (complaint)
      wrong(line, names_[column], complaint.message,
            {{"min", std::to_string(field->limits.min)}, {"max", std::to_string(field->limits.max)}});
  }

  void wrong(const ImportLine& line, std::string column, std::string_view message, Args args = {}) {
    preview_.errors.push_back({line.line, std::move(column), message, std::move(args)});
  }

  bool refused(const ImportLine& line, std::string_view field) const {
    return std::any_of(preview_.errors.begin(), preview_.errors.end(), [&](const ImportError& e) {
      return e.line == line.line && !e.column.empty() && field_of(e.column) == field;
    });
  }

  std::vector<ImportLine*> without_number() {
    std::vector<ImportLine*> lines;
    for (std::int64_t number : numbers_) greatest_ = std::max(greatest_, number);
    for (ImportLine& line : preview_.lines)
      if (line.number.value == 0) lines.push_back(&line);
    return lines;
  }

  void note_likeness(ImportLine& line) {
    for (const std::string& key : likenesses(line.house.value, line.head.value, line.beside.value))
      if (auto found = seen_.find(key); found != seen_.end()) line.like = std::to_string(found->second);
    if (!line.like.empty()) ++preview_.doubtful;
    remember(line.number.value, line.house.value, line.head.value, line.beside.value);
  }

  void remember(std::int64_t number, const std::string& house, const std::string& head,
                const std::string& beside) {
    for (const std::string& key : likenesses(house, head, beside)) seen_.emplace(key, number);
  }

  std::vector<std::string_view> columns_;  // field by column, empty: not read
  std::vector<std::string> names_;
  std::set<std::int64_t> numbers_;
  std::int64_t greatest_ = 0;
  std::map<std::string, std::int64_t> seen_;
  ImportPreview preview_;
};

}  // namespace

std::string_view written(Circumstance circumstance) {
  for (const CircumstanceWords& known : circumstance_words)
    if (known.circumstance == circumstance) return known.written;
  return "";
}

Result<ImportPreview> preview_import(store::Reader& r, Id<Unit> village, std::string_view csv) {
  auto rows = parse_csv(csv, {.rows = most_households + lines_before_headings});
  if (!rows) return rows.problems();
  return Import(households(r, village)).read(*rows);
}

Result<std::int64_t> import_households(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                       Id<Unit> village, std::string_view csv, Date happened,
                                       const std::string& paper) {
  if (auto refusal = register_refusal(w, viewer, village)) return *refusal;
  if (happened > local_date(w.now())) return problem_at("happened", N_("This day has not come yet"));
  Result<ImportPreview> preview = preview_import(w, village, csv);
  if (!preview) return preview.problems();
  Problems wrong;
  for (const ImportError& error : preview->errors)
    wrong.push_back({Fault::invalid, "line." + std::to_string(error.line), error.message, error.args, {}});
  if (wrong.empty() && preview->lines.empty())
    wrong = problem(Fault::invalid, N_("The file holds no household"));
  if (!wrong.empty()) return wrong;
  for (const ImportLine& line : preview->lines)
    put_household(w,
                  {{},
                   village,
                   line.number.value,
                   line.house,
                   line.head,
                   line.beside,
                   line.temporary,
                   {},
                   line.circumstance},
                  happened, "imported");
  auto count = static_cast<std::int64_t>(preview->lines.size());
  record_change(w, keys, {village, Change::imported, {}, {}, happened, count, paper, viewer.account});
  return count;
}

}  // namespace danchu::people
