#include <algorithm>
#include <array>

#include "web/template.h"

namespace danchu::web {

namespace {
template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Elements that run, frame or rebase something: a page needs none of them.
constexpr std::array<std::string_view, 8> refused_elements = {"style",  "iframe", "frame",  "object",
                                                              "applet", "base",   "portal", "embed"};
// Attributes that hold code, styles, lists of addresses or addresses no page needs.
constexpr std::array<std::string_view, 14> refused_attributes = {
    "style",    "srcset", "imagesrcset", "srcdoc",  "formaction", "xlink:href", "ping",
    "manifest", "data",   "codebase",    "classid", "background", "longdesc",   "http-equiv"};
constexpr std::array<std::string_view, 5> url_attributes = {"href", "src", "action", "poster", "cite"};
}  // namespace

bool element_allowed(std::string_view element) { return !among(refused_elements, element); }

Place place_of(std::string_view, std::string_view attribute) {
  if (attribute.starts_with("on") || among(refused_attributes, attribute)) return Place::forbidden;
  return among(url_attributes, attribute) ? Place::url : Place::ordinary;
}

bool fixed_address_allowed(std::string_view address) {
  if (address.starts_with("//")) return false;
  for (std::string_view start : {"/", "#", "asset:", "https://", "mailto:", "tel:"})
    if (address.starts_with(start)) return true;
  return false;
}

std::vector<std::string> placeholders(std::string_view message) {
  std::vector<std::string> names;
  for (std::size_t at = message.find("{{"); at != message.npos; at = message.find("{{", at + 2)) {
    std::size_t end = message.find("}}", at);
    names.emplace_back(message.substr(at, end == message.npos ? end : end - at + 2));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace danchu::web
