// SQLite behind Database: one writer (sqlite_writer), some readers, a checkpointing thread, one process.
#include "store/sqlite.h"

#include <condition_variable>
#include <mutex>

#include "base/waiting.h"
#include "store/backup.h"
#include "store/directory_lock.h"
#include "store/durable_files.h"
#include "store/id_lease.h"
#include "store/migrate.h"
#include "store/sqlite_checkpoint.h"
#include "store/sqlite_connection.h"
#include "store/sqlite_writer.h"

namespace danchu::store {
namespace {

// A few read connections, lent to one reader at a time.
class ReaderPool {
 public:
  ReaderPool(const std::string& file, int size) {
    for (int i = 0; i < size; ++i) {
      all_.push_back(std::make_unique<SqliteConnection>(file, SqliteConnection::Use::reader));
      free_.push_back(all_.back().get());
    }
  }

  class Loan {
   public:
    explicit Loan(ReaderPool& pool) : pool_(pool), connection_(pool.take()) {}
    ~Loan() { pool_.give_back(connection_); }
    Loan(const Loan&) = delete;
    SqliteConnection& operator*() { return *connection_; }

   private:
    ReaderPool& pool_;
    SqliteConnection* connection_;
  };

 private:
  SqliteConnection* take() {
    std::unique_lock lock(mutex_);
    if (free_.empty()) {
      Waiting waiting;
      returned_.wait(lock, [&] { return !free_.empty(); });
    }
    SqliteConnection* connection = free_.back();
    free_.pop_back();
    return connection;
  }
  void give_back(SqliteConnection* connection) {
    {
      std::lock_guard lock(mutex_);
      free_.push_back(connection);
    }
    returned_.notify_one();
  }

  std::vector<std::unique_ptr<SqliteConnection>> all_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<SqliteConnection*> free_;
};

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const Options& options)
      : Database(options),
        directory_(options.location),
        clock_(options.clock ? *options.clock : system_clock_),
        lock_(options.only_reading ? std::optional<DirectoryLock>()
                                   : std::optional<DirectoryLock>(std::in_place, directory_)),
        file_(private_file(directory_ + "/" + sqlite_file_name)),
        connection_(file_, SqliteConnection::Use::writer, options.max_pages),
        ids_(clock_, 0, leased_so_far(connection_)),
        checkpointer_(file_),
        readers_(file_, options.readers),
        writer_(connection_, ids_, clock_) {
    connection_.on_log_growth([this](int pages) { checkpointer_.log_is_long(pages); });
    if (lock_ && has_lease(connection_)) writer_.alone([this](SqliteConnection&) { writer_.keep_lease(); });
  }

  void on_commit(std::function<void(const std::vector<Topic>&)> listener) override {
    writer_.on_commit(std::move(listener));
  }

  void migrate() override {
    writer_.alone([this](SqliteConnection& connection) {
      MigrationTarget target{Engine::sqlite, connection,
                             [&](const std::string& sql) { connection.execute(sql); }};
      apply_migrations(target, clock_.now());
      writer_.keep_lease();
    });
  }

  bool ready() override {
    try {
      return read([](Reader& reader) { return reader.first(read_lease).has_value(); });
    } catch (const StoreError&) {
      return false;
    }
  }

  void backup(const std::string& directory) override {
    copy_sqlite(file_, directory);
    copy_files(files().directory(), directory + "/files");
  }

  std::string_view engine() const override { return "sqlite"; }
  IdMaker& ids() override { return ids_; }
  const Clock& clock() const override { return clock_; }

  void prepare(const Statement& statement) override {
    ReaderPool::Loan loan(readers_);
    (*loan).begin_job();
    (*loan).prepare(statement);
  }

 protected:
  void do_read(const std::function<void(Reader&)>& fn) override {
    ReaderPool::Loan loan(readers_);
    Snapshot snapshot(*loan);
    Reader reader(*loan);
    fn(reader);
  }

  void do_write(const std::function<bool(Writer&)>& fn, Way) override { writer_.write(fn); }

 private:
  struct Snapshot {
    SqliteConnection& connection;
    explicit Snapshot(SqliteConnection& c) : connection(c) {
      connection.begin_job();
      connection.execute("BEGIN");
    }
    ~Snapshot() {
      if (!connection.in_transaction()) return;
      try {
        connection.execute("END");
      } catch (const StoreError&) {
        // Nothing was written; SQLite ends the snapshot by itself.
      }
    }
  };

  static std::string private_file(std::string path) {
    make_private_file(path);
    return path;
  }
  static bool has_lease(SqliteConnection& connection) { return connection.has_table("id_lease"); }
  static std::int64_t leased_so_far(SqliteConnection& connection) {
    if (!has_lease(connection)) return 0;
    Rows rows = connection.query(read_lease, {});
    return rows.empty() ? 0 : rows.front().integer(0);
  }

  SystemClock system_clock_;
  std::string directory_;
  const Clock& clock_;
  std::optional<DirectoryLock> lock_;  // none: only reading
  std::string file_;
  SqliteConnection connection_;
  IdMaker ids_;
  SqliteCheckpointer checkpointer_;
  ReaderPool readers_;
  SqliteWriter writer_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options) {
  return std::make_unique<SqliteDatabase>(options);
}

}  // namespace danchu::store
