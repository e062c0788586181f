// One PostgreSQL connection: prepared statements with explicit parameter types, transactions, notifications.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/database.h"

struct pg_conn;
struct pg_result;

namespace danchu::store {

// A serialization failure or deadlock (40001, 40P01): the whole transaction may be tried again.
class RetryableError : public StoreError {
 public:
  explicit RetryableError(const std::string& what) : StoreError(Kind::busy, what) {}
};

struct ResultDeleter {
  void operator()(pg_result* result) const;
};
using PostgresqlResult = std::unique_ptr<pg_result, ResultDeleter>;

// Used by one thread at a time.
class PostgresqlConnection : public Session {
 public:
  explicit PostgresqlConnection(const std::string& url);  // throws StoreError::gone
  ~PostgresqlConnection() override;
  PostgresqlConnection(const PostgresqlConnection&) = delete;

  Rows query(const Statement& statement, const std::vector<Value>& parameters) override;
  std::int64_t run(const Statement& statement, const std::vector<Value>& parameters) override;
  // Waits here and goes out with the next statement or the commit, where a failure of it is thrown.
  void put(const Statement& statement, const std::vector<Value>& parameters) override;

  Rows query_text(const std::string& sql, const std::vector<Value>& parameters) override;
  std::string_view engine() const override { return "postgresql"; }

  // The transaction begins with these statements, sent together with its first statement (one round trip
  // less).
  void begin_with(std::vector<std::string> opening);
  // Throws StoreError::unknown when the connection is lost after COMMIT was sent and before its answer.
  void commit();
  void roll_back() noexcept;
  // The same, without waiting for the server: for a transaction that only read.
  void let_go() noexcept;
  bool failed() const { return failed_; }        // a statement of this transaction failed,
  bool may_retry() const { return may_retry_; }  // by a serialization failure
  bool alive() const;

  // SQL of our own; with several statements it is one round trip. The last answer's rows.
  Rows execute(const std::string& sql);
  void prepare(const Statement& statement);

  struct Notification {
    std::string payload;
  };
  // Waits until something arrives, `wake_fd` becomes readable or the time is over. Throws when the connection
  // is lost.
  std::vector<Notification> wait_for_notifications(int wake_fd, int milliseconds);

 private:
  struct Waiting {
    const Statement* statement;
    std::vector<Value> parameters;
  };
  // A command on its way: what to call it when it fails, and the plan it makes, if it makes one.
  struct Sent {
    std::string sql, plan;
  };
  PostgresqlResult run_prepared(const Statement& statement, const std::vector<Value>& parameters);
  PostgresqlResult exchange(const std::function<void()>& send);
  void send_opening();
  void send_prepared(const Statement& statement, const std::vector<Value>& parameters);
  void send_text(const std::string& sql, const std::vector<Value>& parameters);
  PostgresqlResult receive(std::string& broken);
  void forget_answers() noexcept;
  void require_usable(const std::vector<Value>& parameters, const std::string& sql);
  [[noreturn]] void fail(const pg_result* result, const std::string& during);
  Rows rows_of(const pg_result* result, const std::string& during);

  pg_conn* connection_ = nullptr;
  std::unordered_set<std::string> prepared_;
  std::vector<std::string> opening_;
  std::vector<Waiting> waiting_;
  std::vector<Sent> sent_;   // in this round trip, in order
  bool letting_go_ = false;  // the answer to the last ROLLBACK was not read yet
  bool open_ = false;        // a transaction began on the server
  bool failed_ = false, may_retry_ = false;
};

// The URL as environment variables (PGHOST, PGPASSWORD …) for pg_dump and pg_restore: an argument would show
// the password to everybody on the machine.
std::vector<std::pair<std::string, std::string>> environment_of(const std::string& url);

}  // namespace danchu::store
