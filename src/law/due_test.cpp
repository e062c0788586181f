#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "law/law.h"

namespace danchu::law {
namespace {

using testing::HasSubstr;
using testing::Not;

Date day(std::string_view iso) {
  auto date = parse_date(iso);
  EXPECT_TRUE(date) << iso;
  return date.value_or(Date{});
}

std::string due(std::string_view rule, std::string_view from, std::string_view case_name = "",
                std::string_view on = "") {
  auto answer = Law::embedded().due(rule, day(from), case_name, on.empty() ? std::optional<Date>() : day(on));
  return answer ? to_iso(answer->due) : "refused";
}

std::string why(std::string_view rule, std::string_view from, std::string_view case_name = "") {
  std::string text;
  auto answer = Law::embedded().due(rule, day(from), case_name);
  if (answer)
    for (const Reason& reason : answer->because) text += to_line(reason) + "\n";
  return text;
}

TEST(LawDue, Terms) {
  struct Row {
    const char *rule, *from, *due;
  };
  const Row rows[] = {
      // Working days forward; 1 January 2027 is a holiday.
      {"MTG-10", "2026-12-26", "2027-01-04"},
      {"EFF-07", "2026-12-26", "2027-01-04"},
      {"HU-12", "2026-12-16", "2026-12-23"},
      {"HU-13", "2026-12-21", "2026-12-28"},
      {"HU-13", "2026-12-22", "2026-12-29"},
      {"HU-15", "2026-12-25", "2026-12-29"},
      {"MTG-10", "2026-12-06", "2026-12-11"},
      {"FORM-02", "2026-12-02", "2026-12-09"},
      {"hu.dossier", "2026-12-16", "2026-12-23"},
      // Days forward: 12 December is a Saturday, so the term ends on Monday.
      {"BAL-04", "2026-12-07", "2026-12-09"},
      {"BAL-04", "2026-12-10", "2026-12-14"},
      // 1 May 2025 is a holiday and 2 May is off in exchange for 26 April: both end on Monday 5 May.
      {"BAL-04", "2025-04-29", "2025-05-05"},
      {"FORM-02", "2025-04-25", "2025-05-06"},
      // Backward, never later, also when it is a Sunday.
      {"ELE-01", "2027-01-03", "2026-12-14"},
      {"ELE-04", "2026-12-13", "2026-12-06"},
      {"MTG-04", "2026-12-12", "2026-12-10"},
      {"MTG-05", "2027-01-03", "2027-01-01"},
      {"TTN-08", "2027-01-05", "2026-12-28"},  // 4/1, 31/12, 30/12, 29/12, 28/12
      // Least durations are plain dates.
      {"FORM-04", "2026-12-04", "2027-01-03"},
      {"CON-13", "2026-12-01", "2026-12-21"},
      {"HU-07", "2026-11-02", "2026-12-02"},
      {"FORM-06", "2026-12-04", "2026-12-07"},
      // Months and years of the calendar.
      {"DEC-12", "2026-11-30", "2027-03-01"},  // 28 February 2027 is a Sunday
      {"ELE-11", "2026-08-31", "2027-03-01"},
      {"ELE-10", "2026-06-01", "2031-06-02"},
  };
  for (const Row& row : rows) EXPECT_EQ(due(row.rule, row.from), row.due) << row.rule << " from " << row.from;
}

TEST(LawDue, CasesAndVersions) {
  struct Row {
    const char *rule, *from, *case_name, *on, *due;
  };
  const Row rows[] = {
      // Ten days until 30 June 2026, seven working days since: by the event, or by the day asked for.
      {"KN-04", "2026-06-30", "", "", "2026-07-10"},
      {"KN-04", "2026-07-01", "", "", "2026-07-10"},
      {"KN-04", "2026-06-30", "", "2026-07-01", "2026-07-09"},
      {"KN-04", "2026-07-01", "", "2026-06-30", "2026-07-13"},
      {"KN-05", "2026-12-01", "", "", "2026-12-31"},
      {"KN-05", "2026-12-01", "complex", "", "2027-01-15"},
      {"KN-05", "2026-12-01", "remote", "", "2027-01-15"},
      {"KN-05", "2026-12-01", "remote-complex", "", "2027-02-01"},
      {"KN-05", "2025-12-01", "remote-complex", "", "2026-01-30"},
      {"kn.first", "2026-12-01", "remote", "2026-06-30", "2027-01-15"},
      {"KN-06", "2026-12-01", "remote", "", "2027-01-15"},
      {"KN-07", "2026-12-01", "", "", "2027-01-15"},
      {"KN-07", "2026-12-01", "complex", "", "2027-02-01"},
      {"KN-07", "2026-12-01", "remote", "", "2027-02-01"},
      {"KN-07", "2026-12-01", "remote-complex", "", "2027-02-12"},  // 9 February 2027 is in Tết
      {"KN-09", "2026-12-01", "remote", "", "2027-01-15"},
      {"TC-03", "2026-12-01", "", "", "2026-12-10"},
      {"TC-03", "2026-12-01", "several-places", "", "2026-12-15"},
      {"TC-07", "2026-12-01", "complex", "", "2027-02-01"},
      {"TC-07", "2026-12-01", "very-complex", "", "2027-03-01"},
      {"TC-10", "2026-12-01", "publicise", "", "2026-12-10"},
      {"TCD-08", "2026-12-01", "inform", "", "2026-12-08"},
      {"TCD-15", "2027-01-05", "", "", "2026-12-28"},
      {"TCD-15", "2027-01-05", "test", "", "2027-01-04"},
      {"ATI-02", "2026-12-04", "", "", "2026-12-04"},  // at once
      {"ATI-02", "2026-12-04", "complex", "", "2026-12-18"},
      {"ATI-02", "2026-12-04", "extended", "", "2027-01-04"},
      {"ATI-03", "2026-12-04", "", "", "2026-12-09"},
      {"ATI-03", "2026-12-04", "complex", "", "2026-12-25"},
      {"BUD-05", "2026-12-01", "approved", "", "2026-12-31"},
      {"KN-05", "2026-12-01", "far", "", "refused"},
      {"KN-06", "2026-12-01", "complex", "", "refused"},
      {"KN-11", "2026-12-01", "", "", "refused"},
      {"KN-13", "2026-06-30", "", "", "refused"},  // the decree began on 1 July
      {"TC-03", "2018-12-31", "", "", "refused"},
      {"TC-03", "2026-12-01", "", "2018-12-31", "refused"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(due(row.rule, row.from, row.case_name, row.on), row.due)
        << row.rule << " from " << row.from << " " << row.case_name << " " << row.on;
}

// The working days after `first` up to and with `last`.
int working_days(Date first, Date last) {
  int days = 0;
  for (Date each = first + 1; each <= last; each = each + 1) days += Law::embedded().is_working_day(each);
  return days;
}

void check_term(const Rule& rule, const Term& term, Date from, Date end) {
  const Law& law = Law::embedded();
  const std::string what = rule.id + " from " + to_iso(from);
  const int amount = term.amount;
  const bool back = term.direction == Direction::backward;
  EXPECT_TRUE(term.direction != Direction::forward || law.is_working_day(end)) << what;
  EXPECT_TRUE(!back || end <= from) << what;
  if (term.unit == DayUnit::working_days && amount > 0) {
    EXPECT_EQ(back ? working_days(end - 1, from - 1) : working_days(from, end), amount) << what;
  }
  if (term.unit != DayUnit::days) return;
  const Date last = back ? from - amount : from + amount;
  EXPECT_EQ(end, term.direction == Direction::forward ? law.calendar().next_working_day(last) : last) << what;
}

TEST(LawDue, EveryTermKeepsItsDirectionThroughTheYears) {
  const Law& law = Law::embedded();
  for (Date from = day("2026-07-01"); from < day("2027-12-31"); from = from + 5)
    for (const Rule& rule : law.rules()) {
      const Version* version = law.in_force(rule.id, from);
      if (!version || !version->term) continue;
      check_term(rule, *version->term, from, law.due(rule.id, from)->due);
      for (const auto& [name, term] : version->cases) {
        const Date begins = term.after.empty() ? from : law.due(rule.id, from, term.after)->due;
        check_term(rule, term, begins, law.due(rule.id, from, name)->due);
      }
    }
}

// One rule may hold terms of different units and directions; each is asked for by its case or its own key.
TEST(LawDue, TermsOfOneRuleKeepTheirOwnUnitAndDirection) {
  struct Row {
    const char *rule, *from, *case_name, *due;
  };
  const Row rows[] = {
      {"ELE-09", "2026-12-01", "", "2027-02-01"},           // 60 days end on a Saturday
      {"ELE-09", "2026-12-01", "recognise", "2026-12-08"},  // 5 working days
      {"SUP-01", "2026-12-21", "", "2026-12-06"},           // 15 days before
      {"SUP-01", "2026-12-20", "report", "2026-12-13"},     // 7 days before, a Sunday
      {"SUP-01", "2026-12-04", "result", "2026-12-21"},     // 15 days after end on a Saturday
      {"SOE-02", "2026-11-02", "", "2026-11-17"},           // 15 days
      {"SOE-02", "2026-11-02", "post", "2026-11-22"},       // 20 days of posting, a Sunday
      {"soe.publish", "2026-11-02", "", "2026-11-17"},
      {"soe.post", "2026-11-02", "", "2026-11-22"},
      {"BUD-05", "2026-12-01", "draft", "2026-12-08"},
      {"BUD-05", "2026-12-04", "posting", "2027-01-03"},
      {"BUD-05", "2025-12-01", "draft", "2025-12-08"},
      {"ORG-16", "2027-01-05", "", "2027-01-12"},
      {"ORG-16", "2027-01-05", "plan", "2026-12-28"},  // 5 working days before, over a holiday
      {"ATI-05", "2026-12-01", "", "2026-12-08"},
      {"ATI-05", "2026-12-01", "challenge", "2026-12-16"},
      {"ATI-03", "2026-12-04", "notice", "2026-12-09"},
      {"ATI-03", "2026-12-04", "extended", "2027-01-11"},  // 15 working days, then 15 days to a Saturday
      {"ATI-04", "2026-12-04", "notice", "2026-12-09"},
      {"ATI-04", "2026-12-04", "extended", "2027-01-11"},
      {"DON-01", "2026-12-04", "", "2027-12-04"},  // kept a year, a Saturday
      {"ORG-15", "2026-12-01", "", "2028-12-01"},
      {"tc.resolve", "2026-12-01", "complex", "2027-02-01"},  // 60 days from acceptance
      {"tc.ext", "2026-12-01", "", "2026-12-31"},             // the extension alone
      {"tc.ext", "2026-12-01", "complex", "2026-12-31"},
      {"tc.ext", "2026-12-01", "very-complex", "2027-02-01"},
      {"soe.post", "2026-11-02", "post", "refused"},  // the key has named it
      {"org.pass", "2026-11-02", "", "refused"},      // a share
  };
  for (const Row& row : rows)
    EXPECT_EQ(due(row.rule, row.from, row.case_name), row.due) << row.rule << " " << row.case_name;
  EXPECT_THAT(why("ORG-16", "2027-01-05", "plan"),
              HasSubstr("chậm nhất 5 ngày làm việc trước ngày 05/01/2027"));
  EXPECT_THAT(why("ATI-03", "2026-12-04", "extended"),
              HasSubstr("trong 15 ngày làm việc và thêm 15 ngày kể từ"));
  EXPECT_THAT(why("soe.post", "2026-11-02"), HasSubstr("ít nhất 20 ngày kể từ ngày 02/11/2026"));
}

TEST(LawDue, AtOnceDoesNotSayThatTheDayIsNotCounted) {
  EXPECT_THAT(why("ATI-02", "2026-12-04"), HasSubstr("Đ.29 Luật 104/2016/QH13: ngay trong ngày 04/12/2026"));
  EXPECT_THAT(why("ATI-02", "2026-12-04"), Not(HasSubstr("không tính ngày xảy ra")));
  EXPECT_EQ(due("ATI-02", "2026-12-05"), "2026-12-07");
  EXPECT_THAT(why("ATI-02", "2026-12-05"), HasSubstr("ngày 05/12/2026 không phải ngày làm việc"));
  EXPECT_THAT(why("ATI-02", "2026-12-04", "complex"), HasSubstr("không tính ngày xảy ra"));
}

TEST(LawDue, WhatAnUnreadAmendmentMayHaveChangedIsSaid) {
  const char* words = "theo luật gốc, chưa kiểm tra văn bản sửa đổi từ ngày 01/07/2026";
  for (const char* rule :
       {"KN-02", "TC-03", "TC-04", "TC-06", "TC-07", "tc.ext", "TC-09", "TC-10", "TCD-06"}) {
    EXPECT_THAT(why(rule, "2026-12-01"), HasSubstr(std::string(words) + ") (c")) << rule;  // cần … or chưa …
    EXPECT_THAT(why(rule, "2026-06-30"), Not(HasSubstr(words))) << rule;
  }
  EXPECT_THAT(why("KN-05", "2026-12-01"), HasSubstr("chưa kiểm chứng"));  // its own version says so
}

TEST(LawDue, MonthsEndWhereTheCalendarDoes) {
  EXPECT_EQ(to_iso(add_months(day("2027-01-31"), 1)), "2027-02-28");
  EXPECT_EQ(to_iso(add_months(day("2028-01-31"), 1)), "2028-02-29");
  EXPECT_EQ(to_iso(add_months(day("2026-12-31"), 2)), "2027-02-28");
  EXPECT_EQ(to_iso(add_months(day("2027-02-28"), -1)), "2027-01-28");
  EXPECT_EQ(to_iso(add_months(day("2026-12-15"), 12)), "2027-12-15");
}

TEST(LawDue, TheCalendarKnowsHolidaysAndSwaps) {
  const Law& law = Law::embedded();
  const char* off[] = {"2024-02-14", "2024-04-29", "2025-01-31", "2025-05-02", "2026-02-17", "2026-04-27",
                       "2026-09-01", "2027-01-01", "2027-02-08", "2027-04-16", "2027-05-03", "2026-12-13"};
  for (const char* each : off) EXPECT_FALSE(law.is_working_day(day(each))) << each;
  const char* worked[] = {"2024-05-04", "2025-04-26", "2026-11-24", "2027-11-24", "2026-12-25", "2027-01-04"};
  for (const char* each : worked) EXPECT_TRUE(law.is_working_day(day(each))) << each;
  // No decree was compared with the gazette yet; a year without days is not confirmed either.
  for (int year : {2024, 2025, 2026, 2027, 2030}) EXPECT_FALSE(law.calendar().is_confirmed(year)) << year;
}

TEST(LawDue, EachYearHasTheStatutoryHolidays) {
  for (int year = 2024; year <= 2027; ++year) {
    EXPECT_TRUE(Law::embedded().calendar().years.contains(year));
    int days = 0;
    for (const auto& [date, name] : Law::embedded().calendar().holidays) days += date.year() == year;
    EXPECT_GE(days, 11) << year;
  }
}

TEST(LawDue, ReasonsSayWhatIsNotConfirmed) {
  EXPECT_THAT(why("MTG-10", "2026-12-26"),
              HasSubstr("Đ.148 Bộ luật Dân sự 2015: không tính ngày xảy ra sự kiện (chưa kiểm chứng"));
  EXPECT_THAT(why("MTG-10", "2026-12-26"), HasSubstr("ngày nghỉ năm 2026–2027 chưa được đối chiếu"));
  EXPECT_THAT(why("MTG-10", "2026-11-20"), HasSubstr("24/11/2026"));  // reported, not counted
  EXPECT_THAT(why("MTG-10", "2031-06-02"), HasSubstr("2031"));  // beyond the calendar, answered all the same
  EXPECT_EQ(due("MTG-10", "2031-06-02"), "2031-06-09");
  EXPECT_THAT(why("BAL-04", "2026-12-10"), HasSubstr("12/12/2026 không phải ngày làm việc"));
  EXPECT_THAT(why("ELE-01", "2027-01-03"), HasSubstr("không dời về sau"));
  EXPECT_THAT(why("ELE-11", "2026-08-31"), HasSubstr("cần xác nhận"));
}

TEST(LawDue, EveryTermSaysThatItsCountingIsNotConfirmed) {
  for (const Rule& rule : Law::embedded().rules())
    for (const Version& version : rule.versions) {
      if (!version.term) continue;
      auto answer = Law::embedded().due(rule.id, version.valid_from);
      ASSERT_TRUE(answer.ok()) << rule.id;
      bool unverified = false;
      for (const Reason& reason : answer->because) unverified |= reason.unverified;
      EXPECT_TRUE(unverified) << rule.id << " of " << to_iso(version.valid_from);
    }
  // Before any counting rule we know, the term's own rule carries the words.
  EXPECT_THAT(why("TCD-06", "2015-06-15"), HasSubstr("Đ.24 Luật 42/2013/QH13: ngày nghỉ năm 2015 chưa được"));
  EXPECT_THAT(why("MTG-04", "2026-12-12"), HasSubstr("Đ.148 Bộ luật Dân sự 2015: không tính ngày xảy ra"));
}

TEST(LawDue, AConfirmedCalendarIsNamedWithoutReserve) {
  const std::string rule =
      "[[rule]]\nid = \"X-05\"\nvi = \"a\"\nen = \"a\"\n[[rule.version]]\n"
      "valid_from = 2021-01-01\ncitation = \"Đ.112\"\nconfidence = \"high\"\n"
      "term = { amount = 1, unit = \"working_days\", direction = \"forward\" }\n";
  const std::string group = "group = { order = 1, vi = \"a\", en = \"a\" }\n";
  auto law = Law::read({{"law/a.toml", group + rule + "[[year]]\nyear = 2026\nconfirmed = true\n"}});
  ASSERT_TRUE(law.ok());
  const Due within = *law->due("X-05", day("2026-12-01")), beyond = *law->due("X-05", day("2026-12-31"));
  EXPECT_EQ(to_line(within.because.back()), "Đ.112: theo lịch ngày làm việc năm 2026");
  EXPECT_THAT(to_line(beyond.because.back(), "en"), HasSubstr("the holidays of 2026–2027 have not"));
  EXPECT_TRUE(beyond.because.back().unverified);
}

TEST(LawDue, WhatHasNoAnswerIsRefused) {
  EXPECT_EQ(due("NONE-01", "2026-12-26"), "refused");
  EXPECT_EQ(due("DEC-01", "2026-12-26"), "refused");  // a share
  EXPECT_EQ(due("X-09", "2026-12-26"), "refused");
  EXPECT_EQ(due("MTG-10", "2023-06-30"), "refused");  // before the law
  EXPECT_EQ(due("HU-13", "2026-12-26", "", "2023-08-15"), "refused");
  EXPECT_EQ(due("EFF-07", "2026-12-26", "remote"), "refused");
  EXPECT_EQ(due("EFF-07", "2026-12-26", "", "2023-06-30"), "refused");
}

}  // namespace
}  // namespace danchu::law
