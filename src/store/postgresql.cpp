// The one door to libpq.
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "store/postgresql_connection.h"
#include "store/postgresql_values.h"
#include "store/sql_text.h"
#include "store/values.h"

namespace danchu::store {
namespace {

// Before the URL's own settings, which win.
constexpr std::array<std::pair<const char*, const char*>, 7> defaults = {
    {{"connect_timeout", "5"},
     // Of several hosts, the primary.
     {"target_session_attrs", "read-write"},
     {"keepalives_idle", "10"},
     {"keepalives_interval", "5"},
     {"keepalives_count", "3"},
     {"tcp_user_timeout", "15000"},
     {"application_name", "danchu"}}};

PGconn* connect(const std::string& url) {
  std::vector<const char*> keys, values;
  for (auto [key, value] : defaults) {
    keys.push_back(key);
    values.push_back(value);
  }
  keys.insert(keys.end(), {"dbname", "client_encoding", nullptr});
  values.insert(values.end(), {url.c_str(), "UTF8", nullptr});
  return PQconnectdbParams(keys.data(), values.data(), 1);
}

std::string without_newline(const char* message) {
  return std::string(message, std::string_view(message).find_last_not_of('\n') + 1);
}

[[noreturn]] void refuse_type(const std::string& column, const std::string& during) {
  throw StoreError(StoreError::Kind::statement,
                   "column " + column + " has a type outside the permitted SQL; CAST it (" + during + ")");
}

Value value_at(const PGresult* result, int row, int column, const std::string& during) {
  if (PQgetisnull(result, row, column)) return {};
  std::string_view written(PQgetvalue(result, row, column),
                           static_cast<std::size_t>(PQgetlength(result, row, column)));
  auto value = postgresql_value(PQftype(result, column), written);
  if (!value) refuse_type(PQfname(result, column), during);
  return *value;
}

}  // namespace

void ResultDeleter::operator()(pg_result* result) const { PQclear(result); }

PostgresqlConnection::PostgresqlConnection(const std::string& url) : connection_(connect(url)) {
  if (PQstatus(connection_) != CONNECTION_OK) {
    StoreError error(StoreError::Kind::gone, "PostgreSQL: " + without_newline(PQerrorMessage(connection_)));
    PQfinish(connection_);
    throw error;
  }
  try {
    // "Received" means on disk: what the server was told, but never less than its own disk.
    execute(
        "SET client_min_messages = warning; SET extra_float_digits = 1;"
        // A process that hangs must not hold a lock for ever, nor a write wait for ever.
        "SET idle_in_transaction_session_timeout = '60s'; SET lock_timeout = '30s';"
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = "
        "'off'");
  } catch (...) {
    PQfinish(connection_);
    throw;
  }
}

PostgresqlConnection::~PostgresqlConnection() { PQfinish(connection_); }

bool PostgresqlConnection::alive() const { return PQstatus(connection_) == CONNECTION_OK; }

void PostgresqlConnection::fail(const pg_result* result, const std::string& during) {
  failed_ = true;
  const char* field = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  std::string_view state = field ? field : "";
  const char* said = result ? PQresultErrorMessage(result) : PQerrorMessage(connection_);
  std::string message =
      "PostgreSQL: " + without_newline(*said ? said : PQerrorMessage(connection_)) + " (" + during + ")";
  may_retry_ = postgresql_may_retry(state);
  if (may_retry_) throw RetryableError(message);
  throw StoreError(!alive() || state.empty() ? StoreError::Kind::gone : postgresql_error_kind(state),
                   message);
}

Rows PostgresqlConnection::rows_of(const pg_result* result, const std::string& during) {
  Rows rows;
  int columns = PQnfields(result);
  for (int row = 0; row < PQntuples(result); ++row) {
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) values.push_back(value_at(result, row, column, during));
    rows.emplace_back(std::move(values));
  }
  return rows;
}

Rows PostgresqlConnection::execute(const std::string& sql) {
  forget_answers();
  PostgresqlResult result(PQexec(connection_, sql.c_str()));
  auto status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
  // Of a migration that concerns the other engine only comments are left.
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
    fail(result.get(), sql.substr(0, 200));
  return rows_of(result.get(), sql);
}

void PostgresqlConnection::begin_with(std::vector<std::string> opening) {
  opening_ = std::move(opening);
  waiting_.clear();
  failed_ = may_retry_ = false;
}

void PostgresqlConnection::send_opening() {
  for (const std::string& sql : opening_) send_text(sql, {});
  open_ = open_ || !opening_.empty();
  opening_.clear();
}

