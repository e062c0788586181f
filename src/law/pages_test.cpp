#include "law/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "law/phrases.h"
#include "web/pages.h"

namespace danchu::law {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

const Date now = make_date(2026, 12, 1);

const RuleLine* line(const RulesPage& page, std::string_view id) {
  for (const RuleGroup& group : page.groups)
    for (const RuleLine& rule : group.rules)
      if (rule.id == id) return &rule;
  return nullptr;
}

RulePage shown(std::string_view id, std::string_view language = "vi") {
  return rule_page(Law::embedded(), *Law::embedded().find(id), now, language);
}

TEST(LawPages, ListTheRulesOfTheDayWithTheirArticles) {
  const RulesPage page = rules_page(Law::embedded(), now, "vi");
  ASSERT_TRUE(line(page, "DEC-01"));
  EXPECT_EQ(line(page, "DEC-01")->value, "ít nhất 2/3");
  EXPECT_EQ(line(page, "DEC-07")->value, "trên 1/2");
  EXPECT_EQ(line(page, "MTG-10")->value, "trong 5 ngày làm việc");
  EXPECT_EQ(line(page, "ELE-01")->value, "chậm nhất 20 ngày trước");
  EXPECT_EQ(line(page, "FORM-04")->url.value, "/luat/FORM-04");
  EXPECT_FALSE(line(page, "DEC-01")->to_be_confirmed);
  EXPECT_TRUE(line(page, "X-04")->to_be_confirmed);
  EXPECT_EQ(line(page, "TCD-04"), nullptr);  // the district level is abolished
  EXPECT_GT(page.unconfirmed, 20);
  EXPECT_LT(page.unconfirmed, page.total);
  EXPECT_EQ(line(rules_page(Law::embedded(), now, "en"), "FORM-04")->value, "at least 30 days");
  EXPECT_EQ(rules_page(Law::embedded(), make_date(1990, 1, 1), "vi").total, 0);
}

TEST(LawPages, ARuleShowsAllItsVersionsTheNewestFirst) {
  const RulePage page = shown("KN-04");
  ASSERT_EQ(page.versions.size(), 2u);
  EXPECT_EQ(page.versions[0].value, "trong 7 ngày làm việc");
  EXPECT_TRUE(page.versions[0].in_force);
  EXPECT_TRUE(page.versions[0].to_be_confirmed);
  EXPECT_EQ(page.versions[1].value, "trong 10 ngày");
  EXPECT_FALSE(page.versions[1].in_force);
  EXPECT_EQ(to_iso(*page.versions[1].valid_until), "2026-06-30");
}

TEST(LawPages, CasesNumbersAndListsReadAsWords) {
  EXPECT_THAT(shown("KN-05").versions[0].details,
              Contains(testing::AllOf(Field(&NamedValue::name, "vùng sâu, vùng xa và phức tạp"),
                                      Field(&NamedValue::value, "60 ngày"))));
  EXPECT_THAT(shown("MTG-03", "en").versions[0].details,
              Contains(testing::AllOf(Field(&NamedValue::name, "households, at least"),
                                      Field(&NamedValue::value, "200"))));
  EXPECT_EQ(shown("X-05").years.size(), 4u);
  EXPECT_TRUE(shown("X-04").years.empty());
}

TEST(LawPages, EveryNameUsedHasItsWords) {
  const Law& law = Law::embedded();
  for (const Rule& rule : law.rules())
    for (const Version& version : rule.versions) {
      for (const auto& each : version.cases)
        EXPECT_TRUE(law.words(each.first)) << rule.id << " " << each.first;
      for (const auto& each : version.numbers)
        EXPECT_TRUE(law.words(each.first)) << rule.id << " " << each.first;
      for (const auto& each : version.lists)
        EXPECT_TRUE(law.words(each.first)) << rule.id << " " << each.first;
    }
}

TEST(LawPages, BothPagesRenderInBothLanguages) {
  const people::Viewer nobody;
  for (std::string_view language : {"vi", "en"}) {
    web::PageContext context;
    context.language = language;
    context.path = "/luat";
    context.viewer = &nobody;
    context.form = fields_of<DayQuery>();
    const web::Pages& pages = web::Pages::embedded();
    const std::string rules =
        pages.render("law/rules", ref(rules_page(Law::embedded(), now, language)), context);
    EXPECT_THAT(rules, HasSubstr("href=\"" + std::string(language == "en" ? "/en" : "") + "/luat/DEC-01\""));
    EXPECT_THAT(rules, HasSubstr("id=\"decisions\""));
    const std::string rule = pages.render("law/rule", ref(shown("X-05", language)), context);
    EXPECT_THAT(rule, HasSubstr("24/11/2026"));
    EXPECT_THAT(rule, Not(HasSubstr("{{")));
  }
}

TEST(LawPages, AmountsReadWellInBothLanguages) {
  EXPECT_EQ(amount_text(1, DayUnit::working_days, "en"), "1 working day");
  EXPECT_EQ(amount_text(3, DayUnit::months, "en"), "3 months");
  EXPECT_EQ(amount_text(1, DayUnit::days, "vi"), "1 ngày");
}

}  // namespace
}  // namespace danchu::law
