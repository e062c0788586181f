// Keys that follow one another: rotation, compromise, loss, and the directory they lie in.
#include "acts/rotation.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "acts/acts_testing.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class KeyChange : public ChainOfFive {};
DANCHU_ON_EACH_ENGINE(KeyChange);

TEST_P(KeyChange, FindsAKeyThatBeginsElsewhereOrThatNoActIntroduced) {
  change("UPDATE act_key SET from_seq = 2");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("table act_key"), HasSubstr("is 2, not 1"))));
  change("UPDATE act_key SET from_seq = 1");
  store::TemporaryDirectory elsewhere;
  auto foreign = Keys::open(elsewhere.path() + "/keys");
  change("INSERT INTO act_key(key_id, public_key, from_seq) VALUES ($1, $2, 99)",
         {foreign->key_id(), store::Bytes{foreign->public_key()}});
  EXPECT_THAT(findings(), ElementsAre("table act_key: no act introduced key " + foreign->key_id()));
}

TEST_P(KeyChange, FollowsARotation) {
  const std::string old_key = keys().key_id();
  use_keys(rotate_keys(db(), key_directory(), 1, 2));
  EXPECT_NE(keys().key_id(), old_key);
  decide(201, "Sau khi đổi khóa", 60);
  Verification result = verify(db());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.notices,
              ElementsAre(HasSubstr("act 6: key " + keys().key_id() + " follows key " + old_key)));
  EXPECT_EQ(Keys::open(key_directory())->key_id(), keys().key_id());
  change("UPDATE act SET key_id = $1 WHERE seq = 7", {old_key});
  EXPECT_THAT(findings(), Contains(HasSubstr("act 7: is signed by key " + old_key)));
}

TEST_P(KeyChange, RefusesAForeignKey) {
  store::TemporaryDirectory elsewhere;
  auto foreign = Keys::open(elsewhere.path() + "/keys");
  EXPECT_THROW((void)db().write_official([&](store::Writer& w) -> Result<Recorded> {
    return append(w, *foreign, {.kind = "motion.opened", .happened = w.now()});
  }),
               std::runtime_error);
  EXPECT_EQ(verify(db()).acts, 5);
}

TEST_P(KeyChange, WantsAnAnchorBehindACompromise) {
  auto next = prepare_next_key(key_directory());
  auto declared = db().write_official([&](store::Writer& w) -> Result<Recorded> {
    return declare_compromised(w, *next, 3, "the disk was lost", 1, 2);
  });
  EXPECT_EQ(declared->seq, 6);
  use_keys(std::move(next));
  decide(201, "Sau đó", 60);
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("no anchor from act 3 to 5 was given")));
  Verification backed = verify(db(), anchor(4));
  EXPECT_THAT(backed.findings, IsEmpty());
  EXPECT_THAT(backed.notices, ElementsAre(HasSubstr("acts 4 to 5 are not to be trusted")));
}

TEST_P(KeyChange, FollowsALossAndSaysWhatItDoesNotProve) {
  const std::string old_key = keys().key_id();
  auto next = prepare_next_key(key_directory());
  auto declared = db().write_official([&](store::Writer& w) -> Result<Recorded> {
    return declare_lost(w, *next, "restored without its keys", 1, 0);
  });
  EXPECT_EQ(declared->seq, 6);
  use_keys(std::move(next));
  decide(201, "Sau đó", 60);
  Verification alone = verify(db());
  EXPECT_THAT(alone.findings, IsEmpty());
  EXPECT_THAT(alone.notices,
              ElementsAre(AllOf(HasSubstr("act 6: key " + old_key + " was declared lost"),
                                HasSubstr("restored without its keys"), HasSubstr("No head from after it"))));
  const std::string kept = "6 " + to_hex(declared->hash) + "\n";
  EXPECT_THAT(verify(db(), kept).notices, ElementsAre(Not(HasSubstr("No head from after it"))));
  change("UPDATE act SET key_id = $1 WHERE seq = 7", {old_key});
  EXPECT_THAT(findings(), Contains(HasSubstr("act 7: is signed by key " + old_key)));
}

TEST(KeyDirectory, IsForItsOwnerOnly) {
  store::TemporaryDirectory directory;
  const std::string path = directory.path() + "/keys";
  auto keys = Keys::open(path);
  EXPECT_EQ(Keys::open(path + "/")->key_id(), keys->key_id());
  EXPECT_TRUE(signed_by(keys->public_key(), "message", keys->sign("message")));
  EXPECT_FALSE(signed_by(keys->public_key(), "massage", keys->sign("message")));
  ASSERT_EQ(::chmod((path + "/" + keys->key_id() + ".key").c_str(), 0640), 0);
  EXPECT_THROW(Keys::open(path), std::runtime_error);
}

}  // namespace
}  // namespace danchu::acts
