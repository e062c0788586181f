#include "web/application.h"

#include "web/application_parts.h"
#include "web/assets.h"
#include "web/exchange.h"
#include "web/i18n.h"
#include "web/log.h"
#include "web/openapi.h"
#include "web/reply.h"
#include "web/secrets.h"

namespace danchu::web {
namespace {

// A secret that survives restarts without another file: only who holds the signing key can make it again.
std::string secret_of(const Site& site, const ServerOptions& options) {
  return options.secret.empty() ? sha256(site.keys.sign("danchu-web-secret-1")) : options.secret;
}

std::vector<std::string> patterns_of(const RouteTable& routes) {
  std::vector<std::string> all;
  for (const auto& e : routes.endpoints())
    all.push_back((e->method == Method::get ? "GET " : "POST ") + e->pattern);
  return all;
}

}  // namespace

bool reads_only(const HttpRequest& request) { return request.method == "GET" || request.method == "HEAD"; }

std::string cache_key(const Address& address, bool json) {
  std::string key(json ? "j" : "h");
  key += address.language;
  key += address.path;
  key += '?';
  key += address.query;
  return key;
}

Application::Parts::Parts(Site s, const ServerOptions& o)
    : site(std::move(s)),
      options(o),
      secure(!options.tls_certificate.empty() || site.base_url.starts_with("https://")),
      secret(secret_of(site, options)),
      security(security_headers(secure)),
      cookies(secure, secret),
      pages(options.pages ? *options.pages : Pages::embedded()),
      around{site, options, pages, cookies},
      cache(options.cache_bytes),
      idempotency(site.db, secret),
      builtin(security),
      requests(static_cast<std::uint64_t>(site.db.clock().now().us) << 12) {}

Application::Parts::Found Application::Parts::find(Address& address) const {
  if (address.path.ends_with(".json")) {
    std::string_view plain = address.path.substr(0, address.path.size() - 5);
    if (plain.empty()) plain = "/";
    Matched matched = routes.match(plain);
    if (matched) {
      address.path = plain;
      return {std::move(matched), true};
    }
  }
  return {routes.match(address.path), false};
}

Application::Application(Site site, const ServerOptions& options, const std::function<void(Router&)>& routes)
    : parts_(std::make_unique<Parts>(std::move(site), options)) {
  routes(parts_->routes);
  parts_->metrics = std::make_unique<Metrics>(patterns_of(parts_->routes));
  auto* cache = &parts_->cache;
  parts_->site.db.on_commit(
      [cache](const std::vector<store::Topic>& topics) { cache->generations.bump(topics); });
}
Application::~Application() = default;

ReadyRef Application::at_once(const HttpRequest& request) {
  if (!reads_only(request)) return nullptr;
  auto begun = std::chrono::steady_clock::now();
  if (ReadyRef own = parts_->builtin.at_once(request)) return own;
  if (!request.header("cookie").empty() &&
      (!parts_->cookies.session_of(request).empty() || parts_->cookies.has_flash(request)))
    return nullptr;
  auto address = address_of(request.target);
  if (!address) return nullptr;
  bool json = address->path.ends_with(".json") || prefers_json(request);
  if (address->path.ends_with(".json")) address->path.remove_suffix(5);
  if (address->path.empty()) address->path = "/";
  thread_local std::string key;
  key = cache_key(*address, json);
  CachedPageRef page = parts_->cache.find(key, parts_->site.db.clock().now());
  if (!page) return nullptr;
  ReadyRef answer =
      page->if_made(accepted_encoding(request.header("accept-encoding")), request.header("if-none-match"));
  if (!answer) return nullptr;
  auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  parts_->metrics->cache_hit();
  parts_->metrics->answered(page->route, answer->status, took);
  if (parts_->options.access_log)
    log_access({++parts_->requests, request.method,
                parts_->routes.endpoints()[static_cast<std::size_t>(page->route)]->pattern, answer->status,
                took, answer->body.size(), true});
  return answer;
}

Application::BodyLimit Application::body_limit(const HttpRequest& request) const {
  if (request.method != "POST") return {};
  auto address = address_of(request.target);
  if (!address) return {};
  auto [matched, json_suffix] = parts_->find(*address);
  constexpr std::size_t usual = 64 * 1024;
  if (!matched.post) return {usual, usual};
  const Route& route = matched.post->route;
  const bool signed_in_only = route.any_signed_in || !route.roles.empty();
  return {signed_in_only ? std::min(route.max_body, usual) : route.max_body, route.max_body};
}

bool Application::knows_session(const HttpRequest& request) const {
  const std::string token = parts_->cookies.session_of(request);
  if (token.empty()) return false;
  const Instant now = parts_->site.db.clock().now();
  try {
    if (parts_->options.knows_session) return parts_->options.knows_session(token, now);
    return parts_->options.viewer_of && parts_->options.viewer_of(token, now);
  } catch (const store::StoreError& error) {
    log_error("a session could not be looked up", error.what());
    return false;
  }
}

void Application::answer(const HttpRequest& request, const std::function<void(ReadyRef)>& send) {
  const std::uint64_t id = ++parts_->requests;
  Exchange exchange(*parts_, request, id);
  ReadyRef answer;
  try {
    answer = exchange.run();
  } catch (const std::exception& error) {  // even the page that says so cannot be made
    log_error("an answer failed", error.what(), id);
    answer = refusal(500, &request);
  }
  auto took = exchange.took();
  const Endpoint* endpoint = exchange.endpoint();
  parts_->metrics->answered(endpoint ? endpoint->number : -1, answer->status, took);
  if (exchange.effective()) parts_->metrics->wrote(took);
  if (parts_->options.access_log)
    log_access({id, request.method, endpoint ? std::string_view(endpoint->pattern) : "-", answer->status,
                took, answer->body.size(), exchange.from_cache()});
  send(std::move(answer));  // from here on the request belongs to the network again
  exchange.afterwards();
}

ReadyRef Application::refusal(int status, const HttpRequest* request) {
  parts_->metrics->answered(-1, status, std::chrono::microseconds(0));
  auto address = request && !request->target.empty() ? address_of(request->target) : std::nullopt;
  return parts_->builtin.refusal(status, address ? address->language : languages().front(),
                                 request && prefers_json(*request));
}

void Application::warm_up() { parts_->builtin.compress_assets(); }
Metrics& Application::metrics() { return *parts_->metrics; }
std::string Application::openapi() const {
  return openapi_json(parts_->routes, parts_->site, parts_->secure);
}

}  // namespace danchu::web
