// Villages from a list: a real installation begins with communes alone.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "people/import_places.h"
#include "people/importer.h"
#include "people/units.h"

namespace danchu::people {
namespace {

constexpr auto headings = joined(headings_of("commune", commune_words), headings_of("name", village_words),
                                 std::to_array<Heading>({{"kind", "loại"},
                                                         {"kind", "kind"},
                                                         {"name", "tên"},
                                                         {"name", "name"},
                                                         {"valid_from", "từ ngày"},
                                                         {"valid_from", "from"},
                                                         {"valid_from", "valid from"},
                                                         {"population", "dân số"},
                                                         {"population", "số nhân khẩu"},
                                                         {"population", "nhân khẩu"},
                                                         {"population", "population"}}));

const store::Statement set_population{"UPDATE unit SET population = $2 WHERE id = $1"};

struct VillageLine {
  std::int64_t line = 0;
  std::string commune;
  std::string kind;
  Line<80> name;
  std::optional<Date> valid_from;
  std::optional<Integer<1, 100'000>> population;
  Id<Unit> parent, known;  // as planned
  Date since;              // as planned: what the file says, else the day of the list or the village's own
  bool changes = true;
  bool readable = true;  // else only where it belongs is looked at
};
DANCHU_RECORD(VillageLine, name, population)

const UnitKind* kind_named(std::string_view text) {
  const std::string written = fold(text);
  for (const UnitKind& kind : unit_kinds())
    if (kind.level == "village" && !written.empty() && (fold(kind.name_vi) == written || kind.code == text))
      return &kind;
  return nullptr;
}

std::string known_kinds() {
  std::string kinds;
  for (const UnitKind& kind : unit_kinds())
    if (kind.level == "village") kinds += (kinds.empty() ? "" : ", ") + kind.name_vi;
  return kinds;
}

// "Bản Nà Cá": the kind, and what is left of the name; the longest kind that the name begins with.
const UnitKind* kind_before(std::string& name) {
  const UnitKind* found = nullptr;
  std::size_t words = 0;
  for (std::size_t at = name.find(' '), count = 1; at != std::string::npos && count <= 4;
       at = name.find(' ', at + 1), ++count)
    if (const UnitKind* kind = kind_named(name.substr(0, at))) {
      found = kind;
      words = at + 1;
    }
  if (found) name.erase(0, words);
  return found;
}

acts::Draft::Covered covered(const VillageLine& line, Id<Unit> id) {
  return {"unit",
          id.number,
          {{"kind", line.kind},
           {"name", line.name.value},
           {"parent", line.parent.number},
           {"valid_from", to_iso(line.since)},
           {"population",
            line.population ? boost::json::value(line.population->value) : boost::json::value(nullptr)}}};
}

class VillageImport final : public Importer {
 public:
  VillageImport() : sheet_(headings, {"name"}) {}

  Result<Done> read(const Table& table, Lettering lettering, std::string_view level,
                    const ImportProgress&) override {
    if (level == "province") sheet_ = Sheet(headings, {"commune", "name"});
    return sheet_.read(table, lettering, [&](const SheetRow& row) { read_row(row); });
  }

  void plan(store::Reader& r, const ImportOrder& order, Date today, ImportOutcome& outcome,
            const ImportProgress&) override {
    Mistakes mistakes = reading_;
    Places places(r, order.within, today);
    std::map<Id<Unit>, std::vector<Unit>> present;
    std::map<std::string, std::int64_t> seen;
    for (VillageLine& line : lines_) {
      line.known = {};
      line.changes = true;
      const Places::Found& in = places.commune(line.commune);
      if (!in.unit) {
        mistakes.add(line.line, sheet_.has("commune") ? sheet_.heading("commune") : "", in.place, in.wrong,
                     {{"place", in.place}});
        continue;
      }
      if (!line.readable) continue;
      line.parent = in.unit->id;
      auto [before, first] =
          seen.emplace(line.parent.text() + "/" + line.kind + "/" + line.name.value, line.line);
      if (!first) {
        mistakes.add(line.line, sheet_.heading("name"), line.name.value,
                     N_("This village stands in line {line} already"),
                     {{"line", std::to_string(before->second)}});
        continue;
      }
      auto at = present.find(line.parent);
      if (at == present.end()) at = present.emplace(line.parent, children(r, line.parent, today)).first;
      compare(line, at->second, order, mistakes, outcome);
    }
    outcome.refused = mistakes.rows();
    outcome.mistakes = mistakes.total();
    outcome.errors = mistakes.take();
  }

