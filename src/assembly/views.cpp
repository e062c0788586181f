#include "assembly/views.h"

#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

// How early a due day is marked; a matter of display, no term of the law.
constexpr int soon_days = 2;

const store::Statement open_in_village{
    "SELECT id FROM motion WHERE village = $1 AND state IN ('noticed', 'voted') ORDER BY id DESC LIMIT $2"};
const store::Statement coming_in_village{
    "SELECT id FROM motion WHERE village = $1 AND state IN ('proposed', 'agreed', 'called') ORDER BY id DESC "
    "LIMIT $2"};
const store::Statement decided_in_village{
    "SELECT id FROM motion WHERE village = $1 AND state IN ('passed', 'lost') ORDER BY id DESC LIMIT $2"};

const store::Statement open_in_commune{
    "SELECT m.id FROM motion m JOIN unit u ON u.id = m.village WHERE u.parent = $1 AND m.state IN "
    "('noticed', 'voted') "
    "ORDER BY m.id DESC LIMIT $2"};
const store::Statement coming_in_commune{
    "SELECT m.id FROM motion m JOIN unit u ON u.id = m.village WHERE u.parent = $1 "
    "AND m.state IN ('proposed', 'agreed', 'called') ORDER BY m.id DESC LIMIT $2"};
const store::Statement decided_in_commune{
    "SELECT m.id FROM motion m JOIN unit u ON u.id = m.village WHERE u.parent = $1 AND m.state IN ('passed', "
    "'lost') "
    "ORDER BY m.id DESC LIMIT $2"};

const store::Statement open_anywhere{
    "SELECT id FROM motion WHERE state IN ('noticed', 'voted') ORDER BY id DESC LIMIT $1"};
const store::Statement coming_anywhere{
    "SELECT id FROM motion WHERE state IN ('proposed', 'agreed', 'called') ORDER BY id DESC LIMIT $1"};
const store::Statement decided_anywhere{
    "SELECT id FROM motion WHERE state IN ('passed', 'lost') ORDER BY id DESC LIMIT $1"};

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
const store::Statement sent_in_commune{
    "SELECT d.motion FROM decision d JOIN unit u ON u.id = d.village WHERE u.parent = $1 AND d.state IN "
    "('sent', 'received') "
    "ORDER BY d.motion LIMIT 200"};

Listed listed(store::Reader& r, Id<Motion> id) {
  Listed line;
  line.motion = *motion(r, id);
  line.village = *people::unit(r, line.motion.village);
  if (line.motion.meeting) line.meeting = meeting(r, *line.motion.meeting);
  line.vote = vote_on(r, id);
  return line;
}

std::vector<Listed> all_listed(store::Reader& r, const store::Rows& rows) {
  std::vector<Listed> lines;
  lines.reserve(rows.size());
  for (const store::Row& row : rows) lines.push_back(listed(r, row.id<Motion>(0)));
  return lines;
}

// The day before which notice must have been given for this meeting.
std::optional<law::Due> notice_due(const law::Law& law, const Meeting& meeting) {
  auto due = law.due("MTG-04", local_date(meeting.starts));
  return due ? std::optional(*due) : std::nullopt;
}

Task task(Verb verb, const Motion& m, const people::Unit& village, const std::optional<Meeting>& on) {
  return Task{verb, m, on, village, {}, {}};
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
      }
      return t;
    }
    case MotionState::noticed:
    case MotionState::voted: {
      if (!on) return std::nullopt;
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
        t.due = d->send_due;
        t.rule = "MTG-10";
        return t;
      }
      const int matter = static_cast<int>(m.matter.value);
      if (is_due(Verb::receive, d->state, matter)) {
        t.verb = Verb::receive;  // the law sets no term for noting it (practice P27)
        return t;
      }
      if (is_due(Verb::answer, d->state, matter)) {
        t.verb = Verb::answer;
        t.due = d->answer_due;
        if (t.due) t.rule = "EFF-07";
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
  if (!t.meeting || t.verb == Verb::sign || t.verb == Verb::send || t.verb == Verb::receive ||
      t.verb == Verb::answer)
    return std::any_of(tasks.begin(), tasks.end(), [&](const Task& other) {
      return other.motion.id == t.motion.id && other.verb == t.verb;
    });
  return std::any_of(tasks.begin(), tasks.end(), [&](const Task& other) {
    return other.meeting && other.meeting->id == t.meeting->id && other.verb == t.verb;
  });
}

}  // namespace

Lists lists_of_village(store::Reader& r, Id<people::Unit> village) {
  return {all_listed(r, r.query(open_in_village, village, list_limit)),
          all_listed(r, r.query(coming_in_village, village, list_limit)),
          all_listed(r, r.query(decided_in_village, village, list_limit))};
}

Lists lists_of_commune(store::Reader& r, Id<people::Unit> commune) {
  return {all_listed(r, r.query(open_in_commune, commune, list_limit)),
          all_listed(r, r.query(coming_in_commune, commune, list_limit)),
          all_listed(r, r.query(decided_in_commune, commune, list_limit))};
}

Lists lists_of_all(store::Reader& r) {
  constexpr int newest = 10;
  return {all_listed(r, r.query(open_anywhere, newest)), all_listed(r, r.query(coming_anywhere, newest)),
          all_listed(r, r.query(decided_anywhere, newest))};
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

std::vector<Task> tasks_of(store::Reader& r, const people::Viewer& viewer, const law::Law& law, Date today) {
  std::vector<Task> tasks;
  for (const people::Post& post : viewer.posts) {
    bool of_commune = post.role == people::Role::commune_officer ||
                      post.role == people::Role::commune_front || post.role == people::Role::commune_chair;
    for (const store::Row& row : r.query(of_commune ? sent_in_commune : unfinished_in_village, post.unit)) {
      Motion m = *motion(r, row.id<Motion>(0));
      people::Unit village = *people::unit(r, m.village);
      auto next = next_for_motion(r, m, village, law, today);
      if (!next || told_already(tasks, *next)) continue;
      if (may_begin(viewer, next->verb, where(r, m.village, static_cast<int>(m.matter.value))))
        tasks.push_back(*next);
    }
  }
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
