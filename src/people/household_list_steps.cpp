// A household list is locked by head and Front, posted, confirmed by the commune, returned or frozen.
#include "people/accounts.h"
#include "people/household_list_rows.h"
#include "people/impartial.h"
#include "people/units.h"

namespace danchu::people {
namespace {

const store::Statement start_voting{
    "UPDATE household_list SET voting_since = $2 WHERE id = $1 AND voting_since IS NULL"};

Refusal lock_refusal(const Viewer& viewer, const HouseholdList& l, LockAs as) {
  const bool head = as == LockAs::head;
  if (!viewer.holds(head ? Role::village_head : Role::village_front, l.village)) return list_not_yours();
  if (l.state != ListState::draft || (head ? l.locked_by_head : l.locked_by_front)) return list_not_now();
  if ((head ? l.locked_by_front : l.locked_by_head) == viewer.account.number)
    return problem(Fault::denied,
                   N_("One person cannot lock for both sides. The Front committee's side is locked by a "
                      "deputy, with the minutes of its meeting."));
  return std::nullopt;
}

// Whoever locked it for the village does not confirm it for the commune.
Refusal confirm_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& l, Date today) {
  if (!checks_for_commune(r, viewer, l.village, today)) return list_not_yours();
  if (l.state != ListState::locked) return list_not_now();
  if (viewer.account.number == l.locked_by_head || viewer.account.number == l.locked_by_front)
    return list_not_yours();
  return partiality(r, viewer, l.village, today);
}

Refusal return_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& l, Date today) {
  const bool village = l.state != ListState::confirmed && (viewer.holds(Role::village_head, l.village) ||
                                                           viewer.holds(Role::village_front, l.village));
  if (!village && !checks_for_commune(r, viewer, l.village, today)) return list_not_yours();
  if (!waits(l)) return list_not_now();
  return village ? std::nullopt : partiality(r, viewer, l.village, today);
}

Problems check_front_lock(store::Reader& r, const HouseholdList& l, const LockList& form, Date today) {
  bool named = form.minutes && !form.minutes->value.empty();
  if (one_person_holds_both(r, l.village, today) && !named)
    return problem_at(
        "minutes", N_("One person holds both posts here. Name the minutes of the Front committee's meeting "
                      "that agreed to the list."));
  return {};
}

// Since when and where the households may check the list (practice P34).
Problems check_posting(const LockList& form, Date closed_on, Date today) {
  if (!form.posted_on) return problem_at("posted_on", N_("Say since when the list is posted"));
  if (*form.posted_on > today) return problem_at("posted_on", N_("This day has not come yet"));
  if (today - *form.posted_on > longest_posting)
    return problem_at("posted_on", N_("This lies more than {days} days back: it cannot be this list"),
                      {{"days", std::to_string(longest_posting)}});
  if (*form.posted_on < closed_on)
    return problem_at(
        "posted_on",
        N_("The list was closed on {closed}: it cannot hang since a day before. Draft the list of "
           "the day it was posted."),
        {{"closed", to_page(closed_on)}});
  if (!form.posted_at || form.posted_at->value.empty())
    return problem_at("posted_at", N_("Say where the list is posted"));
  return {};
}

}  // namespace

std::optional<CorrectionWindow> correction_window(const law::Law& law, Date posted_on) {
  const law::Version* rule = law.in_force("HHL-01", posted_on);
  if (!rule || !rule->term || rule->term->amount == 0) return std::nullopt;
  auto due = law.due("HHL-01", posted_on);
  if (!due) return std::nullopt;
  return CorrectionWindow{due->due, due->due + 1, rule->unverified || rule->amended_by(posted_on),
                          due->because};
}

