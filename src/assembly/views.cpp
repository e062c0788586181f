#include "assembly/views.h"

#include <limits>

#include "assembly/assembly.h"
#include "assembly/columns.h"
#include "assembly/steps.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

// A line of a list with all it shows, in one question. Numbers are shown once a matter is decided.
#define LISTED_COLUMNS "SELECT m.id, m.title, m.state, u.kind, u.name, g.starts, g.state, g.on_paper, "
#define LISTED_FROM " FROM motion m JOIN unit u ON u.id = m.village LEFT JOIN meeting g ON g.id = m.meeting "
#define COUNTED "v.yes, v.households, v.needed"
#define WITH_COUNT "LEFT JOIN motion_vote v ON v.motion = m.id "
#define UNFINISHED LISTED_COLUMNS "NULL, NULL, NULL" LISTED_FROM "WHERE "
#define DECIDED LISTED_COLUMNS COUNTED LISTED_FROM WITH_COUNT "WHERE "
// The states of the indexes motion_open, motion_coming and motion_decided, word for word.
#define OPEN "m.state IN ('noticed', 'voted') ORDER BY m.id DESC LIMIT $2"
#define COMING "m.state IN ('proposed', 'agreed', 'called') ORDER BY m.id DESC LIMIT $2"
#define OLDER "m.state IN ('passed', 'lost') AND m.id < $2 ORDER BY m.id DESC LIMIT $3"
#define NEWER "m.state IN ('passed', 'lost') AND m.id > $2 ORDER BY m.id LIMIT $3"

// The lists of one sort of place.
struct Questions {
  store::Statement open, coming, older, newer;
};
#define QUESTIONS(where)                                                                \
  {                                                                                     \
    store::Statement{UNFINISHED where OPEN}, store::Statement{UNFINISHED where COMING}, \
        store::Statement{DECIDED where OLDER}, store::Statement {                       \
      DECIDED where NEWER                                                               \
    }                                                                                   \
  }
const Questions in_village QUESTIONS(OF_VILLAGE(m));
const Questions in_commune QUESTIONS(OF_COMMUNE);
const Questions anywhere QUESTIONS(OF_ALL);
const store::Statement of_ids{
    DECIDED
    "m.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"};
constexpr std::size_t most_ids = 20;

const store::Statement activity_by_commune{
    "SELECT u.parent, CAST(sum(CASE WHEN m.state IN ('noticed', 'voted') THEN 1 ELSE 0 END) AS BIGINT), "
    "CAST(sum(CASE WHEN m.state IN ('proposed', 'agreed', 'called') THEN 1 ELSE 0 END) AS BIGINT), "
    "CAST(sum(CASE WHEN m.state IN ('passed', 'lost') THEN 1 ELSE 0 END) AS BIGINT) "
    "FROM motion m JOIN unit u ON u.id = m.village WHERE u.parent IS NOT NULL GROUP BY u.parent ORDER BY "
    "u.parent"};

Listed listed(const store::Row& row) {
  Listed line{
      row.id<Motion>(0), row.text(1), row.choice<MotionState>(2), "", row.optional_instant(5), {}, {}};
  line.village = people::unit_kind(row.text(3)).name_vi + " " + row.text(4);
  if (!row.is_null(6))
    line.on_paper = on_paper_state(line.state, row.choice<MeetingState>(6), row.integer(7) != 0);
  if (!row.is_null(8)) line.vote = {row.integer(8), row.integer(9), row.integer(10)};
  return line;
}
std::vector<Listed> all_listed(const store::Rows& rows) {
  std::vector<Listed> lines;
  lines.reserve(rows.size());
  for (const store::Row& row : rows) lines.push_back(listed(row));
  return lines;
}

// One more than the page is asked for: it tells whether the list goes on.
void add_decided(store::Reader& r, const Questions& ask, std::int64_t unit, From from, int most,
                 Lists& lists) {
  const bool up = from.after.has_value();
  const std::int64_t end = up            ? from.after->number
                           : from.before ? from.before->number
                                         : std::numeric_limits<std::int64_t>::max();
  lists.decided = all_listed(r.query(up ? ask.newer : ask.older, unit, end, most + 1));
  const bool more = lists.decided.size() > static_cast<std::size_t>(most);
  if (more) lists.decided.pop_back();
  if (up) std::reverse(lists.decided.begin(), lists.decided.end());
  if (lists.decided.empty()) return;
  if (up || more) lists.older = lists.decided.back().id;
  if (up ? more : from.before.has_value()) lists.newer = lists.decided.front().id;
}

Lists lists_of(store::Reader& r, const Questions& ask, std::int64_t unit, From from, int most, int decided) {
  Lists lists;
  lists.open = all_listed(r.query(ask.open, unit, most));
  lists.coming = all_listed(r.query(ask.coming, unit, most));
  add_decided(r, ask, unit, from, decided, lists);
  return lists;
}

}  // namespace

std::optional<OnPaperState> on_paper_state(MotionState state, MeetingState meeting, bool on_paper) {
  const bool decided =
      state == MotionState::passed || state == MotionState::lost || state == MotionState::withdrawn;
  if (decided || !on_paper) return std::nullopt;
  return meeting == MeetingState::submitted ? OnPaperState::waits_for_commune : OnPaperState::being_entered;
}

