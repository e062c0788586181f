#include "paper/paper.h"

namespace danchu::paper {

Paragraph plain(std::string text) { return {.runs = {{std::move(text)}}}; }
Paragraph bold(std::string text) { return {.runs = {{.text = std::move(text), .bold = true}}}; }
Paragraph dotted(std::string label, std::string value) {
  Paragraph p = plain(std::move(label));
  p.align = Align::left;
  p.dotted_rest = value.empty();
  p.runs.push_back({(value.empty() ? "" : " ") + value});
  return p;
}
Paragraph centred(Paragraph p) {
  p.align = Align::centre;
  return p;
}
Block block(Paragraph p) { return {.paragraph = std::move(p)}; }
Block block(Table t) { return {.table = std::move(t)}; }
Block block(std::vector<Signature> s) { return {.signatures = std::move(s)}; }
Block page_break() { return {.page_break = true}; }

namespace {
Cell cell_of(Paragraph p, Align align) {
  p.align = align;
  p.space_after_pt = 0;
  return {{std::move(p)}};
}
}  // namespace

Cell cell(std::string text, Align align) { return cell_of(plain(std::move(text)), align); }
Cell bold_cell(std::string text, Align align) { return cell_of(bold(std::move(text)), align); }

}  // namespace danchu::paper
