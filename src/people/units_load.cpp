// The province's units from src/people/data, and villages as they are added.
#include "base/csv.h"
#include "base/resources.h"
#include "base/text.h"
#include "people/units.h"

namespace danchu::people {
namespace {

const store::Statement put_unit{
    "INSERT INTO unit(id, code, kind, name, parent, valid_from, valid_to, latitude_e4, longitude_e4, "
    "area_ha, "
    "population, sort_key, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
    "ON CONFLICT (code, valid_from) WHERE code <> '' DO UPDATE SET kind = excluded.kind, name = "
    "excluded.name, "
    "parent = excluded.parent, valid_to = excluded.valid_to, latitude_e4 = excluded.latitude_e4, "
    "longitude_e4 = excluded.longitude_e4, area_ha = excluded.area_ha, population = excluded.population, "
    "sort_key = excluded.sort_key, search = excluded.search"};
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

void put(store::Writer& w, const Unit& u, const std::string& also_written) {
  std::string search = " " + fold(full_name(u));
  for (const std::string& more : {also_written, u.code})
    if (!more.empty()) search += " " + fold(more);
  w.run(put_unit, u.id, u.code, u.kind, u.name, u.parent, u.valid_from, u.valid_to, u.latitude_e4,
        u.longitude_e4, u.area_ha, u.population, store::Bytes{sort_key(u.name)}, search);
}

// Each line's parent is in force when the line is, or on its last day.
void load_file(store::Writer& w, std::string_view path) {
  DataFile file(path);
  for (std::size_t i = 0; i < file.size(); ++i) {
    Unit u;
    u.id = w.new_id<Unit>();
    u.code = file.text(i, "code");
    u.kind = file.text(i, "kind");
    u.name = file.text(i, "name");
    u.valid_from = parse_date(file.text(i, "valid_from")).value();
    u.valid_to = parse_date(file.text(i, "valid_to"));
    if (const std::string& parent = file.text(i, "parent"); !parent.empty())
      u.parent = unit_by_code(w, parent, u.valid_to ? *u.valid_to - 1 : u.valid_from).value().id;
    u.latitude_e4 = file.number(i, "latitude_e4");
    u.longitude_e4 = file.number(i, "longitude_e4");
    u.area_ha = file.number(i, "area_ha");
    u.population = file.number(i, "population");
    put(w, u, file.text(i, "also_written"));
  }
}

void load_successions(store::Writer& w) {
  DataFile file("src/people/data/unit_successions.csv");
  Date reform = parse_date(DataFile("src/people/data/units_today.csv").text(0, "valid_from")).value();
  for (std::size_t i = 0; i < file.size(); ++i) {
    Unit before = unit_by_code(w, file.text(i, "old_code"), reform - 1).value();
    Unit after = unit_by_code(w, file.text(i, "code"), reform).value();
    w.run(put_succession, before.id, after.id, file.text(i, "note"));
  }
}

}  // namespace

void load_units(store::Writer& w) {
  for (const char* name : {"units_province", "units_before_2025_07", "units_today"})
    load_file(w, std::string("src/people/data/") + name + ".csv");
  load_successions(w);
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
  put(w, u, "");
  w.touch(topic_of(village.commune));
  w.touch(std::string(all_units_topic));
  return u.id;
}

}  // namespace danchu::people