Lists lists_of_village(store::Reader& r, Id<people::Unit> village, From from) {
  return lists_of(r, in_village, village.number, from, list_limit, decided_a_page);
}
Lists lists_of_commune(store::Reader& r, Id<people::Unit> commune, From from) {
  return lists_of(r, in_commune, commune.number, from, list_limit, decided_a_page);
}
Lists lists_of_all(store::Reader& r, From from) {
  return lists_of(r, anywhere, 0, from, decided_at_home, decided_at_home);
}

std::vector<Listed> listed(store::Reader& r, const std::vector<Id<Motion>>& ids) {
  std::vector<store::Value> values;
  for (std::size_t i = 0; i < most_ids; ++i)
    values.emplace_back(i < ids.size() ? ids[i].number : std::int64_t{0});
  std::vector<Listed> lines = all_listed(r.query_values(of_ids, values));
  auto place = [&](const Listed& line) { return std::find(ids.begin(), ids.end(), line.id); };
  std::sort(lines.begin(), lines.end(),
            [&](const Listed& a, const Listed& b) { return place(a) < place(b); });
  return lines;
}

std::vector<Activity> activity(store::Reader& r) {
  std::vector<Activity> all;
  for (const store::Row& row : r.query(activity_by_commune))
    all.push_back({row.id<people::Unit>(0), row.integer(1), row.integer(2), row.integer(3)});
  return all;
}

namespace {

// About the matter, about its meeting, and those of earlier meetings that changed it: a notice and a
// cancellation stay with it though it stands on that agenda no more.
std::vector<acts::Recorded> acts_on(store::Reader& r, const Whole& w) {
  std::map<std::int64_t, acts::Recorded> found;
  auto take = [&](std::vector<acts::Recorded> acts) {
    for (acts::Recorded& act : acts) found.emplace(act.seq, std::move(act));
  };
  take(acts::about(r, subject_of(w.motion.id)));
  take(acts::covering(r, "motion", w.motion.id.number));
  if (w.meeting) take(acts::about(r, subject_of(w.meeting->id)));
  std::vector<acts::Recorded> acts;
  for (auto& [seq, act] : found) acts.push_back(std::move(act));
  return acts;
}

}  // namespace

std::optional<Whole> whole(store::Reader& r, Id<Motion> id) {
  auto found = motion(r, id);
  if (!found) return std::nullopt;
  Whole w;
  w.motion = *found;
  w.village = *people::unit(r, found->village);
  w.commune = people::commune_of(r, found->village).value_or(w.village);
  if (found->meeting) w.meeting = meeting(r, *found->meeting);
  w.list = w.meeting && w.meeting->list ? people::household_list(r, *w.meeting->list)
                                        : people::list_of(r, found->village);
  w.households = households_of(r, found->village, w.meeting);
  if (auto held = held_on(r, *found); held && held->attended) w.came = held->attended->value;
  w.vote = vote_on(r, id);
  w.decision = decision_on(r, id);
  w.corrections = corrections_of(r, id);
  w.reports = reports_of(r, id);
  w.pictures = pictures_of(r, id);
  w.declined_pictures = declined_pictures(r, id);
  w.proposed_anew = proposed_anew(r, id);
  w.acts = acts_on(r, w);
  return w;
}

std::vector<std::string_view> answers_to(const std::vector<acts::Recorded>& acts_of_motion) {
  std::vector<std::string_view> questions;
  for (const acts::Recorded& act : acts_of_motion) {
    const auto* answers = act.kind == "assembly.proposed" ? act.body.if_contains("answers") : nullptr;
    if (!answers || !answers->is_array()) continue;
    for (const auto& answer : answers->get_array())
      if (answer.is_string())
        if (const Field* question =
                find_field(fields_of<PlainAnswers>(), std::string_view(answer.get_string())))
          questions.push_back(question->label);
  }
  return questions;
}

Result<law::Verdict> judged(const law::Law& law, const Whole& w, Date today) {
  int matter = static_cast<int>(w.motion.matter.value);
  if (w.vote)
    return law.decide(case_of(matter, w.vote->households.value, w.vote->present.value, w.vote->yes.value,
                              w.vote->no.value, w.vote->other.value, local_date(w.vote->voted_at)));
  return law.decide(case_of(matter, w.households, today));
}

std::vector<law::FormAnswer> forms_of(const law::Law& law, const Whole& w, Date today) {
  Date on = w.vote ? local_date(w.vote->voted_at) : today;
  return law.forms(static_cast<int>(w.motion.matter.value), law::Scope::village, w.households, w.came, on);
}

std::vector<law::Reason> reasons_of(const law::Law& law, std::string_view rule, Date from, Date due) {
  auto counted = law.due(rule, from);
  if (counted.ok() && counted->due == due) return counted->because;
  // The rules read otherwise today than when the term was set: what it rests on now cannot explain that day.
  const law::Version* version = law.in_force(rule, from);
  return {{std::string(rule), version ? version->citation : "", "", "", law::Confidence::medium, true}};
}

Date sending_from(const Decision& decision, const std::optional<Meeting>& meeting) {
  return meeting && meeting->concluded_at ? local_date(*meeting->concluded_at) : decision.voted_on;
}

}  // namespace danchu::assembly
