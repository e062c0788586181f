#include "assembly/demo.h"

#include <gmock/gmock.h>

#include "assembly/demo_stories.h"
#include "assembly/rows.h"
#include "assembly/tasks.h"
#include "assembly/views.h"
#include "people/accounts.h"
#include "people/demo.h"
#include "people/household_list.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/sign_in_log.h"
#include "people/units.h"
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

const std::map<std::string, std::int64_t> every_state = {
    {"proposed", 2}, {"agreed", 2}, {"called", 1}, {"noticed", 2}, {"voted", 2}, {"passed", 9}, {"lost", 2}};

// What stands on the desk of each account the demonstration names: "agree", "list.confirm".
std::map<std::string, std::set<std::string>> desks(store::TestStore& store) {
  const Date today = local_date(store.clock.now());
  const law::Law& law = law::Law::embedded();
  std::map<std::string, std::set<std::string>> found;
  store->read([&](store::Reader& r) {
    for (const people::DemoAccount& account : people::demo_accounts(r, store.clock.now())) {
      const people::Viewer viewer =
          people::viewer_for(r, people::account_called(r, account.user).value(), today);
      std::set<std::string>& desk = found[account.user];
      for (const Task& task : tasks_of(r, viewer, law, today))
        desk.insert(std::to_string(static_cast<int>(task.verb)));
      for (const people::ListTask& task : people::list_tasks(r, viewer, law, today))
        if (task.what == people::ListTask::What::confirm && !task.not_before) desk.insert("confirm list");
    }
  });
  return found;
}

// Whenever the demonstration is made, whoever signs in has something to do.
TEST(AssemblyDemo, EveryAccountThatActsHasWork) {
  auto of = [](std::initializer_list<Verb> verbs) {
    std::set<std::string> names;
    for (Verb verb : verbs) names.insert(std::to_string(static_cast<int>(verb)));
    return names;
  };
  const auto today_too = of({Verb::attend, Verb::open, Verb::send, Verb::give_notice, Verb::call_meeting});
  const auto tomorrow = of({Verb::open, Verb::send, Verb::give_notice, Verb::call_meeting});
  const auto commune = of({Verb::receive, Verb::accept_papers});
  auto officer = of({Verb::receive});  // he confirmed the list of the evening on paper: its chair accepts it
  officer.insert("confirm list");
  for (const Instant now : {at_local(make_date(2026, 11, 24), 4, 15), at_local(make_date(2027, 1, 2), 0, 5),
                            at_local(make_date(2026, 12, 27), 22, 40)}) {
    store::TestStore store;
    EXPECT_EQ(played(store, now), every_state) << to_page(now);
    auto found = desks(store);
    const bool late = tonight(now) >= start_of(local_date(now) + 1);
    EXPECT_EQ(found["truong.naca"], late ? tomorrow : today_too) << to_page(now);
    EXPECT_FALSE(found["thuky.naca"].empty());
    EXPECT_EQ(found["mt.naca"], of({Verb::agree}));
    EXPECT_EQ(found["canbo.muongbu"], officer) << to_page(now);
    EXPECT_EQ(found["chutich.muongbu"], commune);
    EXPECT_EQ(found["mttq.muongbu"], of({Verb::answer}));
    const auto here = store->read([&](store::Reader& r) {
      const people::Unit village = people::search_units(r, "bản Nà Cá", local_date(now), 1).at(0).unit;
      return lists_of_village(r, village.id);
    });
    EXPECT_THAT(here.coming, testing::Not(testing::IsEmpty())) << "what a household reads on its desk";
  }
}

TEST(AssemblyDemo, NobodyMeetsAtNight) {
  const Date day = make_date(2026, 11, 24);
  for (int hour = 0; hour < 24; ++hour)
    for (int minute : {0, 29, 31, 59}) {
      const Instant now = at_local(day, hour, minute);
      const auto hour_of = [](Instant at) { return std::stoi(to_page(at).substr(0, 2)); };
      EXPECT_EQ(hour_of(tonight(now)), 19) << to_page(now);
      EXPECT_GT(tonight(now) + std::chrono::hours(1), now);
      EXPECT_LE(tonight(now), now + std::chrono::hours(24)) << to_page(now);
      EXPECT_THAT(hour_of(under_way(now)), testing::AllOf(testing::Ge(7), testing::Le(20))) << to_page(now);
      EXPECT_LT(under_way(now), now);
      EXPECT_GE(under_way(now) + std::chrono::hours(13), now);
    }
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
