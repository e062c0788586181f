#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <fstream>
#include <random>
#include <sstream>

#include "acts/acts_testing.h"
#include "acts/command.h"
#include "acts/official.h"
#include "acts/register.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Verify : public ChainOfFive {};
DANCHU_ON_EACH_ENGINE(Verify);

TEST_P(Verify, FindsAnyAlteredColumnOfAnAct) {
  const std::pair<const char*, store::Value> alterations[] = {
      {"entered", std::int64_t{5}},
      {"kind", std::string("motion.opened")},
      {"unit", std::int64_t{8}},
      {"actor", std::int64_t{4}},
      {"on_behalf", std::string("somebody")},
      {"happened", std::int64_t{5}},
      {"subject", std::string("x")},
      {"prev", store::Bytes{std::string(32, 'x')}},
      {"hash", store::Bytes{std::string(32, 'x')}},
      {"signature", store::Bytes{std::string(64, 'x')}},
      {"body", store::Bytes{"{}"}},
      {"seq", std::int64_t{9}}};
  for (std::int64_t seq : {3, 5}) {
    for (const auto& [column, value] : alterations) {
      auto before = db().read([&](store::Reader& r) {
        return r.query_text("SELECT " + std::string(column) + " FROM act WHERE seq = $1", {seq});
      });
      if (std::string(column) == "seq") change("DELETE FROM act_row WHERE seq = $1", {seq});
      change("UPDATE act SET " + std::string(column) + " = $1 WHERE seq = $2", {value, seq});
      EXPECT_THAT(findings(), Contains(HasSubstr("act " + std::to_string(seq)))) << column;
      if (std::string(column) == "seq") break;
      change("UPDATE act SET " + std::string(column) + " = $1 WHERE seq = $2", {before[0].values()[0], seq});
      ASSERT_THAT(findings(), IsEmpty()) << column;
    }
    if (seq == 3) {
      change("UPDATE act SET seq = 3 WHERE seq = 9");
      change("INSERT INTO act_row(table_name, row_id, seq) VALUES ('matter', 103, 3)");
      ASSERT_THAT(findings(), IsEmpty());
    }
  }
}

TEST_P(Verify, SaysWhichColumnWasAltered) {
  change("UPDATE act SET unit = 8 WHERE seq = 3");
  EXPECT_THAT(findings(), Contains("act 3: column unit says \"8\", its bytes say \"7\""));
  change("UPDATE act SET unit = 7, hash = $1 WHERE seq = 3", {store::Bytes{std::string(32, 'x')}});
  EXPECT_THAT(findings(), Contains("act 3: column hash was altered"));
}

TEST_P(Verify, FindsAnAlteredRow) {
  change("UPDATE matter SET yes = 58 WHERE id = 103");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("table matter, row "), HasSubstr("(103)"),
                                            HasSubstr("column yes is 58, act 3 says 53"))));
  change("UPDATE matter SET yes = 53, title = 'Việc khác' WHERE id = 103");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("column title is \"Việc khác\", act 3 says \"Việc 3\"")));
  change("UPDATE matter SET title = 'Việc 3', head = 'Lò Văn Thảo' WHERE id = 103");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("column head is not what act 3 sealed")));
}

TEST_P(Verify, FindsRowsPutInAndTakenOut) {
  change("INSERT INTO matter(id, title, yes, state) VALUES (999, 'Chen vào', 87, 'decided')");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("(999)"), HasSubstr("no act covers it"))));
  change("DELETE FROM matter WHERE id IN (999, 102)");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("(102)"), HasSubstr("is missing"))));
}

// Any number of 64 bits may have been put in as an id.
TEST_P(Verify, FindsRowsUnderNumbersThatAreNoIds) {
  change(
      "INSERT INTO matter(id, title, yes, state) VALUES (-9223372036854775807 - 1, 'Chen vào', 87, "
      "'decided'), "
      "(-5, 'Chen vào', 87, 'decided')");
  EXPECT_THAT(findings(), ElementsAre("table matter, row -9223372036854775808: no act covers it",
                                      "table matter, row -5: no act covers it"));
}

TEST_P(Verify, ACheckThatStopsIsAFindingAndKeepsNoOtherBack) {
  static bool stops = false;
  static const AlsoVerified stopping{"what a test keeps", [](store::Reader&) -> std::vector<std::string> {
                                       if (stops) throw std::runtime_error("no such day");
                                       return {};
                                     }};
  change("UPDATE matter SET yes = 58 WHERE id = 103");
  stops = true;
  EXPECT_THAT(findings(), AllOf(Contains("the check of what a test keeps stopped: no such day"),
                                Contains(HasSubstr("column yes is 58"))));
  stops = false;
}

