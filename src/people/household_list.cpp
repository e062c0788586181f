#include "people/household_list.h"

#include <algorithm>

#include "people/accounts.h"
#include "people/household_register.h"
#include "people/register_rows.h"
#include "people/units.h"

namespace danchu::people {
namespace {

#define LIST_COLUMNS                                                                                    \
  "id, village, state, closed_on, total, first_total, locked_by_head, locked_by_front, front_minutes, " \
  "confirmed_by, frozen_for, voting_since, posted_on, posted_at, unposted_reason"
#define LINE_COLUMNS \
  "id, list, household, number, house, head, beside, temporary, reason, removed, circumstance"

const store::Statement list_by_id{"SELECT " LIST_COLUMNS " FROM household_list WHERE id = $1"};
const store::Statement usable_list{
    "SELECT " LIST_COLUMNS
    " FROM household_list WHERE village = $1 AND state IN ('confirmed', 'frozen') ORDER BY id DESC LIMIT 1"};
const store::Statement lists_of_village{"SELECT " LIST_COLUMNS
                                        " FROM household_list WHERE village = $1 ORDER BY id DESC LIMIT $2"};
const store::Statement locked_in_commune{
    "SELECT " LIST_COLUMNS
    " FROM household_list WHERE state = 'locked' AND village IN (SELECT id FROM unit WHERE parent = $1) "
    "ORDER BY id LIMIT 200"};
const store::Statement lines_of_list{"SELECT " LINE_COLUMNS
                                     ", salt FROM household_list_line WHERE list = $1 ORDER BY number, id"};
const store::Statement line_of_household{
    "SELECT id FROM household_list_line WHERE list = $1 AND household = $2 AND removed = 0"};
const store::Statement put_list{
    "INSERT INTO household_list(id, village, state, closed_on, total, first_total, locked_by_head, "
    "locked_by_front, "
    "front_minutes, confirmed_by, frozen_for, voting_since) VALUES ($1, $2, $3, $4, $5, NULL, 0, 0, '', 0, "
    "'', NULL)"};
const store::Statement change_list{
    "UPDATE household_list SET state = $2, total = $3, first_total = $4, locked_by_head = $5, "
    "locked_by_front = $6, "
    "front_minutes = $7, confirmed_by = $8, frozen_for = $9, posted_on = $10, posted_at = $11, "
    "unposted_reason = $12 WHERE id = $1"};
const store::Statement start_voting{
    "UPDATE household_list SET voting_since = $2 WHERE id = $1 AND voting_since IS NULL"};
const store::Statement put_line{
    "INSERT INTO household_list_line(id, list, household, number, house, head, beside, temporary, reason, "
    "removed, circumstance, salt) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
const store::Statement remove_line{"UPDATE household_list_line SET removed = $2 WHERE id = $1"};
const store::Statement drop_lines{"DELETE FROM household_list_line WHERE list = $1"};
const store::Statement drop_list{"DELETE FROM household_list WHERE id = $1"};
const store::Statement register_on{
    "SELECT id, number, house, head, beside, temporary, origin, circumstance FROM household "
    "WHERE village = $1 AND since <= $2 AND (gone IS NULL OR gone > $2) ORDER BY number, id"};
const store::Statement put_correction{
    "INSERT INTO household_list_correction(id, list, total_before, total_after, reason, salt, actor, "
    "entered) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
const store::Statement corrections_of{
    "SELECT total_before, total_after, reason, entered FROM household_list_correction WHERE list = $1 ORDER "
    "BY id"};

[[maybe_unused]] const acts::NotYetOfficial draft_lists{"household_list", "state = 'draft'"};
[[maybe_unused]] const acts::NotYetOfficial draft_lines{
    "household_list_line", "list IN (SELECT id FROM household_list WHERE state IN ('draft', 'returned'))"};

// Which household left, moved in or lives here for a time is nobody else's business (practice P17, P97).
[[maybe_unused]] const acts::Withheld list_acts{
    {.kinds = "household-list.",
     .why = [](store::Reader&, const acts::Recorded&) -> std::string_view {
       return N_("It lists the village's households line by line: only its officers may have the bytes.");
     },
     .officers = true}};

struct SaltedLine {
  ListLine line;
  std::string salt;
};

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

// Keeps the list as it is now and what was done as an act.
void keep(store::Writer& w, const acts::Keys& keys, std::string kind, const HouseholdList& l,
          std::int64_t actor, const std::vector<SaltedLine>& lines = {},
          std::optional<acts::Draft::Covered> more = {}, std::string on_behalf = "") {
  w.run(change_list, l.id, l.state, l.total, l.first_total, l.locked_by_head, l.locked_by_front,
        l.front_minutes, l.confirmed_by, l.frozen_for, l.posted_on, l.posted_at, l.unposted_reason);
  acts::Draft draft;
  draft.kind = "household-list." + std::move(kind);
  draft.unit = l.village.number;
  draft.actor = actor;
  draft.on_behalf = std::move(on_behalf);
  draft.happened = w.now();
  draft.subject = "household-list/" + l.id.text();
  draft.covers.push_back(covered(l));
  for (const SaltedLine& line : lines) draft.covers.push_back(covered(line));
  if (more) draft.covers.push_back(std::move(*more));
  acts::append(w, keys, draft);
  w.touch(topic_of(l.village));
}

Problems no_list() { return problem(Fault::missing, N_("There is no such household list")); }
Problems not_now() {
  return problem(Fault::conflict,
                 N_("This step is not possible in the list's present state. Load the page again."));
}
Problems not_yours() { return problem(Fault::denied, N_("This step belongs to another post")); }

std::vector<void (*)(store::Writer&, Id<HouseholdList>)>& when_corrected() {
  static std::vector<void (*)(store::Writer&, Id<HouseholdList>)> all;
  return all;
}

bool waits(const HouseholdList& l) {
  return l.state == ListState::draft || l.state == ListState::locked || l.state == ListState::confirmed;
}

bool of_commune(store::Reader& r, const Viewer& viewer, Id<Unit> village) {
  auto commune = commune_of(r, village);
  return commune && viewer.holds(Role::commune_officer, commune->id);
}

// ---- who may do which step, in which state --------------------------------------------------------------

using Refusal = std::optional<Problems>;

Refusal lock_refusal(const Viewer& viewer, const HouseholdList& l, LockAs as) {
  const bool head = as == LockAs::head;
  if (!viewer.holds(head ? Role::village_head : Role::village_front, l.village)) return not_yours();
  if (l.state != ListState::draft || (head ? l.locked_by_head : l.locked_by_front)) return not_now();
  if ((head ? l.locked_by_front : l.locked_by_head) == viewer.account.number)
    return problem(Fault::denied,
                   N_("One person cannot lock for both sides. The Front committee's side is locked by a "
                      "deputy, with the minutes of its meeting."));
  return std::nullopt;
}

// Whoever locked it for the village does not confirm it for the commune.
Refusal confirm_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& l) {
  if (!of_commune(r, viewer, l.village)) return not_yours();
  if (l.state != ListState::locked) return not_now();
  if (viewer.account.number == l.locked_by_head || viewer.account.number == l.locked_by_front)
    return not_yours();
  return std::nullopt;
}

Refusal return_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& l) {
  const bool village =
      viewer.holds(Role::village_head, l.village) || viewer.holds(Role::village_front, l.village);
  if (!of_commune(r, viewer, l.village) && !(village && l.state != ListState::confirmed)) return not_yours();
  if (!waits(l)) return not_now();
  return std::nullopt;
}

Refusal correction_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& l) {
  if (!of_commune(r, viewer, l.village)) return not_yours();
  if (l.state != ListState::locked && l.state != ListState::confirmed && l.state != ListState::frozen)
    return not_now();
  if (l.voting_since)
    return problem(Fault::conflict,
                   N_("Voting has started: the list can no longer be corrected. The change counts from "
                      "the next list."));
  return std::nullopt;
}

Problems check_front_lock(store::Reader& r, const HouseholdList& l, const LockList& form, Date today) {
  bool named = form.minutes && !form.minutes->value.empty();
  if (one_person_holds_both(r, l.village, today) && !named)
    return problem_at(
        "minutes", N_("One person holds both posts here. Name the minutes of the Front committee's meeting "
                      "that agreed to the list."));
  return {};
}

// Since when and where the households may check the list (practice P34).
Problems check_posting(const LockList& form, Date today) {
  if (!form.posted_on) return problem_at("posted_on", N_("Say since when the list is posted"));
  if (*form.posted_on > today) return problem_at("posted_on", N_("This day has not come yet"));
  if (today - *form.posted_on > longest_posting)
    return problem_at("posted_on", N_("This lies more than {days} days back: it cannot be this list"),
                      {{"days", std::to_string(longest_posting)}});
  if (!form.posted_at || form.posted_at->value.empty())
    return problem_at("posted_at", N_("Say where the list is posted"));
  return {};
}

}  // namespace

