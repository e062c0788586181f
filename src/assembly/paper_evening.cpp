// What makes a count a result: the decisions of a concluded meeting; and an evening held on paper, whose
// results the commune accepts before they are public (practice P29, P47).
#include "assembly/assembly.h"
#include "assembly/attendance.h"
#include "assembly/steps.h"
#include "assembly/wording.h"
#include "people/household_list.h"
#include "people/impartial.h"
#include "people/posts.h"

namespace danchu::assembly {
namespace {

Decision decided(store::Writer& w, const law::Law& law, const Motion& m, const Vote& vote, Title title,
                 Date concluded) {
  Decision d;
  d.id = w.new_id<Decision>();
  d.motion = m.id;
  d.village = m.village;
  d.matter = m.matter;
  d.title = title;
  d.wording = *m.wording;
  d.passed = vote.passed;
  d.state = vote.passed ? DecisionState::concluded : DecisionState::not_passed;
  d.voted_on = local_date(vote.voted_at);
  d.effect_from = effect_from(law, static_cast<int>(m.matter.value), vote.passed, d.voted_on, std::nullopt);
  if (vote.passed)
    if (auto due = law.due("MTG-10", concluded); due.ok()) d.send_due = due->due;
  return d;
}

// A matter the evening did not reach goes back to be called again.
void put_off(Motion& m) {
  m.state = MotionState::agreed;
  m.put_off_at = std::exchange(m.meeting, std::nullopt);
  m.agenda.value = 0;
}

PaperOf paper_of(MeetingPaper paper) {
  switch (paper) {
    case MeetingPaper::invitation:
      return PaperOf::invitation;
    case MeetingPaper::attendance:
      return PaperOf::attendance;
    case MeetingPaper::minutes:
      break;
  }
  return PaperOf::minutes;
}

// What an officer of the commune does with an evening and its matters by his own post.
bool of_the_commune(const acts::Recorded& act) {
  return act.kind == "assembly.papers-returned" || act.kind == "assembly.reclassified";
}

// Whoever entered the evening does not accept it, whatever other post he holds.
bool entered_it(store::Reader& r, Id<Meeting> id, const people::Viewer& viewer) {
  auto did = [&](const std::string& subject) {
    const std::vector<acts::Recorded> all = acts::about(r, subject);
    return std::any_of(all.begin(), all.end(), [&](const acts::Recorded& act) {
      return !of_the_commune(act) &&
             (act.actor == viewer.account.number || act.on_behalf == viewer.account.text());
    });
  };
  if (did(subject_of(id)) || ticked_by(r, id, viewer.account)) return true;  // a tick is no act
  for (const Motion& m : motions_of(r, id))
    if (did(subject_of(m.id))) return true;
  return false;
}

// Whoever has or had a post in the village since the meeting was called is no other person's eye, even if
// nothing of what he entered is left.
bool of_the_village(store::Reader& r, const Meeting& m, const people::Viewer& viewer) {
  const std::vector<people::Officer> posts =
      people::posts_of(r, viewer.account, m.called_on.value_or(local_date(m.starts)));
  return std::any_of(posts.begin(), posts.end(), [&](const people::Officer& held) {
    return held.post.unit == m.village && held.post.role != people::Role::household;
  });
}

Problems photograph_it() { return problem_at("pictures", N_("Choose the pictures of the paper")); }

// Nothing of it stands: its matters may be proposed anew.
Result<Done> refuse_for_good(store::Writer& w, Step& step, Meeting& m, const Text<1000>& reason) {
  m.state = MeetingState::cancelled;
  if (!step.save(m)) return somebody_was_first();
  for (Motion& motion : motions_of(w, m.id)) {
    if (motion.state == MotionState::withdrawn) continue;
    motion.state = MotionState::withdrawn;
    motion.reason = reason;
    motion.wording.reset();
    if (!step.save(motion)) return somebody_was_first();
  }
  return Done{};
}

}  // namespace

Result<Done> decide_all(store::Writer& w, const law::Law& law, Step& step, const Meeting& m,
                        const DecidedIn& words, const std::optional<Text<1000>>& why) {
  const Date day = local_date(m.concluded_at.value_or(m.starts));
  boost::json::array not_reached;  // its minutes name it, whatever becomes of the matter
  for (Motion& motion : motions_of(w, m.id)) {
    if (motion.state == MotionState::withdrawn) continue;
    auto vote = vote_on(w, motion.id);
    if (vote) {
      motion.state = vote->passed ? MotionState::passed : MotionState::lost;
      motion.wording = vote->passed ? words(motion) : Text<4000>{decided_words(motion)};
      Decision decision = decided(w, law, motion, *vote, m.title.value_or(Title::resolution), day);
      step.add(decision);
    } else {
      put_off(motion);
      if (why) motion.reason = why;
      not_reached.push_back(boost::json::object{{"motion", motion.id.number},
                                                {"title", motion.title.value},
                                                {"reason", motion.reason.value_or(Text<1000>{}).value}});
    }
    if (!step.save(motion)) return somebody_was_first();
  }
  if (!not_reached.empty()) step.body()["put_off"] = std::move(not_reached);
  return Done{};
}

Result<Done> Assembly::add_proposal_paper(const people::Viewer& viewer, Id<Motion> id,
                                          const AddProposalPaper& form) {
  auto pictures = judged_for(Verb::add_proposal_paper, viewer, id, {{form.pictures, "pictures"}});
  if (!pictures.ok()) return pictures.problems();
  return official_with(viewer, *pictures, [&](store::Writer& w) -> Result<Done> {
    auto m = motion_for(w, viewer, id, Verb::add_proposal_paper);
    if (!m.ok()) return m.problems();
    if (form.pictures.empty()) return photograph_it();
    Problems used =
        used_before(w, subject_of(id), {{pictures->at(0), form.pictures, PaperOf::proposal, "pictures"}});
    if (!used.empty()) return used;
    Step step(w, keys_, viewer, m->village);
    attach(w, step, viewer, subject_of(id), PaperOf::proposal, pictures->at(0));
    w.touch(subject_of(id));
    step.record("assembly.papers-added", subject_of(id));
    return Done{};
  });
}

Result<Done> Assembly::add_meeting_paper(const people::Viewer& viewer, Id<Meeting> id,
                                         const AddMeetingPaper& form) {
  auto allowed =
      db_.read([&](store::Reader& r) { return meeting_for(r, viewer, id, Verb::add_meeting_paper); });
  if (!allowed.ok()) return allowed.problems();
  auto pictures = judged_of({{form.pictures, "pictures"}});
  if (!pictures.ok()) return pictures.problems();
  return official_with(viewer, *pictures, [&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::add_meeting_paper);
    if (!m.ok()) return m.problems();
    if (!takes_papers(*m, w.now()))
      return problem(Fault::conflict,
                     N_("This meeting was called here: its steps are entered as they happen"));
    if (form.pictures.empty()) return photograph_it();
    const PaperOf what = paper_of(form.paper);
    Problems used = used_before(w, subject_of(id), {{pictures->at(0), form.pictures, what, "pictures"}});
    if (!used.empty()) return used;
    Step step(w, keys_, viewer, m->village);
    // Once the night is over what is still to be entered rests on these papers.
    if (!m->on_paper && is_from_paper(*m, Verb::attend, w.now())) {
      m->on_paper = true;
      if (!step.save(*m)) return somebody_was_first();
    }
    attach(w, step, viewer, subject_of(id), what, pictures->at(0));
    w.touch(subject_of(id));
    for (const Motion& on_agenda : motions_of(w, id)) w.touch(subject_of(on_agenda.id));
    step.record("assembly.papers-added", subject_of(id));
    return Done{};
  });
}

