// What the server answers itself, without a room: /health, /ready, /metrics, /openapi.json, /robots.txt,
// /.well-known/security.txt, /tai-san/…, and refusals of what is no proper request.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "web/cache.h"
#include "web/metrics.h"
#include "web/request.h"

namespace danchu::web {

class Builtin {
 public:
  explicit Builtin(std::string security);
  // Without blocking: /health, and assets whose encoding was made already. Null: not ours, or not at once.
  ReadyRef at_once(const HttpRequest& request) const;
  // On a worker; null when the address is none of ours.
  ReadyRef answer(const HttpRequest& request, const Address& address, const Site& site,
                  const ServerOptions& options, const Metrics& metrics, const RouteTable& routes,
                  bool secure);
  // A short text or problem details without templates.
  ReadyRef refusal(int status, std::string_view language, bool json) const;
  void compress_assets();

 private:
  ReadyRef text(int status, std::string_view type, std::string body, std::string_view cache_control,
                Encoding accepts) const;
  CachedPage* asset(std::string_view target) const;

  std::string security_;
  ReadyRef health_;
  std::unordered_map<std::string_view, std::shared_ptr<CachedPage>> assets_;
  std::mutex openapi_mutex_;
  std::shared_ptr<CachedPage> openapi_;
};

}  // namespace danchu::web
