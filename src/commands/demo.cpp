// The demonstration province: real units, invented villages, households and people, stories played through
// the very verbs that officers use.
#include "assembly/demo.h"

#include <filesystem>
#include <iostream>

#include "commands/commands.h"
#include "people/demo.h"
#include "people/setup.h"
#include "store/setting.h"

namespace danchu::commands {
namespace fs = std::filesystem;
namespace {

bool is_demo(store::Database& db) {
  return db.read([](store::Reader& r) { return store::setting(r, "demo").has_value(); });
}

// A demo is made in an empty store, or goes on where its first start was interrupted; a store people work
// with is left as it is. Before anything is opened for writing: a store without tables is empty too.
void refuse_a_store_in_use(const Place& place) {
  auto db = store::open(store_options(place));
  bool in_use = false;
  try {
    in_use = db->read([](store::Reader& r) {
      return !people::nobody_yet(r) && !store::setting(r, "demo") && !store::setting(r, "demo-begun");
    });
  } catch (const store::StoreError& no_tables) {
    if (no_tables.kind != store::StoreError::Kind::statement) throw;
  }
  if (in_use)
    throw Mistake((place.embedded() ? "the store in '" + place.data + "'" : std::string("this database")) +
                  " is in use and holds no demonstration; nothing was changed. Name an empty directory with "
                  "--data, or an empty database with --database");
}

const store::Statement forget_begun{"DELETE FROM setting WHERE name = 'demo-begun'"};

void mark(store::Database& db, bool whole) {
  auto done = db.write([&](store::Writer& w) -> Result<Done> {
    store::set(w, whole ? "demo" : "demo-begun", "1");
    if (whole) w.run(forget_begun);
    return Done{};
  });
  if (!done) throw Mistake("the demo could not be written");
}

void print_accounts(store::Database& db) {
  std::cout << "Demo accounts (all invented):\n\n";
  for (const people::DemoAccount& account :
       db.read([](store::Reader& r) { return people::demo_accounts(r, SystemClock().now()); }))
    std::cout << "  " << account.user << "  password " << account.password
              << (account.code.empty() ? "" : "  code now " + account.code)
              << (account.pin.empty() ? "" : "  PIN " + account.pin) << "\n      " << label_of(account.role)
              << ", " << account.unit << "\n";
  std::cout << "\nCodes change every 30 seconds: the demo's sign-in page shows the present ones.\n";
}

// The stories are played on a clock that stands some weeks back, so that what was decided lies in the past.
void load(const Place& place, bool full) {
  const Instant now = SystemClock().now();
  ManualClock clock(assembly::demo_begins(now));
  auto db = open_or_make(place, &clock);
  if (is_demo(*db)) return;
  mark(*db, false);
  auto keys = open_keys(place);
  people::demo_people(*db, *keys);
  assembly::demo_stories(*db, *keys, clock, now);
  if (full) people::generate_province(*db, *keys);
  mark(*db, true);
}

}  // namespace

int demo(const Demo& options) {
  if (options.accounts) {
    print_accounts(*open_to_look(options.place));
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
    refuse_a_store_in_use(place);
    load(place, options.full);
  }
  print_accounts(*open_existing(place));
  return 0;
}

}  // namespace danchu::commands
