#include "base/old_fonts.h"

#include <gtest/gtest.h>

namespace danchu {
namespace {

struct Written {
  const char *unicode, *tcvn3, *vni;
};
// As the fonts' own keyboards write them; what a file holds, read byte for byte as Latin letters.
const Written samples[] = {
    {"Lò Văn Thoa", "Lß V¨n Thoa", "Loø Vaên Thoa"},
    {"Quàng Thị Lả", "Quµng ThÞ L¶", "Quaøng Thò Laû"},
    {"Giàng A Chua", "Giµng A Chua", "Giaøng A Chua"},
    {"Nguyễn Thị Hồng Hạnh", "NguyÔn ThÞ Hång H¹nh", "Nguyeãn Thò Hoàng Haïnh"},
    {"Đinh Thị Ý", "§inh ThÞ ý", "Ñinh Thò YÙ"},
    {"số nhà 12b, bản Nà Cá", "sè nhµ 12b, b¶n Nµ C¸", "soá nhaø 12b, baûn Naø Caù"},
    {"hộ đi làm ăn xa", "hé ®i lµm ¨n xa", "hoä ñi laøm aên xa"},
    {"Trưởng ban công tác Mặt trận", "Tr­ëng ban c«ng t¸c MÆt trËn", "Tröôûng ban coâng taùc Maët traän"},
    {"Vừ A Dơ", "Võ A D¬", "Vöø A Dô"},
    {"phường Chiềng Cơi, nghĩa địa, kỳ quỹ kỵ", "ph­êng ChiÒng C¬i, nghÜa ®Þa, kú quü kþ",
     "phöôøng Chieàng Côi, nghóa ñòa, kyø quyõ kî"},
};

TEST(OldFonts, AreReadAsTheyWereMeant) {
  for (const Written& sample : samples) {
    const bool capital_with_tone = std::string_view(sample.unicode) == "Đinh Thị Ý";  // TCVN3 has none
    EXPECT_EQ(in_unicode(sample.tcvn3, Lettering::tcvn3), capital_with_tone ? "Đinh Thị ý" : sample.unicode);
    EXPECT_EQ(in_unicode(sample.vni, Lettering::vni), sample.unicode);
    EXPECT_EQ(in_unicode(sample.unicode, Lettering::unicode), sample.unicode);
  }
}

TEST(OldFonts, AreRecognised) {
  for (const Written& sample : samples) {
    LetteringGuess unicode, tcvn3, vni;
    unicode.add(sample.unicode);
    tcvn3.add(sample.tcvn3);
    vni.add(sample.vni);
    EXPECT_EQ(unicode.best(), Lettering::unicode) << sample.unicode;
    EXPECT_EQ(tcvn3.best(), Lettering::tcvn3) << sample.tcvn3;
    EXPECT_EQ(vni.best(), Lettering::vni) << sample.vni;
  }
}

TEST(OldFonts, NothingIsUnicodeThatOnlyLooksForeign) {
  for (const char* text : {"", "stt,chu ho", "Lo Van Thoa", "Hoà Bá Cà, Hoè", "Cá, Mèo, Mò, Lý, Sí"}) {
    LetteringGuess guess;
    guess.add(text);
    EXPECT_EQ(guess.best(), Lettering::unicode) << text;
  }
}

TEST(OldFonts, DecomposedTextIsComposed) {
  EXPECT_EQ(in_unicode("Lo\u0300 Va\u0306n \u0110o\u031b\u0300", Lettering::unicode), "Lò Văn Đờ");
  LetteringGuess guess;
  guess.add("Lo\u0300 Va\u0306n");
  EXPECT_EQ(guess.best(), Lettering::unicode);
}

TEST(OldFonts, ACellThatOnlyUnicodeWritesStaysInAMixedList) {
  EXPECT_EQ(in_unicode("Lò Văn Thoả", Lettering::tcvn3), "Lò Văn Thoả");
  EXPECT_EQ(in_unicode("Lò Văn Thoả", Lettering::vni), "Lò Văn Thoả");
}

TEST(OldFonts, SyllablesAreTold) {
  for (const char* word : {"Quàng", "Giàng", "nghiệp", "Pâng", "gì", "giếng", "quốc", "QUYẾT", "Ý", "uống",
                           "khuỷu", "Thoa", "Dơ", "xoèn", "Sơn", "đường"})
    EXPECT_TRUE(is_vietnamese_syllable(word)) << word;
  for (const char* word : {"Lß", "V¨n", "Loø", "Vaên", "ThÞ", "", "xyz", "bâ\u0301\u0300", "str", "ñòa"})
    EXPECT_FALSE(is_vietnamese_syllable(word)) << word;
}

}  // namespace
}  // namespace danchu
