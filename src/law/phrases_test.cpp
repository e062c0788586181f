#include "law/phrases.h"

#include <gtest/gtest.h>

namespace danchu::law {
namespace {

TEST(Phrases, AShareIsSaidInWords) {
  const struct {
    int numerator, denominator;
    bool strict;
    const char *vi, *en;
  } table[] = {{2, 3, false, "hai phần ba", "two thirds"},
               {1, 2, true, "trên một nửa", "more than half"},
               {1, 2, false, "một nửa", "half"},
               {3, 4, false, "ba phần tư", "three quarters"},
               {7, 12, false, "7/12", "7/12"}};
  for (const auto& line : table) {
    Value share;
    share.numerator = line.numerator;
    share.denominator = line.denominator;
    share.strict = line.strict;
    EXPECT_EQ(share_text(share, "vi"), line.vi);
    EXPECT_EQ(share_text(share, "en"), line.en);
  }
  EXPECT_EQ(share_text({}, "vi"), "");
}

}  // namespace
}  // namespace danchu::law
