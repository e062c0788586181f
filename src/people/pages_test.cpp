#include "people/pages.h"

#include <gmock/gmock.h>

#include "web/template_set.h"

namespace danchu::people {
namespace {

class RouteList : public web::Router {
 public:
  void get(std::string_view pattern, web::Handler, web::Route route) override { add("GET ", pattern, route); }
  void post(std::string_view pattern, web::Handler, web::Route route) override {
    add("POST ", pattern, route);
  }
  std::map<std::string, web::Route> routes;

 private:
  void add(std::string method, std::string_view pattern, web::Route route) {
    EXPECT_TRUE(routes.emplace(method + std::string(pattern), route).second) << pattern;
  }
};

TEST(PeoplePages, TemplatesFitTheirModels) {
  RouteList list;
  routes(list);
  const std::map<std::string, std::string> pages = {
      {"GET /dang-nhap", "people/sign_in"},
      {"GET /tai-khoan", "people/account"},
      {"GET /tai-khoan/mat-khau", "people/password"},
      {"GET /tai-khoan/ma-pin", "people/pin"},
      {"GET /tai-khoan/xac-thuc", "people/authenticator"},
      {"GET /can-bo/{unit}", "people/officers"},
      {"GET /can-bo/{unit}/them", "people/new_account"},
      {"GET /can-bo/{unit}/giao", "people/grant"},
      {"GET /can-bo/{unit}/chuc-vu/{post}", "people/manage_post"},
      {"GET /thon/{village}/ho", "people/register"},
      {"GET /thon/{village}/ho/thay-doi", "people/register_change"},
      {"GET /thon/{village}/ho/{household}/sua", "people/register_line"},
      {"GET /thon/{village}/ho/nhap", "people/register_import"},
      {"GET /thon/{village}/danh-sach/{list}", "people/list"},
      {"GET /thon/{village}/danh-sach/{list}/dinh-chinh", "people/list_correct"}};
  for (const auto& [route, page] : pages) {
    ASSERT_TRUE(list.routes.count(route)) << route;
    EXPECT_THAT(web::check_page(page, list.routes.at(route).output()), testing::IsEmpty()) << page;
  }
}

TEST(PeoplePages, NothingButTheDoorIsOpenToStrangers) {
  RouteList list;
  routes(list);
  for (const auto& [name, route] : list.routes) {
    bool open = !route.any_signed_in && route.roles.empty();
    EXPECT_EQ(open, name.ends_with("/dang-nhap") || name == "POST /dang-nhap/pin" ||
                        name == "POST /dang-nhap/quen-may" || name == "POST /dang-xuat" ||
                        name == "GET /mau-danh-sach/{kind}")
        << name;
    EXPECT_FALSE(route.topics) << name << ": nothing here may be cached for everybody";
  }
}

}  // namespace
}  // namespace danchu::people
