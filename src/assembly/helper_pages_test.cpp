// The read-back before a step, and the head's PIN under what a helper typed, over HTTP.
#include <gmock/gmock.h>

#include "assembly/assembly.h"
#include "assembly/pages.h"
#include "assembly/rows.h"
#include "people/demo.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/units.h"
#include "web/testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

class HelperWeb : public testing::Test {
 protected:
  HelperWeb()
      : server(
            [](web::Router& router) {
              routes(router);
              people::routes(router);
            },
            options(), store::Engine::sqlite, true) {
    people::set_password_cost({.operations = 1, .memory_bytes = 8192});
    at(2026, 12, 8, 8);
    people::demo_people(*server.store, *server.keys);
    village = server.store->read([&](store::Reader& r) {
      return people::search_units(r, "bản Nà Cá", make_date(2026, 12, 8), 1).at(0).unit.id.text();
    });
    head = cookie("truong.naca");
    helper = cookie("thuky.naca");
  }
  web::ServerOptions options() {
    web::ServerOptions o;
    o.viewer_of = [this](std::string_view token, Instant now) {
      return people::viewer_of(*server.store, token, now);
    };
    return o;
  }
  void at(int year, unsigned month, unsigned day, int hour) {
    server.store.clock.set(at_local(make_date(year, month, day), hour, 0));
  }
  std::string cookie(const std::string& user) {
    web::Answer in =
        server.post("/dang-nhap", "user=" + user + "&password=" + std::string(people::demo_password));
    EXPECT_EQ(in.status, 303) << in.body;
    std::string set = in.header("set-cookie");
    return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
  }
  // Sends a helper's form, then again with the head's PIN: where it leads.
  std::string confirmed(const std::string& path, const std::string& form) {
    web::Answer asked = server.post(path, form, helper);
    EXPECT_EQ(asked.status, 200) << path;
    EXPECT_THAT(asked.body, HasSubstr("name=\"pin\"")) << path;
    web::Answer done =
        server.post(path, form + "&confirmed=true&pin=" + std::string(people::demo_pin), helper);
    EXPECT_EQ(done.status, 303) << path << done.body;
    return done.header("location");
  }
  std::int64_t motions() {
    static const store::Statement count{"SELECT count(*) FROM motion"};
    return server.store->read([&](store::Reader& r) { return r.count(count); });
  }

  web::TestServer server;
  std::string village, head, helper;
};

const std::string proposal = "title=Gio%20phat%20loa&asked=Loa%20phat%20tu%205%20gio&other=true";

TEST_F(HelperWeb, WhatAHelperProposesIsReadBackAndConfirmed) {
  const std::string path = "/thon/" + village + "/viec/moi";
  EXPECT_EQ(server.get(path, helper).status, 200);
  web::Answer wrong = server.post(path, "title=&asked=Loa%20phat", helper);
  EXPECT_EQ(wrong.status, 422) << "mistakes come before the PIN";
  EXPECT_THAT(wrong.body, HasSubstr("Loa phat"));
  EXPECT_THAT(wrong.body, Not(HasSubstr("name=\"pin\"")));

  web::Answer asked = server.post(path, proposal, helper);
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.body, HasSubstr("name=\"pin\""));
  EXPECT_THAT(asked.body, HasSubstr(": Gio phat loa</li>"));
  EXPECT_THAT(asked.body, HasSubstr("name=\"asked\" value=\"Loa phat tu 5 gio\""));
  EXPECT_EQ(motions(), 0) << "nothing was done";

  web::Answer refused = server.post(path, proposal + "&confirmed=true&pin=402817", helper);
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("value=\"Loa phat tu 5 gio\"")) << "what was typed stays";
  EXPECT_THAT(refused.body, Not(HasSubstr("402817")));
  EXPECT_EQ(server.post(path, proposal + "&confirmed=true", helper).status, 200) << "no PIN: asked again";
  EXPECT_EQ(motions(), 0);

  web::Answer mend = server.post(path, proposal + "&confirmed=true&pin=&mend=true", helper);
  EXPECT_EQ(mend.status, 200);
  EXPECT_THAT(mend.body, HasSubstr("value=\"Gio phat loa\""));

  web::Answer done =
      server.post(path, proposal + "&confirmed=true&pin=" + std::string(people::demo_pin), helper);
  ASSERT_EQ(done.status, 303) << done.body;
  web::Answer page = server.get("/en" + done.header("location"));
  EXPECT_THAT(page.body, HasSubstr("entered for the head by the digital helper"));
  EXPECT_THAT(page.body, Not(HasSubstr("Tổ công nghệ số"))) << "no names on an open page";
  EXPECT_EQ(motions(), 1);
}

