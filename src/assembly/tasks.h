// The work an officer has to do, by the day the law sets for it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "assembly/views.h"

namespace danchu::assembly {

// One thing to do, with the day the law sets for it, if it sets one.
struct Task {
  Verb verb;
  Motion motion;  // of a meeting's task: the first matter on its agenda
  std::optional<Meeting> meeting;
  people::Unit village;
  std::optional<Date> due;
  std::string rule;                  // the rule the day rests on, "MTG-10"
  std::vector<law::Reason> because;  // and all that counts it
  bool without_head = false;         // on the desk of the commune's officer, who names a head that can do it
  std::vector<std::string> agenda;   // the titles of all matters of a meeting's task
};
// How near a task's lawful day is.
enum class Nearness { late, soon, in_time, no_day };
Nearness nearness_of(std::optional<Date> due, Date today);
// The earliest day first, then what has none.
bool comes_before(const Task& a, const Task& b);
// What the viewer's posts have to do, the earliest due first, then what has no day.
std::vector<Task> tasks_of(store::Reader& r, const people::Viewer& viewer, const law::Law& law, Date today);

// Meetings of the viewer's villages that notice was given of and nothing has to be done for yet, the soonest
// first. `due` is their day.
std::vector<Task> meetings_ahead(store::Reader& r, const people::Viewer& viewer, Date today);

}  // namespace danchu::assembly
