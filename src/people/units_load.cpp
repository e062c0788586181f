// The province's units from src/people/data, and villages as they are added.
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
    "SELECT u.id, u.kind, u.name, p.code, u.valid_to, u.latitude_e4, u.longitude_e4, u.area_ha, u.population "
    "FROM unit u LEFT JOIN unit p ON p.id = u.parent WHERE u.code = $1 AND u.valid_from = $2"};
const store::Statement count_successions{"SELECT CAST(count(*) AS BIGINT) FROM unit_succession"};
constexpr std::string_view unit_files[] = {"units_province", "units_before_2025_07", "units_today"};

std::string shown(const store::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  const auto* text = std::get_if<std::string>(&value);
  return text && !text->empty() ? '"' + *text + '"' : "empty";
}

void compare_unit(store::Reader& r, const Unit& u, const std::string& parent,
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
                 {"population", number(u.population)}};
  for (std::size_t i = 0; i < std::size(columns); ++i) {
    const std::string stands = shown(row->values()[i + 1]), said = shown(columns[i].said);
    if (stands != said)
      found.push_back("table unit, row " + row->id<Unit>(0).text() + " (" + u.code + "): column " +
                      columns[i].column + " is " + stands + ", the program's data say " + said);
  }
}

std::vector<std::string> altered_units(store::Reader& r) {
  std::vector<std::string> found;
  if (r.count(count_successions) == 0) return found;  // nothing was loaded
  for (std::string_view name : unit_files) {
    DataFile file("src/people/data/" + std::string(name) + ".csv");
    for (std::size_t i = 0; i < file.size(); ++i)
      compare_unit(r, unit_of_line(file, i), file.text(i, "parent"), found);
  }
  return found;
}
[[maybe_unused]] const acts::AlsoVerified loaded_units{altered_units};

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
  std::string search = " " + fold(full_name(u));
  for (const std::string& more : {also_written, u.code})
    if (!more.empty()) search += " " + fold(more);
  return w
      .first(put_row, u.id ? u.id : w.new_id<Unit>(), u.code, u.kind, u.name, u.parent, u.valid_from,
             u.valid_to, u.latitude_e4, u.longitude_e4, u.area_ha, u.population,
             store::Bytes{sort_key(u.name)}, search)
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
