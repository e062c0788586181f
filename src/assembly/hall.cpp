// In the hall: who came, procedure, hands counted for each matter, conclusion (Decree 59 art. 3.5).
#include "assembly/assembly.h"
#include "assembly/attendance.h"
#include "assembly/steps.h"
#include "assembly/wording.h"
#include "base/text.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

Result<Done> sums(const CountVote& form, std::int64_t present, std::int64_t households,
                  std::int64_t attended) {
  auto wrong = [](std::string path, std::string_view message, std::int64_t limit) {
    return problem_at(std::move(path), message, {{"limit", std::to_string(limit)}});
  };
  if (present > households)
    return wrong("present", N_("There are only {limit} households on the list"), households);
  if (present > attended)
    return wrong("present", N_("Only {limit} households are ticked as present"), attended);
  const std::int64_t votes = form.yes.value + form.no.value + form.other.value;
  if (votes <= present) return Done{};
  // As many came: then it may be the number present that is to be changed.
  if (form.present && votes <= attended)
    return problem_at("present",
                      N_("The three numbers make {votes}, more than the {limit} households present: change "
                         "this number or those"),
                      {{"votes", std::to_string(votes)}, {"limit", std::to_string(present)}});
  return wrong("yes", N_("More votes than the {limit} households present"), present);
}

Vote counted(const Meeting& m, const CountVote& form, std::int64_t present, const law::Verdict& verdict,
             Vote v) {
  v.meeting = m.id;
  v.village = m.village;
  v.households = m.households;
  v.present.value = present;
  v.yes = form.yes;
  v.no = form.no;
  v.other = form.other;
  v.needed.value = verdict.needed;
  v.passed = verdict.passed;
  return v;
}

// What the head wrote on this matter, else what its proposal says.
Text<4000> words_on(const Motion& m, const Conclude& form) {
  for (const DecidedWords& decided : form.decisions)
    if (decided.motion == m.id) return decided.words;
  return {decided_words(m)};
}

// Words are for matters of this meeting that passed, and say what was voted on.
Problems wrong_words(store::Reader& r, const Conclude& form, Id<Meeting> meeting) {
  Problems found;
  for (std::size_t i = 0; i < form.decisions.size(); ++i) {
    const DecidedWords& decided = form.decisions[i];
    auto wrong = [&](std::string_view message) {
      found.push_back({Fault::invalid, "decisions." + std::to_string(i) + ".words", message, {}, {}});
    };
    auto m = motion(r, decided.motion);
    auto vote = m && m->meeting == meeting ? vote_on(r, m->id) : std::nullopt;
    if (!vote || !vote->passed) {
      wrong(N_("This matter was not passed at this meeting: look at its vote again"));
    } else if (trim(decided.words.value).empty()) {
      wrong(N_("Say what was decided"));
    } else if (auto other = contradiction(*m, decided.words.value); !other.empty()) {
      wrong(other);
    }
  }
  return found;
}

// A matter that came before the households is not passed over in silence.
Result<Done> put_off_openly(store::Reader& r, const Conclude& form, Id<Meeting> id) {
  if (form.put_off && !trim(form.put_off->value).empty()) return Done{};
  for (const Motion& m : motions_of(r, id))
    if (m.state != MotionState::withdrawn && !vote_on(r, m.id))
      return Problem{Fault::invalid,
                     "put_off",
                     N_("“{title}” was not voted on: say why it is put off to another meeting"),
                     {{"title", m.title.value}},
                     {"MTG-06"}};
  return Done{};
}

// Keeps with each matter that passed what was decided, with the others why they are put off, until the
// commune has accepted the evening.
Result<Done> keep_words(store::Reader& r, Step& step, const Conclude& form, Id<Meeting> id) {
  for (Motion& motion : motions_of(r, id)) {
    auto vote = vote_on(r, motion.id);
    if (motion.state == MotionState::withdrawn) continue;
    const bool passed = vote && vote->passed;
    if (!vote) motion.reason = form.put_off;
    if (vote && !passed && !motion.wording) continue;
    motion.wording =
        passed ? std::optional(words_on(motion, form)) : std::nullopt;  // of a conclusion returned
    if (!step.save(motion)) return somebody_was_first();
  }
  return Done{};
}

// A tick without a time: now, or when it is entered after the meeting's night, the beginning.
Instant tick_time(const Meeting& m, Instant now) {
  return now < night_ends(local_date(m.starts)) ? now : m.opened_at.value_or(m.starts);
}

