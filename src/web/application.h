// What happens between a request read from a socket and an answer to be written to it: addresses, sessions,
// roles, bodies, the page cache, replays, handlers, headers. Knows no sockets.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "web/http.h"
#include "web/metrics.h"
#include "web/server.h"

namespace danchu::web {

class Application {
 public:
  Application(Site site, const ServerOptions& options, const std::function<void(Router&)>& routes);
  ~Application();

  // What can be answered without blocking, on the thread that reads sockets: a cached page, an asset,
  // /health. Else null.
  ReadyRef at_once(const HttpRequest& request);
  // Bytes of body this request may have; 0 for a path or method that takes none. What only those signed in
  // may send is asked for with knows_session() before it is read.
  struct BodyLimit {
    std::size_t anybody = 0, signed_in = 0;
  };
  BodyLimit body_limit(const HttpRequest& request) const;
  // Whether its session is one the store knows; blocks, so on a worker.
  bool knows_session(const HttpRequest& request) const;
  // Answers anything; blocks, so on a worker. `send` is called once, and what is left to do comes after it.
  void answer(const HttpRequest& request, const std::function<void(ReadyRef)>& send);
  // A short answer to what is no proper request (400, 408, 413, 431, 503 …); `request` may be null or half
  // read.
  ReadyRef refusal(int status, const HttpRequest* request);
  // Work for the idle workers at start: compresses the assets.
  void warm_up();

  Metrics& metrics();
  std::string openapi() const;

  struct Parts;  // application.cpp's own

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace danchu::web
