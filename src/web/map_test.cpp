#include "web/map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace danchu::web {
namespace {

// Units strewn over two degrees, some of them at one and the same place.
std::vector<MapUnit> strewn(int n) {
  std::vector<MapUnit> units;
  std::uint32_t seed = 12345;
  auto next = [&] { return (seed = seed * 1664525 + 1013904223) >> 8; };
  for (int i = 0; i < n; ++i)
    units.push_back({"Xã " + std::to_string(i), 206'500 + next() % 13'500, 1'032'000 + next() % 18'000,
                     i % 10 == 0 ? 0 : 3'000 + next() % 40'000, "/xa/" + std::to_string(i), MapState::none,
                     ""});
  for (int i = 1; i < 4 && i < n; ++i) {
    units[i].latitude_e4 = units[0].latitude_e4;
    units[i].longitude_e4 = units[0].longitude_e4;
  }
  return units;
}

TEST(Map, CirclesStandApartInsideTheBox) {
  for (int n : {1, 2, 3, 75, 170}) {
    double height = 0;
    auto circles = place_circles(strewn(n), 1000, height);
    ASSERT_EQ(circles.size(), static_cast<std::size_t>(n));
    EXPECT_GT(height, 0);
    EXPECT_LT(height, 2000);
    for (std::size_t i = 0; i < circles.size(); ++i) {
      const MapCircle& a = circles[i];
      EXPECT_GE(a.x - a.radius, 0);
      EXPECT_GE(a.y - a.radius, 0);
      EXPECT_LE(a.x + a.radius, 1000);
      EXPECT_LE(a.y + a.radius, height);
      for (std::size_t j = i + 1; j < circles.size(); ++j)
        EXPECT_GT(std::hypot(a.x - circles[j].x, a.y - circles[j].y), a.radius + circles[j].radius)
            << n << ": " << i << " " << j;
    }
  }
}

TEST(Map, LargerUnitsHaveLargerCirclesNearTheirPlace) {
  std::vector<MapUnit> units = {{"Bắc", 220'000, 1'040'000, 10'000, "/a", MapState::none, ""},
                                {"Nam", 206'000, 1'040'000, 20'000, "/b", MapState::none, ""},
                                {"Đông", 213'000, 1'050'000, 15'000, "/c", MapState::none, ""}};
  double height = 0;
  auto c = place_circles(units, 1000, height);
  EXPECT_LT(c[0].y, c[2].y);
  EXPECT_LT(c[2].y, c[1].y);
  EXPECT_GT(c[2].x, c[0].x);
  EXPECT_LT(c[0].radius, c[2].radius);
  EXPECT_LT(c[2].radius, c[1].radius);
}

TEST(Map, SvgIsStableEscapedAndLinked) {
  auto units = strewn(5);
  units[0].label = "<b>\"É\"</b>";
  units[0].note = "2 & 3";
  units[1].href = "javascript:alert(1)";
  units[2].state = MapState::late;
  std::string svg = unit_map(units, "Sơn La \"x\"").value;
  EXPECT_EQ(svg, unit_map(units, "Sơn La \"x\"").value);
  EXPECT_THAT(svg, testing::HasSubstr("aria-label=\"Sơn La &quot;x&quot;\""));
  EXPECT_THAT(svg, testing::HasSubstr("<title>&lt;b&gt;&quot;É&quot;&lt;/b&gt;: 2 &amp; 3</title>"));
  EXPECT_THAT(svg, testing::HasSubstr("<a href=\"/xa/0\">"));
  EXPECT_THAT(svg, testing::HasSubstr("<a href=\"#\">"));
  EXPECT_THAT(svg, testing::HasSubstr("<a href=\"/xa/2\" class=\"dc-map--late\">"));
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("<b>")));
  EXPECT_THAT(unit_map({}, "x").value, testing::StartsWith("<svg"));
}

}  // namespace
}  // namespace danchu::web
