#include "law/calendar.h"

#include <algorithm>

namespace danchu::law {

bool Calendar::is_working_day(Date day) const {
  if (worked.contains(day)) return true;
  if (holidays.contains(day)) return false;
  return day.weekday() != 0 && day.weekday() != 6;
}

bool Calendar::is_confirmed(int year) const {
  auto found = years.find(year);
  return found != years.end() && found->second.confirmed;
}

Date Calendar::next_working_day(Date day) const {
  while (!is_working_day(day)) day = day + 1;
  return day;
}

Date Calendar::add_working_days(Date day, int n) const {
  const int step = n < 0 ? -1 : 1;
  while (n != 0) {
    day = day + step;
    if (is_working_day(day)) n -= step;
  }
  return day;
}

Date add_months(Date day, int months) {
  const int count = day.year() * 12 + static_cast<int>(day.month()) - 1 + months;
  const int year = count / 12;
  const auto month = static_cast<unsigned>(count % 12) + 1;
  const Date first = make_date(year, month, 1);
  const Date next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
  return first + std::min(static_cast<int>(day.day()), next - first) - 1;
}

}  // namespace danchu::law