std::optional<CorrectionWindow> correction_window(const law::Law& law, Date posted_on) {
  const law::Version* rule = law.in_force("HHL-01", posted_on);
  if (!rule || !rule->term || rule->term->amount == 0) return std::nullopt;
  auto due = law.due("HHL-01", posted_on);
  if (!due) return std::nullopt;
  return CorrectionWindow{due->due, due->due + 1, rule->unverified, due->because};
}

Result<Done> may_confirm(const law::Law& law, std::optional<Date> posted_on, Date today,
                         const ConfirmList& form) {
  auto window = correction_window(law, posted_on.value_or(today));
  if (!window) {
    if (!form.reason || form.reason->value.empty())
      return Problem{Fault::invalid,
                     "reason",
                     N_("Say why the list is confirmed without a time of posting"),
                     {},
                     {"HHL-01"}};
    return Done{};
  }
  if (!posted_on)
    return problem(Fault::conflict,
                   N_("It is not known since when this list is posted: return it and lock it again"));
  if (today >= window->confirmed_from) return Done{};
  const Args days{{"until", to_page(window->until)}, {"earliest", to_page(window->confirmed_from)}};
  if (!window->proposed)
    return unlawful({"HHL-01"},
                    N_("The list is posted for corrections until the end of {until}; the earliest day to "
                       "confirm it is {earliest}"),
                    days);
  if (form.reason && !form.reason->value.empty()) return Done{};
  return Problem{Fault::invalid,
                 "reason",
                 N_("The list is posted for corrections until the end of {until}; the earliest day to "
                    "confirm it is {earliest}. No article sets this time: to confirm before, say why"),
                 days,
                 {"HHL-01"}};
}