// When a household came or went. A time that is sent lies on the day of the meeting or in its night; a tick
// without one is of this moment, as it is seen. A household goes after it came and comes back after it went.
Result<Instant> tick_at(const Meeting& m, const std::optional<Attendance>& row, const Attend& form,
                        Instant now) {
  const Date day = local_date(m.starts);
  if (!form.at && local_date(now) < day)
    return problem(Fault::conflict, N_("The meeting is on {day}: who comes is ticked then"),
                   {{"day", to_page(day)}});
  Instant earliest = m.noticed_at.value_or(Instant{0});
  if (form.at) earliest = std::max(earliest, start_of(day));
  if (row && !form.present) earliest = std::max(earliest, row->came_at);
  if (row && form.present && row->left_at) earliest = std::max(earliest, *row->left_at);
  // What is entered from the sheet without a time happened then or, after a tick made in the hall, with it.
  const Instant then = m.on_paper ? std::max(tick_time(m, now), earliest) : tick_time(m, now);
  return meeting_time(form.at.value_or(then), now, day, earliest, "at", "");
}

// A tick that was wrong, or is taken back at once, is no going. It stays where a vote was counted with as
// many present as ever came: the vote is mended first.
Result<bool> never_came(store::Reader& r, const Meeting& m, const Attendance& row, const Attend& form,
                        Instant at) {
  if (!form.mistake && at - row.came_at >= slip) return false;
  const std::int64_t left = attended(r, m.id) - 1;
  for (const Motion& on_agenda : motions_of(r, m.id)) {
    auto vote = vote_on(r, on_agenda.id);
    if (!vote || vote->present.value <= left) continue;
    if (!form.mistake) return false;
    return problem_at("mistake",
                      N_("The vote on “{title}” was counted with {present} households present: mend its "
                         "numbers first"),
                      {{"title", on_agenda.title.value}, {"present", std::to_string(vote->present.value)}});
  }
  return true;
}

// What stands on paper behind an evening that is entered afterwards (practice P47).
Result<Done> proven_on_paper(store::Reader& r, Id<Meeting> id) {
  for (PaperOf what : {PaperOf::attendance, PaperOf::minutes})
    if (!has_picture(r, subject_of(id), what))
      return problem(Fault::conflict,
                     what == PaperOf::minutes
                         ? N_("Add the picture of the signed minutes first: the commune compares the numbers")
                         : N_("Add the picture of the signed attendance sheet first: it proves who came"));
  return Done{};
}

}  // namespace

Result<Meeting> Assembly::attend(const people::Viewer& viewer, Id<Meeting> id,
                                 Id<people::Household> household, const Attend& form) {
  return db_.write_in_lane(subject_of(id), [&](store::Writer& w) -> Result<Meeting> {
    auto m = meeting_for(w, viewer, id, Verb::attend);
    if (!m.ok()) return m.problems();
    const auto stands = standing_on(w, *m, household);
    if (!stands) return problem(Fault::missing, N_("This household is not on the list of this meeting"));
    if (m->state == MeetingState::open && !m->on_paper && is_from_paper(*m, Verb::attend, w.now()))
      return problem(
          Fault::conflict,
          N_("The night of this meeting is over. Who came is entered from the signed sheet now: add "
             "its picture first, the commune then accepts the evening"));
    if (!form.present && m->state == MeetingState::noticed) {  // a tick taken back, whenever it was made
      unlink_attendance(w, id, household);
      return *m;
    }
    auto at = form.mistake ? Result<Instant>(w.now()) : tick_at(*m, stands->came, form, w.now());
    if (!at.ok()) return at.problems();
    if (!form.present && stands->came) {
      auto wrong = never_came(w, *m, *stands->came, form, *at);
      if (!wrong.ok()) return wrong.problems();
      if (*wrong) {
        unlink_attendance(w, id, household);
        return *m;
      }
    }
    if (form.present)
      save_attendance(w, {id, household, *at, std::nullopt, form.other_name, form.relation, viewer.account},
                      stands->came);
    else
      leave(w, id, household, *at);
    return *m;
  });
}

Result<Done> Assembly::open(const people::Viewer& viewer, Id<Meeting> id, const OpenMeeting& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::open);
    if (!m.ok()) return m.problems();
    const bool late = !form.opened_at && local_date(w.now()) > local_date(m->starts);
    if (late)
      return Problem{Fault::invalid,
                     "opened_at",
                     N_("The meeting was on {day}: say when it was opened"),
                     {{"day", to_page(local_date(m->starts))}},
                     {"MTG-04"}};
    auto opened = event_time(form.opened_at, w.now(), m->noticed_at.value_or(Instant{0}), "opened_at");
    if (!opened.ok()) return opened.problems();
    auto as_noticed = opened_as_noticed(m->starts, *opened);
    if (!as_noticed.ok()) return as_noticed;
    auto run = all_run_here(law_, motions_of(w, id), local_date(m->starts));
    if (!run.ok()) return run;
    if (form.secretary.value.empty()) return problem_at("secretary", N_("Say who is the secretary"));
    const std::int64_t present = present_now(w, id);
    if (present == 0) return problem(Fault::invalid, N_("Nobody is ticked as present"));
    const Date day = local_date(*opened);
    auto secretary = procedure_agreed(law_, form.secretary_yes.value, present, day, "secretary_yes");
    if (!secretary.ok()) return secretary;
    auto method = procedure_agreed(law_, form.method_yes.value, present, day, "method_yes");
    if (!method.ok()) return method;
    people::voting_started(w, *m->list);
    m->on_paper = is_from_paper(*m, Verb::open, w.now());
    m->state = MeetingState::open;
    m->households.value = households_of(w, *m);  // from here on the meeting's own
    m->opened_at = *opened;
    m->present_at_opening = Count{present};
    m->secretary_yes = form.secretary_yes;
    m->method = form.method;
    m->method_yes = form.method_yes;
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    step.name(id.number, "secretary", form.secretary.value);
    step.happened(*opened);
    step.law_hash(law_.hash());
    step.record("assembly.opened", subject_of(id));
    return Done{};
  });
}

