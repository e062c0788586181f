// `danchu demo` makes a demonstration in an empty place only.
#include <gmock/gmock.h>

#include "commands/commands.h"
#include "people/setup.h"
#include "store/setting.h"
#include "store/testing.h"

namespace danchu::commands {
namespace {

const store::Statement everything{
    "SELECT CAST((SELECT count(*) FROM account) + (SELECT count(*) FROM unit) + (SELECT count(*) FROM act) + "
    "(SELECT count(*) FROM setting) AS BIGINT)"};

class DemoPlace : public store::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    place.keys = directory.path() + "/keys";
    place.data = store().location();
    if (GetParam() == store::Engine::postgresql) place.database = store().location();
  }
  // As `danchu init` leaves a store.
  void init() {
    auto keys = open_keys(place);
    ASSERT_TRUE(people::set_up(db(), *keys, "quan.tri"));
  }
  std::int64_t rows() {
    return db().read([](store::Reader& r) { return r.count(everything); });
  }

  // As on the command line: nobody else holds the data directory.
  int run_demo() {
    store().close();
    struct Reopen {
      store::TestStore& store;
      ~Reopen() { store.reopen(); }
    } again{store()};
    return demo({.place = place});
  }

  store::TemporaryDirectory directory;
  Place place;
};

TEST_P(DemoPlace, IsNotMadeInAStoreInUse) {
  init();
  const std::int64_t before = rows();
  try {
    run_demo();
    FAIL() << "a store in use was filled with a demonstration";
  } catch (const Mistake& mistake) {
    EXPECT_THAT(mistake.what(), testing::HasSubstr("holds no demonstration; nothing was changed"));
  }
  EXPECT_EQ(rows(), before);
  EXPECT_FALSE(db().read([](store::Reader& r) { return store::setting(r, "demo").has_value(); }));
}

TEST_P(DemoPlace, OfADemonstrationIsLeftAsItIs) {
  init();
  auto marked = db().write([](store::Writer& w) -> Result<Done> {
    store::set(w, "demo", "1");
    return Done{};
  });
  ASSERT_TRUE(marked);
  const std::int64_t before = rows();
  EXPECT_EQ(run_demo(), 0);
  EXPECT_EQ(rows(), before);
}

DANCHU_ON_EACH_ENGINE(DemoPlace);

}  // namespace
}  // namespace danchu::commands
