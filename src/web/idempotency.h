// A submission sent twice takes effect once and is answered the same both times. The row that says "done"
// commits with the effect itself (store::AlsoInWrites); the answer is added to it right after. See
// docs/http.md.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "store/database.h"
#include "web/web.h"

namespace danchu::web {

// How long a key is remembered: one that a client or a form sent, one derived from what was sent.
constexpr std::chrono::hours sent_key_kept{24};
constexpr std::chrono::minutes derived_key_kept{10};
constexpr std::size_t longest_key = 255;           // bytes
constexpr std::size_t longest_kept_body = 65'536;  // of an answer; a longer one is not kept

struct Submission {
  std::string key;      // 32 bytes: keyed hash of who and which key
  std::string request;  // 32 bytes: keyed hash of route, fields and files
  std::int64_t account = 0;
  std::string route;  // pattern
  std::chrono::microseconds kept{};
};

class Idempotency {
 public:
  Idempotency(store::Database& db, std::string secret) : db_(db), secret_(std::move(secret)) {}

  // `who`: account, session or nothing; `key`: what the client sent.
  std::string key_of(std::string_view who, std::string_view key) const;
  std::string request_of(std::string_view path, const Sent& sent, const std::vector<Upload>& uploads) const;
  // For a form without a key: the same as before if this session's last submission was the same, else a new
  // one.
  std::string derived_key(std::string_view session, std::string_view request, Instant now);

  // An answer, and the flash cookie that went with it.
  struct Kept {
    Reply reply;
    std::string flash;
  };
  struct Outcome {
    Kept answer;
    bool replayed = false;
    bool effective = false;  // a write committed in this run: call finish() after the answer was sent
  };
  // Runs `handle` unless this submission took effect before or is running now. Throws what `handle` throws.
  std::variant<Outcome, Problems> once(const Submission& submission, const std::function<Kept()>& handle);
  // Keeps the answer, or forgets the submission when `keep` is false (a refusal, a new session).
  void finish(const Submission& submission, const Kept& answer, bool keep);

 private:
  struct Flight {
    std::string request;
    std::string claim;
    bool done = false;
    std::optional<Kept> answer;
  };
  using FlightRef = std::shared_ptr<Flight>;
  std::variant<FlightRef, Outcome, Problems> board(const Submission& submission);
  std::optional<std::variant<Outcome, Problems>> before(const Submission& submission);
  void land(const std::string& key, std::optional<Kept> answer, bool forget);

  store::Database& db_;
  std::string secret_;
  std::mutex mutex_;
  std::condition_variable landed_;
  std::unordered_map<std::string, FlightRef> flights_;
  struct Last {
    std::string request, key;
    Instant at;
  };
  std::unordered_map<std::string, Last> last_of_session_;
  std::atomic<int> until_sweep_{0};
};

}  // namespace danchu::web
