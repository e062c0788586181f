#include <sqlite3.h>

#include <filesystem>

#include "store/backup.h"
#include "store/directory_lock.h"
#include "store/durable_files.h"
#include "store/sqlite.h"
#include "store/sqlite_connection.h"

namespace danchu::store {
namespace {

namespace fs = std::filesystem;

// A new, empty database file that pages are copied to.
class Target {
 public:
  explicit Target(std::string file) : file_(std::move(file)) {
    fs::remove(file_);
    make_private_file(file_);
    if (sqlite3_open(file_.c_str(), &handle_) == SQLITE_OK) return;
    sqlite3_close_v2(handle_);
    throw StoreError(StoreError::Kind::gone, "backup: cannot write " + file_);
  }
  ~Target() { sqlite3_close_v2(handle_); }
  Target(const Target&) = delete;

  void copy_from(sqlite3* from) {
    sqlite3_backup* backup = sqlite3_backup_init(handle_, "main", from, "main");
    if (!backup) fail(sqlite3_errcode(handle_));
    int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) fail(code);
  }

 private:
  [[noreturn]] void fail(int code) {
    fs::remove(file_);
    throw StoreError((code & 0xff) == SQLITE_FULL ? StoreError::Kind::full : StoreError::Kind::gone,
                     std::string("backup: ") + sqlite3_errstr(code));
  }

  std::string file_;
  sqlite3* handle_ = nullptr;
};

void require_sound(const std::string& file) {
  SqliteConnection connection(file, SqliteConnection::Use::writer);
  std::string found = connection.quick_check();
  if (found != "ok")
    throw StoreError(StoreError::Kind::gone, "the copy of the database is damaged: " + found);
}

}  // namespace

// The copy is taken within one read snapshot, so that writes meanwhile neither stop nor restart it.
void copy_sqlite(const std::string& file, const std::string& directory) {
  if (!fs::exists(file)) throw StoreError(StoreError::Kind::gone, "there is no store: " + file);
  make_private_directory(directory);
  std::string target = directory + "/" + sqlite_file_name, unfinished = target + ".tmp";
  {
    SqliteConnection from(file, SqliteConnection::Use::reader);
    Target(unfinished).copy_from(from.handle());
  }
  try {
    require_sound(unfinished);
  } catch (...) {
    fs::remove(unfinished);
    throw;
  }
  put_in_place(unfinished, target);
}

void restore_sqlite(const std::string& directory, const std::string& data, const BringFiles& files) {
  std::string copy = directory + "/" + sqlite_file_name, target = data + "/" + sqlite_file_name;
  if (!fs::exists(copy))
    throw StoreError(StoreError::Kind::gone, "there is no copy of a SQLite store: " + copy);
  DirectoryLock lock(data);
  if (fs::exists(target))
    throw StoreError(
        StoreError::Kind::constraint,
        "the data directory " + data + " holds a store; a copy is only restored into an empty one");
  std::string unfinished = target + ".tmp";
  try {
    fs::copy_file(copy, unfinished, fs::copy_options::overwrite_existing);
    require_sound(unfinished);
    files();
  } catch (...) {
    fs::remove(unfinished);
    throw;
  }
  put_in_place(unfinished, target);  // last: a restore that was cut short can be started again
}

}  // namespace danchu::store
