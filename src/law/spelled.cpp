#include "law/spelled.h"

#include <cctype>

namespace danchu::law {
namespace {

constexpr std::string_view short_article = "Đ.", d_stroke = "đ";

std::string_view digits_of(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && std::isdigit(static_cast<unsigned char>(text[n]))) ++n;
  return text.substr(0, n);
}

// One letter that is a point, and not the beginning of a word.
std::string_view point_of(std::string_view text) {
  const std::size_t size = text.starts_with(d_stroke) ? d_stroke.size()
                           : !text.empty() && std::islower(static_cast<unsigned char>(text[0])) ? 1
                                                                                                : 0;
  const bool word = text.size() > size && (std::isalpha(static_cast<unsigned char>(text[size])) ||
                                           static_cast<unsigned char>(text[size]) >= 0xC3);
  const bool dash = text.substr(std::min(size, text.size())).starts_with("–");
  return size && (dash || !word) ? text.substr(0, size) : std::string_view{};
}

}  // namespace

std::string spelled_out(std::string_view rest) {
  std::string out;
  while (true) {
    const std::size_t at = rest.find(short_article);
    out += rest.substr(0, at);
    if (at == rest.npos) return out;
    rest.remove_prefix(at + short_article.size());
    const std::string_view article = digits_of(rest);
    if (article.empty()) {
      out += short_article;
      continue;
    }
    out.append("Điều ").append(article);
    rest.remove_prefix(article.size());
    const std::string_view clause = rest.starts_with('.') ? digits_of(rest.substr(1)) : std::string_view{};
    if (!clause.empty()) {
      out.append(" khoản ").append(clause);
      rest.remove_prefix(1 + clause.size());
    }
    if (const std::string_view point = point_of(rest); !point.empty()) {
      out.append(" điểm ").append(point);
      rest.remove_prefix(point.size());
    }
  }
}

}  // namespace danchu::law
