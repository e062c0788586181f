// The DOCX draft of a paper: what an office finishes in its own system. WordprocessingML of ISO/IEC 29500,
// only the parts every word processor reads.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "paper/layout.h"
#include "paper/qr.h"
#include "paper/zip.h"

namespace danchu::paper {
namespace {

constexpr const char* declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

// XML 1.0 knows no control characters but tab and line ends; anything else of the kind is left out.
std::string xml(std::string_view text) {
  std::string clean;
  for (char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') clean += c;
  return html_escape(clean);
}

std::string twips(double points) { return std::to_string(std::lround(points * 20)); }
std::string half_points(double points) { return std::to_string(std::lround(points * 2)); }
std::string emu(double points) { return std::to_string(std::lround(points * 12700)); }

// A word processor also stretches lines that end in a break, so paragraphs with breaks are not justified.
std::string_view justification(const Paragraph& p) {
  for (const Run& run : p.runs)
    if (p.align == Align::justified && run.text.find('\n') != std::string::npos) return "left";
  switch (p.align) {
    case Align::left:
      return "left";
    case Align::centre:
      return "center";
    case Align::right:
      return "right";
    case Align::justified:
      return "both";
  }
  return "left";
}

std::string text_element(std::string_view text) {
  return "<w:t xml:space=\"preserve\">" + xml(text) + "</w:t>";
}

std::string run_properties(const Run& run, double size) {
  std::string out = "<w:rPr>";
  if (run.bold) out += "<w:b/>";
  if (run.italic) out += "<w:i/>";
  out += "<w:sz w:val=\"" + half_points(size) + "\"/><w:szCs w:val=\"" + half_points(size) + "\"/>";
  if (run.underline) out += "<w:u w:val=\"single\"/>";
  return out + "</w:rPr>";
}

// Line feeds within a run's text are line breaks.
std::string run_element(const Run& run, double size) {
  std::string out = "<w:r>" + run_properties(run, size);
  std::string_view rest = run.text;
  for (std::size_t end; (end = rest.find('\n')) != rest.npos; rest.remove_prefix(end + 1))
    out += text_element(rest.substr(0, end)) + "<w:br/>";
  return out + text_element(rest) + "</w:r>";
}

class Writer {
 public:
  explicit Writer(const Document& document)
      : first_(document), document_(&document), sheet_(sheet_of(document.size)), fits_(fits_of(document)) {
    for (const Document* paper : papers())
      if (!paper->qr_url.empty() && picture_of(*paper) == codes_.size()) codes_.push_back(paper->qr_url);
  }

  std::string run() {
    std::vector<ZipEntry> entries{{"[Content_Types].xml", content_types()},
                                  {"_rels/.rels", package_relations()},
                                  {"docProps/core.xml", core_properties()},
                                  {"word/document.xml", main_part()},
                                  {"word/styles.xml", styles()},
                                  {"word/header1.xml", header()},
                                  {"word/_rels/document.xml.rels", document_relations()}};
    for (std::size_t i = 0; i < codes_.size(); ++i)
      entries.push_back({"word/" + picture_name(i), qr_png(codes_[i], 8)});
    return zip(entries);
  }

 private:
  std::vector<const Document*> papers() const {
    std::vector<const Document*> all{&first_};
    for (const Document& next : first_.next) all.push_back(&next);
    return all;
  }
  bool has_qr() const { return !document_->qr_url.empty(); }
  bool single_signature() const {
    return std::any_of(document_->blocks.begin(), document_->blocks.end(),
                       [](const Block& block) { return block.signatures.size() == 1; });
  }
  // Papers that lead to the same page share one picture.
  std::size_t picture_of(const Document& paper) const {
    return static_cast<std::size_t>(std::find(codes_.begin(), codes_.end(), paper.qr_url) - codes_.begin());
  }
  static std::string picture_name(std::size_t i) {
    return "media/qr" + (i == 0 ? "" : std::to_string(i + 1)) + ".png";
  }
  static std::string picture_relation(std::size_t i) { return "rId" + std::to_string(3 + i); }
  double scaled(double points) const { return points * sheet_.scale * fit_; }

  // ---- the text

  std::string main_part() {
    std::string body;
    std::size_t number = 0;
    for (const Document* paper : papers()) {
      // The section of the paper before ends here; each counts its pages from 1.
      if (!body.empty()) body += "<w:p><w:pPr>" + section() + "</w:pPr></w:p>";
      document_ = paper;
      fit_ = fits_.at(number++);
      body += text();
    }
    return std::string(declaration) + "<w:document " + namespaces + "><w:body>" + body + section() +
           "</w:body></w:document>";
  }

  std::string text() const {
    std::string body;
    if (document_->head) body += head(*document_->head);
    for (std::size_t i = 0; i < document_->heading.size(); ++i) body += heading(i);
    for (const Block& block : document_->blocks) {
      if (block.paragraph) body += paragraph(*block.paragraph, sheet_.text_width());
      if (block.table) body += table(*block.table);
      if (!block.signatures.empty()) body += signatures(block.signatures);
      if (block.page_break) body += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    }
    if (has_qr() && !single_signature()) body += qr();
    return body;
  }

  std::string section() const {
    const std::string from_one = first_.next.empty() ? "" : "<w:pgNumType w:start=\"1\"/>";
    return "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"" +
           twips(sheet_.width) + "\" w:h=\"" + twips(sheet_.height) + "\"/><w:pgMar w:top=\"" +
           twips(sheet_.top) + "\" w:right=\"" + twips(sheet_.right) + "\" w:bottom=\"" +
           twips(sheet_.bottom) + "\" w:left=\"" + twips(sheet_.left) + "\" w:header=\"" +
           twips(sheet_.top / 2) + "\" w:footer=\"" + twips(sheet_.bottom / 2) + "\" w:gutter=\"0\"/>" +
           from_one + "<w:titlePg/></w:sectPr>";
  }

  std::string paragraph(const Paragraph& p, double width, bool keep_next = false) const {
    std::string out = "<w:p><w:pPr>";
    if (keep_next) out += "<w:keepNext/>";
    if (p.dotted_rest)
      out += "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"" + twips(width) + "\"/></w:tabs>";
    out += "<w:spacing w:before=\"" + twips(p.space_before_pt * fit_) + "\" w:after=\"" +
           twips(p.space_after_pt * fit_) + "\"/><w:ind w:firstLine=\"" + twips(p.indent_mm * mm) +
           "\"/><w:jc w:val=\"" + std::string(justification(p)) + "\"/></w:pPr>";
    for (const Run& run : p.runs) out += run_element(run, scaled(p.size_pt));
    if (p.dotted_rest) out += "<w:r><w:tab/></w:r>";
    return out + "</w:p>";
  }

  std::string line(const std::string& text, double size, Align align, bool bold, bool italic = false) const {
    Paragraph p{.runs = {{text, bold, italic}}, .align = align, .size_pt = size, .space_after_pt = 0};
    return paragraph(p, sheet_.text_width(), true);
  }

  std::string heading(std::size_t i) const {
    Paragraph p{.runs = {{.text = document_->heading[i], .bold = true}}, .align = Align::centre};
    p.size_pt = i == 0 ? heading_pt : 13.5;
    p.space_before_pt = i == 0 ? 12 : 0;
    p.space_after_pt = i + 1 == document_->heading.size() ? 12 : 0;
    return paragraph(p, sheet_.text_width(), true);
  }

  // ---- tables

  static std::string cell(double width, const std::string& content) {
    return "<w:tc><w:tcPr><w:tcW w:w=\"" + twips(width) + "\" w:type=\"dxa\"/></w:tcPr>" +
           (content.empty() ? "<w:p/>" : content) + "</w:tc>";
  }

  static std::string table_start(const std::vector<double>& widths, bool borders) {
    std::string out = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/>";
    if (borders) {
      out += "<w:tblBorders>";
      for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        out += std::string("<w:") + side + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
      out += "</w:tblBorders>";
    }
    out += "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
    for (double width : widths) out += "<w:gridCol w:w=\"" + twips(width) + "\"/>";
    return out + "</w:tblGrid>";
  }

  std::string table(const Table& table) const {
    std::vector<double> widths;
    for (double share : table.widths) widths.push_back(share * sheet_.text_width());
    std::string out = table_start(widths, table.borders);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      out += "<w:tr>";
      if (table.header_row && r == 0) {
        out += "<w:trPr><w:tblHeader/></w:trPr>";
      } else if (table.row_height_mm > 0) {
        out += "<w:trPr><w:trHeight w:val=\"" + twips(table.row_height_mm * mm) + "\"/></w:trPr>";
      }
      for (std::size_t c = 0; c < widths.size(); ++c) {
        std::string content;
        if (c < table.rows[r].size())
          for (const Paragraph& p : table.rows[r][c].paragraphs) content += paragraph(p, widths[c] - 12);
        out += cell(widths[c], content);
      }
      out += "</w:tr>";
    }
    return out + "</w:tbl><w:p/>";
  }

  std::string head(const Head& head) const {
    const double left = sheet_.text_width() * head_left_share, right = sheet_.text_width() - left;
    std::string made_by, national;
    for (std::size_t i = 0; i < head.left.size(); ++i)
      made_by += line(head.left[i], left_head_pt, Align::centre, i + 1 == head.left.size());
    made_by += line("――――――", 8, Align::centre, false);
    national += line(national_name, sheet_.scale < 1 ? national_name_pt * 0.85 : national_name_pt - 0.5,
                     Align::centre, true);
    Run motto{.text = national_motto, .bold = true, .underline = true};
    national +=
        paragraph({.runs = {motto}, .align = Align::centre, .size_pt = national_motto_pt}, right, true);
    national += line(head.place_and_date, 13.5, Align::centre, false, true);
    return table_start({left, right}, false) + "<w:tr>" + cell(left, made_by) + cell(right, national) +
           "</w:tr></w:tbl>";
  }

  std::string signatures(const std::vector<Signature>& all) const {
    const double width = sheet_.text_width() / 2;
    std::string out = table_start({width, width}, false);
    for (std::size_t i = 0; i < all.size(); i += 2) {
      out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
      // What follows a signature that stands alone is cut off: the code stands on the part that is kept.
      if (all.size() == 1) out += cell(width, has_qr() ? code_and_caption() : "");
      out += cell(width, signature(all[i]));
      if (i + 1 < all.size()) out += cell(width, signature(all[i + 1]));
      if (all.size() > 1 && i + 1 == all.size()) out += cell(width, "");
      out += "</w:tr>";
    }
    return out + "</w:tbl><w:p/>";
  }
  std::string signature(const Signature& s) const {
    std::string out = line(s.title, 13, Align::centre, true) + line(s.note, 12, Align::centre, false, true);
    Paragraph name{.runs = {{.text = s.name, .bold = true}}, .align = Align::centre};
    name.space_before_pt = scaled(signature_room);
    return out + paragraph(name, sheet_.text_width() / 2);
  }

  // ---- the QR code

  std::string qr() const {
    const double picture = qr_side + 4 * mm;
    return table_start({picture, sheet_.text_width() - picture}, false) + "<w:tr>" + cell(picture, code()) +
           cell(sheet_.text_width() - picture, caption(sheet_.text_width() - picture)) +
           "</w:tr></w:tbl><w:p/>";
  }
  std::string code_and_caption() const { return code() + caption(sheet_.text_width() / 2); }
  std::string code() const { return "<w:p><w:r>" + drawing() + "</w:r></w:p>"; }
  std::string caption(double width) const {
    return paragraph(
        {.runs = {{.text = document_->qr_caption, .italic = true}}, .align = Align::left, .size_pt = 11},
        width);
  }
  std::string drawing() const {
    const std::string side = emu(qr_side);
    const std::string extent = "cx=\"" + side + "\" cy=\"" + side + "\"";
    return "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent " + extent +
           "/><wp:docPr id=\"1\" name=\"QR\" descr=\"" + xml(document_->qr_url) +
           "\"/><a:graphic><a:graphicData "
           "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
           "<pic:nvPicPr><pic:cNvPr id=\"1\" "
           "name=\"qr.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
           "r:embed=\"" +
           picture_relation(picture_of(*document_)) +
           "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off "
           "x=\"0\" "
           "y=\"0\"/><a:ext " +
           extent +
           "/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
           "</a:graphic></wp:inline></w:drawing>";
  }

  // ---- the other parts

  // The page's number, centred, from page 2 (the section's title page has an empty header of its own).
  std::string header() const {
    return std::string(declaration) + "<w:hdr " + namespaces +
           "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar "
           "w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
           "xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar "
           "w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";
  }

  std::string styles() const {
    return std::string(declaration) + "<w:styles " + namespaces +
           "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New "
           "Roman\" "
           "w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/><w:sz w:val=\"27\"/><w:lang w:val=\"" +
           (document_->language == "vi" ? "vi-VN" : xml(document_->language)) +
           "\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
           "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
  }

  std::string core_properties() const {
    const std::string made = to_iso(Instant{document_->made.us / 1'000'000 * 1'000'000});
    return std::string(declaration) +
           "<cp:coreProperties "
           "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
           xml(document_->title) + "</dc:title><dc:language>" + xml(document_->language) +
           "</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">" + made +
           "</dcterms:created></cp:coreProperties>";
  }

  static std::string content_types() {
    constexpr const char* word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    auto part = [&](const char* name, const char* type) {
      return std::string("<Override PartName=\"/word/") + name + "\" ContentType=\"" + word + type +
             "+xml\"/>";
    };
    return std::string(declaration) +
           "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
           "Extension=\"rels\" "
           "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
           "Extension=\"xml\" "
           "ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>" +
           part("document.xml", "document.main") + part("styles.xml", "styles") +
           part("header1.xml", "header") +
           "<Override PartName=\"/docProps/core.xml\" "
           "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
  }

  struct Relation {
    std::string id, type, target;
  };
  static std::string relations(const std::vector<Relation>& all) {
    std::string out =
        std::string(declaration) +
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const Relation& r : all)
      out += std::string("<Relationship Id=\"") + r.id + "\" Type=\"http://schemas.openxmlformats.org/" +
             r.type + "\" Target=\"" + r.target + "\"/>";
    return out + "</Relationships>";
  }
  static std::string package_relations() {
    return relations({{"rId1", "officeDocument/2006/relationships/officeDocument", "word/document.xml"},
                      {"rId2", "package/2006/relationships/metadata/core-properties", "docProps/core.xml"}});
  }
  std::string document_relations() const {
    std::vector<Relation> all{{"rId1", "officeDocument/2006/relationships/styles", "styles.xml"},
                              {"rId2", "officeDocument/2006/relationships/header", "header1.xml"}};
    for (std::size_t i = 0; i < codes_.size(); ++i)
      all.push_back({picture_relation(i), "officeDocument/2006/relationships/image", picture_name(i)});
    return relations(all);
  }

  const Document& first_;
  const Document* document_;  // the one being written
  const Sheet sheet_;
  const std::vector<double> fits_;  // of each paper
  double fit_ = 1;                  // of the one being written
  std::vector<std::string> codes_;  // what the QR codes say
};

}  // namespace

std::string to_docx(const Document& document) { return Writer(document).run(); }

}  // namespace danchu::paper
