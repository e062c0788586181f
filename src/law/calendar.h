// The working calendar: Monday to Friday, less the public holidays of law/calendar.toml, plus the
// weekend days that are worked in exchange. It is data because swaps are decreed year by year.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/time.h"

namespace danchu::law {

struct Words {
  std::string vi, en;
};

struct Year {
  bool confirmed = false;  // compared with the decrees of that year
  Words note;              // what is to be confirmed
};

// The rule that says which days are working days.
inline constexpr std::string_view calendar_rule = "X-05";

struct Calendar {
  std::map<Date, Words> holidays;
  std::map<Date, Words> worked;    // a weekend day that is worked in exchange
  std::map<Date, Words> reported;  // said to be a holiday, not confirmed: counted as an ordinary day
  std::map<int, Year> years;       // the years the calendar knows

  bool is_working_day(Date day) const;
  bool is_confirmed(int year) const;
  // The first working day on or after `day`.
  Date next_working_day(Date day) const;
  // The n-th working day after (n > 0) or before (n < 0) `day`, which itself is not counted; `day` for 0.
  Date add_working_days(Date day, int n) const;
};

// Calendar months later (or earlier); a day the month does not have becomes its last: 31 January + 1 = 28
// February.
Date add_months(Date day, int months);

}  // namespace danchu::law
