#include "commands/place.h"

#include <fcntl.h>
#include <pwd.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "acts/rotation.h"
#include "store/durable_files.h"
#include "store/setting.h"

namespace danchu::commands {
namespace fs = std::filesystem;
namespace {

const SystemClock system_clock;
constexpr std::size_t secret_bytes = 32;
constexpr const char* secret_name = "server-secret";
const std::string secret_setting = "server-secret";  // its fingerprint

std::unique_ptr<store::Database> open_migrated(const store::Options& options) {
  auto db = store::open(options);
  db->migrate();
  return db;
}

std::string secret_file(const Place& place) {
  return (fs::path(place.keys_directory()) / secret_name).string();
}

std::string name_of_user(uid_t user) {
  const passwd* entry = ::getpwuid(user);
  return entry ? entry->pw_name : "user " + std::to_string(user);
}

std::string fingerprint(const std::string& secret) { return store::sha256_hex(secret).substr(0, 32); }

std::optional<std::string> read_secret(const std::string& path) {
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) {
    if (errno == EACCES) throw Mistake(not_readable(path));
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string secret(secret_bytes + 1, '\0');
  in.read(secret.data(), static_cast<std::streamsize>(secret.size()));
  if (in.gcount() != static_cast<std::streamsize>(secret_bytes)) return std::nullopt;
  secret.resize(secret_bytes);
  return secret;
}

std::string new_secret(const std::string& path) {
  std::string secret(secret_bytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  store::make_private_directory(fs::path(path).parent_path().string());
  store::write_durably(secret, path);
  return secret;
}

std::optional<std::string> known_fingerprint(store::Database& db) {
  return db.read([](store::Reader& r) { return store::setting(r, secret_setting); });
}

// Two processes that begin at once with two secrets: the second is refused.
void keep_fingerprint(store::Database& db, const std::string& secret, bool in_place_of_another) {
  auto kept = db.write([&](store::Writer& w) -> Result<Done> {
    const auto known = store::setting(w, secret_setting);
    if (known && !in_place_of_another && *known != fingerprint(secret))
      return problem(Fault::conflict, "another");
    if (!known || *known != fingerprint(secret)) store::set(w, secret_setting, fingerprint(secret));
    return Done{};
  });
  if (!kept)
    throw Mistake(
        "another danchu began to serve this store at this moment with another server-secret; copy "
        "its file '" +
        std::string(secret_name) + "' here and start again");
}

bool lies_within(const fs::path& inner, const fs::path& outer) {
  auto relative = fs::weakly_canonical(inner).lexically_relative(fs::weakly_canonical(outer));
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

store::Options store_options(const Place& place) {
  store::Options options;
  options.location = place.location();
  options.files = place.files_directory();
  options.clock = &system_clock;
  return options;
}

bool has_store(const Place& place) {
  return !place.embedded() || fs::exists(fs::path(place.data) / "danchu.db");
}

std::unique_ptr<store::Database> open_existing(const Place& place) {
  if (!has_store(place))
    throw Mistake("there is no danchu store in '" + place.data +
                  "': make one with 'danchu init' or 'danchu demo', or name another with --data");
  return open_migrated(store_options(place));
}

std::unique_ptr<store::Database> open_to_look(const Place& place) {
  if (!has_store(place)) return open_existing(place);  // says what is missing
  store::Options options = store_options(place);
  options.only_reading = true;
  return store::open(options);
}

std::unique_ptr<store::Database> open_or_make(const Place& place, const Clock* clock) {
  if (place.embedded()) fs::create_directories(place.data);
  store::Options options = store_options(place);
  if (clock) options.clock = clock;
  return open_migrated(options);
}

std::unique_ptr<acts::Keys> open_keys(const Place& place) {
  if (lies_within(place.keys_directory(), place.data))
    throw Mistake("the key directory '" + place.keys_directory() + "' lies inside the data directory '" +
                  place.data + "', where a backup would take the keys along: name another with --keys");
  return acts::Keys::open(place.keys_directory());
}

std::string missing_keys(const Place& place, store::Database& db) {
  const std::string needed = db.read([](store::Reader& r) { return acts::chain_key(r); });
  const std::string directory = place.keys_directory();
  if (needed.empty()) return "";
  const acts::KeysHeld held = acts::keys_held(directory);
  if (held.current == needed) return "";
  if (!held.denied.empty()) return not_readable(held.denied);
  const std::string place_options = place.options() + " --keys " + directory;
  if (held.next == needed)
    return "a change of the key was begun and not ended: run it again, 'danchu key rotate" + place_options +
           "'";
  return "the key that acts are signed with (" + needed + ") is not in '" + directory +
         "'. Put back the key directory of the machine this store comes from: its files '" + needed +
         ".key' and 'current', readable by danchu's user alone (chmod 700 the directory, 600 the files), or "
         "name it with --keys. If nobody has it any more: 'danchu key lost" +
         place_options + " --reason \"…\"' goes on with a new key and says so in an act";
}

std::unique_ptr<acts::Keys> open_chain_keys(const Place& place, store::Database& db) {
  if (std::string missing = missing_keys(place, db); !missing.empty()) throw Mistake(missing);
  return open_keys(place);
}

std::string not_readable(const std::string& path) {
  const std::string directory = fs::path(path).parent_path().string();
  struct stat status {};
  const bool reached = ::stat(path.c_str(), &status) == 0;
  if (!reached && ::stat(directory.c_str(), &status) != 0) status.st_uid = 0;
  const std::string me = name_of_user(::geteuid());
  if (status.st_uid == ::geteuid())
    return "'" + path + "' may not be read, though it belongs to " + me + ": chmod " +
           (reached ? "600 '" + path : "700 '" + directory) + "'";
  return "'" + path + "' belongs to " + name_of_user(status.st_uid) + " and " + me +
         " may not read it. As root: chown -R " + me + ": '" + directory + "'";
}

bool has_server_secret(const Place& place) { return fs::exists(secret_file(place)); }

std::string missing_server_secret(const Place& place, store::Database& db) {
  const std::string path = secret_file(place);
  const auto known = known_fingerprint(db);
  if (!known) return "";
  std::optional<std::string> secret;
  try {
    secret = read_secret(path);
  } catch (const Mistake& denied) {
    return denied.what();
  }
  if (secret && fingerprint(*secret) == *known) return "";
  return "'" + path + "' " + (secret ? "is not the server-secret" : "is missing, the server-secret") +
         " this store is served with; with another, what was sent twice counts twice. Copy it from a machine "
         "that serves this store, or from the sealed copy of the keys. If nobody has it any more: stop every "
         "danchu of this store, then 'danchu key secret' with the same options";
}

std::string server_secret(const Place& place, store::Database& db) {
  if (std::string missing = missing_server_secret(place, db); !missing.empty()) throw Mistake(missing);
  const std::string path = secret_file(place);
  std::optional<std::string> secret = read_secret(path);
  if (!secret) secret = new_secret(path);
  keep_fingerprint(db, *secret, false);
  return *secret;
}

void renew_server_secret(const Place& place, store::Database& db) {
  const std::string path = secret_file(place);
  const auto secret = read_secret(path);
  if (secret && known_fingerprint(db) == fingerprint(*secret))
    throw Mistake("'" + path +
                  "' is the server-secret this store is served with; another makes what was sent twice count "
                  "twice. If strangers know it: stop every danchu of this store, remove the file, and run "
                  "this again");
  keep_fingerprint(db, new_secret(path), true);
}

}  // namespace danchu::commands
