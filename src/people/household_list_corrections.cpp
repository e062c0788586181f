// Corrections of a household list by the commune, from the lock until voting starts.
#include <algorithm>

#include "people/household_list_rows.h"
#include "people/household_register.h"
#include "people/impartial.h"

namespace danchu::people {
namespace {

const store::Statement remove_line{"UPDATE household_list_line SET removed = $2 WHERE id = $1"};
const store::Statement put_correction{
    "INSERT INTO household_list_correction(id, list, total_before, total_after, reason, salt, actor, "
    "entered) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
const store::Statement corrections_of{
    "SELECT total_before, total_after, reason, entered FROM household_list_correction WHERE list = $1 ORDER "
    "BY id"};

std::vector<void (*)(store::Writer&, Id<HouseholdList>)>& when_corrected() {
  static std::vector<void (*)(store::Writer&, Id<HouseholdList>)> all;
  return all;
}

}  // namespace

Refusal correction_refusal(store::Reader& r, const Viewer& viewer, const HouseholdList& l, Date today) {
  if (!checks_for_commune(r, viewer, l.village, today)) return list_not_yours();
  if (auto partial = partiality(r, viewer, l.village, today)) return partial;
  if (l.state != ListState::locked && l.state != ListState::confirmed && l.state != ListState::frozen)
    return list_not_now();
  if (l.voting_since)
    return problem(Fault::conflict,
                   N_("Voting has started: the list can no longer be corrected. The change counts from "
                      "the next list."));
  return std::nullopt;
}

Result<Done> correct_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                          Id<HouseholdList> id, const CorrectList& form) {
  auto l = household_list(w, id);
  if (!l) return no_list();
  if (auto refusal = correction_refusal(w, viewer, *l, local_date(w.now()))) return *refusal;
  if (form.reason.value.empty())
    return problem_at("reason", N_("Write the reason and name the paper behind it"));
  if (form.add.empty() && form.remove.empty())
    return problem(Fault::invalid, N_("Choose a household to add or to remove"));

  std::vector<SaltedLine> changed, present = salted_lines(w, id);
  auto line_of = [&](Id<Household> household) {
    return std::find_if(present.begin(), present.end(),
                        [&](const SaltedLine& s) { return s.line.household == household; });
  };
  for (Id<Household> household : form.remove) {
    auto at = line_of(household);
    if (at == present.end() || at->line.removed)
      return problem_at("remove", N_("This household is not on the list"));
    at->line.removed = true;
    w.run(remove_line, at->line.id, true);
    changed.push_back(*at);
  }
  const std::vector<RegisteredHousehold> stood =
      form.add.empty() ? std::vector<RegisteredHousehold>{} : registered_on(w, l->village, l->closed_on);
  for (Id<Household> added : form.add) {
    auto at = line_of(added);
    auto found = std::find_if(stood.begin(), stood.end(),
                              [&](const RegisteredHousehold& h) { return h.household.id == added; });
    if (std::find(form.remove.begin(), form.remove.end(), added) != form.remove.end())
      return problem_at("add", N_("A household cannot be added and removed at once"));
    if (found == stood.end())
      return problem_at("add",
                        N_("This household was not in the village's register on {closed}, the day the list "
                           "was closed: it counts from the next list"),
                        {{"closed", to_page(l->closed_on)}});
    if (at != present.end() && !at->line.removed)
      return problem_at("add", N_("This household is on the list already"));
    if (at != present.end()) {
      at->line.removed = false;
      w.run(remove_line, at->line.id, false);
      changed.push_back(*at);
    } else {
      const Household& h = found->household;
      changed.push_back(insert_line(w, {{},
                                        id,
                                        added,
                                        h.number,
                                        h.house,
                                        h.head,
                                        h.beside,
                                        h.temporary,
                                        "correction",
                                        false,
                                        h.circumstance}));
      present.push_back(changed.back());
    }
  }
  std::int64_t before = l->total;
  l->total += static_cast<std::int64_t>(form.add.size()) - static_cast<std::int64_t>(form.remove.size());
  if (!l->first_total) l->first_total = before;

  auto correction = w.new_id<ListCorrection>();
  std::string salt = acts::new_salt();
  w.run(put_correction, correction, id, before, l->total, form.reason, store::Bytes{salt},
        viewer.account.number, w.now());
  keep_list(w, keys, "corrected", *l, viewer.account.number, changed,
            acts::Draft::Covered{"household_list_correction",
                                 correction.number,
                                 {{"list", id.number},
                                  {"total_before", before},
                                  {"total_after", l->total},
                                  {"reason", acts::personal("salt", salt, form.reason.value)},
                                  {"actor", viewer.account.number},
                                  {"entered", w.now().us}}});
  for (auto touch : when_corrected()) touch(w, id);
  return Done{};
}

WhenListCorrected::WhenListCorrected(void (*touch)(store::Writer&, Id<HouseholdList>)) {
  when_corrected().push_back(touch);
}

std::vector<ListCorrection> corrections(store::Reader& r, Id<HouseholdList> list) {
  std::vector<ListCorrection> found;
  for (const store::Row& row : r.query(corrections_of, list)) found.push_back(row.as<ListCorrection>());
  return found;
}

}  // namespace danchu::people
