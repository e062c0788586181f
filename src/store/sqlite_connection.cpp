#include "store/sqlite_connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "store/sql_text.h"
#include "store/values.h"

namespace danchu::store {
namespace {

constexpr int busy_timeout_ms = 10'000;
constexpr int exit_io_error = 74;  // EX_IOERR of sysexits.h

// A failed fsync may have thrown the pages away; trying again proves nothing (ENGINEERING c1).
void stop_on_failed_sync(int code) {
  if (code != SQLITE_IOERR_FSYNC && code != SQLITE_IOERR_DIR_FSYNC) return;
  std::fputs("danchu: the disk did not keep what was written (fsync failed); stopping\n", stderr);
  std::_Exit(exit_io_error);
}

StoreError::Kind kind_of(int code, int system_error) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return StoreError::Kind::full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return StoreError::Kind::busy;
    case SQLITE_CONSTRAINT:
      return StoreError::Kind::constraint;
    case SQLITE_IOERR:
      return system_error == ENOSPC ? StoreError::Kind::full : StoreError::Kind::gone;
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
      return StoreError::Kind::gone;
    default:
      return StoreError::Kind::statement;
  }
}

StoreError error_of(sqlite3* handle, const std::string& during) {
  int code = sqlite3_extended_errcode(handle);
  stop_on_failed_sync(code);
  auto kind = kind_of(code, sqlite3_system_errno(handle));
  std::string what = kind == StoreError::Kind::full ? "the disk is full" : sqlite3_errmsg(handle);
  return StoreError(kind, "SQLite: " + what + " (" + during + ")");
}

void bind(sqlite3_stmt* statement, int at, const Value& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int at;
    void operator()(std::monostate) const { sqlite3_bind_null(statement, at); }
    void operator()(std::int64_t v) const { sqlite3_bind_int64(statement, at, v); }
    void operator()(double v) const { sqlite3_bind_double(statement, at, v); }
    void operator()(const std::string& v) const {
      sqlite3_bind_text64(statement, at, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    void operator()(const Bytes& v) const {
      sqlite3_bind_blob64(statement, at, v.data.data() ? v.data.data() : "", v.data.size(), SQLITE_STATIC);
    }
  };
  std::visit(Binder{statement, at}, value);
}

Value column_value(sqlite3_stmt* statement, int column) {
  auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, size());
    }
    case SQLITE_BLOB: {
      auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
      return Bytes{data ? std::string(data, size()) : std::string()};
    }
    default:
      return {};
  }
}

// Leaves the statement ready for its next use, however this one ends.
struct Resetting {
  sqlite3_stmt* statement;
  ~Resetting() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

// SQLite counts its memory under one lock for all connections unless it is told not to.
void configure_once() {
  static const int told = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)told;
}

