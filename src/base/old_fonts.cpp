#include "base/old_fonts.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <vector>

#include "base/text.h"

namespace danchu {
namespace {

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}
std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

const icu::Normalizer2& normalizer(bool composed) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* n =
      composed ? icu::Normalizer2::getNFCInstance(error) : icu::Normalizer2::getNFDInstance(error);
  assert(U_SUCCESS(error));
  return *n;
}

// ---- TCVN3 ------------------------------------------------------------------------------------------------

// From 0xA1 on; 0 where TCVN3 has no letter. Capitals with tones are written as small letters in a font of
// capitals (".VnTimeH"), so there are none.
constexpr char16_t tcvn3_from_a1[] =
    u"ĂÂÊÔƠƯĐăâêôơưđ"                                                    // A1-AE
    u"\0\0\0\0\0\0"                                                      // AF-B4
    u"àảãáạ\0ằẳẵắ\0\0\0\0\0\0\0"                                         // B5-C5
    u"ặầẩẫấậè\0ẻẽéẹềểễếệìỉ\0\0\0ĩíịò\0ỏõóọồổỗốộờởỡớợù\0ủũúụừửữứựỳỷỹýỵ";  // C6-FE
static_assert(sizeof tcvn3_from_a1 / sizeof(char16_t) == 0xFE - 0xA1 + 2);

icu::UnicodeString from_tcvn3(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text.charAt(i);
    const char16_t known = c >= 0xA1 && c <= 0xFE ? tcvn3_from_a1[c - 0xA1] : u'\0';
    out.append(known ? known : c);
  }
  return out;
}

// ---- VNI-Windows
// -------------------------------------------------------------------------------------------

// A letter and the sign after it, both small.
struct VniPair {
  std::u16string_view letters, sign;
  std::u16string_view marks;  // combining
};
constexpr VniPair vni_pairs[] = {
    {u"aeiouyôö", u"ù", u"\u0301"},  {u"aeiouyôö", u"ø", u"\u0300"},  {u"aeiouyôö", u"û", u"\u0309"},
    {u"aeiouyôö", u"õ", u"\u0303"},  {u"aeiouyôö", u"ï", u"\u0323"},  {u"aeo", u"â", u"\u0302"},
    {u"aeo", u"á", u"\u0302\u0301"}, {u"aeo", u"à", u"\u0302\u0300"}, {u"aeo", u"å", u"\u0302\u0309"},
    {u"aeo", u"ã", u"\u0302\u0303"}, {u"aeo", u"ä", u"\u0302\u0323"}, {u"a", u"ê", u"\u0306"},
    {u"a", u"é", u"\u0306\u0301"},   {u"a", u"è", u"\u0306\u0300"},   {u"a", u"ú", u"\u0306\u0309"},
    {u"a", u"ü", u"\u0306\u0303"},   {u"a", u"ë", u"\u0306\u0323"}};
struct VniLetter {
  char16_t written, letter;
};
constexpr VniLetter vni_letters[] = {{u'ô', u'ơ'}, {u'ö', u'ư'}, {u'ñ', u'đ'}, {u'î', u'ỵ'}, {u'í', u'í'},
                                     {u'ì', u'ì'}, {u'æ', u'ỉ'}, {u'ó', u'ĩ'}, {u'ò', u'ị'}};

char16_t small(char16_t c) { return static_cast<char16_t>(u_tolower(c)); }

char16_t vni_letter(char16_t c) {
  for (const VniLetter& known : vni_letters) {
    if (known.written == c) return known.letter;
    if (known.written == small(c)) return static_cast<char16_t>(u_toupper(known.letter));
  }
  return c;
}

std::u16string_view vni_marks(char16_t letter, char16_t sign) {
  for (const VniPair& pair : vni_pairs)
    if (pair.sign[0] == small(sign) && pair.letters.find(small(letter)) != std::u16string_view::npos)
      return pair.marks;
  return {};
}

icu::UnicodeString from_vni(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text.charAt(i);
    out.append(vni_letter(c));
    const std::u16string_view marks =
        i + 1 < text.length() ? vni_marks(c, text.charAt(i + 1)) : std::u16string_view{};
    if (marks.empty()) continue;
    out.append(marks.data(), static_cast<int32_t>(marks.size()));
    ++i;
  }
  return out;
}

bool only_unicode_writes(const icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); ++i)
    if (text.charAt(i) > 0xFF && u_isalpha(text.char32At(i))) return true;
  return false;
}

bool plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// ---- syllables
// ---------------------------------------------------------------------------------------------

