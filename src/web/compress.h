// gzip and brotli for answers, and what a client accepts.
#pragma once
#include <string>
#include <string_view>

namespace danchu::web {

enum class Encoding { identity, gzip, brotli };
constexpr int encodings = 3;
constexpr std::size_t least_compressed = 1024;  // bytes; less does not pay

// The best encoding an Accept-Encoding header allows, brotli before gzip.
Encoding accepted_encoding(std::string_view accept_encoding, bool brotli = true);
std::string_view encoding_name(Encoding encoding);  // "gzip"; empty for identity

std::string gzip(std::string_view bytes, int level);      // level 1..9
std::string brotli(std::string_view bytes, int quality);  // quality 0..11
bool compressible(std::string_view content_type);

}  // namespace danchu::web
