// One Database, two engines: SQLite (embedded, the default) and PostgreSQL.
//
// SQL is written once, in the common subset described in docs/sql.md, with $1..$n parameters, as
// registered constants, so that a test prepares every statement on both engines:
//
//   static const store::Statement insert_village{"INSERT INTO village(id, name) VALUES ($1, $2)"};
//
//   Result<Id<Village>> made = db.write([&](store::Writer& w) -> Result<Id<Village>> {
//     auto id = w.new_id<Village>();
//     w.run(insert_village, id, name);
//     w.touch(topic_of(id));
//     return id;
//   });
//
// A write function has no effect but through its Writer, for it may run again (a serialization failure, a
// batch rolled back by a full disk). Returning Problems rolls everything back. An answer after write()
// returned means: on disk. A failed statement throws and always ends the write; expected collisions use
// ON CONFLICT. Values that change with time or chance come from the Writer (now, new_id) or from outside.
// StoreError::unknown thrown by a write leaves unknown whether it was committed (PostgreSQL's answer to
// COMMIT was lost): who retries looks first for what it wrote (its idempotency row). After any other nothing
// was.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/record.h"
#include "base/result.h"
#include "base/time.h"
#include "store/files.h"

namespace danchu::store {

struct Bytes {
  std::string data;
  auto operator<=>(const Bytes&) const = default;
};
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;

// What a C++ value is as a parameter: Id, Instant (µs), bool and enums are numbers; Date is ISO text; Line,
// Text, Phone and strings are text; std::optional is NULL when empty.
inline Value to_value(std::nullptr_t) { return {}; }
inline Value to_value(Value v) { return v; }
inline Value to_value(Bytes v) { return v; }
inline Value to_value(double v) { return v; }
template <class T>
requires std::is_integral_v<T> Value to_value(T v) { return static_cast<std::int64_t>(v); }
inline Value to_value(const std::string& v) { return v; }
inline Value to_value(std::string_view v) { return std::string(v); }
inline Value to_value(const char* v) { return std::string(v); }
inline Value to_value(Instant v) { return v.us; }
inline Value to_value(Date v) { return to_iso(v); }
template <class R>
Value to_value(Id<R> v) {
  return v ? Value(v.number) : Value();
}
template <ChoiceEnum E>
Value to_value(E v) {
  return std::string(code_of(v));
}
template <std::size_t N>
Value to_value(const Line<N>& v) {
  return v.value;
}
template <std::size_t N>
Value to_value(const Text<N>& v) {
  return v.value;
}
inline Value to_value(const Phone& v) { return v.value; }
inline Value to_value(Money v) { return v.dong; }
template <std::int64_t A, std::int64_t B>
Value to_value(Integer<A, B> v) {
  return v.value;
}
template <class T>
Value to_value(const std::optional<T>& v) {
  return v ? to_value(*v) : Value();
}

// A statement of the program, registered when it is constructed; only static objects, never temporaries.
// `only` names the one engine that understands it ("sqlite", "postgresql"), which full-text search needs, or
// is "test" for a statement on a table that only a test makes.
class Statement {
 public:
  explicit Statement(std::string_view sql, std::string_view only = "");
  Statement(const Statement&) = delete;
  std::string_view sql() const { return sql_; }
  std::string_view only() const { return only_; }
  int number() const { return number_; }  // position in all_statements(), what engines cache plans under

 private:
  std::string_view sql_, only_;
  int number_;
};
const std::vector<const Statement*>& all_statements();

// One row of an answer. Columns are counted from 0. Asking for the wrong type throws StoreError.
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  const std::string& text(int column) const;   // NULL is an empty text
  const std::string& bytes(int column) const;  // NULL is empty
  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return {integer(column)}; }
  std::optional<Instant> optional_instant(int column) const;
  Date date(int column) const;
  std::optional<Date> optional_date(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  template <class R>
  Id<R> id(int column) const {
    return {is_null(column) ? 0 : integer(column)};
  }
  template <ChoiceEnum E>
  E choice(int column) const {
    auto found = choice_from<E>(text(column));
    if (!found) throw_wrong_type(column);
    return *found;
  }
  // Fills a described record from columns first, first+1, … in the order of its fields (scalars only).
  void into(void* record, Fields fields, int first = 0) const;
  template <class Record>
  Record as(int first = 0) const {
    Record record;
    into(&record, fields_of<Record>(), first);
    return record;
  }
  const std::vector<Value>& values() const { return values_; }

 private:
  [[noreturn]] void throw_wrong_type(int column) const;
  std::vector<Value> values_;
};
using Rows = std::vector<Row>;

