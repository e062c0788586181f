// A village that a commune's officer enters: a real installation begins with communes alone, and villages are
// rearranged from time to time.
#pragma once
#include "acts/acts.h"
#include "people/people.h"

namespace danchu::people {

struct AddVillage {
  Line<20> kind;  // code of a kind of the level "village"
  Line<80> name;
  Date valid_from;
  static constexpr About about[] = {{"kind", N_("Kind"), ""},
                                    {"name", N_("Name of the village"), N_("Without the kind: “Nà Cá”")},
                                    {"valid_from", N_("From"), N_("The day its decision takes effect")}};
};
DANCHU_RECORD(AddVillage, kind, name, valid_from)

// An officer of the commune, or of the province.
bool may_add_village(const Viewer& viewer, const Unit& commune, std::optional<Unit> province);

// Within a write_official(). Faults: missing, denied, invalid, conflict (one of this kind and name is there).
Result<Id<Unit>> enter_village(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                               Id<Unit> commune, const AddVillage& form);

}  // namespace danchu::people
