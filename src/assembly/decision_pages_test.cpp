// What the open page and the papers of a decision say: the words of the decision, the form, whom it waits
// for, what a correction replaced, and the act each paper attests.
#include "assembly/pages_testing.h"
#include "web/http.h"

namespace danchu::assembly {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DecisionPages : public AssemblyWeb {
 protected:
  Id<Motion> proposed(ProposeMotion form) {
    const Id<Motion> id = taken(assembly().propose(head, village, form));
    taken(assembly().agree(front, id, seen(id)));
    return id;
  }
  void counted(std::vector<Id<Motion>> motions, std::int64_t yes) {
    evening = called(make_date(2026, 12, 12), motions);
    notice(evening);
    at(2026, 12, 12, 19, 30);
    came(evening, 74);
    opened(evening, 74);
    for (Id<Motion> id : motions)
      taken(assembly().count_vote(head, id, {.yes = {yes}, .no = {72 - yes}, .other = {2}}));
    at(2026, 12, 12, 21, 0);
  }
  void correct(Id<Motion> id, std::int64_t yes) {
    taken(assembly().correct(officer, id,
                             {{74},
                              {yes},
                              {72 - yes},
                              {2},
                              {"Biên bản ghi khác"},
                              {"Sổ đính chính " + std::to_string(yes)},
                              pictures("a" + std::to_string(yes)),
                              pictures("b" + std::to_string(yes)),
                              {}}));
    const bool waits = read([&](store::Reader& r) { return waiting_correction(r, id).has_value(); });
    if (waits) taken(assembly().agree_correction(viewers["chutich.muongbu"], id, asked(id)));
  }

  Id<Meeting> evening;
};

TEST_F(DecisionPages, PicturesOfADeclinedCorrectionAreNoSignedPapers) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  counted({id}, 60);
  taken(assembly().conclude(head, evening, {}));
  auto form = [&](std::vector<SentFile> paper, const std::string& minutes) {
    return CorrectVote{
        {74}, {59}, {13}, {2}, {"Biên bản ghi 59"}, {"Sổ 1"}, std::move(paper), pictures(minutes), {}};
  };
  auto listed = [&](const std::string& user = "") {
    return json(page(id), user.empty() ? "" : as(user)).at("signed_papers").as_array();
  };
  taken(assembly().correct(head, id, form(pictures("paper"), "minutes")));
  EXPECT_EQ(listed().size(), 2u);
  taken(assembly().decline_correction(front, id, {{"Biên bản ghi 60"}, asked(id).request}));
  EXPECT_TRUE(listed().empty()) << "what was declined proves nothing";
  ASSERT_EQ(listed("canbo.muongbu").size(), 2u);
  EXPECT_THAT(std::string(listed("canbo.muongbu")[1].at("label").as_string()),
              HasSubstr("không được thống nhất"));

  EXPECT_EQ(assembly().correct(head, id, form({}, "other")).problems()[0].path, "paper")
      << "the declined picture is not the signed paper";
  taken(assembly().correct(head, id, form(pictures("paper"), "minutes")));  // sent again, and agreed to
  taken(assembly().agree_correction(front, id, asked(id)));
  EXPECT_EQ(listed().size(), 2u);
  EXPECT_EQ(listed("canbo.muongbu").size(), 4u);
}

