#include "people/household_register.h"

#include <algorithm>

#include "acts/official.h"
#include "base/csv.h"
#include "base/text.h"
#include "people/register_rows.h"
#include "people/sign_in.h"
#include "people/units.h"

namespace danchu::people {
namespace {

[[maybe_unused]] const acts::OfficialTable official_changes{"household_change"};

#define HOUSEHOLD_COLUMNS "id, village, number, house, head, beside, temporary, gone, circumstance"

// Who died, left or came is told to the village's officers only (practice P17, P97).
[[maybe_unused]] const acts::Withheld register_acts{
    {.kinds = "register.",
     .why = [](store::Reader&, const acts::Recorded&) -> std::string_view {
       return N_("It tells of single households: only the village's officers may have the bytes.");
     },
     .officers = true,
     .instead = N_("The household register was changed")}};

const store::Statement put_row{
    "INSERT INTO household(id, village, number, house, head, beside, temporary, since, origin, gone, "
    "circumstance) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
const store::Statement correct_row{
    "UPDATE household SET house = $2, head = $3, beside = $4, temporary = $5, circumstance = $6 WHERE id = "
    "$1"};
const store::Statement end_row{"UPDATE household SET gone = $2 WHERE id = $1"};
const store::Statement row_by_id{"SELECT " HOUSEHOLD_COLUMNS " FROM household WHERE id = $1"};
const store::Statement rows_of{"SELECT " HOUSEHOLD_COLUMNS
                               " FROM household WHERE village = $1 AND gone IS NULL ORDER BY number, id"};
const store::Statement rows_on{"SELECT " HOUSEHOLD_COLUMNS
                               ", origin FROM household WHERE village = $1 AND since <= $2 AND "
                               "(gone IS NULL OR gone > $2) ORDER BY number, id"};
const store::Statement count_rows{"SELECT count(*) FROM household WHERE village = $1 AND gone IS NULL"};
const store::Statement greatest_number{"SELECT coalesce(max(number), 0) FROM household WHERE village = $1"};
const store::Statement put_change{
    "INSERT INTO household_change(id, village, kind, household, other, happened, lines, paper, salt, actor, "
    "entered) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
const store::Statement accounts_of{"SELECT id FROM account WHERE household = $1"};
const store::Statement officer_post_of{
    "SELECT 1 FROM post WHERE account = $1 AND role <> 'household' AND (valid_to IS NULL OR valid_to > $2) "
    "LIMIT 1"};
const store::Statement close_account{"UPDATE account SET closed = 1 WHERE id = $1"};
const store::Statement leave_household{
    "UPDATE account SET household = NULL, village = NULL, left_register = $2 WHERE id = $1"};

bool makes_a_household(Change change) { return change == Change::moved_in || change == Change::split; }
bool ends_a_household(Change change) {
  return change == Change::duplicate || change == Change::moved_away || change == Change::merged ||
         change == Change::died;
}
bool needs_other(Change change) { return change == Change::duplicate || change == Change::merged; }
bool rewrites_a_line(Change change) { return change == Change::corrected || change == Change::counted_as; }

// The line as it shall stand after this change; of one that is there already only what the change names
// differs.
Household line_after(store::Reader& r, Id<Unit> village, const RegisterChange& c) {
  Household line;
  if (rewrites_a_line(*c.change)) line = household(r, *c.household).value_or(Household{});
  line.village = village;
  if (c.temporary) line.temporary = *c.temporary;
  if (c.circumstance) line.circumstance = *c.circumstance;
  if (c.change == Change::counted_as) return line;
  if (c.house) line.house = *c.house;
  if (c.head) line.head = *c.head;
  if (c.beside) line.beside = *c.beside;
  return line;
}

bool same_line(const Household& a, const Household& b) {
  return a.house == b.house && a.head == b.head && a.beside == b.beside && a.temporary == b.temporary &&
         a.circumstance == b.circumstance;
}

bool in_register(store::Reader& r, const std::optional<Id<Household>>& id, Id<Unit> village) {
  auto found = id ? household(r, *id) : std::nullopt;
  return found && found->village == village && !found->gone;
}

Problems check_change(store::Reader& r, Id<Unit> village, const RegisterChange& c, Date today) {
  if (!c.change) return problem_at("change", N_("Choose what happened"));
  Problems wrong;
  auto at = [&](std::string_view path, std::string_view message) {
    wrong.push_back({Fault::invalid, std::string(path), message, {}, {}});
  };
  if (c.change == Change::imported) at("change", N_("Import a list with the import page"));
  if (c.happened > today) at("happened", N_("This day has not come yet"));
  if (c.paper.value.empty()) at("paper", N_("Name the paper behind this change"));
  if (c.change != Change::moved_in && !in_register(r, c.household, village))
    at("household", N_("This household is not in the village's register"));
  if (needs_other(*c.change) && (!in_register(r, c.other, village) || c.other == c.household))
    at("other", N_("Choose the other household, the one that stays"));
  if ((makes_a_household(*c.change) && !c.head) ||
      ((makes_a_household(*c.change) || c.change == Change::corrected) && c.head && c.head->value.empty()))
    at("head", N_("Write the name of the head of household"));
  if (wrong.empty() && rewrites_a_line(*c.change) &&
      same_line(line_after(r, village, c), household(r, *c.household).value_or(Household{})))
    at(c.change == Change::corrected ? "head" : "circumstance", N_("This is how it stands already"));
  return wrong;
}

// A household that left has nobody to sign in for it. An account that holds an officer's post keeps the post,
// which the commune gave and the commune alone ends; its officers' page says that the household left.
void close_accounts(store::Writer& w, Id<Household> gone, Date on) {
  for (const store::Row& row : w.query(accounts_of, gone)) {
    const auto account = row.id<Account>(0);
    if (w.first(officer_post_of, account, local_date(w.now())))
      w.run(leave_household, account, on);
    else
      w.run(close_account, account);
    end_sessions(w, account);
  }
}

Id<Household> apply(store::Writer& w, Id<Unit> village, const RegisterChange& c) {
  if (makes_a_household(*c.change)) {
    Household line = line_after(w, village, c);
    line.number = w.count(greatest_number, village) + 1;
    return put_household(w, line, c.happened, code_of(*c.change));
  }
  if (rewrites_a_line(*c.change)) rewrite_household(w, line_after(w, village, c));
  if (ends_a_household(*c.change)) {
    w.run(end_row, *c.household, c.happened);
    close_accounts(w, *c.household, c.happened);
  }
  return *c.household;
}

}  // namespace

bool may_keep_register(const Viewer& viewer, Id<Unit> village, Id<Unit> commune) {
  return viewer.holds(Role::village_head, village) || viewer.holds(Role::commune_officer, commune);
}

bool may_read_register(const Viewer& viewer, Id<Unit> village, Id<Unit> commune) {
  for (Role role : {Role::village_head, Role::village_front, Role::helper, Role::household})
    if (viewer.holds(role, village)) return true;
  for (Role role : {Role::commune_officer, Role::commune_chair, Role::commune_front})
    if (viewer.holds(role, commune)) return true;
  return false;
}

Problems not_register_keeper() {
  return problem(Fault::denied, N_("Only the village's head and the commune's officers keep this register"));
}

std::optional<Problems> register_refusal(store::Reader& r, const Viewer& viewer, Id<Unit> village) {
  auto commune = commune_of(r, village);
  if (!commune || commune->id == village) return problem(Fault::missing, N_("There is no such village"));
  if (!may_keep_register(viewer, village, commune->id)) return not_register_keeper();
  return std::nullopt;
}

acts::Draft::Covered put_change_row(store::Writer& w, const ChangeRow& c) {
  auto id = w.new_id<ChangeRow>();
  std::string salt = acts::new_salt();
  w.run(put_change, id, c.village, c.kind, c.household, c.other, c.happened, c.lines, c.paper,
        store::Bytes{salt}, c.actor.number, w.now());
  auto number = [](auto id) { return id ? boost::json::value(id.number) : boost::json::value(nullptr); };
  return {"household_change",
          id.number,
          {{"village", c.village.number},
           {"kind", std::string(code_of(c.kind))},
           {"household", number(c.household)},
           {"other", number(c.other)},
           {"happened", to_iso(c.happened)},
           {"lines", c.lines},
           {"paper", acts::personal("salt", salt, c.paper)},
           {"actor", c.actor.number},
           {"entered", w.now().us}}};
}

void record_change(store::Writer& w, const acts::Keys& keys, const ChangeRow& c) {
  acts::Draft draft;
  draft.kind = "register." + std::string(code_of(c.kind));
  draft.unit = c.village.number;
  draft.actor = c.actor.number;
  draft.happened = start_of(c.happened);
  draft.subject = "register/" + c.village.text();
  draft.covers.push_back(put_change_row(w, c));
  draft.body = {{"total", register_total(w, c.village)}};
  acts::append(w, keys, draft);
  w.touch(topic_of(c.village));
}

void rewrite_household(store::Writer& w, const Household& h) {
  w.run(correct_row, h.id, h.house, h.head, h.beside, h.temporary, h.circumstance);
}

Result<Id<Household>> change_register(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                      Id<Unit> village, const RegisterChange& change) {
  if (auto refusal = register_refusal(w, viewer, village)) return *refusal;
  Problems wrong = check_change(w, village, change, local_date(w.now()));
  if (!wrong.empty()) return wrong;
  Id<Household> concerned = apply(w, village, change);
  Id<Household> other;
  if (change.change == Change::split) other = *change.household;
  if (needs_other(*change.change)) other = *change.other;  // what else was sent there is nobody's
  record_change(
      w, keys,
      {village, *change.change, concerned, other, change.happened, 1, change.paper.value, viewer.account});
  return concerned;
}

std::vector<Household> households(store::Reader& r, Id<Unit> village) {
  std::vector<Household> lines;
  for (const store::Row& row : r.query(rows_of, village)) lines.push_back(row.as<Household>());
  return lines;
}

std::optional<Household> household(store::Reader& r, Id<Household> id) {
  auto row = r.first(row_by_id, id);
  return row ? std::optional(row->as<Household>()) : std::nullopt;
}

std::vector<RegisteredHousehold> registered_on(store::Reader& r, Id<Unit> village, Date on) {
  std::vector<RegisteredHousehold> found;
  for (const store::Row& row : r.query(rows_on, village, on))
    found.push_back({row.as<Household>(), row.text(9)});
  return found;
}

std::int64_t register_total(store::Reader& r, Id<Unit> village) { return r.count(count_rows, village); }

std::vector<Household> find_households(store::Reader& r, Id<Unit> village, const std::string& words) {
  std::vector<Household> lines = households(r, village);
  std::string wanted = " " + fold(words);
  if (wanted.size() == 1) return lines;
  std::erase_if(lines, [&](const Household& h) {
    std::string text = " " + fold(std::to_string(h.number) + " " + h.house.value + " " + h.head.value + " " +
                                  h.beside.value);
    return text.find(wanted) == std::string::npos;
  });
  return lines;
}

std::string register_csv(store::Reader& r, Id<Unit> village) {
  std::string csv = csv_line({"số thứ tự", "số nhà", "chủ hộ", "phân biệt", "tạm trú", "trường hợp"});
  for (const Household& h : households(r, village))
    csv += csv_line({std::to_string(h.number), h.house.value, h.head.value, h.beside.value,
                     h.temporary ? "x" : "", std::string(written(h.circumstance))});
  return csv;
}

Id<Household> put_household(store::Writer& w, const Household& line, Date since, std::string_view origin) {
  auto id = w.new_id<Household>();
  w.run(put_row, id, line.village, line.number, line.house, line.head, line.beside, line.temporary, since,
        origin, line.gone, line.circumstance);
  return id;
}

}  // namespace danchu::people
