// Fresh, migrated databases for tests, on either engine.
//
//   class Votes : public store::OnEachEngine {};
//   TEST_P(Votes, AreCounted) { db().write(…); }
//   DANCHU_ON_EACH_ENGINE(Votes);
//
// PostgreSQL is used when DANCHU_TEST_POSTGRESQL holds the URL of a database where schemas may be made
// (tests/postgresql.sh start DIR prints one); without it those tests are skipped.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/time.h"
#include "store/database.h"
#include "store/migrations.h"

namespace danchu::store {

// Removed with everything in it at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

bool postgresql_available();

class TestStore {
 public:
  // An empty, migrated store. The clock stands at 2026-11-02 08:00 in Vietnam until it is set.
  explicit TestStore(Engine engine = Engine::sqlite, Options options = {});
  ~TestStore();
  TestStore(const TestStore&) = delete;

  Database& operator*() { return *db_; }
  Database* operator->() { return db_.get(); }
  const std::string& location() const { return options_.location; }
  const Options& options() const { return options_; }
  void close() { db_.reset(); }
  void reopen();  // as the program does when it starts
  void empty();   // closes it and takes everything away, as on a new machine

  ManualClock clock;

 private:
  TemporaryDirectory directory_;
  std::string schema_;
  Options options_;
  std::unique_ptr<Database> db_;
};

class OnEachEngine : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::postgresql && !postgresql_available())
      GTEST_SKIP() << "DANCHU_TEST_POSTGRESQL is not set";
    store_ = std::make_unique<TestStore>(GetParam());
  }
  TestStore& store() { return *store_; }
  Database& db() { return **store_; }

 private:
  std::unique_ptr<TestStore> store_;
};

// A table has exactly the columns a described record needs, in any order.
void expect_columns(Database& db, const std::string& table, Fields fields);
template <class Record>
void expect_columns(Database& db, const std::string& table) {
  expect_columns(db, table, fields_of<Record>());
}

#define DANCHU_ON_EACH_ENGINE(Suite)                                                                     \
  INSTANTIATE_TEST_SUITE_P(                                                                              \
      Engines, Suite, testing::Values(danchu::store::Engine::sqlite, danchu::store::Engine::postgresql), \
      [](const auto& info) { return std::string(danchu::store::name_of(info.param)); })

}  // namespace danchu::store
