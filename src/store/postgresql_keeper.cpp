#include "store/postgresql_keeper.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "store/id_lease.h"
#include "store/postgresql_values.h"

namespace danchu::store {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr int most_workers = 128;
constexpr std::size_t longest_payload = 7'900;  // PostgreSQL takes 8,000 bytes
constexpr auto heartbeat_every = 1s;
constexpr auto send_every = 5ms;
constexpr auto patience = 3s;
constexpr const char* everything = "*";
constexpr std::string_view hello = "!hello ";

std::string random_token() {
  std::random_device device;
  return std::to_string(device()) + "-" + std::to_string(device());
}

// Installations that share a database by schemas do not share worker numbers: FNV-1a of the channel, 31 bits.
int lock_class_of(const std::string& channel) {
  std::uint32_t hash = 2166136261u;
  for (char c : channel) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<int>(hash & 0x7fffffff);
}

std::string channel_of(const std::string& url) {
  return "danchu_" + PostgresqlConnection(url).execute("SELECT CAST(current_schema() AS text)").at(0).text(0);
}

}  // namespace

PostgresqlKeeper::PostgresqlKeeper(std::string url, const Clock& clock)
    : url_(std::move(url)),
      clock_(clock),
      channel_(channel_of(url_)),
      token_(random_token()),
      lock_class_(lock_class_of(channel_)),
      wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  try {
    connect();
  } catch (...) {
    ::close(wake_fd_);
    throw;
  }
  thread_ = std::thread([this] { loop(); });
}

PostgresqlKeeper::~PostgresqlKeeper() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake();
  thread_.join();
  ::close(wake_fd_);
}

void PostgresqlKeeper::wake() {
  std::uint64_t one = 1;
  [[maybe_unused]] auto written = ::write(wake_fd_, &one, sizeof one);
}

void PostgresqlKeeper::connect() {
  connection_ = std::make_unique<PostgresqlConnection>(url_);
  connection_->execute("LISTEN " + quoted_name(channel_));
  take_worker();
  std::int64_t pid = connection_->execute("SELECT pg_backend_pid()").at(0).integer(0);
  notify('\n' + std::string(hello) + std::to_string(worker_) + ' ' + std::to_string(pid));
  look_for_lost_peers();
  listening_ = true;
}

void PostgresqlKeeper::take_worker() {
  for (int tried = 0; tried < most_workers; ++tried) {
    int candidate = (worker_ + tried) % most_workers;
    std::string call =
        "SELECT pg_try_advisory_lock(" + std::to_string(lock_class_) + ", " + std::to_string(candidate) + ")";
    if (!connection_->execute(call).at(0).boolean(0)) continue;
    worker_ = candidate;
    bool exists = !connection_->execute("SELECT CAST(to_regclass('id_lease') AS text)").at(0).is_null(0);
    std::int64_t leased = exists ? connection_->query(read_lease, {}).at(0).integer(0) : 0;
    std::lock_guard lock(mutex_);
    has_table_ = exists;
    leased_ = leased;
    current_ = &makers_.emplace_back(clock_, worker_, leased);
    changed_.notify_all();
    return;
  }
  throw StoreError(StoreError::Kind::busy, "PostgreSQL: all 128 worker numbers are taken by other processes");
}

IdMaker& PostgresqlKeeper::ids() {
  std::unique_lock lock(mutex_);
  auto usable = [&] { return current_ && (!has_table_ || current_->next() + ids_of_seconds(1) < leased_); };
  if (!usable()) {
    lease_wanted_ = true;
    wake();
    if (!changed_.wait_for(lock, patience, usable))
      throw StoreError(StoreError::Kind::gone,
                       "PostgreSQL: the connection that keeps the worker number is lost");
  }
  return *current_;
}

void PostgresqlKeeper::keep_lease() {
  {
    std::lock_guard lock(mutex_);
    has_table_ = lease_wanted_ = true;
  }
  wake();
}

void PostgresqlKeeper::on_commit(Listener listener) {
  std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
}

