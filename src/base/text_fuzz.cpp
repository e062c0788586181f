// Fuzzer: whatever clean text is typed can be normalised, folded, sorted and put into an address.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"

using namespace danchu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_clean_utf8(text)) return 0;
  std::string normal = to_nfc(text);
  if (to_nfc(normal) != normal) std::abort();
  std::string folded = fold(normal);
  if (!is_clean_utf8(folded) || fold(folded) != folded) std::abort();
  fold_keeping_marks(normal);
  sort_key(normal);
  for (char c : slug(normal))
    if (!(c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) std::abort();
  if (html_escape(normal).find_first_of("<>\"'") != std::string::npos) std::abort();
  return 0;
}
