// What somebody photographed or scanned: judged by its content, never by its name, and freed of what a phone
// writes into it about place, time and device (practice P98), without touching a pixel.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace danchu::paper {

enum class Scan { jpeg, png, webp, pdf };
struct ScanKind {
  std::string_view media_type, extension;  // "image/jpeg", ".jpg"
};
ScanKind kind_of(Scan scan);
std::optional<Scan> scan_of_media_type(std::string_view media_type);

// By the first bytes; nothing for anything else.
std::optional<Scan> judge(std::string_view bytes);
// The picture format newer iPhones keep, which most other devices cannot show.
bool is_heic(std::string_view bytes);

// The same picture with only what is needed to show it. Of a JPEG (ITU T.81) that is the tables, the frame,
// the scans, JFIF and Adobe's colour marker, and of its EXIF the orientation alone; comments, places,
// thumbnails and what follows the end are left out. PNG and WebP lose their EXIF, XMP and text chunks. A PDF
// stays as it is: a signature in it holds over its bytes. Nothing when the picture is cut off or broken.
std::optional<std::string> without_private_data(Scan scan, std::string_view bytes);

// As its header says it; nothing for a PDF, which has no pixels of its own, and for a picture that does not
// say.
struct PixelSize {
  std::uint32_t width = 0, height = 0;
};
std::optional<PixelSize> pixel_size(Scan scan, std::string_view bytes);

// 1-8 as EXIF counts it; 1 (upright) when the picture does not say. For tests.
int jpeg_orientation(std::string_view bytes);

}  // namespace danchu::paper
