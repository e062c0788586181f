#include "paper/photograph.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace danchu::paper {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::array<ScanKind, 4> kinds = {
    {{"image/jpeg", ".jpg"}, {"image/png", ".png"}, {"image/webp", ".webp"}, {"application/pdf", ".pdf"}}};

constexpr std::string_view png_start = "\x89PNG\r\n\x1a\n"sv;

std::uint8_t byte(std::string_view from, std::size_t i) { return static_cast<std::uint8_t>(from[i]); }
std::uint32_t big(std::string_view from, std::size_t i, int bytes) {
  std::uint32_t value = 0;
  for (int n = 0; n < bytes; ++n) value = value << 8 | byte(from, i + static_cast<std::size_t>(n));
  return value;
}
std::uint32_t little(std::string_view from, std::size_t i, int bytes) {
  std::uint32_t value = 0;
  for (int n = bytes; n-- > 0;) value = value << 8 | byte(from, i + static_cast<std::size_t>(n));
  return value;
}

// ---- JPEG -------------------------------------------------------------------------------------------

enum Marker : std::uint8_t {
  sof0 = 0xC0,
  dht = 0xC4,
  jpg = 0xC8,
  dac = 0xCC,
  rst0 = 0xD0,
  rst7 = 0xD7,
  soi = 0xD8,
  eoi = 0xD9,
  sos = 0xDA,
  dqt = 0xDB,
  dnl = 0xDC,
  dri = 0xDD,
  app0 = 0xE0,
  app1 = 0xE1,
  app14 = 0xEE,
};

bool is_frame(std::uint8_t marker) {
  return marker >= sof0 && marker <= 0xCF && marker != dht && marker != jpg && marker != dac;
}

// One marker with its payload, and for a scan the coded data after it.
struct Segment {
  std::uint8_t marker = 0;
  std::string_view payload, scan;
};

// Takes a JPEG apart; `ok` says whether it came to its end (EOI) without a break.
class JpegReader {
 public:
  explicit JpegReader(std::string_view bytes) : bytes_(bytes) {
    ok_ = bytes_.starts_with("\xFF\xD8\xFF"sv);
    at_ = 2;
  }

  std::optional<Segment> next() {
    if (!ok_ || ended_) return std::nullopt;
    if (at_ >= bytes_.size() || byte(bytes_, at_) != 0xFF) return broken();
    while (at_ < bytes_.size() && byte(bytes_, at_) == 0xFF) ++at_;  // fill bytes
    if (at_ >= bytes_.size()) return broken();
    Segment s{byte(bytes_, at_++), {}, {}};
    if (s.marker == eoi) {
      ended_ = true;
      return s;
    }
    if (s.marker == 0 || s.marker == soi || s.marker == 1 || (s.marker >= rst0 && s.marker <= rst7))
      return broken();
    if (bytes_.size() - at_ < 2) return broken();
    const std::size_t length = big(bytes_, at_, 2);
    if (length < 2 || length > bytes_.size() - at_) return broken();
    s.payload = bytes_.substr(at_ + 2, length - 2);
    at_ += length;
    if (s.marker == sos) s.scan = coded_data();
    return s;
  }
  bool whole() const { return ok_ && ended_; }

 private:
  std::nullopt_t broken() {
    ok_ = false;
    return std::nullopt;
  }
  // Up to the next marker that is no restart; FF 00 is a coded FF.
  std::string_view coded_data() {
    const std::size_t begin = at_;
    while (at_ < bytes_.size()) {
      at_ = bytes_.find('\xFF', at_);
      if (at_ == bytes_.npos) at_ = bytes_.size();
      if (at_ + 1 >= bytes_.size()) break;
      const std::uint8_t after = byte(bytes_, at_ + 1);
      if (after != 0 && !(after >= rst0 && after <= rst7) && after != 0xFF) break;
      at_ += after == 0xFF ? 1 : 2;
    }
    return bytes_.substr(begin, at_ - begin);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = false, ended_ = false;
};

// The orientation in the first directory of an EXIF segment (EXIF 2.3, tag 274), 0 when it says none.
int orientation_in(std::string_view exif) {
  constexpr std::uint32_t orientation = 274, short_number = 3;
  if (!exif.starts_with("Exif\0\0"sv)) return 0;
  const std::string_view tiff = exif.substr(6);
  if (tiff.size() < 8) return 0;
  const bool little_endian = tiff.starts_with("II"sv);
  if (!little_endian && !tiff.starts_with("MM"sv)) return 0;
  auto number = [&](std::size_t i, int bytes) {
    return little_endian ? little(tiff, i, bytes) : big(tiff, i, bytes);
  };
  const std::size_t directory = number(4, 4);
  if (directory > tiff.size() || tiff.size() - directory < 2) return 0;
  const std::size_t entries = number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return 0;
    if (number(entry, 2) != orientation || number(entry + 2, 2) != short_number) continue;
    const std::uint32_t value = number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 0;
  }
  return 0;
}