std::optional<HouseholdList> household_list(store::Reader& r, Id<HouseholdList> id) {
  auto row = r.first(list_by_id, id);
  return row ? std::optional(row->as<HouseholdList>()) : std::nullopt;
}

std::optional<HouseholdList> list_of(store::Reader& r, Id<Unit> village) {
  auto row = r.first(usable_list, village);
  return row ? std::optional(row->as<HouseholdList>()) : std::nullopt;
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

ListSteps steps_for(store::Reader& r, const Viewer& viewer, const HouseholdList& l) {
  return {!lock_refusal(viewer, l, LockAs::head), !lock_refusal(viewer, l, LockAs::front),
          !confirm_refusal(r, viewer, l), !return_refusal(r, viewer, l), !correction_refusal(r, viewer, l)};
}

namespace {

// What the head, the Front head or a helper of a village has to do for its list.
void add_village_tasks(store::Reader& r, const Viewer& viewer, const Unit& village,
                       std::vector<ListTask>& tasks) {
  const std::vector<HouseholdList> newest = lists_of(r, village.id, 1);
  if (newest.empty() || newest[0].state == ListState::returned) {
    if (viewer.holds(Role::village_head, village.id) && register_total(r, village.id) > 0)
      tasks.push_back({ListTask::What::draft, village, {}, {}});
    return;
  }
  const ListSteps steps = steps_for(r, viewer, newest[0]);
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
    if (unit_kind(at->kind).level == "village") add_village_tasks(r, viewer, *at, tasks);
    for (const store::Row& row : r.query(locked_in_commune, post.unit)) {
      const HouseholdList l = row.as<HouseholdList>();
      if (!steps_for(r, viewer, l).confirm) continue;
      ListTask task{ListTask::What::confirm, *unit(r, l.village), l.id, {}};
      auto window = correction_window(law, l.posted_on.value_or(today));
      if (window && today < window->confirmed_from) task.not_before = window->confirmed_from;
      tasks.push_back(std::move(task));
    }
  }
  return tasks;
}

Result<Id<HouseholdList>> draft_list(store::Writer& w, const Viewer& viewer, Id<Unit> village,
                                     Date closed_on) {
  if (auto refusal = register_refusal(w, viewer, village)) return *refusal;
  const Date today = local_date(w.now());
  if (closed_on > today) return problem_at("closed_on", N_("This day has not come yet"));
  if (today - closed_on > oldest_list)
    return problem_at("closed_on",
                      N_("A list is closed {days} days ago at most: later changes would be missing"),
                      {{"days", std::to_string(oldest_list)}});
  if (auto newest = list_of(w, village); newest && closed_on < newest->closed_on)
    return problem_at("closed_on", N_("The list of {closed} is newer than this day"),
                      {{"closed", to_page(newest->closed_on)}});
  for (const HouseholdList& l : lists_of(w, village, 5)) {
    if (!waits(l)) continue;
    if (l.state != ListState::draft || l.locked_by_head || l.locked_by_front)
      return problem(Fault::conflict,
                     N_("Another list of this village waits. It must be used or returned first."));
    w.run(drop_lines, l.id);
    w.run(drop_list, l.id);
  }
  store::Rows rows = w.query(register_on, village, closed_on);
  if (rows.empty()) return problem(Fault::conflict, N_("The register held no household on that day"));
  auto id = w.new_id<HouseholdList>();
  w.run(put_list, id, village, ListState::draft, closed_on, static_cast<std::int64_t>(rows.size()));
  for (const store::Row& row : rows)
    insert_line(w, {{},
                    id,
                    row.id<Household>(0),
                    row.integer(1),
                    {row.text(2)},
                    {row.text(3)},
                    {row.text(4)},
                    row.boolean(5),
                    row.text(6),
                    false,
                    row.choice<Circumstance>(7)});
  w.touch(topic_of(village));
  return id;
}

Result<Done> lock_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<HouseholdList> id,
                       const LockList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  bool head = form.as == LockAs::head;
  if (auto refusal = lock_refusal(viewer, *l, form.as)) return *refusal;
  if (!head) {
    Problems wrong = check_front_lock(w, *l, form, local_date(w.now()));
    if (!wrong.empty()) return wrong;
    if (form.minutes) l->front_minutes = form.minutes->value;
  } else {
    Problems wrong = check_posting(form, local_date(w.now()));
    if (!wrong.empty()) return wrong;
    l->posted_on = form.posted_on;
    l->posted_at = form.posted_at->value;
  }
  (head ? l->locked_by_head : l->locked_by_front) = viewer.account.number;
  bool both = l->locked_by_head && l->locked_by_front;
  if (both) l->state = ListState::locked;
  keep(w, keys, head ? "locked-by-head" : "locked-by-front", *l, viewer.account.number,
       both ? salted_lines(w, id) : std::vector<SaltedLine>{});
  return Done{};
}

