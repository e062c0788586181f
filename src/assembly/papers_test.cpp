#include "assembly/papers.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "people/people.h"
#include "store/testing.h"

namespace danchu::assembly {
namespace {

std::string words(const paper::Document& document) {
  std::string all;
  auto add = [&](const std::string& line) { all += line + "\n"; };
  auto add_paragraph = [&](const paper::Paragraph& p) {
    for (const paper::Run& run : p.runs) all += run.text;
    all += "\n";
  };
  for (const std::string& line : document.head->left) add(line);
  add(document.head->place_and_date);
  for (const std::string& line : document.heading) add(line);
  for (const paper::Block& block : document.blocks) {
    if (block.paragraph) add_paragraph(*block.paragraph);
    if (block.table)
      for (const auto& row : block.table->rows)
        for (const auto& cell : row)
          for (const auto& p : cell.paragraphs) add_paragraph(p);
    for (const auto& s : block.signatures) add(s.title + " " + s.name);
  }
  return all;
}

// As pdfinfo counts them.
int pages(const paper::Document& document) {
  store::TemporaryDirectory directory;
  const std::string file = directory.path() + "/paper.pdf";
  std::ofstream(file, std::ios::binary) << paper::to_pdf(document);
  FILE* out = popen(("pdfinfo " + file + " | sed -n 's/^Pages: *//p'").c_str(), "r");
  char number[32] = "";
  if (out && !fgets(number, sizeof number, out)) number[0] = 0;
  if (out) pclose(out);
  return std::atoi(number);
}

void expect_all(const std::string& text, const std::vector<std::string>& expected) {
  for (const std::string& part : expected)
    EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is missing in\n" << text;
}

Letterhead na_ca(Date date) {
  Letterhead head;
  head.commune = "xã Mường Bú";
  head.village = "bản Nà Cá";
  head.place = "Mường Bú";
  head.date = date;
  head.head_title = "Trưởng bản";
  head.head_name = "Lò Văn Thoa";
  head.front_name = "Cà Thị Xuân";
  head.public_url = "https://example.invalid/viec/1";
  return head;
}

TEST(Papers, WhoSignsInTheHoldersPlaceSaysSo) {
  Letterhead head = na_ca(make_date(2026, 12, 9));
  EXPECT_EQ(words(household_list(head, head.date, {})).find("KT."), std::string::npos);
  head.head_stood_in_for = true;
  head.head_name = "Lò Văn Phó";
  expect_all(words(household_list(head, head.date, {})),
             {"KT. TRƯỞNG BẢN Lò Văn Phó", "TRƯỞNG BAN\nCÔNG TÁC MẶT TRẬN Cà Thị Xuân"});
}

TEST(Papers, InvitationSaysWhatForm01Asks) {
  Invitation form{na_ca(make_date(2026, 12, 9)),
                  "đại diện hộ số 12",
                  "bàn đóng góp làm đường nội bản",
                  at_local(make_date(2026, 12, 12), 19, 30),
                  "Nhà văn hóa bản Nà Cá",
                  "Ông Lò Văn Thoa, Trưởng bản",
                  "Ban công tác Mặt trận và đại diện các hộ gia đình",
                  {"Mức đóng góp làm đường"},
                  "0912 000 000",
                  {}};
  std::string text = words(invitation(form));
  expect_all(text,
             {"UBND XÃ MƯỜNG BÚ", "BẢN NÀ CÁ", "Mường Bú, ngày 09 tháng 12 năm 2026", "GIẤY MỜI",
              "Kính mời ông (bà): đại diện hộ số 12",
              "19 giờ 30 phút, thứ Bảy, ngày 12 tháng 12 năm 2026 (tức ngày 4 tháng 11 âm lịch)",
              "Nhà văn hóa bản Nà Cá", "Chủ trì: Ông Lò Văn Thoa", "Mức đóng góp làm đường.",
              "4. Đầu mối liên hệ về cuộc họp\n- 0912 000 000", "đúng thành phần", "TRƯỞNG BẢN Lò Văn Thoa"});
  EXPECT_EQ(text.find("Số:"), std::string::npos) << "a village has no number of its own (P101)";
}

// C1 of the list of papers: what danchu adds to the decree's form.
TEST(Papers, EachHouseholdHasAnInvitationOfItsOwn) {
  Invitation form;
  form.letterhead = na_ca(make_date(2026, 12, 9));
  form.when = at_local(make_date(2026, 12, 12), 19, 30);
  form.contact = "0912 000 000";
  const paper::Document blank = invitation(form);
  expect_all(words(blank), {"Số nhà:", "Bằng tiếng dân tộc (bản tiếng Việt là bản chính):", "GIẤY NHẬN"});
  form.second_language = "Xong huam hướn";
  const paper::Document all =
      invitations(form, {{1, "12b", "Lò Văn A", "vợ Quàng Thị B", ""}, {2, "", "Lò Văn A", "", ""}});
  expect_all(words(all), {"đại diện hộ Lò Văn A (vợ Quàng Thị B)", "Số nhà: 12b, hộ số 1 trong danh sách",
                          "Xong huam hướn"});
  ASSERT_EQ(all.next.size(), 1u);
  expect_all(words(all.next[0]),
             {"đại diện hộ Lò Văn A", "Số nhà: hộ số 2 trong danh sách", "Xong huam hướn"});
  EXPECT_TRUE(invitations(form, {}).next.empty());
}

TEST(Papers, AnInvitationStaysOnOnePageWithItsSlip) {
  auto words_of = [](std::string word, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += (i ? " " : "") + word;
    return all;
  };
  Invitation form;
  form.letterhead = na_ca(make_date(2026, 12, 9));
  form.letterhead.check_code = "12-9F0C3A7B21D4E865";
  form.subject = "họp cộng đồng dân cư";
  form.when = at_local(make_date(2026, 12, 12), 19, 30);
  form.attendees = "Ban công tác Mặt trận và đại diện các hộ gia đình";
  form.chair = words_of("Quàng", 20);
  form.where = words_of("Nhà văn hóa bản Nà Cá", 8);
  form.contact = words_of("0912 345 678", 9);
  form.second_language = words_of("Xong huam hướn", 12);
  const ListedHousehold longest{87, words_of("12b", 10), words_of("Quàng Thị", 11),
                                words_of("vợ Lò Thị Ín", 9), ""};
  for (const std::size_t matters : {1u, 3u, 8u}) {
    form.agenda.assign(matters, words_of("Góp làm đường nội bản", 7));
    form.asked.assign(matters, "mỗi hộ góp 150.000 đ và 2 ngày công");
    form.documents = {words_of("Tài liệu", 20)};
    EXPECT_EQ(pages(invitation(form)), 1) << matters;
    EXPECT_EQ(pages(invitations(form, {longest, {1, "1", "Lò Văn A", "", ""}, longest})), 3) << matters;
  }
}

TEST(Papers, AnInvitationSaysWhatIsAskedAndWhetherItIsADraft) {
  Invitation form;
  form.letterhead = na_ca(make_date(2026, 12, 9));
  form.agenda = {"Góp làm đường", "Giờ phát loa"};
  form.asked = {"mỗi hộ góp 150.000 đ và 2 ngày công", ""};
  form.draft = true;
  expect_all(words(invitation(form)),
             {"- Góp làm đường:\n  mỗi hộ góp 150.000 đ và 2 ngày công;", "- Giờ phát loa.", "BẢN NHÁP"});
  EXPECT_EQ(invitation(form).watermark, "BẢN NHÁP");
}

TEST(Papers, AReplacedPaperSaysSoAcrossThePage) {
  CommunityDecision form;
  form.letterhead = na_ca(make_date(2026, 12, 26));
  form.letterhead.replaced = true;
  EXPECT_EQ(community_decision(form).watermark, "ĐÃ THAY THẾ");
  expect_all(words(community_decision(form)),
             {"ĐÃ THAY THẾ bằng bản đã đính chính"});  // a draft has no watermark
  form.letterhead.demo = true;
  EXPECT_EQ(community_decision(form).watermark, "ĐÃ THAY THẾ, DỮ LIỆU MINH HỌA");
}

TEST(Papers, TheQuestionStandsBesideTheDecision) {
  CommunityDecision form;
  form.letterhead = na_ca(make_date(2026, 12, 26));
  MatterResult road{"Góp làm đường", "giơ tay", 74, 58, 14, 2, 58, true, "Mỗi hộ góp 150.000 đ."};
  road.asked = "Các hộ có đồng ý không?";
  form.matters = {road};
  expect_all(words(community_decision(form)), {"Nội dung đưa ra biểu quyết: Các hộ có đồng ý không?",
                                               "đ) Nội dung quyết định: Mỗi hộ góp 150.000 đ."});
  form.matters[0].decision = road.asked;
  const std::string same = words(community_decision(form));
  EXPECT_EQ(same.find("đưa ra biểu quyết: "), std::string::npos) << "not the same words twice";
}

TEST(Papers, DecisionCarriesTheNumbersOfStoryD1) {
  CommunityDecision form;
  form.letterhead = na_ca(make_date(2026, 12, 26));
  form.title = "BIÊN BẢN CUỘC HỌP";
  form.subject = "đóng góp làm đường nội bản";
  form.began = at_local(make_date(2026, 12, 26), 19, 30);
  form.where = "Nhà văn hóa";
  form.households = 87;
  form.list_closed_on = make_date(2026, 12, 8);
  form.attended = 74;
  form.matters = {{"Đóng góp 150.000 đ mỗi hộ", "giơ tay", 74, 58, 14, 2, 58, true, "Mỗi hộ góp 150.000 đ."}};
  form.effects = {"Có hiệu lực từ ngày 26/12/2026."};
  expect_all(words(community_decision(form)),
             {"tổng số hộ gia đình 87 (danh sách chốt ngày 08/12/2026)", "có đại diện dự họp 74",
              "đại diện tham dự 13", "Đồng ý 58/87 hộ; Không đồng ý 14/87 hộ; Ý kiến khác 2/87 hộ",
              "Cần ít nhất 58 hộ đồng ý. Nội dung được thông qua.", "Có hiệu lực từ ngày 26/12/2026.",
              "TRƯỞNG BAN\nCÔNG TÁC MẶT TRẬN Cà Thị Xuân", "TRƯỞNG BẢN Lò Văn Thoa", "ĐẠI DIỆN HỘ GIA ĐÌNH"});
}

// Art. 24.2, practice P24: what members said stands in form 03 and changes no number of it.
TEST(Papers, DecisionHasAPlaceForMembersWhoDisagree) {
  CommunityDecision form;
  form.letterhead = na_ca(make_date(2026, 12, 26));
  form.households = 87;
  form.attended = 74;
  form.matters = {{"Đóng góp", "giơ tay", 74, 58, 14, 2, 58, true, ""}};
  const std::string without = words(community_decision(form));
  EXPECT_EQ(without.find("thành viên hộ"), std::string::npos);
  form.voices = 1;
  form.voices_article = "Điều 24 khoản 2 Luật 10/2022/QH15";
  const std::string open = words(community_decision(form));
  expect_all(open, {"Ý kiến của thành viên hộ", "(Điều 24 khoản 2 Luật 10/2022/QH15; không tính",
                    "1 người đăng ký phát biểu"});
  form.member_opinions = {"Lò Văn Con, thành viên hộ số 5: Xin đóng ít hơn"};
  const std::string full = words(community_decision(form));
  expect_all(full, {"- Lò Văn Con, thành viên hộ số 5: Xin đóng ít hơn", "Đồng ý 58/87 hộ", "dự họp 74"});
}

// Practice P120: the signature block bears the title of the kind of unit, the fixed text stays as in the
// form.
TEST(Papers, TheHeadSignsByTheTitleOfHisUnit) {
  const std::pair<const char*, const char*> table[] = {{"ban", "TRƯỞNG BẢN"},
                                                       {"thon", "TRƯỞNG THÔN"},
                                                       {"tieu-khu", "TRƯỞNG TIỂU KHU"},
                                                       {"to-dan-pho", "TỔ TRƯỞNG TỔ DÂN PHỐ"}};
  for (const auto& [kind, title] : table) {
    Letterhead head = na_ca(make_date(2026, 12, 12));
    head.head_title = people::unit_kind(kind).head_title_vi;
    Invitation mail;
    mail.letterhead = head;
    CommunityDecision decision;
    decision.letterhead = head;
    expect_all(words(invitation(mail)), {std::string(title) + " Lò Văn Thoa"});
    expect_all(words(community_decision(decision)), {std::string(title) + " Lò Văn Thoa"});
    expect_all(words(household_list(head, head.date, {})), {std::string(title) + " Lò Văn Thoa"});
  }
}

TEST(Papers, MinutesNameChairAndSecretaryAndLeaveRoomForWhatWasSaid) {
  CommunityDecision form;
  form.letterhead = na_ca(make_date(2026, 12, 26));
  form.title = "BIÊN BẢN CUỘC HỌP";
  form.chair = "Lò Văn Thoa";
  form.chair_post = "Trưởng bản";
  form.secretary = "Cà Thị Hặc";
  form.matters = {{"Góp làm đường", "giơ tay", 74, 58, 14, 2, 58, true, "Mỗi hộ góp."},
                  {"Giờ phát loa", "giơ tay", 70, 40, 20, 10, 44, false, ""}};
  form.effects = {"1. Có hiệu lực từ ngày 26/12/2026.", "2. Nội dung không được thông qua."};
  const paper::Document made = community_decision(form);
  expect_all(words(made), {"1. Chủ trì: Lò Văn Thoa, Trưởng bản", "2. Thư ký cuộc họp: Cà Thị Hặc",
                           "1. Góp làm đường", "2. Giờ phát loa", "Đồng ý 40/", "2. Nội dung không được",
                           "THƯ KÝ CUỘC HỌP Cà Thị Hặc", "TRƯỞNG BẢN\nCHỦ TRÌ CUỘC HỌP Lò Văn Thoa",
                           "Về 2 nội dung", "các nội dung: Góp làm đường; Giờ phát loa."});
  EXPECT_EQ(made.blocks.back().signatures.size(), 5u) << "a head who chairs signs once";
  const auto blank = std::count_if(made.blocks.begin(), made.blocks.end(), [](const paper::Block& b) {
    return b.paragraph && b.paragraph->dotted_rest && b.paragraph->runs[0].text.empty();
  });
  EXPECT_EQ(blank, 6) << "lines to write on what was said";
  form.chair = "Quàng Văn Ín";
  form.procedure = CommunityDecision::Procedure{74, 47, 70};
  expect_all(words(community_decision(form)),
             {"CHỦ TRÌ Quàng Văn Ín",
              "có 74 hộ có mặt: 47 hộ đồng ý chọn thư ký; 70 hộ đồng ý hình thức biểu quyết"});
}

TEST(Papers, ACorrectedDecisionSaysSo) {
  CommunityDecision form;
  form.letterhead = na_ca(make_date(2026, 12, 26));
  form.title = "NGHỊ QUYẾT";
  form.corrections = {{"Góp làm đường",
                       make_date(2026, 12, 28),
                       {74, 58, 14, 2, true},
                       {74, 57, 15, 2, false},
                       "Biên bản ghi 57 hộ đồng ý",
                       "Sổ đính chính, tờ 1"}};
  expect_all(words(community_decision(form)),
             {"ĐÍNH CHÍNH", "Ngày 28/12/2026", "đồng ý 58, không đồng ý 14, ý kiến khác 2 (được thông qua)",
              "đồng ý 57, không đồng ý 15, ý kiến khác 2 (không được thông qua)", "Sổ đính chính, tờ 1"});
}

TEST(Papers, AttendanceSheetLeavesRoomToSign) {
  std::vector<ListedHousehold> lines = {{1, "12b", "Lò Văn A", "vợ Quàng Thị B", "tạm trú"}};
  std::string sheet = words(attendance_sheet(na_ca(make_date(2026, 12, 12)), "Họp bản", lines));
  EXPECT_NE(sheet.find("Ký tên/điểm chỉ"), std::string::npos);
  EXPECT_EQ(sheet.find("tạm trú"), std::string::npos) << "notes are for the list, not for the hall";
  expect_all(words(household_list(na_ca(make_date(2026, 12, 8)), make_date(2026, 12, 8), lines)),
             {"tổng số 1 hộ", "tạm trú"});
}

TEST(Papers, TallySheetPrintsTheNumberThatDecides) {
  expect_all(
      words(tally_sheet(na_ca(make_date(2026, 12, 12)), 87, {{"Làm đường", 58}, {"Giờ phát loa", 44}})),
      {"Tổng số hộ gia đình: 87", "Cần ít nhất 58 hộ đồng ý.", "Cần ít nhất 44 hộ đồng ý.", "Ý kiến khác"});
}

}  // namespace
}  // namespace danchu::assembly
