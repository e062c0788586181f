#include "store/backup.h"

#include <filesystem>

#include "store/durable_files.h"

namespace danchu::store {

namespace fs = std::filesystem;

void copy_files(const std::string& data, const std::string& directory) {
  fs::path from = fs::path(data) / "files", to = fs::path(directory) / "files";
  if (!fs::exists(from)) return;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
    fs::path target = to / fs::relative(entry.path(), from);
    if (entry.is_directory())
      make_directory(target);
    else if (!fs::exists(target))
      copy_file_durably(entry.path(), target);
  }
}

}  // namespace danchu::store