void PostgresqlConnection::require_usable(const std::vector<Value>& parameters, const std::string& sql) {
  if (failed_)
    throw StoreError(StoreError::Kind::statement, "a statement of this transaction failed before; it ends");
  try {
    require_storable(parameters, sql);
    if (number_parameters(sql, '$').parameters != static_cast<int>(parameters.size()))
      throw StoreError(StoreError::Kind::statement,
                       "got " + std::to_string(parameters.size()) + " parameters: " + sql);
  } catch (const StoreError&) {
    failed_ = true;
    throw;
  }
}

void PostgresqlConnection::send_text(const std::string& sql, const std::vector<Value>& parameters) {
  PostgresqlArguments arguments(parameters);
  sent_.push_back({sql, ""});
  PQsendQueryParams(connection_, sql.c_str(), arguments.size(), arguments.types.data(),
                    arguments.values.data(), arguments.lengths.data(), arguments.formats.data(), 0);
}

// The plan first, if it is new.
void PostgresqlConnection::send_prepared(const Statement& statement, const std::vector<Value>& parameters) {
  const std::string sql(statement.sql());
  PostgresqlArguments arguments(parameters);
  const std::string plan = arguments.plan_name(statement.number());
  const bool on_its_way =
      std::any_of(sent_.begin(), sent_.end(), [&](const Sent& one) { return one.plan == plan; });
  if (!prepared_.contains(plan) && !on_its_way) {
    sent_.push_back({sql, plan});
    PQsendPrepare(connection_, plan.c_str(), sql.c_str(), arguments.size(), arguments.types.data());
  }
  sent_.push_back({sql, ""});
  PQsendQueryPrepared(connection_, plan.c_str(), arguments.size(), arguments.values.data(),
                      arguments.lengths.data(), arguments.formats.data(), 0);
}

// One round trip: what opens the transaction, what was put and waits, and what `send` sends.
PostgresqlResult PostgresqlConnection::exchange(const std::function<void()>& send) {
  forget_answers();
  sent_.clear();
  if (!alive() || !PQenterPipelineMode(connection_)) fail(nullptr, "a transaction");
  send_opening();
  for (const Waiting& one : waiting_) send_prepared(*one.statement, one.parameters);
  waiting_.clear();
  send();
  PQpipelineSync(connection_);
  std::string broken = sent_.back().sql;
  PostgresqlResult result = receive(broken);
  auto status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get(), broken);
  return result;
}

PostgresqlResult PostgresqlConnection::run_prepared(const Statement& statement,
                                                    const std::vector<Value>& parameters) {
  require_usable(parameters, std::string(statement.sql()));
  return exchange([&] { send_prepared(statement, parameters); });
}

// The first statement goes at once: whether the connection is still there is found out before anything
// counts.
void PostgresqlConnection::put(const Statement& statement, const std::vector<Value>& parameters) {
  if (!open_) {
    run(statement, parameters);
    return;
  }
  require_usable(parameters, std::string(statement.sql()));
  waiting_.push_back({&statement, parameters});
}

Rows PostgresqlConnection::query_text(const std::string& sql, const std::vector<Value>& parameters) {
  require_usable(parameters, sql);
  return rows_of(exchange([&] { send_text(sql, parameters); }).get(), sql);
}

// Reads the answers of one round trip to its end. Returns the last command's, or the first that is an error;
// `broken` is then what it was.
PostgresqlResult PostgresqlConnection::receive(std::string& broken) {
  PostgresqlResult kept;
  int ends = 0;  // each command's answers end with a null; two in a row mean that nothing more comes
  for (std::size_t seen = 0; alive() && ends < 2;) {
    PostgresqlResult result(PQgetResult(connection_));
    if (!result) {
      ++ends;
      continue;
    }
    ends = 0;
    auto status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    const bool wrong = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
    const bool known = seen < sent_.size();
    // A plan stays on the server also when a later statement, or its transaction, then fails.
    if (!kept && !wrong && known && !sent_[seen].plan.empty()) prepared_.insert(sent_[seen].plan);
    if (!kept && wrong && known) broken = sent_[seen].sql;
    if (!kept && (wrong || seen + 1 == sent_.size())) kept = std::move(result);
    ++seen;
  }
  if (alive()) PQexitPipelineMode(connection_);
  return kept;
}

Rows PostgresqlConnection::query(const Statement& statement, const std::vector<Value>& parameters) {
  return rows_of(run_prepared(statement, parameters).get(), std::string(statement.sql()));
}

