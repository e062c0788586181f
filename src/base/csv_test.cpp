#include "base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace danchu {
namespace {

using ::testing::ElementsAre;

TEST(Csv, ReadsQuotedCellsWithSeparatorsAndLineBreaks) {
  auto rows = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\r\n\"Lò, Văn\",\"said \"\"no\"\"\nthen left\"\r\n\r\n1,2");
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "b"));
  EXPECT_THAT((*rows)[1].cells, ElementsAre("Lò, Văn", "said \"no\"\nthen left"));
  EXPECT_THAT((*rows)[2].cells, ElementsAre("1", "2"));
  EXPECT_EQ((*rows)[2].line, 5);
}

TEST(Csv, ReadsSemicolonsWhereTheHeaderHasThem) {
  auto rows = parse_csv("so;chu ho\n1;Lò Văn A\n");
  ASSERT_TRUE(rows);
  EXPECT_THAT((*rows)[1].cells, ElementsAre("1", "Lò Văn A"));
}

TEST(Csv, NamesTheLineThatIsWrong) {
  auto open = parse_csv("a\n\"b\nc");
  ASSERT_FALSE(open);
  EXPECT_EQ(open.problems()[0].args[0].second, "2");
  EXPECT_FALSE(parse_csv("\"a\"b\n"));
  EXPECT_FALSE(parse_csv("a\xff\n"));
  EXPECT_FALSE(parse_csv("1\n2\n3\n", {.rows = 2}));
  EXPECT_FALSE(parse_csv("1,2,3\n", {.columns = 2}));
}

TEST(Csv, WritesWhatItReadsAndDisarmsFormulas) {
  std::vector<std::string> cells = {"plain", "with, comma", "with \"quotes\"", "two\nlines", ""};
  auto rows = parse_csv(csv_line(cells));
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)[0].cells, cells);
  EXPECT_EQ(csv_line({"=1+1"}), "'=1+1\r\n");
  EXPECT_EQ(csv_line({"a;=1+1;"}), "\"a;'=1+1;\"\r\n");
}

}  // namespace
}  // namespace danchu
