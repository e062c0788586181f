// This room's pages over HTTP, on the demonstration's people, on 8 December 2026. Only *_test.cpp files
// include this.
#pragma once
#include <gtest/gtest.h>

#include "people/demo.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/units.h"
#include "web/testing.h"

namespace danchu::people {

class PeopleWeb : public testing::Test {
 protected:
  PeopleWeb() : server(routes, options(), store::Engine::sqlite, true) {
    set_password_cost({.operations = 1, .memory_bytes = 8192});
    server.store.clock.set(at_local(make_date(2026, 12, 8), 8, 0));
    demo_people(*server.store, *server.keys);
    village = village_called("bản Nà Cá");
  }
  web::ServerOptions options() {
    web::ServerOptions o;
    o.viewer_of = [this](std::string_view token, Instant now) {
      return viewer_of(*server.store, token, now);
    };
    return o;
  }
  std::string code(const std::string& user) {
    for (const DemoAccount& account :
         server.store->read([&](store::Reader& r) { return demo_accounts(r, server.store.clock.now()); }))
      if (account.user == user) return account.code;
    return "";
  }
  web::Answer sign_in_as(const std::string& user, const std::string& password,
                         const std::string& headers = "") {
    return server.post("/dang-nhap",
                       "user=" + user + "&password=" + password + "&code=" + code(user) + "&next=/tai-khoan",
                       headers);
  }
  // The Cookie header of somebody who signed in.
  std::string cookie(const std::string& user) {
    web::Answer in = sign_in_as(user, std::string(demo_password));
    EXPECT_EQ(in.status, 303) << in.body;
    std::string set = in.header("set-cookie");
    return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
  }

  std::string village_called(const std::string& name) {
    return server.store->read([&](store::Reader& r) {
      return search_units(r, name, make_date(2026, 12, 8), 1).at(0).unit.id.text();
    });
  }

  web::TestServer server;
  std::string village;  // bản Nà Cá
};

}  // namespace danchu::people
