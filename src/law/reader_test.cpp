#include "law/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/resources.h"
#include "law/law.h"

namespace danchu::law {
namespace {

using testing::HasSubstr;

const std::string head = "group = { order = 1, vi = \"Thử\", en = \"Test\" }\n";  // line 1
const std::string rule =
    "[[rule]]\n"         // 2
    "id = \"DEC-01\"\n"  // 3
    "vi = \"Một\"\n"     // 4
    "en = \"One\"\n";    // 5
const std::string version =
    "[[rule.version]]\n"         // 6
    "valid_from = 2023-07-01\n"  // 7
    "citation = \"Đ.1\"\n"       // 8
    "confidence = \"high\"\n";   // 9

const std::string term =
    "[rule.version.term]\n"       // 10
    "amount = 2\n"                // 11
    "unit = \"days\"\n"           // 12
    "direction = \"forward\"\n";  // 13

std::string wrong_with(const std::string& text) {
  auto law = Law::read({{"law/x.toml", text}});
  std::string all;
  if (!law)
    for (const Problem& problem : law.problems()) all += where_and_what(problem) + "\n";
  return all;
}

TEST(LawReader, TakesAWellFormedFile) { EXPECT_EQ(wrong_with(head + rule + version), ""); }

TEST(LawReader, NamesTheLineAndWhatIsWrong) {
  struct Row {
    std::string text, wrong;
  };
  const Row rows[] = {
      {"group = \n", "law/x.toml:1: not well-formed TOML"},
      {"", "law/x.toml:1: the file is empty"},
      {head + rule + version + "colour = 3\n", "law/x.toml:10: unknown key “colour”"},
      {head + "threshold = 3\n", "law/x.toml:2: unknown key “threshold”"},
      {rule + version, "“group” is missing"},
      {head + "[[rule]]\nvi = \"a\"\nen = \"a\"\n" + version, "law/x.toml:2: “id” is missing"},
      {head + "[[rule]]\nid = \"dec1\"\nvi = \"a\"\nen = \"a\"\n" + version,
       "law/x.toml:3: “dec1” is not a rule id"},
      {head + "[[rule]]\nid = \"DEC-01\"\nen = \"a\"\n" + version, "law/x.toml:2: “vi” is missing"},
      {head + rule, "law/x.toml:2: “DEC-01” has no version"},
      {head + rule + version + rule + version, "law/x.toml:10: “DEC-01” is already used at law/x.toml:2"},
      {head + rule + "[[rule.version]]\nvalid_from = 2023-07-01\nconfidence = \"high\"\n",
       "law/x.toml:6: “citation” is missing"},
      {head + rule + "[[rule.version]]\nvalid_from = \"soon\"\ncitation = \"a\"\nconfidence = \"high\"\n",
       "law/x.toml:7: “valid_from” must be a date"},
      {head + rule + "[[rule.version]]\nvalid_from = 2023-02-30\ncitation = \"a\"\nconfidence = \"high\"\n",
       "law/x.toml:7: not well-formed TOML"},
      {head + rule + "[[rule.version]]\nvalid_from = 1203-02-03\ncitation = \"a\"\nconfidence = \"high\"\n",
       "law/x.toml:7: “valid_from” must be a date"},
      {head + rule + version + "valid_to = 2023-07-01\n", "law/x.toml:10: “valid_to” is the first day"},
      {head + rule + version + version, "law/x.toml:10: the versions of DEC-01 overlap"},
      {head + rule + "[[rule.version]]\nvalid_from = 2023-07-01\ncitation = \"a\"\nconfidence = \"sure\"\n",
       "law/x.toml:9: “confidence” must be one of high, medium, low"},
      {head + rule + version + "unverified = true\n",
       "law/x.toml:6: a rule that is not confirmed needs a “note”"},
      {head + rule + version + "unverified = \"yes\"\n", "law/x.toml:10: “unverified” must be true or false"},
      {head + rule + version + "share = { numerator = 2, denominator = 0 }\n",
       "law/x.toml:10: “denominator” must be a whole number from 1"},
      {head + rule + version + "share = { numerator = 3, denominator = 2 }\n",
       "law/x.toml:10: a share of 3/2 can never be reached"},
      {head + rule + version + "share = { numerator = 0.5, denominator = 1 }\n",
       "“numerator” must be a whole number"},
      {head + rule + version + "term = { amount = -1, unit = \"days\", direction = \"forward\" }\n",
       "law/x.toml:10: “amount” must be a whole number from 0"},
      {head + rule + version + "term = { amount = 1, unit = \"weeks\", direction = \"forward\" }\n",
       "“unit” must be one of days, working_days, months, years"},
      {head + rule + version + "term = { amount = 1, unit = \"days\" }\n",
       "law/x.toml:10: “direction” is missing"},
      {head + rule + version +
           "term = { amount = 1, unit = \"days\", direction = \"forward\", cases = { far = \"x\" } }\n",
       "“far” must be a whole number"},
      {head + rule + version + term + "cases = { far = { amount = 1, unit = \"weeks\" } }\n",
       "law/x.toml:14: “unit” must be one of days, working_days, months, years"},
      {head + rule + version + term + "cases.far = { amount = 1, direction = \"up\" }\n",
       "law/x.toml:14: “direction” must be one of forward, backward, least_duration"},
      {head + rule + version + term + "cases.far = { unit = \"days\" }\n",
       "law/x.toml:14: “amount” is missing"},
      {head + rule + version + term + "cases.far = { amount = 1, colour = 2 }\n",
       "law/x.toml:14: unknown key “colour”"},
      {head + rule + version + term + "cases.far = { amount = 1, after = \"near\" }\n",
       "law/x.toml:14: “far” follows “near”, which is no forward case"},
      {head + rule + version + term + "cases.far = { amount = 1, after = \"far\" }\n",
       "law/x.toml:14: “far” follows “far”"},
      {head + rule + version + term +
           "cases.near = { amount = 1, direction = \"backward\" }\ncases.far = { amount = 1, after = "
           "\"near\" }\n",
       "“far” follows “near”, which is no forward case"},
      {head + rule + version + "keys = { \"a.b\" = { case = \"far\" } }\n",
       "law/x.toml:10: “a.b” is not one of the keys of DEC-01"},
      {head + rule + "keys = [\"a.b\"]\n" + version + "keys = { \"a.b\" = { case = \"far\" } }\n",
       "law/x.toml:11: “far” is not a case of this version"},
      {head + rule + "keys = [\"a.b\"]\n" + version + "keys = { \"a.b\" = {} }\n",
       "law/x.toml:11: a key names exactly one case, term or share"},
      {head + rule + "keys = [\"a.b\"]\n" + version + "keys = { \"a.b\" = 5 }\n",
       "law/x.toml:11: “a.b” must be a table"},
      {head + rule + version + "share = { numerator = 1, denominator = 2, of = \"trees\" }\n",
       "law/x.toml:10: “of” must be one of households"},
      {head + rule + version + "wording = \"sure\"\n",
       "law/x.toml:10: “wording” must be one of high, medium, low"},
      {head + rule + version + "amended = 2026-07-01\n",
       "law/x.toml:6: a rule that is not confirmed needs a “note”"},
      {head + rule + version + "numbers = { min = \"3\" }\n", "“min” must be a whole number"},
      {head + rule + version + "lists = { forms = [] }\n", "“forms” must be a list of texts"},
      {head + rule + version + "lists = { forms = [1] }\n", "“forms” must be a list of texts"},
      {head + rule + version + "term = 5\n", "law/x.toml:10: “term” must be a table"},
      {head + "rule = 5\n", "law/x.toml:2: “rule” must be a list of tables"},
      {"[[year]]\nyear = 2026\n", "law/x.toml:1: a year that is not confirmed needs a “note”"},
      {"[[year]]\nyear = 2026\nconfirmed = true\n[[year]]\nyear = 2026\nconfirmed = true\n",
       "law/x.toml:4: the year 2026 stands twice"},
      {"[[year]]\nyear = 2026\nconfirmed = true\nholidays = [{ day = 2027-01-01, vi = \"a\", en = \"a\" }]\n",
       "law/x.toml:4: 2027-01-01 is not a day of 2026"},
      {"[[year]]\nyear = 2026\nconfirmed = true\nworked = [{ day = 2026-01-05, vi = \"a\", en = \"a\" }]\n",
       "law/x.toml:4: 2026-01-05 is no weekend day"},
  };
  for (const Row& row : rows) EXPECT_THAT(wrong_with(row.text), HasSubstr(row.wrong)) << row.text;
}

TEST(LawReader, ReportsEveryProblemOfEveryFile) {
  auto law = Law::read(
      {{"law/a.toml", head + rule + version + "colour = 1\nsize = 2\n"}, {"law/b.toml", "x = 1\n"}});
  ASSERT_FALSE(law.ok());
  EXPECT_GE(law.problems().size(), 3u);
}

TEST(LawReader, ACaseCountsAsItsTermDoesUnlessItSaysOtherwise) {
  auto law = Law::read({{"law/x.toml", head + rule + version + term +
                                           "[rule.version.term.cases]\nfar = 9\n"
                                           "[rule.version.term.cases.recognise]\namount = 5\n"
                                           "unit = \"working_days\"\n"
                                           "[rule.version.term.cases.post]\namount = 7\n"
                                           "direction = \"least_duration\"\n"}});
  ASSERT_TRUE(law.ok());
  const auto& cases = law->in_force("DEC-01", make_date(2024, 1, 1))->cases;
  EXPECT_EQ(cases.at("far").amount, 9);
  EXPECT_EQ(cases.at("far").unit, DayUnit::days);
  EXPECT_EQ(cases.at("far").direction, Direction::forward);
  EXPECT_EQ(cases.at("recognise").unit, DayUnit::working_days);
  EXPECT_EQ(cases.at("recognise").direction, Direction::forward);
  EXPECT_EQ(cases.at("post").unit, DayUnit::days);
  EXPECT_EQ(cases.at("post").direction, Direction::least_duration);
}

TEST(LawReader, OrdersVersionsAndFindsTheOneInForce) {
  const std::string later =
      "[[rule.version]]\nvalid_from = 2026-07-01\ncitation = \"Đ.2\"\nconfidence = \"high\"\n";
  const std::string first = version + "valid_to = 2026-07-01\n";
  auto law = Law::read({{"law/x.toml", head + rule + later + first}});
  ASSERT_TRUE(law.ok());
  EXPECT_EQ(law->in_force("DEC-01", make_date(2023, 6, 30)), nullptr);
  EXPECT_EQ(law->in_force("DEC-01", make_date(2026, 6, 30))->citation, "Đ.1");
  EXPECT_EQ(law->in_force("DEC-01", make_date(2026, 7, 1))->citation, "Đ.2");
}

TEST(LawReader, TheHashCoversEveryByte) {
  auto one = Law::read({{"law/x.toml", head + rule + version}});
  auto two = Law::read({{"law/x.toml", head + rule + version + "# a comment\n"}});
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_EQ(one->hash().size(), 64u);
  EXPECT_NE(one->hash(), two->hash());
}

std::vector<std::string> series(const std::string& prefix, int last) {
  std::vector<std::string> ids;
  for (int i = 1; i <= last; ++i) ids.push_back(prefix + (i < 10 ? "-0" : "-") + std::to_string(i));
  return ids;
}

TEST(LawReader, TheEmbeddedLawHoldsEveryRuleOfTheFacts) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const Resource& file : resources("law/", ".toml")) files.emplace_back(file.path, file.bytes);
  auto law = Law::read(files);
  if (!law)
    for (const Problem& problem : law.problems()) ADD_FAILURE() << where_and_what(problem);
  ASSERT_TRUE(law.ok());
  const std::pair<const char*, int> facts[] = {
      {"X", 13},   {"PUB", 14}, {"FORM", 15}, {"BUD", 5},  {"VF", 4},   {"ATI", 7}, {"DEC", 15},
      {"MTG", 10}, {"BAL", 10}, {"ONL", 13},  {"EFF", 10}, {"ELE", 12}, {"CNF", 5}, {"CON", 16},
      {"SUP", 2},  {"INS", 5},  {"TTN", 10},  {"GSD", 7},  {"ORG", 19}, {"HU", 24}, {"KN", 16},
      {"TC", 13},  {"TCD", 18}, {"DON", 1},   {"PA", 3},   {"NQ", 1}};
  for (const auto& [prefix, last] : facts)
    for (const std::string& id : series(prefix, last)) EXPECT_TRUE(law->find(id)) << id;
  EXPECT_TRUE(law->find("SOE-02"));
  EXPECT_GE(law->rules().size(), 250u);
}

