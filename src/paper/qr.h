// QR codes as dots: what the SVG, the picture and the printed paper are drawn from.
#pragma once
#include <string>
#include <vector>

namespace danchu::paper {

inline constexpr int quiet_zone = 4;  // modules of white around (ISO/IEC 18004)

struct QrCode {
  int size = 0;            // modules a side, without the quiet zone
  std::vector<bool> dark;  // row by row
  bool at(int x, int y) const {
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)];
  }
};
// Error correction M. Throws std::length_error for text no QR code can hold (more than 2,331 bytes).
QrCode qr_code(const std::string& text);

// A PNG with the quiet zone, `module_px` pixels a module.
std::string qr_png(const std::string& text, int module_px);

}  // namespace danchu::paper
