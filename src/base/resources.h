// Files embedded in the program at build time (cmake/resources.cmake), found by their path in the
// source tree: "law/decisions.toml", "src/assembly/schema/001_assembly.sql", "assets/app.css".
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace danchu {

struct EmbeddedFile {
  const char* path;
  const char* begin;
  const char* end;
};
extern const EmbeddedFile* const embedded_files;
extern const std::size_t embedded_file_count;

struct Resource {
  std::string_view path;
  std::string_view bytes;
};

// The file at exactly this path, or nothing.
std::optional<std::string_view> resource(std::string_view path);

// All files whose path starts with `prefix` and ends with `suffix`, sorted by path.
std::vector<Resource> resources(std::string_view prefix, std::string_view suffix = "");

}  // namespace danchu
