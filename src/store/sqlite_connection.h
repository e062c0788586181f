// One SQLite connection: opened as ENGINEERING b and c say, with its cache of prepared statements.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "store/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace danchu::store {

// Used by one thread at a time.
class SqliteConnection : public Session {
 public:
  enum class Use { writer, reader, checkpoint };
  // `max_pages` limits the file (0: no limit). Throws StoreError, also where the file system allows no
  // write-ahead log.
  SqliteConnection(const std::string& file, Use use, std::int64_t max_pages = 0);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;

  Rows query(const Statement& statement, const std::vector<Value>& parameters) override;
  std::int64_t run(const Statement& statement, const std::vector<Value>& parameters) override;
  Rows query_text(const std::string& sql, const std::vector<Value>& parameters) override;
  std::string_view engine() const override { return "sqlite"; }

  // Several statements of our own, without parameters. Throws StoreError.
  void execute(const std::string& sql);
  void execute(const char* sql);
  void prepare(const Statement& statement) { prepared(statement, -1); }
  bool in_transaction() const;
  bool has_table(const char* name);
  std::string quick_check();  // "ok", or what is damaged
  sqlite3* handle() { return handle_; }
  void stop_if_sync_failed() const;  // ends the process when the last error was a failed fsync
  // Called with the length of the write-ahead log in pages after each commit, on the committing thread.
  void on_log_growth(std::function<void(int pages)> listener);

  // After a statement of a job failed, every further one of that job is refused, as PostgreSQL does (b4).
  void begin_job() { failed_ = false; }
  bool job_failed() const { return failed_; }

 private:
  void require_log(const std::string& file);
  sqlite3_stmt* prepared(const Statement& statement, int parameters);
  sqlite3_stmt* bound(const Statement& statement, const std::vector<Value>& parameters);
  Rows fetch(sqlite3_stmt* statement);
  [[noreturn]] void fail(const std::string& during);

  sqlite3* handle_ = nullptr;
  std::vector<sqlite3_stmt*> cache_;          // by Statement::number
  std::map<std::string, sqlite3_stmt*> own_;  // BEGIN, SAVEPOINT, COMMIT …
  std::function<void(int)> log_listener_;
  bool failed_ = false;
};

}  // namespace danchu::store
