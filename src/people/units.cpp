#include "people/units.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "base/csv.h"
#include "base/resources.h"
#include "base/text.h"

namespace danchu::people {
namespace {

constexpr int deepest_level = 8;         // parents above a unit, at most
constexpr std::size_t search_words = 6;  // further words of a search are left out
constexpr int candidates = 200;          // units looked at to rank a search

#define UNIT_COLUMNS                                                                                  \
  "u.id, u.code, u.kind, u.name, u.parent, u.valid_from, u.valid_to, u.latitude_e4, u.longitude_e4, " \
  "u.area_ha, "                                                                                       \
  "u.population"

const store::Statement place_of{
    "SELECT u.kind, u.parent, p.kind FROM unit u LEFT JOIN unit p ON p.id = u.parent WHERE u.id = $1"};
const store::Statement unit_by_id{"SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id = $1"};
const store::Statement unit_of_code{"SELECT " UNIT_COLUMNS
                                    " FROM unit u WHERE u.code = $1 AND u.code <> '' AND u.valid_from <= $2 "
                                    "AND (u.valid_to IS NULL OR u.valid_to > $2)"};
const store::Statement last_of_code{"SELECT " UNIT_COLUMNS
                                    " FROM unit u WHERE u.code = $1 AND u.code <> '' "
                                    "ORDER BY u.valid_from DESC, u.id DESC LIMIT 1"};
const store::Statement children_of{
    "SELECT " UNIT_COLUMNS
    " FROM unit u WHERE u.parent = $1 AND u.valid_from <= $2 AND (u.valid_to IS NULL OR u.valid_to > $2) "
    "ORDER BY u.sort_key, u.id"};
const store::Statement units_of_kind{
    "SELECT " UNIT_COLUMNS
    " FROM unit u WHERE u.kind = $1 AND u.valid_from <= $2 AND (u.valid_to IS NULL OR u.valid_to > $2) "
    "ORDER BY u.sort_key, u.id"};
const store::Statement predecessors_of{
    "SELECT " UNIT_COLUMNS
    " FROM unit_succession s JOIN unit u ON u.id = s.old WHERE s.new = $1 ORDER BY u.sort_key, u.id"};
const store::Statement successors_of{
    "SELECT " UNIT_COLUMNS
    " FROM unit_succession s JOIN unit u ON u.id = s.new WHERE s.old = $1 ORDER BY u.sort_key, u.id"};
const store::Statement units_found{
    "SELECT " UNIT_COLUMNS
    " FROM unit u WHERE u.valid_from <= $1 AND u.search LIKE $2 AND u.search LIKE $3 AND u.search LIKE $4 "
    "AND u.search LIKE $5 AND u.search LIKE $6 AND u.search LIKE $7 "
    "ORDER BY length(u.search), u.sort_key, u.id LIMIT $8"};

std::optional<Unit> as_unit(const std::optional<store::Row>& row) {
  return row ? std::optional<Unit>(row->as<Unit>()) : std::nullopt;
}
std::vector<Unit> as_units(const store::Rows& rows) {
  std::vector<Unit> units;
  for (const store::Row& row : rows) units.push_back(row.as<Unit>());
  return units;
}

bool in_force(const Unit& unit, Date on) {
  return unit.valid_from <= on && (!unit.valid_to || *unit.valid_to > on);
}

int rank_of_level(std::string_view kind) {
  std::string_view level = unit_kind(kind).level;
  return level == "province" ? 0 : level == "commune" ? 1 : level == "village" ? 2 : 3;
}

// 0: written exactly so, 1: so without marks, 2: the name begins so, 3: the words are in it.
int closeness(const Unit& unit, const std::string& words) {
  for (const std::string& name : {unit.name, full_name(unit)})
    if (fold_keeping_marks(name) == fold_keeping_marks(words)) return 0;
  std::string folded = fold(words);
  for (const std::string& name : {unit.name, full_name(unit)})
    if (fold(name) == folded) return 1;
  return fold(unit.name).starts_with(folded) ? 2 : 3;
}

std::vector<std::string> patterns_of(const std::string& words) {
  std::vector<std::string> patterns;
  std::string folded = fold(words), word;
  for (std::size_t at = 0; at < folded.size() && patterns.size() < search_words;) {
    std::size_t end = std::min(folded.find(' ', at), folded.size());
    patterns.push_back("% " + folded.substr(at, end - at) + "%");
    at = end + 1;
  }
  return patterns;
}

// An old unit that one of the same kind and name took over says nothing new beside it.
bool lives_on_in(const UnitHit& hit, const std::vector<UnitHit>& hits) {
  if (hit.today.size() != 1 || full_name(hit.today[0]) != full_name(hit.unit)) return false;
  return std::any_of(hits.begin(), hits.end(),
                     [&](const UnitHit& h) { return h.unit.id == hit.today[0].id; });
}

}  // namespace

store::Topic topic_of(Id<Unit> unit) { return "unit/" + unit.text(); }

const std::vector<UnitKind>& unit_kinds() {
  static const std::vector<UnitKind> kinds = [] {
    auto rows = parse_csv(resource("src/people/data/unit_kinds.csv").value());
    std::vector<UnitKind> read;
    for (std::size_t i = 1; i < rows->size(); ++i) {
      const auto& c = (*rows)[i].cells;
      read.push_back({c.at(0), c.at(1), c.at(2), c.at(3), c.at(4), c.at(5)});
    }
    return read;
  }();
  return kinds;
}

const UnitKind& unit_kind(std::string_view code) {
  static const UnitKind unknown{};
  for (const UnitKind& kind : unit_kinds())
    if (kind.code == code) return kind;
  return unknown;
}

std::optional<Unit> unit(store::Reader& r, Id<Unit> id) { return as_unit(r.first(unit_by_id, id)); }

std::optional<Unit> unit_by_code(store::Reader& r, const std::string& code, Date on) {
  return as_unit(r.first(unit_of_code, code, on));
}

std::optional<Unit> last_unit_with_code(store::Reader& r, const std::string& code) {
  return as_unit(r.first(last_of_code, code));
}

std::vector<Unit> children(store::Reader& r, Id<Unit> parent, Date on) {
  return as_units(r.query(children_of, parent, on));
}

std::vector<Unit> predecessors(store::Reader& r, Id<Unit> id) {
  return as_units(r.query(predecessors_of, id));
}
std::vector<Unit> successors(store::Reader& r, Id<Unit> id) { return as_units(r.query(successors_of, id)); }

std::vector<Unit> units_today(store::Reader& r, const Unit& old, Date today) {
  std::vector<Unit> pending{old}, found;
  std::set<std::int64_t> seen;
  while (!pending.empty()) {
    const Unit at = pending.back();
    pending.pop_back();
    if (!seen.insert(at.id.number).second) continue;
    if (in_force(at, today)) {
      found.push_back(at);
      continue;
    }
    std::vector<Unit> next = successors(r, at.id);
    if (next.empty() && at.valid_to) next = children(r, at.id, *at.valid_to - 1);
    for (Unit& unit : next) pending.push_back(std::move(unit));
  }
  std::sort(found.begin(), found.end(), [](const Unit& a, const Unit& b) {
    return std::make_pair(sort_key(a.name), a.id.number) < std::make_pair(sort_key(b.name), b.id.number);
  });
  return found;
}

std::vector<Unit> all_units(store::Reader& r, std::string_view level, Date on) {
  std::vector<Unit> units;
  for (const UnitKind& kind : unit_kinds())
    if (kind.level == level)
      for (Unit& unit : as_units(r.query(units_of_kind, kind.code, on))) units.push_back(std::move(unit));
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < units.size(); ++i) order.emplace_back(sort_key(units[i].name), i);
  std::sort(order.begin(), order.end());
  std::vector<Unit> sorted;
  for (const auto& [key, i] : order) sorted.push_back(std::move(units[i]));
  return sorted;
}

