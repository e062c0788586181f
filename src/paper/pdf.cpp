#include <algorithm>
#include <utility>

#include "paper/canvas.h"
#include "paper/layout.h"
#include "paper/pdf_language.h"
#include "paper/qr.h"

namespace danchu::paper {
namespace {

// A paragraph broken into lines for its column.
struct Set {
  ShapedText text;
  double before, after;
  bool dotted_rest;
  double height() const { return before + text.height() + after; }
};
// How far a cell has been drawn.
struct Place {
  std::size_t paragraph = 0, line = 0;
};

// Shapes text as another canvas does and draws nothing: to count pages before they are drawn.
class Blind final : public Canvas {
 public:
  explicit Blind(Canvas& shapes) : shapes_(shapes) {}
  ShapedText shape(const std::vector<Run>& runs, double width, const TextStyle& style) override {
    return shapes_.shape(runs, width, style);
  }
  void draw(const ShapedText&, double, double, std::size_t, std::size_t, Colour) override {}
  void line(double, double, double, double, double) override {}
  void dots(double, double, double) override {}
  void fill(double, double, double, double, Colour) override {}
  void watermark(const std::string&) override {}
  void next_page() override {}
  std::string finish() override { return {}; }

 private:
  Canvas& shapes_;
};

class Setter {
 public:
  explicit Setter(const Document& document)
      : document_(&document),
        sheet_(sheet_of(document.size)),
        pdf_(Canvas::pdf(sheet_.width, sheet_.height, {document.title, document.language, document.made})),
        canvas_(pdf_.get()) {}

  std::string run() {
    const Document& first = *document_;
    begin(first);
    paper();
    for (const Document& next : first.next) {
      begin(next);
      canvas_->next_page();
      paper();
    }
    return with_language(pdf_->finish(), first.language);
  }

  std::vector<double> fits() {
    const Document& first = *document_;
    begin(first);
    std::vector<double> all{fit_};
    for (const Document& next : first.next) {
      begin(next);
      all.push_back(fit_);
    }
    return all;
  }

 private:
  // Turns to a paper, at the size it is to be set in.
  void begin(const Document& document) {
    constexpr int most = 20, least = 10;  // twentieths
    document_ = &document;
    for (int size = most; size >= least; --size) {
      at_size(size / static_cast<double>(most));
      if (!document.one_page || pages() == 1) break;
    }
    page_ = 0;
  }
  void at_size(double fit) {
    fit_ = fit;
    sheet_.scale = full_ * fit;
  }
  int pages() {
    Blind blind(*pdf_);
    canvas_ = &blind;
    page_ = 0;
    paper();
    canvas_ = pdf_.get();
    return page_;
  }

  void paper() {
    free_left_.reset();
    begin_page();
    if (document_->head) head(*document_->head);
    heading();
    for (const Block& block : document_->blocks) {
      free_left_.reset();
      if (block.paragraph) paragraph(*block.paragraph);
      if (block.table) table(*block.table);
      if (!block.signatures.empty()) signatures(block.signatures);
      if (free_left_ && &block != &document_->blocks.back()) qr_beside();
      if (block.page_break) new_page();
    }
    if (!std::exchange(qr_drawn_, false)) qr();
  }

  // ---- pages

  void begin_page() {
    ++page_;
    y_ = sheet_.top;
    if (!document_->watermark.empty()) canvas_->watermark(document_->watermark);
    if (page_ == 1) return;
    ShapedText number = shape({{std::to_string(page_)}}, sheet_.text_width(), 13, Align::centre);
    canvas_->draw(number, sheet_.left, sheet_.top - number.height() - 2 * mm, 0, 1);
  }
  void new_page() {
    canvas_->next_page();
    begin_page();
  }
  double room() const { return sheet_.text_bottom() - y_; }
  bool at_top() const { return y_ <= sheet_.top; }
  // Starts a page unless this much fits on the present one; what is taller than a page starts where it
  // stands.
  void need(double height) {
    if (height > room() && !at_top()) new_page();
  }

  // ---- text

