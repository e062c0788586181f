// Moves the write-ahead log into the database file on a thread of its own: done within a commit it is the
// slowest one in a hundred (ENGINEERING c7).
#pragma once
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "store/sqlite_connection.h"

namespace danchu::store {

class SqliteCheckpointer {
 public:
  explicit SqliteCheckpointer(const std::string& file);
  ~SqliteCheckpointer();
  void log_is_long(int pages);  // from any thread; wakes the thread when it is worth it

 private:
  void loop();
  void checkpoint(int pages);

  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  int pages_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace danchu::store
