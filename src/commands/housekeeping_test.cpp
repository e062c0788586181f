#include "commands/housekeeping.h"

#include "people/people_testing.h"

namespace danchu::commands {
namespace {

class HousekeepingTest : public people::PeopleTest {
 protected:
  std::int64_t sessions() {
    static const store::Statement count{"SELECT count(*) FROM session"};
    return get([&](store::Reader& r) { return r.count(count); });
  }
  void later(std::chrono::microseconds time) { store().clock.set(store().clock.now() + time); }
  void sign_in() {
    ASSERT_TRUE(people::sign_in(db(), {{"head"}, {"correct horse 1"}, {}, {}}, {"192.0.2.7", "Firefox", ""}));
  }
};
DANCHU_ON_EACH_ENGINE(HousekeepingTest);

TEST_P(HousekeepingTest, SessionsThatAreOverAreTidiedEveryHour) {
  person("head", people::Role::village_head, village);
  Chores chores(db(), keys());
  sign_in();
  chores.run();
  EXPECT_EQ(sessions(), 1) << "it still lives";
  later(people::village_session.idle - std::chrono::minutes(90));
  chores.run();
  EXPECT_EQ(sessions(), 1);
  later(std::chrono::minutes(65));
  chores.run();
  EXPECT_EQ(sessions(), 1);
  later(std::chrono::minutes(30));
  chores.run();
  EXPECT_EQ(sessions(), 1) << "over for five minutes, but tidied less than an hour ago";
  later(std::chrono::minutes(35));
  chores.run();
  EXPECT_EQ(sessions(), 0);
}

TEST_P(HousekeepingTest, TheDailyHeadIsKept) {
  person("head", people::Role::village_head, village);  // an act
  Chores(db(), keys()).run();
  EXPECT_EQ(get([](store::Reader& r) { return acts::daily_heads(r, 10).size(); }), 1u);
}

}  // namespace
}  // namespace danchu::commands
