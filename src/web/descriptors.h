// How many files and sockets this process may hold at once.
#pragma once
#include <cstddef>

namespace danchu::web {

// Raises the soft limit (RLIMIT_NOFILE) to the hard one and returns what holds now.
std::size_t raise_descriptor_limit();

// How many of `wanted` connections fit below the limit beside what else is open: the store's files, each
// worker's, the program's own. At least 16.
std::size_t connections_within(std::size_t limit, std::size_t wanted, std::size_t workers);

}  // namespace danchu::web
