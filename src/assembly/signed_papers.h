// The signed papers of a matter as its open page lists them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assembly/page_parts.h"

namespace danchu::assembly {

// A picture of a signed paper: for officers a link, for everybody its hash.
struct SignedPaper {
  std::string label, kind, sha256;
  std::int64_t kilobytes = 0;
  std::optional<Instant> added_at;
  std::optional<Url> url;
};
DANCHU_RECORD(SignedPaper, label, kind, sha256, kilobytes, added_at, url)
// What came with a correction that the Front head declined proves nothing: only officers find it, named so.
std::vector<SignedPaper> signed_papers(const Request& q, const Whole& whole);

}  // namespace danchu::assembly
