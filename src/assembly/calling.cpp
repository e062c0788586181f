// Calling a meeting: agenda, notice and documents with their terms, the frozen list (art. 18; Decree 59 art.
// 3).
#include "assembly/assembly.h"
#include "assembly/attendance.h"
#include "assembly/steps.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

constexpr std::size_t most_motions = 20;  // on one agenda

Problems wrong_with(const CallMeeting& form) {
  Problems found;
  auto wrong = [&](std::string path, std::string_view message) {
    found.push_back({Fault::invalid, std::move(path), message, {}, {}});
  };
  if (form.place.value.empty()) wrong("place", N_("Say where the meeting is"));
  if (form.chair.value.empty()) wrong("chair", N_("Say who chairs the meeting"));
  if (form.motions.empty()) wrong("motions", N_("Choose at least one matter"));
  if (form.motions.size() > most_motions) wrong("motions", N_("Too many matters for one meeting"));
  return found;
}

// The matters in the order sent, each agreed and of this village.
Result<std::vector<Motion>> agenda(store::Reader& r, const people::Viewer& viewer, Id<people::Unit> village,
                                   const CallMeeting& form) {
  std::vector<Motion> found;
  for (Id<Motion> id : form.motions) {
    auto m = motion_for(r, viewer, id, Verb::call_meeting);
    if (!m.ok()) return m.problems();
    if (m->village != village) return problem_at("motions", N_("This matter belongs to another village"));
    for (const Motion& other : found)
      if (other.id == m->id) return problem_at("motions", N_("A matter stands twice on the agenda"));
    m->agenda.value = static_cast<std::int64_t>(found.size()) + 1;
    found.push_back(*m);
  }
  return found;
}

Result<Done> terms_kept(const law::Law& law, const std::vector<Motion>& motions, const Meeting& m,
                        Date noticed, const GiveNotice& form) {
  const Date day = local_date(m.starts);
  auto in_time = notice_in_time(law, noticed, day);
  if (!in_time.ok()) return in_time;
  for (const Motion& motion : motions) {
    if (motion.state == MotionState::withdrawn) continue;
    if (motion.agreed_on && noticed < *motion.agreed_on)
      return Problem{Fault::unlawful,
                     "given_at",
                     N_("Notice was given before the Front head agreed to “{title}”"),
                     {{"title", motion.title.value}},
                     {"DEC-09"}};
    if (!needs_documents(law, static_cast<int>(motion.matter.value), noticed)) continue;
    auto sent = documents_in_time(law, form.documents_sent, day);
    if (!sent.ok()) return sent;
  }
  return Done{};
}

// Documents are about matters: they were not sent before the first of them was proposed, nor tomorrow.
Result<Done> documents_day(const std::vector<Motion>& motions, std::optional<Date> sent, Date today) {
  if (!sent) return Done{};
  if (*sent > today) return problem_at("documents_sent", N_("This day lies in the future"));
  std::optional<Date> proposed;
  for (const Motion& motion : motions)
    if (motion.state != MotionState::withdrawn)
      proposed = std::min(proposed.value_or(today), local_date(motion.proposed_at));
  if (proposed && *sent < *proposed)
    return problem_at("documents_sent",
                      N_("The matters of this meeting were proposed on {proposed}: their documents were not "
                         "sent before"),
                      {{"proposed", to_page(*proposed)}});
  return Done{};
}

// Since when a notice may be of this meeting: the minute it was called (on paper the day) or moved, for what
// was told before told nothing, or another day, hour or place.
Instant stands_since(store::Reader& r, const Meeting& m) {
  Instant since;
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id)))
    if (act.kind == "assembly.called" || act.kind == "assembly.moved") since = minute_of(act.happened);
  return since;
}

// The picture of the invitation proves a notice that is entered from paper.
Result<Done> notice_proven(store::Reader& r, const Meeting& m) {
  if (!m.on_paper || has_picture(r, subject_of(m.id), PaperOf::invitation)) return Done{};
  return problem(Fault::conflict,
                 N_("Add the picture of the invitation first: it proves when notice was given. Entered on a "
                    "later day, it is accepted by the commune together with the papers of the evening"));
}

