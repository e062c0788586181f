// What rooms say of the tables and files acts cover, beside what the acts say themselves.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "store/database.h"

namespace danchu::acts {

// A table that holds nothing but what acts cover, from its first row on: verify reports a row no act covers
// though no act has named the table yet. `key` is the column acts name its rows by.
//   static const acts::OfficialTable corrections{"correction"};
class OfficialTable {
 public:
  explicit OfficialTable(std::string_view table, std::string_view key = "id");
  OfficialTable(const OfficialTable&) = delete;
};

// The kept files that acts name, by their SHA-256: they stay, whatever became of the rows.
std::set<std::string> files_named(store::Reader& reader);

}  // namespace danchu::acts
