// Signing in, officers and their settings over HTTP, on the demonstration's people.
#include <gmock/gmock.h>

#include "people/contact.h"
#include "people/people_web_testing.h"

namespace danchu::people {
namespace {

using testing::HasSubstr;
using testing::Not;

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
  const std::string grant = server.get("/can-bo/" + commune + "/giao", officer).body;
  for (const char* offered : {"village_head", "village_front", "helper"})
    EXPECT_THAT(grant, HasSubstr("value=\"" + std::string(offered) + "\""));
  for (const char* not_his : {"household", "commune_officer", "province_officer"})
    EXPECT_THAT(grant, Not(HasSubstr("value=\"" + std::string(not_his) + "\"")));
  EXPECT_THAT(grant, Not(HasSubstr("<option value=\"" + commune + "\"")));
  EXPECT_EQ(
      server
          .post("/can-bo/" + commune + "/giao",
                "user_name=ho.naca.1&role=household&unit=" + village + "&valid_from=2026-12-08", officer)
          .status,
      422);
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
