// Importing a list on the pages, as an officer's browser does it.
#include <gmock/gmock.h>

#include "base/xlsx_testing.h"
#include "people/demo.h"
#include "people/household_register.h"
#include "people/import_file.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/units.h"
#include "web/testing.h"

namespace danchu::people {
namespace {

using testing::HasSubstr;
using testing::Not;

class ImportPages : public testing::Test {
 protected:
  ImportPages() : server(routes, options(), store::Engine::sqlite, true) {
    set_password_cost({.operations = 1, .memory_bytes = 8192});
    server.store.clock.set(at_local(make_date(2026, 12, 8), 8, 0));
    demo_people(*server.store, *server.keys);
    server.store->read([&](store::Reader& r) {
      const Unit na_ca = search_units(r, "bản Nà Cá", make_date(2026, 12, 8), 1).at(0).unit;
      village = na_ca.id;
      commune = na_ca.parent;
      province_id = province(r, make_date(2026, 12, 8))->id;
    });
    page = "/can-bo/" + commune.text() + "/nhap";
  }
  web::ServerOptions options() {
    web::ServerOptions o;
    o.viewer_of = [this](std::string_view token, Instant now) {
      return viewer_of(*server.store, token, now);
    };
    return o;
  }
  std::string cookie(const std::string& user) {
    std::string code;
    for (const DemoAccount& account :
         server.store->read([&](store::Reader& r) { return demo_accounts(r, server.store.clock.now()); }))
      if (account.user == user) code = account.code;
    web::Answer in = server.post(
        "/dang-nhap", "user=" + user + "&password=" + std::string(demo_password) + "&code=" + code);
    EXPECT_EQ(in.status, 303) << in.body;
    std::string set = in.header("set-cookie");
    return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
  }
  web::Answer send(const std::string& me, const std::string& kind, const std::string& file,
                   const std::string& to = "") {
    std::string body;
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"kind", kind}, {"happened", "2026-12-08"}, {"paper", "Danh sách ngày 8/12/2026"}})
      body += "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    body += "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ds.xlsx\"\r\n\r\n" + file +
            "\r\n--B--\r\n";
    return server.post(to.empty() ? page : to, body,
                       me + "Content-Type: multipart/form-data; boundary=B\r\n");
  }
  std::size_t households_there() {
    return server.store->read([&](store::Reader& r) { return households(r, village).size(); });
  }

  web::TestServer server;
  Id<Unit> village, commune, province_id;
  std::string page;
};

TEST_F(ImportPages, AnOfficerLooksConfirmsAndIsDone) {
  const std::string me = cookie("canbo.muongbu");
  const std::size_t before = households_there();
  EXPECT_THAT(server.get("/can-bo/" + commune.text(), me).body, HasSubstr(page));
  EXPECT_EQ(server.get(page, me).status, 200);
  web::Answer sent =
      send(me, "households",
           xlsx_of({{"b¶n", "chñ hé", "ph©n biÖt"}, {"Nµ C¸", "Mïa A Sóa", "vî Giµng ThÞ M¸y"}}));
  ASSERT_EQ(sent.status, 303) << sent.body;
  const std::string waiting = sent.header("location");
  web::Answer preview = server.get(waiting, me);
  EXPECT_EQ(preview.status, 200);
  EXPECT_THAT(preview.body, HasSubstr("TCVN3"));
  EXPECT_EQ(households_there(), before) << "nothing is written by looking";
  EXPECT_EQ(server.get(waiting, cookie("tinh")).status, 404) << "the file is its sender's alone";
  EXPECT_EQ(server.post(waiting, "step=confirm", me).status, 303);
  EXPECT_EQ(households_there(), before + 1);
  EXPECT_EQ(server.get(waiting, me).status, 404) << "the file is gone";
}

