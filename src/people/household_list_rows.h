// What drafting, the steps, the corrections and the tasks of a household list share inside this room.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "people/household_list.h"

namespace danchu::people {

#define LIST_COLUMNS                                                                                    \
  "id, village, state, closed_on, total, first_total, locked_by_head, locked_by_front, front_minutes, " \
  "confirmed_by, frozen_for, voting_since, posted_on, posted_at, unposted_reason"

struct SaltedLine {
  ListLine line;
  std::string salt;
};

std::vector<SaltedLine> salted_lines(store::Reader& r, Id<HouseholdList> list);
acts::Draft::Covered covered(const HouseholdList& list);  // as an act says it
SaltedLine insert_line(store::Writer& w, ListLine line);
std::string subject_of(Id<HouseholdList> list);  // of its acts: "household-list/01J…"
// Keeps the list as it is now and what was done as an act.
void keep_list(store::Writer& w, const acts::Keys& keys, std::string kind, const HouseholdList& l,
               std::int64_t actor, const std::vector<SaltedLine>& lines = {},
               std::optional<acts::Draft::Covered> more = {}, std::string on_behalf = "",
               boost::json::object body = {});

Problems no_list();
Problems list_not_now();    // not possible in its present state
Problems list_not_yours();  // another post's
// A list that is to be confirmed or frozen yet.
bool waits(const HouseholdList& list);

// Why this viewer may not do a step now, if so.
using Refusal = std::optional<Problems>;
Refusal correction_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& list, Date today);

}  // namespace danchu::people
