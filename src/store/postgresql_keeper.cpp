#include "store/postgresql_keeper.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <sstream>

#include "store/id_lease.h"

namespace danchu::store {
namespace {

using namespace std::chrono_literals;

constexpr int advisory_class = 0x64616e63;  // "danc"
constexpr int most_workers = 128;
constexpr std::size_t longest_payload = 7'900;  // PostgreSQL takes 8,000 bytes
constexpr int heartbeat_ms = 1'000;
constexpr auto patience = 3s;
constexpr const char* everything = "*";

std::string random_token() {
  std::random_device device;
  return std::to_string(device()) + "-" + std::to_string(device());
}

}  // namespace

PostgresqlKeeper::PostgresqlKeeper(std::string url, const Clock& clock)
    : url_(std::move(url)),
      clock_(clock),
      token_(random_token()),
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
  channel_ = "danchu_" + connection_->execute("SELECT CAST(current_schema() AS text)").at(0).text(0);
  connection_->execute("LISTEN " + PostgresqlConnection::quoted_name(channel_));
  take_worker();
  listening_ = true;
}

void PostgresqlKeeper::take_worker() {
  for (int tried = 0; tried < most_workers; ++tried) {
    int candidate = (worker_ + tried) % most_workers;
    std::string call = "SELECT pg_try_advisory_lock(" + std::to_string(advisory_class) + ", " +
                       std::to_string(candidate) + ")";
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
    has_table_ = true;
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

std::string PostgresqlKeeper::payload_of(const std::vector<Topic>& topics) const {
  if (topics.empty()) return {};
  std::string payload = token_;
  for (const Topic& topic : topics) payload += '\n' + topic;
  return payload.size() > longest_payload ? token_ + '\n' + everything : payload;
}

// The first line says which process committed: it has told its own listeners already.
void PostgresqlKeeper::hear(const std::string& payload) {
  std::istringstream lines(payload);
  std::string from, topic;
  std::getline(lines, from);
  if (from == token_) return;
  std::vector<Topic> topics;
  while (std::getline(lines, topic)) topics.push_back(topic);
  tell(topics);
}

void PostgresqlKeeper::loop() {
  for (;;) {
    try {
      if (!connection_) {
        connect();
        tell({everything});  // what was committed while nobody listened
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

void PostgresqlKeeper::keep() {
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    renew_lease();
    for (const auto& notification : connection_->wait_for_notifications(wake_fd_, heartbeat_ms))
      hear(notification.payload);
    std::uint64_t ignored;
    [[maybe_unused]] auto drained = ::read(wake_fd_, &ignored, sizeof ignored);
  }
}

// Also the heartbeat by which a dead connection is noticed.
void PostgresqlKeeper::renew_lease() {
  std::optional<std::int64_t> lease;
  {
    std::lock_guard lock(mutex_);
    if (has_table_) lease = due_lease(*current_, leased_);
  }
  if (!lease) {
    connection_->execute("SELECT 1");
    return;
  }
  connection_->run(raise_lease, {*lease});
  std::lock_guard lock(mutex_);
  leased_ = *lease;
  changed_.notify_all();
}

}  // namespace danchu::store