TEST_P(Verify, AStatementThatFailsNamesTheChecksThatWereNotMade) {
  static bool fails = false;
  static const AlsoVerified failing{"a table that is gone", [](store::Reader& r) -> std::vector<std::string> {
                                      if (fails) r.query_text("SELECT 1 FROM no_such_table", {});
                                      return {};
                                    }};
  static const AlsoVerified after{"what follows",
                                  [](store::Reader&) -> std::vector<std::string> { return {}; }};
  change("UPDATE matter SET yes = 58 WHERE id = 103");
  fails = true;
  EXPECT_THAT(findings(), AllOf(Contains(HasSubstr("the check of a table that is gone stopped: ")),
                                Contains("the check of what follows was not made, for one before it stopped"),
                                Contains(HasSubstr("column yes is 58"))));
  fails = false;
}

TEST_P(Verify, LetsRowsStandThatNoAuthorityActedOn) {
  static const NotYetOfficial proposals{"matter", "state = 'proposed'"};
  change("INSERT INTO matter(id, title, state) VALUES (999, 'Đề xuất', 'proposed')");
  Verification result = verify(db());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.not_covered, Contains("table matter: 1 rows no authority has acted on"));
}

TEST_P(Verify, FollowsTheLatestWordOnEachColumn) {
  auto corrected = db().write_official([&](store::Writer& w) -> Result<Recorded> {
    w.query_text("UPDATE matter SET yes = 57 WHERE id = 103", {});
    return append(w, keys(),
                  {.kind = "motion.corrected",
                   .unit = 7,
                   .happened = w.now(),
                   .covers = {{"matter", 103, {{"yes", 57}}}}});
  });
  EXPECT_EQ(corrected->seq, 6);
  EXPECT_THAT(findings(), IsEmpty());
  change("UPDATE matter SET title = 'khác' WHERE id = 103");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("act 3 says")));
}

TEST_P(Verify, FindsActsTakenOutPutInOrSwapped) {
  change("DELETE FROM act_row WHERE seq = 3");
  change("DELETE FROM act WHERE seq = 3");
  EXPECT_THAT(findings(), Contains("act 3 is missing"));
  change("UPDATE act_row SET seq = 5 WHERE seq = 4");
  change("UPDATE act SET seq = 3 WHERE seq = 4");
  EXPECT_THAT(findings(), Contains(HasSubstr("act 3: ")));
}

TEST_P(Verify, FindsAnActPutInLater) {
  change(
      "INSERT INTO act(seq, prev, entered, key_id, kind, unit, actor, on_behalf, happened, subject, body, "
      "hash, signature) "
      "SELECT 6, hash, entered, key_id, kind, unit, actor, on_behalf, happened, subject, body, hash, "
      "signature FROM act "
      "WHERE seq = 5");
  EXPECT_THAT(findings(), Contains("the chain's head is act 5, but acts stand up to 6"));
  EXPECT_THAT(findings(), Contains(HasSubstr("act 6: ")));
}

// Somebody who cuts the end off and sets the head back leaves a chain that agrees with itself: only what was
// published before tells. The command says so.
TEST_P(Verify, NoticesACutTailByAnAnchorOnly) {
  const std::string anchors = "# kept by the Front\n\n" + anchor(4) + anchor(5);
  EXPECT_THAT(findings(anchors), IsEmpty());
  EXPECT_EQ(verify(db(), anchors).anchors_compared, 2);
  change("DELETE FROM act_row WHERE seq = 5");
  change("DELETE FROM act WHERE seq = 5");
  EXPECT_THAT(findings(), Contains(HasSubstr("acts were cut off")));
  change("UPDATE chain_head SET seq = 4, hash = (SELECT hash FROM act WHERE seq = 4)");
  change("DELETE FROM matter WHERE id = 105");
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(findings(anchors),
              ElementsAre("the anchor names act 5, but the chain ends at act 4: acts were cut off"));
  std::ostringstream out, err;
  EXPECT_EQ(verify_command(db(), std::nullopt, false, out, err), 0);
  EXPECT_THAT(out.str(), HasSubstr("does not show that its end was not cut off"));
}