// What was proposed on paper and entered on a later day is proven by its picture, whether the meeting on it
// is called here or on paper (practice P29, P47).
Result<Done> proposals_proven(store::Reader& r, const std::vector<Motion>& motions) {
  for (const Motion& m : motions)
    if (entered_late(r, m) && !has_picture(r, subject_of(m.id), PaperOf::proposal))
      return problem_at("motions", N_("“{title}” was proposed on paper: add the picture of that paper first"),
                        {{"title", m.title.value}});
  return Done{};
}

// A meeting called on paper followed the Front's agreement.
Result<Done> called_in_order(const std::vector<Motion>& motions, Date called, Date meeting) {
  if (meeting < called)
    return problem_at("called_on", N_("The meeting was on {day}: it was called before it"),
                      {{"day", to_page(meeting)}});
  for (const Motion& m : motions) {
    if (m.agreed_on && called < *m.agreed_on)
      return Problem{Fault::unlawful,
                     "called_on",
                     N_("The meeting was called before the Front head agreed to “{title}”"),
                     {{"title", m.title.value}},
                     {"DEC-09"}};
  }
  return Done{};
}

// The list that stood in the minute the notice was given, whatever was confirmed or returned since.
std::optional<people::HouseholdList> list_standing(store::Reader& r, Id<people::Unit> village,
                                                   Instant given) {
  return people::list_at(r, village, minute_of(given) + std::chrono::seconds{59});
}

// No correction of the list reaches back behind a meeting that was held.
Result<Done> not_corrected_since(store::Reader& r, Id<people::HouseholdList> list, Instant meeting) {
  for (const people::ListCorrection& correction : people::corrections(r, list))
    if (correction.entered > meeting)
      return problem(
          Fault::conflict,
          N_("The household list was corrected on {day}, after this meeting: it is no longer the list "
             "the meeting counted against"),
          {{"day", to_page(local_date(correction.entered))}});
  return Done{};
}

// The list this notice freezes; it must have been closed before (practice P34).
Result<people::HouseholdList> frozen_list(store::Writer& w, const acts::Keys& keys,
                                          const people::Viewer& viewer, const Meeting& m, Instant given) {
  auto list = m.on_paper ? list_standing(w, m.village, given) : people::list_of(w, m.village);
  if (!list && m.on_paper)
    return Problem{Fault::unlawful,
                   "given_at",
                   N_("No household list was confirmed before {given}: a notice rests on a list that stands, "
                      "never on a later one"),
                   {{"given", to_page(given)}},
                   {"MTG-04"}};
  if (!list)
    return problem(Fault::conflict,
                   N_("There is no household list that the commune has confirmed: close one first"));
  if (local_date(given) < list->closed_on)
    return problem_at("given_at", N_("The household list was closed after this notice, on {closed}"),
                      {{"closed", to_page(list->closed_on)}});
  const Instant confirmed = people::confirmed_at(w, list->id).value_or(w.now());
  if (given < minute_of(confirmed))
    return Problem{
        Fault::unlawful,
        "given_at",
        N_("The household list was confirmed at {confirmed}: a notice rests on a list that stands, so "
           "it was not given before"),
        {{"confirmed", to_page(confirmed)}},
        {"MTG-04"}};
  if (m.on_paper) {
    auto same = not_corrected_since(w, list->id, m.starts);
    if (!same.ok()) return same.problems();
  }
  // One that was returned since serves this evening and no other: it stays returned.
  if (list->state != people::ListState::returned) {
    auto frozen = people::freeze(w, keys, list->id, viewer, subject_of(m.id));
    if (!frozen.ok()) return frozen.problems();
  }
  if (list->total == 0) return problem(Fault::conflict, N_("There is no household on the list"));
  return *list;
}