// Beginnings and rhymes a syllable may have, without tone. Names of Thái and Mông people follow them as
// Vietnamese writes them down: "Pâng", "Dơ", "Vừ".
const std::set<std::u16string, std::less<>>& onsets() {
  static const std::set<std::u16string, std::less<>> known = {
      u"",  u"b",  u"c",   u"ch", u"d", u"đ",  u"g",  u"gh", u"gi", u"h", u"k",  u"kh", u"l", u"m",
      u"n", u"ng", u"ngh", u"nh", u"p", u"ph", u"qu", u"r",  u"s",  u"t", u"th", u"tr", u"v", u"x"};
  return known;
}
const std::set<std::u16string, std::less<>>& nuclei() {
  static const std::set<std::u16string, std::less<>> known = {
      u"a",   u"ă",  u"â",   u"e",   u"ê",  u"i",   u"o",   u"ô",   u"ơ",  u"u",  u"ư",   u"y",
      u"ai",  u"ao", u"au",  u"ay",  u"âu", u"ây",  u"eo",  u"êu",  u"ia", u"iê", u"iêu", u"iu",
      u"oa",  u"oă", u"oai", u"oay", u"oe", u"oi",  u"oo",  u"ôi",  u"ơi", u"ua", u"uâ",  u"uây",
      u"uê",  u"ui", u"uô",  u"uôi", u"uơ", u"uy",  u"uya", u"uyê", u"ưa", u"ưi", u"ươ",  u"ươi",
      u"ươu", u"ưu", u"yê",  u"yêu", u"ya", u"uyu", u"oao", u"oeo"};
  return known;
}
const std::set<std::u16string, std::less<>>& codas() {
  static const std::set<std::u16string, std::less<>> known = {u"",   u"c",  u"ch", u"m", u"n",
                                                              u"ng", u"nh", u"p",  u"t"};
  return known;
}

bool is_tone(char16_t c) { return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323; }
bool is_vowel(char16_t c) {
  return std::u16string_view(u"aăâeêioôơuưy").find(c) != std::u16string_view::npos;
}

// Small letters without the tone; empty for two tones or foreign letters.
std::u16string toneless(std::string_view word) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString parts =
      normalizer(false).normalize(utf16(word).toLower(icu::Locale::getRoot()), error);
  icu::UnicodeString kept;
  int tones = 0;
  for (int32_t i = 0; i < parts.length(); ++i) {
    if (is_tone(parts.charAt(i)))
      ++tones;
    else
      kept.append(parts.charAt(i));
  }
  if (tones > 1) return {};
  const icu::UnicodeString whole = normalizer(true).normalize(kept, error);
  return {whole.getBuffer(), static_cast<std::size_t>(whole.length())};
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const icu::UnicodeString all = utf16(text);
  icu::UnicodeString word;
  auto end = [&] {
    if (!word.isEmpty()) words.push_back(utf8(word));
    word.remove();
  };
  for (int32_t i = 0; i < all.length(); ++i) {
    const char16_t c = all.charAt(i);
    // Signs are letters in the old fonts, so only what ASCII has ends a word.
    if (c < 0x80 ? u_isalpha(c) : true)
      word.append(c);
    else
      end();
  }
  end();
  return words;
}

}  // namespace

bool is_vietnamese_syllable(std::string_view word) {
  const std::u16string letters = toneless(word);
  auto vowel = std::find_if(letters.begin(), letters.end(), is_vowel);
  if (vowel == letters.end()) return false;
  auto coda = std::find_if_not(vowel, letters.end(), is_vowel);
  std::u16string onset(letters.begin(), vowel), nucleus(vowel, coda);
  if (codas().count(std::u16string(coda, letters.end())) == 0) return false;
  // "gi" and "qu" take a letter of the rhyme along.
  if (nucleus.size() > 1 &&
      ((onset == u"g" && nucleus[0] == u'i') || (onset == u"q" && nucleus[0] == u'u'))) {
    onset += nucleus[0];
    nucleus.erase(0, 1);
  }
  return onsets().count(onset) == 1 && nuclei().count(nucleus) == 1;
}

std::string in_unicode(std::string_view text, Lettering lettering) {
  if (plain(text)) return std::string(text);
  const icu::UnicodeString read = utf16(text);
  if (lettering == Lettering::unicode || only_unicode_writes(read)) return to_nfc(text);
  return to_nfc(utf8(lettering == Lettering::tcvn3 ? from_tcvn3(read) : from_vni(read)));
}

void LetteringGuess::add(std::string_view text) {
  if (plain(text)) return;
  for (const std::string& word : words_of(to_nfc(text))) {
    if (plain(word)) continue;
    for (Lettering lettering : {Lettering::unicode, Lettering::tcvn3, Lettering::vni})
      words_[static_cast<int>(lettering)] += is_vietnamese_syllable(in_unicode(word, lettering)) ? 1 : 0;
  }
}

Lettering LetteringGuess::best() const {
  const auto most = std::max_element(std::begin(words_), std::end(words_));  // the first of equals: Unicode
  return static_cast<Lettering>(most - std::begin(words_));
}

}  // namespace danchu
