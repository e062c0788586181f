// Commands an administrator runs now and then: init, verify, backup, restore.
#include <iostream>

#include "acts/command.h"
#include "acts/rotation.h"
#include "commands/commands.h"
#include "people/accounts.h"
#include "people/people.h"
#include "people/setup.h"
#include "store/backup.h"
#include "store/setting.h"

namespace danchu::commands {
namespace {

std::int64_t province_of(store::Database& db) {
  return db.read([&](store::Reader& r) {
    auto top = people::province(r, db.clock().today());
    return top ? top->id.number : 0;
  });
}

}  // namespace

int init(const Init& options) {
  if (options.place.embedded() && has_store(options.place))
    throw Mistake("there is a store in '" + options.place.data + "' already");
  // Before a store is made, which would stand in the way of the next try.
  if (Problems wrong = people::check_user_name(options.admin); !wrong.empty())
    throw Mistake("--admin " + options.admin + ": " + std::string(wrong.front().message));
  auto keys = open_keys(options.place);
  auto db = open_or_make(options.place);
  auto made = people::set_up(*db, *keys, options.admin);
  if (!made) throw Mistake(std::string(made.problems().front().message));
  server_secret(options.place, *db);  // before the keys are copied and sealed
  std::cout << "Made. First province officer: " << options.admin << "\n"
            << "One-time password (it is shown only now): " << made->password << "\n"
            << "Now: danchu serve" << options.place.options()
            << "; sign in, and under “Officers” create the communes' officers.\n";
  return 0;
}

int verify(const Place& place, const std::optional<std::string>& anchors, bool json) {
  auto db = open_to_look(place);
  const int status = acts::verify_command(*db, anchors, json, std::cout, std::cerr);
  if (db->read([](store::Reader& r) { return store::setting(r, "demo") || store::setting(r, "demo-begun"); }))
    std::cerr << "This store is marked as a demonstration (setting 'demo' or 'demo-begun'): its villages "
                 "were not compared with acts.\n";
  return status;
}

int backup(const Place& place, const std::string& to) {
  if (!has_store(place)) open_existing(place);  // says what is missing
  store::back_up(store_options(place), to);
  std::cout << "Backed up to " << to << "\n";
  return 0;
}

int restore(const Place& place, const std::string& from) {
  store::restore(from, store_options(place));
  std::cout << "Restored from " << from << ". Now run: danchu verify" << place.options() << "\n";
  auto db = open_to_look(place);
  const std::string missing = missing_keys(place, *db);
  std::cout << (missing.empty() ? "The keys are in '" + place.keys_directory() + "'.\n"
                                : "A backup holds no keys. Before danchu serves: " + missing + ".\n");
  if (const std::string secret = missing_server_secret(place, *db); !secret.empty())
    std::cout << "Before danchu serves: " << secret << ".\n";
  return 0;
}

int rotate_key(const Place& place) {
  auto db = open_existing(place);
  const std::string needed = db->read([](store::Reader& r) { return acts::chain_key(r); });
  if (needed.empty() || acts::keys_held(place.keys_directory()).next != needed)
    open_chain_keys(place, *db);  // says what is wrong; a change that was begun is ended
  acts::rotate_keys(*db, place.keys_directory(), province_of(*db), 0);
  std::cout << "Acts are signed with a new key from here on. Start danchu again.\n";
  return 0;
}

int lost_key(const Place& place, const std::string& reason) {
  auto db = open_existing(place);
  const std::string directory = place.keys_directory();
  const std::string needed = db->read([](store::Reader& r) { return acts::chain_key(r); });
  if (needed.empty()) throw Mistake("no act was ever signed here: there is no key to have lost");
  const acts::KeysHeld held = acts::keys_held(directory);
  if (held.current == needed)
    throw Mistake("the key is in '" + directory +
                  "'. To change it: 'danchu key rotate'; if strangers hold it: "
                  "'danchu key compromised'");
  if (!held.denied.empty()) throw Mistake(not_readable(held.denied));
  const std::int64_t unit = province_of(*db);
  auto next = acts::prepare_next_key(directory);
  if (next->key_id() != needed) {  // else only the switch is left to do
    auto done = db->write_official([&](store::Writer& w) -> Result<Done> {
      acts::declare_lost(w, *next, reason, unit, 0);
      return Done{};
    });
    if (!done) throw Mistake("the declaration could not be written");
  }
  acts::switch_to_next_key(directory);
  if (!has_server_secret(place)) renew_server_secret(place, *db);
  std::cout << "Declared. Acts are signed with a new key from here on. Copy '" << directory
            << "' and seal the copy now; send the new head to who keeps heads outside. Start danchu.\n";
  return 0;
}

int new_server_secret(const Place& place) {
  auto db = open_existing(place);
  renew_server_secret(place, *db);
  std::cout
      << "Made. Copy '" << place.keys_directory()
      << "/server-secret' to the key directory of every machine that serves this store, and seal a copy. "
         "Start danchu.\n";
  return 0;
}

int compromised_key(const Place& place, std::int64_t last_trusted, const std::string& reason) {
  auto db = open_existing(place);
  open_keys(place);
  const std::int64_t unit = province_of(*db);
  auto next = acts::prepare_next_key(place.keys_directory());
  auto done = db->write_official([&](store::Writer& w) -> Result<Done> {
    acts::declare_compromised(w, *next, last_trusted, reason, unit, 0);
    return Done{};
  });
  if (!done) throw Mistake("the declaration could not be written");
  acts::switch_to_next_key(place.keys_directory());
  std::cout << "Declared. Acts after " << last_trusted
            << " that the old key signed count for nothing unless a head kept outside backs them.\n";
  return 0;
}

}  // namespace danchu::commands
