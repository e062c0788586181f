// What there is to do for household lists.
#include <set>

#include "people/household_list_rows.h"
#include "people/household_register.h"
#include "people/units.h"

namespace danchu::people {
namespace {

const store::Statement locked_in_commune{
    "SELECT " LIST_COLUMNS
    " FROM household_list WHERE state = 'locked' AND village IN (SELECT id FROM unit WHERE parent = $1) "
    "ORDER BY id LIMIT 200"};

// What the head, the Front head or a helper of a village has to do for its list.
void add_village_tasks(store::Reader& r, const Viewer& viewer, const Unit& village, Date today,
                       std::vector<ListTask>& tasks) {
  const std::vector<HouseholdList> newest = lists_of(r, village.id, 1);
  if (newest.empty() || newest[0].state == ListState::returned) {
    if (viewer.holds(Role::village_head, village.id) && register_total(r, village.id) > 0)
      tasks.push_back({ListTask::What::draft, village, {}, {}});
    return;
  }
  const ListSteps steps = steps_for(r, viewer, newest[0], today);
  if (steps.lock_as_head || steps.lock_as_front)
    tasks.push_back({ListTask::What::lock, village, newest[0].id, {}});
}

}  // namespace

std::vector<ListTask> list_tasks(store::Reader& r, const Viewer& viewer, const law::Law& law, Date today) {
  std::vector<ListTask> tasks;
  std::set<Id<Unit>> seen;
  for (const Post& post : viewer.posts) {
    if (!seen.insert(post.unit).second) continue;
    auto at = unit(r, post.unit);
    if (!at) continue;
    if (unit_kind(at->kind).level == "village") add_village_tasks(r, viewer, *at, today, tasks);
    for (const store::Row& row : r.query(locked_in_commune, post.unit)) {
      const HouseholdList l = row.as<HouseholdList>();
      if (!steps_for(r, viewer, l, today).confirm) continue;
      ListTask task{ListTask::What::confirm, *unit(r, l.village), l.id, {}};
      auto window = correction_window(law, l.posted_on.value_or(today));
      if (window && today < window->confirmed_from) task.not_before = window->confirmed_from;
      tasks.push_back(std::move(task));
    }
  }
  return tasks;
}

}  // namespace danchu::people
