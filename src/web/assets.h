// Styles, scripts, icons and fonts embedded under "assets/". Each is served at an address that names its
// content, so that browsers keep it for ever: "app.css" -> "/tai-san/app-3f9a1c20.css".
#pragma once
#include <string>
#include <string_view>

namespace danchu::web {

// The address of an asset by its file name; aborts in debug builds and answers "/tai-san/<name>" when there
// is none.
std::string asset_url(std::string_view name);

struct Asset {
  std::string_view name;  // "app.css"
  std::string_view content_type;
  std::string_view identity;  // embedded bytes
  std::string gzip, brotli;   // empty where compressing does not pay (fonts, images)
  std::string etag_stem;      // hex, without quotes
};
// By what follows "/tai-san/" in the address, or null.
const Asset* find_asset(std::string_view hashed_name);

}  // namespace danchu::web
