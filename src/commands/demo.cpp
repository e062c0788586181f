// The demonstration province: real units, invented villages, households and people, stories played through
// the very verbs that officers use.
#include "assembly/demo.h"

#include <filesystem>
#include <iostream>

#include "commands/commands.h"
#include "people/demo.h"
#include "store/setting.h"

namespace danchu::commands {
namespace fs = std::filesystem;
namespace {

bool is_demo(store::Database& db) {
  return db.read([](store::Reader& r) { return store::setting(r, "demo").has_value(); });
}

void print_accounts(store::Database& db) {
  std::cout << "Demo accounts (all invented):\n\n";
  for (const people::DemoAccount& account :
       db.read([](store::Reader& r) { return people::demo_accounts(r, SystemClock().now()); }))
    std::cout << "  " << account.user << "  password " << account.password
              << (account.code.empty() ? "" : "  code now " + account.code) << "\n      "
              << label_of(account.role) << ", " << account.unit << "\n";
  std::cout << "\nCodes change every 30 seconds: 'danchu demo --accounts' prints new ones, and so does the "
               "demo's sign-in page.\n";
}

// The stories are played on a clock that stands some weeks back, so that what was decided lies in the past.
void load(const Place& place, bool full) {
  const Instant now = SystemClock().now();
  ManualClock clock(assembly::demo_begins(now));
  auto db = open_or_make(place, &clock);
  if (is_demo(*db)) return;
  auto keys = open_keys(place);
  people::demo_people(*db, *keys);
  assembly::demo_stories(*db, *keys, clock, now);
  if (full) people::generate_province(*db, *keys);
  auto done = db->write([](store::Writer& w) -> Result<Done> {
    store::set(w, "demo", "1");
    return Done{};
  });
  if (!done) throw Mistake("the demo could not be finished");
}

}  // namespace

int demo(const Demo& options) {
  if (options.accounts) {
    print_accounts(*open_existing(options.place));
    return 0;
  }
  const Place& place = options.place;
  if (place.embedded() && !has_store(place)) {
    // Made aside and renamed when whole, so that an interrupted first start leaves nothing half made.
    if (fs::exists(place.data) && !fs::is_empty(place.data))
      throw Mistake("'" + place.data +
                    "' holds something that is no danchu store: name an empty directory with --data");
    Place aside = place;
    aside.data = place.data + ".loading";
    aside.keys = place.keys_directory();
    fs::remove_all(aside.data);
    load(aside, options.full);
    fs::remove(place.data);  // empty, or not there
    fs::rename(aside.data, place.data);
  } else {
    load(place, options.full);
  }
  print_accounts(*open_existing(place));
  return 0;
}

}  // namespace danchu::commands
