#include "assembly/steps.h"

#include <algorithm>

#include "assembly/assembly.h"
#include "people/household_list.h"
#include "people/household_register.h"
#include "people/posts.h"

namespace danchu::assembly {

Where where(store::Reader& r, Id<people::Unit> village, int matter) {
  return {village, people::commune_id(r, village), matter};
}
Where where(store::Reader& r, const people::Viewer& viewer, Id<people::Unit> village, int matter) {
  const bool of_commune = std::any_of(viewer.posts.begin(), viewer.posts.end(), [](const people::Post& post) {
    return people::level_of(post.role) == "commune";
  });
  return of_commune ? where(r, village, matter) : Where{village, {}, matter};
}

Problems not_yours() {
  return problem(Fault::denied, N_("This step belongs to another post or another unit"));
}
std::optional<Problems> left_to_its_head(store::Reader& r, const people::Viewer& viewer,
                                         Id<people::Unit> village, Date today, std::string_view rule) {
  if (viewer.holds(people::Role::village_head, village) || !people::acting_head(r, village, today))
    return std::nullopt;
  return Problems{
      Problem{Fault::denied,
              "",
              N_("The head of the village does this; the commune only where the village has none"),
              {},
              {std::string(rule)}}};
}
Problems not_due(std::string_view state_label) {
  return problem(Fault::conflict, N_("This step is not due now: {state}"),
                 {{"state", std::string(state_label)}});
}
Problems somebody_was_first() {
  return problem(Fault::conflict, N_("Somebody else has changed this in the meantime; look at it again"));
}

Result<Done> still_as_shown(std::optional<Count> sent, Count stored) {
  if (!sent)
    return problem_at("version",
                      N_("Send the version you looked at; the page of this step gives it under “version”"));
  if (sent->value != stored.value) return somebody_was_first();
  return Done{};
}

Result<Motion> motion_for(store::Reader& r, const people::Viewer& viewer, Id<Motion> id, Verb verb) {
  auto found = motion(r, id);
  if (!found) return problem(Fault::missing, N_("There is no such matter"));
  if (!may(viewer, verb, where(r, viewer, found->village, static_cast<int>(found->matter.value))))
    return not_yours();
  if (!is_due(verb, found->state)) return not_due(label_of(found->state));
  return *found;
}

Result<Meeting> meeting_for(store::Reader& r, const people::Viewer& viewer, Id<Meeting> id, Verb verb) {
  auto found = meeting(r, id);
  if (!found) return problem(Fault::missing, N_("There is no such meeting"));
  if (!may(viewer, verb, where(r, viewer, found->village))) return not_yours();
  if (!is_due(verb, found->state)) return not_due(label_of(found->state));
  return *found;
}

Result<Decided> decided_for(store::Reader& r, const people::Viewer& viewer, Id<Motion> id, Verb verb) {
  auto found = motion_for(r, viewer, id, verb);
  if (!found.ok()) return found.problems();
  auto decision = decision_on(r, id);
  if (!decision) return not_due(label_of(found->state));
  if (!is_due(verb, decision->state, static_cast<int>(found->matter.value)))
    return not_due(label_of(decision->state));
  return Decided{*found, *decision};
}

Result<Instant> event_time(std::optional<Instant> sent, Instant now, Instant earliest, std::string path) {
  const Instant at = sent.value_or(now);
  if (at > now) return problem_at(std::move(path), N_("This time lies in the future"));
  if (at < earliest)
    return problem_at(std::move(path), N_("This lies before the step it follows ({earliest})"),
                      {{"earliest", to_page(earliest)}});
  return at;
}

Result<Date> event_day(std::optional<Date> sent, Date today, Date earliest, std::string path) {
  const Date on = sent.value_or(today);
  if (on > today) return problem_at(std::move(path), N_("This day lies in the future"));
  if (on < earliest)
    return problem_at(std::move(path), N_("This lies before the step it follows ({earliest})"),
                      {{"earliest", to_page(earliest)}});
  return on;
}

std::int64_t households_of(store::Reader& r, const Meeting& meeting) {
  if (!meeting.list || meeting.opened_at) return meeting.households.value;
  if (meeting.on_paper)
    if (auto list = people::household_list(r, *meeting.list))
      return people::total_at(r, *list, meeting.starts);
  return people::frozen_total(r, *meeting.list).value_or(meeting.households.value);
}

std::int64_t households_of(store::Reader& r, Id<people::Unit> village,
                           const std::optional<Meeting>& meeting) {
  if (meeting && meeting->list) return households_of(r, *meeting);
  auto list = people::list_of(r, village);
  return list ? list->total : people::register_total(r, village);
}

Result<Done> all_run_here(const law::Law& law, const std::vector<Motion>& motions, Date on) {
  for (const Motion& m : motions) {
    if (m.state == MotionState::withdrawn) continue;
    auto runs = run_here(law, static_cast<int>(m.matter.value), on);
    if (runs.ok()) continue;
    Problems found = runs.problems();
    found.push_back({Fault::conflict,
                     "motions",
                     N_("Take this matter off the agenda: “{title}”"),
                     {{"title", m.title.value}},
                     {}});
    return found;
  }
  return Done{};
}

bool is_from_paper(const Meeting& m, Verb step, Instant now) {
  const Date day = local_date(m.starts);
  if (m.on_paper) return true;
  return step == Verb::conclude ? local_date(now) > day + 1 : now >= night_ends(day);
}
bool is_from_paper(const Meeting& m, Instant given, Instant now) {
  return m.on_paper || local_date(now) > local_date(given) || now >= m.starts;
}
bool takes_papers(const Meeting& m, Instant now) {
  if (m.on_paper || now >= night_ends(local_date(m.starts))) return true;
  return m.state == MeetingState::planned && m.called_on && *m.called_on < local_date(now);
}

std::optional<Instant> late_entry(Instant now, const Meeting& meeting, Instant at) {
  if (local_date(now) <= local_date(meeting.starts)) return std::nullopt;
  return now < night_ends(local_date(meeting.starts)) ? now : at;
}

bool in_the_hall(store::Reader& r, const Motion& m) {
  auto on = m.meeting ? meeting(r, *m.meeting) : std::nullopt;
  return on && (on->state == MeetingState::open || on->state == MeetingState::submitted);
}

bool entered_late(store::Reader& r, const Motion& m) {
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id)))
    if (act.kind == "assembly.proposed") return local_date(act.entered) > local_date(m.proposed_at);
  return false;
}

Instant last_step(store::Reader& r, const Meeting& meeting) {
  Instant last = *meeting.opened_at;
  for (const Motion& on_agenda : motions_of(r, meeting.id))
    if (auto vote = vote_on(r, on_agenda.id)) last = std::max(last, vote->voted_at);
  return last;
}

boost::json::array rule_ids(const law::Verdict& verdict) {
  boost::json::array ids;
  for (const std::string& rule : verdict.rules) ids.emplace_back(rule);
  return ids;
}

}  // namespace danchu::assembly
