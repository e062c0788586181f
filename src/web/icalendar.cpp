#include "web/icalendar.h"

#include "base/text.h"

namespace danchu::web {
namespace {

constexpr std::size_t longest_line = 75;  // bytes, without the line end (RFC 5545, 3.1)

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (static_cast<unsigned char>(c) >= ' ') out += c;
  }
  return out;
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// A line that goes on begins with a space.
void add_line(std::string& calendar, std::string_view line) {
  for (std::size_t room = longest_line; line.size() > room; room = longest_line - 1) {
    std::size_t end = room;
    while (continues_a_character(line[end])) --end;
    calendar.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
  }
  calendar.append(line).append("\r\n");
}

// "20261206T123000Z"
std::string utc(Instant instant) {
  std::string digits;
  for (char c : to_iso(Instant{instant.us / 1'000'000 * 1'000'000}))
    if (c != '-' && c != ':') digits += c;
  return digits;
}

void add_event(std::string& calendar, const CalendarEvent& e) {
  add_line(calendar, "BEGIN:VEVENT");
  add_line(calendar, "UID:" + escaped(e.uid));
  add_line(calendar, "DTSTAMP:" + utc(e.changed));
  add_line(calendar, "DTSTART:" + utc(e.starts));
  add_line(calendar, "SEQUENCE:" + std::to_string(e.sequence));
  add_line(calendar, e.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  add_line(calendar, "SUMMARY:" + escaped(e.summary));
  if (!e.place.empty()) add_line(calendar, "LOCATION:" + escaped(e.place));
  if (!e.text.empty()) add_line(calendar, "DESCRIPTION:" + escaped(e.text));
  add_line(calendar, "URL:" + e.page);
  add_line(calendar, "END:VEVENT");
}

}  // namespace

std::string to_icalendar(std::string_view name, const std::vector<CalendarEvent>& events) {
  std::string calendar;
  add_line(calendar, "BEGIN:VCALENDAR");
  add_line(calendar, "VERSION:2.0");
  add_line(calendar, "PRODID:-//danchu//danchu//VI");
  add_line(calendar, "METHOD:PUBLISH");
  add_line(calendar, "NAME:" + escaped(name));
  add_line(calendar, "X-WR-CALNAME:" + escaped(name));
  for (const CalendarEvent& e : events) add_event(calendar, e);
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

}  // namespace danchu::web
