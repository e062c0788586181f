// A store beside which its keys are missing, as after a restore: nothing is served with a key that may not
// sign.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "acts/rotation.h"
#include "commands/commands.h"
#include "people/setup.h"
#include "store/testing.h"

namespace danchu::commands {
namespace {

using testing::HasSubstr;

class LostKeys : public testing::Test {
 protected:
  LostKeys() {
    place.data = directory.path() + "/data";
    place.keys = directory.path() + "/keys";
    init({place, "quan.tri"});
    std::filesystem::rename(place.keys, directory.path() + "/elsewhere");
  }
  std::string refused() {
    auto db = open_existing(place);
    try {
      open_chain_keys(place, *db);
    } catch (const Mistake& mistake) {
      return mistake.what();
    }
    return "";
  }
  acts::Verification verified() {
    auto db = open_existing(place);
    return acts::verify(*db);
  }

  store::TemporaryDirectory directory;
  Place place;
};

TEST_F(LostKeys, AreAskedForAndNotMadeAnew) {
  const std::string why = refused();
  EXPECT_THAT(why, HasSubstr("is not in '" + place.keys + "'"));
  EXPECT_THAT(why, HasSubstr("danchu key lost --data " + place.data + " --keys " + place.keys));
  EXPECT_FALSE(std::filesystem::exists(place.keys)) << "no other key was made";
  EXPECT_THROW(rotate_key(place), Mistake);
  acts::Keys::open(place.keys);  // another key, as an older danchu made it
  EXPECT_THAT(refused(), HasSubstr("is not in"));
}

TEST_F(LostKeys, PutBackServeAgain) {
  std::filesystem::rename(directory.path() + "/elsewhere", place.keys);
  EXPECT_EQ(refused(), "");
  EXPECT_THROW(lost_key(place, "no"), Mistake) << "it is there";
}

TEST_F(LostKeys, AreFollowedByANewOneThatAnActAnnounces) {
  EXPECT_EQ(lost_key(place, "restored without its keys"), 0);
  EXPECT_EQ(refused(), "");
  acts::Verification found = verified();
  EXPECT_THAT(found.findings, testing::IsEmpty());
  EXPECT_THAT(found.notices, testing::ElementsAre(HasSubstr("declared lost (restored without its keys)")));
  EXPECT_EQ(rotate_key(place), 0) << "the new key signs";
  EXPECT_THAT(verified().findings, testing::IsEmpty());
}

TEST_F(LostKeys, AreAskedForWithoutTheDatabasesPassword) {
  auto db = open_existing(place);
  Place there = place;
  there.database = "postgresql://danchu:secret@db1/danchu";
  EXPECT_THAT(missing_keys(there, *db),
              testing::AllOf(HasSubstr("danchu key lost --database postgresql://"), HasSubstr(place.keys),
                             testing::Not(HasSubstr("secret@"))));
}

// What the administrator does as root leaves nothing that the service may not read.
TEST(KeyFiles, WrittenByRootBelongToTheOwnerOfTheirDirectory) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  constexpr uid_t nobody = 65534;
  store::TemporaryDirectory directory;
  const std::string keys = directory.path() + "/keys";
  ASSERT_EQ(::mkdir(keys.c_str(), 0700), 0);
  ASSERT_EQ(::chown(keys.c_str(), nobody, nobody), 0);
  Place place;
  place.data = directory.path() + "/data";
  place.keys = keys;
  init({place, "quan.tri"});
  rotate_key(place);
  int seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(keys)) {
    struct stat status {};
    ASSERT_EQ(::stat(file.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, nobody) << file.path();
    EXPECT_EQ(status.st_mode & 0777, 0600u) << file.path();
    ++seen;
  }
  EXPECT_EQ(seen, 3) << "current, the key, the server-secret";
}

// Another user than root until the test is over, however it ends.
class AsNobody {
 public:
  static constexpr uid_t user = 65534;
  AsNobody() {
    if (::seteuid(user) != 0) throw std::runtime_error("root may not act as nobody");
  }
  ~AsNobody() {
    if (::seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
};

std::string seen_by_its_owner(const Place& place, store::Database& db) {
  std::optional<AsNobody> nobody;  // root may read everything
  if (::geteuid() == 0) nobody.emplace();
  return missing_keys(place, db);
}

TEST(KeyFiles, ThatMayNotBeReadAreNotTakenForMissing) {
  store::TemporaryDirectory directory;
  Place place;
  place.data = directory.path() + "/data";
  place.keys = directory.path() + "/keys";
  init({place, "quan.tri"});
  const std::string current = place.keys + "/current";
  auto db = open_existing(place);
  if (::geteuid() == 0) {
    ASSERT_EQ(::chmod(directory.path().c_str(), 0755), 0);
    ASSERT_EQ(::chmod(place.keys.c_str(), 0755), 0);
    {
      const AsNobody nobody;
      const std::string why = missing_keys(place, *db);
      EXPECT_THAT(why, HasSubstr("'" + current + "' belongs to "));
      EXPECT_THAT(why, HasSubstr("As root: chown -R "));
      EXPECT_THAT(why, testing::Not(HasSubstr("key lost")));
    }
    ASSERT_EQ(::chown(current.c_str(), AsNobody::user, AsNobody::user), 0);
    ASSERT_EQ(::chown(place.keys.c_str(), AsNobody::user, AsNobody::user), 0);
  }
  // One's own: no chown helps.
  ASSERT_EQ(::chmod(current.c_str(), 0), 0);
  EXPECT_THAT(seen_by_its_owner(place, *db), HasSubstr("chmod 600 '" + current + "'"));
  ASSERT_EQ(::chmod(place.keys.c_str(), 0), 0);
  EXPECT_THAT(seen_by_its_owner(place, *db), HasSubstr("chmod 700 '" + place.keys + "'"));
  ASSERT_EQ(::chmod(place.keys.c_str(), 0700), 0);  // to be removed
}

class ServerSecret : public testing::Test {
 protected:
  ServerSecret() {
    place.data = directory.path() + "/data";
    place.keys = directory.path() + "/keys";
    init({place, "quan.tri"});
  }
  std::string secret() {
    auto db = open_existing(place);
    return server_secret(place, *db);
  }
  store::TemporaryDirectory directory;
  Place place;
};

TEST_F(ServerSecret, IsMadeWithTheStoreAndNoOtherServesIt) {
  const std::string file = place.keys + "/server-secret", aside = directory.path() + "/aside";
  ASSERT_TRUE(std::filesystem::exists(file)) << "before the keys are copied and sealed";
  const std::string first = secret();
  EXPECT_EQ(first.size(), 32u);
  std::filesystem::rename(file, aside);
  EXPECT_THROW(secret(), Mistake) << "it is missing";
  EXPECT_FALSE(std::filesystem::exists(file)) << "no other was made";
  std::ofstream(file) << std::string(32, 'x');
  EXPECT_THROW(secret(), Mistake) << "another machine's";
  std::filesystem::rename(aside, file);
  EXPECT_EQ(secret(), first);
}

TEST_F(ServerSecret, IsMadeAnewWhereNobodyHasIt) {
  const std::string first = secret();
  std::filesystem::remove(place.keys + "/server-secret");
  EXPECT_EQ(new_server_secret(place), 0);
  EXPECT_NE(secret(), first);
}

TEST_F(ServerSecret, ThatServesIsNotReplaced) {
  const std::string first = secret();
  EXPECT_THROW(new_server_secret(place), Mistake);
  EXPECT_EQ(secret(), first);
}

TEST_F(ServerSecret, ThatIsMissingIsAskedForByWhoRestores) {
  const std::string copy = directory.path() + "/copy", file = place.keys + "/server-secret";
  ASSERT_EQ(backup(place, copy), 0);
  auto said = [&](const std::string& data) {
    Place restored = place;
    restored.data = directory.path() + data;
    testing::internal::CaptureStdout();
    EXPECT_EQ(restore(restored, copy), 0);
    return testing::internal::GetCapturedStdout();
  };
  EXPECT_THAT(said("/whole"), testing::Not(HasSubstr("server-secret")));
  std::filesystem::remove(file);
  EXPECT_THAT(said("/without"),
              HasSubstr("'" + file + "' is missing, the server-secret this store is served"));
}

TEST_F(ServerSecret, OfAStoreFromBeforeIsAdopted) {
  const std::string first = secret();
  {
    auto db = open_existing(place);
    ASSERT_TRUE(db->write([](store::Writer& w) -> Result<Done> {
      w.query_text("DELETE FROM setting WHERE name = 'server-secret'", {});
      return Done{};
    }));
  }
  EXPECT_EQ(secret(), first);
  std::ofstream(place.keys + "/server-secret") << std::string(32, 'x');
  EXPECT_THROW(secret(), Mistake);
}

}  // namespace
}  // namespace danchu::commands
