// The one connection of a process that is never lent out. It holds the worker number (a session advisory
// lock), keeps the id lease ahead, tells other processes which topics were committed and hears it from them.
// When it is lost, no ids are made and all cached pages are stale until it is back.
//
// Topics are told just after the commit, many in one NOTIFY, not within it: a NOTIFY in the transaction makes
// all commits of the server queue for one lock (measured, 32 clients: 2,736 writes/s without, 325/s with). A
// process that dies before it told is noticed by its advisory lock, which ends with it; then everything is
// stale. Across processes a page is stale for some ms, or for a second after a crash.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
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
  // Calls this process's listeners before it returns, and has the other processes told.
  void committed(const std::vector<Topic>& topics);
  void keep_lease();  // the table id_lease exists now

 private:
  using Peer = std::pair<std::int64_t, std::int64_t>;  // worker number, server process
  void connect();
  void take_worker();
  void loop();
  void keep();
  void lose() noexcept;
  bool stopping();
  bool heartbeat_is_due();
  void heartbeat();
  void renew_lease();
  void look_for_lost_peers();
  void send_outbox();
  void notify(const std::string& lines);
  void hear(const std::string& payload);
  void tell(const std::vector<Topic>& topics);
  void wake();

  std::string url_;
  const Clock& clock_;
  std::string channel_, token_;
  std::unique_ptr<PostgresqlConnection> connection_;  // the thread's own
  int worker_ = 0;
  int lock_class_ = 0;
  std::set<Peer> peers_;
  std::chrono::steady_clock::time_point next_heartbeat_{}, next_sending_{};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<IdMaker> makers_;  // one for each worker number held in this life
  IdMaker* current_ = nullptr;  // null while no number is held
  std::int64_t leased_ = 0;
  bool has_table_ = false;
  bool lease_wanted_ = false;
  bool stopping_ = false;
  std::set<Topic> outbox_;
  std::vector<Listener> listeners_;
  std::atomic<bool> listening_ = false;
  int wake_fd_ = -1;
  std::thread thread_;
};

}  // namespace danchu::store