TEST_F(ImportPages, MistakesAreListedAndTheReportIsAFile) {
  const std::string me = cookie("canbo.muongbu");
  web::Answer sent = send(me, "households", "bản,stt,chủ hộ\nNà Xa,1,=cmd\n<b>x,y,Lò A\n");
  ASSERT_EQ(sent.status, 303) << sent.body;
  const std::string waiting = sent.header("location");
  web::Answer preview = server.get(waiting, me);
  EXPECT_THAT(preview.body, HasSubstr("Nà Xa"));
  EXPECT_THAT(preview.body, Not(HasSubstr("<b>x")));
  EXPECT_THAT(preview.body, Not(HasSubstr("value=\"confirm\"")));
  web::Answer report = server.get(waiting + "/loi", me);
  EXPECT_THAT(report.header("content-type"), HasSubstr("text/csv"));
  EXPECT_THAT(report.body, HasSubstr("Nà Xa"));
  const std::size_t before = households_there();
  EXPECT_EQ(server.post(waiting, "step=confirm", me).status, 200);
  EXPECT_EQ(households_there(), before);
  EXPECT_EQ(server.post(waiting, "step=read_again&lettering=vni", me).status, 303);
  EXPECT_THAT(server.get(waiting, me).body, HasSubstr("VNI"));
  EXPECT_EQ(server.post(waiting, "step=put_away", me).status, 303);
  EXPECT_EQ(server.get(waiting, me).status, 404);
}

TEST_F(ImportPages, AMistakeQuotesThePostAsTheFileNamesIt) {
  const std::string me = cookie("canbo.muongbu");
  web::Answer sent =
      send(me, "officers", "bản,họ và tên,chức vụ,tên đăng nhập\n,Trần Văn Mới,Chủ tịch UBND xã,moi.tran\n");
  ASSERT_EQ(sent.status, 303) << sent.body;
  for (const std::string& page : {std::string(), std::string("/loi")}) {
    const std::string shown = server.get(sent.header("location") + page, me).body;
    EXPECT_THAT(shown, HasSubstr("Chủ tịch UBND xã")) << page;
    EXPECT_THAT(shown, Not(HasSubstr("Chair of the"))) << page;
  }
}

TEST_F(ImportPages, WhatIsNoListIsSaidAtOnce) {
  const std::string me = cookie("canbo.muongbu");
  for (const std::string& file : {std::string("no list"), std::string("PK\x03\x04 cut off"), std::string()}) {
    web::Answer refused = send(me, "households", file);
    EXPECT_EQ(refused.status, 422) << file;
    EXPECT_THAT(refused.body, HasSubstr("Danh sách ngày 8/12/2026")) << "what was typed stays";
  }
}

TEST_F(ImportPages, OnlyForOwnUnits) {
  const std::string admin = cookie("tinh"), head = cookie("truong.naca");
  EXPECT_EQ(server.get(page, head).status, 403);
  EXPECT_EQ(server.get("/can-bo/" + province_id.text() + "/nhap", cookie("canbo.muongbu")).status, 403);
  const std::string whole = "/can-bo/" + province_id.text() + "/nhap";
  EXPECT_EQ(server.get(whole, admin).status, 200);
  EXPECT_NE(send(admin, "households", "xã,bản,chủ hộ\nMường Bú,Nà Cá,A\n", whole).status, 303)
      << "registers are not the province's";
  EXPECT_EQ(send(admin, "villages", "xã,tên bản\nMường Bú,Bản Mới\n", whole).status, 303);
}

TEST_F(ImportPages, AccountsThatAreMadeShowTheirPasswordsOnce) {
  const std::string me = cookie("canbo.muongbu");
  web::Answer sent =
      send(me, "officers", "bản,họ và tên,chức vụ,tên đăng nhập\nNà Cá,Lò Thị Mới,Thư ký số,moi.lo\n");
  ASSERT_EQ(sent.status, 303) << sent.body;
  web::Answer made = server.post(sent.header("location"), "step=confirm", me);
  EXPECT_EQ(made.status, 200);
  EXPECT_THAT(made.body, HasSubstr("moi.lo"));
}

TEST_F(ImportPages, TemplatesAreThereForEverybody) {
  for (const char* kind : {"villages", "households", "officers"})
    EXPECT_EQ(server.get(std::string("/mau-danh-sach/") + kind).status, 200);
  EXPECT_EQ(server.get("/mau-danh-sach/x").status, 404);
}

TEST_F(ImportPages, AFileNobodyConfirmsIsForgotten) {
  const std::string me = cookie("canbo.muongbu");
  web::Answer sent = send(me, "households", "bản,chủ hộ\nNà Cá,Mùa A Súa\n");
  ASSERT_EQ(sent.status, 303);
  tidy_import_files(*server.store);
  EXPECT_EQ(server.get(sent.header("location"), me).status, 200);
  server.store.clock.set(server.store.clock.now() + std::chrono::hours(25));
  tidy_import_files(*server.store);
  EXPECT_EQ(server.get(sent.header("location"), cookie("canbo.muongbu")).status, 404);
}

}  // namespace
}  // namespace danchu::people
