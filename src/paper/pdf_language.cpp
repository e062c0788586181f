#include "paper/pdf_language.h"

#include <charconv>
#include <cstdio>

namespace danchu::paper {
namespace {

// The whole number that follows `key`, counted from the end of the file.
std::string_view number_after(std::string_view pdf, std::string_view key) {
  std::size_t at = pdf.rfind(key);
  if (at == std::string_view::npos) return {};
  at = pdf.find_first_of("0123456789", at + key.size());
  std::size_t end = at == std::string_view::npos ? at : pdf.find_first_not_of("0123456789", at);
  return end == std::string_view::npos ? std::string_view() : pdf.substr(at, end - at);
}

}  // namespace

std::string with_language(std::string pdf, std::string_view language) {
  const std::string_view whole(pdf);
  const std::string root(number_after(whole, "/Root "));
  const std::string info(number_after(whole, "/Info "));
  const std::string size(number_after(whole, "/Size "));
  const std::string previous(number_after(whole, "startxref"));
  if (root.empty() || info.empty() || size.empty() || previous.empty() || language.size() > 20) return pdf;
  const std::size_t object = whole.rfind("\n" + root + " 0 obj");
  const std::size_t open = object == whole.npos ? object : whole.find("<<", object);
  const std::size_t close = open == whole.npos ? open : whole.find("endobj", open);
  if (close == whole.npos) return pdf;
  const std::string entries(whole.substr(open + 2, close - open - 2));

  if (pdf.back() != '\n') pdf += '\n';
  char offset[32];
  std::snprintf(offset, sizeof offset, "%010zu", pdf.size());
  pdf += root + " 0 obj\n<< /Lang (" + std::string(language) + ")" + entries + "endobj\n";
  const std::size_t table = pdf.size();
  pdf += "xref\n" + root + " 1\n" + offset + " 00000 n \ntrailer\n<< /Size " + size + "\n   /Root " + root +
         " 0 R\n   /Info " + info + " 0 R\n   /Prev " + previous + "\n>>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
  return pdf;
}

}  // namespace danchu::paper
