// The one connection of a process that is never lent out. It holds the worker number (a session advisory
// lock), keeps the id lease ahead and listens for the topics other processes commit. When it is lost, no ids
// are made and all cached pages are stale until it is back.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/postgresql_connection.h"

namespace danchu::store {

class PostgresqlKeeper {
 public:
  using Listener = std::function<void(const std::vector<Topic>&)>;

  // Connects and takes the first free worker number. Throws StoreError.
  PostgresqlKeeper(std::string url, const Clock& clock);
  ~PostgresqlKeeper();

  // The maker of ids, when this process holds a worker number and the lease reaches far enough; waits a
  // moment for both. Throws StoreError::gone. A maker stays valid, but ask again for each write.
  IdMaker& ids();
  bool listening() const { return listening_; }
  void on_commit(Listener listener);
  void tell(const std::vector<Topic>& topics);  // calls the listeners of this process

  const std::string& channel() const { return channel_; }
  // What NOTIFY carries so that other processes hear of these topics; empty when there are none.
  std::string payload_of(const std::vector<Topic>& topics) const;
  void keep_lease();  // the table id_lease exists now

 private:
  void connect();
  void take_worker();
  void loop();
  void keep();
  void lose() noexcept;
  void renew_lease();
  void hear(const std::string& payload);
  void wake();

  std::string url_;
  const Clock& clock_;
  std::string channel_, token_;
  std::unique_ptr<PostgresqlConnection> connection_;  // the thread's own
  int worker_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<IdMaker> makers_;  // one for each worker number held in this life
  IdMaker* current_ = nullptr;  // null while no number is held
  std::int64_t leased_ = 0;
  bool has_table_ = false;
  bool stopping_ = false;
  std::vector<Listener> listeners_;
  std::atomic<bool> listening_ = false;
  int wake_fd_ = -1;
  std::thread thread_;
};

}  // namespace danchu::store
