// Whom people of a commune call for help: the number of its office, behind "Call for help" on its pages and
// those of its villages, and on every page of its officers (practice P54).
#pragma once
#include <string>

#include "base/record.h"
#include "people/people.h"

namespace danchu::people {

// The number of the commune the unit lies in; empty when it named none.
std::string support_phone(store::Reader& r, Id<Unit> unit);
// The province's, which stands where no commune's does; without one the setting "support-phone".
std::string province_phone(store::Reader& r, Date today);

struct SetContact {
  std::optional<Phone> phone;
  static constexpr About about[] = {{"phone", N_("Telephone number people call for help"),
                                     N_("Of the office, not a person's own. A commune that leaves it empty "
                                        "shows the province's")}};
};
DANCHU_RECORD(SetContact, phone)
bool may_set_contact(const Viewer& viewer, Id<Unit> unit);
// An officer of the commune, for the province its own, by an act. Within a write_official().
Result<Done> set_contact(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<Unit> unit,
                         const SetContact& form);

// Pages that show a number depend on this topic.
inline constexpr std::string_view contact_topic = "setting";
// What touches the number that support_phone gives for a unit: the numbers, and which commune it lies in.
std::vector<store::Topic> contact_topics(Id<Unit> unit);

}  // namespace danchu::people
