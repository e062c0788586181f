// What a village head meets on his way from the call to the result, over HTTP: the terms he is told of
// before, the papers he can print, the list he finds his people in, and what his page says afterwards.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class MeetingPages : public AssemblyWeb {
 protected:
  void SetUp() override {
    people_only();
    id = taken(assembly().propose(head, village, road(200'000)));
  }
  void agree() { taken(assembly().agree(front, id, seen(id))); }
  Id<Meeting> on_the_evening() {
    agree();
    const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
    at(2026, 12, 12, 19, 30);
    return evening;
  }
  std::string html(const std::string& path, const std::string& user = "truong.naca") {
    return server.get(path, as(user)).body;
  }
  web::Answer send(const std::string& path, const std::string& body,
                   const std::string& user = "truong.naca") {
    return server.post(path, body, as(user));
  }
  Id<Motion> id;
};

TEST_F(MeetingPages, ACallTooEarlyNamesTheFieldTheDayAndTheArticle) {
  agree();
  const std::string path = "/thon/" + village.text() + "/hop/moi";
  EXPECT_THAT(html(path), HasSubstr("11/12/2026"));
  web::Answer refused = send(path,
                             "starts=2026-12-10T19:30&place=Nha+van+hoa&chair=A&contact=0912&"
                             "motions.0=" +
                                 id.text());
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("<a href=\"#starts\">Ngày, giờ họp – "), HasSubstr("11/12/2026"),
                                  HasSubstr("Nghị định 59/2023")));
  // Its days are counted by a rule that nobody has read again: refusal and page say so.
  EXPECT_THAT(refused.body, AllOf(HasSubstr("Bộ luật Dân sự"), HasSubstr("còn phải đối chiếu")));
  EXPECT_THAT(html(path), HasSubstr("(ngày tính theo quy tắc chưa xác nhận)"));
  EXPECT_THAT(refused.body, HasSubstr("value=\"2026-12-10T19:30\"")) << "what was typed stays";
}

TEST_F(MeetingPages, AMovedMeetingSaysWhatItWasAndIsShared) {
  agree();
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  const std::string form = html(page(evening) + "/doi");
  EXPECT_THAT(form, AllOf(HasSubstr("thông báo lại"), HasSubstr("name=\"version\"")));
  EXPECT_THAT(form, Not(HasSubstr("có thể để trống")));
  const std::string moved = "starts=2026-12-15T19:30&place=Nha+ong+Thoa&reason=Mua+lu";
  EXPECT_EQ(send(page(evening) + "/doi", moved).status, 422) << "it says which version was looked at";
  EXPECT_EQ(send(page(evening) + "/doi", moved + "&version=2").status, 303);
  const std::string shown = server.get(page(evening)).body;
  EXPECT_THAT(shown, AllOf(HasSubstr("12/12/2026"), HasSubstr("15/12/2026"), HasSubstr("Mua lu")));
  EXPECT_THAT(shown, AllOf(HasSubstr("data-share"), HasSubstr("Mời mỗi hộ một người"),
                           HasSubstr("cuộc họp đã đổi từ 19:30 12/12/2026 sang 19:30 15/12/2026"),
                           HasSubstr("Thông báo trước không còn giá trị")));
  taken(assembly().cancel_meeting(head, evening, {{"Mưa tiếp"}}));
  const boost::json::value cancelled = json(page(evening));
  EXPECT_EQ(cancelled.at("reason").as_string(), "Mưa tiếp");
  EXPECT_EQ(cancelled.at("moved_reason").as_string(), "Mua lu") << "each reason stays with its step";
  EXPECT_THAT(std::string(cancelled.at("moved").as_string()), HasSubstr("đã đổi sau khi thông báo"));
}

