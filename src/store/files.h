// Files kept for good, named by their content: DIR/ab/cdef… is the file whose SHA-256 is abcdef… in hex
// (ENGINEERING i8). Nothing is overwritten; the same bytes are kept once. Who names a file in a row puts it
// here first, so that a row never names a file that is not on disk; what no row came to name is swept later
// (store/file_sweep.h).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace danchu::store {

class Files {
 public:
  // The directory is made when the first file is put. Empty: there is no place for files.
  explicit Files(std::string directory) : directory_(std::move(directory)) {}

  // Returns the SHA-256 in hex when the bytes are on disk: written, synced, renamed, their directory synced.
  // Throws StoreError: `full`, or `gone` when the directory cannot be written.
  std::string put(std::string_view bytes);
  // The bytes, when they stand there and still have this hash; otherwise nothing.
  std::optional<std::string> get(std::string_view sha256) const;
  // The hash of what stands under this name; nothing when there is no such file. Reads it piece by piece.
  std::optional<std::string> hash_on_disk(std::string_view sha256) const;

  const std::string& directory() const { return directory_; }
  // "DIR/ab/cdef…". The hash must be 64 lower-case hex digits.
  std::string path_of(std::string_view sha256) const;

 private:
  std::string directory_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace danchu::store
