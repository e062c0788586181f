#include "assembly/demo.h"

#include <gtest/gtest.h>

#include "assembly/rows.h"
#include "people/demo.h"
#include "people/password.h"
#include "store/testing.h"

namespace danchu::assembly {
namespace {

std::map<std::string, std::int64_t> played(store::TestStore& store, Instant now) {
  people::set_password_cost({.operations = 1, .memory_bytes = 8192});
  store::TemporaryDirectory keys_directory;
  auto keys = acts::Keys::open(keys_directory.path() + "/keys");
  store.clock.set(demo_begins(now));
  people::demo_people(*store, *keys);
  demo_stories(*store, *keys, store.clock, now);
  EXPECT_EQ(store.clock.now(), now);
  EXPECT_EQ(acts::verify(*store).findings, std::vector<std::string>{});
  static const store::Statement states{"SELECT state, CAST(count(*) AS BIGINT) FROM motion GROUP BY state"};
  std::map<std::string, std::int64_t> found;
  store->read([&](store::Reader& r) {
    for (const store::Row& row : r.query(states)) found[row.text(0)] = row.integer(1);
  });
  return found;
}

const std::map<std::string, std::int64_t> every_state = {{"proposed", 1}, {"agreed", 1}, {"noticed", 1},
                                                         {"voted", 1},    {"passed", 6}, {"lost", 2}};

TEST(AssemblyDemo, ShowsMattersInEveryState) {
  store::TestStore store;
  EXPECT_EQ(played(store, at_local(make_date(2026, 11, 24), 4, 15)), every_state);
}

TEST(AssemblyDemo, PlaysJustAfterMidnightOnASaturday) {
  store::TestStore store;
  EXPECT_EQ(played(store, at_local(make_date(2027, 1, 2), 0, 5)), every_state);
}

TEST(AssemblyDemo, SecondMeetingOfD1IsASaturdayInThePast) {
  for (int i = 0; i < 7; ++i) {
    const Instant now = at_local(make_date(2026, 11, 23) + i, 12, 0);
    EXPECT_EQ((local_date(demo_begins(now)) + 5).weekday(), 6u);
    EXPECT_GT(local_date(now) - local_date(demo_begins(now)), 27);
  }
}

}  // namespace
}  // namespace danchu::assembly