  ShapedText shape(const std::vector<Run>& runs, double width, double size, Align align, bool bold = false,
                   bool italic = false) {
    return canvas_->shape(runs, width,
                          {.size = size * sheet_.scale, .align = align, .bold = bold, .italic = italic});
  }
  // One line, made smaller until it is no wider than `width`.
  ShapedText fitted(const std::string& text, double width, double size, bool bold) {
    ShapedText shaped = shape({{text}}, 10'000, size, Align::left, bold);
    double wide = shaped.natural_width();
    return wide <= width ? std::move(shaped)
                         : shape({{text}}, 10'000, size * width / wide, Align::left, bold);
  }
  Set set(const Paragraph& p, double width) {
    TextStyle style{.size = p.size_pt * sheet_.scale, .align = p.align, .indent = p.indent_mm * mm};
    return {canvas_->shape(p.runs, width, style), p.space_before_pt * fit_, p.space_after_pt * fit_,
            p.dotted_rest};
  }
  void draw_centred(const ShapedText& text, double x, double width) {
    canvas_->draw(text, x + (width - text.natural_width()) / 2, y_, 0, text.lines());
  }

  void draw_line(const Set& set, std::size_t line, double x, double width) {
    canvas_->draw(set.text, x, y_, line, 1);
    if (set.dotted_rest && line + 1 == set.text.lines())
      canvas_->dots(x + set.text.line_end(line) + 3, x + width, y_ + set.text.line_height(line) * 0.8);
    y_ += set.text.line_height(line);
  }

  void paragraph(const Paragraph& p) {
    Set set = this->set(p, sheet_.text_width());
    if (!at_top()) y_ += set.before;
    const std::size_t lines = set.text.lines();
    for (std::size_t i = 0; i < lines; ++i) {
      // Neither the first nor the last line of a paragraph stands alone on a page.
      const bool pair = lines > 1 && (i == 0 || i + 2 == lines);
      need(set.text.line_height(i) + (pair ? set.text.line_height(i + 1) : 0));
      draw_line(set, i, sheet_.left, sheet_.text_width());
    }
    y_ += set.after;
  }

  // ---- head

  void head(const Head& head) {
    const double left_width = sheet_.text_width() * head_left_share - 2 * mm;
    const double right_width = sheet_.text_width() * (1 - head_left_share);
    const double right = sheet_.left + sheet_.text_width() - right_width;
    const double top = y_;
    left_head(head.left, left_width);
    const double left_end = y_;
    y_ = top;
    national_head(right, right_width);
    y_ = std::max(left_end, y_) + 3 * mm;
    ShapedText place = shape({{head.place_and_date}}, right_width, 13.5, Align::centre, false, true);
    canvas_->draw(place, right, y_, 0, place.lines());
    y_ += place.height() + 4 * mm;
  }

  void left_head(const std::vector<std::string>& lines, double width) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      ShapedText line = shape({{lines[i]}}, width, left_head_pt, Align::centre, i + 1 == lines.size());
      canvas_->draw(line, sheet_.left, y_, 0, line.lines());
      y_ += line.height();
      if (i + 1 == lines.size()) line_under(sheet_.left, width, width * 0.35);
    }
  }

  void national_head(double x, double width) {
    ShapedText name = fitted(national_name, width, national_name_pt, true);
    draw_centred(name, x, width);
    y_ += name.height();
    ShapedText motto = fitted(national_motto, width, national_motto_pt, true);
    draw_centred(motto, x, width);
    y_ += motto.height();
    line_under(x, width, motto.natural_width());
  }

  void line_under(double x, double width, double length) {
    y_ += 1.5;
    canvas_->line(x + (width - length) / 2, y_, x + (width + length) / 2, y_, 0.7);
    y_ += 1.5;
  }

  void heading() {
    if (document_->heading.empty()) return;
    y_ += 2 * mm;
    for (std::size_t i = 0; i < document_->heading.size(); ++i) {
      ShapedText line = shape({{document_->heading[i]}}, sheet_.text_width(), i == 0 ? heading_pt : 13.5,
                              Align::centre, true);
      need(line.height());
      canvas_->draw(line, sheet_.left, y_, 0, line.lines());
      y_ += line.height();
    }
    y_ += 4 * mm;
  }

  // ---- tables

  using SetRow = std::vector<std::vector<Set>>;

