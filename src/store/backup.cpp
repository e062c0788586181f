#include "store/backup.h"

#include <filesystem>

#include "store/durable_files.h"
#include "store/sqlite.h"

namespace danchu::store {

namespace fs = std::filesystem;

void back_up(const Options& options, const std::string& directory) {
  if (is_postgresql(options.location)) return dump_postgresql(options.location, directory);
  copy_sqlite(options.location + "/" + sqlite_file_name, directory);
  copy_files(options.location, directory);
}

void restore(const std::string& directory, const Options& options) {
  if (is_postgresql(options.location)) return restore_postgresql(directory, options.location);
  restore_sqlite(directory, options.location);
}

void copy_files(const std::string& from_directory, const std::string& to_directory) {
  fs::path from = fs::path(from_directory) / "files", to = fs::path(to_directory) / "files";
  if (!fs::exists(from)) return;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
    fs::path target = to / fs::relative(entry.path(), from);
    if (entry.is_directory())
      make_directory(target);
    else if (entry.path().extension() != ".tmp" && !fs::exists(target))
      copy_file_durably(entry.path(), target);
  }
}

}  // namespace danchu::store
