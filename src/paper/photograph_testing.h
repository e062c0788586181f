// A JPEG as a phone writes one, small enough to be read here: what tests of pictures send.
#pragma once
#include <string>

namespace danchu::paper {

inline const std::string scan_data = std::string("coded\xFF\0\xFF\xD0 picture", 17);

inline std::string jpeg_segment(int marker, const std::string& payload) {
  const std::size_t length = payload.size() + 2;
  return std::string("\xFF") + static_cast<char>(marker) + static_cast<char>(length >> 8) +
         static_cast<char>(length & 0xFF) + payload;
}

// EXIF with a device, a place and an orientation.
inline std::string exif_with_place(int orientation, bool little_endian = false) {
  auto number = [&](std::size_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i)
      text += static_cast<char>(value >> 8 * (little_endian ? i : bytes - 1 - i) & 0xFF);
    return text;
  };
  auto entry = [&](std::size_t tag, std::size_t type, std::size_t count, const std::string& value) {
    return number(tag, 2) + number(type, 2) + number(count, 4) + value;
  };
  const std::string words = std::string("Phone of Thoa\0GPS 21.3N 103.9E\0", 31);
  const std::size_t words_at = 8 + 2 + 3 * 12 + 4;
  return std::string("Exif\0\0", 6) + (little_endian ? "II" : "MM") + number(42, 2) + number(8, 4) +
         number(3, 2) + entry(0x010F, 2, 14, number(words_at, 4)) +
         entry(0x0112, 3, 1, number(static_cast<std::size_t>(orientation), 2) + number(0, 2)) +
         entry(0x8825, 4, 1, number(words_at + 14, 4)) + number(0, 4) + words;
}

// Of 1200 × 1600 pixels as its header says: large enough for a paper to be read.
inline std::string small_jpeg(const std::string& exif = "", int width = 1200, int height = 1600) {
  auto two = [](int n) { return std::string{static_cast<char>(n >> 8), static_cast<char>(n & 0xFF)}; };
  std::string bytes = "\xFF\xD8" + jpeg_segment(0xE0, std::string("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", 14));
  if (!exif.empty())
    bytes += jpeg_segment(0xE1, exif) + jpeg_segment(0xE1, "http://ns.adobe.com/xap/1.0/") +
             jpeg_segment(0xFE, "a comment");
  return bytes + jpeg_segment(0xDB, std::string(65, '\1')) +
         jpeg_segment(0xC0, "\x08" + two(height) + two(width) + std::string("\x01\x01\x11\0", 4)) +
         jpeg_segment(0xC4, std::string(20, '\1')) +
         jpeg_segment(0xDA, std::string("\x01\x01\0\0\x3F\0", 6)) + scan_data + "\xFF\xD9";
}

}  // namespace danchu::paper
