// Where things stand on a paper, after the usage of Vietnamese administrative papers (practice P99).
#pragma once
#include <vector>

#include "paper/paper.h"

namespace danchu::paper {

inline constexpr double mm = 72 / 25.4;  // in points

// Sizes and margins, points.
struct Sheet {
  double width, height, top, bottom, left, right;
  double scale;  // of every letter: an A5 paper is set a little smaller
  double text_width() const { return width - left - right; }
  double text_bottom() const { return height - bottom; }
  double text_height() const { return height - top - bottom; }
};
inline Sheet sheet_of(PageSize size) {
  if (size == PageSize::a5) return {148 * mm, 210 * mm, 15 * mm, 15 * mm, 18 * mm, 12 * mm, 0.85};
  return {210 * mm, 297 * mm, 20 * mm, 20 * mm, 30 * mm, 15 * mm, 1};
}

inline constexpr const char* national_name = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";  // quốc hiệu
inline constexpr const char* national_motto = "Độc lập - Tự do - Hạnh phúc";        // tiêu ngữ
inline constexpr double national_name_pt = 12.5, national_motto_pt = 13.5, left_head_pt = 12.5,
                        heading_pt = 14;
inline constexpr double head_left_share = 0.4;     // of the text width; the rest is the national name's
inline constexpr double signature_room = 24 * mm;  // for a hand signature
inline constexpr double qr_side = 26 * mm;
inline constexpr double cell_padding = 4;

// By how much each paper of a file, in their order, is set smaller to fit on one page; 1: not at all.
std::vector<double> fits_of(const Document& document);

}  // namespace danchu::paper
