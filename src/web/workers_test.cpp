#include "web/workers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace danchu::web {
namespace {

using namespace std::chrono_literals;

// As many jobs as may be at work at once (workers.cpp).
int most_busy() { return static_cast<int>(std::max(2u, std::thread::hardware_concurrency()) * 2); }

// Jobs stand before it until it is opened.
class Gate {
 public:
  ~Gate() { open(); }
  // `said`: as whoever waits for a disk does.
  void pass(bool said) {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    auto opened = [this] { return open_; };
    if (said) {
      Waiting waiting;
      changed_.wait(lock, opened);
    } else {
      changed_.wait(lock, opened);
    }
  }
  bool holds(int jobs) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return inside_ >= jobs; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool open_ = false;
};

TEST(Workers, WhoWaitsKeepsNobodyFromWorking) {
  Gate disk, done;
  Workers workers(64, 100);
  const int many = most_busy() * 2 + 1;
  for (int i = 0; i < many; ++i) ASSERT_TRUE(workers.run([&] { disk.pass(true); }));
  EXPECT_TRUE(disk.holds(many));
  ASSERT_TRUE(workers.run([&] { done.pass(true); }));
  EXPECT_TRUE(done.holds(1));
  disk.open();
  done.open();
}

// A hash, a paper of many pages, or a wait that nobody said.
TEST(Workers, WhoComputesForLongKeepsNobodyWaitingForLong) {
  Gate long_work, done;
  Workers workers(64, 100);
  const int many = most_busy() * 2 + 1;
  for (int i = 0; i < many; ++i) ASSERT_TRUE(workers.run([&] { long_work.pass(false); }));
  EXPECT_TRUE(long_work.holds(many)) << "though nobody else comes who would wake one more";
  ASSERT_TRUE(workers.run([&] { done.pass(false); }));
  EXPECT_TRUE(done.holds(1));
  long_work.open();
  done.open();
}

TEST(Workers, AFullQueueTurnsAway) {
  Gate first;
  std::atomic<int> ran{0};
  {
    Workers workers(1, 2);
    ASSERT_TRUE(workers.run([&] { first.pass(false); }));
    ASSERT_TRUE(first.holds(1));
    EXPECT_TRUE(workers.run([&] { ++ran; }));
    EXPECT_TRUE(workers.run([&] { ++ran; }));
    EXPECT_FALSE(workers.run([&] { ++ran; }));
    first.open();
  }
  EXPECT_EQ(ran, 2);
}

TEST(Workers, FinishWhatIsQueuedBeforeTheyEnd) {
  std::atomic<int> ran{0};
  {
    Workers workers(3, 1000);
    for (int i = 0; i < 500; ++i)
      ASSERT_TRUE(workers.run([&] {
        std::this_thread::sleep_for(100us);
        ++ran;
      }));
  }
  EXPECT_EQ(ran, 500);
}

TEST(Workers, LoseNoJobWhereManySendAndWait) {
  std::atomic<int> ran{0}, sent{0};
  {
    Workers workers(16, 100'000);
    std::vector<std::thread> senders;
    for (int s = 0; s < 4; ++s)
      senders.emplace_back([&] {
        for (int i = 0; i < 500; ++i)
          sent += workers.run([&, i] {
            if (i % 3 == 0) {
              Waiting waiting;
              Waiting within;  // a wait within a wait is one
              std::this_thread::sleep_for(50us);
            }
            ++ran;
          });
      });
    for (std::thread& sender : senders) sender.join();
  }
  EXPECT_EQ(sent, 2000);
  EXPECT_EQ(ran, 2000);
}

}  // namespace
}  // namespace danchu::web