// May a meeting on these matters be held at that time, as far as it is known today?
Result<Done> may_be_held(const law::Law& law, const std::vector<Motion>& motions, Instant starts,
                         Instant now) {
  if (starts < now)
    return problem_at("starts", N_("This hour has passed: a meeting is called before it is held"));
  auto run = all_run_here(law, motions, local_date(starts));
  if (!run.ok()) return run;
  return can_still_be_noticed(law, local_date(now), local_date(starts));
}

// The same of a meeting that was called on paper.
Result<Done> was_held(const law::Law& law, const std::vector<Motion>& motions, Date called, Instant starts,
                      Instant now) {
  if (starts > now)
    return problem_at(
        "called_on",
        N_("This meeting is still to come: give notice of it here, in time. What is entered from "
           "paper was held"));
  auto in_order = called_in_order(motions, called, local_date(starts));
  return in_order.ok() ? all_run_here(law, motions, local_date(starts)) : in_order;
}

void take_notice_back(Meeting& m) {
  m.state = MeetingState::planned;
  m.noticed_at.reset();
  m.channel.reset();
  m.posted_at.reset();
  m.documents_sent.reset();
  m.list.reset();
  m.households.value = 0;
}

Result<Done> call_all(Step& step, std::vector<Motion>& motions, MotionState state) {
  for (Motion& motion : motions) {
    if (motion.state == MotionState::withdrawn) continue;
    motion.state = state;
    if (!step.save(motion)) return somebody_was_first();
  }
  return Done{};
}

}  // namespace

Result<Id<Meeting>> Assembly::call_meeting(const people::Viewer& viewer, Id<people::Unit> village,
                                           const CallMeeting& form) {
  return official([&](store::Writer& w) -> Result<Id<Meeting>> {
    if (!may(viewer, Verb::call_meeting, where(w, village))) return not_yours();
    Problems wrong = wrong_with(form);
    if (!wrong.empty()) return wrong;
    auto called = event_day(form.called_on, local_date(w.now()), Date{}, "called_on");
    if (!called.ok()) return called.problems();
    const bool on_paper = *called < local_date(w.now());
    auto motions = agenda(w, viewer, village, form);
    if (!motions.ok()) return motions.problems();
    if (!on_paper && form.starts < w.now())
      return problem_at(
          "starts", N_("This hour has passed: a meeting is called before it is held. When it was called and "
                       "held on paper, say below on which day it was called"));
    auto held = on_paper ? was_held(law_, *motions, *called, form.starts, w.now())
                         : may_be_held(law_, *motions, form.starts, w.now());
    if (!held.ok()) return held.problems();
    auto proven = proposals_proven(w, *motions);
    if (!proven.ok()) return proven.problems();
    Meeting m;
    m.id = w.new_id<Meeting>();
    m.village = village;
    m.starts = form.starts;
    m.place = form.place;
    m.on_paper = on_paper;
    m.called_on = *called;
    Step step(w, keys_, viewer, village);
    if (on_paper) step.happened(start_of(*called));
    step.add(m);
    step.name(m.id.number, "chair", form.chair.value);
    step.name(m.id.number, "contact", form.contact.value);
    for (Motion& motion : *motions) {
      motion.state = MotionState::called;
      motion.meeting = m.id;
      if (!step.save(motion)) return somebody_was_first();
    }
    step.record("assembly.called", subject_of(m.id));
    return m.id;
  });
}

