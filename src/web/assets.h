// Styles, scripts, icons and fonts embedded under "assets/". Each is served at an address that names its
// content, so that browsers keep it for ever: "app.css" -> "/tai-san/app-3f9a1c20b7.css".
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace danchu::web {

struct Asset {
  std::string_view name;  // "app.css"
  std::string url;        // "/tai-san/app-3f9a1c20b7.css"
  std::string_view content_type;
  std::string_view bytes;
};
const std::vector<Asset>& assets();

// The address of an asset by its file name; "/tai-san/<name>", which answers 404, when there is none.
std::string asset_url(std::string_view name);

}  // namespace danchu::web