int log_grew(void* listener, sqlite3*, const char*, int pages) {
  (*static_cast<std::function<void(int)>*>(listener))(pages);
  return SQLITE_OK;
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& file, Use use, std::int64_t max_pages) {
  configure_once();
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    StoreError error(StoreError::Kind::gone, "SQLite: cannot open " + file + ": " + sqlite3_errmsg(handle_));
    sqlite3_close_v2(handle_);
    throw error;
  }
  sqlite3_busy_timeout(handle_, busy_timeout_ms);
  for (int off : {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_TRUSTED_SCHEMA})
    sqlite3_db_config(handle_, off, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  try {
    require_log(file);
    execute(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8000;");
    if (use == Use::reader) execute("PRAGMA query_only=ON");
    if (max_pages > 0) execute("PRAGMA max_page_count=" + std::to_string(max_pages));
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

// SQLite answers with the mode it has, and goes on in another where the file system cannot do this one.
void SqliteConnection::require_log(const std::string& file) {
  const Rows rows = query_text("PRAGMA journal_mode=WAL", {});
  const std::string mode = rows.empty() ? "unknown" : rows.front().text(0);
  if (mode == "wal") return;
  throw StoreError(StoreError::Kind::gone,
                   "SQLite: " + file + " cannot be kept with a write-ahead log here (journal_mode is " +
                       mode + "); put the data directory on a local disk");
}

SqliteConnection::~SqliteConnection() {
  for (sqlite3_stmt* statement : cache_) sqlite3_finalize(statement);
  for (auto& [sql, statement] : own_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

void SqliteConnection::fail(const std::string& during) {
  failed_ = true;
  throw error_of(handle_, during);
}

void SqliteConnection::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql.substr(0, 200));
}

// The few statements of every transaction, kept prepared.
void SqliteConnection::execute(const char* sql) {
  std::string key(sql);
  if (key.find(';') != std::string::npos || key.starts_with("PRAGMA")) return execute(key);
  sqlite3_stmt*& statement = own_[key];
  if (!statement &&
      sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    fail(key);
  Resetting resetting{statement};
  if (sqlite3_step(statement) != SQLITE_DONE) fail(key);
}

void SqliteConnection::stop_if_sync_failed() const { stop_on_failed_sync(sqlite3_extended_errcode(handle_)); }

bool SqliteConnection::has_table(const char* name) {
  return sqlite3_table_column_metadata(handle_, nullptr, name, nullptr, nullptr, nullptr, nullptr, nullptr,
                                       nullptr) == SQLITE_OK;
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

std::string SqliteConnection::quick_check() {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_, "PRAGMA quick_check(1)", -1, &statement, nullptr) != SQLITE_OK)
    fail("quick_check");
  Rows rows = fetch(statement);
  sqlite3_finalize(statement);
  return rows.empty() ? "no answer" : rows.front().text(0);
}

void SqliteConnection::on_log_growth(std::function<void(int)> listener) {
  log_listener_ = std::move(listener);
  sqlite3_wal_hook(handle_, &log_grew, &log_listener_);
}

sqlite3_stmt* SqliteConnection::prepared(const Statement& statement, int parameters) {
  auto number = static_cast<std::size_t>(statement.number());
  if (number >= cache_.size()) cache_.resize(all_statements().size());
  sqlite3_stmt*& cached = cache_[number];
  if (!cached) {
    auto sql = number_parameters(statement.sql(), '?');
    const char* tail = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.text.c_str(), static_cast<int>(sql.text.size()) + 1,
                           SQLITE_PREPARE_PERSISTENT, &cached, &tail) != SQLITE_OK)
      fail(std::string(statement.sql()));
    if (!cached || !bare_sql(tail).empty() || sqlite3_bind_parameter_count(cached) != sql.parameters) {
      sqlite3_finalize(cached);
      cached = nullptr;
      failed_ = true;
      throw StoreError(StoreError::Kind::statement,
                       "not one statement with parameters $1 to $n: " + std::string(statement.sql()));
    }
  }
  int wanted = sqlite3_bind_parameter_count(cached);
  if (parameters >= 0 && wanted != parameters) {
    failed_ = true;
    throw StoreError(StoreError::Kind::statement, "a statement of " + std::to_string(wanted) +
                                                      " parameters got " + std::to_string(parameters) + ": " +
                                                      std::string(statement.sql()));
  }
  return cached;
}

sqlite3_stmt* SqliteConnection::bound(const Statement& statement, const std::vector<Value>& parameters) {
  if (failed_)
    throw StoreError(StoreError::Kind::statement, "a statement of this transaction failed before; it ends");
  try {
    require_storable(parameters, statement.sql());
  } catch (const StoreError&) {
    failed_ = true;
    throw;
  }
  sqlite3_stmt* cached = prepared(statement, static_cast<int>(parameters.size()));
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(cached, static_cast<int>(i) + 1, parameters[i]);
  return cached;
}

Rows SqliteConnection::fetch(sqlite3_stmt* statement) {
  Rows rows;
  int columns = sqlite3_column_count(statement);
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (rows.empty()) rows.reserve(16);
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) values.push_back(column_value(statement, i));
    rows.emplace_back(std::move(values));
  }
  if (code != SQLITE_DONE) fail(sqlite3_sql(statement));
  return rows;
}

Rows SqliteConnection::query(const Statement& statement, const std::vector<Value>& parameters) {
  Resetting resetting{bound(statement, parameters)};
  return fetch(resetting.statement);
}

std::int64_t SqliteConnection::run(const Statement& statement, const std::vector<Value>& parameters) {
  Resetting resetting{bound(statement, parameters)};
  fetch(resetting.statement);
  return sqlite3_changes64(handle_);
}

Rows SqliteConnection::query_text(const std::string& sql, const std::vector<Value>& parameters) {
  if (failed_)
    throw StoreError(StoreError::Kind::statement, "a statement of this transaction failed before; it ends");
  auto numbered = number_parameters(sql, '?');
  sqlite3_stmt* once = nullptr;
  if (sqlite3_prepare_v3(handle_, numbered.text.c_str(), -1, 0, &once, nullptr) != SQLITE_OK) fail(sql);
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(once, &sqlite3_finalize);
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(once, static_cast<int>(i) + 1, parameters[i]);
  return fetch(once);
}

}  // namespace danchu::store
