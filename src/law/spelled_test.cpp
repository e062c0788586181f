#include "law/spelled.h"

#include <gtest/gtest.h>

#include "law/law.h"

namespace danchu::law {
namespace {

TEST(SpelledOut, SaysArticleClauseAndPoint) {
  const std::pair<const char*, const char*> table[] = {
      {"Đ.46 Luật 10/2022/QH15", "Điều 46 Luật 10/2022/QH15"},
      {"Đ.17.2 Luật 10/2022/QH15", "Điều 17 khoản 2 Luật 10/2022/QH15"},
      {"Đ.19.1b Luật 10/2022/QH15; Đ.4.1b Nghị định 59/2023/NĐ-CP",
       "Điều 19 khoản 1 điểm b Luật 10/2022/QH15; Điều 4 khoản 1 điểm b Nghị định 59/2023/NĐ-CP"},
      {"Đ.51.2a, b, đ Luật 10/2022/QH15", "Điều 51 khoản 2 điểm a, b, đ Luật 10/2022/QH15"},
      {"Đ.3.1đ", "Điều 3 khoản 1 điểm đ"},
      {"Đ.3.5a–c", "Điều 3 khoản 5 điểm a–c"},
      {"Đ.26.1–4 Thông tư 26/2026/TT-BTC", "Điều 26 khoản 1–4 Thông tư 26/2026/TT-BTC"},
      {"Đ.48.1, Đ.48.2", "Điều 48 khoản 1, Điều 48 khoản 2"},
      {"Luật 89/2025/QH15", "Luật 89/2025/QH15"},
      {"Đ. nào đó", "Đ. nào đó"},
      {"", ""}};
  for (const auto& [brief, spelled] : table) EXPECT_EQ(spelled_out(brief), spelled);
}

TEST(SpelledOut, LeavesNoShortArticleInAnyRule) {
  for (const Rule& rule : Law::embedded().rules())
    for (const Version& version : rule.versions)
      EXPECT_EQ(spelled_out(version.citation).find("Đ."), std::string::npos)
          << rule.id << ": " << version.citation;
}

}  // namespace
}  // namespace danchu::law
