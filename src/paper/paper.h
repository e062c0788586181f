// Papers: one document model, printed as PDF (Pango and Cairo) and as a DOCX draft (Office Open XML), laid
// out as Vietnamese administrative papers are (practice P99): A4, margins in millimetres, Tinos/Liberation
// Serif. danchu drafts; numbers, seals and signatures are the office's own (P101-P104).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace danchu::paper {

enum class Align { left, centre, right, justified };

// A run of text in one style inside a paragraph.
struct Run {
  std::string text;
  bool bold = false, italic = false, underline = false;
};

struct Paragraph {
  std::vector<Run> runs;
  Align align = Align::justified;
  double size_pt = 13.5;
  double indent_mm = 0;  // first line
  double space_before_pt = 0, space_after_pt = 4;
  bool dotted_rest = false;  // dots up to the margin, where something is written by hand
};

struct Cell {
  std::vector<Paragraph> paragraphs;  // none: an empty cell
};
struct Table {
  std::vector<double> widths;  // shares of the text width, they sum to 1
  bool borders = true;
  bool header_row = false;   // repeated on every page
  double row_height_mm = 0;  // of the other rows at least: room to write or sign by hand
  std::vector<std::vector<Cell>> rows;
};

// Who signs: title above, room for the signature, the name below when it is known.
struct Signature {
  std::string title;  // "TRƯỞNG BẢN"
  std::string note;   // "(Ký, ghi rõ họ tên)"
  std::string name;
};

// The two-column head of a paper: left the body that makes it, right quốc hiệu and tiêu ngữ; place and date
// under it.
struct Head {
  std::vector<std::string> left;  // lines: {"UBND XÃ MƯỜNG BÚ", "BẢN NÀ CÁ"}, the last in bold, underlined
  std::string place_and_date;  // "Mường Bú, ngày 12 tháng 12 năm 2026"
};

struct Block {
  // Exactly one of these.
  std::optional<Paragraph> paragraph;
  std::optional<Table> table;
  std::vector<Signature> signatures;  // side by side, two a row; one alone stands on the right
  bool page_break = false;
};

enum class PageSize { a4, a5 };

struct Document {
  PageSize size = PageSize::a4;
  std::string title;  // PDF metadata, and the file's name
  std::string language = "vi";
  std::optional<Head> head;
  std::vector<std::string> heading;  // centred bold capitals: {"GIẤY MỜI", "Họp cộng đồng dân cư"}
  std::vector<Block> blocks;
  // A QR code to the public page with a line under it ("Mã kiểm chứng 12-9F0C…"), at the foot of the last
  // page.
  std::string qr_url, qr_caption;
  std::string watermark;  // "BẢN MINH HỌA", grey across each page, or empty
  Instant made;           // in the file's metadata; the same document gives the same bytes
  // Set smaller, down to half, until it fits on one page: what is handed out one sheet each.
  bool one_page = false;
  // Further papers in the same file, each on pages of its own that are counted from 1 again. Size, title,
  // language and time are the first one's.
  std::vector<Document> next;
};

// Throws std::runtime_error when the font is missing; the text itself cannot fail.
std::string to_pdf(const Document& document);
std::string to_docx(const Document& document);

// A QR code (error correction M) as a standalone SVG with a quiet zone, `px` wide. Throws std::length_error
// for more than 2,331 bytes.
std::string qr_svg(const std::string& text, int px);

// Shorthands the forms are written with.
Paragraph plain(std::string text);
Paragraph bold(std::string text);
Paragraph dotted(std::string label,
                 std::string value = "");  // "Chủ trì: ……", the value instead of dots when known
Paragraph centred(Paragraph p);
Block block(Paragraph p);
Block block(Table t);
Block block(std::vector<Signature> s);
Block page_break();
Cell cell(std::string text, Align align = Align::left);
Cell bold_cell(std::string text, Align align = Align::centre);

}  // namespace danchu::paper
