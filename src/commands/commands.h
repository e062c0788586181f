// What the command line does, one function a command. Each returns the exit status: 0 done, 1 found something
// wrong (verify), 2 a mistake of the caller, told on standard error.
#pragma once
#include <optional>
#include <string>

#include "commands/place.h"
#include "web/server.h"

namespace danchu::commands {

struct Serve {
  Place place;
  web::ServerOptions server;
  std::string base_url;            // empty: from the listening address
  std::string metrics_token_file;  // empty: /metrics answers this machine alone
};
int serve(const Serve& options);

struct Demo {
  Place place;
  bool full = false;      // a whole province: 2,200 villages, 300,000 households (for benchmarks)
  bool accounts = false;  // only print the demo accounts
};
int demo(const Demo& options);

struct Init {
  Place place;
  std::string admin;  // user name of the first province officer
};
int init(const Init& options);

struct Import {
  Place place;
  std::string kind;       // villages, households, officers
  std::string file;       // CSV or XLSX
  std::string unit;       // code of a commune; empty: the whole province
  std::string day;        // ISO, of the list; empty: today
  std::string paper;      // behind it
  std::string lettering;  // unicode, tcvn3, vni; empty: as it seems
  std::string as;         // user name of who ordered it; empty: the machine's own administrator
  std::string errors;     // file for the error report
  std::string passwords;  // file for initial passwords
  bool dry_run = false;   // only tell what would happen; also beside a running server
};
// 1: rows were refused and nothing was imported.
int import_list(const Import& options);

int verify(const Place& place, const std::optional<std::string>& anchors, bool json);
int backup(const Place& place, const std::string& to);
int restore(const Place& place, const std::string& from);

// Another key for the acts from here on; what the old one signed stays valid. The server is stopped
// meanwhile.
int rotate_key(const Place& place);
// The key is in strange hands: a new one says which act is the last that is still trusted.
int compromised_key(const Place& place, std::int64_t last_trusted, const std::string& reason);
// Nobody has the key any more (a restore without the key directory): a new one goes on, and an act says so.
// Refused while the key is there.
int lost_key(const Place& place, const std::string& reason);
// Another server-secret, where nobody has the file any more. No danchu serves the store meanwhile.
int new_server_secret(const Place& place);

}  // namespace danchu::commands
