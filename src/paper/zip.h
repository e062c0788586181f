// A ZIP file in memory, the same bytes for the same entries.
#pragma once
#include <string>
#include <vector>

namespace danchu::paper {

struct ZipEntry {
  std::string name, bytes;
};
// Throws std::runtime_error when memory ends.
std::string zip(const std::vector<ZipEntry>& entries);

}  // namespace danchu::paper
