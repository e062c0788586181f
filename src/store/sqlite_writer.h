// SQLite's one writer: a thread that takes many waiting writes into one transaction, a savepoint each and one
// fsync for all (group commit, ENGINEERING c). No write is answered before its COMMIT returned OK.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/sqlite_connection.h"

namespace danchu::store {

class SqliteWriter {
 public:
  using Function = std::function<bool(Writer&)>;
  using Listener = std::function<void(const std::vector<Topic>&)>;

  SqliteWriter(SqliteConnection& connection, IdMaker& ids, const Clock& clock);
  ~SqliteWriter();  // finishes what waits

  // Runs fn on the writer's thread and returns when it is on disk or was rolled back; rethrows what fn threw.
  // A write inside a write would wait for itself, so it is refused with std::logic_error.
  void write(const Function& fn);
  // Something of the store's own, alone on the writer's thread and outside any transaction (migrations).
  void alone(const std::function<void(SqliteConnection&)>& task);
  // From now on ids are leased (id_lease.h). Called within alone(), once the table exists.
  void keep_lease() { leased_ = 0; }
  void on_commit(Listener listener);

 private:
  struct Job {
    const Function* fn = nullptr;                                  // a write, or
    const std::function<void(SqliteConnection&)>* task = nullptr;  // a task of its own
    std::vector<Topic> topics;
    std::exception_ptr error;
    std::binary_semaphore* done = nullptr;  // of the thread that waits for it
  };
  using Batch = std::vector<Job*>;

  void submit(Job& job);
  void loop();
  Batch next_batch();
  void finish(const Batch& batch);
  void run_alone(Job& job);
  void run_batch(const Batch& batch);
  bool run_job(Job& job);
  void commit(const Batch& batch);
  void roll_back();
  std::int64_t renew_lease();

  SqliteConnection& connection_;
  IdMaker& ids_;
  const Clock& clock_;
  std::int64_t leased_ = INT64_MAX;

  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Job*> queue_;
  std::vector<Listener> listeners_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace danchu::store
