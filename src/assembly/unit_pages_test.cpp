// Communes that are no more lead to those of today, in the language and form that were asked for.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

class UnitPages : public AssemblyWeb {
 protected:
  void SetUp() override { people_only(); }
};

TEST_F(UnitPages, AnOldCommuneStandsAtTodaysAddress) {
  for (auto [asked, led] : {std::pair{"/xa/03844", "/xa/"},
                            {"/xa/03844.json", "/xa/"},
                            {"/en/xa/03844", "/en/xa/"},
                            {"/en/xa/03844.json", "/en/xa/"}}) {
    const web::Answer answer = server.get(asked);
    EXPECT_EQ(answer.status, 308) << asked;
    EXPECT_TRUE(answer.header("location").starts_with(led)) << answer.header("location");
    EXPECT_EQ(answer.header("location").ends_with(".json"), std::string(asked).ends_with(".json")) << asked;
    EXPECT_EQ(answer.header("set-cookie"), "") << "whoever only reads gets no cookie";
    EXPECT_EQ(server.get(answer.header("location")).status, 200);
  }
}

TEST_F(UnitPages, AnOldDistrictNamesTheCommunesOfToday) {
  for (const char* code : {"125", "123", "120"}) {
    const auto shown = json("/xa/" + std::string(code));
    EXPECT_TRUE(shown.at("ceased").as_bool());
    EXPECT_GT(shown.at("today").as_array().size(), 1u) << code;
    EXPECT_THAT(server.get("/xa/" + std::string(code)).body, Not(HasSubstr("id=\"villages\"")));
  }
  EXPECT_THAT(server.get("/xa/120").body, HasSubstr("xã Mường La"));
}

TEST_F(UnitPages, TheProvinceListsItsCommunes) {
  const std::string page = server.get("/xa/14").body;
  EXPECT_THAT(page, HasSubstr("Xã, phường"));
  EXPECT_THAT(page, Not(HasSubstr("Bản, tiểu khu, tổ dân phố")));
  EXPECT_THAT(page, HasSubstr("href=\"/xa/03847\""));
  const auto english = json("/en/xa/14");
  EXPECT_EQ(english.at("communes").as_array().size(), 75u);
  EXPECT_TRUE(english.at("communes").at(0).at("url").as_string().starts_with("/en/xa/"));
  EXPECT_THAT(server.get("/xa/03847").body, HasSubstr("bản Nà Cá"));
}

}  // namespace
}  // namespace danchu::assembly
