// Making units: the province's own data, and villages as communes name them. Reading them is in people.h.
#pragma once
#include <string>

#include "base/record.h"
#include "people/people.h"
#include "store/database.h"

namespace danchu::people {

// What cached pages about a unit depend on; pages about lists of units depend on `all_units_topic`.
store::Topic topic_of(Id<Unit> unit);
inline constexpr std::string_view all_units_topic = "units";

// The province of Sơn La: its 75 communes of today, the 12 districts and 200 communes before 1 July 2025 and
// what became of each. Running it again changes figures and names that differ, nothing else.
void load_units(store::Writer& w);

// Writes one unit as it is; one with the code and beginning of another replaces it and keeps its id. For
// imports and tests: no rule is checked.
Id<Unit> put_unit(store::Writer& w, const Unit& unit, const std::string& also_written = "");

struct NewVillage {
  std::string kind;  // "ban", "tieu-khu", "to-dan-pho" …: a kind of the level "village"
  Line<80> name;     // "Nà Cá"
  Id<Unit> commune;
  Date valid_from;
  std::optional<Integer<1, 100'000>> population;
  static constexpr About about[] = {{"kind", N_("Kind"), ""},
                                    {"name", N_("Name"), N_("Without the kind: “Nà Cá”")},
                                    {"commune", N_("Commune"), ""},
                                    {"valid_from", N_("From"), ""},
                                    {"population", N_("Population"), ""}};
};
DANCHU_RECORD(NewVillage, kind, name, commune, valid_from, population)

// Refuses an unknown kind, a commune that is none, and a second village of that kind and name in the commune.
Result<Id<Unit>> add_village(store::Writer& w, const NewVillage& village);

// The unit that had this code last, in force or not; a code can have named several units, one after another.
std::optional<Unit> last_unit_with_code(store::Reader& r, const std::string& code);

// What an old unit's area belongs to today: the units that followed it, over several changes; for a district
// that nothing followed, those that followed its communes. In Vietnamese order; the unit itself while in
// force.
std::vector<Unit> units_today(store::Reader& r, const Unit& old, Date today);

// Units of one level in force on a day, in Vietnamese order: all_units(r, "commune", today).
std::vector<Unit> all_units(store::Reader& r, std::string_view level, Date on);

// Is `inner` the unit `outer` itself or does it lie in it?
bool lies_in(store::Reader& r, Id<Unit> inner, Id<Unit> outer);

}  // namespace danchu::people
