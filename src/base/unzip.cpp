#include "base/unzip.h"

#include <zip.h>

#include <vector>

namespace danchu {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

Problems damaged() {
  return problem(Fault::invalid,
                 N_("The file is damaged or was cut off. Save it again in Excel and send the new file."));
}

}  // namespace

struct ZipFile::Archive {
  zip_t* zip = nullptr;
  ~Archive() {
    if (zip) zip_discard(zip);
  }
};

Result<ZipFile> ZipFile::open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  auto archive = std::make_shared<Archive>();
  if (source) archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (source && !archive->zip) zip_source_free(source);
  zip_error_fini(&error);
  if (!archive->zip) return damaged();
  if (zip_get_num_entries(archive->zip, 0) > most_zip_entries)
    return problem(Fault::too_large, N_("The file holds too many parts to be a list"));
  return ZipFile(std::move(archive));
}

bool ZipFile::has(const std::string& name) const {
  return zip_name_locate(archive_->zip, name.c_str(), 0) >= 0;
}

Result<Done> ZipFile::read(const std::string& name, std::uint64_t most,
                           const std::function<bool(std::string_view)>& piece) const {
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive_->zip, name.c_str(), 0),
                                                         &zip_fclose);
  if (!file) return damaged();
  std::vector<char> buffer(piece_bytes);
  std::uint64_t read = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) return damaged();
    if (got == 0) return Done{};
    read += static_cast<std::uint64_t>(got);
    if (read > most)
      return problem(Fault::too_large,
                     N_("The file unpacks to more than {max} MB. Leave out pictures and other sheets, or "
                        "save the list as CSV."),
                     {{"max", std::to_string(most >> 20)}});
    if (!piece({buffer.data(), static_cast<std::size_t>(got)})) return Done{};
  }
}

}  // namespace danchu
