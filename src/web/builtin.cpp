#include "web/builtin.h"

#include "web/assets.h"
#include "web/i18n.h"
#include "web/openapi.h"
#include "web/reply.h"

namespace danchu::web {

constexpr int asset_brotli_quality = 9;
constexpr int asset_gzip_level = 9;

Builtin::Builtin(std::string security) : security_(std::move(security)) {
  health_ = text(200, "text/plain; charset=utf-8", "ok\n", "no-store", Encoding::identity);
  for (const Asset& a : assets()) {
    std::string head = "Content-Type: " + std::string(a.content_type) +
                       "\r\nCache-Control: public, max-age=31536000, immutable\r\n" +
                       "Vary: Accept-Encoding\r\n" + security_;
    assets_[a.url] =
        std::make_shared<CachedPage>(std::move(head), std::string(a.bytes), compressible(a.content_type),
                                     Effort{asset_gzip_level, asset_brotli_quality});
  }
}

ReadyRef Builtin::text(int status, std::string_view type, std::string body, std::string_view cache_control,
                       Encoding accepts) const {
  Reply reply;
  reply.status = status;
  reply.content_type = std::string(type);
  reply.body = std::move(body);
  return ready(std::move(reply), security_, cache_control, accepts);
}

CachedPage* Builtin::asset(std::string_view target) const {
  auto found = assets_.find(target);
  return found == assets_.end() ? nullptr : found->second.get();
}

ReadyRef Builtin::at_once(const HttpRequest& request) const {
  if (request.target == "/health") return health_;
  if (!request.target.starts_with("/tai-san/")) return nullptr;
  CachedPage* found = asset(request.target);
  return found ? found->if_made(accepted_encoding(request.header("accept-encoding")),
                                request.header("if-none-match"))
               : nullptr;
}

// RFC 9116 wants an end: six months from now, to the day, so that the text is the same all day.
static std::string security_txt(const Site& site, const ServerOptions& options) {
  Date end = local_date(site.db.clock().now()) + 180;
  return "Contact: " + options.security_contact + "\nExpires: " + to_iso(start_of(end)) +
         "\nPreferred-Languages: vi, en\nCanonical: " + site.base_url + "/.well-known/security.txt\n";
}

ReadyRef Builtin::answer(const HttpRequest& request, const Address& address, const Site& site,
                         const ServerOptions& options, const Metrics& metrics, const RouteTable& routes,
                         bool secure) {
  if (request.method != "GET" && request.method != "HEAD") return nullptr;
  std::string_view path = address.path;
  Encoding any = accepted_encoding(request.header("accept-encoding"));
  Encoding simple = accepted_encoding(request.header("accept-encoding"), false);
  constexpr std::string_view plain = "text/plain; charset=utf-8";
  if (CachedPage* found = asset(path)) return found->get(any, request.header("if-none-match"));
  if (path == "/health") return health_;
  if (path == "/ready") {
    bool good = site.db.ready();
    return text(good ? 200 : 503, plain, good ? "ready\n" : "the store cannot answer\n", "no-store",
                Encoding::identity);
  }
  if (path == "/metrics")
    return text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), "no-store", simple);
  if (path == "/openapi.json") {
    std::lock_guard lock(openapi_mutex_);
    if (openapi_.empty()) openapi_ = openapi_json(routes, site, secure);
    return text(200, "application/json", openapi_, "public, max-age=300", simple);
  }
  if (path == "/robots.txt")
    return text(200, plain, "User-agent: *\nDisallow: /dang-nhap\nDisallow: /metrics\n",
                "public, max-age=3600", Encoding::identity);
  if (path == "/.well-known/security.txt")
    return text(200, plain, security_txt(site, options), "public, max-age=3600", Encoding::identity);
  return nullptr;
}

ReadyRef Builtin::refusal(int status, std::string_view language, bool json) const {
  std::string title = translate(language, title_of(status));
  if (json)
    return text(status, "application/problem+json", problem_json(status, title, {}), "no-store",
                Encoding::identity);
  return text(status, "text/plain; charset=utf-8", title + "\n", "no-store", Encoding::identity);
}

void Builtin::compress_assets() {
  for (const auto& [url, page] : assets_) {
    page->get(Encoding::gzip, {});
    page->get(Encoding::brotli, {});
  }
}

}  // namespace danchu::web
