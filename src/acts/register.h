// What the chain's own files share, and its pages read: keys by their first act, the newest acts, an act as
// it is kept.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "acts/acts.h"

namespace danchu::acts {

class Report;

// From act `from_seq` on, acts are signed with this key.
void register_key(store::Writer& writer, const Keys& keys, std::int64_t from_seq);

// Newest first, `limit` at most, before `before` (0: from the head).
std::vector<Recorded> latest(store::Reader& reader, int limit, std::int64_t before = 0);
std::optional<std::string> canonical_bytes(store::Reader& reader, std::int64_t seq);

struct Seal {
  std::string prev, hash, signature;
};
std::optional<Seal> seal_of(store::Reader& reader, std::int64_t seq);

// Tables that are official before an act names one of their rows: table -> key column.
const std::map<std::string, std::string>& official_tables();

struct NotYetOfficialRows {
  std::string_view table, condition;
};
const std::vector<NotYetOfficialRows>& not_yet_official_rows();
// Whether some rule withholds acts of this kind, now or later. A count has few values: without a nonce in the
// bytes whoever sees the hash would find it by trying them all.
bool may_be_withheld(std::string_view kind);
void check_also(store::Reader& reader, Report& report);  // what rooms check beside their columns

}  // namespace danchu::acts
