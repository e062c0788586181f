// Fuzzer: whatever the bytes, what comes out of a picture is of the same kind, can be read again, says
// nothing that was to be left out, keeps the orientation, and does not change when it is done twice.
#include <cstdint>
#include <cstdlib>

#include "paper/photograph.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace danchu::paper;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)is_heic(bytes);
  (void)jpeg_orientation(bytes);
  auto scan = judge(bytes);
  if (!scan) return 0;
  auto bare = without_private_data(*scan, bytes);
  if (!bare) return 0;
  if (judge(*bare) != scan || bare->size() > bytes.size() + 64) std::abort();
  if (without_private_data(*scan, *bare) != bare) std::abort();
  if (*scan == Scan::jpeg && jpeg_orientation(*bare) != jpeg_orientation(bytes)) std::abort();
  return 0;
}
