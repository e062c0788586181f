#include "people/household_list.h"

#include <algorithm>

#include "acts/official.h"
#include "people/household_list_rows.h"
#include "people/household_register.h"
#include "people/register_rows.h"
#include "people/units.h"

namespace danchu::people {
namespace {

const store::Statement list_by_id{"SELECT " LIST_COLUMNS " FROM household_list WHERE id = $1"};
const store::Statement last_confirmed{
    "SELECT " LIST_COLUMNS
    " FROM household_list WHERE village = $1 AND confirmed_by <> 0 ORDER BY id DESC LIMIT 1"};
const store::Statement newest_standing{
    "SELECT " LIST_COLUMNS
    " FROM household_list WHERE village = $1 AND state IN ('confirmed', 'frozen') ORDER BY id DESC LIMIT 1"};
const store::Statement ever_confirmed{
    "SELECT " LIST_COLUMNS " FROM household_list WHERE village = $1 AND confirmed_by <> 0 ORDER BY id DESC"};
const store::Statement lists_of_village{"SELECT " LIST_COLUMNS
                                        " FROM household_list WHERE village = $1 ORDER BY id DESC LIMIT $2"};
const store::Statement line_of_household{
    "SELECT id FROM household_list_line WHERE list = $1 AND household = $2 AND removed = 0"};

const store::Statement put_list{
    "INSERT INTO household_list(id, village, state, closed_on, total, first_total, locked_by_head, "
    "locked_by_front, "
    "front_minutes, confirmed_by, frozen_for, voting_since) VALUES ($1, $2, $3, $4, $5, NULL, 0, 0, '', 0, "
    "'', NULL)"};
const store::Statement drop_lines{"DELETE FROM household_list_line WHERE list = $1"};
const store::Statement all_drafts{"SELECT id FROM household_list WHERE state = 'draft' ORDER BY id"};

[[maybe_unused]] const acts::OfficialTable official_tables[] = {
    acts::OfficialTable{"household_list"}, acts::OfficialTable{"household_list_line"},
    acts::OfficialTable{"household_list_correction"}};
[[maybe_unused]] const acts::NotYetOfficial draft_lines{
    "household_list_line", "list IN (SELECT id FROM household_list WHERE state IN ('draft', 'returned'))"};

// Which household left, moved in or lives here for a time is nobody else's business (practice P17, P97).
[[maybe_unused]] const acts::Withheld list_acts{
    {.kinds = "household-list.",
     .why = [](store::Reader&, const acts::Recorded&) -> std::string_view {
       return N_("It lists the village's households line by line: only its officers may have the bytes.");
     },
     .officers = true}};

// What a draft's lines are, until the lock covers each: over their salts too, so that nobody finds the names
// by trying.
std::string hash_of_lines(store::Reader& r, Id<HouseholdList> list) {
  std::string all;
  for (const SaltedLine& s : salted_lines(r, list))
    for (const std::string& part :
         {s.salt, std::to_string(s.line.household.number), std::to_string(s.line.number), s.line.house.value,
          s.line.head.value, s.line.beside.value, std::string(s.line.temporary ? "1" : "0"), s.line.reason,
          std::string(s.line.removed ? "1" : "0"), std::string(code_of(s.line.circumstance))})
      all += std::to_string(part.size()) + ":" + part;
  return store::sha256_hex(all);
}

std::vector<std::string> altered_drafts(store::Reader& r) {
  std::vector<std::string> found;
  for (const store::Row& row : r.query(all_drafts)) {
    const auto list = row.id<HouseholdList>(0);
    for (const acts::Recorded& act : acts::about(r, "household-list/" + list.text())) {
      const auto* hash = act.body.if_contains("lines");
      if (act.kind == "household-list.drafted" &&
          (!hash || !hash->is_string() || hash_of_lines(r, list) != hash->get_string()))
        found.push_back("table household_list_line: the lines of the draft " + list.text() +
                        " are not those of act " + std::to_string(act.seq));
    }
  }
  return found;
}
[[maybe_unused]] const acts::AlsoVerified drafted_lines{"the lines of drafted lists", altered_drafts};

}  // namespace

std::optional<HouseholdList> household_list(store::Reader& r, Id<HouseholdList> id) {
  auto row = r.first(list_by_id, id);
  return row ? std::optional(row->as<HouseholdList>()) : std::nullopt;
}

std::optional<HouseholdList> list_of(store::Reader& r, Id<Unit> village) {
  auto row = r.first(last_confirmed, village);
  if (!row) return std::nullopt;
  auto list = row->as<HouseholdList>();
  return list.state == ListState::returned ? std::nullopt : std::optional(std::move(list));
}
std::optional<HouseholdList> list_at(store::Reader& r, Id<Unit> village, Instant at) {
  for (const store::Row& row : r.query(ever_confirmed, village)) {
    auto list = row.as<HouseholdList>();
    bool confirmed = false, returned = false;
    for (const acts::Recorded& act : acts::about(r, subject_of(list.id))) {
      if (act.entered > at) continue;
      confirmed = confirmed || act.kind == "household-list.confirmed";
      returned = returned || (confirmed && act.kind == "household-list.returned");
    }
    if (returned) return std::nullopt;
    if (confirmed) return list;
  }
  return std::nullopt;
}
std::int64_t total_at(store::Reader& r, const HouseholdList& list, Instant at) {
  for (const ListCorrection& correction : corrections(r, list.id))
    if (correction.entered > at) return correction.total_before;
  return list.total;
}
bool had_a_hand_in(store::Reader& r, Id<HouseholdList> list, Id<Account> account) {
  const std::vector<acts::Recorded> all = acts::about(r, subject_of(list));
  return std::any_of(all.begin(), all.end(), [&](const acts::Recorded& act) {
    return act.actor == account.number &&
           (act.kind == "household-list.confirmed" || act.kind == "household-list.returned" ||
            act.kind == "household-list.corrected");
  });
}

std::vector<HouseholdList> lists_of(store::Reader& r, Id<Unit> village, int limit) {
  std::vector<HouseholdList> lists;
  for (const store::Row& row : r.query(lists_of_village, village, limit))
    lists.push_back(row.as<HouseholdList>());
  return lists;
}

std::vector<ListLine> lines(store::Reader& r, Id<HouseholdList> list, bool with_removed) {
  std::vector<ListLine> lines;
  for (SaltedLine& salted : salted_lines(r, list))
    if (with_removed || !salted.line.removed) lines.push_back(std::move(salted.line));
  return lines;
}

bool stands_on(store::Reader& r, Id<HouseholdList> list, Id<Household> household) {
  return r.first(line_of_household, list, household).has_value();
}

std::optional<std::int64_t> frozen_total(store::Reader& r, Id<HouseholdList> list) {
  auto found = household_list(r, list);
  return found && found->state == ListState::frozen ? std::optional(found->total) : std::nullopt;
}

std::optional<Problems> draft_refusal(store::Reader& r, const Viewer& viewer, Id<Unit> village) {
  if (auto refusal = register_refusal(r, viewer, village)) return refusal;
  for (const HouseholdList& l : lists_of(r, village, 5))
    if (waits(l) && (l.state != ListState::draft || l.locked_by_head || l.locked_by_front))
      return problem(Fault::conflict,
                     N_("Another list of this village waits. It must be used or returned first."));
  return std::nullopt;
}

Result<Id<HouseholdList>> draft_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                     Id<Unit> village, Date closed_on) {
  if (auto refusal = draft_refusal(w, viewer, village)) return *refusal;
  const Date today = local_date(w.now());
  if (closed_on > today) return problem_at("closed_on", N_("This day has not come yet"));
  if (today - closed_on > oldest_list)
    return problem_at("closed_on",
                      N_("A list is closed {days} days ago at most: later changes would be missing"),
                      {{"days", std::to_string(oldest_list)}});
  if (auto newest = w.first(newest_standing, village))
    if (const Date closed = newest->as<HouseholdList>().closed_on; closed_on < closed)
      return problem_at("closed_on", N_("The list of {closed} is newer than this day"),
                        {{"closed", to_page(closed)}});
  for (HouseholdList& l : lists_of(w, village, 5)) {  // drafts nobody has locked
    if (!waits(l)) continue;
    w.run(drop_lines, l.id);
    l.state = ListState::returned;
    keep_list(w, keys, "returned", l, viewer.account.number);
  }
  const std::vector<RegisteredHousehold> registered = registered_on(w, village, closed_on);
  if (registered.empty()) return problem(Fault::conflict, N_("The register held no household on that day"));
  auto id = w.new_id<HouseholdList>();
  w.run(put_list, id, village, ListState::draft, closed_on, static_cast<std::int64_t>(registered.size()));
  for (const auto& [h, origin] : registered)
    insert_line(
        w, {{}, id, h.id, h.number, h.house, h.head, h.beside, h.temporary, origin, false, h.circumstance});
  acts::Draft draft;
  draft.kind = "household-list.drafted";
  draft.unit = village.number;
  draft.actor = viewer.account.number;
  draft.happened = w.now();
  draft.subject = "household-list/" + id.text();
  draft.covers.push_back(covered(*household_list(w, id)));
  draft.body = {{"lines", hash_of_lines(w, id)}};
  acts::append(w, keys, draft);
  w.touch(topic_of(village));
  return id;
}

}  // namespace danchu::people