  Result<std::vector<acts::Draft::Covered>> write(store::Writer& w, const ImportOrder&, ImportOutcome&,
                                                  const ImportProgress&) override {
    std::vector<acts::Draft::Covered> rows;
    for (const VillageLine& line : lines_) {
      if (!line.changes) continue;
      Id<Unit> id = line.known;
      if (id) {
        w.run(set_population, id, line.population->value);
      } else {
        auto made = add_village(w, {line.kind, line.name, line.parent, line.since, line.population});
        if (!made) return made.problems();
        id = *made;
      }
      rows.push_back(covered(line, id));
      w.touch(topic_of(id));
      w.touch(topic_of(line.parent));
    }
    w.touch(std::string(all_units_topic));
    return rows;
  }

 private:
  void read_row(const SheetRow& row) {
    VillageLine line;
    line.line = row.line();
    line.commune = row.cell_or_block("commune");
    std::string name(row.cell("name"));
    const std::int64_t before = reading_.total();
    const UnitKind* kind = kind_named(row.cell("kind"));
    std::string without_kind = name;
    const UnitKind* in_name = kind_before(without_kind);
    if (!kind) kind = in_name;
    if (in_name && in_name == kind) name = without_kind;
    if (name.empty()) reading_.add(line.line, sheet_.heading("name"), "", N_("Write the village's name"));
    if (kind)
      line.kind = kind->code;
    else if (!name.empty() || sheet_.has("kind"))
      reading_.add(line.line, sheet_.has("kind") ? sheet_.heading("kind") : sheet_.heading("name"),
                   sheet_.has("kind") ? row.cell("kind") : name,
                   N_("Say what kind it is, before the name or in a column “loại”: {kinds}"),
                   {{"kinds", known_kinds()}});
    read_cell(&line, fields_of<VillageLine>(), "name", name, sheet_, row, reading_);
    if (!row.cell("population").empty())
      read_cell(&line, fields_of<VillageLine>(), "population", row.cell("population"), sheet_, row, reading_);
    if (std::string_view day = row.cell("valid_from"); !day.empty()) {
      line.valid_from = date_in_cell(day);
      if (!line.valid_from)
        reading_.add(line.line, sheet_.heading("valid_from"), day, N_("Write the day as 31/12/2026"));
    }
    line.readable = reading_.total() == before;
    lines_.push_back(std::move(line));
  }

  void compare(VillageLine& line, const std::vector<Unit>& present, const ImportOrder& order,
               Mistakes& mistakes, ImportOutcome& outcome) {
    auto same = std::find_if(present.begin(), present.end(),
                             [&](const Unit& u) { return u.kind == line.kind && u.name == line.name.value; });
    if (same == present.end()) {
      line.since = line.valid_from.value_or(order.happened);
      if (line.since > order.happened)
        mistakes.add(line.line, sheet_.heading("valid_from"), to_page(line.since),
                     N_("This day lies after the day of the list"));
      ++outcome.fresh;
      outcome.doubtful += std::any_of(present.begin(), present.end(),
                                      [&](const Unit& u) { return fold(u.name) == fold(line.name.value); });
      return;
    }
    line.known = same->id;
    if (line.valid_from && *line.valid_from != same->valid_from) {
      mistakes.add(line.line, sheet_.heading("valid_from"), to_page(*line.valid_from),
                   N_("This village is entered since {day}: leave the cell empty"),
                   {{"day", to_page(same->valid_from)}});
      return;
    }
    line.since = same->valid_from;
    line.changes = line.population && line.population->value != same->population;
    ++(line.changes ? outcome.changed : outcome.unchanged);
  }

  Sheet sheet_;
  Mistakes reading_;
  std::vector<VillageLine> lines_;
};

}  // namespace

std::unique_ptr<Importer> village_importer() { return std::make_unique<VillageImport>(); }

}  // namespace danchu::people
