// One-time codes by their standard, and passwords of chance.
#include "people/totp.h"

#include <gtest/gtest.h>

#include "people/password.h"

namespace danchu::people {
namespace {

using namespace std::chrono_literals;

TEST(Totp, FollowsTheStandardsExamples) {  // RFC 6238, appendix B, the last six of eight digits
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(totp_code(secret, 59 / 30), "287082");
  EXPECT_EQ(totp_code(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(totp_code(secret, 1234567890 / 30), "005924");
  EXPECT_EQ(totp_code(secret, 20000000000 / 30), "353130");
  EXPECT_EQ(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(Totp, TakesOneStepEarlierOrLaterAndNoneTwice) {
  const std::string secret = "12345678901234567890";
  Instant now{1'800'000'000LL * 1'000'000};
  std::int64_t step = totp_step(now);
  struct Case {
    std::int64_t of, last_used;
    bool fits;
  };
  for (Case c : {Case{step, 0, true},
                 {step - 1, 0, true},
                 {step + 1, 0, true},
                 {step - 2, 0, false},
                 {step + 2, 0, false},
                 {step, step, false},
                 {step - 1, step, false},
                 {step + 1, step, true}})
    EXPECT_EQ(matching_step(secret, totp_code(secret, c.of), now, c.last_used).has_value(), c.fits)
        << c.of - step;
  EXPECT_FALSE(matching_step(secret, "", now, 0));
  EXPECT_FALSE(matching_step(secret, "12345a", now, 0));
}

TEST(Passwords, OfChanceAreLongAndDifferent) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_password());
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(seen.begin()->size(), 19u);
}

}  // namespace
}  // namespace danchu::people
