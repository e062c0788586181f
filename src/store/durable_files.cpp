#include "store/durable_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/database.h"

namespace danchu::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, int error) {
  throw StoreError(error == ENOSPC ? StoreError::Kind::full : StoreError::Kind::gone,
                   what + ": " + std::strerror(error));
}

}  // namespace

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

void sync_path(const std::string& path) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("cannot open " + path, errno);
  int synced = ::fsync(fd), error = errno;
  ::close(fd);
  if (synced != 0) fail("cannot sync " + path, error);
}

void put_in_place(const std::string& unfinished, const std::string& target) {
  sync_path(unfinished);
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

}  // namespace danchu::store
