#include <sqlite3.h>

#include <filesystem>

#include "store/backup.h"
#include "store/durable_files.h"
#include "store/sqlite.h"
#include "store/sqlite_connection.h"

namespace danchu::store {
namespace {

constexpr int pages_at_once = 1'000;

// In steps, so that checkpoints and readers of the original go on between them.
void copy_pages(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) throw StoreError(StoreError::Kind::gone, std::string("backup: ") + sqlite3_errmsg(to));
  int code;
  while ((code = sqlite3_backup_step(backup, pages_at_once)) == SQLITE_OK || code == SQLITE_BUSY) {
  }
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE)
    throw StoreError(code == SQLITE_FULL ? StoreError::Kind::full : StoreError::Kind::gone,
                     std::string("backup: ") + sqlite3_errstr(code));
}

}  // namespace

void copy_sqlite(const std::string& file, const std::string& directory) {
  make_directory(directory);
  std::string target = directory + "/" + sqlite_file_name, unfinished = target + ".tmp";
  std::filesystem::remove(unfinished);
  {
    SqliteConnection from(file, SqliteConnection::Use::reader);
    // One read transaction for all steps: the copy is one snapshot, and writes meanwhile do not restart it.
    from.execute("BEGIN");
    from.execute(std::string("SELECT count(*) FROM sqlite_schema"));
    sqlite3* to = nullptr;
    if (sqlite3_open(unfinished.c_str(), &to) != SQLITE_OK) {
      sqlite3_close_v2(to);
      throw StoreError(StoreError::Kind::gone, "backup: cannot write " + unfinished);
    }
    try {
      copy_pages(from.handle(), to);
    } catch (...) {
      sqlite3_close_v2(to);
      std::filesystem::remove(unfinished);
      throw;
    }
    sqlite3_close_v2(to);
  }
  put_in_place(unfinished, target);
}

}  // namespace danchu::store