std::int64_t PostgresqlConnection::run(const Statement& statement, const std::vector<Value>& parameters) {
  PostgresqlResult result = run_prepared(statement, parameters);
  std::string_view written = PQcmdTuples(result.get());
  std::int64_t changed = 0;
  std::from_chars(written.data(), written.data() + written.size(), changed);
  return changed;
}

void PostgresqlConnection::commit() {
  static const std::string sql = "COMMIT";
  opening_.clear();
  if (!open_) return;  // it ran no statement
  PostgresqlResult result;
  const bool can_be_sent = alive();
  try {
    result = exchange([&] { send_text(sql, {}); });
  } catch (const StoreError& error) {
    if (can_be_sent && !alive() && error.kind == StoreError::Kind::gone) {
      open_ = false;
      throw StoreError(StoreError::Kind::unknown,
                       std::string(error.what()) + "; whether it was committed is not known");
    }
    open_ = alive() && PQtransactionStatus(connection_) != PQTRANS_IDLE;  // what was put may have failed
    throw;
  }
  open_ = false;
  if (std::string_view(PQcmdStatus(result.get())) != sql)
    throw StoreError(StoreError::Kind::statement, "PostgreSQL rolled back at COMMIT");
}

void PostgresqlConnection::roll_back() noexcept {
  opening_.clear();
  waiting_.clear();
  if (!std::exchange(open_, false) || !alive()) return;
  try {
    execute("ROLLBACK");
  } catch (const StoreError&) {
    // The connection is lost and the server rolls back.
  }
}

void PostgresqlConnection::let_go() noexcept {
  opening_.clear();
  if (!std::exchange(open_, false) || !alive()) return;
  letting_go_ = PQsendQuery(connection_, "ROLLBACK") == 1;
  if (letting_go_ || !alive()) return;
  open_ = true;  // it was not sent, and the transaction would go on under who borrows the connection next
  roll_back();
}

// Of the ROLLBACK that nobody waited for.
void PostgresqlConnection::forget_answers() noexcept {
  if (!std::exchange(letting_go_, false)) return;
  while (PostgresqlResult result{PQgetResult(connection_)}) {
    // Whatever it says, the transaction is over; a lost connection shows at what comes next.
  }
}

void PostgresqlConnection::prepare(const Statement& statement) {
  forget_answers();
  std::string sql(statement.sql());
  PostgresqlResult made(PQprepare(connection_, "", sql.c_str(), 0, nullptr));
  if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) fail(made.get(), sql);
  PostgresqlResult described(PQdescribePrepared(connection_, ""));
  if (PQresultStatus(described.get()) != PGRES_COMMAND_OK) fail(described.get(), sql);
  if (PQnparams(described.get()) != number_parameters(sql, '$').parameters)
    throw StoreError(StoreError::Kind::statement, "a parameter between $1 and $n is not used: " + sql);
  for (int column = 0; column < PQnfields(described.get()); ++column)
    if (!postgresql_type_is_known(PQftype(described.get(), column)))
      refuse_type(PQfname(described.get(), column), sql);
}

std::vector<PostgresqlConnection::Notification> PostgresqlConnection::wait_for_notifications(
    int wake_fd, int milliseconds) {
  std::array<pollfd, 2> waited = {{{PQsocket(connection_), POLLIN, 0}, {wake_fd, POLLIN, 0}}};
  ::poll(waited.data(), waited.size(), milliseconds);
  if (!PQconsumeInput(connection_)) fail(nullptr, "waiting for notifications");
  std::vector<Notification> arrived;
  while (PGnotify* notification = PQnotifies(connection_)) {
    arrived.push_back({notification->extra});
    PQfreemem(notification);
  }
  return arrived;
}

std::vector<std::pair<std::string, std::string>> environment_of(const std::string& url) {
  std::vector<std::pair<std::string, std::string>> environment;
  char* problem = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &problem);
  if (!options) {
    StoreError error(StoreError::Kind::gone,
                     "PostgreSQL: " + without_newline(problem ? problem : "not a URL"));
    PQfreemem(problem);
    throw error;
  }
  for (PQconninfoOption* option = options; option->keyword; ++option) {
    const char* value = option->val;
    // As danchu itself connects: of several hosts the one that may be written.
    if (!value && std::string_view(option->keyword) == "target_session_attrs") value = "read-write";
    if (option->envvar && value) environment.emplace_back(option->envvar, value);
  }
  PQconninfoFree(options);
  return environment;
}

}  // namespace danchu::store
