// Where one installation lives: its store, and the keys its acts are signed with.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "acts/acts.h"
#include "store/database.h"

namespace danchu::commands {

// A mistake on the command line or in the surroundings, in words that tell how to mend it (exit 2).
class Mistake : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Place {
  std::string data = "data";  // directory: SQLite's database, uploaded files
  std::string database;       // postgresql://…, instead of SQLite
  std::string files;          // directory of uploaded files; by default "<data>/files"
  std::string keys;           // directory; by default beside the data: "<data>-keys"

  bool embedded() const { return database.empty(); }
  std::string location() const { return embedded() ? data : database; }
  std::string files_directory() const { return files.empty() ? data + "/files" : files; }
  std::string keys_directory() const { return keys.empty() ? data + "-keys" : keys; }
  // To print in a command that follows; a database's address may hold a password.
  std::string options() const {
    return embedded() ? " --data " + data : " --database postgresql://… (as before)";
  }
};

store::Options store_options(const Place& place);
// There is a store here already (SQLite: the file; PostgreSQL: asked when opened).
bool has_store(const Place& place);
// Opens what exists and brings it to this version. Throws Mistake when there is none (SQLite).
std::unique_ptr<store::Database> open_existing(const Place& place);
// The same for reading alone, also while a server works on it; brings nothing to this version.
std::unique_ptr<store::Database> open_to_look(const Place& place);
// Makes the directory if need be, opens, migrates. With another clock than the system's for demonstrations.
std::unique_ptr<store::Database> open_or_make(const Place& place, const Clock* clock = nullptr);
// Throws Mistake when the key directory lies inside the data directory, where a backup would take it along.
std::unique_ptr<acts::Keys> open_keys(const Place& place);
// The key the chain goes on with. Throws Mistake, with the step to take, when the directory does not hold it:
// a restored store beside which nobody put its keys back would else begin with a key no act may be signed
// with.
std::unique_ptr<acts::Keys> open_chain_keys(const Place& place, store::Database& db);
// What to do about the keys where they are not in their directory; empty when they are, or none are needed
// yet.
std::string missing_keys(const Place& place, store::Database& db);
// 32 random bytes beside the keys, the same for all processes that serve this store: the store keeps their
// fingerprint. Made for a store that has none. Throws Mistake when the file is not the one the store knows.
std::string server_secret(const Place& place, store::Database& db);
// What to do about the file where it is not the one the store knows; empty when it is, or the store knows
// none.
std::string missing_server_secret(const Place& place, store::Database& db);
// Another one, where nobody has the file any more; no process may serve meanwhile. Throws Mistake when the
// file is the one the store knows.
void renew_server_secret(const Place& place, store::Database& db);
bool has_server_secret(const Place& place);
// Who may read `path`, and what to do about it, for a file that this user may not read.
std::string not_readable(const std::string& path);

}  // namespace danchu::commands
