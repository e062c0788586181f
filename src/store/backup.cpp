#include "store/backup.h"

#include <filesystem>

#include "store/durable_files.h"
#include "store/sqlite.h"

namespace danchu::store {

namespace fs = std::filesystem;

namespace {

// The file of this name is there with the bytes its name says.
bool is_whole(const Files& files, const fs::path& name) {
  const std::string hash = name.parent_path().filename().string() + name.filename().string();
  return files.hash_on_disk(hash) == hash;
}

}  // namespace

void back_up(const Options& options, const std::string& directory) {
  if (is_postgresql(options.location))
    dump_postgresql(options.location, directory);
  else
    copy_sqlite(options.location + "/" + sqlite_file_name, directory);
  copy_files(files_directory(options), directory + "/files");
}

void restore(const std::string& directory, const Options& options) {
  auto files = [&] { copy_files(directory + "/files", files_directory(options)); };
  if (is_postgresql(options.location)) return restore_postgresql(directory, options.location, files);
  restore_sqlite(directory, options.location, files);
}

void copy_files(const std::string& from, const std::string& to) {
  if (from.empty() || !fs::exists(from) || fs::is_empty(from)) return;
  if (to.empty())
    throw StoreError(StoreError::Kind::gone,
                     "there are files at " + from + ", but no directory for them: name it with --files");
  make_private_directory(to);
  const Files there(to);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
    fs::path target = to / fs::relative(entry.path(), from);
    if (entry.path().extension() == ".tmp") continue;  // being written now
    if (entry.is_directory())
      make_directory(target);
    else if (!is_whole(there, entry.path()) && fs::exists(entry.path()))  // an unnamed one may just be swept
      copy_file_durably(entry.path(), target);
  }
}

}  // namespace danchu::store