void append(std::string& to, std::uint8_t marker, std::string_view payload) {
  const std::size_t length = payload.size() + 2;
  to += '\xFF';
  to += static_cast<char>(marker);
  to += static_cast<char>(length >> 8);
  to += static_cast<char>(length & 0xFF);
  to += payload;
}

// An EXIF segment with one entry.
std::string only_orientation(int value) {
  std::string exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"sv);
  exif += static_cast<char>(value);
  exif += "\0\0\0\0\0\0"sv;
  return exif;
}

bool is_needed(const Segment& s) {
  if (is_frame(s.marker)) return true;
  switch (s.marker) {
    case dht:
    case dac:
    case sos:
    case dqt:
    case dnl:
    case dri:
      return true;
    case app14:  // says how the colours are to be read
      return s.payload.size() == 12 && s.payload.starts_with("Adobe"sv);
    default:
      return false;
  }
}

std::optional<std::string> bare_jpeg(std::string_view bytes) {
  std::string to("\xFF\xD8"sv), rest;
  std::string_view jfif;
  int orientation = 0;
  bool framed = false, scanned = false;
  JpegReader reader(bytes);
  while (auto s = reader.next()) {
    if (s->marker == app0 && s->payload.size() >= 14 && s->payload.starts_with("JFIF\0"sv) && jfif.empty())
      jfif = s->payload.substr(0, 12);
    if (s->marker == app1 && !orientation) orientation = orientation_in(s->payload);
    if (!is_needed(*s)) continue;
    if (s->marker == sos && !framed) return std::nullopt;
    framed = framed || is_frame(s->marker);
    append(rest, s->marker, s->payload);
    rest += s->scan;
    scanned = scanned || (s->marker == sos && !s->scan.empty());
  }
  if (!reader.whole() || !scanned) return std::nullopt;
  if (!jfif.empty()) append(to, app0, std::string(jfif) + "\0\0"s);  // without its thumbnail
  if (orientation > 1) append(to, app1, only_orientation(orientation));
  return to + rest + "\xFF\xD9";
}

// ---- PNG and WebP -----------------------------------------------------------------------------------

std::optional<std::string> bare_png(std::string_view bytes) {
  std::string to(png_start);
  bytes.remove_prefix(png_start.size());
  for (bool first = true;; first = false) {
    if (bytes.size() < 12) return std::nullopt;
    const std::size_t length = big(bytes, 0, 4);
    if (length > bytes.size() - 12) return std::nullopt;
    const std::string_view name = bytes.substr(4, 4), chunk = bytes.substr(0, length + 12);
    if (first != (name == "IHDR")) return std::nullopt;
    bytes.remove_prefix(chunk.size());
    constexpr std::string_view shown[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                          "cHRM", "sRGB", "sBIT", "bKGD", "pHYs"};
    for (std::string_view known : shown)
      if (name == known) to += chunk;
    if (name == "IEND") return to;
  }
}