  SetRow set_row(const Table& table, const std::vector<Cell>& row) {
    SetRow set;
    for (std::size_t c = 0; c < table.widths.size(); ++c) {
      set.emplace_back();
      if (c >= row.size()) continue;
      for (const Paragraph& p : row[c].paragraphs)
        set.back().push_back(this->set(p, sheet_.text_width() * table.widths[c] - 2 * cell_padding));
    }
    return set;
  }
  // Of rows below a header.
  static double least_height(const Table& table, std::size_t row) {
    return table.header_row && row == 0 ? 0 : table.row_height_mm * mm;
  }
  static double height_of(const SetRow& row, double least = 0) {
    double tallest = least - 2 * cell_padding;
    for (const auto& cell : row) {
      double height = 0;
      for (const Set& set : cell) height += set.height();
      tallest = std::max(tallest, height);
    }
    return tallest + 2 * cell_padding;
  }

  void table(const Table& table) {
    std::optional<SetRow> header;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      SetRow row = set_row(table, table.rows[r]);
      const double header_height = header ? height_of(*header) : 0;
      const bool first_of_body = table.header_row && r == 0 && table.rows.size() > 1;
      double wanted = height_of(row) + (first_of_body ? height_of(set_row(table, table.rows[1])) : 0);
      const bool fits_a_page = wanted <= sheet_.text_height() - header_height;
      if (wanted > room() && !at_top() && (fits_a_page || room() < sheet_.text_height() / 4)) {
        new_page();
        if (header) draw_row(table, *header);
      }
      draw_row(table, row, header ? &*header : nullptr, least_height(table, r));
      if (table.header_row && r == 0) header = std::move(row);
    }
    y_ += 2 * mm;
  }

  // Draws a row, over as many pages as it needs.
  void draw_row(const Table& table, const SetRow& row, const SetRow* header = nullptr, double least = 0) {
    std::vector<Place> places(row.size());
    for (;;) {
      const double top = y_, bottom = sheet_.text_bottom() - cell_padding;
      double lowest = top + std::max(2 * cell_padding, least);
      bool all = true;
      double x = sheet_.left;
      for (std::size_t c = 0; c < row.size(); ++c) {
        const double width = sheet_.text_width() * table.widths[c];
        y_ = top + cell_padding;
        all = draw_cell(row[c], places[c], x + cell_padding, width - 2 * cell_padding, bottom) && all;
        lowest = std::max(lowest, y_ + cell_padding);
        x += width;
      }
      if (table.borders) borders(table, top, lowest);
      y_ = lowest;
      if (all) return;
      least = 0;
      new_page();
      if (header) draw_row(table, *header);
    }
  }

  // As many lines as end above `bottom`, at least one a page; true when the cell is finished.
  bool draw_cell(const std::vector<Set>& cell, Place& place, double x, double width, double bottom) {
    for (bool any = false; place.paragraph < cell.size(); ++place.paragraph, place.line = 0) {
      const Set& set = cell[place.paragraph];
      if (place.line == 0 && any) y_ += set.before;
      for (; place.line < set.text.lines(); ++place.line, any = true) {
        if (any && y_ + set.text.line_height(place.line) > bottom) return false;
        draw_line(set, place.line, x, width);
      }
      y_ += set.after;
    }
    return true;
  }

  void borders(const Table& table, double top, double bottom) {
    double x = sheet_.left;
    canvas_->line(x, top, x + sheet_.text_width(), top);
    canvas_->line(x, bottom, x + sheet_.text_width(), bottom);
    canvas_->line(x, top, x, bottom);
    for (double width : table.widths) {
      x += width * sheet_.text_width();
      canvas_->line(x, top, x, bottom);
    }
  }

  // ---- signatures

  struct SetSignature {
    ShapedText title, note, name;
    double above() const { return title.height() + note.height(); }
  };

