#include "base/lunar.h"

#include <gtest/gtest.h>

namespace danchu {
namespace {

TEST(Lunar, KnowsDaysThatArePrintedInEveryCalendar) {
  struct {
    Date solar;
    LunarDate lunar;
  } const table[] = {
      // Tết
      {make_date(2024, 2, 10), {2024, 1, 1}},
      {make_date(2025, 1, 29), {2025, 1, 1}},
      {make_date(2026, 2, 17), {2026, 1, 1}},
      {make_date(2027, 2, 6), {2027, 1, 1}},
      {make_date(2028, 1, 26), {2028, 1, 1}},
      // the eve, after a short and a long twelfth month
      {make_date(2024, 2, 9), {2023, 12, 30}},
      {make_date(2025, 1, 28), {2024, 12, 29}},
      {make_date(2027, 2, 5), {2026, 12, 29}},
      // Vietnam before China by a day (2007), by a month (1985)
      {make_date(2007, 2, 17), {2007, 1, 1}},
      {make_date(1985, 1, 21), {1985, 1, 1}},
      // leap months: 2/2023, 6/2025, 5/2028
      {make_date(2023, 3, 22), {2023, 2, 1, true}},
      {make_date(2023, 4, 20), {2023, 3, 1}},
      {make_date(2025, 6, 25), {2025, 6, 1}},
      {make_date(2025, 7, 25), {2025, 6, 1, true}},
      {make_date(2025, 8, 23), {2025, 7, 1}},
      {make_date(2028, 6, 23), {2028, 5, 1, true}},
      // the Hùng Kings (10/3) and the autumn moon (15/8)
      {make_date(2026, 4, 26), {2026, 3, 10}},
      {make_date(2024, 9, 17), {2024, 8, 15}},
      {make_date(2025, 10, 6), {2025, 8, 15}},
      {make_date(2026, 9, 25), {2026, 8, 15}},
  };
  for (const auto& line : table) {
    const LunarDate found = lunar(line.solar);
    EXPECT_EQ(found, line.lunar) << to_iso(line.solar) << " is " << found.day << "/" << found.month << "/"
                                 << found.year << (found.leap ? " leap" : "");
  }
}

// No day is missing or doubled: each is the one after, or the first of a month of 29 or 30 days.
TEST(Lunar, GoesOnDayByDay) {
  LunarDate before = lunar(make_date(1968, 1, 1));
  for (Date day = make_date(1968, 1, 2); day < make_date(2150, 1, 1); day = day + 1) {
    const LunarDate now = lunar(day);
    if (now.day == 1) {
      ASSERT_TRUE(before.day == 29 || before.day == 30) << to_iso(day);
      const bool next_month = now.month == before.month % 12 + 1 && !now.leap;
      const bool again = now.month == before.month && now.leap && !before.leap;
      ASSERT_TRUE(next_month || again) << to_iso(day);
      ASSERT_EQ(now.year, before.year + (now.month == 1 && next_month ? 1 : 0)) << to_iso(day);
    } else {
      ASSERT_EQ(now, (LunarDate{before.year, before.month, before.day + 1, before.leap})) << to_iso(day);
    }
    before = now;
  }
}

}  // namespace
}  // namespace danchu
