#include "store/sqlite_checkpoint.h"

#include <sqlite3.h>

#include <utility>

namespace danchu::store {
namespace {

constexpr int worth_it = 1'000;      // 4 MB
constexpr int must_shrink = 25'000;  // 100 MB: readers never left it alone; make the writer wait once

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(const std::string& file)
    : connection_(file, SqliteConnection::Use::checkpoint), thread_([this] { loop(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteCheckpointer::log_is_long(int pages) {
  if (pages < worth_it) return;
  std::lock_guard lock(mutex_);
  pages_ = pages;
  wake_.notify_one();
}

void SqliteCheckpointer::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || pages_ > 0; });
    if (stopping_) return;
    int pages = std::exchange(pages_, 0);
    lock.unlock();
    checkpoint(pages);
    lock.lock();
  }
}

// A checkpoint that fails (busy, full) loses nothing: the log keeps what it did not move and the next one
// goes on.
void SqliteCheckpointer::checkpoint(int pages) {
  int mode = pages > must_shrink ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
  int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  if (code != SQLITE_OK) connection_.stop_if_sync_failed();
}

}  // namespace danchu::store
