#include "people/import_places.h"

#include <algorithm>

#include "base/text.h"
#include "people/units.h"

namespace danchu::people {
namespace {

constexpr std::size_t code_digits = 5;  // of a commune's code; spreadsheets drop leading zeros

template <class Fold>
std::vector<const Unit*> written_so(const std::vector<Unit>& units, const std::string& text, Fold fold_text) {
  std::vector<const Unit*> found;
  const std::string wanted = fold_text(text);
  for (const Unit& unit : units)
    if (fold_text(unit.name) == wanted || fold_text(full_name(unit)) == wanted) found.push_back(&unit);
  return found;
}

bool is_code(const std::string& text) {
  return !text.empty() && text.size() <= code_digits &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

Named named(const std::vector<Unit>& units, const std::string& text, std::optional<Unit>& found) {
  auto named = written_so(units, text, [](std::string_view t) { return fold_keeping_marks(t); });
  if (named.empty()) named = written_so(units, text, [](std::string_view t) { return fold(t); });
  if (named.size() == 1) found = *named.front();
  return named.empty() ? Named::none : named.size() == 1 ? Named::one : Named::several;
}

Places::Places(store::Reader& r, Id<Unit> within, Date today) : r_(r), today_(today) {
  within_commune_ = commune_of(r, within);
  if (within_commune_ && within_commune_->id != within) within_village_ = unit(r, within);
  communes_ = within_commune_ ? std::vector<Unit>{*within_commune_} : all_units(r, "commune", today);
}

const Places::Found& Places::commune(std::string_view text) {
  auto at = found_communes_.find(text);
  if (at != found_communes_.end()) return at->second;
  return found_communes_.emplace(std::string(text), find_commune(std::string(text))).first->second;
}

Places::Found Places::find_commune(const std::string& text) const {
  if (text.empty()) {
    if (within_commune_) return {within_commune_, {}, {}};
    return {{}, N_("Say which commune this is in: its name or its code"), {}};
  }
  Found found{{}, {}, text};
  if (is_code(text)) {
    const std::string code = std::string(code_digits - text.size(), '0') + text;
    for (const Unit& commune : communes_)
      if (commune.code == code) found.unit = commune;
  } else if (named(communes_, text, found.unit) == Named::several) {
    found.wrong = N_("Several communes are called “{place}”: write the code instead");
    return found;
  }
  if (!found.unit)
    found.wrong = within_commune_ ? N_("“{place}” is not the commune this import is for")
                                  : N_("There is no commune “{place}”: check the spelling or write its code");
  return found;
}

const Places::Found& Places::village(std::string_view commune, std::string_view text) {
  std::pair<std::string, std::string> key(commune, text);
  auto at = found_villages_.find(key);
  if (at != found_villages_.end()) return at->second;
  Found found = find_village(key.first, key.second);
  return found_villages_.emplace(std::move(key), std::move(found)).first->second;
}

Places::Found Places::find_village(const std::string& commune_text, const std::string& text) {
  const Found in = commune(commune_text);
  if (!in.unit) return in;
  if (text.empty()) {
    if (within_village_) return {within_village_, {}, {}};
    return {{}, N_("Say which village this is in"), {}};
  }
  auto known = villages_.find(in.unit->id);
  if (known == villages_.end())
    known = villages_.emplace(in.unit->id, children(r_, in.unit->id, today_)).first;
  Found found{{}, {}, text};
  const Named how = named(known->second, text, found.unit);
  if (how == Named::none)
    found.wrong =
        N_("There is no village “{place}” in this commune: check the spelling, or import the villages first");
  if (how == Named::several)
    found.wrong = N_("Several villages here are called “{place}”: write the kind too, as in “bản Nà Cá”");
  if (found.unit && within_village_ && found.unit->id != within_village_->id)
    return {{}, N_("“{place}” is not the village this import is for"), text};
  return found;
}

}  // namespace danchu::people
