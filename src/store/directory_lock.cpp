#include "store/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/database.h"

namespace danchu::store {

DirectoryLock::DirectoryLock(const std::string& directory) {
  if (!std::filesystem::exists(directory)) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (!error) ::chmod(directory.c_str(), 0700);
  }
  fd_ = ::open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0)
    throw StoreError(StoreError::Kind::gone,
                     "cannot write in the data directory " + directory + ": " + std::strerror(errno));
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(fd_);
  throw StoreError(StoreError::Kind::busy, "another danchu works on the data directory " + directory +
                                               "; stop it first or give another directory");
}

DirectoryLock::~DirectoryLock() { ::close(fd_); }

}  // namespace danchu::store
