#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "law/law.h"

namespace danchu::law {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Date now = make_date(2026, 12, 12);

Case meeting(int matter, std::int64_t households, std::optional<std::int64_t> yes) {
  Case c;
  c.matter = matter;
  c.households = households;
  c.yes = yes;
  c.on = now;
  return c;
}
Case ballot(int matter, std::int64_t households, std::int64_t yes,
            std::optional<std::int64_t> meeting_present) {
  Case c = meeting(matter, households, yes);
  c.form = Form::ballot;
  c.meeting_present = meeting_present;
  return c;
}
Case online(int matter, std::int64_t households, std::int64_t yes) {
  Case c = meeting(matter, households, yes);
  c.form = Form::online;
  return c;
}
Case commune(int matter, Form form, std::optional<std::int64_t> villages,
             std::optional<std::int64_t> villages_yes) {
  Case c = meeting(matter, 3000, 2400);
  c.scope = Scope::commune;
  c.form = form;
  c.villages = villages;
  c.villages_yes = villages_yes;
  return c;
}

Verdict judged(const Case& c) {
  auto verdict = Law::embedded().decide(c);
  EXPECT_TRUE(verdict.ok()) << (verdict ? "" : verdict.problems().front().message);
  return verdict ? *verdict : Verdict{};
}
std::string whole(const Verdict& verdict) {
  std::string text;
  for (const Reason& reason : verdict.because) text += to_line(reason) + "\n";
  return text;
}

TEST(LawDecide, LeastYesThatPasses) {
  struct Row {
    int matter;
    std::int64_t households, needed;
  };
  const Row rows[] = {{1, 1, 1},
                      {1, 2, 2},
                      {1, 3, 2},
                      {1, 4, 3},
                      {2, 5, 4},
                      {1, 87, 58},
                      {2, 236, 158},
                      {1, 64, 43},
                      {3, 1, 1},
                      {3, 2, 2},
                      {3, 3, 2},
                      {4, 4, 3},
                      {3, 64, 33},
                      {5, 87, 44},
                      {6, 236, 119},
                      {6, 8318, 4160},
                      {1, 1'000'000'000, 666'666'667},
                      {6, 1'000'000'000, 500'000'001}};
  for (const Row& row : rows) {
    Verdict passed = judged(meeting(row.matter, row.households, row.needed));
    EXPECT_EQ(passed.needed, row.needed) << row.matter << " of " << row.households;
    EXPECT_TRUE(passed.lawful && passed.passed) << row.matter << " of " << row.households;
    Verdict lost = judged(meeting(row.matter, row.households, row.needed - 1));
    EXPECT_TRUE(lost.lawful && !lost.passed) << row.matter << " of " << row.households;
  }
}

TEST(LawDecide, NeededIsTheLeastPassingYesForEveryTotal) {
  for (std::int64_t total = 1; total <= 2000; ++total)
    for (int matter = 1; matter <= 6; ++matter) {
      const std::int64_t needed = judged(meeting(matter, total, std::nullopt)).needed;
      const auto reaches = [&](std::int64_t yes) {
        return matter <= 2 ? 3 * yes >= 2 * total : 2 * yes > total;
      };
      ASSERT_TRUE(reaches(needed) && !reaches(needed - 1) && needed <= total) << matter << " of " << total;
    }
}

TEST(LawDecide, TheMattersOfTheLawHaveTheirOwnRule) {
  const char* rules[] = {"DEC-01", "DEC-02", "DEC-04", "DEC-05", "DEC-06", "DEC-07"};
  for (int matter = 1; matter <= 6; ++matter)
    EXPECT_EQ(judged(meeting(matter, 9, 9)).rules.front(), rules[matter - 1]);
  EXPECT_THAT(judged(meeting(1, 9, 9)).rules, ElementsAre("DEC-01"));
  EXPECT_THAT(judged(meeting(5, 9, 9)).rules, ElementsAre("DEC-06"));
}

TEST(LawDecide, ReasonsCarryTheArticleAndTheNumbers) {
  Case c = meeting(1, 87, 57);
  c.no = 12;
  c.other = 2;
  c.present = 71;
  Verdict lost = judged(c);
  EXPECT_FALSE(lost.passed);
  EXPECT_EQ(lost.needed, 58);
  EXPECT_THAT(whole(lost), HasSubstr("Đ.21.1 Luật 10/2022/QH15"));
  EXPECT_THAT(whole(lost), HasSubstr("57/87"));
  EXPECT_THAT(to_line(lost.because.front(), "en"), HasSubstr("at least 58 needed: not passed"));
}

TEST(LawDecide, NothingIsDecidedByNobody) {
  for (Form form : {Form::meeting, Form::ballot, Form::online}) {
    Case c = meeting(6, 0, 0);
    c.form = form;
    Verdict verdict = judged(c);
    EXPECT_FALSE(verdict.lawful);
    EXPECT_FALSE(verdict.passed);
    EXPECT_THAT(verdict.rules, Contains("X-06"));
  }
  EXPECT_FALSE(judged(commune(1, Form::meeting, 0, 0)).lawful);
  for (Form form : {Form::meeting, Form::ballot}) {
    Case c = commune(1, form, 14, 14);
    c.households = 0;
    c.yes = 0;
    EXPECT_FALSE(judged(c).lawful || judged(c).passed);
    EXPECT_THAT(judged(c).rules, Contains("X-06"));
  }
}

TEST(LawDecide, WholeCommuneCountsVillagesAndOnlyForMattersOneAndTwo) {
  Verdict passed = judged(commune(1, Form::meeting, 14, 10));
  EXPECT_TRUE(passed.lawful && passed.passed);
  EXPECT_EQ(passed.needed, 10);
  EXPECT_THAT(whole(passed), HasSubstr("cần xác nhận"));  // each village by its own two thirds is our reading
  EXPECT_FALSE(judged(commune(2, Form::meeting, 14, 9)).passed);
  EXPECT_THAT(judged(commune(2, Form::ballot, 14, 10)).rules, ElementsAre("DEC-03", "BAL-01"));
  for (int matter = 3; matter <= 6; ++matter)
    for (Form form : {Form::meeting, Form::ballot, Form::online}) {
      Verdict refused = judged(commune(matter, form, std::nullopt, std::nullopt));
      EXPECT_FALSE(refused.lawful || refused.passed) << matter;
      EXPECT_EQ(refused.needed, 0);
      EXPECT_THAT(refused.rules, Contains("DEC-03"));
      EXPECT_THAT(whole(refused), Not(HasSubstr("cần xác nhận")));  // the wording itself is read
    }
  EXPECT_FALSE(judged(commune(1, Form::online, 14, 14)).lawful);
  EXPECT_FALSE(Law::embedded().decide(commune(1, Form::meeting, std::nullopt, std::nullopt)).ok());
  EXPECT_FALSE(Law::embedded().decide(commune(1, Form::ballot, 14, std::nullopt)).ok());
}

TEST(LawDecide, OnlineIsForMatterSixOfAVillageOnly) {
  Verdict six = judged(online(6, 87, 44));
  EXPECT_TRUE(six.lawful && six.passed);
  EXPECT_THAT(six.rules, ElementsAre("DEC-07", "DEC-15", "ONL-09"));
  EXPECT_THAT(whole(six), HasSubstr("Đ.5.4b Nghị định 59/2023/NĐ-CP"));
  Case before = online(6, 87, 44);
  before.on = make_date(2023, 8, 14);
  EXPECT_THAT(judged(before).rules, ElementsAre("DEC-07", "DEC-15"));
  for (int matter = 1; matter <= 5; ++matter) {
    Verdict refused = judged(online(matter, 87, 87));
    EXPECT_FALSE(refused.lawful || refused.passed) << matter;
    EXPECT_THAT(refused.rules, Contains("DEC-15"));
    EXPECT_THAT(whole(refused), HasSubstr("Đ.17.2 Luật 10/2022/QH15"));
    EXPECT_GT(refused.needed, 0);
  }
  EXPECT_THAT(judged(online(3, 64, 64)).rules, Contains("HU-11"));
  EXPECT_THAT(judged(online(4, 64, 64)).rules, Contains("DEC-14"));
}

TEST(LawDecide, ABallotNeedsAMeetingThatTooFewAttended) {
  struct Row {
    int matter;
    std::int64_t households;
    std::optional<std::int64_t> came;
    bool lawful;
    const char* rule;
  };
  const Row rows[] = {
      {1, 87, 71, false, "BAL-02"},  // D1: enough came, too few agreed
      {1, 87, 58, false, "BAL-02"},
      {1, 87, 57, true, "BAL-02"},
      {2, 87, std::nullopt, false, "BAL-02"},  // no meeting yet
      {3, 64, 32, true, "HU-11"},
      {3, 64, 33, false, "BAL-02"},
      {3, 64, std::nullopt, false, "DEC-14"},
      {4, 87, 43, true, "BAL-02"},
      {5, 87, 44, false, "BAL-02"},
      {5, 87, std::nullopt, false, "DEC-14"},
      {6, 87, std::nullopt, true, "BAL-03"},  // the head's and the Front's choice
      {6, 87, 43, true, "BAL-02"},
      {6, 87, 44, false, "BAL-02"},
      {1, 87, 0, true, "BAL-02"},
  };
  for (const Row& row : rows) {
    Verdict verdict = judged(ballot(row.matter, row.households, row.households, row.came));
    EXPECT_EQ(verdict.lawful, row.lawful) << row.matter << " " << row.came.value_or(-1);
    EXPECT_EQ(verdict.passed, row.lawful);
    EXPECT_THAT(verdict.rules, Contains(row.rule)) << row.matter << " " << row.came.value_or(-1);
  }
}

TEST(LawDecide, AnElectionCitesItsOwnRule) {
  EXPECT_THAT(judged(meeting(4, 87, 44)).rules, ElementsAre("DEC-05", "ELE-06"));
  EXPECT_THAT(whole(judged(meeting(4, 87, 43))), HasSubstr("Đ.3.5d Nghị định 59/2023/NĐ-CP"));
  EXPECT_THAT(judged(ballot(4, 87, 44, 40)).rules, ElementsAre("DEC-05", "BAL-02", "ELE-06"));
  EXPECT_THAT(judged(online(4, 87, 87)).rules, Not(Contains("ELE-06")));
  Case before = meeting(4, 87, 44);
  before.on = make_date(2023, 8, 14);
  EXPECT_THAT(whole(judged(before)), Not(HasSubstr("Nghị định 59")));
}

TEST(LawDecide, WhoWasPresentSomewhereBoundsNoBallot) {
  Case c = ballot(6, 87, 60, std::nullopt);
  c.present = 12;
  EXPECT_TRUE(judged(c).passed);
  c.form = Form::online;
  EXPECT_TRUE(judged(c).passed);
  c.form = Form::meeting;
  EXPECT_FALSE(Law::embedded().decide(c).ok());
}

TEST(LawDecide, AConventionNeedsItsQuorumAtTheMeeting) {
  Case half = meeting(3, 64, 32);
  half.present = 32;
  Verdict missed = judged(half);
  EXPECT_TRUE(missed.lawful);
  EXPECT_FALSE(missed.passed);
  EXPECT_THAT(missed.rules, ElementsAre("DEC-04", "HU-10"));
  EXPECT_THAT(whole(missed), HasSubstr("32/64 hộ dự họp, cần ít nhất 33"));
  Case over = meeting(3, 64, 33);
  over.present = 33;
  EXPECT_TRUE(judged(over).passed);
  EXPECT_TRUE(judged(meeting(3, 64, 33)).passed);  // attendance not given
  Case few = meeting(1, 87, 50);
  few.present = 57;
  EXPECT_THAT(judged(few).rules, ElementsAre("DEC-01", "MTG-09"));
}

// The law of art. 15-21 said once more, by hand, against every combination the engine can be asked.
bool may_be_used(int matter, Scope scope, Form form, std::optional<std::int64_t> came, std::int64_t needed) {
  if (scope == Scope::commune) return matter <= 2 && form != Form::online;
  if (form == Form::online) return matter == 6;
  if (form == Form::meeting) return true;
  return came ? *came < needed : matter == 6;
}

void check_all_counts(Case c, std::int64_t total) {
  const bool two_thirds = c.matter <= 2, commune = c.scope == Scope::commune;
  const std::int64_t needed = two_thirds ? (2 * total + 2) / 3 : total / 2 + 1;
  for (std::optional<std::int64_t> came :
       {std::optional<std::int64_t>(), std::optional<std::int64_t>(0), std::optional(needed - 1),
        std::optional(needed), std::optional(total)})
    for (std::int64_t yes : {std::int64_t{0}, needed - 1, needed, total}) {
      c.households = commune ? 9 * total : total;
      c.yes = commune ? 0 : yes;
      if (commune) c.villages = total, c.villages_yes = yes;
      c.meeting_present = came;
      const Verdict verdict = judged(c);
      const bool lawful = may_be_used(c.matter, c.scope, c.form, came, needed);
      const auto what = [&] {
        return std::to_string(c.matter) + " " + std::string(code_of(c.scope)) + " " +
               std::string(code_of(c.form)) + " " + std::to_string(yes) + "/" + std::to_string(total) +
               " after " + std::to_string(came.value_or(-1));
      };
      EXPECT_EQ(verdict.lawful, lawful) << what();
      EXPECT_EQ(verdict.passed, lawful && yes >= needed) << what();
      EXPECT_EQ(verdict.needed, commune && !two_thirds ? 0 : needed) << what();
      EXPECT_FALSE(verdict.because.empty() || verdict.rules.empty()) << what();
    }
}

TEST(LawDecide, EveryMatterScopeAndForm) {
  for (int matter = 1; matter <= 6; ++matter)
    for (Scope scope : {Scope::village, Scope::commune})
      for (Form form : {Form::meeting, Form::ballot, Form::online})
        for (std::int64_t total : {1, 2, 3, 14, 64, 87, 236}) {
          Case c = meeting(matter, total, 0);
          c.scope = scope;
          c.form = form;
          check_all_counts(c, total);
        }
}

TEST(LawDecide, StoryOfTheRoad) {
  Case lost = meeting(1, 87, 57), passed = meeting(1, 87, 58);
  lost.present = 71, lost.no = 12, lost.other = 2;
  passed.present = 74, passed.no = 14, passed.other = 2;
  EXPECT_TRUE(judged(lost).lawful && !judged(lost).passed);
  EXPECT_FALSE(judged(ballot(1, 87, 87, 71)).lawful);  // enough came
  EXPECT_FALSE(judged(online(1, 87, 87)).lawful);
  EXPECT_TRUE(judged(passed).passed);
}

TEST(LawDecide, StoryOfTheConvention) {
  EXPECT_TRUE(judged(ballot(3, 64, 33, 32)).passed);
  EXPECT_FALSE(judged(ballot(3, 64, 32, 32)).passed);
}

TEST(LawDecide, StoryOfTheClusters) {
  Case all = meeting(2, 236, 70 + 52 + 36);
  all.present = 84 + 60 + 41;
  EXPECT_TRUE(judged(all).passed);
  all.yes = 157;
  EXPECT_FALSE(judged(all).passed);
}

TEST(LawDecide, ExactlyHalfTriggersAPetitionButPassesNoVote) {
  const Version* petition = Law::embedded().in_force("ELE-08", now);
  ASSERT_TRUE(petition && petition->numerator);
  EXPECT_FALSE(petition->strict);
  EXPECT_FALSE(judged(meeting(4, 86, 43)).passed);
  EXPECT_TRUE(judged(meeting(4, 86, 44)).passed);
}

TEST(LawDecide, CountsThatCannotBeAreRefused) {
  const auto refused = [](const Case& c) { return !Law::embedded().decide(c).ok(); };
  Case c = meeting(1, 87, 88);
  EXPECT_TRUE(refused(c));
  c = meeting(1, 87, 57);
  c.no = 31;  // 57 + 31 > 87
  EXPECT_TRUE(refused(c));
  c.no = 12;
  c.other = 3;
  c.present = 71;  // 57 + 12 + 3 > 71
  EXPECT_TRUE(refused(c));
  c.other = 2;
  EXPECT_FALSE(refused(c));
  c.present = 88;
  EXPECT_TRUE(refused(c));
  EXPECT_TRUE(refused(meeting(1, 87, -1)));
  EXPECT_TRUE(refused(meeting(1, 1'000'000'001, 1)));
  EXPECT_TRUE(refused(meeting(0, 87, 1)));
  EXPECT_TRUE(refused(meeting(7, 87, 1)));
  EXPECT_TRUE(refused(ballot(1, 87, 58, 88)));
  EXPECT_TRUE(refused(commune(1, Form::meeting, 14, 15)));
}

TEST(LawDecide, BeforeTheLawThereIsNoRule) {
  Case c = meeting(1, 87, 58);
  c.on = make_date(2023, 6, 30);
  EXPECT_FALSE(Law::embedded().decide(c).ok());
  c.on = make_date(2023, 7, 1);
  EXPECT_TRUE(Law::embedded().decide(c).ok());
  EXPECT_TRUE(Law::embedded().forms(1, Scope::village, 87, std::nullopt, make_date(2023, 6, 30)).empty());
}

TEST(LawDecide, FormsSayWhyTheOthersAreNotLawful) {
  const auto lawful = [](int matter, Scope scope, std::optional<std::int64_t> came) {
    std::string forms;
    for (const FormAnswer& answer : Law::embedded().forms(matter, scope, 87, came, now)) {
      if (answer.lawful)
        forms += std::string(code_of(answer.form)) + " ";
      else
        EXPECT_FALSE(answer.because.empty());
    }
    return forms;
  };
  EXPECT_EQ(lawful(1, Scope::village, std::nullopt), "meeting ");
  EXPECT_EQ(lawful(1, Scope::village, 57), "meeting ballot ");
  EXPECT_EQ(lawful(4, Scope::village, 71), "meeting ");
  EXPECT_EQ(lawful(6, Scope::village, std::nullopt), "meeting ballot online ");
  EXPECT_EQ(lawful(1, Scope::commune, std::nullopt), "meeting ballot ");
  EXPECT_EQ(lawful(6, Scope::commune, std::nullopt), "");
}

}  // namespace
}  // namespace danchu::law
