// The one door to the log: JSON lines on standard output. No query values, bodies, tokens or personal data
// ever.
#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

namespace danchu::web {

struct AccessLine {
  std::uint64_t request = 0;
  std::string_view method, route;  // the pattern: "/viec/{motion}", or "-" where no route answered
  int status = 0;
  std::chrono::microseconds took{};
  std::size_t bytes = 0;
  bool cached = false;
};
void log_access(const AccessLine& line);
// "what" is a constant of the program, "detail" an error text of a library; neither may hold what a user
// sent.
void log_info(std::string_view what, std::string_view detail = "");
void log_error(std::string_view what, std::string_view detail, std::uint64_t request = 0);
void flush_log();  // what was logged stands in a buffer until then, but for errors

}  // namespace danchu::web
