// Reads a ZIP file that a stranger sent: what an entry unpacks to is counted, never believed.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace danchu {

class ZipFile {
 public:
  // The bytes must outlive it. Problems: it is no ZIP file, is damaged, or has more than `most_zip_entries`.
  static Result<ZipFile> open(std::string_view bytes);

  bool has(const std::string& name) const;
  // Hands the entry's contents over piece by piece; `piece` answers false to stop. Problems: there is no such
  // entry, it is damaged or encrypted, or it unpacks to more than `most` bytes.
  Result<Done> read(const std::string& name, std::uint64_t most,
                    const std::function<bool(std::string_view)>& piece) const;

 private:
  struct Archive;
  explicit ZipFile(std::shared_ptr<Archive> archive) : archive_(std::move(archive)) {}
  std::shared_ptr<Archive> archive_;
};
inline constexpr std::int64_t most_zip_entries = 1'000;

}  // namespace danchu
