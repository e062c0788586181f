// Connections lent to one transaction at a time; opened when first needed, opened again after they were lost.
#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/postgresql_connection.h"

namespace danchu::store {

class PostgresqlPool {
 public:
  PostgresqlPool(std::string url, int size);

  // Waits for a free connection. Throws StoreError::gone when the server cannot be reached; for half a second
  // after that it throws at once, so that requests do not queue up behind a dead server.
  class Loan {
   public:
    explicit Loan(PostgresqlPool& pool) : pool_(pool), slot_(pool.take()) {}
    ~Loan() { pool_.give_back(std::move(slot_)); }
    Loan(const Loan&) = delete;
    PostgresqlConnection& operator*() { return *slot_; }
    PostgresqlConnection* operator->() { return slot_.get(); }

   private:
    PostgresqlPool& pool_;
    std::unique_ptr<PostgresqlConnection> slot_;
  };

 private:
  std::unique_ptr<PostgresqlConnection> take();
  std::unique_ptr<PostgresqlConnection> connect();
  void give_back(std::unique_ptr<PostgresqlConnection> connection);

  std::string url_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<PostgresqlConnection>> free_;
  int may_open_;
  std::chrono::steady_clock::time_point unreachable_until_{};
};

}  // namespace danchu::store
