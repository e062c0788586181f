// Calendars that phones subscribe to (iCalendar, RFC 5545).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace danchu::web {

struct CalendarEvent {
  std::string uid;  // for ever the same, also when the event is moved
  std::string summary, place, text, page;
  Instant starts;
  Instant changed;
  std::int64_t sequence = 0;  // grows with each change
  bool cancelled = false;
};

inline constexpr std::string_view calendar_type = "text/calendar; charset=utf-8";
// Lines are folded after 75 bytes, never within a character. Times are given in UTC.
std::string to_icalendar(std::string_view name, const std::vector<CalendarEvent>& events);

}  // namespace danchu::web
