// A list that was sent and waits to be confirmed, so that it is sent once and looked at as often as need be.
#pragma once
#include <chrono>

#include "people/imports.h"

namespace danchu::people {

inline constexpr std::size_t largest_import_file = 8 * 1024 * 1024;  // bytes
inline constexpr std::chrono::hours import_file_kept{24};

struct ImportFile {
  Id<ImportFile> id;
  ImportKind kind = ImportKind::households;
  std::string name;
  std::optional<Lettering> lettering;
  Date happened;
  std::string paper, bytes;
};

// Keeps it instead of what this account sent before.
Id<ImportFile> keep_import_file(store::Writer& w, Id<Account> account, Id<Unit> unit, const ImportFile& file);
// Only for who sent it, and for the unit it was sent for.
std::optional<ImportFile> import_file(store::Reader& r, Id<ImportFile> id, Id<Account> account,
                                      Id<Unit> unit);
void read_import_file_as(store::Writer& w, Id<ImportFile> id, std::optional<Lettering> lettering);
void drop_import_file(store::Writer& w, Id<ImportFile> id);
// Takes away what was not confirmed in time.
void tidy_import_files(store::Database& db);

}  // namespace danchu::people
