// A store beside which its keys are missing, as after a restore: nothing is served with a key that may not
// sign.
#include <gmock/gmock.h>

#include <filesystem>

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
  EXPECT_THAT(why, HasSubstr("danchu key lost --data " + place.data));
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

}  // namespace
}  // namespace danchu::commands