TEST(LawReader, NoVersionCitesATextBeforeItWasInForce) {
  const std::pair<const char*, Date> texts[] = {{"Luật 10/2022/QH15", make_date(2023, 7, 1)},
                                                {"Nghị định 59/2023/NĐ-CP", make_date(2023, 8, 15)},
                                                {"Nghị định 61/2023/NĐ-CP", make_date(2023, 8, 16)},
                                                {"Nghị quyết ngày 17/4/2024", make_date(2024, 4, 17)},
                                                {"Thông tư 26/2026/TT-BTC", make_date(2026, 3, 25)},
                                                {"Nghị định 185/2026/NĐ-CP", make_date(2026, 5, 26)},
                                                {"Nghị định 154/2026/NĐ-CP", make_date(2026, 7, 1)},
                                                {"Nghị định 155/2026/NĐ-CP", make_date(2026, 7, 1)},
                                                {"Nghị định 156/2026/NĐ-CP", make_date(2026, 7, 1)},
                                                {"Luật 136/2025/QH15", make_date(2026, 7, 1)}};
  for (const Rule& each : Law::embedded().rules())
    for (const Version& version : each.versions)
      for (const auto& [text, since] : texts)
        EXPECT_TRUE(version.citation.find(text) == std::string::npos || version.valid_from >= since)
            << each.id << " cites " << text;
}

