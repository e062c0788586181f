#include <algorithm>
#include <fstream>
#include <iostream>

#include "acts/pages.h"
#include "assembly/pages.h"
#include "commands/commands.h"
#include "commands/housekeeping.h"
#include "law/pages.h"
#include "people/pages.h"
#include "people/sign_in.h"
#include "site/pages.h"
#include "store/setting.h"
#include "web/descriptors.h"
#include "web/log.h"
#include "web/style_guide.h"

namespace danchu::commands {
namespace {

void all_routes(web::Router& router) {
  assembly::routes(router);
  people::routes(router);
  law::routes(router);
  acts::routes(router);
  site::routes(router);
  web::style_guide_routes(router);
}

std::string base_url_of(const Serve& options) {
  if (!options.base_url.empty()) return options.base_url;
  std::string scheme = options.server.tls_certificate.empty() ? "http://" : "https://";
  std::string listen = options.server.listen;
  if (listen.starts_with("0.0.0.0") || listen.starts_with("127.0.0.1") || listen.starts_with("[::]"))
    listen = "localhost" + listen.substr(listen.rfind(':'));
  return scheme + listen;
}

// Told once: the address others reach this machine by is not known here.
void hint_at_base_url(const Serve& options, const std::string& base_url) {
  const std::string& listen = options.server.listen;
  if (!options.base_url.empty() || !(listen.starts_with("0.0.0.0") || listen.starts_with("[::]"))) return;
  web::log_info("share texts, feeds and QR codes name this address; other machines need --base-url",
                base_url);
}

std::string token_in(const std::string& path) {
  std::ifstream in(path);
  std::string token;
  std::getline(in, token);
  if (token.size() < 16)
    throw Mistake("'" + path + "' holds no token: one line of at least 16 characters is needed");
  return token;
}

// A connection that finds no descriptor would wait unseen instead of being told 503.
void fit_connections(web::ServerOptions& server) {
  const std::size_t limit = web::raise_descriptor_limit(), wanted = server.connections;
  server.connections =
      web::connections_within(limit, wanted, static_cast<std::size_t>(std::max(0, server.workers)));
  if (server.connections < wanted)
    web::log_info("fewer connections than asked for",
                  std::to_string(server.connections) + " of " + std::to_string(wanted) +
                      ": the limit of open files is " + std::to_string(limit));
}

}  // namespace

int serve(const Serve& options) {
  auto db = open_existing(options.place);
  auto keys = open_chain_keys(options.place, *db);
  // Also one that was begun and not ended: verify lets its villages stand without acts, so each page says so.
  bool is_demo = db->read([](store::Reader& r) {
    return store::setting(r, "demo").has_value() || store::setting(r, "demo-begun").has_value();
  });

  web::ServerOptions server_options = options.server;
  fit_connections(server_options);
  server_options.secret = server_secret(options.place, *db);
  server_options.viewer_of = [&db](std::string_view token, Instant now) -> std::optional<web::Recognised> {
    auto known = people::recognise(*db, token, now);
    if (!known) return std::nullopt;
    return web::Recognised{std::move(known->viewer), std::move(known->new_token), known->expires};
  };
  server_options.knows_session = [&db](std::string_view token, Instant now) {
    return people::viewer_of(*db, token, now).has_value();
  };
  if (!options.metrics_token_file.empty())
    server_options.metrics_token = token_in(options.metrics_token_file);
  web::Site site{*db, *keys, law::Law::embedded(), base_url_of(options), is_demo};
  web::Server server(site, server_options, all_routes);
  Housekeeping housekeeping(*db, *keys);
  server.start();
  hint_at_base_url(options, site.base_url);
  std::cout << "danchu serves " << site.base_url << std::endl;
  server.run();
  return 0;
}

}  // namespace danchu::commands
