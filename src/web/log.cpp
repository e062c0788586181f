#include "web/log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include "web/json.h"

namespace danchu::web {

// spdlog's own sink flushes after every line; this one waits for flush_log(), or an error.
class StandardOutput final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t text;
    formatter_->format(message, text);
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  void flush_() override { std::fflush(stdout); }
};

static spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> made = [] {
    auto l = std::make_shared<spdlog::logger>("danchu", std::make_shared<StandardOutput>());
    l->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
    l->flush_on(spdlog::level::err);
    return l;
  }();
  return *made;
}

static std::string quoted(std::string_view text) {
  std::string to;
  append_json_text(to, text);
  return to;
}

// Access lines come at trace level, so that they wait in the buffer; flush_log() sends them on.
void log_access(const AccessLine& line) {
  logger().set_level(spdlog::level::trace);
  logger().trace(
      R"("request":"{:016x}","method":"{}","route":"{}","status":{},"us":{},"bytes":{},"cached":{})",
      line.request, line.method, line.route, line.status, line.took.count(), line.bytes, line.cached);
}
void log_info(std::string_view what, std::string_view detail) {
  logger().info(R"("event":{},"detail":{})", quoted(what), quoted(detail));
}
void log_error(std::string_view what, std::string_view detail, std::uint64_t request) {
  logger().error(R"("event":{},"detail":{},"request":"{:016x}")", quoted(what), quoted(detail), request);
}
void flush_log() { logger().flush(); }

}  // namespace danchu::web
