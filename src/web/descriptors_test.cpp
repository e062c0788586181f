#include "web/descriptors.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>

namespace danchu::web {
namespace {

TEST(Descriptors, TheSoftLimitIsRaisedToTheHardOne) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit low{std::min<rlim_t>(256, before.rlim_max), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  EXPECT_EQ(raise_descriptor_limit(), before.rlim_max);
  EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
}

TEST(Descriptors, ConnectionsLeaveRoomForWhatElseIsOpen) {
  EXPECT_EQ(connections_within(16'384, 2'000, 64), 2'000u);
  EXPECT_EQ(connections_within(1'024, 2'000, 64), 832u);
  EXPECT_EQ(connections_within(64, 2'000, 64), 16u);
}

}  // namespace
}  // namespace danchu::web
