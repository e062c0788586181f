#include "web/application.h"

#include "base/text.h"
#include "web/assets.h"
#include "web/builtin.h"
#include "web/cache.h"
#include "web/help_number.h"
#include "web/i18n.h"
#include "web/idempotency.h"
#include "web/log.h"
#include "web/openapi.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/router.h"
#include "web/secrets.h"

namespace danchu::web {

namespace {

bool reads_only(const HttpRequest& request) { return request.method == "GET" || request.method == "HEAD"; }

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

// Each segment encoded in the one way: a page has one address, and one place in the cache.
std::string canonical_path(std::string_view path) {
  std::string to, segment;
  while (!path.empty()) {
    path.remove_prefix(1);
    std::size_t end = std::min(path.find('/'), path.size());
    percent_decode(path.substr(0, end), false, segment);  // matched before, so it is well-formed
    to += "/" + percent_encode(segment);
    path.remove_prefix(end);
  }
  return to;
}

std::string cache_key(const Address& address, bool json) {
  std::string key(json ? "j" : "h");
  key += address.language;
  key += address.path;
  key += '?';
  key += address.query;
  return key;
}

}  // namespace

struct Application::Parts {
  Site site;
  ServerOptions options;
  bool secure;
  std::string secret, security;
  Cookies cookies;
  const Pages& pages;
  Surroundings around;
  RouteTable routes;
  PageCache cache;
  HelpNumber help_number;
  Idempotency idempotency;
  Builtin builtin;
  std::unique_ptr<Metrics> metrics;
  std::atomic<std::uint64_t> requests;

  Parts(Site s, const ServerOptions& o)
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

  // The route of an address; takes ".json" off when only the rest has one.
  struct Found {
    Matched matched;
    bool json_suffix = false;
  };
  Found find(Address& address) const {
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
};

// One request on its way through a worker.
class Exchange {
 public:
  Exchange(Application::Parts& parts, const HttpRequest& http) : p_(parts), http_(http) {}

  std::chrono::microseconds took() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun_);
  }

  ReadyRef run() {
    auto address = address_of(http_.target);
    if (!address) return plain(400);
    if (auto own = p_.builtin.answer(http_, *address, p_.site, p_.options, *p_.metrics, p_.routes, p_.secure))
      return own;
    std::string_view whole_path = address->path;
    auto [matched, json_suffix] = p_.find(*address);
    bool json = json_suffix || prefers_json(http_);
    if (!matched) return not_found(*address, whole_path, json);
    if (http_.method == "OPTIONS") return options(matched);
    bool reading = reads_only(http_);
    const Endpoint* endpoint = reading ? matched.get : http_.method == "POST" ? matched.post : nullptr;
    if (!endpoint) return wrong_method(*address, matched, json);
    endpoint_ = endpoint;
    WebRequest request(p_.around, http_, *address, matched, *endpoint, json);
    try {
      recognise(request);
      if (auto refused = not_allowed(request)) return finish(request, std::move(*refused));
      return reading ? read(request, *address, json, json_suffix) : submit(request);
    } catch (const store::StoreError& error) {
      return failed(request, error);
    } catch (const std::exception& error) {
      log_error("a handler failed", error.what(), id);
      return finish(request,
                    request.refuse_as(500, problem(Fault::unavailable,
                                                   N_("Something went wrong here. It is logged as {number}"),
                                                   {{"number", number()}})));
    }
  }

  // After the answer was sent.
  void afterwards() {
    if (submission_) p_.idempotency.finish(*submission_, kept_, keep_answer_);
  }

  std::uint64_t id = 0;
  const Endpoint* endpoint() const { return endpoint_; }
  bool from_cache() const { return from_cache_; }
  bool effective() const { return submission_.has_value(); }

