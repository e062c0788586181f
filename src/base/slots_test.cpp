#include "base/slots.h"

#include <gtest/gtest.h>

#include <thread>

namespace danchu {
namespace {

using namespace std::chrono_literals;

TEST(Slots, AreAsManyAsSaidAndComeBack) {
  Slots slots(2, 4);
  {
    Slots::Held one(slots, 0ms), two(slots, 0ms);
    EXPECT_TRUE(one);
    EXPECT_TRUE(two);
    EXPECT_FALSE(Slots::Held(slots, 1ms));
  }
  EXPECT_TRUE(Slots::Held(slots, 0ms));
}

TEST(Slots, TurnAwayAtOnceWhenTooManyWait) {
  Slots slots(1, 1);
  Slots::Held one(slots, 0ms);
  std::thread waits([&] { EXPECT_FALSE(Slots::Held(slots, 300ms)); });
  std::this_thread::sleep_for(50ms);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_FALSE(Slots::Held(slots, 10s));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
  waits.join();
}

}  // namespace
}  // namespace danchu