TEST_F(MeetingPages, TheInvitationIsPrintedAsADraftBeforeTheNotice) {
  agree();
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  const std::string paper = page(evening) + "/giay-moi.docx";
  EXPECT_THAT(html(page(evening)), HasSubstr(paper));
  EXPECT_THAT(text(paper, "truong.naca"), AllOf(HasSubstr("BẢN NHÁP"), HasSubstr("mỗi hộ góp "),
                                                HasSubstr("0912 345 678"), Not(HasSubstr("Mã kiểm chứng"))));
  EXPECT_NE(server.get(paper).status, 200);
  EXPECT_EQ(server.get(page(evening) + "/giay-moi-tung-ho.docx", as("truong.naca")).status, 404)
      << "there is no frozen list of households yet";
  const std::string form = html(page(evening) + "/thong-bao");
  EXPECT_THAT(form, AllOf(HasSubstr("Cuộc họp dùng danh sách chốt ngày"),
                          HasSubstr("name=\"documents_sent\" type=\"date\" value=\"\"")));
  notice(evening);
  EXPECT_THAT(text(paper, "truong.naca"), AllOf(Not(HasSubstr("BẢN NHÁP")), HasSubstr("Mã kiểm chứng")));
}

TEST_F(MeetingPages, TheListIsPrintedForPostingAndSigningBeforeAnyNotice) {
  at(2026, 12, 10, 8, 0);
  const Id<people::HouseholdList> confirmed =
      read([&](store::Reader& r) { return people::list_of(r, village)->id; });
  taken(official([&](store::Writer& w) {
    return people::return_list(w, *server.keys, officer, confirmed, {Line<200>{"Sót một hộ"}});
  }));
  const Id<people::HouseholdList> draft = taken(official(
      [&](store::Writer& w) { return people::draft_list(w, *server.keys, head, village, today()); }));
  const std::string list = "/thon/" + village.text() + "/danh-sach/" + draft.text();
  EXPECT_THAT(html(list), HasSubstr(list + "/danh-sach-diem-danh.pdf"));
  for (const char* paper : {"/danh-sach-diem-danh.docx", "/danh-sach-ho.pdf"}) {
    EXPECT_EQ(server.get(list + paper, as("truong.naca")).status, 200) << paper;
    EXPECT_NE(server.get(list + paper).status, 200) << "it names households";
  }
  EXPECT_EQ(server
                .get("/thon/" + village.text() + "/danh-sach/" + confirmed.text() + "/danh-sach-ho.pdf",
                     as("truong.naca"))
                .status,
            404)
      << "a returned list is none";
  agree();
  const Id<Meeting> evening = called(make_date(2026, 12, 20), {id});
  EXPECT_THAT(html(page(evening)), HasSubstr(list + "/danh-sach-diem-danh.pdf"));
}

TEST_F(MeetingPages, OnTheDayTheListFindsAHouseholdAndComesBackToIt) {
  const Id<Meeting> evening = on_the_evening();
  const std::string path = page(evening) + "/diem-danh";
  EXPECT_THAT(html(path), HasSubstr("href=\"#ho-" + households[10].id.text() + "\""));
  came(evening, 1);
  const boost::json::value found = json(path + "?tim=lo+thi+pang", as("truong.naca"));
  EXPECT_EQ(found.at("ticks").as_array().size(), 1u) << "Lò Thị Pâng, without marks";
  // Saving what is shown leaves the households that are not shown as they are.
  EXPECT_EQ(send(path, "shown=" + std::string(found.at("shown").as_string())).status, 303);
  EXPECT_EQ(json(path, as("truong.naca")).at("present"), 1);
  const std::string one = path + "/" + households[40].id.text();
  web::Answer saved = send(one, "present=true&other_name=Lo+Thi+B&relation=con");
  EXPECT_EQ(saved.status, 303);
  EXPECT_THAT(saved.header("location"), EndsWith("/diem-danh#ho-" + households[40].id.text()));
}

// Without scripts: to look for a household saves what was ticked before.
TEST_F(MeetingPages, FindingAHouseholdKeepsTheTicksOfThePage) {
  const Id<Meeting> evening = on_the_evening();
  const std::string path = page(evening) + "/diem-danh";
  const std::string zeros(87, '0'), ticked = "&here=" + households[3].id.text();
  web::Answer found = send(path, "shown=" + zeros + ticked + "&tim=L%C3%B2+A&after=found");
  EXPECT_EQ(found.status, 303);
  EXPECT_THAT(found.header("location"), EndsWith("/diem-danh?tim=L%C3%B2%20A"));
  EXPECT_EQ(json(path, as("truong.naca")).at("present"), 1);
  EXPECT_THAT(send(path, "shown=" + zeros + "&tim=L%C3%B2&after=list").header("location"),
              EndsWith("/diem-danh"));
  EXPECT_THAT(html(path), AllOf(HasSubstr("<noscript><button"), HasSubstr(">1–10</a>")));
}

