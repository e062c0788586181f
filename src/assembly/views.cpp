#include "assembly/views.h"

#include <limits>

#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "people/accounts.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

// How early a due day is marked; a matter of display, no term of the law.
constexpr int soon_days = 2;

// A line of a list with all it shows, in one question. Numbers are shown once a matter is decided.
#define LISTED_COLUMNS "SELECT m.id, m.title, m.state, u.kind, u.name, g.starts, "
#define LISTED_FROM " FROM motion m JOIN unit u ON u.id = m.village LEFT JOIN meeting g ON g.id = m.meeting "
#define COUNTED "v.yes, v.households, v.needed"
#define WITH_COUNT "LEFT JOIN motion_vote v ON v.motion = m.id "
#define UNFINISHED LISTED_COLUMNS "NULL, NULL, NULL" LISTED_FROM "WHERE "
#define DECIDED LISTED_COLUMNS COUNTED LISTED_FROM WITH_COUNT "WHERE "
#define IN_VILLAGE "m.village = $1 AND "
#define IN_COMMUNE "u.parent = $1 AND "
#define ANYWHERE "CAST($1 AS BIGINT) IS NOT NULL AND "
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
const Questions in_village QUESTIONS(IN_VILLAGE);
const Questions in_commune QUESTIONS(IN_COMMUNE);
const Questions anywhere QUESTIONS(ANYWHERE);
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

// Work of a village's officers: matters that are not over yet.
const store::Statement unfinished_in_village{
    "SELECT m.id FROM motion m LEFT JOIN decision d ON d.motion = m.id WHERE m.village = $1 "
    "AND (m.state IN ('proposed', 'agreed', 'called', 'noticed', 'voted') OR d.state IN ('concluded', "
    "'signed', 'sent')) "
    "ORDER BY m.id LIMIT 200"};
// What waits for an answer of the commune or its Front: the matters it answers ($2-$7), once received only
// those it recognises ($8-$13); what is due first comes first.
const store::Statement sent_in_commune{
    "SELECT d.motion FROM decision d JOIN unit u ON u.id = d.village WHERE u.parent = $1 "
    "AND d.matter IN ($2, $3, $4, $5, $6, $7) "
    "AND (d.state = 'sent' OR (d.state = 'received' AND d.matter IN ($8, $9, $10, $11, $12, $13))) "
    "ORDER BY d.answer_due NULLS LAST, d.motion LIMIT 200"};

// Evenings on paper whose papers the commune has not accepted yet.
const store::Statement submitted_in_commune{
    "SELECT id FROM meeting WHERE state = 'submitted' AND village IN (SELECT id FROM unit WHERE parent = $1) "
    "ORDER BY id LIMIT 200"};
// Corrections that wait for the Front head.
const store::Statement corrections_in_village{
    "SELECT c.motion FROM correction_request c JOIN motion m ON m.id = c.motion WHERE c.state = 'waiting' "
    "AND "
    "m.village = $1 ORDER BY c.id LIMIT 200"};

store::Rows waiting_in_commune(store::Reader& r, const people::Post& post) {
  constexpr int kinds = 6;
  std::vector<store::Value> values{post.unit.number};
  const bool front = post.role == people::Role::commune_front;
  for (int matter = 1; matter <= kinds; ++matter)
    values.emplace_back(
        std::int64_t{(answerer_of(matter) == Answerer::front_recognises) == front ? matter : 0});
  for (int matter = 1; matter <= kinds; ++matter)
    values.emplace_back(std::int64_t{is_due(Verb::answer, DecisionState::received, matter) ? matter : 0});
  return r.query_values(sent_in_commune, values);
}

