// One process at a time works on a data directory: ids, caches and the writer rely on it.
#pragma once
#include <string>

namespace danchu::store {

class DirectoryLock {
 public:
  // Makes the directory (0700) when there is none. Throws StoreError::busy when another process holds it.
  explicit DirectoryLock(const std::string& directory);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;

 private:
  int fd_;
};

}  // namespace danchu::store
