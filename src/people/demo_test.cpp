#include "people/demo.h"

#include <gmock/gmock.h>

#include "people/contact.h"
#include "people/household_list.h"
#include "people/people_testing.h"

namespace danchu::people {
namespace {

class DemoPeople : public PeopleTest {
 protected:
  void SetUp() override {
    store::OnEachEngine::SetUp();
    if (IsSkipped()) return;
    set_password_cost({.operations = 1, .memory_bytes = 8192});
    store().clock.set(at_local(day("2026-12-08"), 8, 0));
    keys_here = acts::Keys::open(directory.path() + "/keys");
    demo_people(db(), *keys_here);
  }
  std::unique_ptr<acts::Keys> keys_here;
  store::TemporaryDirectory directory;
};
DANCHU_ON_EACH_ENGINE(DemoPeople);

TEST_P(DemoPeople, NaCaCountsEightySevenHouseholds) {  // stories.md D1: 91 − 2 − 3 + 1
  get([&](store::Reader& r) {
    Unit village = search_units(r, "bản Nà Cá", today(), 1).at(0).unit;
    EXPECT_EQ(households(r, village.id).size(), 87u);
    HouseholdList list = list_of(r, village.id).value();
    EXPECT_EQ(list.total, 87);
    EXPECT_EQ(list.state, ListState::confirmed);
    EXPECT_EQ(lines(r, list.id).size(), 87u);
  });
  auto preview = get([&](store::Reader& r) {
    return preview_import(r, search_units(r, "bản Nà Cá", today(), 1).at(0).unit.id, demo_list_csv()).value();
  });
  EXPECT_EQ(preview.lines.size(), 91u);
  EXPECT_EQ(preview.doubtful, 2);
  EXPECT_TRUE(preview.errors.empty());
}

TEST_P(DemoPeople, EveryListedAccountSignsIn) {
  auto accounts = get([&](store::Reader& r) { return demo_accounts(r, db().clock().now()); });
  ASSERT_EQ(accounts.size(), 9u);
  std::set<Role> roles;
  for (const DemoAccount& account : accounts) {
    SignInForm form{{account.user}, {account.password}, {}};
    if (!account.code.empty()) form.code = Line<40>{account.code};
    auto in = sign_in(db(), form, {});
    ASSERT_TRUE(in) << account.user;
    EXPECT_EQ(in->viewer.due, Due::nothing);
    EXPECT_FALSE(in->viewer.posts.empty());
    roles.insert(account.role);
  }
  EXPECT_EQ(roles.size(), 8u) << "one for every role";
}

TEST_P(DemoPeople, EveryCommuneHasANumberToCallThatIsNobodys) {
  get([&](store::Reader& r) {
    EXPECT_EQ(province_phone(r, today()), "02120000000");
    for (const char* code : {"03847", "03808", "03646", "04123", "04048", "04231"})
      EXPECT_THAT(support_phone(r, unit_by_code(r, code, today())->id), ::testing::StartsWith("0212000000"));
  });
}

TEST_P(DemoPeople, IsMadeOnceAndVerifies) {
  demo_people(db(), *keys_here);
  get([&](store::Reader& r) {
    EXPECT_EQ(households(r, search_units(r, "bản Huổi Lặn", today(), 1).at(0).unit.id).size(), 236u);
    EXPECT_EQ(households(r, search_units(r, "bản Pá Hốc", today(), 1).at(0).unit.id).size(), 64u);
  });
  EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty());
}

TEST_P(DemoPeople, AProvinceIsGeneratedInTheNumbersAskedFor) {
  auto before = get([&](store::Reader& r) { return all_units(r, "village", today()).size(); });
  generate_province(db(), *keys_here, 90, 900);
  get([&](store::Reader& r) {
    auto villages = all_units(r, "village", today());
    EXPECT_EQ(villages.size(), before + 90);
  });
}

}  // namespace
}  // namespace danchu::people