Result<Done> Assembly::give_notice(const people::Viewer& viewer, Id<Meeting> id, const GiveNotice& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::give_notice);
    if (!m.ok()) return m.problems();
    auto given = event_time(form.given_at, w.now(), stands_since(w, *m), "given_at");
    if (!given.ok()) return given.problems();
    if (m->on_paper && !form.given_at)
      return problem_at("given_at", N_("The meeting was called on paper: say when notice was given"));
    m->on_paper = is_from_paper(*m, *given, w.now());
    if (auto proven = notice_proven(w, *m); !proven.ok()) return proven;
    const Date noticed = local_date(*given);
    if (form.posted_at.value.empty())
      return Problem{Fault::unlawful,
                     "posted_at",
                     N_("Beside one channel, the notice must be posted: say where"),
                     {},
                     {"MTG-04"}};
    std::vector<Motion> motions = motions_of(w, id);
    auto sent = documents_day(motions, form.documents_sent, local_date(w.now()));
    if (!sent.ok()) return sent;
    auto run = all_run_here(law_, motions, local_date(m->starts));
    if (!run.ok()) return run;
    auto kept = terms_kept(law_, motions, *m, noticed, form);
    if (!kept.ok()) return kept;
    auto list = frozen_list(w, keys_, viewer, *m, *given);
    if (!list.ok()) return list.problems();
    m->state = MeetingState::noticed;
    m->noticed_at = *given;
    m->channel = form.channel;
    m->posted_at = form.posted_at;
    m->documents_sent = form.documents_sent;
    m->list = list->id;
    m->households.value = m->on_paper ? people::total_at(w, *list, m->starts) : list->total;
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    auto called = call_all(step, motions, MotionState::noticed);
    if (!called.ok()) return called;
    if (form.second_language) step.name(id.number, "second_language", form.second_language->value);
    step.happened(*given);
    step.law_hash(law_.hash());
    step.record("assembly.noticed", subject_of(id));
    return Done{};
  });
}

Result<Done> Assembly::move_meeting(const people::Viewer& viewer, Id<Meeting> id, const MoveMeeting& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::move_meeting);
    if (!m.ok()) return m.problems();
    if (auto same = still_as_shown(form.version, m->version); !same.ok()) return same;
    if (m->on_paper)
      return problem(Fault::conflict,
                     N_("This meeting is entered from paper: cancel it here and call or enter it again"));
    const bool noticed = m->state == MeetingState::noticed;
    if (form.place.value.empty()) return problem_at("place", N_("Say where the meeting is"));
    if (form.starts == m->starts && form.place.value == m->place.value)
      return problem_at("starts", N_("The meeting is at this hour and place already"));
    if (noticed && (!form.reason || form.reason->value.empty())) return problem_at("reason", N_("Say why"));
    if (attended(w, id) > 0)
      return problem(Fault::conflict,
                     N_("Households are ticked as present at this meeting: untick them, or cancel it"));
    std::vector<Motion> motions = motions_of(w, id);
    auto held = may_be_held(law_, motions, form.starts, w.now());
    if (!held.ok()) return held;
    Step step(w, keys_, viewer, m->village);
    step.body()["from"] = boost::json::object{{"starts", m->starts.us}, {"place", m->place.value}};
    step.body()["notice_taken_back"] = noticed;
    if (form.reason) step.body()["reason"] = form.reason->value;
    m->starts = form.starts;
    m->place = form.place;
    m->reason = form.reason;
    if (noticed) take_notice_back(*m);
    if (!step.save(*m)) return somebody_was_first();
    if (noticed)
      if (auto planned = call_all(step, motions, MotionState::called); !planned.ok()) return planned;
    step.law_hash(law_.hash());
    step.record("assembly.moved", subject_of(id));
    return Done{};
  });
}

// What stood on the agenda may be called again.
Result<Done> Assembly::cancel_meeting(const people::Viewer& viewer, Id<Meeting> id, const WithReason& form) {
  return official([&](store::Writer& w) -> Result<Done> {
    auto m = meeting_for(w, viewer, id, Verb::cancel_meeting);
    if (!m.ok()) return m.problems();
    if (auto heads = left_to_its_head(w, viewer, m->village, local_date(w.now()), "MTG-01")) return *heads;
    if (form.reason.value.empty()) return problem_at("reason", N_("Say why"));
    m->state = MeetingState::cancelled;
    m->reason = form.reason;
    Step step(w, keys_, viewer, m->village);
    if (!step.save(*m)) return somebody_was_first();
    for (Motion& motion : motions_of(w, id)) {
      if (motion.state == MotionState::withdrawn) continue;
      motion.state = MotionState::agreed;
      motion.meeting.reset();
      motion.agenda.value = 0;
      if (!step.save(motion)) return somebody_was_first();
    }
    step.record("assembly.cancelled", subject_of(id));
    return Done{};
  });
}

}  // namespace danchu::assembly
