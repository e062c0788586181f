// kill -9 at any moment under load: what was answered is there, once; what was not answered is there once or
// not.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <random>
#include <thread>

#include "store/postgresql.h"
#include "store/testing.h"

namespace danchu::store {
namespace {

constexpr int writers = 8;

// No key: a write done twice would show.
const Statement make_lines{
    "CREATE TABLE kill_line (round BIGINT NOT NULL, writer BIGINT NOT NULL, n BIGINT NOT NULL)", "test"};
const Statement add_line{"INSERT INTO kill_line(round, writer, n) VALUES ($1, $2, $3)", "test"};
const Statement lines_of{
    "SELECT writer, count(*), count(DISTINCT n), max(n) FROM kill_line WHERE round = $1 GROUP BY writer",
    "test"};

struct Answered {
  std::int32_t writer, n;
};

bool write_line(Database& db, int round, int writer, int n) {
  return db
      .write([&](Writer& w) -> Result<Done> {
        w.run(add_line, round, writer, n);
        return Done{};
      })
      .ok();
}

// The process that is killed: opens the store as the program does and writes until it dies, telling what was
// answered.
[[noreturn]] void write_until_killed(const std::string& location, int round, int tell) {
  auto db = open({.location = location});
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      for (int n = 0; write_line(*db, round, writer, n); ++n) {
        Answered answered{writer, n};
        if (::write(tell, &answered, sizeof answered) != sizeof answered) ::_exit(1);
      }
    });
  for (auto& thread : threads) thread.join();
  ::_exit(1);
}

// How many writes of each writer were answered before it was killed.
std::array<int, writers> kill_in_the_middle(const std::string& location, int round, int milliseconds) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    try {
      write_until_killed(location, round, ends[1]);
    } catch (const std::exception& error) {
      ::perror(error.what());
      ::_exit(1);
    }
  }
  ::close(ends[1]);
  std::array<int, writers> answered{};
  Answered one;
  auto next = [&] { return ::read(ends[0], &one, sizeof one) == static_cast<ssize_t>(sizeof one); };
  EXPECT_TRUE(next()) << "the writing process did not start";  // the clock runs from the first answer
  answered[static_cast<std::size_t>(one.writer)] = one.n + 1;
  std::thread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(child, SIGKILL);
  });
  while (next()) answered[static_cast<std::size_t>(one.writer)] = one.n + 1;
  killer.join();
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return answered;
}

void expect_nothing_lost_or_doubled(Database& db, int round, const std::array<int, writers>& answered) {
  std::array<std::int64_t, writers> kept{};
  for (const Row& row : db.read([&](Reader& r) { return r.query(lines_of, round); })) {
    kept[static_cast<std::size_t>(row.integer(0))] = row.integer(1);
    EXPECT_EQ(row.integer(1), row.integer(2)) << "a write was done twice";
    EXPECT_EQ(row.integer(1), row.integer(3) + 1) << "a write is missing in the middle";
  }
  for (std::size_t writer = 0; writer < writers; ++writer) {
    EXPECT_GE(kept[writer], answered[writer]) << "a write that was answered is lost";
    EXPECT_LE(kept[writer], answered[writer] + 1);
  }
}

class Kill : public OnEachEngine {};

TEST_P(Kill, LosesAndDoublesNothingThatWasAnswered) {
  ASSERT_TRUE(db().write([](Writer& w) -> Result<Done> {
    w.run(make_lines);
    return Done{};
  }));
  std::mt19937 random(std::random_device{}());
  std::uniform_int_distribution<int> milliseconds(0, 60);
  int rounds = GetParam() == Engine::sqlite ? 20 : 8;
  for (int round = 0; round < rounds; ++round) {
    store().close();
    auto answered = kill_in_the_middle(store().location(), round, milliseconds(random));
    store().reopen();
    expect_nothing_lost_or_doubled(db(), round, answered);
  }
}

DANCHU_ON_EACH_ENGINE(Kill);

// Connections are refused until the log was replayed; the first that is taken may still be one of the old
// server.
void wait_until_recovered(const std::string& location) {
  for (int taken = 0; taken < 3;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    try {
      run_on_postgresql(location, "SELECT 1");
      ++taken;
    } catch (const StoreError&) {
      taken = 0;
    }
  }
}

// Kills one server process, upon which PostgreSQL ends all others and recovers from its log. It disturbs
// every connection of the cluster, so it only runs on a cluster made for it: DANCHU_TEST_POSTGRESQL_CRASH=1.
TEST(PostgresqlCrash, LosesAndDoublesNothingThatWasAnswered) {
  if (!postgresql_available() || !std::getenv("DANCHU_TEST_POSTGRESQL_CRASH"))
    GTEST_SKIP() << "DANCHU_TEST_POSTGRESQL_CRASH is not set";
  TestStore store(Engine::postgresql);
  ASSERT_TRUE(store->write([](Writer& w) -> Result<Done> {
    w.run(make_lines);
    return Done{};
  }));
  std::array<int, writers> answered{}, unknown{};
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (std::size_t writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      for (int n = 0; !stop; ++n) try {
          answered[writer] += write_line(*store, 0, static_cast<int>(writer), n);
        } catch (const StoreError& error) {
          EXPECT_TRUE(error.kind == StoreError::Kind::gone || error.kind == StoreError::Kind::unknown)
              << error.what();
          ++unknown[writer];
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    });
  for (int crash = 0; crash < 3; ++crash) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_THROW(
        run_on_postgresql(store.location(), "COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'; SELECT pg_sleep(5)"),
        StoreError);
    wait_until_recovered(store.location());
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  while (!store->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  for (const Row& row : store->read([](Reader& r) { return r.query(lines_of, 0); })) {
    auto writer = static_cast<std::size_t>(row.integer(0));
    EXPECT_EQ(row.integer(1), row.integer(2)) << "a write was done twice";
    EXPECT_GE(row.integer(1), answered[writer]) << "a write that was answered is lost";
    EXPECT_LE(row.integer(1), answered[writer] + unknown[writer]);
  }
}

}  // namespace
}  // namespace danchu::store