Result<Done> confirm_list(store::Writer& w, const acts::Keys& keys, const law::Law& law, const Viewer& viewer,
                          Id<HouseholdList> id, const ConfirmList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (auto refusal = confirm_refusal(w, viewer, *l)) return *refusal;
  auto allowed = may_confirm(law, l->posted_on, local_date(w.now()), form);
  if (!allowed) return allowed;
  if (form.reason) l->unposted_reason = form.reason->value;
  l->state = ListState::confirmed;
  l->confirmed_by = viewer.account.number;
  keep(w, keys, "confirmed", *l, viewer.account.number);
  return Done{};
}

Result<Done> return_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                         Id<HouseholdList> id) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (auto refusal = return_refusal(w, viewer, *l)) return *refusal;
  l->state = ListState::returned;
  keep(w, keys, "returned", *l, viewer.account.number);
  return Done{};
}

std::optional<Instant> confirmed_at(store::Reader& r, Id<HouseholdList> id) {
  std::optional<Instant> at;
  for (const acts::Recorded& act : acts::about(r, "household-list/" + id.text()))
    if (act.kind == "household-list.confirmed") at = act.happened;
  return at;
}

Result<Done> freeze(store::Writer& w, const acts::Keys& keys, Id<HouseholdList> id, const Viewer& actor,
                    const std::string& notice) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (l->state == ListState::frozen) return Done{};
  if (l->state != ListState::confirmed)
    return problem(Fault::conflict, N_("The household list is not confirmed by the commune yet"));
  l->state = ListState::frozen;
  l->frozen_for = notice;
  keep(w, keys, "frozen", *l, actor.account.number, {}, {}, actor.on_behalf());
  return Done{};
}

