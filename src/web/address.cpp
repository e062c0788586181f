#include "web/address.h"

#include "base/text.h"
#include "web/i18n.h"

namespace danchu::web {

std::string language_prefix(std::string_view language) {
  return language == languages().front() ? std::string() : "/" + std::string(language);
}

std::optional<Address> address_of(std::string_view target) {
  if (!target.starts_with('/')) {  // absolute form, as a proxy may send it
    std::size_t scheme = target.find("://");
    std::size_t slash = scheme == target.npos ? target.npos : target.find('/', scheme + 3);
    if (slash == target.npos) return std::nullopt;
    target.remove_prefix(slash);
  }
  Address address{languages().front(), target, {}};
  if (std::size_t question = target.find('?'); question != target.npos) {
    address.query = target.substr(question + 1);
    address.path = target.substr(0, question);
  }
  for (std::string_view language : languages().subspan(1)) {
    std::string_view path = address.path;
    if (!path.substr(1).starts_with(language)) continue;
    path.remove_prefix(1 + language.size());
    if (!path.empty() && path.front() != '/' && path != ".json") continue;
    address.language = language;
    address.path = path.empty() ? std::string_view("/") : path;
    break;
  }
  return address;
}

// The weight in thousandths an Accept list gives exactly this media type, -1 where it is not named.
static int weight_of(std::string_view accept, std::string_view type) {
  while (!accept.empty()) {
    std::size_t comma = accept.find(',');
    std::string_view item = accept.substr(0, comma);
    accept.remove_prefix(comma == accept.npos ? accept.size() : comma + 1);
    std::size_t semicolon = item.find(';');
    if (trim(item.substr(0, semicolon)) != type) continue;
    std::size_t q = semicolon == item.npos ? item.npos : item.find("q=", semicolon);
    if (q == item.npos) return 1000;
    int weight = 0, unit = 1000;
    for (char c : item.substr(q + 2, 5)) {
      if (c == '.') continue;
      if (c < '0' || c > '9') break;
      weight += (c - '0') * unit;
      unit /= 10;
    }
    return weight;
  }
  return -1;
}

bool prefers_json(const HttpRequest& request) {
  std::string_view accept = request.header("accept");
  int json = std::max(weight_of(accept, "application/json"), weight_of(accept, "application/problem+json"));
  int html = weight_of(accept, "text/html");
  if (json >= 0 || html >= 0) return json > html;
  return request.header("content-type").starts_with("application/json");
}

}  // namespace danchu::web
