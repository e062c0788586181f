#include "web/builtin.h"

#include "web/assets.h"
#include "web/i18n.h"
#include "web/openapi.h"
#include "web/reply.h"
#include "web/secrets.h"

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

// Numbers of use are no one's business outside: this machine reads them, or who sends the token. What a proxy
// on this machine passes on comes from elsewhere.
static bool may_read_metrics(const HttpRequest& request, const ServerOptions& options) {
  constexpr std::string_view bearer = "Bearer ";
  std::string_view sent = request.header("authorization");
  if (!options.metrics_token.empty() && sent.starts_with(bearer) &&
      equal_in_constant_time(sent.substr(bearer.size()), options.metrics_token))
    return true;
  const bool forwarded = !request.header("x-forwarded-for").empty() || !request.header("forwarded").empty();
  std::string_view peer = request.peer;
  if (peer.starts_with("::ffff:")) peer.remove_prefix(7);
  return !forwarded && (peer == "::1" || peer.starts_with("127."));
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
  if (path == "/metrics" && !may_read_metrics(request, options))
    return refusal(403, address.language, prefers_json(request));
  if (path == "/metrics")
    return text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), "no-store", simple);
  if (path == "/openapi.json") {
    std::lock_guard lock(openapi_mutex_);
    if (!openapi_)
      openapi_ = std::make_shared<CachedPage>(
          "Content-Type: application/json\r\nCache-Control: public, max-age=300\r\nVary: "
          "Accept-Encoding\r\n" +
              security_,
          openapi_json(routes, site, secure), true, Effort{asset_gzip_level, asset_brotli_quality});
    return openapi_->get(any, request.header("if-none-match"));
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
