// The Vietnamese lunar calendar, by which people remember days: shown beside the solar date, never used for a
// term of the law. Months begin on the day of the new moon and the eleventh holds the winter solstice, both
// by the clock of Vietnam (UTC+7): since 1968 this differs from China's calendar in some years. After Jean
// Meeus, "Astronomical Algorithms", and Hồ Ngọc Đức, "Computing the Vietnamese lunar calendar".
#pragma once
#include "base/time.h"

namespace danchu {

struct LunarDate {
  int year = 0;
  int month = 0;      // 1..12
  int day = 0;        // 1..30
  bool leap = false;  // the second month of that number: "tháng 6 nhuận"
  bool operator==(const LunarDate&) const = default;
};

// For days of the years 1968..2199, when UTC+7 has been the clock.
LunarDate lunar(Date date);

}  // namespace danchu
