#include "law/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "law/phrases.h"
#include "web/testing.h"

namespace danchu::law {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

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
  const RulesPage unconfirmed = rules_page(Law::embedded(), now, "vi", unconfirmed_rules);
  EXPECT_EQ(line(unconfirmed, "DEC-01"), nullptr);
  EXPECT_TRUE(line(unconfirmed, "X-04"));
  EXPECT_EQ(unconfirmed.total, page.total);
}

TEST(LawPages, WhatAnUnreadTextAmendsIsToBeConfirmedFromThatDayOn) {
  EXPECT_TRUE(line(rules_page(Law::embedded(), now, "vi"), "KN-02")->to_be_confirmed);
  EXPECT_TRUE(line(rules_page(Law::embedded(), now, "vi", unconfirmed_rules), "KN-02"));
  EXPECT_FALSE(line(rules_page(Law::embedded(), make_date(2026, 6, 30), "vi"), "KN-02")->to_be_confirmed);
  EXPECT_EQ(to_iso(*shown("KN-02").versions[0].amended), "2026-07-01");
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
  EXPECT_THAT(shown("SOE-02").versions[0].details,
              Contains(testing::AllOf(Field(&NamedValue::name, "niêm yết có thời hạn"),
                                      Field(&NamedValue::value, "ít nhất 20 ngày"))));
  EXPECT_THAT(shown("ELE-09").versions[0].details, Contains(Field(&NamedValue::value, "5 ngày làm việc")));
  EXPECT_THAT(shown("ATI-04", "en").versions[0].details,
              Contains(Field(&NamedValue::value, "15 working days and then 15 days")));
  EXPECT_THAT(shown("ORG-10").versions[0].details, Contains(Field(&NamedValue::value, "trên 1/2")));
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

class LawPagesServed : public testing::Test {
 protected:
  LawPagesServed() : server_(&law::routes) {}
  web::TestServer server_;
};

TEST_F(LawPagesServed, InBothLanguagesAndAsJson) {
  const web::Answer page = server_.get("/luat");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("href=\"/luat?nhom=decisions\""));
  EXPECT_LT(page.body.size(), 20'000u) << "the first page a telephone loads";
  const web::Answer group = server_.get("/luat?nhom=decisions");
  EXPECT_THAT(group.body, HasSubstr("href=\"/luat/DEC-01\""));
  EXPECT_THAT(group.body, HasSubstr("id=\"decisions\""));
  EXPECT_THAT(server_.get("/en/luat?nhom=decisions").body, HasSubstr("href=\"/en/luat/DEC-01\""));
  EXPECT_EQ(server_.get("/luat?nhom=none").status, 404);
  auto json = boost::json::parse(server_.get("/luat.json?ngay=2026-12-01").body);
  EXPECT_EQ(json.at("on").as_string(), "2026-12-01");
  EXPECT_EQ(json.at("law_hash").as_string(), Law::embedded().hash());
  EXPECT_EQ(server_.get("/en/luat/KN-04").status, 200);
  EXPECT_THAT(server_.get("/luat/X-05").body, HasSubstr("24/11/2026"));
}

TEST_F(LawPagesServed, AskedForAnotherDay) {
  EXPECT_THAT(server_.get("/luat?ngay=2026-06-30&nhom=complaints").body,
              HasSubstr("trong 10 ngày"));  // KN-04 as it was
  EXPECT_THAT(server_.get("/luat?ngay=1999-01-01").body, HasSubstr("Không có quy định nào"));
  const web::Answer wrong = server_.get("/luat?ngay=mai");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("href=\"#ngay\""));  // the summary leads to the field
  EXPECT_EQ(server_.get("/luat/NONE-01").status, 404);
}

TEST(LawPages, AmountsReadWellInBothLanguages) {
  EXPECT_EQ(amount_text(1, DayUnit::working_days, "en"), "1 working day");
  EXPECT_EQ(amount_text(3, DayUnit::months, "en"), "3 months");
  EXPECT_EQ(amount_text(1, DayUnit::days, "vi"), "1 ngày");
}

}  // namespace
}  // namespace danchu::law