TEST_F(DecisionPages, TheWordsOfTheDecisionAreProposedAndEdited) {
  people_only();
  ProposeMotion form = road(150'000);
  form.title.value = "Góp làm đường nội bản";
  form.exemptions = Text<1000>{"hộ nghèo"};
  const Id<Motion> id = proposed(form), other = proposed(road(200'000));
  counted({id, other}, 58);
  const std::string conclude = page(evening) + "/ket-luan";
  EXPECT_THAT(
      server.get(conclude, as("truong.naca")).body,
      AllOf(HasSubstr("Góp làm đường nội bản: mỗi hộ góp 150.000 đ và 3 ngày công; miễn, giảm: hộ nghèo."),
            HasSubstr("decisions.0.words"), HasSubstr("decisions.1.words")));
  auto send = [&](const std::string& words) {
    return server.post(conclude,
                       "title=resolution&decisions.0.motion=" + id.text() +
                           "&decisions.0.words=" + web::percent_encode(words),
                       as("truong.naca"));
  };
  EXPECT_THAT(send("Mỗi hộ góp 200.000 đ").body, HasSubstr("mức tiền khác với mức đã biểu quyết"));
  EXPECT_EQ(send("").status, 422);
  const std::string words = "Mỗi hộ góp 150.000 đ và 3 ngày công, nộp tại nhà văn hóa";
  EXPECT_EQ(send(words).status, 303);
  for (const std::string& paper : {page(id) + "/quyet-dinh.docx", page(evening) + "/bien-ban.docx"})
    EXPECT_THAT(text(paper), AllOf(HasSubstr("Nội dung quyết định: " + words), HasSubstr("Lò Văn Quý"),
                                   HasSubstr("Cà Thị Xuân")))
        << paper;
  EXPECT_THAT(text(page(other) + "/quyet-dinh.docx"), HasSubstr("mỗi hộ góp 200.000 đ và 3 ngày công."))
      << "nothing typed: as it was proposed";
  EXPECT_EQ(json(page(id)).at("decision_words").as_string(), words);
  EXPECT_THAT(server.get(page(id)).body, HasSubstr(words));
  EXPECT_TRUE(acts::verify(*server.store).findings.empty());
}

TEST_F(DecisionPages, ALostMatterHasMinutesAndNoNameOfADecision) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  counted({id}, 57);
  EXPECT_THAT(server.get(page(evening) + "/ket-luan", as("truong.naca")).body,
              Not(HasSubstr("name=\"title\"")));
  EXPECT_EQ(server.post(page(evening) + "/ket-luan", "concluded_at=", as("truong.naca")).status, 303);
  EXPECT_THAT(
      text(page(id) + "/quyet-dinh.docx"),
      AllOf(HasSubstr("BIÊN BẢN"), HasSubstr("Kết quả: không được thông qua"), Not(HasSubstr("NGHỊ QUYẾT"))));
  EXPECT_THAT(server.get(page(id)).body,
              AllOf(HasSubstr("không được thông qua (Mẫu 03)"), Not(HasSubstr("(Mẫu 03: "))));
  const boost::json::array said = json(page(id)).at("in_words").as_array();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].as_string(),
            "Cần 58 hộ, tức hai phần ba của 87 hộ trong thôn, kể cả hộ vắng; chỉ 57 hộ đồng ý.");
  EXPECT_EQ(said[1].as_string(), "Việc này không làm; muốn làm phải đưa ra bàn lại.");
  EXPECT_THAT(std::string(json(page(evening)).at("share").at("text").as_string()),
              AllOf(HasSubstr("đã họp ngày 12/12/2026. Kết quả:"), HasSubstr("không được thông qua, 57/87")));
}

TEST_F(DecisionPages, APassedMatterSaysWhatIsGivenAndWhatComesNext) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  counted({id}, 60);
  taken(assembly().conclude(head, evening, {}));
  auto said = [&](std::size_t i) {
    return std::string(json(page(id)).at("in_words").as_array().at(i).as_string());
  };
  EXPECT_EQ(said(1), "Mỗi hộ góp 150.000 đ và 3 ngày công, nộp cho Lò Văn Quý.");
  EXPECT_THAT(said(2), HasSubstr("ký văn bản và gửi lên xã chậm nhất ngày"));
  taken(assembly().sign(head, id, signed_today()));
  EXPECT_THAT(said(2), HasSubstr("Văn bản đã ký"));
  taken(assembly().send(head, id, {}));
  const std::string received = server.get(page(id) + "/tiep-nhan", as("canbo.muongbu")).body;
  EXPECT_THAT(received, AllOf(HasSubstr("đồng ý 60"), HasSubstr("hai phần ba"), HasSubstr("Lò Văn Quý"),
                              HasSubstr("Có hiệu lực từ ngày 12/12/2026")))
      << "the commune sees what it receives";
}