  void signatures(const std::vector<Signature>& all) {
    const double width = sheet_.text_width() / 2 - 2 * mm;
    for (std::size_t i = 0; i < all.size(); i += 2) {
      std::vector<SetSignature> row;
      double above = 0, below = 0;
      for (std::size_t j = i; j < std::min(i + 2, all.size()); ++j) {
        row.push_back({shape({{all[j].title}}, width, 13, Align::centre, true),
                       shape({{all[j].note}}, width, 12, Align::centre, false, true),
                       shape({{all[j].name}}, width, 13.5, Align::centre, true)});
        above = std::max(above, row.back().above());
        below = std::max(below, row.back().name.height());
      }
      const double room_to_sign = signature_room * sheet_.scale;
      const double gap = i == 0 ? 4 * mm : 8 * mm;
      need(gap + above + room_to_sign + below);
      y_ += gap;
      if (all.size() == 1) free_left_ = y_;
      for (std::size_t j = 0; j < row.size(); ++j) {
        const bool on_the_right = j == 1 || all.size() == 1;
        signature(row[j], sheet_.left + (on_the_right ? width + 4 * mm : 0), above + room_to_sign);
      }
      y_ += above + room_to_sign + below;
    }
  }

  void signature(const SetSignature& s, double x, double to_name) {
    canvas_->draw(s.title, x, y_, 0, s.title.lines());
    canvas_->draw(s.note, x, y_ + s.title.height(), 0, s.note.lines());
    canvas_->draw(s.name, x, y_ + to_name, 0, s.name.lines());
  }

  // ---- the foot of the last page

  void qr() {
    if (document_->qr_url.empty()) return;
    const QrCode code = qr_code(document_->qr_url);
    ShapedText caption = caption_of(sheet_.text_width() - qr_side - 2 * mm);
    if (free_left_) {
      ShapedText narrow = caption_of(sheet_.text_width() / 2);
      const double top = sheet_.text_bottom() - qr_side - narrow.height();
      if (top >= *free_left_) {
        draw_code(code, top);
        canvas_->draw(narrow, sheet_.left, top + qr_side, 0, narrow.lines());
        return;
      }
    }
    need(qr_side + 2 * mm);
    const double top = sheet_.text_bottom() - qr_side;
    draw_code(code, top);
    canvas_->draw(caption, sheet_.left + qr_side + 2 * mm, top + (qr_side - caption.height()) / 2, 0,
                  caption.lines());
  }
  // What follows a signature that stands alone is cut off: the code stands on the part that is kept.
  void qr_beside() {
    if (document_->qr_url.empty()) return;
    const ShapedText caption = caption_of(sheet_.text_width() / 2);
    const double top = *free_left_;
    draw_code(qr_code(document_->qr_url), top);
    canvas_->draw(caption, sheet_.left, top + qr_side, 0, caption.lines());
    y_ = std::max(y_, top + qr_side + caption.height());
    qr_drawn_ = true;
  }
  ShapedText caption_of(double width) {
    return shape({{document_->qr_caption}}, width, 11, Align::left, false, true);
  }

  void draw_code(const QrCode& code, double top) {
    const double module = qr_side / (code.size + 2 * quiet_zone);
    for (int row = 0; row < code.size; ++row) draw_modules(code, row, module, top);
  }

  // Runs of dark modules as one box: no hairlines of white between modules when a printer rounds.
  void draw_modules(const QrCode& code, int row, double module, double top) {
    for (int x = 0; x < code.size; ++x) {
      if (!code.at(x, row)) continue;
      int end = x;
      while (end < code.size && code.at(end, row)) ++end;
      canvas_->fill(sheet_.left + (x + quiet_zone) * module, top + (row + quiet_zone) * module,
                    (end - x) * module, module * 1.02, {});
      x = end;
    }
  }

  const Document* document_;  // the one being set
  Sheet sheet_;               // its scale is that of the paper being set
  const double full_ = sheet_.scale;
  double fit_ = 1;
  const std::unique_ptr<Canvas> pdf_;
  Canvas* canvas_;  // the PDF, or one that only counts
  int page_ = 0;
  double y_ = 0;
  bool qr_drawn_ = false;
  std::optional<double> free_left_;  // from here down only the right half of the page is used
};

}  // namespace

std::string to_pdf(const Document& document) { return Setter(document).run(); }

std::vector<double> fits_of(const Document& document) {
  const auto whole = [](const Document& paper) { return !paper.one_page; };
  if (whole(document) && std::all_of(document.next.begin(), document.next.end(), whole))
    return std::vector<double>(1 + document.next.size(), 1);
  return Setter(document).fits();
}

}  // namespace danchu::paper
