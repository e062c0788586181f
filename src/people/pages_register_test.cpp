// Household registers and lists over HTTP.
#include <gmock/gmock.h>

#include "people/household_list.h"
#include "people/household_register.h"
#include "people/people_web_testing.h"

namespace danchu::people {
namespace {

using testing::HasSubstr;
using testing::Not;

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
  std::string hin = village_called("bản Nà Hin");
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
  std::string hin = village_called("bản Nà Hin");
  web::Answer drafted = server.post("/thon/" + hin + "/ho/lap-danh-sach", "closed_on=2026-12-06", head);
  ASSERT_EQ(drafted.status, 303) << drafted.body;
  std::string list = drafted.header("location");
  EXPECT_EQ(server.get(list, head).status, 200);
  const std::string offer = "/thon/" + hin + "/ho/lap-danh-sach";
  EXPECT_THAT(server.get("/thon/" + hin + "/ho", head).body, HasSubstr(offer)) << "nobody has locked it";
  EXPECT_EQ(server.post(list + "/chot", "as=head", head).status, 422) << "posted where?";
  EXPECT_EQ(
      server.post(list + "/chot", "as=head&posted_on=2026-12-06&posted_at=Nha%20van%20hoa", head).status,
      303);
  EXPECT_THAT(server.get("/thon/" + hin + "/ho", head).body, Not(HasSubstr(offer))) << "one waits";
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

// No article sets the time of posting (HHL-01): the officer's page asks for the reason that shortens it.
TEST_F(PeopleWeb, AListIsConfirmedBeforeTheTimeIsOverWithAReason) {
  const std::string head = cookie("truong.nahin"), front = cookie("mt.nahin"),
                    officer = cookie("canbo.muongbu");
  const std::string drafted =
      server.post("/thon/" + village_called("bản Nà Hin") + "/ho/lap-danh-sach", "closed_on=2026-12-07", head)
          .header("location");
  ASSERT_EQ(
      server.post(drafted + "/chot", "as=head&posted_on=2026-12-07&posted_at=Nha%20van%20hoa", head).status,
      303);
  ASSERT_EQ(server.post(drafted + "/chot", "as=front", front).status, 303);
  const web::Answer page = server.get(drafted, officer);
  EXPECT_THAT(page.body, HasSubstr(drafted + "/xac-nhan"));
  EXPECT_THAT(page.body, HasSubstr("name=\"reason\""));
  EXPECT_THAT(server.get(drafted, head).body, Not(HasSubstr(drafted + "/xac-nhan"))) << "not his step";
  EXPECT_EQ(server.post(drafted + "/xac-nhan", "reason=Hop%20gap%20vi%20lu", officer).status, 303);
  EXPECT_THAT(server.get(drafted, head).body, HasSubstr("Hop gap vi lu")) << "everybody reads why";
}

TEST_F(PeopleWeb, ALineWrittenWronglyIsShownAsItStandsAndOnlyThatIsMended) {
  const std::string me = cookie("truong.naca");
  const Household h = server.store->read(
      [&](store::Reader& r) { return households(r, *Id<Unit>::from_text(village)).at(4); });
  const std::string path = "/thon/" + village + "/ho/" + h.id.text() + "/sua";
  EXPECT_THAT(server.get("/thon/" + village + "/ho", me).body, HasSubstr(path));
  const web::Answer page = server.get(path, me);
  for (const std::string& text : {h.head.value, h.beside.value, h.house.value})
    EXPECT_THAT(page.body, HasSubstr("value=\"" + text + "\""));
  EXPECT_EQ(server.get(path, cookie("mt.naca")).status, 403);
  const std::string form = "head=Lo%20Van%20Dung&house=5&happened=2026-12-08&paper=Giay";
  EXPECT_EQ(server.post(path, form, me).status, 303);
  const Household mended = server.store->read([&](store::Reader& r) { return *household(r, h.id); });
  EXPECT_EQ(mended.head.value, "Lo Van Dung");
  EXPECT_EQ(mended.house.value, "5");
  EXPECT_EQ(mended.beside.value, "") << "left empty on the page that showed it";
  EXPECT_EQ(mended.number, h.number);
  EXPECT_THAT(server.get("/thon/" + village + "/ho/thay-doi", me).body,
              Not(HasSubstr("value=\"corrected\"")));
}

// Who looks at names leaves a line, wherever they stand (practice P115).
TEST_F(PeopleWeb, LookingAtNamesIsNoted) {
  const std::string head = cookie("truong.naca"), officer = cookie("canbo.muongbu");
  const std::string ho = "/thon/" + village + "/ho";
  const auto [list, household] = server.store->read([&](store::Reader& r) {
    const Id<Unit> id = *Id<Unit>::from_text(village);
    return std::pair(list_of(r, id)->id.text(), households(r, id).at(0).id.text());
  });
  static const store::Statement noted{"SELECT count(*) FROM access_log WHERE what = $1"};
  for (const auto& [path, who, what] :
       {std::tuple(ho, head, "register"), std::tuple(ho + "/thay-doi", head, "register-change"),
        std::tuple(ho + "/" + household + "/sua", head, "register-change"),
        std::tuple(ho + "/tai-ve", head, "export"),
        std::tuple("/thon/" + village + "/danh-sach/" + list, officer, "list"),
        std::tuple("/thon/" + village + "/danh-sach/" + list + "/dinh-chinh", officer, "list-correct")}) {
    const auto count = [&] {
      return server.store->read([&](store::Reader& r) { return r.count(noted, std::string(what)); });
    };
    const std::int64_t before = count();
    EXPECT_EQ(server.get(path, who).status, 200) << path;
    EXPECT_EQ(count(), before + 1) << path;
  }
}

}  // namespace
}  // namespace danchu::people
