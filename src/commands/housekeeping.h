// What has to happen without anybody asking while the server runs.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "acts/acts.h"
#include "store/database.h"

namespace danchu::commands {

inline constexpr std::chrono::hours tidied_every{1}, files_swept_every{24};

// Deletes kept files that neither a row nor an act names and that are older than a day (a step that was
// refused between the file and its row). The number of files deleted.
std::int64_t sweep_files(store::Database& db);

// The chores themselves; each run does what is due by the store's clock. One that fails is told on standard
// error and does not keep the others from being done.
class Chores {
 public:
  Chores(store::Database& db, const acts::Keys& keys) : db_(db), keys_(keys) {}
  void run();

 private:
  store::Database& db_;
  const acts::Keys& keys_;
  std::optional<Instant> tidied_, files_swept_;
};

// Runs them once a minute on a thread of its own until it is destroyed.
class Housekeeping {
 public:
  Housekeeping(store::Database& db, const acts::Keys& keys);
  ~Housekeeping();

 private:
  void loop();

  Chores chores_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace danchu::commands
