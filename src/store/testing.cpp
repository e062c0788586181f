#include "store/testing.h"

#include <cstdlib>
#include <filesystem>

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

TestStore::TestStore(Engine engine, Options options)
    : clock(at_local(make_date(2026, 11, 2), 8, 0)), options_(std::move(options)) {
  options_.clock = &clock;
  options_.location = directory_.path() + "/data";
  if (engine == Engine::postgresql) options_.location = std::getenv("DANCHU_TEST_POSTGRESQL");
  reopen();
}

TestStore::~TestStore() = default;

void TestStore::reopen() {
  db_.reset();
  db_ = open(options_);
  db_->migrate();
}

}  // namespace danchu::store
