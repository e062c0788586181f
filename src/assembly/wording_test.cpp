#include "assembly/wording.h"

#include <gtest/gtest.h>

namespace danchu::assembly {
namespace {

TEST(Wording, SumsAreReadAsPeopleWriteThem) {
  struct {
    const char* text;
    std::vector<std::int64_t> sums;
  } const table[] = {
      {"Mỗi hộ góp 200.000 đ và 3 ngày công", {200'000}},
      {"Mỗi hộ góp 200.000đ", {200'000}},
      {"Mỗi hộ đóng 150 000 đồng", {150'000}},
      {"Mỗi hộ đóng 150,000 VNĐ.", {150'000}},
      {"Mỗi hộ 200 nghìn, hộ nghèo 100 ngàn đồng", {200'000, 100'000}},
      {"góp 50k", {50'000}},
      {"tổng 1,5 triệu", {1'500'000}},
      {"tổng 48 triệu đồng", {48'000'000}},
      {"2 tỷ đồng", {2'000'000'000}},
      {"600 m đường, 3 ngày công, 2 đợt", {}},
      {"mua 2 nghìn viên gạch", {}},
      {"cử 2 đồng chí trông coi", {}},
      {"từ 5 giờ 30 đến 6 giờ", {}},
      {"99999999999999999999999 đồng", {}},
      {"", {}},
  };
  for (const auto& line : table) {
    std::vector<std::int64_t> found;
    for (const NamedSum& sum : sums_in(line.text)) found.push_back(sum.dong);
    EXPECT_EQ(found, line.sums) << line.text;
  }
}

TEST(Wording, ASumOfEachIsToldFromATotal) {
  for (const char* each : {"Mỗi hộ góp 3 ngày công và 150.000 đ", "150.000 đ/hộ", "150.000 đồng mỗi hộ",
                           "thu 150.000 đ một khẩu"}) {
    ASSERT_EQ(sums_in(each).size(), 1u) << each;
    EXPECT_TRUE(sums_in(each)[0].of_each) << each;
  }
  const auto both = sums_in("Mỗi hộ góp 150.000 đ, tổng dự toán 48.000.000 đ");
  ASSERT_EQ(both.size(), 2u);
  EXPECT_TRUE(both[0].of_each);
  EXPECT_FALSE(both[1].of_each);
}

// What an auditor found: proposed anew with 150.000 đ, the old question still said 200.000 đ.
TEST(Wording, AQuestionMayNotSayAnotherSumThanTheField) {
  struct {
    const char *title, *asked;
    std::int64_t dong;
    std::vector<std::string> refused;
  } const table[] = {
      {"Làm đường", "Mỗi hộ góp 200.000 đ làm đường", 150'000, {"asked"}},
      {"Làm đường", "Góp 200 nghìn làm đường", 150'000, {"asked"}},
      {"Góp 200.000 đ làm đường", "Mỗi hộ góp 150 nghìn đồng", 150'000, {"title"}},
      {"Làm đường", "Mỗi hộ góp 150.000 đ, hộ nghèo 50.000 đ", 150'000, {}},
      {"Làm đường 48 triệu đồng", "Mỗi hộ góp 150.000 đ", 150'000, {}},
      {"Làm đường, tổng dự toán 48 triệu đồng", "Mỗi hộ góp một phần", 150'000, {}},
      {"Làm đường", "Mỗi hộ góp tiền và ngày công làm 600 m đường", 150'000, {}},
      {"Làm đường", "Mỗi hộ góp 200.000 đ và 3 ngày công", 0, {"money"}},
  };
  for (const auto& line : table) {
    ProposeMotion form;
    form.title.value = line.title;
    form.asked.value = line.asked;
    form.collects = true;
    if (line.dong > 0) form.money = Money{line.dong};
    std::vector<std::string> paths;
    for (const Problem& p : contradictions(form)) paths.push_back(p.path);
    EXPECT_EQ(paths, line.refused) << line.title << " / " << line.asked;
  }
}

TEST(Wording, ADecisionSaysWhatTheProposalSays) {
  Motion m;
  m.title.value = "Góp làm đường nội bản";
  m.asked.value = "Các hộ có đồng ý không?";
  EXPECT_EQ(decided_words(m), "Các hộ có đồng ý không?")
      << "nothing is collected: the question is what was decided";
  m.basis = Basis::household;
  m.money = Money{150'000};
  m.labour_days = Count{3};
  EXPECT_EQ(decided_words(m), "Góp làm đường nội bản: mỗi hộ góp 150.000 đ và 3 ngày công.");
  m.goods = Line<200>{"1 m³ cát"};
  m.exemptions = Text<1000>{"Hộ nghèo được miễn ngày công."};
  m.collect_from = make_date(2027, 1, 4);
  m.collect_to = make_date(2027, 2, 28);
  m.shortfall = Text<1000>{"Họp lại để bàn"};
  EXPECT_EQ(
      decided_words(m),
      "Góp làm đường nội bản: mỗi hộ góp 150.000 đ, 3 ngày công và 1 m³ cát; miễn, giảm: Hộ nghèo được miễn "
      "ngày công; thu từ ngày 04/01/2027 đến ngày 28/02/2027; nếu không đủ: Họp lại để bàn.");
  EXPECT_EQ(contradiction(m, decided_words(m)), "");
  EXPECT_NE(contradiction(m, "Mỗi hộ góp 200.000 đ"), "");
  EXPECT_NE(contradiction(m, "Mỗi hộ góp 500.000 đồng, không phải 150.000 đ"), "")
      << "one right sum hides no other";
  EXPECT_NE(contradiction(m, "Mỗi hộ góp 150.000 đ và 10 ngày công"), "");
  Motion plain;
  plain.matter.value = 6;
  plain.asked.value = "Sửa cổng chào?";
  EXPECT_EQ(contradiction(plain, "Sửa cổng chào trước Tết, kinh phí 5 triệu đồng do xã hỗ trợ."), "");
  EXPECT_NE(contradiction(plain, "Sửa cổng chào. Mỗi hộ góp 500.000 đồng"), "");
  EXPECT_NE(contradiction(plain, "Sửa cổng chào. Mỗi hộ 10 ngày công"), "");
}

// What a matter is about is not read from an amount that nobody of the village gives.
TEST(Wording, SpeaksOfGivingWhereHouseholdsAreAsked) {
  for (const char* asked : {"Mỗi hộ góp 200.000 đồng làm đường", "Đóng tiền làm đường", "3 ngày công mỗi hộ",
                            "Thu tiền quỹ khuyến học", "Mỗi hộ góp sức làm đường"})
    EXPECT_TRUE(speaks_of_giving(asked)) << asked;
  for (const char* other :
       {"Đóng góp ý kiến vào quy hoạch", "Loa phát từ ngày công bố quyết định", "Từ ngày công trình bàn giao",
        "Kinh phí 5 triệu đồng do xã hỗ trợ", "Giờ mở cửa nhà văn hóa"})
    EXPECT_FALSE(speaks_of_giving(other)) << other;
}

}  // namespace
}  // namespace danchu::assembly
