#include "base/time.h"

#include <array>
#include <cstdio>

namespace danchu {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t us_per_day = 86'400'000'000;
constexpr std::int64_t local_offset_us = 7LL * 3'600'000'000;

year_month_day civil(Date date) { return year_month_day(sys_days(std::chrono::days(date.days))); }

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Reads exactly `width` digits at `at`, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 64> buffer{};
  int n = std::snprintf(buffer.data(), buffer.size(), pattern, values...);
  return std::string(buffer.data(), static_cast<std::size_t>(n));
}

}  // namespace

int Date::year() const { return static_cast<int>(civil(*this).year()); }
unsigned Date::month() const { return static_cast<unsigned>(civil(*this).month()); }
unsigned Date::day() const { return static_cast<unsigned>(civil(*this).day()); }
unsigned Date::weekday() const {
  return std::chrono::weekday(sys_days(std::chrono::days(days))).c_encoding();
}

Date make_date(int year, unsigned month, unsigned day) {
  auto ymd = year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day));
  return {static_cast<std::int32_t>(sys_days(ymd).time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  auto year = digits(iso, 0, 4), month = digits(iso, 5, 2), day = digits(iso, 8, 2);
  if (!year || !month || !day || *year < 1900 || *year > 2199) return std::nullopt;
  auto ymd = year_month_day(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day)));
  if (!ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(sys_days(ymd).time_since_epoch().count())};
}

std::string to_iso(Date date) { return format("%04d-%02u-%02u", date.year(), date.month(), date.day()); }

std::string to_page(Date date) { return format("%02u/%02u/%04d", date.day(), date.month(), date.year()); }

std::optional<Instant> parse_instant(std::string_view iso) {
  if (iso.size() < 16 || (iso[10] != 'T' && iso[10] != ' ') || iso[13] != ':') return std::nullopt;
  auto date = parse_date(iso.substr(0, 10));
  auto hour = digits(iso, 11, 2), minute = digits(iso, 14, 2);
  if (!date || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  std::int64_t us = date->days * us_per_day + (*hour * 3600LL + *minute * 60LL) * 1'000'000;
  std::size_t at = 16;
  if (at < iso.size() && iso[at] == ':') {
    auto second = digits(iso, at + 1, 2);
    if (!second || *second > 59) return std::nullopt;
    us += *second * 1'000'000LL;
    at += 3;
    if (at < iso.size() && iso[at] == '.') {
      std::int64_t unit = 100'000;
      for (++at; at < iso.size() && iso[at] >= '0' && iso[at] <= '9'; ++at, unit /= 10)
        us += (iso[at] - '0') * unit;
    }
  }
  std::string_view zone = iso.substr(at);
  if (zone.empty()) return Instant{us - local_offset_us};
  if (zone == "Z") return Instant{us};
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  auto zone_hour = digits(zone, 1, 2), zone_minute = digits(zone, 4, 2);
  if (!zone_hour || !zone_minute || *zone_hour > 14 || *zone_minute > 59) return std::nullopt;
  std::int64_t offset = (*zone_hour * 3600LL + *zone_minute * 60LL) * 1'000'000;
  return Instant{zone[0] == '+' ? us - offset : us + offset};
}

std::string to_iso(Instant instant) {
  Date date{static_cast<std::int32_t>(floor_div(instant.us, us_per_day))};
  std::int64_t rest = instant.us - date.days * us_per_day;
  std::int64_t seconds = rest / 1'000'000, fraction = rest % 1'000'000;
  std::string text =
      to_iso(date) + format("T%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                            static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  if (fraction != 0) text += format(".%06d", static_cast<int>(fraction));
  return text + "Z";
}

std::string to_page(Instant instant) {
  Date date = local_date(instant);
  std::int64_t minutes = (instant.us - start_of(date).us) / 60'000'000;
  return format("%02d:%02d ", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60)) + to_page(date);
}

std::string to_local_input(Instant instant) {
  Date date = local_date(instant);
  std::int64_t minutes = (instant.us - start_of(date).us) / 60'000'000;
  return to_iso(date) + format("T%02d:%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
}

Date local_date(Instant instant) {
  return {static_cast<std::int32_t>(floor_div(instant.us + local_offset_us, us_per_day))};
}

Instant start_of(Date date) { return {date.days * us_per_day - local_offset_us}; }

Instant at_local(Date date, int hour, int minute) {
  return {start_of(date).us + (hour * 3600LL + minute * 60LL) * 1'000'000};
}

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<std::chrono::microseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

}  // namespace danchu
