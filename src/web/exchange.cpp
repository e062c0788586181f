#include "web/exchange.h"

#include "base/text.h"
#include "web/i18n.h"
#include "web/log.h"
#include "web/reply.h"
#include "web/secrets.h"

namespace danchu::web {
namespace {

std::string allowed(const Matched& matched) {
  std::string methods = matched.get ? "GET, HEAD, " : "";
  return methods + (matched.post ? "POST, OPTIONS" : "OPTIONS");
}

}  // namespace

ReadyRef Exchange::run() {
  auto address = address_of(http_.target);
  if (!address) return plain(400);
  if (address->path == "/metrics") p_.metrics->cache_bytes(p_.cache.bytes());
  if (auto own = p_.builtin.answer(http_, *address, p_.site, p_.options, *p_.metrics, p_.routes, p_.secure))
    return own;
  std::string_view whole_path = address->path;
  auto [matched, json_suffix] = p_.find(*address);
  bool json = whole_path.ends_with(".json") || prefers_json(http_);
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
    log_error("a handler failed", error.what(), id_);
    return finish(request,
                  request.refuse_as(500, problem(Fault::unavailable,
                                                 N_("Something went wrong here. It is logged as {number}"),
                                                 {{"number", number()}})));
  }
}

void Exchange::recognise(WebRequest& request) {
  if (!request.session_token().empty() && p_.options.viewer_of) {
    if (auto known = p_.options.viewer_of(request.session_token(), request.now())) {
      if (!known->new_token.empty()) request.renew_session(known->new_token, known->expires);
      request.recognise(std::move(known->viewer));
    }
  }
  if (request.wants_json()) return;
  const auto& posts = request.viewer().posts;
  request.help_number = p_.help_numbers.near(p_.site.db, p_.cache.generations,
                                             posts.empty() ? Id<people::Unit>{} : posts.front().unit);
}

std::optional<Reply> Exchange::not_allowed(WebRequest& request) {
  if (request.method() == Method::post &&
      !from_own_site(http_, p_.site.base_url,
                     !request.session_token().empty() || !request.device_token().empty()))
    return request.refuse_as(
        403,
        problem(Fault::denied, N_("This was sent from another site. Open the page here and send it again")));
  const Route& route = endpoint_->route;
  if (!route.any_signed_in && route.roles.empty()) return std::nullopt;
  if (!request.signed_in()) {
    if (!request.wants_json() && request.method() == Method::get) return request.to_sign_in();
    if (!request.wants_json()) {  // a redirect would lose what was typed
      if (auto unreadable = read_body(request)) return unreadable;
      return request.sign_in_again();
    }
    return request.refuse_as(401, problem(Fault::denied, N_("Please sign in first")));
  }
  if (route.roles.empty()) return std::nullopt;
  for (people::Role role : route.roles)
    if (request.viewer().holds_any(role)) return std::nullopt;
  return request.refuse_as(
      403, problem(Fault::denied, N_("Your post does not allow this. You are signed in as {name}"),
                   {{"name", request.viewer().name}}));
}

ReadyRef Exchange::without_route(const Address& address, bool json,
                                 const std::function<Reply(WebRequest&)>& make) {
  static const Endpoint none{"", {}, {}, about(N_("danchu")), Method::get, -1};
  static const Matched nothing;
  WebRequest request(p_.around, http_, address, nothing, none, json);
  try {
    recognise(request);
    return finish(request, make(request));
  } catch (const std::exception& error) {
    log_error("a page for an unknown address failed", error.what(), id_);
    return plain(503);
  }
}

ReadyRef Exchange::not_found(const Address& address, std::string_view path, bool json) {
  if (path.size() > 1 && path.ends_with('/')) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (reads_only(http_) && p_.routes.match(path)) return moved(301, address, path, address.query);
  }
  return without_route(address, json, [](WebRequest& r) {
    return r.refuse_as(
        404, problem(Fault::missing, N_("There is no page at this address. Check it for a slip, or search")));
  });
}

