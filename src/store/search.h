// Search in everything that is published: without tones or with them, exact tones first, then what fits best,
// then the newest. The same answer on both engines: words are folded in C++ (base/text.h), the engines only
// index words.
//
// A query with very many matches considers the newest few hundred of them (and of those that match in the
// title, and with the exact tones): this keeps it quick in a million texts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace danchu::store {

struct SearchEntry {
  std::string kind;     // "motion", "village": letters only
  std::int64_t id = 0;  // of that kind
  std::vector<std::int64_t>
      units;  // the unit it belongs to and those above it; a search in any of them finds it
  std::string title;
  std::string body;  // plain text; the first 20,000 bytes are searched
  Instant changed;
};

struct SearchFilter {
  std::string kind;       // empty: all kinds
  std::int64_t unit = 0;  // 0: everywhere
};

struct SearchHit {
  std::string kind;
  std::int64_t id = 0;
  std::string title;
  std::string body;
  Instant changed;
};

// Puts it in, or replaces what was there under this kind and id.
void index(Writer& writer, const SearchEntry& entry);
void unindex(Writer& writer, const std::string& kind, std::int64_t id);

// At most `limit` hits that have all the words, best first; the last word may be unfinished. `words` is what
// somebody typed: anything. The first 8 words of at most 40 characters count; none: nothing is found.
std::vector<SearchHit> search(Reader& reader, const std::string& words, const SearchFilter& filter,
                              int limit);

}  // namespace danchu::store
