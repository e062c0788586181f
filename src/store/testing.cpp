#include "store/testing.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "store/postgresql.h"
#include "store/schema.h"

namespace danchu::store {

TemporaryDirectory::TemporaryDirectory() {
  path_ = (std::filesystem::temp_directory_path() / "danchu-test-XXXXXX").string();
  if (!::mkdtemp(path_.data())) throw std::runtime_error("cannot make a temporary directory");
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

bool postgresql_available() { return std::getenv("DANCHU_TEST_POSTGRESQL") != nullptr; }

namespace {

std::string test_url() { return std::getenv("DANCHU_TEST_POSTGRESQL"); }

// Schemas, not databases: making one takes a millisecond, and several tests may run at once.
std::string make_schema() {
  static std::atomic<int> made = 0;
  std::string schema = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
  run_on_postgresql(test_url(), "DROP SCHEMA IF EXISTS " + schema + " CASCADE; CREATE SCHEMA " + schema);
  return schema;
}

std::string url_of_schema(const std::string& schema) {
  std::string url = test_url();
  return url + (url.find('?') == std::string::npos ? '?' : '&') + "application_name=" + schema +
         "&options=-csearch_path%3D" + schema;
}

}  // namespace

TestStore::TestStore(Engine engine, Options options)
    : clock(at_local(make_date(2026, 11, 2), 8, 0)), options_(std::move(options)) {
  options_.clock = &clock;
  if (engine == Engine::postgresql) {
    schema_ = make_schema();
    options_.location = url_of_schema(schema_);
    options_.files = directory_.path() + "/files";
  } else {
    options_.location = directory_.path() + "/data";
  }
  reopen();
}

TestStore::~TestStore() {
  db_.reset();
  try {
    if (!schema_.empty()) run_on_postgresql(test_url(), "DROP SCHEMA " + schema_ + " CASCADE");
  } catch (const StoreError& error) {
    ADD_FAILURE() << error.what();
  }
}

void TestStore::empty() {
  db_.reset();
  std::filesystem::remove_all(files_directory(options_));
  if (schema_.empty())
    std::filesystem::remove_all(options_.location);
  else
    run_on_postgresql(test_url(), "DROP SCHEMA " + schema_ + " CASCADE; CREATE SCHEMA " + schema_);
}

void TestStore::reopen() {
  db_.reset();
  db_ = open(options_);
  db_->migrate();
}

void expect_columns(Database& db, const std::string& table, Fields fields) {
  auto wanted = columns_of(fields), real = db.read([&](Reader&r) { return columns_of_table(r, table); });
  auto describe = [](std::vector<Column> columns) {
    std::ranges::sort(columns, {}, &Column::name);
    std::string text;
    for (const Column& column : columns)
      text += column.name + ' ' + std::to_string(static_cast<int>(column.type)) +
              (column.nullable ? " NULL" : "") + '\n';
    return text;
  };
  EXPECT_EQ(describe(wanted), describe(real)) << "table " << table << " does not fit its record";
}

}  // namespace danchu::store
