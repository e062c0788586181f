// What the store must stand: a full disk, a second process, a server that goes away.
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/backup.h"
#include "store/durable_files.h"
#include "store/testing.h"

namespace danchu::store {
namespace {

const Statement make_blobs{"CREATE TABLE blob_note (id BIGINT PRIMARY KEY NOT NULL, body TEXT NOT NULL)",
                           "test"};
const Statement insert_blob{"INSERT INTO blob_note(id, body) VALUES ($1, $2)", "test"};
const Statement count_blobs{"SELECT count(*) FROM blob_note", "test"};
const Statement has_blob{"SELECT count(*) FROM blob_note WHERE id = $1", "test"};
const Statement list_blobs{"SELECT id, body FROM blob_note ORDER BY id", "test"};

Result<Done> run(Database& db, const Statement& statement) {
  return db.write([&](Writer& w) -> Result<Done> {
    w.run(statement);
    return Done{};
  });
}

Result<Done> put(Database& db, std::int64_t id, const std::string& body = "x") {
  return db.write([&](Writer& w) -> Result<Done> {
    w.run(insert_blob, id, body);
    return Done{};
  });
}

std::int64_t count(Database& db) {
  return db.read([](Reader& r) { return r.count(count_blobs); });
}

TEST(FullDisk, IsAClearErrorReadsGoOnAndTheStoreRecovers) {
  TestStore store(Engine::sqlite, {.max_pages = 400});
  ASSERT_TRUE(run(*store, make_blobs));
  ASSERT_TRUE(put(*store, 1));
  try {
    (void)put(*store, 2, std::string(4'000'000, 'x'));
    FAIL() << "a write larger than the disk was accepted";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::full) << error.what();
    EXPECT_NE(std::string(error.what()).find("the disk is full"), std::string::npos);
  }
  EXPECT_EQ(count(*store), 1);
  EXPECT_TRUE(put(*store, 3));
  EXPECT_EQ(count(*store), 2);
}

// Jobs that fit share batches with jobs that do not: nobody is told "received" for what a rolled back batch
// took along.
TEST(FullDisk, NeverAnswersForABatchThatWasRolledBack) {
  TestStore store(Engine::sqlite, {.max_pages = 400});
  ASSERT_TRUE(run(*store, make_blobs));
  constexpr int threads = 16, each = 6;
  std::vector<std::thread> writers;
  std::mutex mutex;
  std::vector<int> acknowledged, refused;
  for (int t = 0; t < threads; ++t)
    writers.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        int id = t * each + i;
        bool kept = false;
        try {
          kept = put(*store, id, std::string(id % 3 == 0 ? 2'000'000 : 10, 'x')).ok();
        } catch (const StoreError& error) {
          EXPECT_EQ(error.kind, StoreError::Kind::full) << error.what();
        }
        std::lock_guard lock(mutex);
        (kept ? acknowledged : refused).push_back(id);
      }
    });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(acknowledged.size(), static_cast<std::size_t>(threads * each * 2 / 3));
  store.reopen();
  EXPECT_EQ(count(*store), static_cast<std::int64_t>(acknowledged.size()));
  store->read([&](Reader& r) {
    for (int id : acknowledged) EXPECT_EQ(r.count(has_blob, id), 1) << id;
    for (int id : refused) EXPECT_EQ(r.count(has_blob, id), 0) << id;
  });
}

TEST(DataDirectory, BelongsToOneProcess) {
  TestStore store;
  try {
    open({.location = store.location()});
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::busy);
    EXPECT_NE(std::string(error.what()).find(store.location()), std::string::npos);
  }
  store.reopen();
}

TEST(DataDirectory, ThatCannotBeWrittenIsAClearError) {
  EXPECT_THROW(open({.location = "/proc/danchu"}), StoreError);
  EXPECT_THROW(open({.location = "postgresql:///danchu?host=/nowhere"}), StoreError);
  EXPECT_THROW(open({.location = "postgresql://[broken"}), StoreError);
}

class Copies : public OnEachEngine {
 protected:
  std::vector<std::vector<Value>> rows() {
    std::vector<std::vector<Value>> all;
    for (const Row& row : db().read([](Reader& r) { return r.query(list_blobs); }))
      all.push_back(row.values());
    return all;
  }
};

