// GET: a page has one address, and for who is not signed in one place in the cache.
#include "base/id.h"
#include "base/text.h"
#include "people/contact.h"
#include "web/exchange.h"
#include "web/reply.h"
#include "web/secrets.h"

namespace danchu::web {
namespace {

// An id is read in small letters and with O for 0 too, but a page's address has one spelling of it.
std::string spelled(const std::string& segment) {
  auto id = segment.starts_with('0') || segment.starts_with('O') || segment.starts_with('o')
                ? id_from_text(segment)
                : std::nullopt;
  return id ? id_to_text(*id) : segment;
}

// Each segment encoded in the one way: a page has one address, and one place in the cache.
std::string canonical_path(std::string_view path) {
  std::string to, segment;
  while (!path.empty()) {
    path.remove_prefix(1);
    std::size_t end = std::min(path.find('/'), path.size());
    percent_decode(path.substr(0, end), false, segment);  // matched before, so it is well-formed
    to += "/" + percent_encode(spelled(segment));
    path.remove_prefix(end);
  }
  return to;
}

}  // namespace

ReadyRef Exchange::read(WebRequest& request, const Address& address, bool json, bool json_suffix) {
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

ReadyRef Exchange::cached(WebRequest& request, const Address& address, bool json) {
  request.cacheable = true;
  Encoding encoding = accepted_encoding(http_.header("accept-encoding"));
  ReadyRef uncached;
  bool built = false;
  auto page = p_.cache.find_or_build(cache_key(address, json), request.now(), [&]() -> CachedPageRef {
    built = true;
    Topics topics = endpoint_->route.topics(request);
    topics.emplace_back(people::contact_topic);  // the number to call for help stands on every page
    auto seen = p_.cache.generations.now(topics);
    // Again: the number read when the request came may be older than what this page is kept as.
    if (!request.wants_json())
      request.help_number = p_.help_numbers.near(p_.site.db, p_.cache.generations, Id<people::Unit>{});
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

}  // namespace danchu::web
