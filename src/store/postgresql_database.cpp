// PostgreSQL behind Database: each write is one serializable transaction on a pooled connection, tried again
// when the server says so. Group commit is the server's own (ENGINEERING c5).
#include <algorithm>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <thread>

#include "base/waiting.h"
#include "store/backup.h"
#include "store/id_lease.h"
#include "store/lanes.h"
#include "store/migrate.h"
#include "store/postgresql.h"
#include "store/postgresql_keeper.h"
#include "store/postgresql_pool.h"

namespace danchu::store {
namespace {

constexpr int pool_size = 16;
constexpr int most_tries = 10;
constexpr int tries_together = 3;
constexpr int migration_lock = 0x64616e64;  // "dand": one process migrates at a time

class PostgresqlDatabase final : public Database {
 public:
  explicit PostgresqlDatabase(const Options& options)
      : Database(options),
        url_(options.location),
        clock_(options.clock ? *options.clock : system_clock_),
        keeper_(url_, clock_),
        pool_(url_, pool_size) {
    look_for_chain();
  }

  void on_commit(std::function<void(const std::vector<Topic>&)> listener) override {
    keeper_.on_commit(std::move(listener));
  }
  bool listening() override { return keeper_.listening(); }

  void migrate() override {
    PostgresqlConnection connection(url_);
    connection.execute("SELECT pg_advisory_lock(" + std::to_string(migration_lock) + ")");
    MigrationTarget target{Engine::postgresql, connection,
                           [&](const std::string& sql) { connection.execute(sql); }};
    apply_migrations(target, clock_.now());
    keeper_.keep_lease();
    look_for_chain();
  }

  bool ready() override {
    try {
      keeper_.ids();
      return read([](Reader& reader) { return reader.first(read_lease).has_value(); });
    } catch (const StoreError&) {
      return false;
    }
  }

  void backup(const std::string& directory) override {
    dump_postgresql(url_, directory);
    copy_files(files().directory(), directory + "/files");
  }
  std::string_view engine() const override { return "postgresql"; }
  IdMaker& ids() override { return keeper_.ids(); }
  const Clock& clock() const override { return clock_; }
  void prepare(const Statement& statement) override { PostgresqlPool::Loan(pool_)->prepare(statement); }

 protected:
  void do_read(const std::function<void(Reader&)>& fn) override {
    read_twice([&](PostgresqlConnection& connection) {
      connection.begin_with({"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"});
      struct LetGo {
        PostgresqlConnection& connection;
        ~LetGo() { connection.let_go(); }
      } let_go{connection};
      Reader reader(connection);
      fn(reader);
    });
  }

  Rows do_read_once(const Statement& s, const std::vector<Value>& p) override {
    Rows rows;
    read_twice([&](PostgresqlConnection& connection) {
      connection.begin_with({});
      rows = connection.query(s, p);
    });
    return rows;
  }

  void do_write(const std::function<bool(Writer&)>& fn, Way way) override {
    Waiting waiting;
    if (way.lane.empty()) return write_alone(fn, way.official);
    lanes_.run(way.lane, &fn, [this](const std::vector<Writes::Job*>& jobs) { write_together(jobs); });
  }

 private:
  using Function = std::function<bool(Writer&)>;
  using Writes = Lanes<const Function*>;

  // A pooled connection may have died while it lay idle; a second loss is news.
  template <class Fn>
  void read_twice(const Fn& fn) {
    Waiting waiting;
    for (bool again = false;; again = true) {
      PostgresqlPool::Loan connection(pool_);
      try {
        return fn(*connection);
      } catch (const StoreError& error) {
        if (error.kind != StoreError::Kind::gone || connection->alive() || again) throw;
      }
    }
  }

  // In one transaction. When any of them says no or fails, none has happened, and each is tried by itself.
  void write_together(const std::vector<Writes::Job*>& jobs) {
    for (int tried = 1; jobs.size() > 1 && tried <= tries_together; ++tried) {
      try {
        Turn turn(*this, tried == tries_together);
        if (try_writes(jobs)) return;
        break;
      } catch (const RetryableError&) {
        wait_before(tried);
      } catch (const ConnectionLost&) {
        break;
      } catch (const StoreError& error) {
        // Perhaps it was committed; and of a server that is away no job gets more.
        if (error.kind == StoreError::Kind::unknown || error.kind == StoreError::Kind::gone)
          return fail_all(jobs);
        break;
      } catch (...) {
        break;
      }
    }
    for (Writes::Job* job : jobs) {
      try {
        write_alone(*job->work, false);
      } catch (...) {
        job->failed = std::current_exception();
      }
    }
  }

