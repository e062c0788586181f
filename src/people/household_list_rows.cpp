#include "people/household_list_rows.h"

#include "people/units.h"

namespace danchu::people {
namespace {

#define LINE_COLUMNS \
  "id, list, household, number, house, head, beside, temporary, reason, removed, circumstance"

const store::Statement lines_of_list{"SELECT " LINE_COLUMNS
                                     ", salt FROM household_list_line WHERE list = $1 ORDER BY number, id"};
const store::Statement change_list{
    "UPDATE household_list SET state = $2, total = $3, first_total = $4, locked_by_head = $5, "
    "locked_by_front = $6, "
    "front_minutes = $7, confirmed_by = $8, frozen_for = $9, posted_on = $10, posted_at = $11, "
    "unposted_reason = $12 WHERE id = $1"};
const store::Statement put_line{
    "INSERT INTO household_list_line(id, list, household, number, house, head, beside, temporary, reason, "
    "removed, circumstance, salt) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};

acts::Draft::Covered covered(const SaltedLine& s) {
  const ListLine& l = s.line;
  return {"household_list_line",
          l.id.number,
          {{"list", l.list.number},
           {"household", l.household.number},
           {"number", l.number},
           {"house", acts::personal("salt", s.salt, l.house.value)},
           {"head", acts::personal("salt", s.salt, l.head.value)},
           {"beside", acts::personal("salt", s.salt, l.beside.value)},
           {"temporary", l.temporary},
           {"reason", l.reason},
           {"removed", l.removed},
           {"circumstance", std::string(code_of(l.circumstance))}}};
}

}  // namespace

acts::Draft::Covered covered(const HouseholdList& l) {
  boost::json::value first_total = nullptr;
  if (l.first_total) first_total = *l.first_total;
  boost::json::value posted_on = nullptr;
  if (l.posted_on) posted_on = to_iso(*l.posted_on);
  boost::json::value voting_since = nullptr;
  if (l.voting_since) voting_since = l.voting_since->us;
  return {"household_list",
          l.id.number,
          {{"village", l.village.number},
           {"state", std::string(code_of(l.state))},
           {"closed_on", to_iso(l.closed_on)},
           {"total", l.total},
           {"first_total", first_total},
           {"locked_by_head", l.locked_by_head},
           {"locked_by_front", l.locked_by_front},
           {"front_minutes", l.front_minutes},
           {"confirmed_by", l.confirmed_by},
           {"frozen_for", l.frozen_for},
           {"posted_on", posted_on},
           {"posted_at", l.posted_at},
           {"unposted_reason", l.unposted_reason},
           {"voting_since", voting_since}}};
}

std::string subject_of(Id<HouseholdList> list) { return "household-list/" + list.text(); }

std::vector<SaltedLine> salted_lines(store::Reader& r, Id<HouseholdList> list) {
  std::vector<SaltedLine> lines;
  for (const store::Row& row : r.query(lines_of_list, list))
    lines.push_back({row.as<ListLine>(), row.bytes(11)});
  return lines;
}

SaltedLine insert_line(store::Writer& w, ListLine line) {
  line.id = w.new_id<ListLine>();
  std::string salt = acts::new_salt();
  w.run(put_line, line.id, line.list, line.household, line.number, line.house, line.head, line.beside,
        line.temporary, line.reason, line.removed, line.circumstance, store::Bytes{salt});
  return {line, salt};
}

void keep_list(store::Writer& w, const acts::Keys& keys, std::string kind, const HouseholdList& l,
               std::int64_t actor, const std::vector<SaltedLine>& lines,
               std::optional<acts::Draft::Covered> more, std::string on_behalf, boost::json::object body) {
  w.run(change_list, l.id, l.state, l.total, l.first_total, l.locked_by_head, l.locked_by_front,
        l.front_minutes, l.confirmed_by, l.frozen_for, l.posted_on, l.posted_at, l.unposted_reason);
  acts::Draft draft;
  draft.kind = "household-list." + std::move(kind);
  draft.unit = l.village.number;
  draft.actor = actor;
  draft.on_behalf = std::move(on_behalf);
  draft.happened = w.now();
  draft.subject = subject_of(l.id);
  draft.body = std::move(body);
  draft.covers.push_back(covered(l));
  for (const SaltedLine& line : lines) draft.covers.push_back(covered(line));
  if (more) draft.covers.push_back(std::move(*more));
  acts::append(w, keys, draft);
  w.touch(topic_of(l.village));
}

Problems no_list() { return problem(Fault::missing, N_("There is no such household list")); }
Problems list_not_now() {
  return problem(Fault::conflict,
                 N_("This step is not possible in the list's present state. Load the page again."));
}
Problems list_not_yours() { return problem(Fault::denied, N_("This step belongs to another post")); }

bool waits(const HouseholdList& l) {
  return l.state == ListState::draft || l.state == ListState::locked || l.state == ListState::confirmed;
}

}  // namespace danchu::people
