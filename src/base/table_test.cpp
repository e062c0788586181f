#include "base/table.h"

#include <gmock/gmock.h>

#include "base/xlsx_testing.h"

namespace danchu {
namespace {

using testing::ElementsAre;

using Cells = std::vector<std::vector<std::string>>;

Cells rows_in(const std::string& bytes, std::optional<Lettering> lettering = {},
              const TableLimits& limits = {}) {
  auto table = Table::open(bytes, limits);
  if (!table) return {{std::string(table.problems()[0].message)}};
  Cells rows;
  auto read = (*table)->read(lettering.value_or((*table)->guessed()), [&](TableRow& row) {
    rows.push_back(row.cells);
    return true;
  });
  return read ? rows : Cells{{std::string(read.problems()[0].message)}};
}
bool refused(const std::string& bytes, const TableLimits& limits = {}) {
  auto table = Table::open(bytes, limits);
  return !table || !(*table)->read(Lettering::unicode, [](TableRow&) { return true; });
}
std::string utf16le(std::u16string_view text) {
  std::string bytes = "\xFF\xFE";
  for (char16_t c : text) {
    bytes += static_cast<char>(c & 0xFF);
    bytes += static_cast<char>(c >> 8);
  }
  return bytes;
}

TEST(Table, ReadsCsvHoweverItWasSaved) {
  const Cells wanted = {{"stt", "chủ hộ"}, {"1", "Lò Văn Thoa"}};
  EXPECT_EQ(rows_in("stt,chủ hộ\n1,Lò Văn Thoa\n"), wanted);
  EXPECT_EQ(rows_in("\xEF\xBB\xBFstt;chủ hộ\r\n1;\"Lò Văn Thoa\"\r\n"), wanted);
  EXPECT_EQ(rows_in(utf16le(u"stt\tchủ hộ\r\n1\tLò Văn Thoa\r\n")), wanted);
  EXPECT_EQ(rows_in("stt;ch\xF1 h\xE9\n1;L\xDF V\xA8n Thoa\n"), wanted) << "TCVN3 saved as ANSI";
  EXPECT_EQ(rows_in("stt;ch\xFB\xBB h\n"), (Cells{{"stt", "chû» h"}}));
  EXPECT_EQ(rows_in("stt;chuû hoä\n1;Loø Vaên Thoa\n"), wanted) << "VNI saved as UTF-8";
  EXPECT_EQ(rows_in("DANH SÁCH HỘ\nstt;chủ hộ\n1;Lò, Văn\n"),
            (Cells{{"DANH SÁCH HỘ"}, {"stt", "chủ hộ"}, {"1", "Lò, Văn"}}));
}

TEST(Table, TheReaderMayChooseAnotherLettering) {
  EXPECT_EQ(rows_in("chñ hé\nLß V¨n\n", Lettering::unicode), (Cells{{"chñ hé"}, {"Lß V¨n"}}));
  EXPECT_EQ(rows_in("chñ hé\nLß V¨n\n", Lettering::tcvn3), (Cells{{"chủ hộ"}, {"Lò Văn"}}));
}

TEST(Table, ReadsAWorkbook) {
  const std::string sheet =
      "<x:worksheet xmlns:x=\"m\"><x:sheetData>"
      "<x:row r=\"2\"><x:c r=\"A2\" t=\"s\"><x:v>0</x:v></x:c><x:c r=\"C2\" "
      "t=\"s\"><x:v>1</x:v></x:c></x:row>"
      "<x:row><x:c><x:v>12.0</x:v></x:c><x:c t=\"b\"><x:v>1</x:v></x:c><x:c t=\"str\"><x:f>1+1</x:f><x:v>a"
      "\nb</x:v></x:c></x:row><x:row r=\"9\"><x:c r=\"B9\" s=\"4\"/></x:row></x:sheetData></x:worksheet>";
  const std::string texts =
      "<sst><si><t>stt</t></si><si><r><t>chủ </t></r><r><t>hộ</t></r><rPh><t>no</t></rPh></si></sst>";
  EXPECT_EQ(rows_in(xlsx_around(sheet, texts)), (Cells{{"stt", "", "chủ hộ"}, {"12", "x", "a b"}}));
  auto table = Table::open(xlsx_of({{"a"}}));
  ASSERT_TRUE(table);
  EXPECT_EQ((*table)->format(), TableFormat::xlsx);
}

TEST(Table, ReadsTheFirstVisibleSheet) {
  const std::string sheets =
      R"(<sheet name="x" sheetId="2" state="hidden" r:id="rId9"/><sheet name="y" sheetId="1" r:id="rId1"/>)";
  EXPECT_EQ(rows_in(xlsx_around("<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>",
                                "", sheets)),
            (Cells{{"7"}}));
}

TEST(Table, TellsWhatAMergedBlockSays) {
  const std::string bytes = xlsx_of({{"bản", "chủ hộ"}, {"Nà Cá", "A"}, {"", "B"}, {"", "C"}, {"", "D"}},
                                    "<mergeCells count=\"1\"><mergeCell ref=\"A2:A4\"/></mergeCells>");
  auto table = Table::open(bytes);
  ASSERT_TRUE(table);
  std::vector<std::string> villages;
  (void)(*table)->read(Lettering::unicode, [&](TableRow& row) {
    villages.push_back(row.merged.empty() ? "-" : row.merged[0]);
    return true;
  });
  EXPECT_THAT(villages, ElementsAre("-", "-", "Nà Cá", "Nà Cá", "-"));
}

TEST(Table, RefusesWhatIsDamagedOrNoTable) {
  const std::string whole = xlsx_of({{"chủ hộ"}, {"Lò Văn Thoa"}});
  for (std::size_t size : {std::size_t{2}, std::size_t{30}, whole.size() / 2, whole.size() - 30})
    EXPECT_TRUE(refused(whole.substr(0, size))) << size;
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old .xls"));
  EXPECT_TRUE(refused(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})));
  EXPECT_TRUE(refused(xlsx_around("<worksheet><sheetData><row><c>")));
  EXPECT_TRUE(
      refused(xlsx_around("<worksheet><sheetData><row r=\"5\"/><row r=\"4\"/></sheetData></worksheet>")));
  EXPECT_TRUE(refused(
      xlsx_around("<worksheet><sheetData><row><c t=\"s\"><v>9</v></c></row></sheetData></worksheet>")))
      << "a shared text that is not there";
  EXPECT_TRUE(refused("a\"b,c\n\"d"));
}

