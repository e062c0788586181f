// The one door to Cairo and Pango: shaped text, lines and boxes, drawn on the pages of a PDF or on one
// picture. Lengths are points on a PDF and pixels on a picture, from the top left. One canvas at a time
// exists in the process: fonts are loaded once and shared, so others wait in the constructor.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "paper/paper.h"

namespace danchu::paper {

inline constexpr const char* paper_font = "Liberation Serif";
inline constexpr const char* picture_font = "Be Vietnam Pro, Liberation Sans";

struct TextStyle {
  const char* font = paper_font;
  double size = 13.5;
  Align align = Align::left;
  double indent = 0;  // of the first line
  double line_spacing = 1.1;
  bool bold = false, italic = false;  // of all runs
};

// Text shaped to a width and broken into lines. Belongs to the canvas that made it.
class ShapedText {
 public:
  struct Impl;
  explicit ShapedText(std::unique_ptr<Impl> impl);
  ShapedText(ShapedText&&) noexcept;
  ShapedText& operator=(ShapedText&&) noexcept;
  ~ShapedText();

  std::size_t lines() const;
  double line_height(std::size_t line) const;
  double height() const;                    // of all lines
  double natural_width() const;             // of the widest line
  double line_end(std::size_t line) const;  // where its last glyph ends, from the left edge
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

struct Colour {
  double red = 0, green = 0, blue = 0;
};

class Canvas {
 public:
  struct PdfInfo {
    std::string title, language;
    Instant made;
  };
  static std::unique_ptr<Canvas> pdf(double width, double height, const PdfInfo& info);
  static std::unique_ptr<Canvas> picture(int width, int height, Colour background);
  virtual ~Canvas() = default;

  // Throws std::runtime_error when the font is not installed.
  virtual ShapedText shape(const std::vector<Run>& runs, double width, const TextStyle& style) = 0;
  // Lines [first, first + count) with the top of the first one at y.
  virtual void draw(const ShapedText& text, double x, double y, std::size_t first, std::size_t count,
                    Colour colour = {}) = 0;
  virtual void line(double x1, double y1, double x2, double y2, double thickness = 0.6) = 0;
  virtual void dots(double x1, double x2, double y) = 0;
  virtual void fill(double x, double y, double width, double height, Colour colour) = 0;
  // Large grey letters from the lower left to the upper right, behind what is drawn after.
  virtual void watermark(const std::string& text) = 0;
  virtual void next_page() = 0;
  // The PDF's or PNG's bytes; nothing can be drawn after.
  virtual std::string finish() = 0;
};

}  // namespace danchu::paper
