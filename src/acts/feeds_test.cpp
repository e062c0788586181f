#include <gmock/gmock.h>

#include "acts/pages.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

using testing::HasSubstr;

std::vector<Head> two_heads() {
  const Instant at = at_local(make_date(2026, 11, 2), 8, 0);
  return {{17, std::string(32, 'b'), at + std::chrono::hours(24), "00112233aabbccdd", std::string(64, 's')},
          {12, std::string(32, 'a'), at, "00112233aabbccdd", std::string(64, 's')}};
}

TEST(Feeds, AnchorsAreLinesVerifyReads) {
  const std::string lines = heads_as_lines(two_heads(), "http://localhost:8080");
  EXPECT_THAT(lines, HasSubstr("\n17 " + to_hex(std::string(32, 'b')) + "\n"));
  EXPECT_THAT(lines, HasSubstr("\n12 " + to_hex(std::string(32, 'a')) + "\n"));
  EXPECT_EQ(lines[0], '#');
}

TEST(Feeds, AtomHasWhatRfc4287Requires) {
  const std::string feed = heads_as_atom(two_heads(), "http://a&b", two_heads()[0].time);
  for (const char* part :
       {"<feed xmlns=\"http://www.w3.org/2005/Atom\"", "<id>http://a&amp;b/kiem-chung/moc.atom</id>",
        "<updated>2026-11-03T01:00:00Z</updated>", "<author><name>", "rel=\"self\"", "#2026-11-02</id>",
        "#2026-11-03</id>"})
    EXPECT_THAT(feed, HasSubstr(part));
  EXPECT_THAT(heads_as_atom({}, "http://x", two_heads()[0].time),
              HasSubstr("<updated>2026-11-03T01:00:00Z</updated>"));
}

}  // namespace
}  // namespace danchu::acts