 private:
  std::string number() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(id));
    return text;
  }
  ReadyRef plain(int status) { return p_.builtin.refusal(status, languages().front(), prefers_json(http_)); }

  // A request that no route takes still gets a page of this site.
  template <class Make>
  ReadyRef without_route(const Address& address, bool json, Make make) {
    static const Endpoint none{"", {}, {}, about(N_("danchu")), Method::get, -1};
    static const Matched nothing;
    WebRequest request(p_.around, http_, address, nothing, none, json);
    try {
      recognise(request);
      return finish(request, make(request));
    } catch (const std::exception& error) {
      log_error("a page for an unknown address failed", error.what(), id);
      return plain(503);
    }
  }

  ReadyRef not_found(const Address& address, std::string_view path, bool json) {
    if (path.size() > 1 && path.ends_with('/')) {
      while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
      if (reads_only(http_) && p_.routes.match(path)) return moved(301, address, path, address.query);
    }
    return without_route(address, json, [](WebRequest& r) {
      return r.refuse_as(
          404,
          problem(Fault::missing, N_("There is no page at this address. Check it for a slip, or search")));
    });
  }

  ReadyRef moved(int status, const Address& address, std::string_view path, std::string_view query) {
    std::string to = language_prefix(address.language);
    if (path != "/" || to.empty()) to += path;
    if (!query.empty()) to += (query.front() == '?' ? "" : "?") + std::string(query);
    Reply reply;
    reply.status = status;
    reply.content_type = "";
    reply.headers.emplace_back("Location", to);
    return ready(std::move(reply), p_.security, "no-cache", Encoding::identity);
  }

  static std::string allowed(const Matched& matched) {
    std::string methods = matched.get ? "GET, HEAD, " : "";
    return methods + (matched.post ? "POST, OPTIONS" : "OPTIONS");
  }
  ReadyRef options(const Matched& matched) {
    Reply reply;
    reply.status = 204;
    reply.content_type = "";
    reply.headers.emplace_back("Allow", allowed(matched));
    return ready(std::move(reply), p_.security, "no-cache", Encoding::identity);
  }
  ReadyRef wrong_method(const Address& address, const Matched& matched, bool json) {
    return without_route(address, json, [&](WebRequest& r) {
      Reply reply = r.refuse_as(405, problem(Fault::invalid, N_("This address answers to {methods} only"),
                                             {{"methods", allowed(matched)}}));
      reply.headers.emplace_back("Allow", allowed(matched));
      return reply;
    });
  }

  void recognise(WebRequest& request) {
    request.help_number = p_.help_number.get(p_.site.db, p_.cache.generations);
    if (request.session_token().empty() || !p_.options.viewer_of) return;
    if (auto viewer = p_.options.viewer_of(request.session_token(), request.now()))
      request.recognise(std::move(*viewer));
  }

  std::optional<Reply> not_allowed(WebRequest& request) {
    if (request.method() == Method::post &&
        !from_own_site(http_, p_.site.base_url, !request.session_token().empty()))
      return request.refuse_as(
          403, problem(Fault::denied,
                       N_("This was sent from another site. Open the page here and send it again")));
    const Route& route = endpoint_->route;
    if (!route.any_signed_in && route.roles.empty()) return std::nullopt;
    if (!request.signed_in()) {
      if (!request.wants_json() && request.method() == Method::get) return request.to_sign_in();
      if (!request.wants_json())  // a redirect would lose what was typed
        return request.refuse_as(
            401, problem(Fault::denied,
                         N_("You are no longer signed in. Sign in in another tab, come back here and send "
                            "again: what you typed is still in the form")));
      return request.refuse_as(401, problem(Fault::denied, N_("Please sign in first")));
    }
    if (route.roles.empty()) return std::nullopt;
    for (people::Role role : route.roles)
      if (request.viewer().holds_any(role)) return std::nullopt;
    return request.refuse_as(
        403, problem(Fault::denied, N_("Your post does not allow this. You are signed in as {name}"),
                     {{"name", request.viewer().name}}));
  }

  ReadyRef read(WebRequest& request, const Address& address, bool json, bool json_suffix) {
    const Route& route = endpoint_->route;
    if (!route.topics) {
      if (request.signed_in()) request.idempotency_key = to_base64url(random_bytes(16));
      return finish(request, endpoint_->handler(request));
    }
    std::string query = request.canonical_query();
    std::string_view sent = address.query;
    std::string path = canonical_path(address.path);
    bool other_query = query.empty() ? !sent.empty() : sent != std::string_view(query).substr(1);
    if (other_query || path != address.path)
      return moved(302, address, path + (json_suffix ? ".json" : ""), query);
    if (request.signed_in() || p_.cookies.has_flash(http_)) {
      if (request.signed_in()) request.idempotency_key = to_base64url(random_bytes(16));
      return finish(request, endpoint_->handler(request));
    }
    return cached(request, address, json);
  }

  ReadyRef cached(WebRequest& request, const Address& address, bool json) {
    request.cacheable = true;
    Encoding encoding = accepted_encoding(http_.header("accept-encoding"));
    ReadyRef uncached;
    bool built = false;
    auto page = p_.cache.find_or_build(cache_key(address, json), request.now(), [&]() -> CachedPageRef {
      built = true;
      Topics topics = endpoint_->route.topics(request);
      topics.emplace_back(people::contact_topic);  // the number to call for help stands on every page
      auto seen = p_.cache.generations.now(topics);
      Reply reply = endpoint_->handler(request);
      // While commits of other processes go unheard nothing is kept.
      bool keep = p_.site.db.listening() && reply.status == 200 && request.set_cookies().empty() &&
                  (!reply.valid_until || *reply.valid_until > request.now());
      if (!keep) {
        uncached = finish(request, std::move(reply));
        return nullptr;
      }
      auto made = std::make_shared<CachedPage>(header_lines(reply, "public, no-cache") + p_.security,
                                               std::move(reply.body), compressible(reply.content_type));
      made->route = endpoint_->number;
      made->seen = std::move(seen);
      made->valid_until = reply.valid_until;
      return made;
    });
    if (!page) return uncached;
    from_cache_ = !built;
    built ? p_.metrics->cache_miss() : p_.metrics->cache_hit();
    return page->get(encoding, http_.header("if-none-match"));
  }

  // ---- submissions -------------------------------------------------------------------------------------

  std::optional<Reply> read_body(WebRequest& request) {
    std::string_view type = http_.header("content-type");
    std::string_view kind = trim(type.substr(0, type.find(';')));
    std::optional<Problem> wrong;
    if (http_.body.empty() && type.empty()) return std::nullopt;
    if (kind == "application/x-www-form-urlencoded")
      wrong = parse_urlencoded(http_.body, request.body);
    else if (kind == "multipart/form-data")
      wrong = parse_multipart(type, http_.body, request.body);
    else if (kind == "application/json")
      wrong = parse_json_body(http_.body, request.body);
    else
      return request.refuse_as(415, problem(Fault::invalid, N_("Send a form or JSON (application/json)")));
    if (!wrong) return std::nullopt;
    return request.refuse_as(wrong->fault == Fault::too_large ? 413 : 400, {*wrong});
  }

  // The key a client or form sent, or one derived from a form without it; empty: this submission has none.
  std::optional<Submission> submission_of(WebRequest& request) {
    std::string key(http_.header("idempotency-key"));
    for (const auto& [name, value] : request.sent())
      if (name == "idempotency_key" && key.empty()) key = value;
    std::string path = std::string(request.path()) + request.canonical_query();
    Submission s;
    s.request = p_.idempotency.request_of(path, request.sent(), request.uploads());
    s.kept = sent_key_kept;
    if (key.empty()) {
      if (!request.signed_in() || request.wants_json()) return std::nullopt;
      key = p_.idempotency.derived_key(request.session_token(), s.request, request.now());
      s.kept = derived_key_kept;
    }
    s.account = request.viewer().account.number;
    s.key = p_.idempotency.key_of(s.account ? id_to_text(s.account) : request.session_token(), key);
    s.route = endpoint_->pattern;
    return s;
  }

  ReadyRef submit(WebRequest& request) {
    if (auto refused = read_body(request)) return finish(request, std::move(*refused));
    if (http_.header("idempotency-key").size() > longest_key)
      return finish(
          request, request.refuse_as(
                       400, problem(Fault::invalid, N_("The Idempotency-Key is longer than {max} characters"),
                                    {{"max", std::to_string(longest_key)}})));
    if (request.signed_in())
      request.idempotency_key = to_base64url(random_bytes(16));  // of the form shown again
    if (!endpoint_->route.idempotent) return finish(request, endpoint_->handler(request));
    auto submission = submission_of(request);
    if (!submission) return finish(request, endpoint_->handler(request));

    auto result = p_.idempotency.once(*submission, [&]() -> Idempotency::Kept {
      Idempotency::Kept kept{endpoint_->handler(request), ""};
      if (!request.changed_session() && !request.set_cookies().empty())
        kept.flash = request.set_cookies().back();
      return kept;
    });
    if (auto* problems = std::get_if<Problems>(&result)) return finish(request, request.refuse(*problems));
    auto& outcome = std::get<Idempotency::Outcome>(result);
    Reply reply = outcome.answer.reply;
    if (outcome.replayed) {
      reply.headers.emplace_back("Idempotent-Replayed", "true");
      if (!outcome.answer.flash.empty()) reply.headers.emplace_back("Set-Cookie", outcome.answer.flash);
    }
    if (outcome.effective) {
      keep_answer_ = reply.status < 400 && !request.changed_session();
      submission_ = std::move(submission);
      kept_ = std::move(outcome.answer);
    }
    return finish(request, std::move(reply));
  }

  // ---- answers -------------------------------------------------------------------------------------------

  ReadyRef finish(WebRequest& request, Reply reply) {
    for (const std::string& line : request.set_cookies()) reply.headers.emplace_back("Set-Cookie", line);
    if (p_.options.server_timing)
      reply.headers.emplace_back("Server-Timing", "app;dur=" + std::to_string(took().count() / 1000));
    bool own = request.signed_in() || !request.set_cookies().empty();
    return ready(std::move(reply), p_.security, own ? "private, no-store" : "no-cache",
                 accepted_encoding(http_.header("accept-encoding"), false));
  }

  ReadyRef failed(WebRequest& request, const store::StoreError& error) {
    using Kind = store::StoreError::Kind;
    log_error("the store failed", error.what(), id);
    bool ours = error.kind == Kind::statement || error.kind == Kind::constraint;
    try {
      if (ours)
        return finish(
            request, request.refuse_as(500, problem(Fault::unavailable,
                                                    N_("Something went wrong here. It is logged as {number}"),
                                                    {{"number", number()}})));
      std::string_view why =
          error.kind == Kind::full
              ? N_("The disk is full: nothing can be written, nothing was changed. Reading goes on")
              : N_("The data cannot be reached at the moment. Nothing was changed; please try again");
      return finish(request, request.refuse_as(503, problem(Fault::unavailable, why)));
    } catch (const std::exception&) {
      return plain(ours ? 500 : 503);
    }
  }

  Application::Parts& p_;
  const HttpRequest& http_;
  const Endpoint* endpoint_ = nullptr;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  bool from_cache_ = false;
  bool keep_answer_ = false;
  std::optional<Submission> submission_;
  Idempotency::Kept kept_;
};

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

