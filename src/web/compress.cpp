#include "web/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <new>

#include "base/text.h"

namespace danchu::web {

// True when the list names `coding` (or '*') with a weight above 0.
static bool accepts(std::string_view list, std::string_view coding) {
  bool star = false;
  while (!list.empty()) {
    std::size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    std::size_t semicolon = item.find(';');
    std::string_view name = trim(item.substr(0, semicolon));
    bool zero = false;
    if (semicolon != std::string_view::npos) {
      std::string_view weight = trim(item.substr(semicolon + 1));
      zero = weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string_view::npos;
    }
    if (std::equal(name.begin(), name.end(), coding.begin(), coding.end(),
                   [](char a, char b) { return (a | 32) == (b | 32); }))
      return !zero;
    if (name == "*" && !zero) star = true;
  }
  return star;
}

Encoding accepted_encoding(std::string_view accept_encoding, bool brotli) {
  if (accept_encoding.empty()) return Encoding::identity;
  if (brotli && accepts(accept_encoding, "br")) return Encoding::brotli;
  return accepts(accept_encoding, "gzip") ? Encoding::gzip : Encoding::identity;
}

std::string_view encoding_name(Encoding encoding) {
  if (encoding == Encoding::gzip) return "gzip";
  return encoding == Encoding::brotli ? "br" : "";
}

std::string gzip(std::string_view bytes, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string to(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(to.data());
  stream.avail_out = static_cast<uInt>(to.size());
  deflate(&stream, Z_FINISH);
  to.resize(stream.total_out);
  deflateEnd(&stream);
  return to;
}

std::string brotli(std::string_view bytes, int quality) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string to(size, '\0');
  if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                             reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                             reinterpret_cast<std::uint8_t*>(to.data())))
    throw std::bad_alloc();
  to.resize(size);
  return to;
}

bool compressible(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("xml") != std::string_view::npos || type.starts_with("application/javascript") ||
         type.starts_with("image/svg") || type.starts_with("font/ttf");
}

}  // namespace danchu::web
