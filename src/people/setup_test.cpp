#include "people/setup.h"

#include <gtest/gtest.h>

#include "people/people_testing.h"
#include "people/units.h"
#include "store/testing.h"

namespace danchu::people {
namespace {

class SetUpInstallation : public store::OnEachEngine {};

TEST_P(SetUpInstallation, MakesUnitsAndOneOfficerOnce) {
  store::TemporaryDirectory directory;
  auto keys = acts::Keys::open(directory.path() + "/keys");
  auto made = set_up(db(), *keys, "quantri");
  ASSERT_TRUE(made.ok());
  EXPECT_GE(made->password.size(), 10u);
  db().read(
      [&](store::Reader& r) { EXPECT_EQ(all_units(r, "commune", make_date(2026, 11, 2)).size(), 75u); });
  EXPECT_FALSE(set_up(db(), *keys, "quantri").ok());
  for (const char* unfit : {"Quản trị", "QuanTri", "q", ""}) {
    auto refused = set_up(db(), *keys, unfit);
    ASSERT_FALSE(refused.ok()) << unfit;
    EXPECT_EQ(refused.problems()[0].path, "user_name");
  }
}
DANCHU_ON_EACH_ENGINE(SetUpInstallation);

}  // namespace
}  // namespace danchu::people
