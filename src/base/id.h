// Ids: positive 63-bit numbers, ordered by time: 42 bits milliseconds since 2024-01-01, 7 bits worker,
// 14 bits sequence. Outside the program an id is always a string of 13 Crockford base-32 characters.
// Nothing secret may rely on an id being hard to guess, and an id tells when it was made.
#pragma once
#include <array>
#include <atomic>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace danchu {

std::string id_to_text(std::int64_t id);
// Accepts what id_to_text wrote, in either case; 0 is never an id.
std::optional<std::int64_t> id_from_text(std::string_view text);

// The id of one kind of record; Id<Household> cannot be passed for Id<Village>. 0 means "none yet".
template <class Record>
struct Id {
  std::int64_t number = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return number != 0; }
  std::string text() const { return id_to_text(number); }
  static std::optional<Id> from_text(std::string_view text) {
    auto number = id_from_text(text);
    return number ? std::optional<Id>(Id{*number}) : std::nullopt;
  }
};

// Makes ids; one per process, safe from any thread. Never runs backward, also when the clock does; when a
// millisecond's 16,384 numbers are used it borrows from the next.
class IdMaker {
 public:
  // `worker` 0..127 differs between processes on one database; `at_least` is the greatest id ever
  // stored, so that a clock set back cannot repeat one.
  IdMaker(const Clock& clock, int worker, std::int64_t at_least = 0);
  std::int64_t next();
  template <class Record>
  Id<Record> next_id() {
    return Id<Record>{next()};
  }

 private:
  const Clock& clock_;
  std::int64_t worker_;
  std::atomic<std::int64_t> last_;  // milliseconds and sequence, without the worker
};

}  // namespace danchu