TEST_F(DecisionPages, WordsAreOnlyForWhatWasPassedThere) {
  people_only();
  const Id<Motion> lost = proposed(road(150'000)), elsewhere = proposed(road(100'000));
  counted({lost}, 57);
  for (Id<Motion> id : {lost, elsewhere}) {
    auto refused = assembly().conclude(head, evening, {.decisions = {{id, {"Mỗi hộ góp"}}}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problems()[0].path, "decisions.0.words");
  }
  EXPECT_THAT(server.get(page(evening) + "/ket-luan", as("truong.naca")).body, Not(HasSubstr("decisions.0")));
}

// Between the vote and the paper nothing else is decided (practice P25).
TEST_F(DecisionPages, WordsThatSayWhatNobodyVotedOnAreRefusedBesideTheirField) {
  people_only();
  const Id<Motion> id = proposed(road(150'000)), other = proposed(board_member());
  counted({other, id}, 60);
  const char *const sum = "These words name another sum than the one that was voted on",
                    *const days = "These words name other days of work than were voted on";
  struct {
    const char *words, *message;
  } const table[] = {
      {"Mỗi hộ góp 200.000 đ và 3 ngày công", sum},
      {"Mỗi hộ góp 150.000 đ, hộ đông người góp 200 nghìn", sum},
      {"Mỗi hộ góp 150.000 đ và 10 ngày công", days},
      {"Mỗi hộ góp 150.000 đ và 3 ngày công, hộ đông người 5 ngày công", days},
  };
  const DecidedWords good{other, {"Bầu ông Lò Văn Ín"}};
  for (const auto& line : table) {
    auto refused = assembly().conclude(head, evening, {.decisions = {good, {id, {line.words}}}});
    ASSERT_FALSE(refused.ok()) << line.words;
    ASSERT_EQ(refused.problems().size(), 1u) << line.words;
    EXPECT_EQ(refused.problems()[0].fault, Fault::invalid);
    EXPECT_EQ(refused.problems()[0].path, "decisions.1.words");
    EXPECT_EQ(refused.problems()[0].message, line.message) << line.words;
  }
  EXPECT_TRUE(json(page(id)).at("decision_state").is_null());
  taken(assembly().conclude(
      head, evening, {.decisions = {good, {id, {"Mỗi hộ góp 150 nghìn đồng, 3 ngày công, trong tháng 1"}}}}));
}

TEST_F(DecisionPages, APaperKeepsTheCodeOfTheActItAttests) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  counted({id}, 60);
  taken(assembly().conclude(head, evening, {}));
  const std::string noticed = code(subject_of(evening), "assembly.noticed"),
                    concluded = code(subject_of(evening), "assembly.concluded");
  const std::string decision = page(id) + "/quyet-dinh.docx", minutes = page(evening) + "/bien-ban.docx";
  auto expect_codes = [&](const std::string& result) {
    EXPECT_THAT(text(page(evening) + "/giay-moi.docx", "truong.naca"), HasSubstr(noticed));
    EXPECT_THAT(text(decision), HasSubstr("Mã kiểm chứng " + result));
    EXPECT_THAT(text(minutes), HasSubstr("Mã kiểm chứng " + result));
  };
  expect_codes(concluded);
  at(2026, 12, 14, 8, 0);
  taken(assembly().sign(head, id, signed_today()));
  taken(assembly().send(head, id, {}));
  taken(assembly().receive(officer, id, {}));
  expect_codes(concluded);
  at(2026, 12, 15, 8, 0);
  correct(id, 57);
  expect_codes(code(subject_of(id), "assembly.corrected"));
  // The paper before stays, with its own numbers and code.
  const boost::json::value line = json(page(id)).at("corrections").at(0);
  EXPECT_EQ(line.at("turned").as_string(), "Trước: được thông qua. Nay: không được thông qua.");
  const std::string before = text(std::string(line.at("before").at("docx").as_string()));
  EXPECT_THAT(before,
              AllOf(HasSubstr("Mã kiểm chứng " + concluded), HasSubstr("Đồng ý 60/87"),
                    HasSubstr("ĐÃ THAY THẾ"), HasSubstr("được thông qua"), Not(HasSubstr("ĐÍNH CHÍNH"))));
  EXPECT_THAT(text(decision), AllOf(HasSubstr("Đồng ý 57/87"), HasSubstr("ĐÍNH CHÍNH")));
  EXPECT_THAT(server.get(page(id)).body,
              AllOf(HasSubstr("Văn bản trước, đã thay thế"),
                    HasSubstr("Trước: được thông qua. Nay: không được thông qua.")));
  EXPECT_EQ(server.get(page(id) + "/ban-truoc/" + id.text() + "/quyet-dinh.pdf").status, 404);
}

TEST_F(DecisionPages, ShowTheFrontHeadTheNumbersHeAgreesTo) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  counted({id}, 60);
  taken(assembly().conclude(head, evening, {}));
  at(2026, 12, 15, 8, 0);
  auto ask = [&](std::int64_t yes) {
    taken(assembly().correct(head, id,
                             {{74},
                              {yes},
                              {72 - yes},
                              {2},
                              {"Biên bản ghi " + std::to_string(yes) + " hộ"},
                              {"Sổ đính chính 7"},
                              pictures("a" + std::to_string(yes)),
                              pictures("b" + std::to_string(yes)),
                              {}}));
    return read([&](store::Reader& r) { return waiting_correction(r, id)->id.text(); });
  };
  const std::string agree = page(id) + "/dinh-chinh/thong-nhat", first = ask(59);
  auto shows = [&](std::int64_t yes, const std::string& request) {
    const std::string asked = std::to_string(yes), no = std::to_string(72 - yes);
    return AllOf(HasSubstr("có mặt 74, đồng ý 60, không đồng ý 12, ý kiến khác 2"),
                 HasSubstr("có mặt 74, đồng ý " + asked + ", không đồng ý " + no + ", ý kiến khác 2"),
                 HasSubstr("Biên bản ghi " + asked + " hộ"), HasSubstr("Sổ đính chính 7"),
                 HasSubstr(request));
  };
  for (const std::string& answer : {agree, page(id) + "/dinh-chinh/khong-thong-nhat"})
    EXPECT_THAT(server.get(answer, as("mt.naca")).body, shows(59, answer == agree ? first : ""));
  EXPECT_EQ(server.get(agree, as("truong.naca")).status, 403) << "not who asked";
  const std::string second = ask(58);
  web::Answer refused = server.post(agree, "request=" + first, as("mt.naca"));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("đồng ý 58"));
  EXPECT_EQ(json(page(id)).at("result").at("yes").as_int64(), 60);
  EXPECT_THAT(server.get(agree, as("mt.naca")).body, shows(58, second));
  EXPECT_EQ(server.post(agree, "request=" + second, as("mt.naca")).status, 303);
  EXPECT_EQ(json(page(id)).at("result").at("yes").as_int64(), 58);
}

