#include "store/values.h"

namespace danchu::store {
namespace {

// How many bytes the sequence led by this byte has; 0 when no sequence begins so.
int sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if ((lead & 0xf0) == 0xe0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

// Overlong forms, surrogates and what lies above U+10FFFF show in the second byte.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0;
    case 0xed:
      return second < 0xa0;
    case 0xf0:
      return second >= 0x90;
    case 0xf4:
      return second < 0x90;
    default:
      return true;
  }
}

bool is_storable(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    auto length = static_cast<std::size_t>(sequence_length(lead));
    if (lead == 0 || length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80 || (k == 1 && !second_byte_fits(lead, next))) return false;
    }
    i += length;
  }
  return true;
}

}  // namespace

void require_storable(const std::vector<Value>& parameters, std::string_view sql) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto* text = std::get_if<std::string>(&parameters[i]);
    if (text && !is_storable(*text))
      throw StoreError(
          StoreError::Kind::statement,
          "parameter $" + std::to_string(i + 1) + " is not UTF-8 text without NUL: " + std::string(sql));
  }
}

}  // namespace danchu::store
