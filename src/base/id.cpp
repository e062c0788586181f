#include "base/id.h"

#include <cassert>

namespace danchu {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::int64_t epoch_ms = 1'704'067'200'000;  // 2024-01-01T00:00:00Z
constexpr int worker_bits = 7;
constexpr int sequence_bits = 14;

int value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string id_to_text(std::int64_t id) {
  // 0, an ill-formed id of an address, and a negative number that somebody put into a row are text like any
  // other, which names nothing.
  std::string text(13, '0');
  auto rest = static_cast<std::uint64_t>(id);
  for (int i = 12; i >= 0; --i, rest >>= 5) text[static_cast<std::size_t>(i)] = alphabet[rest & 31];
  return text;
}

std::optional<std::int64_t> id_from_text(std::string_view text) {
  if (text.size() != 13) return std::nullopt;
  std::uint64_t id = 0;
  for (char c : text) {
    int value = value_of(c);
    if (value < 0) return std::nullopt;
    id = id << 5 | static_cast<std::uint64_t>(value);
  }
  // 13 characters hold 65 bits: the first may only carry the three bits a positive number leaves it.
  if (value_of(text[0]) > 7 || id == 0) return std::nullopt;
  return static_cast<std::int64_t>(id);
}

IdMaker::IdMaker(const Clock& clock, int worker, std::int64_t at_least)
    : clock_(clock),
      worker_(worker),
      last_((at_least >> (worker_bits + sequence_bits)) << sequence_bits | ((1 << sequence_bits) - 1)) {
  assert(worker >= 0 && worker < (1 << worker_bits));
  if (at_least == 0) last_ = 0;
}

std::int64_t IdMaker::next() {
  std::int64_t now = (clock_.now().us / 1000 - epoch_ms) << sequence_bits;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t mine;
  do {
    mine = std::max(last + 1, now);
  } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
  std::int64_t ms = mine >> sequence_bits;
  std::int64_t sequence = mine & ((1 << sequence_bits) - 1);
  return ms << (worker_bits + sequence_bits) | worker_ << sequence_bits | sequence;
}

}  // namespace danchu