  static void fail_all(const std::vector<Writes::Job*>& jobs) {
    for (Writes::Job* job : jobs) job->failed = std::current_exception();
  }

  bool try_writes(const std::vector<Writes::Job*>& jobs) {
    return try_write(
        [&](Writer& writer) {
          return std::all_of(jobs.begin(), jobs.end(),
                             [&](Writes::Job* job) { return (*job->work)(writer); });
        },
        false);
  }

  void write_alone(const Function& fn, bool for_chain) {
    // Official writes wait for one another at the chain's head: here, before each takes a connection, or they
    // would leave none for those who read.
    auto official = for_chain ? std::unique_lock(official_) : std::unique_lock<std::mutex>();
    for (int tried = 1;; ++tried) {
      try {
        Turn turn(*this, tried > tries_together);
        try_write(fn, for_chain);
        return;
      } catch (const RetryableError&) {
        if (tried == most_tries) throw;
      } catch (const ConnectionLost& lost) {
        if (tried >= 3) throw StoreError(StoreError::Kind::gone, lost.what);
        continue;
      }
      wait_before(tried);
    }
  }

  // The connection died before COMMIT was sent: nothing was written, so the write may run again.
  struct ConnectionLost {
    std::string what;
  };
  struct Ending {
    PostgresqlConnection& connection;
    ~Ending() { connection.roll_back(); }
  };

  // Writes run side by side; one that failed again and again runs alone in this process, so that those who
  // want the same row cannot fail each other for ever. `turn_` keeps newcomers behind one who waits to be
  // alone.
  class Turn {
   public:
    Turn(PostgresqlDatabase& db, bool alone) {
      std::lock_guard turn(db.turn_);
      if (alone)
        alone_ = std::unique_lock(db.running_);
      else
        together_ = std::shared_lock(db.running_);
    }

   private:
    std::unique_lock<std::shared_mutex> alone_;
    std::shared_lock<std::shared_mutex> together_;
  };

  // Whether it was committed; not when fn said no.
  bool try_write(const Function& fn, bool official) {
    IdMaker& ids = keeper_.ids();
    PostgresqlPool::Loan connection(pool_);
    connection->begin_with(opening(official));
    Ending ending{*connection};
    Writer writer(*connection, ids, clock_.now());
    if (!run(fn, writer, *connection)) return false;
    try {
      connection->commit();
    } catch (const StoreError& error) {
      // It may have been committed all the same: what it touched is stale.
      if (error.kind == StoreError::Kind::unknown) keeper_.committed(writer.topics());
      throw;
    }
    keeper_.committed(writer.topics());
    return true;
  }

  static bool run(const Function& fn, Writer& writer, PostgresqlConnection& connection) {
    bool keep = false;
    try {
      keep = fn(writer);
    } catch (const RetryableError&) {
      throw;
    } catch (const StoreError& error) {
      if (error.kind == StoreError::Kind::gone && !connection.alive()) throw ConnectionLost{error.what()};
      throw;
    }
    if (connection.may_retry()) throw RetryableError("a serialization failure was caught and passed over");
    if (connection.failed())
      throw StoreError(StoreError::Kind::statement,
                       "a statement failed and the write went on; it was rolled back");
    return keep;
  }

  // The lock comes before anything that takes a snapshot, else those who waited for it fail (ENGINEERING g1).
  std::vector<std::string> opening(bool official) const {
    std::vector<std::string> statements = {"BEGIN ISOLATION LEVEL SERIALIZABLE"};
    if (official && has_chain_) statements.push_back("LOCK TABLE chain_head IN EXCLUSIVE MODE");
    return statements;
  }

  void look_for_chain() {
    PostgresqlPool::Loan connection(pool_);
    has_chain_ = !connection->execute("SELECT CAST(to_regclass('chain_head') AS text)").at(0).is_null(0);
  }

  // Longer each time and never the same for two, so that those who collided do not collide again.
  static void wait_before(int tried) {
    thread_local std::minstd_rand random(std::random_device{}());
    std::uniform_int_distribution<int> microseconds(100, 400 << tried);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
  }

  std::string url_;
  SystemClock system_clock_;
  const Clock& clock_;
  PostgresqlKeeper keeper_;
  PostgresqlPool pool_;
  std::mutex turn_;
  std::shared_mutex running_;
  Writes lanes_;
  std::mutex official_;
  std::atomic<bool> has_chain_ = false;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const Options& options) {
  return std::make_unique<PostgresqlDatabase>(options);
}

void run_on_postgresql(const std::string& url, const std::string& sql) {
  PostgresqlConnection(url).execute(sql);
}

}  // namespace danchu::store
