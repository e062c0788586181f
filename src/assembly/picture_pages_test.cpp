// Pictures of signed papers over HTTP, on the demonstration's matters.
#include <gmock/gmock.h>

#include "assembly/demo.h"
#include "assembly/pages.h"
#include "assembly/pictures.h"
#include "paper/photograph_testing.h"
#include "people/accounts.h"
#include "people/demo.h"
#include "people/password.h"
#include "people/sessions.h"
#include "web/testing.h"

namespace danchu::assembly {
namespace {

using people::Role;
using testing::HasSubstr;
using testing::Not;

const store::Statement find_by_title{"SELECT id FROM motion WHERE title = $1", "test"};

class PicturePages : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    people::set_password_cost({.operations = 1, .memory_bytes = 8192});
    server = new web::TestServer(routes, {}, store::Engine::sqlite, true);
    const Instant now = at_local(make_date(2026, 11, 24), 9, 0);
    server->store.clock.set(demo_begins(now));
    people::demo_people(*server->store, *server->keys);
    demo_stories(*server->store, *server->keys, server->store.clock, now);
    road = motion_called("Góp làm đường nội bản");
    cattle = motion_called("Quy định nơi thả trâu bò");
    sign_in("head", Role::village_head, road);
    sign_in("front", Role::village_front, road);
    sign_in("officer", Role::commune_officer, road, true);
    sign_in("other", Role::village_head, cattle);
  }
  static void TearDownTestSuite() { delete server; }

  static Id<Motion> motion_called(const std::string& title) {
    return server->store->read(
        [&](store::Reader& r) { return r.first(find_by_title, title)->id<Motion>(0); });
  }
  static void sign_in(const std::string& token, Role role, Id<Motion> of, bool commune = false) {
    server->sessions[token] = server->store->read([&](store::Reader& r) {
      const Date today = server->store.clock.today();
      Id<people::Unit> unit = motion(r, of)->village;
      if (commune) unit = people::commune_of(r, unit)->id;
      return people::viewer_for(r, people::holder(r, role, unit, today).value(), today);
    });
  }
  static std::string as(const std::string& token) { return "Cookie: danchu=" + token + "\r\n"; }
  static std::string page_of(Id<Motion> id) { return "/viec/" + id.text(); }
  static std::vector<store::Attachment> kept_of(Id<Motion> id) {
    return server->store->read([&](store::Reader& r) { return pictures_of(r, id); });
  }
  static std::string picture_of(Id<Motion> id, Id<store::Attachment> picture) {
    return page_of(id) + "/giay-da-ky/" + picture.text();
  }
  // The form of a signature with these files, as a browser sends it.
  static web::Answer sign(const std::string& token, Id<Motion> id, const std::vector<SentFile>& files,
                          const std::string& household = "Hờ A Một") {
    const std::string boundary = "----danchu";
    std::string body;
    auto part = [&](const std::string& head, const std::string& bytes) {
      body += "--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + bytes + "\r\n";
    };
    part("name=\"signed_on\"", "2026-11-20");
    part("name=\"household_1\"", household);
    part("name=\"household_2\"", "Hờ A Hai");
    part("name=\"reference\"", "Sổ 2026, tờ 9");
    for (const SentFile& file : files)
      part("name=\"pictures\"; filename=\"" + file.name + "\"\r\nContent-Type: image/jpeg", file.bytes);
    body += "--" + boundary + "--\r\n";
    return server->post(page_of(id) + "/ky", body,
                        as(token) + "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n");
  }

  static inline web::TestServer* server = nullptr;
  static inline Id<Motion> road, cattle;
};

TEST_F(PicturePages, TheOpenPageSaysOnlyThatThePaperIsKeptAndItsHash) {
  ASSERT_EQ(kept_of(road).size(), 1u);
  web::Answer page = server->get(page_of(road));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr(kept_of(road)[0].sha256.value));
  EXPECT_THAT(page.body, Not(HasSubstr("giay-da-ky")));
  web::Answer json = server->get(page_of(road) + ".json");
  EXPECT_THAT(json.body, HasSubstr(kept_of(road)[0].sha256.value));
  EXPECT_THAT(json.body, Not(HasSubstr("giay-da-ky")));
}

TEST_F(PicturePages, OfficersOfTheVillageAndItsCommuneSeeThem) {
  const std::string picture = picture_of(road, kept_of(road)[0].id);
  for (const char* who : {"head", "front", "officer"}) {
    EXPECT_THAT(server->get(page_of(road), as(who)).body, HasSubstr(picture)) << who;
    web::Answer answer = server->get(picture, as(who));
    EXPECT_EQ(answer.status, 200) << who;
    EXPECT_EQ(answer.header("content-type"), "image/png");
    EXPECT_EQ(answer.header("cache-control"), "private, no-store");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_THAT(answer.header("content-disposition"), HasSubstr("inline; filename=\"giay-da-ky-"));
    EXPECT_THAT(answer.head, HasSubstr("Content-Security-Policy: sandbox; default-src 'none'"));
    EXPECT_EQ(store::sha256_hex(answer.body), kept_of(road)[0].sha256.value);
  }
}