std::optional<std::string> bare_webp(std::string_view bytes) {
  const std::size_t length = little(bytes, 4, 4);
  if (length < 4 || length > bytes.size() - 8) return std::nullopt;
  std::string_view rest = bytes.substr(12, length - 4);
  std::string to("RIFF\0\0\0\0WEBP"sv);
  bool picture = false;
  while (!rest.empty()) {
    if (rest.size() < 8) return std::nullopt;
    const std::size_t size = little(rest, 4, 4), padded = size + (size & 1);
    if (size > rest.size() - 8) return std::nullopt;
    const std::string_view name = rest.substr(0, 4);
    std::string chunk(rest.substr(0, std::min(rest.size(), padded + 8)));
    rest.remove_prefix(chunk.size());
    constexpr char exif_and_xmp = 0x08 | 0x04;
    if (name == "VP8X" && size >= 10) chunk[8] = static_cast<char>(chunk[8] & ~exif_and_xmp);
    picture = picture || name == "VP8 " || name == "VP8L" || name == "ANMF";
    constexpr std::string_view shown[] = {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"};
    for (std::string_view known : shown)
      if (name == known) to += chunk;
  }
  if (!picture) return std::nullopt;
  const std::size_t now = to.size() - 8;
  for (int i = 0; i < 4; ++i) to[4 + static_cast<std::size_t>(i)] = static_cast<char>(now >> (8 * i) & 0xFF);
  return to;
}

// Of the first chunk: the canvas (VP8X), a lossless picture's header (VP8L) or a key frame's (VP8), RFC 9649.
std::optional<PixelSize> webp_size(std::string_view bytes) {
  if (bytes.size() < 30) return std::nullopt;
  const std::string_view name = bytes.substr(12, 4), data = bytes.substr(20);
  constexpr std::uint32_t low_14 = 0x3FFF;
  if (name == "VP8X") return PixelSize{little(data, 4, 3) + 1, little(data, 7, 3) + 1};
  if (name == "VP8L" && byte(data, 0) == 0x2F) {
    const std::uint32_t bits = little(data, 1, 4);
    return PixelSize{(bits & low_14) + 1, (bits >> 14 & low_14) + 1};
  }
  if (name == "VP8 " && data.substr(3, 3) == "\x9D\x01\x2A"sv)
    return PixelSize{little(data, 6, 2) & low_14, little(data, 8, 2) & low_14};
  return std::nullopt;
}

bool is_whole_pdf(std::string_view bytes) {
  constexpr std::size_t tail = 2048;
  return bytes.substr(bytes.size() - std::min(bytes.size(), tail)).find("%%EOF") != bytes.npos;
}

}  // namespace

ScanKind kind_of(Scan scan) { return kinds[static_cast<std::size_t>(scan)]; }

std::optional<Scan> scan_of_media_type(std::string_view media_type) {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i].media_type == media_type) return static_cast<Scan>(i);
  return std::nullopt;
}

std::optional<Scan> judge(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return Scan::jpeg;
  if (bytes.starts_with(png_start)) return Scan::png;
  if (bytes.size() >= 16 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP") return Scan::webp;
  if (bytes.starts_with("%PDF-"sv)) return Scan::pdf;
  return std::nullopt;
}

bool is_heic(std::string_view bytes) {
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
  const std::string_view brand = bytes.substr(8, 4);
  return brand == "heic" || brand == "heix" || brand == "mif1" || brand == "msf1" || brand == "hevc";
}

std::optional<std::string> without_private_data(Scan scan, std::string_view bytes) {
  if (judge(bytes) != scan) return std::nullopt;
  switch (scan) {
    case Scan::jpeg:
      return bare_jpeg(bytes);
    case Scan::png:
      return bare_png(bytes);
    case Scan::webp:
      return bare_webp(bytes);
    case Scan::pdf:
      return is_whole_pdf(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<PixelSize> pixel_size(Scan scan, std::string_view bytes) {
  if (judge(bytes) != scan) return std::nullopt;
  switch (scan) {
    case Scan::jpeg: {
      JpegReader reader(bytes);
      while (auto s = reader.next())
        if (is_frame(s->marker) && s->payload.size() >= 5)
          return PixelSize{big(s->payload, 3, 2), big(s->payload, 1, 2)};
      return std::nullopt;
    }
    case Scan::png:
      if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return std::nullopt;
      return PixelSize{big(bytes, 16, 4), big(bytes, 20, 4)};
    case Scan::webp:
      return webp_size(bytes);
    case Scan::pdf:
      return std::nullopt;
  }
  return std::nullopt;
}

int jpeg_orientation(std::string_view bytes) {
  JpegReader reader(bytes);
  while (auto s = reader.next())
    if (int found = s->marker == app1 ? orientation_in(s->payload) : 0) return found;
  return 1;
}

}  // namespace danchu::paper