std::optional<Problems> papers_refusal(store::Reader& r, const people::Viewer& viewer, const Meeting& m,
                                       Date today, PapersAnswer answer) {
  if (auto own = people::partiality(r, viewer, m.village, today)) return own;
  if (answer == PapersAnswer::give_back) return std::nullopt;
  if (entered_it(r, m.id, viewer))
    return problem(Fault::denied, N_("You entered these papers yourself: another officer accepts them"));
  if (of_the_village(r, m, viewer))
    return problem(Fault::denied,
                   N_("You hold a post in this village, or held one since the meeting was called: another "
                      "officer or the chair of the commune accepts its papers"));
  // Nor whoever closed the list it is counted against for the commune: one person would make both numbers.
  if (answer == PapersAnswer::accept && m.list && people::had_a_hand_in(r, *m.list, viewer.account))
    return problem(Fault::denied,
                   N_("You confirmed, returned or corrected the household list of this meeting: another "
                      "officer or the chair of the commune accepts its papers"));
  return std::nullopt;
}

Result<Done> Assembly::accept_papers(const people::Viewer& viewer, Id<Meeting> id, const AcceptPapers& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::accept_papers);
    if (!m.ok()) return m.problems();
    if (auto refused = papers_refusal(w, viewer, *m, local_date(w.now()), PapersAnswer::accept))
      return *refused;
    if (auto same = still_as_shown(form.version, m->version); !same.ok()) return same;
    if (!form.compared)
      return problem_at("compared", N_("Compare the days and numbers with the pictures, then say so"));
    m->state = MeetingState::concluded;
    m->accepted_by = viewer.account;
    m->accepted_at = w.now();
    m->reason.reset();  // what was missing when it was returned
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    auto decided = decide_all(w, law_, step, *m, [](const Motion& motion) {
      return motion.wording.value_or(Text<4000>{decided_words(motion)});
    });
    if (!decided.ok()) return decided;
    step.law_hash(law_.hash());
    step.record("assembly.accepted", subject_of(id));
    return Done{};
  });
}

Result<Done> Assembly::return_papers(const people::Viewer& viewer, Id<Meeting> id, const ReturnPapers& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::accept_papers);
    if (!m.ok()) return m.problems();
    const auto answer = form.for_good ? PapersAnswer::refuse : PapersAnswer::give_back;
    if (auto refused = papers_refusal(w, viewer, *m, local_date(w.now()), answer)) return *refused;
    if (auto same = still_as_shown(form.version, m->version); !same.ok()) return same;
    if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
    m->reason = form.reason;
    Step step(w, keys_, viewer, m->village);
    if (form.for_good) {
      auto refused = refuse_for_good(w, step, *m, form.reason);
      if (!refused.ok()) return refused;
    } else {
      m->state = MeetingState::open;
      m->concluded_at.reset();
      m->attended.reset();
      m->attendance_hash.reset();
      if (!step.save(*m)) return somebody_was_first();
    }
    step.record(form.for_good ? "assembly.papers-refused" : "assembly.papers-returned", subject_of(id));
    return Done{};
  });
}

}  // namespace danchu::assembly
