#include "base/resources.h"

#include <algorithm>

namespace danchu {

std::optional<std::string_view> resource(std::string_view path) {
  for (std::size_t i = 0; i < embedded_file_count; ++i)
    if (path == embedded_files[i].path)
      return std::string_view(embedded_files[i].begin,
                              static_cast<std::size_t>(embedded_files[i].end - embedded_files[i].begin));
  return std::nullopt;
}

std::vector<Resource> resources(std::string_view prefix, std::string_view suffix) {
  std::vector<Resource> found;
  for (std::size_t i = 0; i < embedded_file_count; ++i) {
    const EmbeddedFile& file = embedded_files[i];
    std::string_view path = file.path;
    if (path.starts_with(prefix) && path.ends_with(suffix))
      found.push_back({path, std::string_view(file.begin, static_cast<std::size_t>(file.end - file.begin))});
  }
  std::sort(found.begin(), found.end(), [](const Resource& a, const Resource& b) { return a.path < b.path; });
  return found;
}

}  // namespace danchu