// The store cannot answer, or a statement is wrong. The web answers 503 (busy, full, gone, unknown) or 500 (a
// bug). `unknown` is thrown by a write alone: the connection was lost at its COMMIT.
class StoreError : public std::runtime_error {
 public:
  enum class Kind { full, gone, busy, unknown, constraint, statement };
  StoreError(Kind kind, const std::string& what) : std::runtime_error(what), kind(kind) {}
  Kind kind;
};

// The engine's side of one open transaction; implemented by each engine.
class Session {
 public:
  virtual ~Session() = default;
  virtual Rows query(const Statement& statement, const std::vector<Value>& parameters) = 0;
  virtual std::int64_t run(const Statement& statement,
                           const std::vector<Value>& parameters) = 0;  // rows changed
  virtual void put(const Statement& statement, const std::vector<Value>& parameters) {
    run(statement, parameters);
  }
  virtual Rows query_text(const std::string& sql, const std::vector<Value>& parameters) = 0;
  virtual std::string_view engine() const = 0;  // "sqlite" or "postgresql"
};

// A consistent snapshot. Never held while something is sent over the network.
class Reader {
 public:
  explicit Reader(Session& session) : session_(session) {}
  template <class... P>
  Rows query(const Statement& s, const P&... p) {
    return session_.query(s, {to_value(p)...});
  }
  // The first row, if there is one.
  template <class... P>
  std::optional<Row> first(const Statement& s, const P&... p) {
    Rows rows = session_.query(s, {to_value(p)...});
    return rows.empty() ? std::nullopt : std::optional<Row>(std::move(rows.front()));
  }
  template <class... P>
  std::int64_t count(const Statement& s, const P&... p) {
    auto row = first(s, p...);
    return row ? row->integer(0) : 0;
  }
  Rows query_values(const Statement& s, const std::vector<Value>& p) { return session_.query(s, p); }
  // A query made at run time, which no test prepares: only for comparing whatever tables the acts cover.
  // Never with text from outside; names in it are checked identifiers.
  Rows query_text(const std::string& sql, const std::vector<Value>& p) { return session_.query_text(sql, p); }
  std::string_view engine() const { return session_.engine(); }

 protected:
  Session& session_;
};

// A subject a page depends on, "village/01J…": a commit that touches it makes cached pages about it stale.
using Topic = std::string;

// One write. Serializable on both engines.
class Writer : public Reader {
 public:
  Writer(Session& session, IdMaker& ids, Instant now) : Reader(session), ids_(ids), now_(now) {}
  template <class... P>
  std::int64_t run(const Statement& s, const P&... p) {
    return session_.run(s, {to_value(p)...});
  }
  std::int64_t run_values(const Statement& s, const std::vector<Value>& p) { return session_.run(s, p); }
  // As run, of a change whose number of rows nobody asks for: PostgreSQL sends it along with what comes next.
  template <class... P>
  void put(const Statement& s, const P&... p) {
    session_.put(s, {to_value(p)...});
  }
  void put_values(const Statement& s, const std::vector<Value>& p) { session_.put(s, p); }
  template <class R>
  Id<R> new_id() {
    return ids_.next_id<R>();
  }
  Instant now() const { return now_; }  // one instant for the whole write
  void touch(Topic topic) { topics_.push_back(std::move(topic)); }
  const std::vector<Topic>& topics() const { return topics_; }

 private:
  IdMaker& ids_;
  Instant now_;
  std::vector<Topic> topics_;
};

struct Options {
  std::string location;  // a directory (SQLite: DIR/danchu.db) or postgresql://…
  const Clock* clock = nullptr;
  std::string files;           // directory of the kept files; empty: "files" within a SQLite location
  int readers = 4;             // SQLite read connections; PostgreSQL pool size is 16
  std::int64_t max_pages = 0;  // SQLite only, for tests of a full disk
  bool only_reading = false;   // beside a process that serves: takes no lock, nothing may be written
};

// While it lives, each write that this thread begins also runs `fn`, in the same transaction and after the
// write's own function said yes. What it throws rolls the write back. The web keeps its idempotency rows with
// it.
class AlsoInWrites {
 public:
  using Function = std::function<void(Writer&)>;
  explicit AlsoInWrites(Function fn) : fn_(std::move(fn)), before_(current_) { current_ = &fn_; }
  ~AlsoInWrites() { current_ = before_; }
  AlsoInWrites(const AlsoInWrites&) = delete;
  static const Function* current() { return current_; }

