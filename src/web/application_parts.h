// What all requests share, from start to stop. Only application.cpp and exchange*.cpp include this.
#pragma once
#include "web/application.h"
#include "web/builtin.h"
#include "web/cache.h"
#include "web/help_number.h"
#include "web/idempotency.h"
#include "web/request.h"
#include "web/router.h"

namespace danchu::web {

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
  HelpNumbers help_numbers;
  Idempotency idempotency;
  Builtin builtin;
  std::unique_ptr<Metrics> metrics;
  std::atomic<std::uint64_t> requests;

  Parts(Site site, const ServerOptions& options);

  // The route of an address; takes ".json" off when only the rest has one.
  struct Found {
    Matched matched;
    bool json_suffix = false;
  };
  Found find(Address& address) const;
};

bool reads_only(const HttpRequest& request);  // GET or HEAD
// What a page is known by in the cache.
std::string cache_key(const Address& address, bool json);

}  // namespace danchu::web