// Who went home before the vote came all the same: the numbers stand beside each other (practice P8).
TEST_F(MeetingPages, AHouseholdThatWentHomeBeforeTheVoteIsTold) {
  const Id<Meeting> evening = on_the_evening();
  const std::string list = page(evening) + "/diem-danh";
  came(evening, 71);
  opened(evening, 71);
  EXPECT_THAT(html(list), HasSubstr("nghĩa là hộ đó đã về"));
  at(2026, 12, 12, 20, 30);
  taken(assembly().attend(head, evening, households[0].id, {.present = false}));
  EXPECT_THAT(html(list), HasSubstr("đã về lúc 20:30"));
  EXPECT_THAT(html(list + "/" + households[0].id.text()), HasSubstr("Hộ này không đến"));
  EXPECT_THAT(html(page(evening)),
              AllOf(HasSubstr("<strong>71/87</strong>"), HasSubstr("1 hộ đã về, 70 hộ")));
  at(2026, 12, 12, 20, 40);
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {10}, .other = {2}}));
  const char* words = "71 hộ đã đến họp, 1 hộ về trước khi biểu quyết, 70 hộ có mặt khi biểu quyết.";
  EXPECT_THAT(html(page(evening)), HasSubstr(words));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_THAT(server.get(page(id)).body, HasSubstr(words));
  EXPECT_THAT(text(page(id) + "/quyet-dinh.docx"), HasSubstr("1 hộ đã dự họp không có mặt khi biểu quyết"));
}

TEST_F(MeetingPages, AVoteBeginsEmptyAndSaysWhoDidNotVote) {
  const Id<Meeting> evening = on_the_evening();
  const std::string path = page(id) + "/bieu-quyet";
  came(evening, 31);
  opened(evening, 31);
  EXPECT_THAT(html(path), AllOf(HasSubstr("<strong>31/87</strong> hộ có mặt"), HasSubstr("Không đủ 58 hộ"),
                                HasSubstr("name=\"yes\" type=\"text\" value=\"\"")));
  EXPECT_EQ(send(path, "present=31&yes=&no=&other=").status, 422) << "nothing was counted";
  const std::string numbers = "present=31&yes=20&no=5&other=3";
  EXPECT_THAT(send(path, numbers).body,
              AllOf(HasSubstr("Có mặt nhưng không biểu quyết: 3 trong 31 hộ"), HasSubstr("Đọc to lại")));
  EXPECT_FALSE(read([&](store::Reader& r) { return vote_on(r, id); }))
      << "nothing is kept before it was read";
  EXPECT_EQ(send(path, numbers + "&confirmed=true").status, 303);
  // One came since: the numbers are still those of 31, and the page says what can be changed.
  taken(assembly().attend(head, evening, households[31].id, {}));
  EXPECT_THAT(html(path), AllOf(HasSubstr("<strong>31/87</strong>"), HasSubstr("có 32 hộ có mặt"),
                                HasSubstr("name=\"present\" type=\"text\" value=\"31\"")));
  web::Answer more = send(path, "present=31&yes=24&no=5&other=3&version=1");
  EXPECT_EQ(more.status, 422);
  EXPECT_THAT(more.body, HasSubstr("href=\"#present\"")) << "where the number to change is";
  EXPECT_EQ(send(path, "present=32&yes=24&no=5&other=3&version=1&confirmed=true").status, 303);
}

TEST_F(MeetingPages, ASavedVoteIsMendedAndCountsAreAbsentUntilCounted) {
  const Id<Meeting> evening = on_the_evening();
  const boost::json::value before = json("/thon/" + village.text());
  EXPECT_EQ(before.at("open").as_array().size() + before.at("coming").as_array().size(), 1u);
  for (const char* list : {"open", "coming"})
    for (const auto& line : before.at(list).as_array()) EXPECT_TRUE(line.at("yes").is_null());
  came(evening, 74);
  opened(evening, 74);
  EXPECT_THAT(html(page(evening)), HasSubstr("Nhập kết quả biểu quyết"));
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {14}, .other = {2}}));
  EXPECT_THAT(html(page(evening)),
              AllOf(HasSubstr("Sửa kết quả biểu quyết"), Not(HasSubstr("Nhập kết quả"))));
  EXPECT_THAT(html(page(id) + "/bieu-quyet"), HasSubstr("Sửa kết quả biểu quyết"));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(json("/thon/" + village.text()).at("decided").at(0).at("yes"), 58);
}

