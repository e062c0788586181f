// The province's units from src/people/data, and villages as they are added.
#include <map>
#include <set>

#include "base/csv.h"
#include "base/resources.h"
#include "base/text.h"
#include "people/units.h"

namespace danchu::people {
namespace {

const store::Statement put_row{
    "INSERT INTO unit(id, code, kind, name, parent, valid_from, valid_to, latitude_e4, longitude_e4, "
    "area_ha, "
    "population, sort_key, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
    "ON CONFLICT (code, valid_from) WHERE code <> '' DO UPDATE SET kind = excluded.kind, name = "
    "excluded.name, "
    "parent = excluded.parent, valid_to = excluded.valid_to, latitude_e4 = excluded.latitude_e4, "
    "longitude_e4 = excluded.longitude_e4, area_ha = excluded.area_ha, population = excluded.population, "
    "sort_key = excluded.sort_key, search = excluded.search RETURNING id"};
const store::Statement put_succession{
    "INSERT INTO unit_succession(old, new, note) VALUES ($1, $2, $3) ON CONFLICT (old, new) DO NOTHING"};
const store::Statement twin_of{
    "SELECT id FROM unit WHERE parent = $1 AND kind = $2 AND name = $3 AND valid_to IS NULL"};

// A line of a data file by its column's name.
class DataFile {
 public:
  explicit DataFile(std::string_view path) : rows_(parse_csv(resource(path).value()).value()) {}
  std::size_t size() const { return rows_.size() - 1; }
  const std::string& text(std::size_t line, std::string_view column) const {
    const auto& names = rows_[0].cells;
    auto at = std::find(names.begin(), names.end(), column);
    return rows_[line + 1].cells.at(static_cast<std::size_t>(at - names.begin()));
  }
  std::optional<std::int64_t> number(std::size_t line, std::string_view column) const {
    const std::string& value = text(line, column);
    return value.empty() ? std::nullopt : std::optional<std::int64_t>(std::stoll(value));
  }

 private:
  std::vector<CsvRow> rows_;
};

// Ids of the units read so far, by code: of one file, or of the one before.
using ByCode = std::map<std::string, Id<Unit>>;

Unit unit_of_line(const DataFile& file, std::size_t line) {
  Unit u;
  u.code = file.text(line, "code");
  u.kind = file.text(line, "kind");
  u.name = file.text(line, "name");
  u.valid_from = parse_date(file.text(line, "valid_from")).value();
  u.valid_to = parse_date(file.text(line, "valid_to"));
  u.latitude_e4 = file.number(line, "latitude_e4");
  u.longitude_e4 = file.number(line, "longitude_e4");
  u.area_ha = file.number(line, "area_ha");
  u.population = file.number(line, "population");
  return u;
}

// Units of the embedded data are nobody's act; what stands of them is compared with the data itself.
const store::Statement loaded_unit{
    "SELECT u.id, u.kind, u.name, p.code, u.valid_to, u.latitude_e4, u.longitude_e4, u.area_ha, "
    "u.population, "
    "u.sort_key, u.search FROM unit u LEFT JOIN unit p ON p.id = u.parent WHERE u.code = $1 AND u.valid_from "
    "= $2"};
const store::Statement count_units{"SELECT count(*) FROM unit"};
const store::Statement all_units{
    "SELECT id, code, kind, name, valid_from FROM unit ORDER BY code, valid_from, id"};
const store::Statement successions{
    "SELECT o.code, o.valid_from, n.code, n.valid_from, s.note FROM unit_succession s "
    "JOIN unit o ON o.id = s.old JOIN unit n ON n.id = s.new"};
// The data hold some three hundred; a store with so few was not loaded from them (a test's province).
constexpr std::int64_t fewest_loaded_units = 50;
constexpr std::string_view unit_files[] = {"units_province", "units_before_2025_07", "units_today"};

std::string shown(const store::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* bytes = std::get_if<store::Bytes>(&value)) return '"' + to_hex(bytes->data) + '"';
  const auto* text = std::get_if<std::string>(&value);
  return text && !text->empty() ? '"' + *text + '"' : "empty";
}

std::string search_words(const Unit& u, const std::string& also_written) {
  std::string words = " " + fold(full_name(u));
  for (const std::string& more : {also_written, u.code})
    if (!more.empty()) words += " " + fold(more);
  return words;
}

void compare_unit(store::Reader& r, const Unit& u, const std::string& parent, const std::string& also_written,
                  std::vector<std::string>& found) {
  auto row = r.first(loaded_unit, u.code, u.valid_from);
  if (!row) {
    found.push_back("table unit, " + u.code + " " + u.name + ": is missing, the program's data name it");
    return;
  }
  auto number = [](std::optional<std::int64_t> n) { return n ? store::Value(*n) : store::Value(); };
  const struct {
    const char* column;
    store::Value said;
  } columns[] = {{"kind", u.kind},
                 {"name", u.name},
                 {"parent", parent},
                 {"valid_to", u.valid_to ? to_iso(*u.valid_to) : std::string()},
                 {"latitude_e4", number(u.latitude_e4)},
                 {"longitude_e4", number(u.longitude_e4)},
                 {"area_ha", number(u.area_ha)},
                 {"population", number(u.population)},
                 {"sort_key", to_hex(sort_key(u.name))},
                 {"search", search_words(u, also_written)}};
  for (std::size_t i = 0; i < std::size(columns); ++i) {
    const std::string stands = shown(row->values()[i + 1]), said = shown(columns[i].said);
    if (stands != said)
      found.push_back("table unit, row " + row->id<Unit>(0).text() + " (" + u.code + "): column " +
                      columns[i].column + " is " + stands + ", the program's data say " + said);
  }
}

// Units as the data know them: by code and first day ("03646 2025-07-01").
std::string identity(const std::string& code, const std::string& valid_from) {
  return code + " " + valid_from;
}

// Communes and what stood above them come from the data alone; villages are added by acts.
void find_added_units(store::Reader& r, const std::set<std::string>& known, std::vector<std::string>& found) {
  for (const store::Row& row : r.query(all_units)) {
    const bool village = row.text(1).empty() && unit_kind(row.text(2)).level == "village";
    if (!village && !known.contains(identity(row.text(1), row.text(4))))
      found.push_back("table unit, row " + row.id<Unit>(0).text() + ": " + row.text(1) + " " + row.text(3) +
                      " from " + row.text(4) + " stands in no data of the program");
  }
}

void compare_successions(store::Reader& r, const std::map<std::string, std::string>& before,
                         const std::map<std::string, std::string>& today, std::vector<std::string>& found) {
  std::map<std::pair<std::string, std::string>, std::string> said;
  DataFile file("src/people/data/unit_successions.csv");
  for (std::size_t i = 0; i < file.size(); ++i)
    said[{before.at(file.text(i, "old_code")), today.at(file.text(i, "code"))}] = file.text(i, "note");
  auto line = [&](const std::pair<std::string, std::string>& units, std::string_view what) {
    found.push_back("table unit_succession, " + units.first + " to " + units.second + ": " +
                    std::string(what));
  };
  for (const store::Row& row : r.query(successions)) {
    const std::pair units{identity(row.text(0), row.text(1)), identity(row.text(2), row.text(3))};
    auto at = said.find(units);
    if (at == said.end()) {
      line(units, "stands in no data of the program");
    } else {
      if (at->second != row.text(4)) line(units, "column note is not what the program's data say");
      said.erase(at);
    }
  }
  for (const auto& [units, note] : said) line(units, "is missing, the program's data name it");
}

std::vector<std::string> altered_units(store::Reader& r) {
  std::vector<std::string> found;
  if (r.count(count_units) < fewest_loaded_units) return found;
  std::set<std::string> known;
  std::map<std::string, std::map<std::string, std::string>> by_code;  // of each file: code -> identity
  for (std::string_view name : unit_files) {
    DataFile file("src/people/data/" + std::string(name) + ".csv");
    for (std::size_t i = 0; i < file.size(); ++i) {
      compare_unit(r, unit_of_line(file, i), file.text(i, "parent"), file.text(i, "also_written"), found);
      const std::string unit = identity(file.text(i, "code"), file.text(i, "valid_from"));
      known.insert(unit);
      by_code[std::string(name)][file.text(i, "code")] = unit;
    }
  }
  find_added_units(r, known, found);
  compare_successions(r, by_code["units_before_2025_07"], by_code["units_today"], found);
  return found;
}
[[maybe_unused]] const acts::AlsoVerified loaded_units{"the units of the program's data", altered_units};

// `known` holds the parents that are not in the file itself.
ByCode load_file(store::Writer& w, std::string_view name, const ByCode& known) {
  DataFile file("src/people/data/" + std::string(name) + ".csv");
  ByCode loaded;
  for (std::size_t i = 0; i < file.size(); ++i) {
    Unit u = unit_of_line(file, i);
    if (const std::string& parent = file.text(i, "parent"); !parent.empty())
      u.parent = loaded.count(parent) ? loaded.at(parent) : known.at(parent);
    loaded[u.code] = put_unit(w, u, file.text(i, "also_written"));
  }
  return loaded;
}

}  // namespace

