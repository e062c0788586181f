#include "people/new_village.h"

#include "acts/official.h"
#include "people/units.h"

namespace danchu::people {
namespace {

// Units of the embedded data have codes and are compared with it (units_load.cpp); a village has none, and is
// nobody's act in a demonstration only.
[[maybe_unused]] const acts::OfficialTable official_units{"unit"};
[[maybe_unused]] const acts::NotYetOfficial loaded_units{
    "unit", "code <> '' OR EXISTS (SELECT 1 FROM setting WHERE name IN ('demo', 'demo-begun'))"};

}  // namespace

bool may_add_village(const Viewer& viewer, const Unit& commune, std::optional<Unit> province) {
  return viewer.holds(Role::commune_officer, commune.id) ||
         (province && viewer.holds(Role::province_officer, province->id));
}

Result<Id<Unit>> enter_village(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                               Id<Unit> commune, const AddVillage& form) {
  auto at = unit(w, commune);
  if (!at || unit_kind(at->kind).level != "commune" || at->valid_to)
    return problem(Fault::missing, N_("There is no such commune"));
  if (!may_add_village(viewer, *at, province(w, local_date(w.now()))))
    return problem(Fault::denied, N_("Only an officer of the commune or the province enters a village"));
  bool known = false;
  for (const UnitKind& kind : unit_kinds())
    known = known || (kind.code == form.kind.value && kind.level == "village");
  if (!known) return problem_at("kind", N_("This is not a kind of village"));
  if (form.valid_from > local_date(w.now())) return problem_at("valid_from", N_("This day has not come yet"));
  auto made = add_village(
      w, {.kind = form.kind.value, .name = form.name, .commune = commune, .valid_from = form.valid_from});
  if (!made) return made;
  acts::Draft draft;
  draft.kind = "unit.village-added";
  draft.unit = commune.number;
  draft.actor = viewer.account.number;
  draft.happened = start_of(form.valid_from);
  draft.subject = "unit/" + made->text();
  draft.covers.push_back({"unit",
                          made->number,
                          {{"kind", form.kind.value},
                           {"name", form.name.value},
                           {"parent", commune.number},
                           {"valid_from", to_iso(form.valid_from)}}});
  acts::append(w, keys, draft);
  return made;
}

}  // namespace danchu::people
