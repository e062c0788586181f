// Finds the route of a path. Literal segments win over parameters.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/web.h"

namespace danchu::web {

// One pattern and method with its handler.
struct Endpoint {
  std::string pattern;             // "/viec/{motion}"
  std::vector<std::string> names;  // of the parameters, in order
  Handler handler;
  Route route;
  Method method = Method::get;
  int number = 0;  // position in RouteTable::endpoints()
};

struct Matched {
  const Endpoint* get = nullptr;
  const Endpoint* post = nullptr;
  std::vector<std::string> values;  // of the parameters, decoded
  explicit operator bool() const { return get || post; }
};

class RouteTable final : public Router {
 public:
  RouteTable();
  ~RouteTable() override;
  void get(std::string_view pattern, Handler handler, Route route) override;
  void post(std::string_view pattern, Handler handler, Route route) override;
  // `path` begins with '/', is not yet percent-decoded and has no query.
  Matched match(std::string_view path) const;
  const std::vector<std::unique_ptr<Endpoint>>& endpoints() const { return endpoints_; }

 private:
  struct Node;
  void add(std::string_view pattern, Handler handler, Route route, Method method);
  static bool find(const Node& node, std::string_view rest, Matched& matched);

  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
};

}  // namespace danchu::web