Result<law::Verdict> Assembly::count_vote(const people::Viewer& viewer, Id<Motion> id,
                                          const CountVote& form) {
  return official([&](store::Writer& w) -> Result<law::Verdict> {
    auto motion = motion_for(w, viewer, id, Verb::count_vote);
    if (!motion.ok()) return motion.problems();
    auto m = meeting_for(w, viewer, motion->meeting.value_or(Id<Meeting>{}), Verb::count_vote);
    if (!m.ok()) return m.problems();
    auto before = vote_on(w, id);
    if (before && (!form.version || form.version->value != before->version.value))
      return somebody_was_first();
    // Numbers that are mended keep the time of their vote.
    const auto said = !form.voted_at && before ? std::optional(before->voted_at) : form.voted_at;
    auto at = meeting_time(said, w.now(), local_date(m->starts), *m->opened_at, "voted_at",
                           N_("The meeting was on {day}: say when this vote was taken"));
    if (!at.ok()) return at.problems();
    const std::int64_t present = form.present ? form.present->value : present_now(w, m->id);
    auto checked = sums(form, present, m->households.value, attended(w, m->id));
    if (!checked.ok()) return checked.problems();
    auto verdict = law_.decide(case_of(static_cast<int>(motion->matter.value), m->households.value, present,
                                       form.yes.value, form.no.value, form.other.value, local_date(*at)));
    if (!verdict.ok()) return verdict.problems();

    Vote vote = counted(*m, form, present, *verdict, before.value_or(Vote{}));
    vote.motion = id;
    vote.voted_at = *at;
    vote.entered_by = viewer.entered_by ? viewer.entered_by : viewer.account;
    vote.law_hash.value = law_.hash();
    Step step(w, keys_, viewer, m->village);
    if (before) {
      if (!step.save(vote)) return somebody_was_first();
    } else {
      vote.id = w.new_id<Vote>();
      step.add(vote);
    }
    motion->state = MotionState::voted;
    if (!step.save(*motion)) return somebody_was_first();
    if (!m->on_paper && is_from_paper(*m, Verb::count_vote, w.now())) {
      m->on_paper = true;
      if (!step.save(*m)) return somebody_was_first();
    }
    w.touch(subject_of(m->id));
    step.happened(*at);
    step.law_hash(law_.hash());
    step.body()["rules"] = rule_ids(*verdict);
    step.record("assembly.counted", subject_of(id));
    return *verdict;
  });
}

Result<Done> Assembly::conclude(const people::Viewer& viewer, Id<Meeting> id, const Conclude& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::conclude);
    if (!m.ok()) return m.problems();
    auto at = meeting_time(form.concluded_at, w.now(), local_date(m->starts), last_step(w, *m),
                           "concluded_at", N_("The meeting was on {day}: say when it was concluded"));
    if (!at.ok()) return at.problems();
    Problems wrong = wrong_words(w, form, id);
    if (!wrong.empty()) return wrong;
    if (auto said = put_off_openly(w, form, id); !said.ok()) return said;
    const std::vector<Attendance> came = attendance_of(w, id);
    m->on_paper = is_from_paper(*m, Verb::conclude, w.now());
    if (m->on_paper) {
      auto proven = proven_on_paper(w, id);
      if (!proven.ok()) return proven;
    }
    m->state = m->on_paper ? MeetingState::submitted : MeetingState::concluded;
    m->concluded_at = *at;
    m->attended = Count{static_cast<std::int64_t>(came.size())};
    // A tick that was taken back as wrong was counted at the opening, too: nobody more was there than ever
    // came.
    for (std::optional<Count>* hands : {&m->present_at_opening, &m->secretary_yes, &m->method_yes})
      if (*hands)
        **hands = std::min(**hands, *m->attended, [](Count a, Count b) { return a.value < b.value; });
    m->attendance_hash = Line<64>{hash_of(came, gaps_of(w, id))};
    m->title = form.title.value_or(Title::resolution);
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    auto decided = m->on_paper
                       ? keep_words(w, step, form, id)
                       : decide_all(
                             w, law_, step, *m, [&](const Motion& motion) { return words_on(motion, form); },
                             form.put_off);
    if (!decided.ok()) return decided;
    step.happened(*at);
    step.law_hash(law_.hash());
    step.record(m->on_paper ? "assembly.submitted" : "assembly.concluded", subject_of(id));
    return Done{};
  });
}

}  // namespace danchu::assembly
