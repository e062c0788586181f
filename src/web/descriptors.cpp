#include "web/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace danchu::web {

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;  // what systems begin with
  const rlimit raised{limit.rlim_max, limit.rlim_max};
  if (limit.rlim_cur < limit.rlim_max && ::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::size_t connections_within(std::size_t limit, std::size_t wanted, std::size_t workers) {
  constexpr std::size_t own = 128, fewest = 16;
  const std::size_t others = own + workers;
  return std::min(wanted, limit > others + fewest ? limit - others : fewest);
}

}  // namespace danchu::web
