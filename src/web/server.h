// The HTTP/1.1 server: sockets, TLS, limits, worker threads, page cache. main makes one and runs it.
//
//   web::Server server({db, *keys, law::Law::embedded(), base_url}, options, [](web::Router& r) {
//     people::routes(r);
//     assembly::routes(r);
//   });
//   server.start();   // listens; throws std::runtime_error with what to mend
//   server.run();     // until SIGTERM, SIGINT or stop(); running requests are finished
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/web.h"

namespace danchu::web {

class Pages;

// Who holds a session; with the token its browser shall send from now on, when it is time for another.
struct Recognised {
  people::Viewer viewer;
  std::string new_token;
  Instant expires{};
  Recognised(people::Viewer v) : viewer(std::move(v)) {}  // NOLINT: a viewer alone keeps his token
  Recognised(people::Viewer v, std::string token, Instant until)
      : viewer(std::move(v)), new_token(std::move(token)), expires(until) {}
};

struct ServerOptions {
  std::string listen =
      "127.0.0.1:8080";  // "address:port", "[::]:8080"; port 0 picks a free one. systemd's socket wins.
  std::string tls_certificate, tls_key;  // PEM files; both or none. Read again on SIGHUP.
  bool trusted_proxy = false;            // believe the last address of X-Forwarded-For
  bool server_timing = false;            // send Server-Timing
  bool access_log = true;
  int io_threads = 2;
  int workers = 64;                // threads that run handlers
  std::size_t connections = 2000;  // beyond: 503
  std::size_t header_bytes = 16 * 1024;
  std::chrono::milliseconds stall_time{15'000};   // without a single byte of a body that is awaited
  std::size_t bodies = 256 * 1024 * 1024;         // bytes of all bodies held at once; beyond: 503
  std::chrono::milliseconds header_time{10'000};  // from the first byte of a request to the end of its header
  std::chrono::milliseconds body_time{30'000};    // to the end of its body, and 1 s for each 8 KB that came
  std::chrono::milliseconds idle_time{30'000};    // between requests, and for a stalled write
  std::chrono::milliseconds shutdown_time{10'000};  // for running requests when stopping
  std::size_t cache_bytes = 32 * 1024 * 1024;
  std::string sign_in =
      "/dang-nhap";  // page to which who must sign in first is sent, with ?ve=<path to come back to>
  std::string signed_in_again = "/dang-nhap/quay-lai";  // which tells to go back to the form in the other tab
  std::string secret;  // 32 random bytes kept over restarts: keys flash cookies and request hashes
  std::string security_contact = "mailto:security@example.invalid";  // for /.well-known/security.txt
  // Who holds this session token now; nothing for a token that is forged, ended or expired. May throw
  // StoreError.
  std::function<std::optional<Recognised>(std::string_view token, Instant now)> viewer_of;
  // The same question without renewing the token, asked before a large body is read. Unset: viewer_of.
  std::function<bool(std::string_view token, Instant now)> knows_session;
  std::string metrics_token;  // who sends it as a bearer token reads /metrics; empty: only this machine does
  const Pages* pages = nullptr;  // null: Pages::embedded()
};

class Server {
 public:
  Server(Site site, ServerOptions options, const std::function<void(Router&)>& routes);
  ~Server();
  void start();
  void run();
  void stop();  // from any thread; run() returns when the running requests are answered
  std::uint16_t port() const;
  // The OpenAPI 3.1 description of all routes, as /openapi.json serves it.
  std::string openapi() const;

  struct Parts;  // server.cpp's own

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace danchu::web
