// Commands an administrator runs now and then: init, verify, backup, restore.
#include <iostream>

#include "acts/command.h"
#include "commands/commands.h"
#include "people/setup.h"
#include "store/backup.h"

namespace danchu::commands {
int init(const Init& options) {
  if (options.place.embedded() && has_store(options.place))
    throw Mistake("there is a store in '" + options.place.data + "' already");
  auto keys = open_keys(options.place);
  auto db = open_or_make(options.place);
  auto made = people::set_up(*db, *keys, options.admin);
  if (!made) throw Mistake(std::string(made.problems().front().message));
  std::cout << "Made. First province officer: " << options.admin << "\n"
            << "One-time password (it is shown only now): " << made->password << "\n";
  return 0;
}

int verify(const Place& place, const std::optional<std::string>& anchors, bool json) {
  auto db = open_existing(place);
  return acts::verify_command(*db, anchors, json, std::cout, std::cerr);
}

int backup(const Place& place, const std::string& to) {
  if (!has_store(place)) open_existing(place);  // says what is missing
  store::back_up(store_options(place), to);
  std::cout << "Backed up to " << to << "\n";
  return 0;
}

int restore(const Place& place, const std::string& from) {
  store::restore(from, store_options(place));
  std::cout << "Restored from " << from << ". Now run: danchu verify\n";
  return 0;
}

}  // namespace danchu::commands
