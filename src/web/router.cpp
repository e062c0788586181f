#include "web/router.h"

#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "web/http.h"

namespace danchu::web {

struct RouteTable::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> parameter;
  const Endpoint* get = nullptr;
  const Endpoint* post = nullptr;
};

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::~RouteTable() = default;

void RouteTable::get(std::string_view pattern, Handler handler, Route route) {
  add(pattern, std::move(handler), std::move(route), Method::get);
}
void RouteTable::post(std::string_view pattern, Handler handler, Route route) {
  add(pattern, std::move(handler), std::move(route), Method::post);
}

// Takes the next segment off `rest`, which begins with '/'.
static std::string_view next_segment(std::string_view& rest) {
  rest.remove_prefix(1);
  std::size_t end = rest.find('/');
  std::string_view segment = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
  return segment;
}

[[noreturn]] static void wrong_pattern(std::string_view pattern, const char* why) {
  std::fprintf(stderr, "route %.*s: %s\n", static_cast<int>(pattern.size()), pattern.data(), why);
  std::abort();
}

void RouteTable::add(std::string_view pattern, Handler handler, Route route, Method method) {
  if (!pattern.starts_with('/')) wrong_pattern(pattern, "a pattern begins with /");
  auto endpoint = std::make_unique<Endpoint>();
  endpoint->pattern = std::string(pattern);
  endpoint->handler = std::move(handler);
  endpoint->route = std::move(route);
  endpoint->method = method;
  endpoint->number = static_cast<int>(endpoints_.size());

  Node* node = root_.get();
  std::string_view rest = pattern == "/" ? std::string_view() : pattern;
  while (!rest.empty()) {
    std::string_view segment = next_segment(rest);
    if (segment.empty()) wrong_pattern(pattern, "an empty segment");
    std::unique_ptr<Node>* child;
    if (segment.starts_with('{')) {
      if (!segment.ends_with('}')) wrong_pattern(pattern, "a parameter is a whole segment");
      endpoint->names.emplace_back(segment.substr(1, segment.size() - 2));
      child = &node->parameter;
    } else {
      child = &node->literal[std::string(segment)];
    }
    if (!*child) *child = std::make_unique<Node>();
    node = child->get();
  }
  const Endpoint*& slot = method == Method::get ? node->get : node->post;
  if (slot) wrong_pattern(pattern, "the same pattern twice");
  slot = endpoint.get();
  endpoints_.push_back(std::move(endpoint));
}

bool RouteTable::find(const Node& node, std::string_view rest, Matched& matched) {
  if (rest.empty()) {
    matched.get = node.get;
    matched.post = node.post;
    return static_cast<bool>(matched);
  }
  std::string_view segment = next_segment(rest);
  std::string decoded;
  if (!percent_decode(segment, false, decoded) || decoded.empty() || !is_clean_utf8(decoded)) return false;
  if (auto child = node.literal.find(decoded);
      child != node.literal.end() && find(*child->second, rest, matched))
    return true;
  if (!node.parameter) return false;
  matched.values.push_back(std::move(decoded));
  if (find(*node.parameter, rest, matched)) return true;
  matched.values.pop_back();
  return false;
}

Matched RouteTable::match(std::string_view path) const {
  Matched matched;
  if (path.size() <= 2048 && path.starts_with('/'))
    find(*root_, path == "/" ? std::string_view() : path, matched);
  return matched;
}

}  // namespace danchu::web
