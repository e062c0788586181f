#include "web/assets.h"

#include "base/resources.h"
#include "web/secrets.h"

namespace danchu::web {

static std::string_view type_of(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".mp3", "audio/mpeg"},
      {".ogg", "audio/ogg"},
      {".txt", "text/plain; charset=utf-8"}};
  for (const auto& [ending, type] : types)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

static std::vector<Asset> all_assets() {
  constexpr std::string_view prefix = "assets/";
  std::vector<Asset> all;
  for (const Resource& r : resources(prefix)) {
    std::string_view name = r.path.substr(prefix.size());
    std::size_t dot = std::min(name.rfind('.'), name.size());
    std::string url = "/tai-san/";
    url += name.substr(0, dot);
    url += "-" + content_tag(r.bytes).substr(0, 10);
    url += name.substr(dot);
    all.push_back({name, std::move(url), type_of(name), r.bytes});
  }
  return all;
}

const std::vector<Asset>& assets() {
  static const std::vector<Asset> all = all_assets();
  return all;
}

std::string asset_url(std::string_view name) {
  for (const Asset& asset : assets())
    if (asset.name == name) return asset.url;
  return "/tai-san/" + std::string(name);
}

}  // namespace danchu::web
