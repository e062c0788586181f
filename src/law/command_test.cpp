#include "law/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

namespace danchu::law {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Said {
  int code = 0;
  std::string out, err;
};

Said say(const std::string& words) {
  std::istringstream split(words);
  std::vector<std::string> args;
  for (std::string word; split >> word;) args.push_back(word);
  std::ostringstream out, err;
  Said said;
  said.code = command(args, out, err);
  said.out = out.str();
  said.err = err.str();
  return said;
}

TEST(LawCommand, DecideAnswersInTheOrderScriptsRelyOn) {
  Said said =
      say("decide --matter 1 --scope village --form meeting --households 87 --yes 58 --no 14 --other 2 "
          "--present 74 "
          "--on 2026-12-26");
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.err, "");
  EXPECT_THAT(said.out,
              StartsWith("{\"lawful\":true,\"passed\":true,\"needed\":58,\"because\":[\"Đ.15.1, Đ.21.1"));
  EXPECT_THAT(said.out, HasSubstr("],\"rules\":[\"DEC-01\"]}\n"));
}

TEST(LawCommand, DueAnswersWithItsReasons) {
  Said said = say("due MTG-10 --from 2026-12-26");
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, StartsWith("{\"due\":\"2027-01-04\",\"rule\":\"MTG-10\",\"because\":["));
  EXPECT_THAT(said.out, HasSubstr("[unverified]"));
  EXPECT_THAT(say("due KN-05 --from 2026-12-01 --case remote-complex").out,
              StartsWith("{\"due\":\"2027-02-01\""));
  EXPECT_THAT(say("due KN-04 --from 2026-07-01 --on 2026-06-30").out, StartsWith("{\"due\":\"2026-07-13\""));
  EXPECT_EQ(say("due MTG-10 --from 2023-06-01").code, 2);
  EXPECT_EQ(say("due MTG-10 --from 2026-12-26 --on 2023-06-01").code, 2);
}

TEST(LawCommand, ACommunesRegulationMayBeStricterOnly) {
  EXPECT_THAT(say("due MTG-04 --from 2026-12-12").out, StartsWith("{\"due\":\"2026-12-10\""));
  Said stricter = say("due MTG-04 --from 2026-12-12 --local MTG-04=5");
  EXPECT_THAT(stricter.out, StartsWith("{\"due\":\"2026-12-07\""));
  EXPECT_THAT(say("show MTG-04 --on 2026-12-01 --local MTG-04=5").out, HasSubstr("quy chế của xã: 5"));
  Said looser = say("due MTG-04 --from 2026-12-12 --local MTG-04=1");
  EXPECT_EQ(looser.code, 2);
  EXPECT_EQ(looser.out, "");
  EXPECT_THAT(looser.err, HasSubstr("stricter"));
  for (const char* wrong : {"MTG-04", "MTG-04=x", "MTG-04=-1", "=5", "DEC-01=60"})
    EXPECT_EQ(say(std::string("due MTG-04 --from 2026-12-12 --local ") + wrong).code, 2) << wrong;
}

TEST(LawCommand, ShowListsTheRulesOfADay) {
  Said all = say("show --on 2026-12-01");
  ASSERT_EQ(all.code, 0);
  auto rules = boost::json::parse(all.out).as_array();
  EXPECT_GE(rules.size(), 240u);
  for (const auto& rule : rules)
    for (const char* key :
         {"id", "key", "title", "citation", "value", "unit", "confidence", "valid_from", "valid_to"})
      EXPECT_TRUE(rule.as_object().contains(key)) << key;
  EXPECT_EQ(say("show --on 2001-01-01").out, "[]\n");
  auto one = boost::json::parse(say("show FORM-02 --on 2026-12-01").out).as_object();
  EXPECT_EQ(one["value"].as_int64(), 5);
  EXPECT_EQ(one["unit"].as_string(), "working_days");
  EXPECT_EQ(one["key"].as_string(), "pub.default_deadline");
}

