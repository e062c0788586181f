#include "people/import_households.h"

#include <algorithm>

#include "base/text.h"
#include "people/household_list.h"
#include "people/import_places.h"
#include "people/register_rows.h"
#include "people/units.h"

namespace danchu::people {
namespace {

constexpr auto headings = joined(headings_of("commune", commune_words), headings_of("village", village_words),
                                 std::to_array<Heading>({{"number", "số thứ tự"},
                                                         {"number", "stt"},
                                                         {"number", "tt"},
                                                         {"number", "number"},
                                                         {"house", "số nhà"},
                                                         {"house", "hộ số"},
                                                         {"house", "house"},
                                                         {"house", "house number"},
                                                         {"head", "chủ hộ"},
                                                         {"head", "tên chủ hộ"},
                                                         {"head", "họ tên chủ hộ"},
                                                         {"head", "họ và tên chủ hộ"},
                                                         {"head", "họ và tên"},
                                                         {"head", "họ tên"},
                                                         {"head", "head"},
                                                         {"head", "head of household"},
                                                         {"beside", "phân biệt"},
                                                         {"beside", "vợ chồng"},
                                                         {"beside", "vợ hoặc chồng"},
                                                         {"beside", "beside"},
                                                         {"temporary", "tạm trú"},
                                                         {"temporary", "temporary"},
                                                         {"circumstance", "trường hợp"},
                                                         {"circumstance", "circumstance"}}));

struct CircumstanceWords {
  Circumstance circumstance;
  std::string_view written;
};
constexpr CircumstanceWords circumstance_words[] = {{Circumstance::one_person, "một người"},
                                                    {Circumstance::away_at_work, "đi làm ăn xa"},
                                                    {Circumstance::shared_house, "hai hộ một nhà"}};
constexpr std::int64_t progress_every = 10'000;

const store::Statement lists_in_use{
    "SELECT count(*) FROM household_list WHERE village = $1 AND state <> 'returned' AND id = (SELECT "
    "max(l.id) "
    "FROM household_list l WHERE l.village = $1)"};

std::string yes_or_no(std::string_view cell) {
  const std::string word = fold(cell);
  if (word == "x" || word == "co" || word == "tam tru") return "true";
  if (word.empty() || word == "khong" || word == "thuong tru") return "false";
  return std::string(cell);
}

// The code of a case written in words; other words stay, and are refused as they stand.
std::string circumstance_code(std::string_view cell) {
  const std::string word = fold(cell);
  if (word.empty()) return std::string(code_of(Circumstance::usual));
  for (const CircumstanceWords& known : circumstance_words)
    if (fold(known.written) == word) return std::string(code_of(known.circumstance));
  return std::string(cell);
}

// Two lines that may be one household: one name at one house, or beside one person.
std::vector<std::string> likenesses(const std::string& house, const std::string& head,
                                    const std::string& beside) {
  std::vector<std::string> keys;
  if (!house.empty()) keys.push_back("house " + fold(house) + "/" + fold(head));
  if (!beside.empty()) keys.push_back("beside " + fold(beside) + "/" + fold(head));
  return keys;
}

// What a line without an order number is known by.
std::string key_without_number(const std::string& house, const std::string& head, const std::string& beside) {
  return fold(head) + "/" + fold(house) + "/" + fold(beside);
}

// Makes the line what the household shall be, and says what that changes.
void compare(ImportLine& line, const Household& h, const HouseholdColumns& columns) {
  line.household = h.id;
  line.number.value = h.number;
  if (!columns.house || line.house.value.empty()) line.house = h.house;
  if (!columns.beside || line.beside.value.empty()) line.beside = h.beside;
  if (!columns.temporary) line.temporary = h.temporary;
  if (!columns.circumstance) line.circumstance = h.circumstance;
  const bool same = line.house == h.house && line.head == h.head && line.beside == h.beside &&
                    line.temporary == h.temporary && line.circumstance == h.circumstance;
  line.outcome = same ? LineOutcome::unchanged : LineOutcome::changed;
}

}  // namespace

std::string_view written(Circumstance circumstance) {
  for (const CircumstanceWords& known : circumstance_words)
    if (known.circumstance == circumstance) return known.written;
  return "";
}

// ---- one village --------------------------------------------------------------------------------------

std::int64_t VillageLines::match(const std::vector<Household>& present, const HouseholdColumns& columns,
                                 const Sheet& sheet, Mistakes& mistakes) {
  std::map<std::int64_t, const Household*> by_number;
  std::map<std::int64_t, std::int64_t> in_file;  // number -> line
  std::int64_t greatest = 0;
  for (const Household& h : present) {
    by_number.emplace(h.number, &h);
    greatest = std::max(greatest, h.number);
  }
  std::set<Id<Household>> named;
  for (ImportLine& line : lines) {
    line.household = {};
    line.outcome = LineOutcome::fresh;
    line.like.clear();
    if (line.own_number == 0) continue;
    line.number.value = line.own_number;
    greatest = std::max(greatest, line.own_number);
    auto [before, first] = in_file.emplace(line.own_number, line.line);
    if (!first) {
      mistakes.add(line.line, sheet.heading("number"), std::to_string(line.own_number),
                   N_("House order number {number} stands in line {line} already"),
                   {{"number", std::to_string(line.own_number)}, {"line", std::to_string(before->second)}});
      continue;
    }
    auto at = by_number.find(line.own_number);
    if (at == by_number.end()) continue;
    if (fold(at->second->head.value) != fold(line.head.value)) {
      mistakes.add(line.line, sheet.heading("number"), std::to_string(line.own_number),
                   N_("House order number {number} is another household's in the register. Leave the number "
                      "empty for a "
                      "new household; where the head of this one changed, correct the name in the register "
                      "first, with "
                      "its paper."),
                   {{"number", std::to_string(line.own_number)}});
      continue;
    }
    compare(line, *at->second, columns);
    named.insert(at->second->id);
  }
  std::multimap<std::string, const Household*> by_key;
  for (const Household& h : present)
    if (!named.count(h.id))
      by_key.emplace(key_without_number(h.house.value, h.head.value, h.beside.value), &h);
  for (ImportLine& line : lines) {
    if (line.own_number != 0) continue;
    auto at = by_key.find(key_without_number(line.house.value, line.head.value, line.beside.value));
    if (at == by_key.end()) {
      line.number.value = ++greatest;
      continue;
    }
    compare(line, *at->second, columns);
    named.insert(at->second->id);
    by_key.erase(at);
  }
  std::map<std::string, std::int64_t> seen;
  auto remember = [&](std::int64_t number, const auto& h) {
    for (const std::string& key : likenesses(h.house.value, h.head.value, h.beside.value))
      seen.emplace(key, number);
  };
  for (const Household& h : present) remember(h.number, h);
  for (ImportLine& line : lines) {
    if (line.outcome != LineOutcome::fresh) continue;
    for (const std::string& key : likenesses(line.house.value, line.head.value, line.beside.value))
      if (auto found = seen.find(key); found != seen.end()) line.like = std::to_string(found->second);
    remember(line.number.value, line);
  }
  return static_cast<std::int64_t>(present.size() - named.size());
}

std::int64_t VillageLines::changes() const {
  return std::count_if(lines.begin(), lines.end(),
                       [](const ImportLine& line) { return line.outcome != LineOutcome::unchanged; });
}

// ---- the file -----------------------------------------------------------------------------------------

HouseholdImport::HouseholdImport() : sheet_(headings, {"head"}) {}

Result<Done> HouseholdImport::read(const Table& table, Lettering lettering, std::string_view level,
                                   const ImportProgress& progress) {
  if (level == "commune") sheet_ = Sheet(headings, {"village", "head"});
  if (level == "province") sheet_ = Sheet(headings, {"commune", "village", "head"});
  return sheet_.read(table, lettering, [&](const SheetRow& row) {
    if (rows_ == 0)
      columns_ = {sheet_.has("house"), sheet_.has("beside"), sheet_.has("temporary"),
                  sheet_.has("circumstance")};
    read_row(row);
    if (++rows_ % progress_every == 0 && progress) progress(ImportStage::reading, rows_, 0);
  });
}

void HouseholdImport::read_row(const SheetRow& row) {
  ImportLine line;
  line.line = row.line();
  line.number.value = 0;
  const std::int64_t mistakes = reading_.total();
  for (std::string_view field : {"number", "house", "head", "beside", "temporary", "circumstance"})
    if (sheet_.has(field)) read_field(line, field, row);
  // Also a cell of nothing but characters that reading drops (direction marks).
  if (row.cell("head").empty() || (line.head.value.empty() && reading_.total() == mistakes))
    reading_.add(line.line, sheet_.heading("head"), "", N_("The name of the head of household is missing"));
  if (reading_.total() != mistakes) {
    unread_.push_back(
        {line.line, std::string(row.cell_or_block("commune")), std::string(row.cell_or_block("village"))});
    return;
  }
  line.own_number = line.number.value;
  villages_[position_of(row.cell_or_block("commune"), row.cell_or_block("village"))].lines.push_back(
      std::move(line));
}

std::size_t HouseholdImport::position_of(std::string_view commune, std::string_view village) {
  if (!villages_.empty() && villages_[last_].commune == commune && villages_[last_].village == village)
    return last_;
  // "NÀ CÁ" and "Nà  Cá" are one.
  std::pair key(fold_keeping_marks(commune), fold_keeping_marks(village));
  auto [at, first] = positions_.emplace(std::move(key), villages_.size());
  if (first) villages_.push_back({std::string(commune), std::string(village), {}});
  return last_ = at->second;
}

void HouseholdImport::read_field(ImportLine& line, std::string_view field, const SheetRow& row) {
  const std::string_view cell = row.cell(field);
  if (field == "number" && cell.empty()) return;
  if (field == "temporary")
    read_cell(&line, fields_of<ImportLine>(), field, yes_or_no(cell), sheet_, row, reading_,
              N_("Write x for temporary residents, and leave the cell empty for permanent ones"));
  else if (field == "circumstance")
    read_cell(&line, fields_of<ImportLine>(), field, circumstance_code(cell), sheet_, row, reading_,
              N_("Write một người, đi làm ăn xa or hai hộ một nhà, or leave the cell empty"));
  else
    read_cell(&line, fields_of<ImportLine>(), field, cell, sheet_, row, reading_);
}

void HouseholdImport::plan(store::Reader& r, const ImportOrder& order, Date today, ImportOutcome& outcome,
                           const ImportProgress& progress) {
  Mistakes mistakes = reading_;
  Places places(r, order.within, today);
  auto misplaced = [&](std::int64_t line, const std::string& commune, const Places::Found& found) {
    const std::string_view column = places.commune(commune).unit ? "village" : "commune";
    mistakes.add(line, sheet_.has(column) ? sheet_.heading(column) : "", found.place, found.wrong,
                 {{"place", found.place}});
  };
  for (const Unread& row : unread_)
    if (const Places::Found& found = places.village(row.commune, row.village); !found.unit)
      misplaced(row.line, row.commune, found);
  std::set<Id<Unit>> seen;
  units_.assign(villages_.size(), {});
  std::int64_t compared = 0;
  for (std::size_t i = 0; i < villages_.size(); ++i) {
    VillageLines& v = villages_[i];
    const Places::Found& found = places.village(v.commune, v.village);
    if (!found.unit) {
      for (const ImportLine& line : v.lines) misplaced(line.line, v.commune, found);
      continue;
    }
    // One village written in two ways would be matched twice.
    if (!seen.insert(found.unit->id).second) {
      for (const ImportLine& line : v.lines)
        mistakes.add(line.line, sheet_.heading("village"), v.village,
                     N_("This village is written differently in other rows: write it the same way in all"));
      continue;
    }
    units_[i] = found.unit->id;
    outcome.missing += v.match(households(r, found.unit->id), columns_, sheet_, mistakes);
    outcome.fixed_lists += r.count(lists_in_use, found.unit->id);
    if (v.lines.size() > most_households)
      mistakes.add(v.lines.back().line, "", v.village, N_("A village has at most {max} households"),
                   {{"max", std::to_string(most_households)}});
    for (const ImportLine& line : v.lines) {
      ++(line.outcome == LineOutcome::fresh     ? outcome.fresh
         : line.outcome == LineOutcome::changed ? outcome.changed
                                                : outcome.unchanged);
      outcome.doubtful += line.like.empty() ? 0 : 1;
    }
    const auto before = compared / progress_every;
    compared += static_cast<std::int64_t>(v.lines.size());
    if (progress && compared / progress_every != before) progress(ImportStage::comparing, compared, rows_);
  }
  outcome.refused = mistakes.rows();
  outcome.mistakes = mistakes.total();
  outcome.errors = mistakes.take();
}

std::int64_t HouseholdImport::changes() const {
  std::int64_t changes = 0;
  for (const VillageLines& v : villages_) changes += v.changes();
  return changes;
}

Result<std::vector<acts::Draft::Covered>> HouseholdImport::write(store::Writer& w, const ImportOrder& order,
                                                                 ImportOutcome&,
                                                                 const ImportProgress& progress) {
  std::vector<acts::Draft::Covered> covered;
  const std::int64_t total = changes();
  std::int64_t written = 0;
  for (std::size_t i = 0; i < villages_.size(); ++i) {
    const std::int64_t changes = villages_[i].changes();
    if (changes == 0) continue;
    for (const ImportLine& line : villages_[i].lines) {
      if (line.outcome == LineOutcome::unchanged) continue;
      const Household h{line.household, units_[i], line.number.value, line.house, line.head, line.beside,
                        line.temporary, {},        line.circumstance};
      if (line.outcome == LineOutcome::fresh)
        put_household(w, h, order.happened, code_of(Change::imported));
      else
        rewrite_household(w, h);
      if (++written % progress_every == 0 && progress) progress(ImportStage::writing, written, total);
    }
    covered.push_back(put_change_row(
        w,
        {units_[i], Change::imported, {}, {}, order.happened, changes, order.paper, order.viewer.account}));
    w.touch(topic_of(units_[i]));
  }
  return covered;
}

}  // namespace danchu::people