TEST(LawReader, TheParametersAreFoundByTheirKeys) {
  const char* keys[] = {"pub.default_deadline",
                        "pub.posting_min",
                        "pub.radio_min",
                        "pub.register_period",
                        "dec.threshold.item1_2",
                        "dec.threshold.item1_2.commune",
                        "dec.threshold.item3_6",
                        "dec.initiative.min",
                        "dec.initiative.validity",
                        "dec.send_deadline",
                        "dec.recognise_deadline",
                        "mtg.notice_min",
                        "mtg.docs_min",
                        "mtg.cluster_min_hh",
                        "team.counting",
                        "team.ballot",
                        "team.online",
                        "bal.notice_min",
                        "bal.plan_send",
                        "onl.allowed_items",
                        "onl.form_choice",
                        "onl.pass",
                        "ele.plan",
                        "ele.cand",
                        "ele.team",
                        "ele.publish",
                        "ele.petition_removal",
                        "ele.new_election",
                        "head.term",
                        "head.interim_max",
                        "head.min_age",
                        "cnf.notice",
                        "con.min_duration",
                        "hu.post_min",
                        "hu.quorum",
                        "hu.pass",
                        "hu.dossier",
                        "hu.recognise",
                        "hu.send",
                        "hu.suspend",
                        "hu.abolish",
                        "ttnd.min",
                        "ttnd.byelection_min",
                        "ttnd.plan",
                        "ttnd.reply",
                        "gsd.min",
                        "gsd.people_max",
                        "gsd.investor_notice",
                        "gsd.reply",
                        "org.publish",
                        "org.post",
                        "org.quorum",
                        "org.pass",
                        "org.propose",
                        "soe.publish",
                        "soe.post",
                        "kn.accept",
                        "kn.first",
                        "kn.second",
                        "tc.initial",
                        "tc.transfer",
                        "tc.notify",
                        "tc.resolve",
                        "tc.ext",
                        "tcd.commune_chair",
                        "tcd.schedule",
                        "tcd.answer",
                        "don.hard_alarm"};
  for (const char* key : keys) EXPECT_TRUE(Law::embedded().find(key)) << key;
  EXPECT_EQ(Law::embedded().find(""), nullptr);
}

