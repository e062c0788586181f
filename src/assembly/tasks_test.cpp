// How near a task's day is, and which task comes first.
#include "assembly/tasks.h"

#include <gtest/gtest.h>

namespace danchu::assembly {
namespace {

TEST(Nearness, IsCountedToTheLawfulDay) {
  const Date today = make_date(2026, 12, 31);
  const std::pair<std::optional<Date>, Nearness> cases[] = {{make_date(2026, 12, 30), Nearness::late},
                                                            {today, Nearness::soon},
                                                            {make_date(2027, 1, 2), Nearness::soon},
                                                            {make_date(2027, 1, 3), Nearness::in_time},
                                                            {std::nullopt, Nearness::no_day}};
  for (const auto& [due, nearness] : cases)
    EXPECT_EQ(nearness_of(due, today), nearness) << (due ? to_iso(*due) : "no day");
}

TEST(Tasks, TheEarliestDayComesFirstAndThenWhatHasNone) {
  auto task = [](std::optional<Date> due) {
    Task t{};
    t.due = due;
    return t;
  };
  const Task early = task(make_date(2026, 12, 18)), late = task(make_date(2026, 12, 19)), none = task({});
  EXPECT_TRUE(comes_before(early, late));
  EXPECT_FALSE(comes_before(late, early));
  EXPECT_TRUE(comes_before(late, none));
  EXPECT_FALSE(comes_before(none, late));
  EXPECT_FALSE(comes_before(none, none));
}

}  // namespace
}  // namespace danchu::assembly