Result<Done> may_confirm(const law::Law& law, std::optional<Date> posted_on, Date today,
                         const ConfirmList& form) {
  auto window = correction_window(law, posted_on.value_or(today));
  if (!window) {
    if (!form.reason || form.reason->value.empty())
      return Problem{Fault::invalid,
                     "reason",
                     N_("Say why the list is confirmed without a time of posting"),
                     {},
                     {"HHL-01"}};
    return Done{};
  }
  if (!posted_on)
    return problem(Fault::conflict,
                   N_("It is not known since when this list is posted: return it and lock it again"));
  if (today >= window->confirmed_from) return Done{};
  const Args days{{"until", to_page(window->until)}, {"earliest", to_page(window->confirmed_from)}};
  if (!window->proposed)
    return unlawful({"HHL-01"},
                    N_("The list is posted for corrections until the end of {until}; the earliest day to "
                       "confirm it is {earliest}"),
                    days);
  if (form.reason && !form.reason->value.empty()) return Done{};
  return Problem{Fault::invalid,
                 "reason",
                 N_("The list is posted for corrections until the end of {until}; the earliest day to "
                    "confirm it is {earliest}. No article sets this time: to confirm before, say why"),
                 days,
                 {"HHL-01"}};
}

ListSteps steps_for(store::Reader& r, const Viewer& viewer, const HouseholdList& l, Date today) {
  return {!lock_refusal(viewer, l, LockAs::head), !lock_refusal(viewer, l, LockAs::front),
          !confirm_refusal(r, viewer, l, today), !return_refusal(r, viewer, l, today),
          !correction_refusal(r, viewer, l, today)};
}

Result<Done> lock_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<HouseholdList> id,
                       const LockList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  bool head = form.as == LockAs::head;
  if (auto refusal = lock_refusal(viewer, *l, form.as)) return *refusal;
  if (!head) {
    Problems wrong = check_front_lock(w, *l, form, local_date(w.now()));
    if (!wrong.empty()) return wrong;
    if (form.minutes) l->front_minutes = form.minutes->value;
  } else {
    Problems wrong = check_posting(form, l->closed_on, local_date(w.now()));
    if (!wrong.empty()) return wrong;
    l->posted_on = form.posted_on;
    l->posted_at = form.posted_at->value;
  }
  (head ? l->locked_by_head : l->locked_by_front) = viewer.account.number;
  bool both = l->locked_by_head && l->locked_by_front;
  if (both) l->state = ListState::locked;
  keep_list(w, keys, head ? "locked-by-head" : "locked-by-front", *l, viewer.account.number,
            both ? salted_lines(w, id) : std::vector<SaltedLine>{});
  return Done{};
}

Result<Done> confirm_list(store::Writer& w, const acts::Keys& keys, const law::Law& law, const Viewer& viewer,
                          Id<HouseholdList> id, const ConfirmList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (auto refusal = confirm_refusal(w, viewer, *l, local_date(w.now()))) return *refusal;
  auto allowed = may_confirm(law, l->posted_on, local_date(w.now()), form);
  if (!allowed) return allowed;
  if (form.reason) l->unposted_reason = form.reason->value;
  l->state = ListState::confirmed;
  l->confirmed_by = viewer.account.number;
  keep_list(w, keys, "confirmed", *l, viewer.account.number);
  return Done{};
}

Result<Done> return_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<HouseholdList> id,
                         const ReturnList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (auto refusal = return_refusal(w, viewer, *l, local_date(w.now()))) return *refusal;
  const bool said = form.reason && !form.reason->value.empty();
  if (l->state == ListState::confirmed && !said)
    return problem_at("reason", N_("Say why a list that was confirmed is returned"));
  l->state = ListState::returned;
  boost::json::object body;
  if (said) body["reason"] = form.reason->value;
  keep_list(w, keys, "returned", *l, viewer.account.number, {}, {}, "", std::move(body));
  return Done{};
}

std::optional<Instant> confirmed_at(store::Reader& r, Id<HouseholdList> id) {
  std::optional<Instant> at;
  for (const acts::Recorded& act : acts::about(r, subject_of(id)))
    if (act.kind == "household-list.confirmed") at = act.happened;
  return at;
}

Result<Done> freeze(store::Writer& w, const acts::Keys& keys, Id<HouseholdList> id, const Viewer& actor,
                    const std::string& notice) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (l->state == ListState::frozen) return Done{};
  if (l->state != ListState::confirmed)
    return problem(Fault::conflict, N_("The household list is not confirmed by the commune yet"));
  l->state = ListState::frozen;
  l->frozen_for = notice;
  keep_list(w, keys, "frozen", *l, actor.account.number, {}, {}, actor.on_behalf());
  return Done{};
}

void voting_started(store::Writer& w, Id<HouseholdList> list) { w.run(start_voting, list, w.now()); }

}  // namespace danchu::people