std::size_t Application::body_limit(const HttpRequest& request) const {
  constexpr std::size_t usual = 64 * 1024;
  if (request.method != "POST") return 0;
  auto address = address_of(request.target);
  if (!address) return 0;
  auto [matched, json_suffix] = parts_->find(*address);
  if (!matched.post) return usual;
  // A form only for those signed in takes nothing large from somebody who does not even say so.
  const Route& route = matched.post->route;
  const bool nobody = route.any_signed_in && parts_->cookies.session_of(request).empty();
  return nobody ? std::min(route.max_body, usual) : route.max_body;
}

void Application::answer(const HttpRequest& request, const std::function<void(ReadyRef)>& send) {
  Exchange exchange(*parts_, request);
  exchange.id = ++parts_->requests;
  ReadyRef answer;
  try {
    answer = exchange.run();
  } catch (const std::exception& error) {  // even the page that says so cannot be made
    log_error("an answer failed", error.what(), exchange.id);
    answer = refusal(500, &request);
  }
  auto took = exchange.took();
  const Endpoint* endpoint = exchange.endpoint();
  parts_->metrics->answered(endpoint ? endpoint->number : -1, answer->status, took);
  if (exchange.effective()) parts_->metrics->wrote(took);
  if (parts_->options.access_log)
    log_access({exchange.id, request.method, endpoint ? std::string_view(endpoint->pattern) : "-",
                answer->status, took, answer->body.size(), exchange.from_cache()});
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