TEST(Table, RefusesBombs) {
  const std::string row =
      "<row><c t=\"inlineStr\"><is><t>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</t></is></c></row>";
  std::string many = "<worksheet><sheetData>";
  for (int i = 0; i < 40'000; ++i) many += row;
  const std::string bomb = xlsx_around(many + "</sheetData></worksheet>");
  EXPECT_LT(bomb.size(), many.size() / 50);
  EXPECT_TRUE(refused(bomb, {.sheet_bytes = 1 << 20}));
  EXPECT_TRUE(refused(bomb, {.rows = 1'000}));
  const std::string entities =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
      "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
  EXPECT_TRUE(refused(xlsx_around(entities)));
  std::string deep = "<worksheet>";
  for (int i = 0; i < 100; ++i) deep += "<a>";
  EXPECT_TRUE(refused(xlsx_around(deep)));
  EXPECT_TRUE(refused(xlsx_around("<worksheet a=\"" + std::string(3 << 20, 'x') + "\"/>")));
  std::vector<ZipPart> parts;
  for (int i = 0; i < 1'100; ++i) parts.push_back({std::to_string(i), ""});
  EXPECT_TRUE(refused(zip_of(parts)));
}

TEST(Table, RefusesARowWithoutEnd) {
  std::string csv = "a";
  csv.append(1'000'000, ',');
  EXPECT_TRUE(refused(csv));
  std::string sheet = "<worksheet><sheetData><row>";
  for (int i = 0; i < 200; ++i) sheet += "<c><v>1</v></c>";
  EXPECT_TRUE(refused(xlsx_around(sheet + "</row></sheetData></worksheet>")));
  EXPECT_TRUE(refused(xlsx_around(
      "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row></sheetData></worksheet>")));
  EXPECT_EQ(rows_in(xlsx_around("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" "
                                "s=\"1\"/></row></sheetData>"
                                "</worksheet>")),
            (Cells{{"1"}}))
      << "an empty cell with a format is nothing";
}

TEST(Table, ReadsADateInACell) {
  for (const char* cell :
       {"2026-12-03", "3/12/2026", "03/12/2026", "3.12.2026", "3-12-2026", "46359", " 3/12/2026 "})
    EXPECT_EQ(date_in_cell(cell), std::optional(make_date(2026, 12, 3))) << cell;
  for (const char* cell :
       {"", "0", "31/2/2026", "12/2026", "3/12/26", "x", "999999", "3/12/2026/1", "1/1/99999"})
    EXPECT_EQ(date_in_cell(cell), std::nullopt) << cell;
}

}  // namespace
}  // namespace danchu
