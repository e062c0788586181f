#include "assembly/tasks.h"

#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "people/accounts.h"
#include "people/sign_in.h"

namespace danchu::assembly {
namespace {

// How early a due day is marked; a matter of display, no term of the law.
constexpr int soon_days = 2;
// From how many days before it a meeting is work: the day before, to be ready.
constexpr int ready_days = 1;

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

// The same in the villages of a commune: what its officer entered may wait for another.
const store::Statement corrections_in_commune{
    "SELECT c.motion FROM correction_request c JOIN motion m ON m.id = c.motion JOIN unit u ON u.id = "
    "m.village "
    "WHERE c.state = 'waiting' AND u.parent = $1 ORDER BY c.id LIMIT 200"};
// Work of the commune: decisions of its villages that are not sent yet, though the term runs.
const store::Statement unsent_in_commune{
    "SELECT d.motion FROM decision d JOIN unit u ON u.id = d.village WHERE u.parent = $1 "
    "AND d.state IN ('concluded', 'signed') ORDER BY d.send_due NULLS LAST, d.motion LIMIT 200"};

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

// The day before which notice must have been given for this meeting.
std::optional<law::Due> notice_due(const law::Law& law, const Meeting& meeting) {
  auto due = law.due("MTG-04", local_date(meeting.starts));
  return due ? std::optional(*due) : std::nullopt;
}

Task task(Verb verb, const Motion& m, const people::Unit& village, const std::optional<Meeting>& on) {
  return Task{verb, m, on, village, {}, {}, {}, false, {}};
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
      return *t.due <= today + ready_days ? std::optional(t) : std::nullopt;
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

// The Front agrees by its head's account; where that may not be, because one person holds both posts or its
// head typed the matter, the village head enters the committee's minutes (practice P20).
Verb way_to_agree(store::Reader& r, const Motion& m, Date today) {
  if (people::one_person_holds_both(r, m.village, today)) return Verb::agree_by_paper;
  const auto front = people::acting_front(r, m.village, today);
  const bool refused =
      front && agreement_refusal(r, people::viewer_for(r, *front, today), m, today).has_value();
  return refused ? Verb::agree_by_paper : Verb::agree;
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

bool is_of_a_meeting(Verb verb) {
  return verb == Verb::give_notice || verb == Verb::attend || verb == Verb::open || verb == Verb::conclude ||
         verb == Verb::accept_papers;
}

// A meeting is named by all its matters, not by the one that stands first.
void name_agendas(store::Reader& r, std::vector<Task>& tasks) {
  for (Task& t : tasks)
    if (t.meeting && is_of_a_meeting(t.verb))
      for (const Motion& m : motions_of(r, t.meeting->id))
        if (m.state != MotionState::withdrawn) t.agenda.push_back(m.title.value);
}

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
                             Date today, std::vector<Task>& tasks) {
  auto add = [&](Verb verb, const Motion& m) {
    Task t = task(verb, m, *people::unit(r, m.village), m.meeting ? meeting(r, *m.meeting) : std::nullopt);
    if (may_begin(viewer, verb, where(r, m.village, static_cast<int>(m.matter.value))) &&
        !told_already(tasks, t))
      tasks.push_back(std::move(t));
  };
  auto add_corrections = [&](const store::Statement& waiting) {
    for (const store::Row& row : r.query(waiting, post.unit))
      if (const Motion m = *motion(r, row.id<Motion>(0)); may_answer_correction(r, viewer, m, today))
        add(Verb::agree_correction, m);
  };
  if (post.role == people::Role::village_front) add_corrections(corrections_in_village);
  if (post.role == people::Role::commune_officer || post.role == people::Role::commune_chair ||
      post.role == people::Role::commune_front)
    add_corrections(corrections_in_commune);
  if (post.role == people::Role::commune_officer || post.role == people::Role::commune_chair)
    for (const store::Row& row : r.query(submitted_in_commune, post.unit))
      if (const std::vector<Motion> agenda = motions_of(r, row.id<Meeting>(0)); !agenda.empty())
        if (!papers_refusal(r, viewer, *meeting(r, row.id<Meeting>(0)), today, PapersAnswer::accept))
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
      if (!next) continue;
      const Where here = where(r, m.village, static_cast<int>(m.matter.value));
      if (next->verb == Verb::agree) next->verb = way_to_agree(r, m, today);
      if (told_already(tasks, *next)) continue;
      // On the meeting's day people are ticked first, then it is opened.
      if (next->verb == Verb::open && *next->due <= today && may_begin(viewer, Verb::attend, here)) {
        tasks.push_back(*next);
        tasks.back().verb = Verb::attend;
      }
      if (may_begin(viewer, next->verb, here)) tasks.push_back(*next);
    }
    if (post.role == people::Role::commune_officer) add_headless(r, post, law, today, tasks);
  }
  for (const people::Post& post : viewer.posts) add_second_person_tasks(r, viewer, post, today, tasks);
  std::stable_sort(tasks.begin(), tasks.end(), comes_before);
  name_agendas(r, tasks);
  return tasks;
}

std::vector<Task> meetings_ahead(store::Reader& r, const people::Viewer& viewer, Date today) {
  std::vector<Task> ahead;
  for (const people::Post& post : viewer.posts) {
    if (post.role != people::Role::village_head && post.role != people::Role::village_front &&
        post.role != people::Role::helper)
      continue;
    for (const store::Row& row : r.query(unfinished_in_village, post.unit)) {
      Motion m = *motion(r, row.id<Motion>(0));
      auto on = m.meeting ? meeting(r, *m.meeting) : std::nullopt;
      if (!on || on->state != MeetingState::noticed || local_date(on->starts) <= today + ready_days) continue;
      Task t = task(Verb::open, m, *people::unit(r, m.village), on);
      t.due = local_date(on->starts);
      if (!told_already(ahead, t)) ahead.push_back(std::move(t));
    }
  }
  std::stable_sort(ahead.begin(), ahead.end(), comes_before);
  name_agendas(r, ahead);
  return ahead;
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
