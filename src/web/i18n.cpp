#include "web/i18n.h"

#include <array>
#include <cstring>
#include <unordered_map>

#include "base/resources.h"
#include "base/text.h"

namespace danchu::web {

namespace {

constexpr std::array<std::string_view, 2> all_languages = {"vi", "en"};

using Catalogue = std::unordered_map<std::string_view, std::string_view>;

std::uint32_t word(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  if (at + 4 <= bytes.size()) std::memcpy(&value, bytes.data() + at, 4);
  return value;
}

// The n-th string of a table of (length, offset) pairs, cut at the first NUL: the singular, the first plural
// form.
std::string_view entry(std::string_view mo, std::uint32_t table, std::uint32_t n) {
  std::uint32_t length = word(mo, table + 8 * n), offset = word(mo, table + 8 * n + 4);
  if (std::size_t{offset} + length > mo.size()) return {};
  std::string_view text = mo.substr(offset, length);
  return text.substr(0, text.find('\0'));
}

// GNU gettext's .mo format, written by msgfmt on this very machine's byte order.
Catalogue read_mo(std::string_view mo) {
  Catalogue catalogue;
  constexpr std::uint32_t magic = 0x950412de;
  if (word(mo, 0) != magic) return catalogue;
  std::uint32_t count = word(mo, 8), originals = word(mo, 12), translations = word(mo, 16);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string_view msgid = entry(mo, originals, i), text = entry(mo, translations, i);
    if (!msgid.empty() && !text.empty()) catalogue.emplace(msgid, text);
  }
  return catalogue;
}

const Catalogue& catalogue(std::string_view language) {
  static const std::unordered_map<std::string_view, Catalogue> all = [] {
    std::unordered_map<std::string_view, Catalogue> read;
    for (std::string_view name : all_languages)
      read.emplace(name, read_mo(resource("po/" + std::string(name) + ".mo").value_or("")));
    return read;
  }();
  static const Catalogue none;
  auto found = all.find(language);
  return found == all.end() ? none : found->second;
}

}  // namespace

std::span<const std::string_view> languages() { return all_languages; }

std::string_view translation(std::string_view language, std::string_view msgid) {
  const Catalogue& texts = catalogue(language);
  auto found = texts.find(msgid);
  return found == texts.end() ? msgid : found->second;
}

std::string translate(std::string_view language, std::string_view msgid) {
  return std::string(translation(language, msgid));
}

std::string translate(std::string_view language, std::string_view msgid, const Args& args) {
  Args said = args;
  for (auto& [name, value] : said)
    if (name == "state") value = translation(language, value);
  return fill(translation(language, msgid), said);
}

std::string translate_count(std::string_view language, std::string_view one, std::string_view many,
                            std::int64_t n) {
  std::string_view text = translation(language, one);
  if (text.data() == one.data() && n != 1) text = many;  // untranslated: English has two forms
  return fill(text, {{"n", std::to_string(n)}});
}

}  // namespace danchu::web
