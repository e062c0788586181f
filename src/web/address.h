// Addresses and what a client wants, as strangers send them: language, path and query of a target.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "web/http.h"

namespace danchu::web {

// What an address says before any route is looked for. Views into the request's target.
struct Address {
  std::string_view language;  // "vi" or "en"
  std::string_view path;      // not decoded, without the language's prefix: "/viec/01J….json"
  std::string_view query;     // without '?'
};
// Nothing for a target that is no path of this site.
std::optional<Address> address_of(std::string_view target);
std::string language_prefix(std::string_view language);  // "" or "/en"
// Whether JSON is wanted by Accept, or, that said nothing, by what was sent.
bool prefers_json(const HttpRequest& request);

}  // namespace danchu::web