TEST_F(DecisionPages, SayInWhichFormItWasDecidedAndWhy) {
  people_only();
  const Id<Motion> id = proposed(road(150'000)), member = proposed(board_member());
  EXPECT_TRUE(json(page(id)).at("form_used").is_null());
  counted({id, member}, 60);
  taken(assembly().conclude(head, evening, {}));
  const boost::json::value shown = json(page(id));
  EXPECT_EQ(shown.at("form_used").at("words").as_string(),
            "Biểu quyết tại cuộc họp ngày 12/12/2026, giơ tay; 74/74 hộ có mặt đã chọn hình thức này.");
  EXPECT_EQ(shown.at("form_used").at("form").as_string(), "meeting");
  EXPECT_EQ(shown.at("form_used").at("method").as_string(), "hands");
  auto rules = [&](Id<Motion> of) {
    std::vector<std::string> ids;
    const boost::json::value shown_of = json(page(of));
    for (const auto& why : shown_of.at("form_used").at("because").as_array()) {
      ids.emplace_back(why.at("rule").as_string());
      EXPECT_NE(why.at("citation").as_string(), "");
    }
    return ids;
  };
  EXPECT_EQ(rules(id), (std::vector<std::string>{"DEC-13", "MTG-04", "MTG-07"}));
  EXPECT_EQ(rules(member), (std::vector<std::string>{"DEC-13", "DEC-14", "MTG-04", "MTG-07"}));
  EXPECT_THAT(server.get(page(id)).body,
              AllOf(HasSubstr("Hình thức quyết định"), HasSubstr("/cuoc-hop/" + evening.text())));
}

TEST_F(DecisionPages, SayWhoHasToRecogniseItAndUntilWhen) {
  people_only();
  const Id<Motion> member = proposed(board_member()), id = proposed(road(150'000));
  counted({member, id}, 60);
  taken(assembly().conclude(head, evening, {}));
  at(2026, 12, 14, 8, 0);
  for (Id<Motion> each : {member, id}) {
    taken(assembly().sign(head, each, signed_today()));
    taken(assembly().send(head, each, {}));
  }
  EXPECT_THAT(server.get(page(member)).body, HasSubstr("Chưa có hiệu lực"));
  taken(assembly().receive(viewers["mttq.muongbu"], member, {}));
  taken(assembly().receive(officer, id, {}));
  const std::string waits = "Chờ Ủy ban MTTQ xã Mường Bú công nhận, hạn 21/12/2026";
  EXPECT_THAT(server.get(page(member)).body,
              AllOf(HasSubstr(waits), HasSubstr("Chưa có hiệu lực: có hiệu lực từ")));
  EXPECT_EQ(json(page(member)).at("status").as_string(), waits);
  EXPECT_THAT(server.get(page(id)).body,
              AllOf(Not(HasSubstr("công nhận, hạn")), Not(HasSubstr("Chưa có hiệu lực"))));
  at(2026, 12, 15, 8, 0);
  taken(assembly().recognise(viewers["mttq.muongbu"], member, {{"12/QĐ-MTTQ"}, today()}));
  EXPECT_THAT(server.get(page(member)).body,
              AllOf(Not(HasSubstr(waits)), Not(HasSubstr("Chưa có hiệu lực"))));
}

TEST_F(DecisionPages, WhatIsDatedByTheDayShowsNoHour) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  counted({id}, 60);
  taken(assembly().conclude(head, evening, {}));
  at(2026, 12, 14, 8, 0);
  SignPaper yesterday = signed_today();
  yesterday.signed_on = today() - 1;
  taken(assembly().sign(head, id, yesterday));
  EXPECT_THAT(server.get(page(id)).body,
              AllOf(HasSubstr(">13/12/2026<"), Not(HasSubstr("00:00 13/12/2026"))));
}

TEST_F(DecisionPages, AreSharedAsAnInvitationOnlyWhilePeopleCanCome) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  auto shared = [&] { return std::string(json(page(id)).at("share").at("text").as_string()); };
  EXPECT_THAT(shared(), Not(HasSubstr("họp lúc")));
  counted({id}, 60);
  EXPECT_THAT(shared(), AllOf(HasSubstr("cuộc họp ngày 12/12/2026"), Not(HasSubstr("60/87"))));
  taken(assembly().conclude(head, evening, {}));
  EXPECT_THAT(shared(), HasSubstr("60/87"));
}

TEST_F(DecisionPages, ALostMatterIsProposedAnewWithOneSumAndTheSameKeeper) {
  people_only();
  ProposeMotion form = road(200'000);
  form.title.value = "Góp làm đường";
  form.asked.value = "Mỗi hộ góp 200.000 đ và 3 ngày công làm 600 m đường";
  const Id<Motion> id = proposed(form);
  counted({id}, 57);
  taken(assembly().conclude(head, evening, {}));
  EXPECT_THAT(server.get(page(id) + "/dua-lai", as("truong.naca")).body,
              AllOf(HasSubstr("Lò Văn Quý"), HasSubstr("Cà Thị Xuân")));
  form.money = Money{150'000};
  auto refused = assembly().propose_again(head, id, form);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].path, "asked");
  form.asked.value = "Mỗi hộ góp 150 nghìn đồng và 3 ngày công làm 600 m đường";
  taken(assembly().propose_again(head, id, form));
}

TEST_F(DecisionPages, EachHouseholdOfTheListIsInvited) {
  people_only();
  const Id<Motion> id = proposed(road(150'000));
  evening = called(make_date(2026, 12, 12), {id});
  taken(assembly().give_notice(head, evening,
                               {.channel = Channel::invitation,
                                .posted_at = {"Nhà văn hóa bản"},
                                .documents_sent = today(),
                                .second_language = Line<200>{"Xong huam hướn, 19:30"}}));
  const std::string all = text(page(evening) + "/giay-moi-tung-ho.docx", "truong.naca");
  for (std::size_t i : {std::size_t{0}, households.size() - 1})
    EXPECT_THAT(all, HasSubstr(households[i].head.value));
  EXPECT_THAT(all, AllOf(HasSubstr("hộ số 87 trong danh sách"), HasSubstr("Xong huam hướn, 19:30")));
  EXPECT_EQ(server.get(page(evening) + "/giay-moi-tung-ho.pdf").status, 303) << "it names households";
}

}  // namespace
}  // namespace danchu::assembly