TEST_F(PicturePages, NobodyElseDoes) {
  const std::string picture = picture_of(road, kept_of(road)[0].id);
  web::Answer stranger = server->get(picture);
  EXPECT_EQ(stranger.status, 303) << "to the sign-in page";
  EXPECT_EQ(server->get(picture, "Accept: application/json\r\n").status, 401);
  EXPECT_EQ(server->get(picture, as("other")).status, 403);
  EXPECT_THAT(server->get(page_of(road), as("other")).body, Not(HasSubstr("giay-da-ky")));
}

TEST_F(PicturePages, AnIdOfAnotherVillageLeadsNowhere) {
  EXPECT_EQ(server->get(picture_of(cattle, kept_of(road)[0].id), as("other")).status, 404);
  EXPECT_EQ(server->get(picture_of(cattle, {4711}), as("other")).status, 404);
  EXPECT_EQ(server->get(picture_of({4711}, kept_of(road)[0].id), as("other")).status, 404);
}

TEST_F(PicturePages, TheFormTakesPicturesWithoutScripts) {
  web::Answer form = server->get(page_of(cattle) + "/ky", as("other"));
  EXPECT_EQ(form.status, 200);
  EXPECT_THAT(form.body, HasSubstr("enctype=\"multipart/form-data\""));
  EXPECT_THAT(form.body, HasSubstr("accept=\"image/*,application/pdf\" multiple"));
  EXPECT_THAT(form.body, Not(HasSubstr("name=\"hash\"")));
}

TEST_F(PicturePages, WhatIsWrongStandsBesideTheFieldAndNothingTypedIsLost) {
  const SentFile good{"1.jpg", paper::small_jpeg()};
  struct {
    std::vector<SentFile> files;
    const char* says;
  } const table[] = {
      {{{"giay.jpg", "<svg onload=alert(1)>"}}, "“giay.jpg” không phải là ảnh"},
      {{{"giay.jpg", ""}}, "“giay.jpg” là tệp rỗng"},
      {{{"giay.jpg", "\xFF\xD8\xFF" + std::string(largest_file, 'x')}}, "“giay.jpg” quá lớn: tối đa 8 MB"},
      {{{"giay.jpg", paper::small_jpeg().substr(0, 80)}}, "“giay.jpg” bị thiếu hoặc hỏng"},
      {{good, good, good, good, good, good, good}, "tối đa 6 tệp"},
  };
  for (const auto& line : table) {
    web::Answer answer = sign("other", cattle, line.files);
    EXPECT_EQ(answer.status, 422) << line.says;
    EXPECT_THAT(answer.body, HasSubstr(line.says));
    EXPECT_THAT(answer.body, HasSubstr("id=\"pictures-error\"")) << line.says;
    EXPECT_THAT(answer.body, HasSubstr("href=\"#pictures\""));
    EXPECT_THAT(answer.body, HasSubstr("value=\"Hờ A Một\""));
    EXPECT_THAT(answer.body, HasSubstr("value=\"Sổ 2026, tờ 9\""));
  }
  web::Answer typed = sign("other", cattle, {good}, "");
  EXPECT_EQ(typed.status, 422);
  EXPECT_THAT(typed.body, HasSubstr("id=\"pictures-again\"")) << "the picture must be chosen again";
  EXPECT_EQ(kept_of(cattle).size(), 0u);
}

TEST_F(PicturePages, AJsonClientIsToldToSendAFile) {
  web::Answer answer = server->post(
      page_of(cattle) + "/ky",
      R"({"signed_on":"2026-11-20","household_1":"a","household_2":"b","reference":"c","pictures":["x"]})",
      as("other") + "Content-Type: application/json\r\n");
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("\"path\":\"pictures\""));
}

TEST_F(PicturePages, WhoDoesNotSayWhoHeIsSendsNothingLarge) {
  web::Answer answer = server->post(page_of(cattle) + "/ky", std::string(100'000, 'x'));
  EXPECT_EQ(answer.status, 413);
}

TEST_F(PicturePages, Z_ThenTheSignedPaperIsKept) {
  web::Answer answer =
      sign("other", cattle,
           {{"IMG.jpg", paper::small_jpeg(paper::exif_with_place(6))}, {"scan.pdf", "%PDF-1.7\n%%EOF\n"}});
  EXPECT_EQ(answer.status, 303) << answer.body;
  auto kept = kept_of(cattle);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[1].media_type.value, "application/pdf");
  web::Answer pdf = server->get(picture_of(cattle, kept[1].id), as("other"));
  EXPECT_THAT(pdf.header("content-disposition"), HasSubstr("attachment"));
  EXPECT_EQ(pdf.body, "%PDF-1.7\n%%EOF\n");
  EXPECT_THAT(acts::verify(*server->store).findings, testing::IsEmpty());
}

}  // namespace
}  // namespace danchu::assembly
