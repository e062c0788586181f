#include "paper/zip.h"

#include <zip.h>

#include <memory>
#include <stdexcept>

namespace danchu::paper {
namespace {

constexpr zip_uint16_t first_dos_day = 0x21;  // 1980-01-01: entries carry no time of their own

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("cannot make a ZIP file: ") + what);
}

std::string contents(zip_source_t* source) {
  zip_stat_t status;
  if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0) fail("reading it back");
  std::string bytes(status.size, '\0');
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got != static_cast<zip_int64_t>(bytes.size())) fail("reading it back");
  return bytes;
}

}  // namespace

std::string zip(const std::vector<ZipEntry>& entries) {
  std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> target(
      zip_source_buffer_create(nullptr, 0, 0, nullptr), &zip_source_free);
  zip_t* archive = target ? zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr) : nullptr;
  if (!archive) fail("opening it");
  zip_source_keep(target.get());  // closing the archive frees one of the two
  for (const ZipEntry& entry : entries) {
    zip_source_t* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
    const zip_int64_t index =
        source ? zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      zip_source_free(source);
      zip_discard(archive);
      fail(entry.name.c_str());
    }
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, first_dos_day, 0);
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    fail("closing it");
  }
  return contents(target.get());
}

}  // namespace danchu::paper