std::optional<Unit> province(store::Reader& r, Date on) {
  std::vector<Unit> found = all_units(r, "province", on);
  return found.empty() ? std::nullopt : std::optional<Unit>(found.front());
}

Id<Unit> commune_id(store::Reader& r, Id<Unit> id) {
  auto is_commune = [](const std::string& kind) {
    return !kind.empty() && unit_kind(kind).level == "commune";
  };
  for (int i = 0; id && i < deepest_level; ++i) {
    auto at = r.first(place_of, id);
    if (!at) break;
    if (is_commune(at->text(0))) return id;
    id = at->id<Unit>(1);
    if (is_commune(at->text(2))) return id;
  }
  return {};
}

std::optional<Unit> commune_of(store::Reader& r, Id<Unit> id) {
  const Id<Unit> commune = commune_id(r, id);
  return commune ? unit(r, commune) : std::nullopt;
}

bool lies_in(store::Reader& r, Id<Unit> inner, Id<Unit> outer) {
  for (int i = 0; inner && i < deepest_level; ++i) {
    if (inner == outer) return true;
    std::optional<Unit> at = unit(r, inner);
    inner = at ? at->parent : Id<Unit>{};
  }
  return false;
}

std::string full_name(const Unit& unit) { return unit_kind(unit.kind).name_vi + " " + unit.name; }

std::vector<UnitHit> search_units(store::Reader& r, const std::string& words, Date on, int limit) {
  std::vector<std::string> p = patterns_of(words);
  if (p.empty()) return {};
  p.resize(search_words, "%");
  std::vector<UnitHit> hits;
  for (const store::Row& row : r.query(units_found, on, p[0], p[1], p[2], p[3], p[4], p[5], candidates))
    hits.push_back({row.as<Unit>(), {}});
  auto order = [&](const UnitHit& h) {
    return std::make_tuple(closeness(h.unit, words), !in_force(h.unit, on), rank_of_level(h.unit.kind));
  };
  std::stable_sort(hits.begin(), hits.end(),
                   [&](const auto& a, const auto& b) { return order(a) < order(b); });
  for (UnitHit& hit : hits)
    if (!in_force(hit.unit, on)) hit.today = successors(r, hit.unit.id);
  std::vector<UnitHit> kept;
  for (const UnitHit& hit : hits)
    if (kept.size() < static_cast<std::size_t>(limit) && !lives_on_in(hit, hits)) kept.push_back(hit);
  return kept;
}

}  // namespace danchu::people
