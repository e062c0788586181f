// Time: UTC instants in the store, UTC+7 on the page, calendar dates for the law. The clock is passed in.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace danchu {

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  auto operator<=>(const Instant&) const = default;
  Instant operator+(std::chrono::microseconds d) const { return {us + d.count()}; }
  Instant operator-(std::chrono::microseconds d) const { return {us - d.count()}; }
  std::chrono::microseconds operator-(Instant other) const {
    return std::chrono::microseconds(us - other.us);
  }
};

// A day of the civil calendar, without a time of day. Days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
  Date operator+(int n) const { return {days + n}; }
  Date operator-(int n) const { return {days - n}; }
  int operator-(Date other) const { return days - other.days; }
  int year() const;
  unsigned month() const;    // 1..12
  unsigned day() const;      // 1..31
  unsigned weekday() const;  // 0 Sunday .. 6 Saturday
};

Date make_date(int year, unsigned month, unsigned day);

// Exactly YYYY-MM-DD, a real day of the years 1900..2199.
std::optional<Date> parse_date(std::string_view iso);
std::string to_iso(Date date);
// 12/12/2026, as Vietnamese papers and pages write it.
std::string to_page(Date date);

// Exactly YYYY-MM-DDTHH:MM[:SS[.ffffff]](Z|+HH:MM); without a zone it is local time (UTC+7), as HTML's
// datetime-local sends it.
std::optional<Instant> parse_instant(std::string_view iso);
// 2026-12-12T12:30:00Z; microseconds are shown only when there are any.
std::string to_iso(Instant instant);
// 19:30 12/12/2026 in UTC+7.
std::string to_page(Instant instant);
// 2026-12-12T19:30, the value of an HTML datetime-local field, in UTC+7.
std::string to_local_input(Instant instant);

// The civil day in Vietnam (UTC+7) at this instant, and the instant at which a day begins there.
Date local_date(Instant instant);
Instant start_of(Date date);
// That day at hour:minute in UTC+7.
Instant at_local(Date date, int hour, int minute);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today() const { return local_date(now()); }
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// A clock that tests and demo stories set by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_; }
  void set(Instant instant) { now_ = instant; }

 private:
  Instant now_;
};

}  // namespace danchu