TEST_P(Copies, TakenWhileOthersWriteRestoreToOneMoment) {
  TemporaryDirectory copies;
  ASSERT_TRUE(run(db(), make_blobs));
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(put(db(), i, std::string(2'000, 'a')));
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 50; !stop; i += 2) {
      EXPECT_TRUE(db().write([&](Writer& w) -> Result<Done> {  // two rows that belong together
        w.run(insert_blob, i, std::string(2'000, 'b'));
        w.run(insert_blob, i + 1, std::string(2'000, 'b'));
        return Done{};
      }));
    }
  });
  db().backup(copies.path());
  db().backup(copies.path());  // over an older copy
  stop = true;
  writer.join();
  db().backup(copies.path());
  auto original = rows();
  EXPECT_THROW(restore(copies.path(), store().options()), StoreError)
      << "restored over a store that holds data";
  store().empty();
  restore(copies.path(), store().options());
  store().reopen();
  EXPECT_EQ(rows(), original);
  EXPECT_EQ(original.size() % 2, 0u);
  EXPECT_TRUE(put(db(), 1'000'000)) << "the restored store is in use again";
}

TEST_P(Copies, AreForTheirOwnerAlone) {
  TemporaryDirectory copies;
  const std::string directory = copies.path() + "/daily";
  const mode_t before = ::umask(022);
  db().backup(directory);
  ::umask(before);
  auto mode = [](const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 0777;
  };
  EXPECT_EQ(mode(directory), 0700u);
  make_private_directory(copies.path() + "/a/slashed/");
  EXPECT_EQ(mode(copies.path() + "/a/slashed"), 0700u);
  EXPECT_EQ(mode(directory + (GetParam() == Engine::sqlite ? "/danchu.db" : "/danchu.dump")), 0600u);
}

TEST_P(Copies, FromNowhereAreRefused) {
  TemporaryDirectory nothing;
  EXPECT_THROW(restore(nothing.path(), store().options()), StoreError);
}

DANCHU_ON_EACH_ENGINE(Copies);

TEST(SqliteCopies, HaveTheFilesAndNoDamage) {
  TestStore store;
  TemporaryDirectory copies, target;
  std::filesystem::create_directories(store.location() + "/files/ab");
  std::ofstream(store.location() + "/files/ab/cdef") << "a paper";
  store->backup(copies.path());
  restore(copies.path(), {.location = target.path() + "/data"});
  std::string content;
  std::ifstream(target.path() + "/data/files/ab/cdef") >> content;
  EXPECT_EQ(content, "a");
  std::filesystem::resize_file(copies.path() + "/danchu.db", 5'000);
  EXPECT_THROW(restore(copies.path(), {.location = target.path() + "/other"}), StoreError);
  EXPECT_FALSE(std::filesystem::exists(target.path() + "/other/danchu.db"));
}

// ---- PostgreSQL going away ----

// Every connection of this test but the one that asks.
constexpr const char* end_others =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()";

class Postgresql : public testing::Test {
 protected:
  void SetUp() override {
    if (!postgresql_available()) GTEST_SKIP() << "DANCHU_TEST_POSTGRESQL is not set";
    store_ = std::make_unique<TestStore>(Engine::postgresql);
    ASSERT_TRUE(run(db(), make_blobs));
  }
  Database& db() { return **store_; }
  // Runs until it is true; the store comes back within a second or two.
  static bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 200; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }
  std::unique_ptr<TestStore> store_;
};

TEST_F(Postgresql, WritesGoOnAfterEveryConnectionWasLost) {
  std::atomic<int> everything_stale = 0;
  db().on_commit(
      [&](const std::vector<Topic>& topics) { everything_stale += topics == std::vector<Topic>{"*"}; });
  std::thread([&] { EXPECT_TRUE(put(db(), 1)); }).join();
  db().read([](Reader& r) { r.query_text(end_others, {}); });
  EXPECT_TRUE(eventually([&] { return everything_stale >= 1; }))
      << "pages cached before are not known to be stale";
  EXPECT_TRUE(eventually([&] { return db().ready() && db().listening(); }));
  for (int i = 2; i < 40; ++i) EXPECT_TRUE(put(db(), i));
  EXPECT_EQ(count(db()), 39);
}

// What is put goes out with COMMIT; here it ends the connection that both go through.
TEST_F(Postgresql, AConnectionLostAtCommitLeavesUnknownWhetherItWasKept) {
  static const Statement end_own{"SELECT pg_terminate_backend(pg_backend_pid())", "test"};
  std::atomic<bool> stale = false;
  db().on_commit([&](const std::vector<Topic>& topics) {
    if (topics == std::vector<Topic>{"village/1"}) stale = true;
  });
  int ran = 0;
  try {
    (void)db().write([&](Writer& w) -> Result<Done> {
      ++ran;
      w.run(insert_blob, 1, "x");
      w.touch("village/1");
      w.put(end_own);
      return Done{};
    });
    FAIL() << "it was told as kept";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::unknown) << error.what();
  }
  EXPECT_EQ(ran, 1) << "it may not run again";
  EXPECT_TRUE(stale) << "what it touched may have changed";
  EXPECT_TRUE(put(db(), 2));
}

TEST_F(Postgresql, OtherProcessesHearOfCommits) {
  auto other = open({.location = store_->location()});
  std::mutex mutex;
  std::vector<Topic> heard;
  other->on_commit([&](const std::vector<Topic>& topics) {
    std::lock_guard lock(mutex);
    heard.insert(heard.end(), topics.begin(), topics.end());
  });
  EXPECT_TRUE(db().write([](Writer& w) -> Result<Done> {
    w.run(insert_blob, 1, "x");
    w.touch("village/it's \"one\"");
    w.touch("village/2");
    return Done{};
  }));
  EXPECT_TRUE(eventually([&] {
    std::lock_guard lock(mutex);
    return std::ranges::count(heard, "village/it's \"one\"") == 1 &&
           std::ranges::count(heard, "village/2") == 1;
  }));
}

TEST_F(Postgresql, ProcessesMakeDifferentIds) {
  auto other = open({.location = store_->location()});
  struct Thing;
  std::set<std::int64_t> ids;
  for (int i = 0; i < 1'000; ++i)
    for (Database* each : {&db(), other.get()}) ids.insert(each->ids().next_id<Thing>().number);
  EXPECT_EQ(ids.size(), 2'000u);
}

}  // namespace
}  // namespace danchu::store