TEST(LawReader, ALocalRegulationMayOnlyBeStricter) {
  const Law& law = Law::embedded();
  const Date from = make_date(2026, 12, 7), meeting = make_date(2026, 12, 12);
  auto stricter = law.with_local({{"EFF-07", 3}, {"MTG-04", 5}, {"CON-13", 30}});
  ASSERT_TRUE(stricter.ok());
  EXPECT_EQ(to_iso(stricter->due("EFF-07", from)->due), "2026-12-10");
  EXPECT_EQ(to_iso(stricter->due("MTG-04", meeting)->due), "2026-12-07");
  EXPECT_NE(stricter->hash(), law.hash());
  EXPECT_TRUE(law.with_local({{"EFF-07", 5}}).ok());  // as the law
  const LocalRule looser[] = {{"EFF-07", 6}, {"MTG-04", 1}, {"CON-13", 19}, {"FORM-04", 29}};
  for (const LocalRule& each : looser) {
    auto refused = law.with_local({each});
    ASSERT_FALSE(refused.ok()) << each.rule;
    EXPECT_EQ(refused.problems().front().fault, Fault::unlawful);
    EXPECT_EQ(refused.problems().front().rules, std::vector<std::string>{"X-02"});
    EXPECT_THAT(where_and_what(refused.problems().front()), HasSubstr("Đ.35.2c"));
  }
  EXPECT_FALSE(law.with_local({{"DEC-01", 60}}).ok());  // a share is not a term
  EXPECT_FALSE(law.with_local({{"NONE-01", 1}}).ok());
  EXPECT_FALSE(law.with_local({{"soe.post", 25}}).ok());  // would move the term of publishing
  EXPECT_FALSE(
      law.with_local({{"DEC-12", 4}}).ok());  // the citizens' own right is not the commune's to change
  EXPECT_EQ(law.with_local({{"EFF-07", 6}, {"MTG-04", 1}}).problems().size(), 2u);
}

