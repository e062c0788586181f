#include "web/map.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "web/format.h"

namespace danchu::web {

namespace {

constexpr double gap = 0.06;      // between circles, in mean radii
constexpr double covered = 0.60;  // of the units' box, by all circles together
constexpr double least = 0.80;    // radius, in mean radii: a finger must find the smallest
constexpr double most = 1.9;
constexpr double margin = 26;  // of the drawing, in its units

// Flat positions: a degree of longitude is shorter than one of latitude.
std::vector<MapCircle> true_places(const std::vector<MapUnit>& units) {
  double middle = 0;
  for (const MapUnit& unit : units) middle += static_cast<double>(unit.latitude_e4) / 1e4;
  double narrow = std::cos(middle / static_cast<double>(units.size()) * 3.14159265358979 / 180);
  std::vector<MapCircle> places;
  for (const MapUnit& unit : units)
    places.push_back({static_cast<double>(unit.longitude_e4) / 1e4 * narrow,
                      -static_cast<double>(unit.latitude_e4) / 1e4, 0});
  return places;
}

struct Box {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};
Box box_of(const std::vector<MapCircle>& circles) {
  Box box;
  for (const MapCircle& c : circles) {
    box.left = std::min(box.left, c.x - c.radius);
    box.right = std::max(box.right, c.x + c.radius);
    box.top = std::min(box.top, c.y - c.radius);
    box.bottom = std::max(box.bottom, c.y + c.radius);
  }
  return box;
}

double set_radii(std::vector<MapCircle>& circles, const std::vector<MapUnit>& units) {
  Box box = box_of(circles);
  double area = std::max(box.width(), 0.2) * std::max(box.height(), 0.2);
  double mean = std::sqrt(covered * area / static_cast<double>(units.size()) / 3.14159265358979);
  double weights = 0;
  for (const MapUnit& unit : units) weights += static_cast<double>(std::max<std::int64_t>(unit.weight, 1));
  for (std::size_t i = 0; i < units.size(); ++i) {
    double share = static_cast<double>(std::max<std::int64_t>(units[i].weight, 1)) *
                   static_cast<double>(units.size()) / weights;
    circles[i].radius = mean * std::clamp(std::sqrt(share), least, most);
  }
  return mean;
}

// Pushes every overlapping pair apart along its line; tells how far the worst overlap was.
double push_apart(std::vector<MapCircle>& circles, double between) {
  double worst = 0;
  for (std::size_t i = 0; i < circles.size(); ++i) {
    for (std::size_t j = i + 1; j < circles.size(); ++j) {
      MapCircle &a = circles[i], &b = circles[j];
      double dx = b.x - a.x, dy = b.y - a.y, wanted = a.radius + b.radius + between;
      double distance = std::sqrt(dx * dx + dy * dy);
      if (distance >= wanted) continue;
      if (distance < 1e-9) {  // two units at one place: apart by their order
        dx = 1e-6;
        dy = 1e-6 * static_cast<double>(i + j);
        distance = std::sqrt(dx * dx + dy * dy);
      }
      double push = (wanted - std::min(distance, wanted)) / 2 / distance;
      worst = std::max(worst, wanted - distance);
      a.x -= dx * push;
      a.y -= dy * push;
      b.x += dx * push;
      b.y += dy * push;
    }
  }
  return worst;
}

void settle(std::vector<MapCircle>& circles, double mean) {
  const std::vector<MapCircle> home = circles;
  for (int round = 0; round < 200; ++round) {
    double pull = 0.06 * (1 - round / 200.0);
    for (std::size_t i = 0; i < circles.size(); ++i) {
      circles[i].x += (home[i].x - circles[i].x) * pull;
      circles[i].y += (home[i].y - circles[i].y) * pull;
    }
    push_apart(circles, mean * gap);
  }
  for (int round = 0; round < 5000 && push_apart(circles, mean * gap) > mean * gap / 2; ++round) {
  }
}

// One decimal is a tenth of a pixel.
std::string number(double value, int decimals = 1) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  std::string out = text;
  while (out.ends_with('0')) out.pop_back();
  if (out.ends_with('.')) out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string_view state_class(MapState state) {
  switch (state) {
    case MapState::coming:
      return " class=\"dc-map--coming\"";
    case MapState::open:
      return " class=\"dc-map--open\"";
    case MapState::decided:
      return " class=\"dc-map--decided\"";
    case MapState::late:
      return " class=\"dc-map--late\"";
    case MapState::none:
      break;
  }
  return "";
}

// The words of a label on up to three lines, as even as they come.
std::vector<std::string> lines_of(const std::string& label) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < label.size();) {
    std::size_t end = std::min(label.find(' ', at), label.size());
    lines.push_back(label.substr(at, end - at));
    at = end + 1;
  }
  while (lines.size() > 3) {
    lines[lines.size() - 2] += " " + lines.back();
    lines.pop_back();
  }
  if (lines.size() == 3) {  // the two shorter neighbours share a line
    bool first = length_in_characters(lines[0]) <= length_in_characters(lines[2]);
    std::size_t i = first ? 0 : 1;
    lines[i] += " " + lines[i + 1];
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return lines;
}

// The label as large as its circle lets it be; left out where nobody could read it.
std::string label_svg(const MapUnit& unit, const MapCircle& c) {
  std::vector<std::string> lines = lines_of(unit.label);
  std::size_t longest = 1;
  for (const std::string& line : lines) longest = std::max(longest, length_in_characters(line));
  double size = 24, lines_high = static_cast<double>(lines.size());
  // The widest line has to fit the chord at the height the lines reach.
  auto fits = [&] {
    double reach = size * 0.95 * lines_high / 2, inner = c.radius * 0.95;
    return reach < inner &&
           0.58 * size * static_cast<double>(longest) <= 2 * std::sqrt(inner * inner - reach * reach);
  };
  while (size >= 11 && !fits()) size -= 0.5;
  if (size < 11) return {};
  std::string out = "<text font-size=\"" + number(size) + "\" y=\"" + number(c.y) + "\">";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    double down = i == 0 ? -0.56 * (lines_high - 1) : 1.12;
    out += "<tspan x=\"" + number(c.x) + "\" dy=\"" + number(down, 2) + "em\">" + html_escape(lines[i]) +
           "</tspan>";
  }
  return out + "</text>";
}

