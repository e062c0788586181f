// A map of units without borders: one circle each, as large as its population, as near its true place as
// circles that do not overlap can be (after Dorling). Made on the server, the same for the same units.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/record.h"

namespace danchu::web {

enum class MapState { none, coming, open, decided, late };

struct MapUnit {
  std::string label;                               // "Tô Hiệu"
  std::int64_t latitude_e4 = 0, longitude_e4 = 0;  // degrees * 10,000
  std::int64_t weight = 0;                         // population; 0 counts as the smallest
  std::string href;                                // as Request::href gives it
  MapState state = MapState::none;
  std::string note;  // said after the label: "2 matters open"
};

struct MapCircle {
  double x = 0, y = 0, radius = 0;
};
// Positions in a box `width` units wide, y downwards; `height` is set to what they need. Up to some 500
// units.
std::vector<MapCircle> place_circles(const std::vector<MapUnit>& units, double width, double& height);

// SVG with a link for each unit, named by <title>; `title` names the whole. Put a list of the same links
// beside it.
SafeHtml unit_map(const std::vector<MapUnit>& units, std::string_view title);

}  // namespace danchu::web