TEST(LawCommand, ShowAnswersForTheKeyAsked) {
  struct Row {
    const char *asked, *id, *says;
  };
  const Row rows[] = {
      {"org.pass", "ORG-10", "\"value\":\"1/2\",\"unit\":\"share_over\",\"of\":\"attendees\""},
      {"org.quorum", "ORG-10", "\"value\":\"2/3\",\"unit\":\"share_at_least\",\"of\":\"staff\""},
      {"ORG-10", "ORG-10", "\"keys\":{\"org.pass\":{\"value\":\"1/2\""},
      {"soe.post", "SOE-02", "\"value\":20,\"unit\":\"days\""},
      {"soe.post", "SOE-02", "\"direction\":\"least_duration\""},
      {"soe.publish", "SOE-02", "\"value\":15,\"unit\":\"days\""},
      {"SOE-02", "SOE-02", "\"post\":{\"amount\":20,\"unit\":\"days\",\"direction\":\"least_duration\"}"},
      {"tc.ext", "TC-07", "\"cases\":{\"complex\":30,\"very-complex\":60}"},
      {"tc.resolve", "TC-07", "\"cases\":{\"complex\":60,\"very-complex\":90}"},
      {"ATI-03", "ATI-03", "\"after\":\"complex\""},
      {"DEC-03", "DEC-03", "\"confidence\":\"medium\",\"wording\":\"high\""},
      {"MTG-07", "MTG-07", "\"of\":\"present\""},
  };
  for (const Row& row : rows) {
    Said said = say(std::string("show ") + row.asked + " --on 2026-12-01");
    EXPECT_EQ(said.code, 0) << row.asked;
    EXPECT_THAT(said.out, HasSubstr(std::string("\"id\":\"") + row.id + "\"")) << row.asked;
    EXPECT_THAT(said.out, HasSubstr(row.says)) << row.asked;
  }
  EXPECT_THAT(say("show org.pass --on 2026-12-01").out, HasSubstr("\"key\":\"org.pass\""));
  EXPECT_THAT(say("show ELE-06 --on 2023-07-02").out, Not(HasSubstr("Nghị định")));
}

TEST(LawCommand, EveryMistakeIsNamedAndAnswersTwo) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "subcommand"},
      {"judge", "subcommand"},
      {"decide", "required"},
      {"decide --matter 1 --scope village --form meeting --households 87", "--yes"},
      {"decide --matter 1 --scope hamlet --form meeting --households 87 --yes 3",
       "“hamlet” is not one of village, commune"},
      {"decide --matter 1 --scope village --form paper --households 87 --yes 3", "--form"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 058", "--yes: “058”"},
      {"decide --matter 1 --scope village --form meeting --households 0x57 --yes 3", "--households"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 66.67%", "--yes"},
      {"decide --matter 1 --scope village --form meeting --households 99999999999999999999 --yes 3",
       "--households"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 88",
       "88 is more than households, which is 87"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 3 --on 2026-02-30", "--on"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 3 --on 2022-01-01",
       "no rule in force"},
      {"decide --matter 1 --scope village --form meeting --households -87 --yes 3", "--households"},
      {"decide --matter 1 --scope village --form meeting --households 1000000001 --yes 3", "--households"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 58 --no 30", "--yes+no+other"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 58 --no 14 --present 71",
       "72 is more than present, which is 71"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 58 --present 88", "--present"},
      {"decide --matter 1 --scope village --form ballot --households 87 --yes 58 --meeting-present 88",
       "--meeting-present"},
      {"decide --matter 1 --scope commune --form ballot --households 900 --yes 600 --villages 14 "
       "--villages-yes 15",
       "--villages-yes"},
      {"decide --matter 1 --scope village --form meeting --households 87 --yes 58 --villages 3 "
       "--villages-yes 2",
       "--villages-yes: counts only for the whole commune"},
      {"decide --matter 1 --scope village --households 87 --yes 58", "--form"},
      {"decide --matter 9 --scope village --form meeting --households 87 --yes 3", "--matter"},
      {"decide --matter 1 --scope commune --form meeting --households 87 --yes 3", "--villages"},
      {"due", "required"},
      {"due MTG-10", "--from"},
      {"due MTG-10 --from soon", "--from"},
      {"due MTG-10 --from 1899-12-31", "of the years 1900 to 2199"},
      {"due MTG-10 --from 2026-12-26 --on 2200-01-01",
       "--on: “2200-01-01” is not a date such as 2026-12-26, of"},
      {"due NONE-01 --from 2026-12-01", "There is no rule NONE-01"},
      {"due DEC-01 --from 2026-12-01", "DEC-01 sets no term"},
      {"due KN-05 --from 2026-12-01 --case far", "complex, remote"},
      {"due MTG-10 --from 2026-12-01 --case=", "empty"},
      {"show NONE-01", "There is no rule NONE-01"},
      {"show MTG-10 --on 2001-01-01", "not in force"},
      {"show A B", "B"},
  };
  for (const auto& [words, wrong] : rows) {
    Said said = say(words);
    EXPECT_EQ(said.code, 2) << words;
    EXPECT_EQ(said.out, "") << words;
    EXPECT_THAT(said.err, HasSubstr(wrong)) << words;
  }
}

TEST(LawCommand, HelpIsNoMistake) {
  Said said = say("decide --help");
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("--meeting-present"));
}

}  // namespace
}  // namespace danchu::law
