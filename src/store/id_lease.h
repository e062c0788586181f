// Ids never repeat, also when the clock was set back while the program was stopped: the one-row table
// id_lease always holds a number greater than every id made, and a program that starts begins there
// (ENGINEERING h1). It is kept ahead by ten seconds, so that it is written every few seconds and not with
// every id.
#pragma once
#include "store/database.h"

namespace danchu::store {

// One step of an id is 2^-21 of a millisecond: 7 bits of worker, 14 of sequence.
constexpr std::int64_t ids_of_seconds(std::int64_t seconds) { return seconds * 1000 << 21; }

// What the lease should be raised to now, or nothing while more than half of it is left.
inline std::optional<std::int64_t> due_lease(IdMaker& ids, std::int64_t leased) {
  std::int64_t now = ids.next();
  if (now + ids_of_seconds(5) < leased) return std::nullopt;
  return now + ids_of_seconds(10);
}

extern const Statement raise_lease;  // $1: the new lease; never lowers it
extern const Statement read_lease;

}  // namespace danchu::store
