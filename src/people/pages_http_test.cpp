// The room's pages over HTTP, on the demonstration's people.
#include <gmock/gmock.h>

#include "people/contact.h"
#include "people/demo.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/units.h"
#include "web/testing.h"

namespace danchu::people {
namespace {

using testing::HasSubstr;
using testing::Not;

class PeopleWeb : public testing::Test {
 protected:
  PeopleWeb() : server(routes, options(), store::Engine::sqlite, true) {
    set_password_cost({.operations = 1, .memory_bytes = 8192});
    server.store.clock.set(at_local(make_date(2026, 12, 8), 8, 0));
    demo_people(*server.store, *server.keys);
    village = server.store->read([&](store::Reader& r) {
      return search_units(r, "bản Nà Cá", make_date(2026, 12, 8), 1).at(0).unit.id.text();
    });
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

  web::TestServer server;
  std::string village;
};

TEST_F(PeopleWeb, ANewcomerSignsInWithADemoAccount) {
  web::Answer page = server.get("/dang-nhap");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("truong.naca"));
  EXPECT_THAT(page.body, HasSubstr(std::string(demo_pin)));
  EXPECT_THAT(page.body, HasSubstr(code("canbo.muongbu")));
  web::Answer in = sign_in_as("canbo.muongbu", std::string(demo_password));
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(in.header("location"), "/tai-khoan");
  EXPECT_THAT(in.header("set-cookie"), HasSubstr("HttpOnly"));
  web::Answer account = server.get("/tai-khoan", cookie("canbo.muongbu"));
  EXPECT_EQ(account.status, 200);
  EXPECT_THAT(account.body, HasSubstr("xã Mường Bú"));
}

TEST_F(PeopleWeb, AWrongPasswordSaysSoAndKeepsTheName) {
  web::Answer wrong = sign_in_as("truong.naca", "wrong-password");
  EXPECT_GE(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"truong.naca\""));
  EXPECT_THAT(wrong.body, Not(HasSubstr("wrong-password")));
  EXPECT_EQ(wrong.header("set-cookie"), "");
}

TEST_F(PeopleWeb, SigningInNeverLeadsToAnotherSite) {
  for (const char* next : {"//evil.example", "https://evil.example", "/\\evil.example"}) {
    web::Answer in = server.post("/dang-nhap",
                                 "user=truong.naca&password=" + std::string(demo_password) + "&next=" + next);
    EXPECT_EQ(in.header("location"), "/ban-lam-viec") << next;
  }
}

// Where nobody is at home is for those who keep the village's lists.
TEST_F(PeopleWeb, AHouseholdReadsNoCircumstancesOfItsNeighbours) {
  const std::string path = "/thon/" + village + "/ho";
  const std::string head = cookie("truong.naca");
  EXPECT_THAT(server.get(path + ".json", head).body, HasSubstr("\"circumstance\":\"away"));
  EXPECT_THAT(server.get(path, head).body, HasSubstr("Cả hộ đi làm ăn xa"));
  const std::string household = cookie("ho.naca.1");
  const std::string json = server.get(path + ".json", household).body,
                    html = server.get(path, household).body;
  EXPECT_THAT(json, HasSubstr("\"circumstance\":null"));
  EXPECT_THAT(json, Not(HasSubstr("\"circumstance\":\"")));
  EXPECT_THAT(json, Not(HasSubstr("\"temporary\":true")));
  EXPECT_THAT(html, HasSubstr("Lò"));
  EXPECT_THAT(html, Not(HasSubstr("đi làm ăn xa")));
}

// Who signs in for a form that waits in another tab is told to go back to it.
TEST_F(PeopleWeb, AfterSigningInForAFormOnePageSaysToGoBack) {
  EXPECT_EQ(server.get("/dang-nhap/quay-lai").status, 303);
  EXPECT_THAT(server.get("/dang-nhap/quay-lai", cookie("truong.naca")).body, HasSubstr("Gửi lại"));
  web::Answer kept = server.post("/tai-khoan/mat-khau", "old_password=hush-hush&password=new-secret");
  EXPECT_EQ(kept.status, 401);
  EXPECT_THAT(kept.body, HasSubstr("target=\"_blank\""));
  EXPECT_THAT(kept.body, Not(HasSubstr("hush-hush")));
  EXPECT_THAT(kept.body, Not(HasSubstr("new-secret")));
}

TEST_F(PeopleWeb, SignInsAreReadByWhoMayInspectThem) {
  const std::string head = cookie("truong.naca"), officer = cookie("canbo.muongbu"), state = cookie("tinh");
  auto unit_of = [&](const char* code) {
    return server.store->read(
        [&](store::Reader& r) { return unit_by_code(r, code, make_date(2026, 12, 8))->id.text(); });
  };
  const std::string commune = "/can-bo/" + unit_of("03847") + "/nhat-ky-dang-nhap";
  const std::string province = "/can-bo/" + unit_of("14") + "/nhat-ky-dang-nhap";
  EXPECT_THAT(server.get(commune, officer).body, HasSubstr("truong.naca"));
  EXPECT_THAT(server.get(commune, officer).body, Not(HasSubstr("tinh)")));
  EXPECT_EQ(server.get(province, officer).status, 403);
  EXPECT_EQ(server.get(commune, head).status, 403);
  EXPECT_EQ(server.get("/can-bo/" + unit_of("04048") + "/nhat-ky-dang-nhap", officer).status, 403);
  const web::Answer all = server.get(province, state);
  EXPECT_THAT(all.body, HasSubstr("(tinh)"));
  EXPECT_THAT(all.body, HasSubstr("/yeu-to-thu-hai"));
  EXPECT_THAT(server.get(province + ".json?tai_khoan=truong.naca", state).body,
              HasSubstr("\"outcome\":\"ok\",\"what\":\"Đăng nhập bằng mật khẩu\""));
  const web::Answer none = server.get(province + "?tai_khoan=khong.co", state);
  EXPECT_EQ(none.status, 422);
  EXPECT_THAT(none.body, HasSubstr("value=\"khong.co\""));
  EXPECT_THAT(server.get("/tai-khoan", head).body, HasSubstr("Đăng nhập bằng mật khẩu")) << "his own";
  const std::string factor = province.substr(0, province.rfind('/')) + "/yeu-to-thu-hai";
  EXPECT_EQ(server.post(factor, "second_factor=totp", officer).status, 403);
  EXPECT_EQ(server.post(factor, "second_factor=totp", state).status, 303);
  EXPECT_THAT(server.get("/tai-khoan", head).body, HasSubstr("/tai-khoan/xac-thuc"));
  EXPECT_EQ(server.get("/thon/" + village + "/ho", head).status, 403) << "nothing before it is set up";
}

TEST_F(PeopleWeb, WhoMustWaitIsToldHowLong) {
  web::Answer last;
  for (int i = 0; i <= free_failures; ++i) last = sign_in_as("truong.naca", "wrong-password");
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(last.header("retry-after"), "10");
}

TEST_F(PeopleWeb, SigningOutEndsTheSession) {
  std::string me = cookie("truong.naca");
  EXPECT_EQ(server.post("/dang-xuat", "", me).status, 303);
  EXPECT_EQ(server.get("/tai-khoan", me).status, 303) << "sent to the sign-in page";
  EXPECT_EQ(server.get("/tai-khoan.json", me).status, 401);
}

// The cookie of that name as a request sends it back; empty when it was not set.
std::string cookie_named(const web::Answer& answer, const std::string& name) {
  const std::size_t at = answer.head.find(": " + name + "=");
  return at == std::string::npos ? "" : answer.head.substr(at + 2, answer.head.find(';', at) - at - 2);
}

TEST_F(PeopleWeb, ARememberedTelephoneAsksForThePinOnly) {
  std::string me = cookie("truong.naca");
  EXPECT_EQ(server.get("/tai-khoan/ma-pin", me).status, 200);
  EXPECT_EQ(server.get("/tai-khoan/ma-pin", cookie("canbo.muongbu")).status, 403);
  web::Answer wrong = server.post("/tai-khoan/nho-may", "pin=402817", me);
  EXPECT_EQ(wrong.status, 403);
  EXPECT_THAT(wrong.body, Not(HasSubstr("402817")));
  web::Answer weak = server.post("/tai-khoan/ma-pin",
                                 "password=" + std::string(demo_password) + "&pin=123456&again=123456", me);
  EXPECT_EQ(weak.status, 422);
  web::Answer done = server.post("/tai-khoan/nho-may", "pin=" + std::string(demo_pin), me);
  ASSERT_EQ(done.status, 303) << done.body;
  const std::string device = cookie_named(done, "danchu-device");
  ASSERT_NE(device, "");
  EXPECT_THAT(server.get("/tai-khoan", me.substr(0, me.size() - 2) + "; " + device + "\r\n").body,
              HasSubstr("/tai-khoan/quen-may"));

  const std::string phone = "Cookie: " + device + "\r\nSec-Fetch-Site: same-origin\r\n";
  web::Answer page = server.get("/en/dang-nhap?ve=/tai-khoan", phone);
  EXPECT_THAT(page.body, HasSubstr("Hello "));
  EXPECT_THAT(page.body, Not(HasSubstr("name=\"password\"")));
  EXPECT_THAT(page.header("cache-control"), HasSubstr("no-store")) << "it names a person";
  EXPECT_THAT(server.get("/dang-nhap?cach=mat-khau", phone).body, HasSubstr("name=\"password\""));
  EXPECT_THAT(server.get("/dang-nhap").body, HasSubstr("name=\"password\""));

  web::Answer in =
      server.post("/dang-nhap/pin", "pin=" + std::string(demo_pin) + "&next=//evil.example", phone);
  EXPECT_EQ(in.status, 303) << in.body;
  EXPECT_EQ(in.header("location"), "/ban-lam-viec");
  const std::string session = cookie_named(in, "danchu"), next = cookie_named(in, "danchu-device");
  EXPECT_NE(next, device);
  EXPECT_EQ(server.get("/tai-khoan", "Cookie: " + session + "\r\n").status, 200);
  web::Answer foreign = server.post("/dang-nhap/pin", "pin=" + std::string(demo_pin),
                                    "Cookie: " + next + "\r\nSec-Fetch-Site: cross-site\r\n");
  EXPECT_EQ(foreign.status, 403) << "sent from another site";
}

TEST_F(PeopleWeb, FiveWrongPinsLeadBackToThePassword) {
  web::Answer done = server.post("/tai-khoan/nho-may", "pin=" + std::string(demo_pin), cookie("truong.naca"));
  const std::string phone =
      "Cookie: " + cookie_named(done, "danchu-device") + "\r\nSec-Fetch-Site: same-origin\r\n";
  for (int i = 0; i < 4; ++i) {
    web::Answer wrong = server.post("/dang-nhap/pin", "pin=402817&next=/tai-khoan", phone);
    EXPECT_EQ(wrong.status, 401);
    EXPECT_THAT(wrong.body, HasSubstr("name=\"pin\""));
    EXPECT_THAT(wrong.body, HasSubstr("value=\"/tai-khoan\""));
  }
  web::Answer last = server.post("/dang-nhap/pin", "pin=402817", phone);
  EXPECT_THAT(last.body, HasSubstr("name=\"password\""));
  EXPECT_EQ(cookie_named(last, "danchu-device"), "danchu-device=");
  EXPECT_THAT(server.get("/dang-nhap", phone).body, HasSubstr("name=\"password\""));
}

TEST_F(PeopleWeb, NamesAreForTheVillageOnly) {
  std::string path = "/thon/" + village + "/ho";
  EXPECT_EQ(server.get(path).status, 303);
  EXPECT_EQ(server.get(path, cookie("truong.naca")).status, 200);
  EXPECT_EQ(server.get(path, cookie("ho.naca.1")).status, 200);
  EXPECT_EQ(server.get(path, cookie("tinh")).status, 403) << "the province has no business with names";
  EXPECT_EQ(server.get(path + "/thay-doi", cookie("ho.naca.1")).status, 403);
  EXPECT_EQ(server.get(path + "/tai-ve", cookie("mt.naca")).status, 403);
  EXPECT_EQ(server.get("/thon/0000000000000/ho", cookie("truong.naca")).status, 404);
  web::Answer file = server.get(path + "/tai-ve", cookie("truong.naca"));
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(file.header("content-type"), HasSubstr("text/csv"));
}

TEST_F(PeopleWeb, AnImportThatIsRefusedSaysWhy) {
  web::Answer refused =
      server.post("/thon/" + village + "/ho/nhap",
                  "csv=chu+ho%0AGiang+A+Moi%0A&happened=2199-01-01&paper=Danh+sach&confirmed=true",
                  cookie("truong.naca"));
  EXPECT_GE(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("Ngày này chưa đến"));
  EXPECT_THAT(refused.body, HasSubstr("Giang A Moi")) << "what was typed is kept";
}

// Each line of the file stands in a line of its own in what the page sends back to be confirmed.
TEST_F(PeopleWeb, AnImportIsPreviewedAndConfirmedLineByLine) {
  const std::string csv = "số nhà,chủ hộ\r\n95,Giàng A Mới\r\n96,Giàng A Cũ\r\n";
  const std::string body =
      "--B\r\nContent-Disposition: form-data; name=\"happened\"\r\n\r\n2026-12-01\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"paper\"\r\n\r\nDanh sách\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ho.csv\"\r\n"
      "Content-Type: text/csv\r\n\r\n" +
      csv + "\r\n--B--\r\n";
  const web::Answer shown =
      server.post("/thon/" + village + "/ho/nhap", body,
                  cookie("truong.naca") + "Content-Type: multipart/form-data; boundary=B\r\n");
  EXPECT_THAT(shown.body, HasSubstr("Giàng A Cũ"));
  EXPECT_THAT(shown.body, HasSubstr("\r\n96,Giàng A Cũ")) << "as the page sends it to be confirmed";
}

TEST_F(PeopleWeb, TheHeadSeesAndSearchesTheRegister) {
  std::string me = cookie("truong.naca");
  web::Answer page = server.get("/thon/" + village + "/ho", me);
  EXPECT_THAT(page.body, HasSubstr("87"));
  EXPECT_THAT(page.body, HasSubstr("Lò Thị Pâng"));
  web::Answer found = server.get("/thon/" + village + "/ho?q=bà%20cụ%20ở%20một%20mình", me);
  EXPECT_THAT(found.body, HasSubstr("Lò Thị Pâng"));
  EXPECT_EQ(server.get("/thon/" + village + "/ho/thay-doi", me).status, 200);
}

TEST_F(PeopleWeb, AListIsCheckedAndThenImported) {
  std::string me = cookie("truong.nahin");
  std::string hin = server.store->read([&](store::Reader& r) {
    return search_units(r, "bản Nà Hin", make_date(2026, 12, 8), 1).at(0).unit.id.text();
  });
  std::string path = "/thon/" + hin + "/ho/nhap";
  std::string csv = "stt%2Cch%E1%BB%A7%20h%E1%BB%99%0A901%2CLo%20A%0A902%2C";
  std::string rest = "&happened=2026-12-01&paper=Danh%20sach";
  web::Answer preview = server.post(path, "csv=" + csv + rest, me);
  EXPECT_EQ(preview.status, 200);
  EXPECT_THAT(preview.body, Not(HasSubstr("name=\"confirmed\"")));
  preview = server.post(path, "csv=" + csv + "Lo%20B" + rest, me);
  EXPECT_EQ(preview.status, 200);
  EXPECT_THAT(preview.body, HasSubstr("name=\"confirmed\""));
  web::Answer done = server.post(path, "csv=" + csv + "Lo%20B" + rest + "&confirmed=true", me);
  EXPECT_EQ(done.status, 303) << done.body;
  EXPECT_THAT(server.get("/thon/" + hin + "/ho", me).body, HasSubstr("Lo B"));
}

TEST_F(PeopleWeb, AListGoesThroughItsStepsOnTheWeb) {
  std::string head = cookie("truong.nahin"), front = cookie("mt.nahin"), officer = cookie("canbo.muongbu");
  std::string hin = server.store->read([&](store::Reader& r) {
    return search_units(r, "bản Nà Hin", make_date(2026, 12, 8), 1).at(0).unit.id.text();
  });
  web::Answer drafted = server.post("/thon/" + hin + "/ho/lap-danh-sach", "closed_on=2026-12-08", head);
  ASSERT_EQ(drafted.status, 303) << drafted.body;
  std::string list = drafted.header("location");
  EXPECT_EQ(server.get(list, head).status, 200);
  EXPECT_EQ(server.post(list + "/chot", "as=head", head).status, 422) << "posted where?";
  EXPECT_EQ(
      server.post(list + "/chot", "as=head&posted_on=2026-12-06&posted_at=Nha%20van%20hoa", head).status,
      303);
  EXPECT_GE(server.post(list + "/chot", "as=front", head).status, 400);
  EXPECT_GE(server.post(list + "/xac-nhan", "", officer).status, 400) << "the Front has not locked";
  EXPECT_EQ(server.post(list + "/chot", "as=front", front).status, 303);
  web::Answer posted = server.get("/en" + list, cookie("mt.nahin"));
  EXPECT_THAT(posted.body, HasSubstr("by the end of 08/12/2026"));
  EXPECT_THAT(posted.body, HasSubstr("HHL-01"));
  web::Answer early = server.post("/en" + list + "/xac-nhan", "", officer);
  EXPECT_EQ(early.status, 422);
  EXPECT_THAT(early.body, HasSubstr("the earliest day to confirm it is 09/12/2026"));
  server.store.clock.set(at_local(make_date(2026, 12, 9), 8, 0));
  officer = cookie("canbo.muongbu");
  EXPECT_EQ(server.post(list + "/xac-nhan", "", officer).status, 303);
  head = cookie("truong.nahin");
  web::Answer page = server.get("/en" + list, officer);
  EXPECT_THAT(page.body, HasSubstr("Confirmed by the commune"));
  EXPECT_EQ(server.get(list + "/dinh-chinh", officer).status, 200);
  EXPECT_EQ(server.get(list + "/dinh-chinh", head).status, 403);
}

// A real installation begins with communes alone (danchu init): its officers enter the villages.
TEST_F(PeopleWeb, AnOfficerEntersAVillageOfHisCommune) {
  std::string officer = cookie("canbo.muongbu"), head = cookie("truong.naca");
  const std::string commune = server.store->read(
      [&](store::Reader& r) { return unit_by_code(r, "03847", make_date(2026, 12, 8))->id.text(); });
  const std::string path = "/can-bo/" + commune + "/thon-moi";
  EXPECT_THAT(server.get("/can-bo/" + commune, officer).body, HasSubstr(path));
  EXPECT_EQ(server.get(path, head).status, 403);
  EXPECT_EQ(server.get(path, officer).status, 200);
  const std::string form = "kind=ban&name=N%C3%A0%20M%E1%BB%9Bi&valid_from=2026-12-01";
  EXPECT_EQ(server.post(path, form, head).status, 403);
  EXPECT_EQ(server.post(path, "kind=tinh&name=X&valid_from=2026-12-01", officer).status, 422);
  EXPECT_EQ(server.post(path, "kind=ban&name=&valid_from=2026-12-01", officer).status, 422);
  EXPECT_EQ(server.post(path, "kind=ban&name=X&valid_from=2031-12-01", officer).status, 422);
  EXPECT_EQ(server.post(path, form, officer).status, 303);
  EXPECT_EQ(server.post(path, form + "&idempotency_key=another", officer).status, 409)
      << "it is there already";
  EXPECT_THAT(server.get("/can-bo/" + commune + "/them", officer).body, HasSubstr("Nà Mới"));
  EXPECT_THAT(acts::verify(*server.store).findings, testing::IsEmpty());
}

TEST_F(PeopleWeb, ACommuneHasItsOwnNumberToCallForHelp) {
  std::string officer = cookie("canbo.muongbu"), head = cookie("truong.naca"), other = cookie("truong.pahoc"),
              province = cookie("tinh");
  auto unit_of = [&](const char* code) {
    return server.store->read(
        [&](store::Reader& r) { return unit_by_code(r, code, make_date(2026, 12, 8))->id; });
  };
  const std::string path = "/can-bo/" + unit_of("03847").text() + "/lien-he";
  EXPECT_EQ(server.get(path, officer).status, 200);
  EXPECT_EQ(server.get(path, other).status, 403);
  EXPECT_EQ(server.get(path, head).status, 403);
  EXPECT_EQ(server.post(path, "phone=abc", officer).status, 422);
  EXPECT_EQ(server.post(path, "phone=02123831234", other).status, 403);
  EXPECT_EQ(server.post(path, "phone=02123831234", officer).status, 303);
  Viewer elsewhere;  // the officer of another commune
  elsewhere.account = {1};
  elsewhere.posts = {{Role::commune_officer, unit_of("03808")}};
  const Id<Unit> muong_bu = unit_of("03847");
  auto refused = server.store->write_official([&](store::Writer& w) {
    return set_contact(w, *server.keys, elsewhere, muong_bu, {Phone{"02129999999"}});
  });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].fault, Fault::denied);
  const std::string call = "tel:02123831234";
  EXPECT_THAT(server.get("/tai-khoan", head).body, HasSubstr(call)) << "every page of its officers";
  EXPECT_THAT(server.get("/tai-khoan", cookie("ho.naca.1")).body, HasSubstr(call)) << "and households";
  EXPECT_THAT(server.get("/tai-khoan", other).body, Not(HasSubstr(call)));
  const Id<Unit> without = unit_of("03808");  // takes its own away: the province's stands there
  EXPECT_TRUE(server.store
                  ->write_official(
                      [&](store::Writer& w) { return set_contact(w, *server.keys, elsewhere, without, {}); })
                  .ok());
  const std::string top = server.store->read(
      [&](store::Reader& r) { return people::province(r, make_date(2026, 12, 8))->id.text(); });
  EXPECT_EQ(server.post("/can-bo/" + top + "/lien-he", "phone=02123999999", province).status, 303);
  EXPECT_THAT(server.get("/dang-nhap").body, HasSubstr("tel:02123999999")) << "the province's, elsewhere";
  EXPECT_THAT(server.get("/tai-khoan", other).body, HasSubstr("tel:02123999999"));
  EXPECT_THAT(server.get("/tai-khoan", head).body, HasSubstr(call));
  EXPECT_THAT(acts::verify(*server.store).findings, testing::IsEmpty());
}

TEST_F(PeopleWeb, AnOfficerMakesAnAccountAndSeesThePasswordOnce) {
  std::string officer = cookie("canbo.muongbu");
  std::string commune = server.store->read(
      [&](store::Reader& r) { return unit_by_code(r, "03847", make_date(2026, 12, 8))->id.text(); });
  EXPECT_EQ(server.get("/can-bo/" + commune, officer).status, 200);
  EXPECT_EQ(server.get("/can-bo/" + commune + "/them", officer).status, 200);
  EXPECT_EQ(server.get("/can-bo/" + commune + "/giao", officer).status, 200);
  EXPECT_EQ(server.get("/can-bo/" + commune, cookie("chutich.muongbu")).status, 403);
  EXPECT_EQ(server.get("/can-bo/" + commune, cookie("truong.naca")).status, 403);
  web::Answer made = server.post(
      "/can-bo/" + commune + "/them",
      "user_name=thuky.moi&display_name=Lo%20Moi&role=helper&unit=" + village + "&valid_from=2026-12-08",
      officer);
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(made.body, HasSubstr("thuky.moi"));
}

}  // namespace
}  // namespace danchu::people
