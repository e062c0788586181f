#include "store/files.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "store/database.h"
#include "store/durable_files.h"
#include "store/file_sweep.h"

namespace danchu::store {
namespace {

namespace fs = std::filesystem;

bool is_hash(std::string_view text) {
  return text.size() == 2 * crypto_hash_sha256_BYTES &&
         text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Held while a file is deleted, or found and made young again, by this process or another on the same
// machine.
class Sweeping {
 public:
  explicit Sweeping(const std::string& directory)
      : fd_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (fd_ < 0)
      throw StoreError(StoreError::Kind::gone, "cannot open " + directory + ": " + std::strerror(errno));
    while (::flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~Sweeping() { ::close(fd_); }
  Sweeping(const Sweeping&) = delete;

 private:
  int fd_;
};

bool is_old(const fs::path& path) {
  std::error_code gone;
  const auto written = fs::last_write_time(path, gone);
  return !gone && fs::file_time_type::clock::now() - written > swept_after;
}

// Deletes it unless it became young meanwhile.
bool swept(const std::string& directory, const fs::path& path) {
  Sweeping alone(directory);
  std::error_code failed;
  return is_old(path) && fs::remove(path, failed);
}

// A directory is on disk when its own entry is: the one around it is synced too.
void make_durable_directory(const fs::path& path) {
  if (fs::is_directory(path)) return;
  make_directory(path);
  std::error_code ignored;
  fs::permissions(path, fs::perms::owner_all, ignored);
  sync_path(path.parent_path().empty() ? "." : path.parent_path().string());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return to_hex(hash);
}

std::string Files::path_of(std::string_view sha256) const {
  assert(is_hash(sha256));
  return directory_ + "/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256.substr(2));
}

std::string Files::put(std::string_view bytes) {
  if (directory_.empty())
    throw StoreError(StoreError::Kind::gone, "there is no directory for files: name one with --files");
  const std::string hash = sha256_hex(bytes), path = path_of(hash);
  const fs::path folder = fs::path(path).parent_path();
  make_durable_directory(directory_);
  make_durable_directory(folder);
  {
    Sweeping alone(directory_);
    std::error_code none;
    fs::last_write_time(path, fs::file_time_type::clock::now(), none);
  }
  if (hash_on_disk(hash) == hash)
    sync_path(folder);  // whoever put it may have ended before its name was on disk
  else
    write_durably(bytes, path);
  return hash;
}

std::int64_t sweep(const Files& files, const std::function<Hashes(const Hashes&)>& unnamed) {
  std::int64_t deleted = 0;
  Hashes old;
  if (files.directory().empty() || !fs::is_directory(files.directory())) return 0;
  for (const fs::directory_entry& folder : fs::directory_iterator(files.directory())) {
    if (!folder.is_directory()) continue;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.path())) {
      const std::string hash = folder.path().filename().string() + file.path().filename().string();
      if (!file.is_regular_file() || !is_old(file.path())) continue;
      if (is_hash(hash))
        old.push_back(hash);
      else if (file.path().extension() == ".tmp" && swept(files.directory(), file.path()))
        ++deleted;
    }
  }
  if (old.empty()) return deleted;
  for (const std::string& hash : unnamed(old))
    if (swept(files.directory(), files.path_of(hash))) ++deleted;
  return deleted;
}

std::optional<std::string> Files::get(std::string_view sha256) const {
  if (directory_.empty() || !is_hash(sha256)) return std::nullopt;
  std::ifstream in(path_of(sha256), std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return sha256_hex(bytes) == sha256 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<std::string> Files::hash_on_disk(std::string_view sha256) const {
  if (directory_.empty() || !is_hash(sha256)) return std::nullopt;
  std::ifstream in(path_of(sha256), std::ios::binary);
  if (!in) return std::nullopt;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string part(256 * 1024, '\0');
  while (in.read(part.data(), static_cast<std::streamsize>(part.size())), in.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              static_cast<unsigned long long>(in.gcount()));
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(hash.data()));
  return to_hex(hash);
}

}  // namespace danchu::store