TEST_F(MeetingPages, TheDecisionNamesWhoHadWhichPartAndNobodyElse) {
  const Id<Meeting> evening = on_the_evening();
  came(evening, 74);
  opened(evening, 74);
  EXPECT_THAT(server.get(page(id)).body, AllOf(HasSubstr("Lò Văn Quý"), Not(HasSubstr("Cà Thị Hặc"))));
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {14}, .other = {2}}));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_THAT(server.get(page(id)).body, Not(HasSubstr("Lò Văn Hai")));
  taken(assembly().sign(head, id, signed_today()));
  const boost::json::value shown = json(page(id));
  std::map<std::string, std::string> parts;
  for (const auto& one : shown.at("people").as_array())
    parts.emplace(one.at("part").as_string(), one.at("name").as_string());
  EXPECT_EQ(parts, (std::map<std::string, std::string>{{"Chủ trì cuộc họp", "Lò Văn Thoa"},
                                                       {"Thư ký cuộc họp", "Cà Thị Hặc"},
                                                       {"Người giữ khoản đóng góp", "Lò Văn Quý"},
                                                       {"Người kiểm tra khoản đóng góp", "Cà Thị Xuân"},
                                                       {"Đại diện hộ gia đình ký", "Lò Văn Một"}}));
  EXPECT_THAT(server.get(page(id)).body, Not(HasSubstr(households[3].head.value)));
}

TEST_F(MeetingPages, TheFrontAgreesToWhatItWasShown) {
  const std::string path = page(id) + "/thong-nhat";
  EXPECT_THAT(html(path, "mt.naca"), HasSubstr("name=\"version\" value=\"1\""));
  taken(assembly().reclassify(officer, id, {{2}, {"Thu quỹ chung"}}));
  const auto changed = send(path, "version=1", "mt.naca");
  EXPECT_EQ(changed.status, 409) << "the kind was changed since";
  EXPECT_THAT(changed.body, HasSubstr("name=\"version\" value=\"2\"")) << "it is shown again as it is now";
  EXPECT_EQ(send(path, "version=2", "mt.naca").status, 303);
  // Back in the browser and once more: it says that it is done, and leads to the matter.
  const auto again = server.get(path, as("mt.naca"));
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, AllOf(HasSubstr("Bước này đã làm rồi"), HasSubstr("đã làm lúc"),
                                HasSubstr("href=\"" + page(id) + "\""), Not(HasSubstr("Cần sửa lại"))));
  EXPECT_EQ(send(path, "version=3", "mt.naca").status, 409);
  EXPECT_THAT(server.get(path, as("mt.naca") + json_only).body, HasSubstr("\"errors\""));
}

TEST_F(MeetingPages, AWordingThatIsNotRunHereSaysSoByItsArticle) {
  const std::string choices = html("/thon/" + village.text() + "/viec/mau");
  EXPECT_THAT(choices,
              AllOf(HasSubstr("phần mềm này chưa"), HasSubstr("Nghị định 61/2023"), Not(HasSubstr("HU-0"))));
  const std::string form = html("/thon/" + village.text() + "/viec/moi?mau=quy-uoc");
  EXPECT_THAT(form, HasSubstr("Nghị định 61/2023"));
  EXPECT_THAT(html("/thon/" + village.text() + "/viec/moi?mau=duong"), Not(HasSubstr("Nghị định 61/2023")));
  ProposeMotion convention;
  convention.title.value = "Sửa đổi quy ước của bản";
  convention.asked.value = "Sửa đổi quy ước về cưới hỏi";
  convention.convention = true;
  const Id<Motion> proposed = taken(assembly().propose(head, village, convention));
  EXPECT_THAT(server.get(page(proposed)).body,
              AllOf(HasSubstr("Nghị định 61/2023"), Not(HasSubstr(">HU-0"))));
}

}  // namespace
}  // namespace danchu::assembly
