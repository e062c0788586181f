#include "people/password.h"

#include <gtest/gtest.h>

#include <set>

namespace danchu::people {
namespace {

TEST(Passwords, OfChanceAreLongAndDifferent) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_password());
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(seen.begin()->size(), 19u);
}

}  // namespace
}  // namespace danchu::people
