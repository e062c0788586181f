#include "assembly/public_words.h"

#include <algorithm>

#include "assembly/addresses.h"

namespace danchu::assembly {
namespace {

int matter_of(const Whole& w) { return static_cast<int>(w.motion.matter.value); }

Date day_of_vote(const Whole& w) { return local_date(w.vote->voted_at); }

void add_rule(const Request& q, std::string_view id, Date on, std::vector<web::Because>& why) {
  const law::Rule* rule = q.site().law.find(id);
  const law::Version* version = q.site().law.in_force(id, on);
  if (!rule || !version) return;
  why.push_back(web::because(rule->id, version->citation,
                             q.language() == "en" ? rule->title_en : rule->title_vi,
                             version->unverified || version->amended_by(on)));
}

std::string method_words(const Request& q, Method method) {
  switch (method) {
    case Method::hands:
      return q.tr(N_("by show of hands"));
  }
  return "";
}

std::string result_words(const Request& q, const Whole& w, const Args& names) {
  Args args = names;
  args.push_back({"yes", std::to_string(w.vote->yes.value)});
  args.push_back({"households", std::to_string(w.vote->households.value)});
  args.push_back({"needed", std::to_string(w.vote->needed.value)});
  return q.tr(w.vote->passed
                  ? N_("{village}: “{title}” was passed. {yes} of {households} households agree, {needed} "
                       "were needed.")
                  : N_("{village}: “{title}” was not passed. {yes} of {households} households agree, "
                       "{needed} were needed."),
              args);
}

// Which rules let a matter be decided so.
std::vector<web::Because> why_this_form(const Request& q, const Whole& w) {
  std::vector<web::Because> why;
  const Date on = day_of_vote(w);
  const law::Law& law = q.site().law;
  add_rule(q, "DEC-13", on, why);           // which forms there are
  for (std::string_view only : {"DEC-14"})  // a meeting is the only one
    if (names_matter(law, only, matter_of(w), on)) add_rule(q, only, on, why);
  add_rule(q, "MTG-04", on, why);  // notice was given
  add_rule(q, "MTG-07", on, why);  // those present choose how to vote
  return why;
}

}  // namespace

bool can_come(const Meeting& m, Instant now) {
  return !m.on_paper && (m.state == MeetingState::planned || m.state == MeetingState::noticed) &&
         now < std::max(m.starts, start_of(local_date(m.starts) + 1));
}

std::optional<FormUsed> form_used(const Request& q, const Whole& w) {
  if (!w.decision || !w.vote || !w.meeting) return std::nullopt;
  FormUsed used{law::Form::meeting, w.meeting->method, "", why_this_form(q, w)};
  used.words = q.tr(N_("Voted on at the meeting of {day}, {method}"),
                    {{"day", to_page(day_of_vote(w))},
                     {"method", method_words(q, w.meeting->method.value_or(Method::hands))}});
  if (w.meeting->method_yes && w.meeting->present_at_opening)
    used.words += "; " + q.tr(N_("{yes} of {present} households present chose to vote so"),
                              {{"yes", std::to_string(w.meeting->method_yes->value)},
                               {"present", std::to_string(w.meeting->present_at_opening->value)}});
  used.words += ".";
  return used;
}

std::optional<OnPaper> on_paper(store::Reader& r, const Meeting& m) {
  if (!m.on_paper) return std::nullopt;
  constexpr std::string_view dated[] = {"assembly.called", "assembly.noticed", "assembly.opened",
                                        "assembly.submitted"};
  std::optional<OnPaper> found;
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id)))
    if (std::find(std::begin(dated), std::end(dated), act.kind) != std::end(dated) &&
        (!found || local_date(act.entered) > local_date(act.happened)))
      found = OnPaper{act.entered, m.accepted_at};
  return found;
}

std::optional<Instant> concluded_late(store::Reader& r, const Meeting& m) {
  if (m.on_paper) return std::nullopt;
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id)))
    if (act.kind == "assembly.concluded" && act.entered >= night_ends(local_date(m.starts)))
      return act.entered;
  return std::nullopt;
}

std::string status_words(const Request& q, const Whole& w) {
  if (!w.decision) return "";
  const Decision& d = *w.decision;
  const Answerer who = answerer_of(matter_of(w), d.voted_on, q.site().law);
  if (d.state != DecisionState::received || who == Answerer::commune_receives) return q.tr(label_of(d.state));
  Args args = {{"commune", people::full_name(w.commune)}};
  const bool front = who == Answerer::front_recognises;
  if (!d.answer_due)
    return q.tr(front ? N_("Waiting for the Front of {commune} to recognise it")
                      : N_("Waiting for the People's Committee of {commune} to recognise it"),
                args);
  args.push_back({"day", to_page(*d.answer_due)});
  return q.tr(front ? N_("Waiting for the Front of {commune} to recognise it, by {day}")
                    : N_("Waiting for the People's Committee of {commune} to recognise it, by {day}"),
              args);
}

std::string not_in_force_words(const Request& q, const Whole& w) {
  if (!w.decision || !w.decision->passed || w.decision->effect_from) return "";
  if (w.decision->state == DecisionState::refused) return q.tr(N_("Not in force: it was not recognised."));
  return q.tr(N_("Not in force yet: it is in force from the day it is recognised."));
}

std::string turned_words(const Request& q, const Correction& c) {
  if (c.old_passed == c.new_passed) return "";
  return q.tr(c.old_passed ? N_("Before: passed. Now: not passed.") : N_("Before: not passed. Now: passed."));
}

std::string share_words(const Request& q, const Whole& w) {
  const Args names = {{"village", people::full_name(w.village)}, {"title", w.motion.title.value}};
  std::string text;
  if (w.motion.state == MotionState::withdrawn) {
    text = q.tr(N_("{village}: “{title}” was withdrawn."), names);
  } else if (w.decision && w.vote) {
    text = result_words(q, w, names);
  } else if (w.meeting && can_come(*w.meeting, q.now())) {
    Args args = names;
    args.push_back({"time", to_page(w.meeting->starts)});
    args.push_back({"place", w.meeting->place.value});
    text = q.tr(N_("{village} meets at {time}, {place}, about “{title}”. One person of each household is "
                   "asked to come."),
                args);
  } else if (w.meeting) {
    Args args = names;
    args.push_back({"day", to_page(local_date(w.meeting->starts))});
    text = q.tr(
        w.meeting->on_paper
            ? N_("{village} met on {day} about “{title}”. The result is published once the commune has "
                 "accepted the papers of the meeting.")
            : N_("{village}: the meeting of {day} decides about “{title}”. The result is published when it "
                 "is concluded."),
        args);
  } else {
    text = q.tr(N_("{village}: “{title}” is proposed."), names);
  }
  return text + "\n" + q.site().base_url + q.href(address(w.motion.id).value);
}

}  // namespace danchu::assembly