void PostgresqlKeeper::tell(const std::vector<Topic>& topics) {
  if (topics.empty()) return;
  std::vector<Listener> listeners;
  {
    std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  for (const Listener& listener : listeners) listener(topics);
}

void PostgresqlKeeper::committed(const std::vector<Topic>& topics) {
  if (topics.empty()) return;
  tell(topics);
  bool first;
  {
    std::lock_guard lock(mutex_);
    first = outbox_.empty();
    outbox_.insert(topics.begin(), topics.end());
  }
  if (first) wake();
}

void PostgresqlKeeper::send_outbox() {
  std::set<Topic> topics;
  {
    std::lock_guard lock(mutex_);
    topics.swap(outbox_);
  }
  if (topics.empty()) return;
  std::string lines;
  for (const Topic& topic : topics) lines += '\n' + topic;
  notify(lines.size() > longest_payload ? std::string("\n") + everything : lines);
  next_sending_ = SteadyClock::now() + send_every;
}

void PostgresqlKeeper::notify(const std::string& lines) {
  connection_->execute("NOTIFY " + quoted_name(channel_) + ", " + quoted_text(token_ + lines));
}

// The first line says which process tells: it has told its own listeners already.
void PostgresqlKeeper::hear(const std::string& payload) {
  std::istringstream lines(payload);
  std::string from, line;
  std::getline(lines, from);
  if (from == token_) return;
  std::vector<Topic> topics;
  while (std::getline(lines, line)) {
    if (!line.starts_with(hello)) {
      topics.push_back(line);
      continue;
    }
    std::istringstream numbers(line.substr(hello.size()));
    Peer peer;
    if (numbers >> peer.first >> peer.second) peers_.insert(peer);
  }
  tell(topics);
}

void PostgresqlKeeper::loop() {
  for (;;) {
    try {
      if (!connection_) {
        connect();
        // What was committed while nobody listened, here and by what this process could not tell.
        tell({everything});
        notify(std::string("\n") + everything);
      }
      keep();
      return;
    } catch (const StoreError&) {
      lose();
      std::unique_lock lock(mutex_);
      if (changed_.wait_for(lock, 200ms, [&] { return stopping_; })) return;
    }
  }
}

void PostgresqlKeeper::lose() noexcept {
  listening_ = false;
  connection_.reset();
  {
    std::lock_guard lock(mutex_);
    current_ = nullptr;
  }
  tell({everything});
}

bool PostgresqlKeeper::stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void PostgresqlKeeper::keep() {
  for (;;) {
    bool last = stopping();
    if (last || SteadyClock::now() >= next_sending_) send_outbox();
    if (last) return;
    if (heartbeat_is_due()) heartbeat();
    auto next = next_heartbeat_;
    {
      std::lock_guard lock(mutex_);
      if (!outbox_.empty()) next = std::min(next, next_sending_);
    }
    auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - SteadyClock::now());
    for (const auto& notification :
         connection_->wait_for_notifications(wake_fd_, std::max(0, static_cast<int>(wait.count()))))
      hear(notification.payload);
    std::uint64_t ignored;
    [[maybe_unused]] auto drained = ::read(wake_fd_, &ignored, sizeof ignored);
  }
}

bool PostgresqlKeeper::heartbeat_is_due() {
  std::lock_guard lock(mutex_);
  return std::exchange(lease_wanted_, false) || SteadyClock::now() >= next_heartbeat_;
}

// Also how a dead connection is noticed.
void PostgresqlKeeper::heartbeat() {
  renew_lease();
  look_for_lost_peers();
  next_heartbeat_ = SteadyClock::now() + heartbeat_every;
}

void PostgresqlKeeper::renew_lease() {
  std::optional<std::int64_t> lease;
  {
    std::lock_guard lock(mutex_);
    if (has_table_) lease = due_lease(*current_, leased_);
  }
  if (!lease) return;
  connection_->run(raise_lease, {*lease});
  std::lock_guard lock(mutex_);
  leased_ = *lease;
  changed_.notify_all();
}

void PostgresqlKeeper::look_for_lost_peers() {
  std::set<Peer> present;
  Rows rows = connection_->execute(
      "SELECT CAST(objid AS bigint), pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND "
      "granted AND "
      "database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> "
      "pg_backend_pid() AND "
      "classid = " +
      std::to_string(lock_class_));
  for (const Row& row : rows) present.emplace(row.integer(0), row.integer(1));
  bool lost = !std::ranges::includes(present, peers_);
  peers_ = std::move(present);
  if (lost) tell({everything});
}

}  // namespace danchu::store