TEST_P(Verify, NoticesAChainWrittenAnewByAnAnchor) {
  const std::string anchors = anchor(4);
  for (const char* table : {"act_row", "act", "act_key", "chain_head", "daily_head", "matter"})
    change("DELETE FROM " + std::string(table));
  for (int i = 1; i <= 5; ++i) decide(100 + i, "Việc " + std::to_string(i), 70 + i);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(findings(anchors), ElementsAre(HasSubstr("act 4: does not have the hash of the anchor")));
}

TEST_P(Verify, NamesTheLineOfAWrongAnchor) {
  EXPECT_THAT(findings("# heads\n1 abc\n"), ElementsAre(HasSubstr("anchors, line 2")));
  EXPECT_THAT(findings("x " + hashes_[0]), ElementsAre(HasSubstr("anchors, line 1")));
  EXPECT_THAT(findings(anchor(1) + "1 " + hashes_[1]), ElementsAre(HasSubstr("anchors, line 2")));
  EXPECT_THAT(findings(hashes_[0]), ElementsAre(HasSubstr("anchors, line 1")));
}

TEST_P(Verify, ChecksKeptHeads) {
  keep_daily_head(db(), keys());
  EXPECT_THAT(findings(), IsEmpty());
  change("UPDATE daily_head SET seq = 4");
  EXPECT_THAT(findings(), Contains(HasSubstr("table daily_head")));
  EXPECT_THAT(findings(),
              Contains(HasSubstr("act 4: does not have the hash of the head kept on 2026-11-02")));
}

TEST_P(Verify, FindsAHeadMovedToAnotherDayOrTakenAway) {
  change("UPDATE daily_head SET day = '2026-10-30'");
  EXPECT_THAT(
      findings(),
      AllOf(Contains(HasSubstr("the head kept on 2026-10-30 was kept on 2026-11-02")),
            Contains("table daily_head: the head of 2026-11-02 is missing, acts were entered that day")));
  change("DELETE FROM daily_head");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("the head of 2026-11-02 is missing")));
}

// No page shows what stands before the first act, and verify names it.
TEST_P(Verify, FindsActsBeforeTheFirst) {
  for (const char* seq : {"0", "-5"})
    change(
        "INSERT INTO act(seq, prev, entered, key_id, kind, unit, actor, on_behalf, happened, subject, "
        "body, hash, signature) SELECT " +
        std::string(seq) +
        ", prev, entered, key_id, kind, unit, actor, on_behalf, happened, subject, body, hash, signature "
        "FROM act WHERE seq = 3");
  change("INSERT INTO act_row(table_name, row_id, seq) VALUES ('matter', 103, 0)");
  EXPECT_THAT(findings(), ElementsAre("act 0: was put in by hand: the chain begins with act 1",
                                      "act -5: was put in by hand: the chain begins with act 1"));
  db().read([&](store::Reader& r) {
    EXPECT_EQ(about(r, "matter/103").size(), 1u);
    EXPECT_EQ(covering(r, "matter", 103).size(), 1u);
    EXPECT_EQ(of_unit(r, 7, 50).size(), 5u);
    EXPECT_EQ(latest(r, 50).size(), 5u);
    for (std::int64_t seq : {0, -5}) {
      EXPECT_FALSE(find(r, seq)) << seq;
      EXPECT_FALSE(canonical_bytes(r, seq)) << seq;
      EXPECT_FALSE(seal_of(r, seq)) << seq;
    }
  });
}

TEST_P(Verify, FindsATriggerAndAViewInTheDatabase) {
  change("CREATE VIEW every_matter AS SELECT id FROM matter");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("a view was added"), HasSubstr("every_matter"))));
  change("DROP VIEW every_matter");
  if (db().engine() == "sqlite") {
    change("CREATE TRIGGER later AFTER INSERT ON matter BEGIN UPDATE matter SET yes = 87; END");
  } else {
    change("CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
    change("CREATE TRIGGER later BEFORE INSERT ON matter FOR EACH ROW EXECUTE FUNCTION meddle()");
  }
  EXPECT_THAT(findings(), ElementsAre("table matter: a trigger was added to the database, later"));
}

TEST_P(Verify, FindsARowOfAnOfficialTableBeforeAnyActNamesTheTable) {
  static const OfficialTable declared{"verdict"};
  change("CREATE TABLE verdict(id BIGINT PRIMARY KEY, won BIGINT)");
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(verify(db()).not_covered, Not(Contains(HasSubstr("verdict"))));
  change("INSERT INTO verdict(id, won) VALUES (9, 1)");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("table verdict"), HasSubstr("no act covers it"))));
}

