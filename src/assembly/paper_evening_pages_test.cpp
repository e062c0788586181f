// What the open pages, papers and acts tell of an evening held on paper before and after the commune has
// accepted it (practice P47).
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Held on paper on 12/12/2026 by 71 of 87 households, 60 of them for it; typed on 20/12 and sent to the
// commune.
class PaperEveningPages : public AssemblyWeb {
 protected:
  void submitted() {
    people_only();
    at(2026, 12, 20, 9, 0);
    ProposeMotion form = road(150'000);
    form.proposed_on = day(9);
    id = taken(assembly().propose(head, village, form));
    taken(assembly().add_proposal_paper(head, id, {pictures("proposal")}));
    taken(assembly().agree_by_paper(head, id,
                                    {.signed_on = day(10),
                                     .signed_by = {front.name},
                                     .reference = {"Sổ 1"},
                                     .pictures = pictures("agreement")}));
    CallMeeting call{.starts = at_local(day(12), 19, 30),
                     .place = {"Nhà văn hóa"},
                     .chair = {"Lò Văn Thoa"},
                     .motions = {id}};
    call.called_on = day(10);
    evening = taken(assembly().call_meeting(head, village, call));
    add(MeetingPaper::invitation);
    taken(assembly().give_notice(head, evening,
                                 {.channel = Channel::in_person,
                                  .posted_at = {"Nhà văn hóa"},
                                  .given_at = at_local(day(10), 9, 0),
                                  .documents_sent = day(10)}));
    came(evening, 71);
    taken(assembly().open(head, evening,
                          {.secretary = {"Cà Thị Xuân"},
                           .secretary_yes = {50},
                           .method_yes = {50},
                           .opened_at = at_local(day(12), 19, 40)}));
    taken(assembly().count_vote(head, id, {.yes = {60}, .no = {11}, .voted_at = at_local(day(12), 20, 30)}));
    add(MeetingPaper::attendance);
    add(MeetingPaper::minutes);
    taken(assembly().conclude(head, evening,
                              {.concluded_at = at_local(day(12), 21, 0), .decisions = {{id, {words}}}}));
  }
  Count version() {
    return read([&](store::Reader& r) { return meeting(r, evening)->version; });
  }
  static Date day(unsigned d) { return make_date(2026, 12, d); }
  void add(MeetingPaper paper) {
    taken(assembly().add_meeting_paper(head, evening, {paper, pictures(std::string(code_of(paper)))}));
  }
  std::string act(const std::string& subject, const std::string& kind) {
    const std::string found = code(subject, kind);
    return "/kiem-chung/" + found.substr(0, found.find('-'));
  }
  // Whoever asks: neither words nor numbers stand on a page, in JSON, on a paper or in an act.
  void expect_withheld(const std::string& when) {
    for (const char* user : {"", "ho.naca.1", "canbo.muongbu"}) {
      SCOPED_TRACE(when + ", for " + user);
      const std::string who = *user ? as(user) : "";
      for (const std::string& address : {page(id), page(evening)}) {
        EXPECT_THAT(server.get(address, who).body, AllOf(Not(HasSubstr(words)), Not(HasSubstr("60/87"))));
        EXPECT_THAT(server.get(address, who + json_only).body,
                    AllOf(Not(HasSubstr(words)), Not(HasSubstr("\"yes\":60"))));
      }
      EXPECT_TRUE(json(page(id), who).at("result").is_null());
      EXPECT_TRUE(json(page(evening), who).at("agenda").at(0).at("result").is_null());
      for (const std::string& paper : {page(id) + "/quyet-dinh.pdf", page(evening) + "/bien-ban.pdf"})
        EXPECT_EQ(server.get(paper, who).status, 404) << paper;
      for (const std::string& withheld :
           {act(subject_of(id), "assembly.counted"), act(subject_of(evening), "assembly.submitted")}) {
        EXPECT_EQ(server.get(withheld + "/bytes", who + json_only).status, *user ? 403 : 401) << withheld;
        EXPECT_TRUE(json(withheld, who).at("bytes_url").is_null()) << withheld;
      }
    }
  }
  // Why its papers were returned may tell its counts: those who mend and accept it read it, nobody else.
  void expect_reason(const std::string& why) {
    const std::string returned = act(subject_of(evening), "assembly.papers-returned") + "/bytes";
    for (const char* user : {"", "ho.naca.1"}) {
      const std::string who = *user ? as(user) : "";
      EXPECT_THAT(server.get(page(evening), who).body, AllOf(HasSubstr("trả lại"), Not(HasSubstr(why))));
      EXPECT_THAT(server.get(page(evening), who + json_only).body, Not(HasSubstr(why)));
      EXPECT_EQ(server.get(returned, who + json_only).status, *user ? 403 : 401);
    }
    for (const char* user : {"truong.naca", "thuky.naca", "chutich.muongbu"})
      EXPECT_THAT(server.get(page(evening), as(user)).body, HasSubstr(why)) << user;
    EXPECT_EQ(server.get(returned, as("chutich.muongbu")).status, 200);
  }

  const std::string words = "Mỗi hộ góp 150.000 đ và 3 ngày công, nộp cho ông Quý";
  Id<Motion> id;
  Id<Meeting> evening;
};

TEST_F(PaperEveningPages, TellNothingOfItBeforeTheCommuneHasAcceptedIt) {
  submitted();
  expect_withheld("sent to the commune");
  EXPECT_THAT(server.get(page(evening) + "/chap-nhan", as("canbo.muongbu")).body,
              AllOf(HasSubstr(words), HasSubstr("60"), HasSubstr("10/12/2026")))
      << "the officer sees what he accepts";
  EXPECT_THAT(
      server.get(page(evening), as("canbo.muongbu")).body,
      AllOf(HasSubstr("đã xác nhận, trả lại hoặc đính chính danh sách hộ"), Not(HasSubstr("/chap-nhan"))))
      << "who confirmed its list is told why another accepts it";
  EXPECT_THAT(server.get(page(evening), as("chutich.muongbu")).body, HasSubstr("/chap-nhan"));
  EXPECT_EQ(server.post(page(evening) + "/chap-nhan", "compared=true", as("truong.naca")).status, 403);
  const std::string why = "Biên bản ghi 59 hộ đồng ý";
  taken(assembly().return_papers(officer, evening, {{why}, false, version()}));
  expect_withheld("returned");
  expect_reason(why);
  taken(assembly().conclude(head, evening,
                            {.concluded_at = at_local(day(12), 21, 0), .decisions = {{id, {words}}}}));
  expect_withheld("sent again");
  expect_reason(why);
  EXPECT_EQ(server.post(page(evening) + "/chap-nhan", "compared=true", as("chutich.muongbu")).status, 422)
      << "it says which version was looked at";
  const std::string shown = "compared=true&version=" + std::to_string(version().value);
  EXPECT_EQ(server.post(page(evening) + "/chap-nhan", shown, as("chutich.muongbu")).status, 303);
  EXPECT_EQ(json(page(id)).at("result").at("yes").as_int64(), 60);
  EXPECT_EQ(json(page(id)).at("decision_words").as_string(), words);
  EXPECT_EQ(json(page(evening)).at("agenda").at(0).at("result").at("yes").as_int64(), 60);
  EXPECT_EQ(server.get(act(subject_of(evening), "assembly.submitted") + "/bytes").status, 200);
  EXPECT_EQ(server.get(act(subject_of(id), "assembly.counted") + "/bytes").status, 200);
}

TEST_F(PaperEveningPages, IsSaidToHaveMetAndToWaitForTheCommune) {
  submitted();
  const std::string waits = "Đã họp, chờ xã chấp nhận hồ sơ giấy";
  for (const std::string& address :
       {page(id), page(evening), "/thon/" + village.text(), std::string("/xa/03847"), std::string("/")})
    EXPECT_THAT(server.get(address).body, AllOf(HasSubstr(waits), Not(HasSubstr("Đã biểu quyết, đang họp"))))
        << address;
  for (const std::string& address : {page(id), page(evening)})
    EXPECT_THAT(std::string(json(address).at("share").at("text").as_string()),
                AllOf(HasSubstr("đã họp ngày 12/12/2026"), Not(HasSubstr("Mời mỗi hộ"))));
  const std::string accept = page(evening) + "/chap-nhan", back = page(evening) + "/tra-lai";
  EXPECT_THAT(server.get(accept, as("chutich.muongbu")).body, HasSubstr("href=\"" + back + "\""));
  taken(assembly().return_papers(officer, evening, {{"Biên bản mờ"}, false, version()}));
  EXPECT_THAT(server.get(page(id)).body, HasSubstr("Đã họp, đang nhập từ giấy"));
}

TEST_F(PaperEveningPages, TellNothingOfWhatTheCommuneRefused) {
  submitted();
  taken(assembly().return_papers(officer, evening, {{"Không có cuộc họp này"}, true, version()}));
  expect_withheld("refused for good");
  EXPECT_EQ(json(page(id)).at("state").as_string(), "withdrawn");
}

TEST_F(PaperEveningPages, ItsPapersCarryTheCodeOfTheirAct) {
  submitted();
  const std::string noticed = code(subject_of(evening), "assembly.noticed");
  EXPECT_THAT(text(page(evening) + "/giay-moi.docx", "truong.naca"), HasSubstr("Mã kiểm chứng " + noticed));
  EXPECT_THAT(server.get(page(id)).body, HasSubstr(front.name)) << "who signed for the Front is told openly";
  taken(assembly().accept_papers(viewers["chutich.muongbu"], evening, {true, version()}));
  const std::string accepted = code(subject_of(evening), "assembly.accepted");
  ASSERT_NE(accepted, "");
  const std::string decision = page(id) + "/quyet-dinh.docx";
  for (const std::string& paper : {decision, page(evening) + "/bien-ban.docx"})
    EXPECT_THAT(text(paper), HasSubstr("Mã kiểm chứng " + accepted)) << paper;
  EXPECT_THAT(text(decision), HasSubstr("Nội dung quyết định: " + words));
  taken(assembly().correct(officer, id,
                           {{71},
                            {59},
                            {12},
                            {0},
                            {"Biên bản ghi 59 hộ"},
                            {"Sổ đính chính 1"},
                            pictures("signed"),
                            pictures("correction"),
                            {}}));
  EXPECT_THAT(text(decision), HasSubstr("Mã kiểm chứng " + code(subject_of(id), "assembly.corrected")));
  const boost::json::value line = json(page(id)).at("corrections").at(0);
  EXPECT_THAT(
      text(std::string(line.at("before").at("docx").as_string())),
      AllOf(HasSubstr("Mã kiểm chứng " + accepted), HasSubstr("Đồng ý 60/87"), HasSubstr("ĐÃ THAY THẾ")));
}

}  // namespace
}  // namespace danchu::assembly