void voting_started(store::Writer& w, Id<HouseholdList> list) { w.run(start_voting, list, w.now()); }

Result<Done> correct_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                          Id<HouseholdList> id, const CorrectList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (auto refusal = correction_refusal(w, viewer, *l)) return *refusal;
  if (form.reason.value.empty())
    return problem_at("reason", N_("Write the reason and name the paper behind it"));
  if (form.add.empty() && form.remove.empty())
    return problem(Fault::invalid, N_("Choose a household to add or to remove"));

  std::vector<SaltedLine> changed, present = salted_lines(w, id);
  auto line_of = [&](Id<Household> household) {
    return std::find_if(present.begin(), present.end(),
                        [&](const SaltedLine& s) { return s.line.household == household; });
  };
  for (Id<Household> household : form.remove) {
    auto at = line_of(household);
    if (at == present.end() || at->line.removed)
      return problem_at("remove", N_("This household is not on the list"));
    at->line.removed = true;
    w.run(remove_line, at->line.id, true);
    changed.push_back(*at);
  }
  for (Id<Household> added : form.add) {
    auto found = household(w, added);
    auto at = line_of(added);
    if (std::find(form.remove.begin(), form.remove.end(), added) != form.remove.end())
      return problem_at("add", N_("A household cannot be added and removed at once"));
    if (!found || found->village != l->village || found->gone)
      return problem_at("add", N_("This household is not in the village's register"));
    if (at != present.end() && !at->line.removed)
      return problem_at("add", N_("This household is on the list already"));
    if (at != present.end()) {
      at->line.removed = false;
      w.run(remove_line, at->line.id, false);
      changed.push_back(*at);
    } else {
      changed.push_back(insert_line(w, {{},
                                        id,
                                        added,
                                        found->number,
                                        found->house,
                                        found->head,
                                        found->beside,
                                        found->temporary,
                                        "correction",
                                        false,
                                        found->circumstance}));
      present.push_back(changed.back());
    }
  }
  std::int64_t before = l->total;
  l->total += static_cast<std::int64_t>(form.add.size()) - static_cast<std::int64_t>(form.remove.size());
  if (!l->first_total) l->first_total = before;

  auto correction = w.new_id<ListCorrection>();
  std::string salt = acts::new_salt();
  w.run(put_correction, correction, id, before, l->total, form.reason, store::Bytes{salt},
        viewer.account.number, w.now());
  keep(w, keys, "corrected", *l, viewer.account.number, changed,
       acts::Draft::Covered{"household_list_correction",
                            correction.number,
                            {{"list", id.number},
                             {"total_before", before},
                             {"total_after", l->total},
                             {"reason", acts::personal("salt", salt, form.reason.value)},
                             {"actor", viewer.account.number},
                             {"entered", w.now().us}}});
  for (auto touch : when_corrected()) touch(w, id);
  return Done{};
}

WhenListCorrected::WhenListCorrected(void (*touch)(store::Writer&, Id<HouseholdList>)) {
  when_corrected().push_back(touch);
}

std::vector<ListCorrection> corrections(store::Reader& r, Id<HouseholdList> list) {
  std::vector<ListCorrection> found;
  for (const store::Row& row : r.query(corrections_of, list)) found.push_back(row.as<ListCorrection>());
  return found;
}

}  // namespace danchu::people
