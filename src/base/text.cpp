#include "base/text.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <cassert>
#include <memory>

namespace danchu {
namespace {

const icu::Normalizer2& normalizer(bool composed) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* n =
      composed ? icu::Normalizer2::getNFCInstance(error) : icu::Normalizer2::getNFDInstance(error);
  assert(U_SUCCESS(error));
  return *n;
}

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string fold_with(std::string_view text, bool keep_marks) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString lower = utf16(text).toLower(icu::Locale::getRoot());
  icu::UnicodeString form = normalizer(keep_marks).normalize(lower, error);
  icu::UnicodeString out;
  bool space = false;
  for (int32_t i = 0; i < form.length();) {
    UChar32 c = form.char32At(i);
    i += U16_LENGTH(c);
    if (!keep_marks && (u_getCombiningClass(c) != 0 || u_charType(c) == U_NON_SPACING_MARK)) continue;
    if (!keep_marks && c == 0x0111) c = 'd';
    if (!u_isalnum(c) && u_getCombiningClass(c) == 0) {
      space = !out.isEmpty();
      continue;
    }
    if (space) out.append(UChar32(' '));
    space = false;
    out.append(c);
  }
  return utf8(out);
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) return false;
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0)) return false;
  }
  return true;
}

std::string without_direction_marks(std::string_view text) {
  if (text.find('\xe2') == text.npos) return std::string(text);  // the first byte of each of these marks
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view mark = text.substr(i, 3);
    if ((mark >= "\u202a" && mark <= "\u202e") || (mark >= "\u2066" && mark <= "\u2069"))
      i += 2;
    else
      kept += text[i];
  }
  return kept;
}

std::string to_nfc(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  // Nearly every text is, above all what comes back from the store.
  if (normalizer(true).isNormalizedUTF8({text.data(), static_cast<int32_t>(text.size())}, error))
    return std::string(text);
  return utf8(normalizer(true).normalize(utf16(text), error));
}

std::size_t length_in_characters(std::string_view text) {
  std::size_t n = 0;
  for (char c : text) n += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return n;
}

std::string fold(std::string_view text) { return fold_with(text, false); }
std::string fold_keeping_marks(std::string_view text) { return fold_with(text, true); }

std::string sort_key(std::string_view text) {
  thread_local const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), error));
    assert(U_SUCCESS(error));
    return made;
  }();
  icu::UnicodeString source = utf16(text);
  int32_t size = collator->getSortKey(source, nullptr, 0);
  std::string key(static_cast<std::size_t>(size), '\0');
  collator->getSortKey(source, reinterpret_cast<std::uint8_t*>(key.data()), size);
  if (!key.empty()) key.pop_back();  // the terminating zero
  return key;
}

std::string slug(std::string_view text) {
  std::string words;
  for (char c : fold(text)) {
    if (c == ' ' && !words.empty() && words.back() != '-') words += '-';
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
      words += c;  // letters of other scripts are left out
  }
  return words;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() &&
         (text.front() == ' ' || text.front() == '\t' || text.front() == '\n' || text.front() == '\r'))
    text.remove_prefix(1);
  while (!text.empty() &&
         (text.back() == ' ' || text.back() == '\t' || text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string to_hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (char c : bytes) {
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

std::string fill(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& args) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '{') {
      std::size_t end = pattern.find('}', i);
      if (end != std::string_view::npos) {
        std::string_view name = pattern.substr(i + 1, end - i - 1);
        auto found =
            std::find_if(args.begin(), args.end(), [&](const auto& arg) { return arg.first == name; });
        if (found != args.end()) {
          out += found->second;
          i = end + 1;
          continue;
        }
      }
    }
    out += pattern[i++];
  }
  return out;
}

std::string html_escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace danchu
