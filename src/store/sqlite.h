// Names the SQLite door shares with the backup.
#pragma once

namespace danchu::store {

constexpr const char* sqlite_file_name = "danchu.db";

}  // namespace danchu::store
