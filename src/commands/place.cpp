#include "commands/place.h"

#include <sodium.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "acts/rotation.h"

namespace danchu::commands {
namespace fs = std::filesystem;
namespace {

const SystemClock system_clock;
constexpr std::size_t secret_bytes = 32;

std::unique_ptr<store::Database> open_migrated(const store::Options& options) {
  auto db = store::open(options);
  db->migrate();
  return db;
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
  const std::string place_options =
      (place.embedded() ? "--data " + place.data : "--database " + place.database) + " --keys " + directory;
  if (held.next == needed)
    return "a change of the key was begun and not ended: run it again, 'danchu key rotate " + place_options +
           "'";
  return "the key that acts are signed with (" + needed + ") is not in '" + directory +
         "'. Put back the key directory of the machine this store comes from: its files '" + needed +
         ".key' and 'current', readable by danchu's user alone (chmod 700 the directory, 600 the files), or "
         "name it with --keys. If nobody has it any more: 'danchu key lost " +
         place_options + " --reason \"…\"' goes on with a new key and says so in an act";
}

std::unique_ptr<acts::Keys> open_chain_keys(const Place& place, store::Database& db) {
  if (std::string missing = missing_keys(place, db); !missing.empty()) throw Mistake(missing);
  return open_keys(place);
}

std::string server_secret(const Place& place) {
  fs::path path = fs::path(place.keys_directory()) / "server-secret";
  std::string secret;
  if (std::ifstream in(path, std::ios::binary); in) secret.assign(std::istreambuf_iterator<char>(in), {});
  if (secret.size() == secret_bytes) return secret;
  secret.resize(secret_bytes);
  randombytes_buf(secret.data(), secret.size());
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  out << secret;
  if (!out.flush()) throw Mistake("cannot write '" + path.string() + "'");
  return secret;
}

}  // namespace danchu::commands