// A term that the law changed: the regulation holds on each day on which it is the stricter one.
TEST(LawReader, ALocalRegulationHoldsInEveryVersionThatIsLooser) {
  const std::string file =
      "group = { order = 1, vi = \"a\", en = \"a\" }\n[[rule]]\nid = \"A-01\"\nvi = \"a\"\nen = \"a\"\n";
  const auto version = [](const char* dates, int amount) {
    return "[[rule.version]]\n" + std::string(dates) +
           "\ncitation = \"Đ.1\"\nconfidence = \"high\"\nterm = { amount = " + std::to_string(amount) +
           ", unit = \"days\", direction = \"forward\", stricter = \"less\" }\n";
  };
  auto law = Law::read({{"law/a.toml", file + version("valid_from = 2020-01-01\nvalid_to = 2022-01-01", 5) +
                                           version("valid_from = 2022-01-01\nvalid_to = 2024-01-01", 20) +
                                           version("valid_from = 2024-01-01", 30)}});
  ASSERT_TRUE(law.ok());
  auto local = law->with_local({{"A-01", 10}});
  ASSERT_TRUE(local.ok());
  const auto amount = [&](const char* on) { return local->in_force("A-01", *parse_date(on))->term->amount; };
  EXPECT_EQ(amount("2021-06-01"), 5) << "the law of that day was stricter";
  EXPECT_EQ(amount("2023-06-01"), 10);
  EXPECT_EQ(amount("2026-06-01"), 10);
}

}  // namespace
}  // namespace danchu::law
