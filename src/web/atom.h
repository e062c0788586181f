// Atom feeds (RFC 4287).
#pragma once
#include <string>
#include <vector>

#include "base/time.h"

namespace danchu::web {

// Texts are plain; addresses are whole ("https://…").
struct AtomEntry {
  std::string id;  // for ever the same
  std::string title;
  Instant updated;
  std::string page;
  std::string text;
};
struct AtomFeed {
  std::string language;  // "vi", "en"
  std::string address;   // of the feed itself
  std::string page;      // which shows the same to people
  std::string title;
  std::string author, author_page;
  Instant updated;
  std::vector<AtomEntry> entries;
};

inline constexpr std::string_view atom_type = "application/atom+xml; charset=utf-8";
std::string to_atom(const AtomFeed& feed);

}  // namespace danchu::web
