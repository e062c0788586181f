#include "base/lunar.h"

#include <cmath>
#include <numbers>

namespace danchu {
namespace {

constexpr double zone = 7.0 / 24;              // UTC+7 in days
constexpr int julian_day_of_1970 = 2'440'588;  // of 1970-01-01
constexpr double synodic_month = 29.530588853;
constexpr double first_new_moon = 2'415'021.076998695;  // of 1900, as a Julian day

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// The Julian day of the k-th mean new moon since 1 January 1900, with its main periodic terms.
double new_moon(int k) {
  const double t = k / 1236.85, t2 = t * t, t3 = t2 * t;
  double mean = 2'415'020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3;
  mean += 0.00033 * std::sin(radians(166.56 + 132.87 * t - 0.009173 * t2));
  const double sun = radians(359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3);
  const double moon = radians(306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3);
  const double latitude = radians(21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3);
  double terms = (0.1734 - 0.000393 * t) * std::sin(sun) + 0.0021 * std::sin(2 * sun);
  terms += -0.4068 * std::sin(moon) + 0.0161 * std::sin(2 * moon) - 0.0004 * std::sin(3 * moon);
  terms += 0.0104 * std::sin(2 * latitude) - 0.0051 * std::sin(sun + moon);
  terms += -0.0074 * std::sin(sun - moon) + 0.0004 * std::sin(2 * latitude + sun);
  terms += -0.0004 * std::sin(2 * latitude - sun) - 0.0006 * std::sin(2 * latitude + moon);
  terms += 0.0010 * std::sin(2 * latitude - moon) + 0.0005 * std::sin(2 * moon + sun);
  const double delta_t = -0.000278 + 0.000265 * t + 0.000262 * t2;
  return mean + terms - delta_t;
}

// The civil day in Vietnam of that new moon, as a Julian day number.
int new_moon_day(int k) { return static_cast<int>(std::floor(new_moon(k) + 0.5 + zone)); }

// Which twelfth of its way (0..11, from the spring equinox) the sun is in at the midnight that begins the
// day.
int sun_twelfth(int day) {
  const double t = (day - 0.5 - zone - 2'451'545.0) / 36'525, t2 = t * t;
  const double anomaly = radians(357.52910 + 35'999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2);
  double longitude = 280.46645 + 36'000.76983 * t + 0.0003032 * t2;
  longitude += (1.914600 - 0.004817 * t - 0.000014 * t2) * std::sin(anomaly);
  longitude += (0.019993 - 0.000101 * t) * std::sin(2 * anomaly) + 0.000290 * std::sin(3 * anomaly);
  longitude -= 360 * std::floor(longitude / 360);
  return static_cast<int>(longitude / 30) % 12;
}

int julian_day(Date date) { return date.days + julian_day_of_1970; }

int months_since_1900(int day) {
  return static_cast<int>(std::floor((day - first_new_moon) / synodic_month));
}

// The first day of the eleventh month, which holds the winter solstice of that solar year.
int eleventh_month(int year) {
  const int k = months_since_1900(julian_day(make_date(year, 12, 31)));
  const int begins = new_moon_day(k);
  constexpr int before_solstice = 9;  // the twelfth that begins with the solstice
  return sun_twelfth(begins) >= before_solstice ? new_moon_day(k - 1) : begins;
}

// Which month after an eleventh one, in a year of thirteen, is the leap month: the first without a new
// twelfth.
int leap_offset(int eleventh) {
  const int k = static_cast<int>(std::floor((eleventh - first_new_moon) / synodic_month + 0.5));
  int i = 1, here = sun_twelfth(new_moon_day(k + i)), before;
  do {
    before = here;
    here = sun_twelfth(new_moon_day(k + ++i));
  } while (here != before && i < 14);
  return i - 1;
}

}  // namespace

LunarDate lunar(Date date) {
  const int day = julian_day(date);
  const int k = months_since_1900(day);
  int begins = new_moon_day(k + 1);
  if (begins > day) begins = new_moon_day(k);
  if (begins > day) begins = new_moon_day(k - 1);
  // The two eleventh months this one lies between (or is the later of).
  int year = date.year(), from = eleventh_month(year), until = from;
  if (from >= begins) {
    from = eleventh_month(year - 1);
  } else {
    ++year;
    until = eleventh_month(year);
  }
  const int after = (begins - from) / 29;  // months since the eleventh
  LunarDate found{year, after + 11, day - begins + 1, false};
  if (until - from > 365) {
    const int leap = leap_offset(from);
    if (after >= leap) --found.month;
    found.leap = after == leap;
  }
  if (found.month > 12) found.month -= 12;
  if (found.month >= 11 && after < 4) --found.year;
  return found;
}

}  // namespace danchu
