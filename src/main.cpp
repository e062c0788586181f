// The command line: reads what was asked, hands it to a command, turns mistakes into words and exit 2.
#include <CLI/CLI.hpp>
#include <iostream>

#include "commands/commands.h"
#include "law/command.h"

namespace {

using namespace danchu;

void place_options(CLI::App& app, commands::Place& place) {
  app.add_option("--data", place.data, "Directory of the store (SQLite) and of uploaded files")
      ->capture_default_str();
  app.add_option("--database", place.database, "postgresql://… to use PostgreSQL instead of SQLite");
  app.add_option("--files", place.files, "Directory of uploaded files (default: <data>/files)");
  app.add_option("--keys", place.keys, "Directory of the keys acts are signed with (default: <data>-keys)");
}

void serve_options(CLI::App& app, commands::Serve& serve) {
  place_options(app, serve.place);
  web::ServerOptions& server = serve.server;
  app.add_option("--listen", server.listen, "Address and port")->capture_default_str();
  app.add_option("--base-url", serve.base_url, "Public address, for QR codes, papers and feeds");
  app.add_option("--tls-cert", server.tls_certificate, "Certificate chain (PEM); read again on SIGHUP");
  app.add_option("--tls-key", server.tls_key, "Private key (PEM)");
  app.add_flag("--trusted-proxy", server.trusted_proxy, "Believe the last address of X-Forwarded-For");
  app.add_flag("--server-timing", server.server_timing, "Send Server-Timing");
  app.add_flag("!--no-access-log", server.access_log, "Do not log requests");
  app.add_option("--io-threads", server.io_threads, "Network threads")->capture_default_str();
  app.add_option("--workers", server.workers, "Threads that run handlers")->capture_default_str();
  app.add_option("--connections", server.connections, "Open connections; beyond: 503")->capture_default_str();
  app.add_option("--metrics-token", serve.metrics_token_file,
                 "File with the token that lets another machine read /metrics");
  app.add_option("--security-contact", server.security_contact, "For /.well-known/security.txt")
      ->capture_default_str();
}

void import_options(CLI::App& app, commands::Import& import) {
  place_options(app, import.place);
  app.add_option("kind", import.kind, "villages, households or officers")->required();
  app.add_option("file", import.file, "CSV or XLSX; see docs/operations.md for the columns")->required();
  app.add_option("--paper", import.paper, "The paper behind the list")->required();
  app.add_option("--unit", import.unit, "Code of the commune the list is for (default: the province)");
  app.add_option("--day", import.day, "Day of the list, 2026-12-31 (default: today)");
  app.add_option("--font", import.lettering, "unicode, tcvn3 or vni (default: as it seems)");
  app.add_option("--as", import.as, "User name of the officer who ordered it");
  app.add_option("--errors", import.errors, "Write what is wrong to this CSV file");
  app.add_option("--passwords", import.passwords, "Officers: write initial passwords to this new file");
  app.add_flag("--dry-run", import.dry_run, "Only tell what would happen");
}

int run(int argc, char** argv) {
  // The law's own command line has its own rules about output and errors (scripts rely on them).
  if (argc > 1 && std::string_view(argv[1]) == "law")
    return law::command({argv + 2, argv + argc}, std::cout, std::cerr);

  CLI::App app{"danchu: grassroots democracy, measure by measure"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "danchu " DANCHU_VERSION);
  int status = 0;

  commands::Serve serve;
  CLI::App* serve_app = app.add_subcommand("serve", "Serve the pages");
  serve_options(*serve_app, serve);
  serve_app->callback([&] { status = commands::serve(serve); });

  commands::Demo demo;
  CLI::App* demo_app = app.add_subcommand("demo", "Make the demonstration province");
  place_options(*demo_app, demo.place);
  demo_app->add_flag("--full", demo.full, "A whole province: 2,200 villages, 300,000 households");
  demo_app->add_flag("--accounts", demo.accounts, "Only print the demo accounts and their codes");
  demo_app->callback([&] { status = commands::demo(demo); });

  commands::Init init;
  CLI::App* init_app = app.add_subcommand("init", "Make an empty installation with one province officer");
  place_options(*init_app, init.place);
  init_app->add_option("--admin", init.admin, "User name of the province officer")->required();
  init_app->callback([&] { status = commands::init(init); });

  commands::Import import;
  CLI::App* import_app = app.add_subcommand("import", "Import villages, households or officers");
  import_options(*import_app, import);
  import_app->callback([&] { status = commands::import_list(import); });

  commands::Place place;
  std::optional<std::string> anchors;
  bool json = false;
  CLI::App* verify_app = app.add_subcommand("verify", "Check that no official act or record was altered");
  place_options(*verify_app, place);
  verify_app->add_option("--anchors", anchors, "File of heads that were published before: lines 'seq hash'");
  verify_app->add_flag("--json", json, "Answer in JSON");
  verify_app->callback([&] { status = commands::verify(place, anchors, json); });

  std::string to, from;
  CLI::App* backup_app = app.add_subcommand("backup", "Back the store up while it is served");
  place_options(*backup_app, place);
  backup_app->add_option("--to", to, "Directory of the backup")->required();
  backup_app->callback([&] { status = commands::backup(place, to); });

  CLI::App* restore_app = app.add_subcommand("restore", "Restore a backup into an empty place");
  place_options(*restore_app, place);
  restore_app->add_option("--from", from, "Directory of the backup")->required();
  restore_app->callback([&] { status = commands::restore(place, from); });

  CLI::App* key_app = app.add_subcommand("key", "Change the key acts are signed with; stop danchu first");
  key_app->require_subcommand(1);
  CLI::App* rotate_app = key_app->add_subcommand("rotate", "Sign with a new key from here on");
  place_options(*rotate_app, place);
  rotate_app->callback([&] { status = commands::rotate_key(place); });
  std::int64_t last_trusted = 0;
  std::string reason;
  CLI::App* compromised_app = key_app->add_subcommand("compromised", "Declare that strangers hold the key");
  place_options(*compromised_app, place);
  compromised_app->add_option("--last-trusted", last_trusted, "Number of the last act still trusted")
      ->required();
  compromised_app->add_option("--reason", reason, "What happened; it is public")->required();
  compromised_app->callback([&] { status = commands::compromised_key(place, last_trusted, reason); });

  CLI::App* lost_app = key_app->add_subcommand("lost", "Go on with a new key where nobody has the old one");
  place_options(*lost_app, place);
  lost_app->add_option("--reason", reason, "What happened; it is public")->required();
  lost_app->callback([&] { status = commands::lost_key(place, reason); });

  CLI::App* secret_app =
      key_app->add_subcommand("secret", "Make the server-secret anew where nobody has the file any more");
  place_options(*secret_app, place);
  secret_app->callback([&] { status = commands::new_server_secret(place); });

  app.add_subcommand("law", "Ask the law: decide, due, show (see 'danchu law --help')");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "danchu: " << error.what() << '\n';
    return 2;
  }
}
