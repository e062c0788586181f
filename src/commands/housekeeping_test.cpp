#include "commands/housekeeping.h"

#include <filesystem>

#include "people/people_testing.h"
#include "store/attachment.h"
#include "store/file_sweep.h"

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

// A row that was taken out of the store by hand does not take the paper with it: its act names the file.
TEST_P(HousekeepingTest, FilesThatNothingNamesAreSweptAfterADay) {
  const std::string loose = db().files().put("a step that was refused"), kept = db().files().put("a paper"),
                    robbed = db().files().put("a paper whose row was deleted");
  put([&](store::Writer& w) {
    for (const std::string& hash : {kept, robbed}) {
      store::Attachment row;
      row.id = w.new_id<store::Attachment>();
      row.sha256.value = hash;
      store::add(w, row);
      acts::append(w, keys(),
                   {.kind = "assembly.papers-added",
                    .happened = w.now(),
                    .covers = {{std::string(store::attachment_table), row.id.number, {{"sha256", hash}}}}});
    }
    w.query_text("DELETE FROM attachment WHERE sha256 = $1", {robbed});
  });
  EXPECT_EQ(sweep_files(db()), 0) << "all are young";
  for (const std::string& hash : {loose, kept, robbed})
    std::filesystem::last_write_time(
        db().files().path_of(hash),
        std::filesystem::file_time_type::clock::now() - store::swept_after - std::chrono::minutes(1));
  EXPECT_EQ(sweep_files(db()), 1);
  EXPECT_FALSE(db().files().get(loose));
  EXPECT_TRUE(db().files().get(kept) && db().files().get(robbed));
}

}  // namespace
}  // namespace danchu::commands