// The names a phone shows, where labels in circles are too small: units with a state, the heaviest first, as
// long as a name does not lie over another.
std::string names_svg(const std::vector<MapUnit>& units, const std::vector<MapCircle>& circles) {
  constexpr double letter = 22, line = 44;  // of the bold 36 that the styles set
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < units.size(); ++i)
    if (units[i].state != MapState::none) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return units[a].weight > units[b].weight; });
  struct Name {
    double x, y, half;
  };
  std::vector<Name> shown;
  std::string out;
  for (std::size_t i : order) {
    double half = letter / 2 * static_cast<double>(length_in_characters(units[i].label));
    double x =
        std::clamp(circles[i].x, std::min(half, 500.0), std::max(1000 - half, 500.0));  // inside the drawing
    Name name{x, circles[i].y, half};
    bool free = std::none_of(shown.begin(), shown.end(), [&](const Name& other) {
      return std::abs(other.x - name.x) < other.half + name.half && std::abs(other.y - name.y) < line;
    });
    if (!free) continue;
    shown.push_back(name);
    out += "<text x=\"" + number(x) + "\" y=\"" + number(name.y) + "\">" + html_escape(units[i].label) +
           "</text>";
  }
  return out.empty() ? out : "<g class=\"dc-map__names\" aria-hidden=\"true\">" + out + "</g>";
}

// A soft ground under all circles together, as one shape.
std::string ground(const std::vector<MapCircle>& circles) {
  std::string path = "<path class=\"dc-map__ground\" d=\"";
  for (const MapCircle& c : circles) {
    std::string r = number(c.radius + 16), across = number(2 * c.radius + 32);
    path += "M" + number(c.x - c.radius - 16) + " " + number(c.y) + "a" + r + " " + r + " 0 1 0 " + across +
            " 0a" + r + " " + r + " 0 1 0-" + across + " 0";
  }
  return path + "\"/>";
}

}  // namespace

std::vector<MapCircle> place_circles(const std::vector<MapUnit>& units, double width, double& height) {
  height = 0;
  if (units.empty()) return {};
  std::vector<MapCircle> circles = true_places(units);
  double mean = set_radii(circles, units);
  settle(circles, mean);
  Box box = box_of(circles);
  double scale = (width - 2 * margin) / std::max(box.width(), box.height() * 0.8);
  for (MapCircle& c : circles)
    c = {margin + (c.x - box.left) * scale, margin + (c.y - box.top) * scale, c.radius * scale};
  double slack = (width - 2 * margin - box.width() * scale) / 2;
  for (MapCircle& c : circles) c.x += slack;
  height = std::ceil(box.height() * scale + 2 * margin);
  return circles;
}

SafeHtml unit_map(const std::vector<MapUnit>& units, std::string_view title) {
  double height = 0;
  std::vector<MapCircle> circles = place_circles(units, 1000, height);
  std::string out = "<svg class=\"dc-map\" viewBox=\"0 0 1000 " + number(height) +
                    "\" role=\"group\" aria-label=\"" + html_escape(title) + "\">" + ground(circles);
  // In reading order: from the north-west, band by band.
  std::vector<std::size_t> order(units.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    int band_a = static_cast<int>(circles[a].y / 90), band_b = static_cast<int>(circles[b].y / 90);
    return band_a != band_b ? band_a < band_b : circles[a].x < circles[b].x;
  });
  for (std::size_t i : order) {
    const MapUnit& unit = units[i];
    std::string name = html_escape(unit.note.empty() ? unit.label : unit.label + ": " + unit.note);
    out += "<a href=\"" + html_escape(localised(unit.href, "vi")) + "\"" +
           std::string(state_class(unit.state)) + "><title>" + name + "</title><circle cx=\"" +
           number(circles[i].x) + "\" cy=\"" + number(circles[i].y) + "\" r=\"" + number(circles[i].radius) +
           "\"/>" + label_svg(unit, circles[i]) + "</a>";
  }
  return {out + names_svg(units, circles) + "</svg>"};
}

}  // namespace danchu::web
