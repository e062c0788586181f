// Communes and villages as lists name them, within the unit an import is for.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "people/people.h"

namespace danchu::people {

class Places {
 public:
  // `within`: the province, a commune, or a village; nothing outside it is found.
  Places(store::Reader& r, Id<Unit> within, Date today);

  struct Found {
    std::optional<Unit> unit;
    std::string_view wrong;  // msgid, when there is none; "{place}" is what `place` says
    std::string place;
  };
  // By name, with its kind or without, with tone marks or (where that names one alone) without, or by code.
  // An empty text is the commune the import is for.
  const Found& commune(std::string_view text);
  // By name, in a commune. An empty text is the village the import is for.
  const Found& village(std::string_view commune, std::string_view text);

 private:
  Found find_commune(const std::string& text) const;
  Found find_village(const std::string& commune, const std::string& text);

  store::Reader& r_;
  Date today_;
  std::optional<Unit> within_commune_, within_village_;
  std::vector<Unit> communes_;
  std::map<Id<Unit>, std::vector<Unit>> villages_;
  std::map<std::string, Found, std::less<>> found_communes_;
  std::map<std::pair<std::string, std::string>, Found> found_villages_;
};

// The one unit of these a text names: exactly, else without tone marks; nothing when none or several.
enum class Named { none, one, several };
Named named(const std::vector<Unit>& units, const std::string& text, std::optional<Unit>& found);

}  // namespace danchu::people
