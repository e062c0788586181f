// Kept files that no row came to name: a step was refused, or the program ended, between the file and its
// row. A file that a row names is never deleted.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/files.h"

namespace danchu::store {

inline constexpr std::chrono::hours swept_after{24};
using Hashes = std::vector<std::string>;  // SHA-256 in hex

// Deletes files that were put more than `swept_after` ago and that `unnamed` leaves: it gets the hashes of
// some and answers those that nothing names. Also what a write that was cut off left. Safe beside a running
// write: whoever puts the same bytes again makes the file young. The number of files deleted.
std::int64_t sweep(const Files& files, const std::function<Hashes(const Hashes&)>& unnamed);

}  // namespace danchu::store
