#include "paper/picture.h"

#include <algorithm>

#include "paper/canvas.h"

namespace danchu::paper {
namespace {

constexpr int width = 1200, height = 630, edge = 60;
constexpr double inner = width - 2 * edge;
constexpr Colour paper{1, 1, 1}, band{0.66, 0.09, 0.11}, ink{0.06, 0.07, 0.1}, green{0, 0.38, 0.2};

ShapedText line_of(Canvas& canvas, const std::string& text, double size, bool bold) {
  return canvas.shape({{text}}, inner,
                      {.font = picture_font, .size = size, .line_spacing = 1.05, .bold = bold});
}

// The largest size at which the title fits in three lines, else 48 pixels.
ShapedText title_of(Canvas& canvas, const std::string& title) {
  for (double size : {84.0, 72.0, 64.0, 56.0})
    if (ShapedText shaped = line_of(canvas, title, size, true); shaped.lines() <= 3) return shaped;
  return line_of(canvas, title, 48, true);
}

Colour colour_of(Tone tone) {
  switch (tone) {
    case Tone::passed:
      return green;
    case Tone::failed:
      return band;
    default:
      return ink;
  }
}

}  // namespace

std::string share_picture_png(const std::string& title, const std::string& line, const std::string& footer,
                              Tone tone) {
  auto canvas = Canvas::picture(width, height, paper);
  canvas->fill(0, 0, 24, height, tone == Tone::passed ? green : band);
  ShapedText heading = title_of(*canvas, title);
  const std::size_t lines = std::min<std::size_t>(heading.lines(), 4);
  canvas->draw(heading, edge, edge - 10, 0, lines, ink);
  ShapedText result = line_of(*canvas, line, 54, false);
  double y = edge + 10;
  for (std::size_t i = 0; i < lines; ++i) y += heading.line_height(i);
  canvas->draw(result, edge, y, 0, std::min<std::size_t>(result.lines(), 2), colour_of(tone));
  ShapedText whose = line_of(*canvas, footer, 48, false);
  canvas->draw(whose, edge, height - edge - whose.line_height(0) + 20, 0, 1, ink);
  return canvas->finish();
}

std::string invented_paper_png(const std::string& heading, const std::vector<std::string>& lines,
                               const std::string& mark) {
  constexpr int across = 840, down = 1188, margin = 80;
  auto canvas = Canvas::picture(across, down, paper);
  canvas->watermark(mark);
  double y = margin;
  auto put = [&](const std::string& text, double size, bool bold) {
    ShapedText shaped =
        canvas->shape({{text}}, across - 2 * margin, {.font = picture_font, .size = size, .bold = bold});
    canvas->draw(shaped, margin, y, 0, shaped.lines(), ink);
    y += shaped.height() + size;
  };
  put(heading, 34, true);
  for (const std::string& line : lines) put(line, 24, false);
  return canvas->finish();
}

}  // namespace danchu::paper
