#include "paper/canvas.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>
#include <stdexcept>

namespace danchu::paper {
namespace {

struct Unref {
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoContext* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
  void operator()(PangoAttrList* p) const { pango_attr_list_unref(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

// Fonts are loaded once for the process; the font map is not safe to share without this.
std::mutex& fonts_in_use() {
  static std::mutex mutex;
  return mutex;
}
PangoFontMap* font_map() {
  static PangoFontMap* map = pango_cairo_font_map_new();
  return map;
}

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment alignment(Align align) {
  if (align == Align::centre) return PANGO_ALIGN_CENTER;
  return align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

void add_attribute(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  pango_attr_list_insert(list, attribute);
}

double units(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

}  // namespace

struct ShapedText::Impl {
  struct Line {
    PangoLayoutLine* line;
    double top, height, baseline, left, width;
  };
  Owned<PangoLayout> layout;
  std::vector<Line> lines;
};

ShapedText::ShapedText(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ShapedText::ShapedText(ShapedText&&) noexcept = default;
ShapedText& ShapedText::operator=(ShapedText&&) noexcept = default;
ShapedText::~ShapedText() = default;

std::size_t ShapedText::lines() const { return impl_->lines.size(); }
double ShapedText::line_height(std::size_t line) const { return impl_->lines[line].height; }
double ShapedText::height() const {
  double sum = 0;
  for (const Impl::Line& line : impl_->lines) sum += line.height;
  return sum;
}
double ShapedText::natural_width() const {
  double widest = 0;
  for (const Impl::Line& line : impl_->lines) widest = std::max(widest, line.width);
  return widest;
}
double ShapedText::line_end(std::size_t line) const {
  return impl_->lines[line].left + impl_->lines[line].width;
}

namespace {

class CairoCanvas final : public Canvas {
 public:
  CairoCanvas(double width, double height, const PdfInfo& info)
      : lock_(fonts_in_use()), width_(width), height_(height), is_pdf_(true) {
    surface_.reset(cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, width, height));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, info.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "danchu");
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, to_iso(info.made).c_str());
    start();
  }
  CairoCanvas(int width, int height, Colour background)
      : lock_(fonts_in_use()), width_(width), height_(height) {
    surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    start();
    fill(0, 0, width, height, background);
  }

  ShapedText shape(const std::vector<Run>& runs, double width, const TextStyle& style) override {
    Owned<PangoLayout> layout(pango_layout_new(context_.get()));
    set_font(layout.get(), style);
    set_text(layout.get(), runs);
    pango_layout_set_width(layout.get(), static_cast<int>(std::max(width, 1.0) * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_indent(layout.get(), static_cast<int>(style.indent * PANGO_SCALE));
    pango_layout_set_alignment(layout.get(), alignment(style.align));
    pango_layout_set_justify(layout.get(), style.align == Align::justified);
    return measured(std::move(layout), style.line_spacing);
  }

  void draw(const ShapedText& text, double x, double y, std::size_t first, std::size_t count,
            Colour colour) override {
    cairo_set_source_rgb(cairo_.get(), colour.red, colour.green, colour.blue);
    const auto& lines = text.impl().lines;
    for (std::size_t i = first; i < first + count; ++i) {
      cairo_move_to(cairo_.get(), x + lines[i].left, y + lines[i].baseline);
      pango_cairo_show_layout_line(cairo_.get(), lines[i].line);
      y += lines[i].height;
    }
  }

  void line(double x1, double y1, double x2, double y2, double thickness) override {
    cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
    cairo_set_line_width(cairo_.get(), thickness);
    cairo_move_to(cairo_.get(), x1, y1);
    cairo_line_to(cairo_.get(), x2, y2);
    cairo_stroke(cairo_.get());
  }

  void dots(double x1, double x2, double y) override {
    if (x2 - x1 < 6) return;
    const double pattern[] = {0, 3.2};
    cairo_save(cairo_.get());
    cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cairo_.get(), pattern, 2, 0);
    line(x1, y, x2, y, 0.9);
    cairo_restore(cairo_.get());
  }

  void fill(double x, double y, double width, double height, Colour colour) override {
    cairo_set_source_rgb(cairo_.get(), colour.red, colour.green, colour.blue);
    cairo_rectangle(cairo_.get(), x, y, width, height);
    cairo_fill(cairo_.get());
  }

  void watermark(const std::string& text) override {
    const double diagonal = std::hypot(width_, height_);
    TextStyle style{.size = 60, .align = Align::left, .bold = true};
    double natural = shape({{text}}, diagonal * 10, style).natural_width();
    style.size = std::min(90.0, 60 * diagonal * 0.62 / std::max(natural, 1.0));
    ShapedText shaped = shape({{text}}, diagonal * 10, style);
    cairo_save(cairo_.get());
    cairo_translate(cairo_.get(), width_ / 2, height_ / 2);
    cairo_rotate(cairo_.get(), -std::atan2(height_, width_));
    draw(shaped, -shaped.natural_width() / 2, -shaped.height() / 2, 0, 1, {0.88, 0.88, 0.88});
    cairo_restore(cairo_.get());
  }

  void next_page() override { cairo_show_page(cairo_.get()); }

  std::string finish() override {
    if (!is_pdf_) cairo_surface_write_to_png_stream(surface_.get(), append_bytes, &bytes_);
    cairo_.reset();
    cairo_surface_finish(surface_.get());
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(cairo_status_to_string(cairo_surface_status(surface_.get())));
    return std::move(bytes_);
  }

 private:
  void start() {
    cairo_.reset(cairo_create(surface_.get()));
    if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(cairo_status_to_string(cairo_status(cairo_.get())));
    context_.reset(pango_font_map_create_context(font_map()));
    pango_cairo_context_set_resolution(context_.get(), 72);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
  }

  void set_font(PangoLayout* layout, const TextStyle& style) {
    Owned<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), style.font);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    if (style.italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
    require(font.get(), style.font);
    pango_layout_set_font_description(layout, font.get());
  }

  // Pango answers with some font, whatever is asked for; a paper in the wrong one would not be noticed.
  void require(const PangoFontDescription* wanted, const std::string& families) {
    if (families == known_) return;
    PangoFont* font = pango_context_load_font(context_.get(), wanted);
    if (!font) throw std::runtime_error("no font is installed (package fonts-liberation2)");
    Owned<PangoFontDescription> got(pango_font_describe(font));
    std::string family = pango_font_description_get_family(got.get());
    g_object_unref(font);
    if (families.find(family) == std::string::npos)
      throw std::runtime_error("the font " + families + " is not installed (package fonts-liberation2)");
    known_ = families;
  }

  static void set_text(PangoLayout* layout, const std::vector<Run>& runs) {
    std::string text;
    Owned<PangoAttrList> attributes(pango_attr_list_new());
    for (const Run& run : runs) {
      const std::size_t from = text.size();
      text += run.text;
      if (run.bold)
        add_attribute(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, text.size());
      if (run.italic)
        add_attribute(attributes.get(), pango_attr_style_new(PANGO_STYLE_ITALIC), from, text.size());
      if (run.underline)
        add_attribute(attributes.get(), pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, text.size());
    }
    pango_layout_set_attributes(layout, attributes.get());
    pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
  }

  static ShapedText measured(Owned<PangoLayout> layout, double spacing) {
    auto impl = std::make_unique<ShapedText::Impl>();
    PangoLayoutIter* at = pango_layout_get_iter(layout.get());
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(at, nullptr, &box);
      const double height = units(box.height);
      impl->lines.push_back({pango_layout_iter_get_line_readonly(at), units(box.y), height * spacing,
                             units(pango_layout_iter_get_baseline(at) - box.y) + height * (spacing - 1) / 2,
                             units(box.x), units(box.width)});
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    impl->layout = std::move(layout);
    return ShapedText(std::move(impl));
  }

  std::lock_guard<std::mutex> lock_;
  double width_, height_;
  bool is_pdf_ = false;
  std::string bytes_;
  std::string known_;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> cairo_;
  Owned<PangoContext> context_;
};

}  // namespace

std::unique_ptr<Canvas> Canvas::pdf(double width, double height, const PdfInfo& info) {
  return std::make_unique<CairoCanvas>(width, height, info);
}

std::unique_ptr<Canvas> Canvas::picture(int width, int height, Colour background) {
  return std::make_unique<CairoCanvas>(width, height, background);
}

}  // namespace danchu::paper