ReadyRef Exchange::moved(int status, const Address& address, std::string_view path, std::string_view query) {
  std::string to = language_prefix(address.language);
  if (path != "/" || to.empty()) to += path;
  if (!query.empty()) to += (query.front() == '?' ? "" : "?") + std::string(query);
  Reply reply;
  reply.status = status;
  reply.content_type = "";
  reply.headers.emplace_back("Location", to);
  return ready(std::move(reply), p_.security, "no-cache", Encoding::identity);
}

ReadyRef Exchange::options(const Matched& matched) {
  Reply reply;
  reply.status = 204;
  reply.content_type = "";
  reply.headers.emplace_back("Allow", allowed(matched));
  return ready(std::move(reply), p_.security, "no-cache", Encoding::identity);
}

ReadyRef Exchange::wrong_method(const Address& address, const Matched& matched, bool json) {
  return without_route(address, json, [&](WebRequest& r) {
    Reply reply = r.refuse_as(405, problem(Fault::invalid, N_("This address answers to {methods} only"),
                                           {{"methods", allowed(matched)}}));
    reply.headers.emplace_back("Allow", allowed(matched));
    return reply;
  });
}

ReadyRef Exchange::finish(WebRequest& request, Reply reply) {
  for (const std::string& line : request.set_cookies()) reply.headers.emplace_back("Set-Cookie", line);
  if (p_.options.server_timing)
    reply.headers.emplace_back("Server-Timing", "app;dur=" + std::to_string(took().count() / 1000));
  bool own = request.signed_in() || !request.set_cookies().empty() || !request.device_token().empty();
  if (reads_only(http_) && reply.status == 200 && !reply.content_type.starts_with("text/html")) tag(reply);
  return ready(std::move(reply), p_.security, own ? "private, no-store" : "no-cache",
               accepted_encoding(http_.header("accept-encoding"), false));
}

// A paper, a picture, JSON: who has it already need not load it again. Weak, for the bytes may be compressed.
void Exchange::tag(Reply& reply) const {
  const std::string etag = "\"" + content_tag(reply.body) + "\"";
  reply.headers.emplace_back("ETag", "W/" + etag);
  if (!tag_matches(http_.header("if-none-match"), etag)) return;
  reply.status = 304;
  reply.body.clear();
}

ReadyRef Exchange::failed(WebRequest& request, const store::StoreError& error) {
  using Kind = store::StoreError::Kind;
  log_error("the store failed", error.what(), id_);
  bool ours = error.kind == Kind::statement || error.kind == Kind::constraint;
  try {
    if (ours)
      return finish(request,
                    request.refuse_as(500, problem(Fault::unavailable,
                                                   N_("Something went wrong here. It is logged as {number}"),
                                                   {{"number", number()}})));
    std::string_view why =
        error.kind == Kind::full
            ? N_("The disk is full: nothing can be written, nothing was changed. Reading goes on")
        : error.kind == Kind::unknown
            ? N_("The connection to the data was lost while this was being kept: we do not know whether it "
                 "was. Please look whether it is there before you send it again")
            : N_("The data cannot be reached at the moment. Nothing was changed; please try again");
    Reply reply = request.refuse_as(503, problem(Fault::unavailable, why));
    if (error.kind == Kind::unknown)  // nobody sends this again by itself
      std::erase_if(reply.headers, [](const auto& header) { return header.first == "Retry-After"; });
    return finish(request, std::move(reply));
  } catch (const std::exception&) {
    return plain(ours ? 500 : 503);
  }
}

ReadyRef Exchange::plain(int status) {
  return p_.builtin.refusal(status, languages().front(), prefers_json(http_));
}

std::string Exchange::number() const {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(id_));
  return text;
}

std::chrono::microseconds Exchange::took() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun_);
}

void Exchange::afterwards() {
  if (submission_) p_.idempotency.finish(*submission_, kept_, keep_answer_);
}

}  // namespace danchu::web