Listed listed(const store::Row& row) {
  Listed line{row.id<Motion>(0), row.text(1), row.choice<MotionState>(2), "", row.optional_instant(5), {}};
  line.village = people::unit_kind(row.text(3)).name_vi + " " + row.text(4);
  if (!row.is_null(6)) line.vote = {row.integer(6), row.integer(7), row.integer(8)};
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

// Work of the commune: decisions of its villages that are not sent yet, though the term runs.
const store::Statement unsent_in_commune{
    "SELECT d.motion FROM decision d JOIN unit u ON u.id = d.village WHERE u.parent = $1 "
    "AND d.state IN ('concluded', 'signed') ORDER BY d.send_due NULLS LAST, d.motion LIMIT 200"};

// The day before which notice must have been given for this meeting.
std::optional<law::Due> notice_due(const law::Law& law, const Meeting& meeting) {
  auto due = law.due("MTG-04", local_date(meeting.starts));
  return due ? std::optional(*due) : std::nullopt;
}

Task task(Verb verb, const Motion& m, const people::Unit& village, const std::optional<Meeting>& on) {
  return Task{verb, m, on, village, {}, {}, {}, false};
}

void set_term(Task& t, const law::Law& law, std::string_view rule, Date from, std::optional<Date> due) {
  if (!due) return;
  t.due = due;
  t.rule = rule;
  t.because = reasons_of(law, rule, from, *due);
}

// What is next for a matter, whoever has to do it; nothing when only time has to pass.
std::optional<Task> next_for_motion(store::Reader& r, const Motion& m, const people::Unit& village,
                                    const law::Law& law, Date today) {
  std::optional<Meeting> on;
  if (m.meeting) on = meeting(r, *m.meeting);
  switch (m.state) {
    case MotionState::proposed:
      return task(Verb::agree, m, village, on);
    case MotionState::agreed:
      if (!run_here(law, static_cast<int>(m.matter.value), today).ok()) return std::nullopt;
      return task(Verb::call_meeting, m, village, on);
    case MotionState::called: {
      Task t = task(Verb::give_notice, m, village, on);
      if (auto due = on ? notice_due(law, *on) : std::nullopt) {
        t.due = due->due;
        t.rule = due->rule;
        t.because = std::move(due->because);
      }
      return t;
    }
    case MotionState::noticed:
    case MotionState::voted: {
      if (!on || on->state == MeetingState::submitted) return std::nullopt;
      Task t = task(on->state == MeetingState::noticed ? Verb::open : Verb::conclude, m, village, on);
      t.due = local_date(on->starts);
      return *t.due <= today + 1 ? std::optional(t) : std::nullopt;
    }
    case MotionState::passed: {
      auto d = decision_on(r, m.id);
      if (!d) return std::nullopt;
      Task t = task(Verb::sign, m, village, on);
      if (d->state == DecisionState::concluded || d->state == DecisionState::signed_by_four) {
        t.verb = d->state == DecisionState::concluded ? Verb::sign : Verb::send;
        set_term(t, law, sending_rule, sending_from(*d, on), d->send_due);
        return t;
      }
      const int matter = static_cast<int>(m.matter.value);
      if (is_due(Verb::receive, d->state, matter)) {
        t.verb = Verb::receive;  // the law sets no term for noting it (practice P27)
        return t;
      }
      if (is_due(Verb::answer, d->state, matter)) {
        t.verb = Verb::answer;
        set_term(t, law, answering_rule, d->received_on.value_or(today), d->answer_due);
        return t;
      }
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

// A meeting carries many matters: its task is shown once.
bool told_already(const std::vector<Task>& tasks, const Task& t) {
  if (!t.meeting || t.verb == Verb::sign || t.verb == Verb::agree_correction || t.verb == Verb::send ||
      t.verb == Verb::receive || t.verb == Verb::answer)
    return std::any_of(tasks.begin(), tasks.end(), [&](const Task& other) {
      return other.motion.id == t.motion.id && other.verb == t.verb;
    });
  return std::any_of(tasks.begin(), tasks.end(), [&](const Task& other) {
    return other.meeting && other.meeting->id == t.meeting->id && other.verb == t.verb;
  });
}

}  // namespace

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
  w.vote = vote_on(r, id);
  w.decision = decision_on(r, id);
  w.corrections = corrections_of(r, id);
  w.reports = reports_of(r, id);
  w.pictures = pictures_of(r, id);
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
  std::optional<std::int64_t> came;
  if (w.meeting && w.meeting->attended) came = w.meeting->attended->value;
  Date on = w.vote ? local_date(w.vote->voted_at) : today;
  return law.forms(static_cast<int>(w.motion.matter.value), law::Scope::village, w.households, came, on);
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

namespace {

// A village without a head leaves its decisions to nobody: its commune's officer sees them, to name one.
void add_headless(store::Reader& r, const people::Post& post, const law::Law& law, Date today,
                  std::vector<Task>& tasks) {
  for (const store::Row& row : r.query(unsent_in_commune, post.unit)) {
    Motion m = *motion(r, row.id<Motion>(0));
    if (people::acting_head(r, m.village, today)) continue;
    auto next = next_for_motion(r, m, *people::unit(r, m.village), law, today);
    if (!next || told_already(tasks, *next)) continue;
    next->without_head = true;
    tasks.push_back(*next);
  }
}

// What somebody else entered and waits for this post's own word: the law sets no day for either.
void add_second_person_tasks(store::Reader& r, const people::Viewer& viewer, const people::Post& post,
                             std::vector<Task>& tasks) {
  auto add = [&](Verb verb, const Motion& m) {
    Task t = task(verb, m, *people::unit(r, m.village), m.meeting ? meeting(r, *m.meeting) : std::nullopt);
    if (may_begin(viewer, verb, where(r, m.village, static_cast<int>(m.matter.value))) &&
        !told_already(tasks, t))
      tasks.push_back(std::move(t));
  };
  if (post.role == people::Role::village_front)
    for (const store::Row& row : r.query(corrections_in_village, post.unit))
      add(Verb::agree_correction, *motion(r, row.id<Motion>(0)));
  if (post.role == people::Role::commune_officer || post.role == people::Role::commune_chair)
    for (const store::Row& row : r.query(submitted_in_commune, post.unit))
      if (const std::vector<Motion> agenda = motions_of(r, row.id<Meeting>(0)); !agenda.empty())
        add(Verb::accept_papers, agenda.front());
}

}  // namespace

std::vector<Task> tasks_of(store::Reader& r, const people::Viewer& viewer, const law::Law& law, Date today) {
  std::vector<Task> tasks;
  for (const people::Post& post : viewer.posts) {
    bool of_commune = post.role == people::Role::commune_officer ||
                      post.role == people::Role::commune_front || post.role == people::Role::commune_chair;
    const store::Rows rows =
        of_commune ? waiting_in_commune(r, post) : r.query(unfinished_in_village, post.unit);
    for (const store::Row& row : rows) {
      Motion m = *motion(r, row.id<Motion>(0));
      people::Unit village = *people::unit(r, m.village);
      auto next = next_for_motion(r, m, village, law, today);
      if (!next || told_already(tasks, *next)) continue;
      const Where here = where(r, m.village, static_cast<int>(m.matter.value));
      // On the meeting's day people are ticked first, then it is opened.
      if (next->verb == Verb::open && *next->due <= today && may_begin(viewer, Verb::attend, here)) {
        tasks.push_back(*next);
        tasks.back().verb = Verb::attend;
      }
      if (may_begin(viewer, next->verb, here)) tasks.push_back(*next);
    }
    if (post.role == people::Role::commune_officer) add_headless(r, post, law, today, tasks);
  }
  for (const people::Post& post : viewer.posts) add_second_person_tasks(r, viewer, post, tasks);
  std::stable_sort(tasks.begin(), tasks.end(), comes_before);
  return tasks;
}

Nearness nearness_of(std::optional<Date> due, Date today) {
  if (!due) return Nearness::no_day;
  const int left = *due - today;
  return left < 0 ? Nearness::late : left <= soon_days ? Nearness::soon : Nearness::in_time;
}

bool comes_before(const Task& a, const Task& b) {
  if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
  return a.due && *a.due < *b.due;
}

}  // namespace danchu::assembly