TEST_F(HelperWeb, TheHeadHimselfNeedsNoPinAndTheHelpersDoorStaysShut) {
  const std::string path = "/thon/" + village + "/viec/moi";
  web::Answer done = server.post(path, proposal, head);
  ASSERT_EQ(done.status, 303) << done.body;
  const std::string matter = done.header("location");
  for (const char* step : {"/thong-nhat", "/thong-nhat-giay", "/rut", "/phan-loai", "/hinh-thuc"})
    EXPECT_EQ(server.get(matter + step, helper).status, 403) << step;
  EXPECT_EQ(server.post(matter + "/thong-nhat", "pin=" + std::string(people::demo_pin), helper).status, 403);
}

TEST_F(HelperWeb, ProgramsAreAskedForThePinToo) {
  const std::string json = "Content-Type: application/json\r\n";
  web::Answer asked =
      server.post("/thon/" + village + "/viec/moi",
                  R"({"title":"Giờ phát loa","asked":"Loa phát từ 5 giờ","other":true})", helper + json);
  EXPECT_EQ(asked.status, 422);
  EXPECT_THAT(asked.body, HasSubstr("\"path\":\"pin\""));
  EXPECT_EQ(motions(), 0);
  web::Answer done =
      server.post("/thon/" + village + "/viec/moi",
                  R"({"title":"Giờ phát loa","asked":"Loa phát từ 5 giờ","other":true,"pin":")" +
                      std::string(people::demo_pin) + "\"}",
                  helper + json);
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(motions(), 1);
}

TEST_F(HelperWeb, AVoteIsReadBackBeforeItCounts) {
  const std::string front = cookie("mt.naca");
  const std::string matter = confirmed("/thon/" + village + "/viec/moi", proposal);
  EXPECT_EQ(server.post(matter + "/thong-nhat", "version=1", front).status, 303);
  const std::string id = matter.substr(matter.rfind('/') + 1);
  const std::string meeting = confirmed("/thon/" + village + "/hop/moi",
                                        "starts=2026-12-12T19:30&place=Nha%20van%20hoa&chair=Truong%20ban&"
                                        "contact=0912&motions.1=" +
                                            id);
  confirmed(meeting + "/thong-bao", "channel=invitation&posted_at=Nha%20van%20hoa");
  at(2026, 12, 12, 20);
  helper = cookie("thuky.naca");
  head = cookie("truong.naca");
  const std::string list = server.get(meeting + "/diem-danh", helper).body;
  std::string here;
  int ticked = 0;
  for (std::size_t i = list.find("name=\"here\""); i != std::string::npos && ticked < 74;
       i = list.find("name=\"here\"", i + 1), ++ticked) {
    const std::size_t value = list.find("value=\"", i) + 7;
    here += (here.empty() ? "here=" : "&here=") + list.substr(value, list.find('"', value) - value);
  }
  EXPECT_EQ(server.post(meeting + "/diem-danh", here, helper).status, 303) << "ticks need no PIN";
  confirmed(meeting + "/mo", "secretary=Ca%20Thi%20Hac&secretary_yes=60&method=hands&method_yes=60");

  const std::string numbers = "present=74&yes=58&no=14&other=2";
  web::Answer asked = server.post("/en" + matter + "/bieu-quyet", numbers, helper);
  EXPECT_THAT(asked.body, HasSubstr("58 households agree"));
  EXPECT_THAT(asked.body, HasSubstr("name=\"pin\""));
  confirmed(matter + "/bieu-quyet", numbers);

  web::Answer own =
      server.post("/en" + matter + "/bieu-quyet", "present=74&yes=20&no=52&other=2&version=1", head);
  EXPECT_EQ(own.status, 200);
  EXPECT_THAT(own.body, HasSubstr("20 households agree"));
  EXPECT_THAT(own.body, Not(HasSubstr("name=\"pin\""))) << "the head is asked whether it is right, no more";
  web::Answer conclude = server.get("/en" + meeting + "/ket-luan", head);
  EXPECT_THAT(conclude.body, HasSubstr("58 households agree")) << "nothing was changed by the read-back";
  EXPECT_EQ(server.post(matter + "/bieu-quyet", numbers + "&version=1&confirmed=true", head).status, 303);
  confirmed(meeting + "/ket-luan", "title=resolution");
  EXPECT_THAT(server.get(matter + ".json").body, HasSubstr("\"state\":\"passed\""));
}

}  // namespace
}  // namespace danchu::assembly
