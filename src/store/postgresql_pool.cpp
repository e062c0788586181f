#include "store/postgresql_pool.h"

namespace danchu::store {

PostgresqlPool::PostgresqlPool(std::string url, int size) : url_(std::move(url)), may_open_(size) {}

std::unique_ptr<PostgresqlConnection> PostgresqlPool::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty() || may_open_ > 0; });
    if (!free_.empty()) {
      auto connection = std::move(free_.back());
      free_.pop_back();
      return connection;
    }
    if (std::chrono::steady_clock::now() < unreachable_until_)
      throw StoreError(StoreError::Kind::gone, "PostgreSQL cannot be reached");
    --may_open_;
  }
  return connect();
}

std::unique_ptr<PostgresqlConnection> PostgresqlPool::connect() {
  try {
    return std::make_unique<PostgresqlConnection>(url_);
  } catch (...) {
    std::lock_guard lock(mutex_);
    ++may_open_;
    unreachable_until_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    returned_.notify_one();
    throw;
  }
}

// When one connection is lost the server most likely went away: those that wait idle are stale too.
void PostgresqlPool::give_back(std::unique_ptr<PostgresqlConnection> connection) {
  {
    std::lock_guard lock(mutex_);
    if (connection->alive()) {
      free_.push_back(std::move(connection));
      returned_.notify_one();
      return;
    }
    may_open_ += 1 + static_cast<int>(free_.size());
    free_.clear();
  }
  returned_.notify_all();
}

}  // namespace danchu::store