Id<Unit> put_unit(store::Writer& w, const Unit& u, const std::string& also_written) {
  return w
      .first(put_row, u.id ? u.id : w.new_id<Unit>(), u.code, u.kind, u.name, u.parent, u.valid_from,
             u.valid_to, u.latitude_e4, u.longitude_e4, u.area_ha, u.population,
             store::Bytes{sort_key(u.name)}, search_words(u, also_written))
      .value()
      .id<Unit>(0);
}

void load_units(store::Writer& w) {
  ByCode province = load_file(w, "units_province", {});
  ByCode before = load_file(w, "units_before_2025_07", province);
  ByCode today = load_file(w, "units_today", province);
  DataFile file("src/people/data/unit_successions.csv");
  for (std::size_t i = 0; i < file.size(); ++i)
    w.run(put_succession, before.at(file.text(i, "old_code")), today.at(file.text(i, "code")),
          file.text(i, "note"));
  w.touch(std::string(all_units_topic));
}

Result<Id<Unit>> add_village(store::Writer& w, const NewVillage& village) {
  Problems wrong;
  if (unit_kind(village.kind).level != "village")
    wrong.push_back({Fault::invalid, "kind", N_("This is not a kind of village"), {}, {}});
  std::optional<Unit> commune = unit(w, village.commune);
  if (!commune || unit_kind(commune->kind).level != "commune")
    wrong.push_back({Fault::invalid, "commune", N_("There is no such commune"), {}, {}});
  if (village.name.value.empty())
    wrong.push_back({Fault::invalid, "name", N_("Write the village's name"), {}, {}});
  if (wrong.empty() && w.first(twin_of, village.commune, village.kind, village.name))
    wrong.push_back(
        {Fault::conflict, "name", N_("The commune already has a village of this kind and name"), {}, {}});
  if (!wrong.empty()) return wrong;
  Unit u;
  u.id = w.new_id<Unit>();
  u.kind = village.kind;
  u.name = village.name.value;
  u.parent = village.commune;
  u.valid_from = village.valid_from;
  if (village.population) u.population = village.population->value;
  put_unit(w, u);
  w.touch(topic_of(village.commune));
  w.touch(std::string(all_units_topic));
  return u.id;
}

}  // namespace danchu::people