 private:
  Function fn_;
  const Function* before_;
  static inline thread_local const Function* current_ = nullptr;
};

// Where the files of this store lie; empty when nobody said so (PostgreSQL without Options::files).
std::string files_directory(const Options& options);

class Database {
 public:
  explicit Database(const Options& options) : files_(files_directory(options)) {}
  virtual ~Database() = default;

  // Runs fn(Reader&) on one snapshot and returns what it returns.
  template <class F>
  auto read(F&& fn) -> std::invoke_result_t<F, Reader&> {
    using R = std::invoke_result_t<F, Reader&>;
    if constexpr (std::is_void_v<R>) {
      do_read([&](Reader& reader) { fn(reader); });
    } else {
      std::optional<R> result;
      do_read([&](Reader& reader) { result.emplace(fn(reader)); });
      return std::move(*result);
    }
  }

  // One statement on a snapshot of its own: on PostgreSQL without the round trips around a transaction.
  template <class... P>
  Rows read_once(const Statement& s, const P&... p) {
    return do_read_once(s, {to_value(p)...});
  }

  // Runs fn(Writer&) -> Result<T>, durably. `official` writes append acts: they take the chain's lock first.
  template <class F>
  auto write(F&& fn) -> std::invoke_result_t<F, Writer&> {
    return write_as(std::forward<F>(fn), {});
  }
  // The same, for writes that would only make each other fail on PostgreSQL (the ticks of one hall): those of
  // one lane wait for one another in this process, and those that wait go in one transaction. What is right
  // never hangs on it.
  template <class F>
  auto write_in_lane(std::string_view lane, F&& fn) -> std::invoke_result_t<F, Writer&> {
    return write_as(std::forward<F>(fn), {false, lane});
  }
  template <class F>
  auto write_official(F&& fn) -> std::invoke_result_t<F, Writer&> {
    return write_as(std::forward<F>(fn), {true, {}});
  }

  // Called with the topics of each commit before its write() returns (the page cache listens), from any
  // thread; it must not throw. On PostgreSQL also with what other processes committed, and with the one topic
  // "*" (everything is stale) when that could not be heard for a while; nothing may be cached while
  // listening() is false.
  virtual void on_commit(std::function<void(const std::vector<Topic>&)> listener) = 0;
  virtual bool listening() { return true; }

  // Applies the numbered migrations embedded as src/*/schema/NNN_name.sql that are not applied yet.
  virtual void migrate() = 0;
  virtual bool ready() = 0;                               // can read and write now
  virtual void backup(const std::string& directory) = 0;  // online; throws StoreError
  virtual std::string_view engine() const = 0;            // "sqlite" or "postgresql"
  virtual IdMaker& ids() = 0;
  virtual const Clock& clock() const = 0;
  // What rows and acts name by its hash. A file is put before the row that names it.
  Files& files() { return files_; }
  // Prepares a statement without running it; throws StoreError with the engine's words.
  virtual void prepare(const Statement& statement) = 0;

 protected:
  virtual void do_read(const std::function<void(Reader&)>& fn) = 0;
  virtual Rows do_read_once(const Statement& s, const std::vector<Value>& p) {
    Rows rows;
    do_read([&](Reader& r) { rows = r.query_values(s, p); });
    return rows;
  }
  // fn returns true to commit, false to roll back; it may run more than once. What it throws rolls back and
  // is thrown on to the caller.
  struct Way {
    bool official = false;
    std::string_view lane = {};
  };
  virtual void do_write(const std::function<bool(Writer&)>& fn, Way way) = 0;

 private:
  Files files_;

  template <class F>
  auto write_as(F&& fn, Way way) -> std::invoke_result_t<F, Writer&> {
    std::optional<std::invoke_result_t<F, Writer&>> result;
    const AlsoInWrites::Function* also =
        AlsoInWrites::current();  // of this thread; the engine may run it on another
    do_write(
        [&](Writer& writer) {
          result.emplace(fn(writer));
          if (result->ok() && also) (*also)(writer);
          return result->ok();
        },
        way);
    return std::move(*result);
  }
};

// Whether a location is a PostgreSQL URL rather than a directory.
bool is_postgresql(std::string_view location);
// Opens the store, locks it for this process (SQLite) or takes a worker number (PostgreSQL). Throws
// StoreError.
std::unique_ptr<Database> open(const Options& options);
// The two engines' own openers, each in its own file: the only ones that include sqlite3.h and libpq-fe.h.
std::unique_ptr<Database> open_sqlite(const Options& options);
std::unique_ptr<Database> open_postgresql(const Options& options);

}  // namespace danchu::store
