#include "store/durable_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/database.h"

namespace danchu::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, int error) {
  throw StoreError(error == ENOSPC || error == EDQUOT ? StoreError::Kind::full : StoreError::Kind::gone,
                   what + ": " + std::strerror(error));
}

std::function<int(DiskStep, const std::string&)>& watch() {
  static std::function<int(DiskStep, const std::string&)> set;
  return set;
}
void about_to(DiskStep step, const std::string& path, const std::string& what) {
  if (int error = watch() ? watch()(step, path) : 0) fail(what, error);
}

// Beside the target, so that the rename stays within one file system.
std::string unfinished_name(const std::string& target) {
  static std::atomic<unsigned> made = 0;
  return target + "." + std::to_string(::getpid()) + "-" + std::to_string(++made) + ".tmp";
}

int give_to_owner_of_directory(int fd, const std::string& path) {
  if (::geteuid() != 0) return 0;
  const fs::path directory = fs::path(path).parent_path();
  struct stat owner {};
  if (::stat(directory.empty() ? "." : directory.c_str(), &owner) != 0) return errno;
  return ::fchown(fd, owner.st_uid, owner.st_gid) == 0 ? 0 : errno;
}

void write_all(const std::string& path, std::string_view bytes) {
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) fail("cannot write " + path, errno);
  int error = give_to_owner_of_directory(fd, path);
  while (!bytes.empty() && !error) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    if (n <= 0 && errno != EINTR) error = n == 0 ? EIO : errno;
  }
  if (::close(fd) != 0 && !error) error = errno;
  if (error) fail("cannot write " + path, error);
}

}  // namespace

void watch_disk(std::function<int(DiskStep, const std::string&)> set) { watch() = std::move(set); }

void make_private_file(const std::string& path) {
  int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) fail("cannot write " + path, errno);
  ::close(fd);
}

void make_directory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail("cannot make the directory " + path, error.value());
}

void make_private_directory(const std::string& path) {
  const fs::path parent = (fs::path(path).lexically_normal() / "").parent_path().parent_path();
  if (!parent.empty()) make_directory(parent);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make the directory " + path, errno);
}

void sync_path(const std::string& path) {
  about_to(DiskStep::sync, path, "cannot sync " + path);
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("cannot open " + path, errno);
  int synced = ::fsync(fd), error = errno;
  ::close(fd);
  if (synced != 0) fail("cannot sync " + path, error);
}

void put_in_place(const std::string& unfinished, const std::string& target) {
  sync_path(unfinished);
  about_to(DiskStep::rename, target, "cannot put " + target + " in place");
  if (::rename(unfinished.c_str(), target.c_str()) != 0) fail("cannot put " + target + " in place", errno);
  sync_path(fs::path(target).parent_path());
}

void copy_file_durably(const std::string& from, const std::string& to) {
  std::string unfinished = to + ".tmp";
  std::error_code error;
  fs::copy_file(from, unfinished, fs::copy_options::overwrite_existing, error);
  if (error) fail("cannot copy " + from, error.value());
  put_in_place(unfinished, to);
}

void write_durably(std::string_view bytes, const std::string& target) {
  const std::string unfinished = unfinished_name(target);
  try {
    about_to(DiskStep::write, unfinished, "cannot write " + unfinished);
    write_all(unfinished, bytes);
    put_in_place(unfinished, target);
  } catch (...) {
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    throw;
  }
}

}  // namespace danchu::store
