// Two people's word needs two people: whoever can sign in as a village's head and Front head, because he gave
// them their password or their post, does not check for the commune what they did (rule HHL-02).
#pragma once
#include <optional>

#include "people/people.h"

namespace danchu::people {

// Why this viewer may not confirm, return or correct a list of this village, accept its papers or correct its
// votes now: within the rule's term he gave its head or Front head a new password or the post. Fault::denied,
// with the name and the day until which it holds. A term of 0 switches the rule off.
std::optional<Problems> partiality(store::Reader& r, const Viewer& viewer, Id<Unit> village, Date today);

// Does the viewer check for the commune of this village: one of its officers, or its chair where every
// officer is partial (a commune with one officer).
bool checks_for_commune(store::Reader& r, const Viewer& viewer, Id<Unit> village, Date today);

}  // namespace danchu::people
