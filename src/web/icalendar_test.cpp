#include "web/icalendar.h"

#include <gmock/gmock.h>

namespace danchu::web {
namespace {

using testing::HasSubstr;

CalendarEvent evening(std::string summary) {
  return {"1@danchu",
          std::move(summary),
          "Nhà văn hóa; bản Nà Cá, xã Mường Bú",
          "một\nhai\\ba",
          "https://x/1",
          at_local(make_date(2026, 12, 12), 19, 30),
          at_local(make_date(2026, 12, 9), 8, 0)};
}

TEST(Calendar, EscapesWhatRfc5545Separates) {
  const std::string text = to_icalendar("Lịch", {evening("Họp")});
  EXPECT_THAT(text, HasSubstr("LOCATION:Nhà văn hóa\\; bản Nà Cá\\, xã Mường Bú\r\n"));
  EXPECT_THAT(text, HasSubstr("DESCRIPTION:một\\nhai\\\\ba\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTART:20261212T123000Z\r\nSEQUENCE:0\r\n"));
}

TEST(Calendar, FoldsLongLinesBetweenCharacters) {
  std::string summary;
  for (int i = 0; i < 60; ++i) summary += "ế";
  const std::string text = to_icalendar("Lịch", {evening(summary)});
  std::string unfolded;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos) << "every line ends with CRLF";
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LE(line.size(), 75u) << line;
    EXPECT_NE(static_cast<unsigned char>(line[line.starts_with(' ') ? 1 : 0]) & 0xc0, 0x80) << line;
    unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
    begin = end + 2;
  }
  EXPECT_THAT(unfolded, HasSubstr("\nSUMMARY:" + summary + "\n"));
}

}  // namespace
}  // namespace danchu::web