TEST_P(Verify, ReportsErasedValues) {
  auto erased_by = db().write_official([&](store::Writer& w) -> Result<Recorded> {
    w.query_text("UPDATE matter SET head = NULL, head_salt = NULL WHERE id = 102", {});
    return append(w, keys(),
                  {.kind = "personal-data.erased",
                   .unit = 7,
                   .happened = w.now(),
                   .covers = {{"matter", 102, {{"head", erased()}}}}});
  });
  EXPECT_EQ(erased_by->seq, 6);
  Verification result = verify(db());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.notices, ElementsAre("table matter: 1 values erased by act 6"));
  change("UPDATE matter SET head = NULL, head_salt = NULL WHERE id = 103");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("column head is not what act 3 sealed")));
}

TEST_P(Verify, NamesWhatItDoesNotCover) {
  Verification result = verify(db());
  EXPECT_THAT(result.not_covered, Contains("table id_lease"));
  EXPECT_THAT(result.not_covered, Contains("table matter: columns state"));
  EXPECT_THAT(result.not_covered, Not(Contains(HasSubstr("table act"))));
}

// Whoever can write the store can write anything into an act's bytes; verify reports it and goes on.
TEST_P(Verify, ReadsHostileBytes) {
  for (
      const char* body :
      {R"({"covers":[1,{"id":"x"},{"id":103,"row":[],"table":"matter"},{"id":103,"row":{"yes":1},"table":"matter"}]})",
       R"({"covers":{}})",
       R"({"covers":[{"id":103,"row":{},"table":"matter"},{"id":999,"row":{},"table":"matter"}]})",
       R"({"covers":[{"id":1,"key":"id; DROP","row":{"a b":1},"table":"act\"x"}]})",
       R"({"covers":[{"id":103,"row":{"no_column":1},"table":"matter"}]})",
       R"({"covers":[{"id":1,"row":{"x":1},"table":"no_table"}]})", "[[[[", ""}) {
    change("UPDATE act SET body = $1 WHERE seq = 3", {store::Bytes{body}});
    EXPECT_THAT(findings(), Contains(HasSubstr("act 3: "))) << body;
  }
}

// Any byte of any act, altered alone, is found.
TEST_P(Verify, FindsRandomlyAlteredBytes) {
  std::mt19937 random(20261102);
  for (int round = 0; round < 25; ++round) {
    const char* columns[] = {"body", "prev", "hash", "signature"};
    const std::string column = columns[random() % 4];
    const std::int64_t seq = 1 + static_cast<std::int64_t>(random() % 5);
    auto rows = db().read([&](store::Reader& r) {
      return r.query_text("SELECT " + column + " FROM act WHERE seq = $1", {seq});
    });
    std::string bytes = rows[0].bytes(0);
    if (bytes.empty()) bytes = "x";
    const std::string before = rows[0].bytes(0);
    bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
    change("UPDATE act SET " + column + " = $1 WHERE seq = $2", {store::Bytes{bytes}, seq});
    EXPECT_THAT(findings(), Not(IsEmpty())) << column << " of act " << seq;
    change("UPDATE act SET " + column + " = $1 WHERE seq = $2", {store::Bytes{before}, seq});
  }
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_P(Verify, CommandAnswersByExitStatus) {
  store::TemporaryDirectory directory;
  const std::string file = directory.path() + "/anchors.txt";
  std::ofstream(file) << anchor(5);
  std::ostringstream out, err;
  EXPECT_EQ(verify_command(db(), file, false, out, err), 0);
  EXPECT_THAT(out.str(), HasSubstr("5 acts, 5 official rows, 0 files, 1 anchors compared"));
  EXPECT_THAT(out.str(), HasSubstr("Nothing before the last anchor was altered."));
  EXPECT_EQ(verify_command(db(), directory.path() + "/none", false, out, err), 2);
  EXPECT_THAT(err.str(), HasSubstr("/none"));
  change("UPDATE matter SET yes = 87 WHERE id = 101");
  std::ostringstream json;
  EXPECT_EQ(verify_command(db(), file, true, json, err), 1);
  auto value = boost::json::parse(json.str());
  EXPECT_FALSE(value.at("unaltered").as_bool());
  EXPECT_EQ(value.at("findings").as_array().size(), 1u);
}

}  // namespace
}  // namespace danchu::acts
