#include "assembly/papers.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "assembly/decisions.h"
#include "base/lunar.h"

namespace danchu::assembly {
namespace {

using paper::Align;
using paper::Block;
using paper::Document;

const char* const by_hand = "(Ký, ghi rõ họ tên)";
// In two lines where it is meant to break: in one it is wider than half a page.
const char* const front_title = "TRƯỞNG BAN\nCÔNG TÁC MẶT TRẬN";

std::string upper(const std::string& text) {
  std::string out;
  icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale("vi")).toUTF8String(out);
  return out;
}

std::string two_digits(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

// "ngày 09 tháng 02 năm 2027": administrative papers put a zero before days below 10 and months below 3.
std::string in_words(Date date) {
  std::string month = date.month() < 3 ? two_digits(date.month()) : std::to_string(date.month());
  return "ngày " + two_digits(date.day()) + " tháng " + month + " năm " + std::to_string(date.year());
}

std::string moment(Instant when) {
  static const char* const weekdays[] = {"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư",
                                         "thứ Năm",  "thứ Sáu", "thứ Bảy"};
  Date date = local_date(when);
  std::int64_t minutes = (when.us - start_of(date).us) / 60'000'000;
  return std::to_string(minutes / 60) + " giờ " + two_digits(minutes % 60) + " phút, " +
         weekdays[date.weekday()] + ", " + in_words(date);
}

// "tức ngày 4 tháng 11 âm lịch", as people count the days.
std::string by_the_moon(Date date) {
  const LunarDate moon = lunar(date);
  return "tức ngày " + std::to_string(moon.day) + " tháng " + std::to_string(moon.month) +
         (moon.leap ? " nhuận" : "") + " âm lịch";
}

Block line(std::string text) { return paper::block(paper::plain(std::move(text))); }
Block heading(std::string text) {
  paper::Paragraph p = paper::bold(std::move(text));
  p.align = Align::left;
  return paper::block(std::move(p));
}

Block labelled(const std::string& label, const std::string& value) {
  return paper::block(paper::dotted(label, value));
}

// Who signs in the holder's place says so before the post: "KT. TRƯỞNG BẢN".
paper::Signature signature(bool stood_in_for, const std::string& post, const std::string& name) {
  return {(stood_in_for ? "KT. " : "") + post, by_hand, name};
}
paper::Signature by_head(const Letterhead& head) {
  return signature(head.head_stood_in_for, upper(head.head_title), head.head_name);
}
paper::Signature by_front(const Letterhead& head) {
  return signature(head.front_stood_in_for, front_title, head.front_name);
}

Document begin(const Letterhead& head, std::string title) {
  Document d;
  d.title = std::move(title);
  d.made = start_of(head.date);
  d.head = paper::Head{{upper("UBND " + head.commune), upper(head.village)},
                       head.place + ", " + in_words(head.date)};
  d.qr_url = head.public_url;
  d.qr_caption = head.check_code.empty() ? "Xem trên trang công khai" : "Mã kiểm chứng " + head.check_code;
  if (head.draft) d.watermark = "DỰ THẢO";
  if (head.replaced) d.watermark = "ĐÃ THAY THẾ";
  if (head.demo) d.watermark += (d.watermark.empty() ? "" : ", ") + std::string("DỮ LIỆU MINH HỌA");
  return d;
}

std::string share(std::int64_t part, std::int64_t total) {
  return std::to_string(part) + "/" + std::to_string(total) + " hộ";
}

// `attended`: who came at any time; who had gone or was not there yet is told, so that the two numbers agree.
void add_result(Document& d, std::size_t number, const MatterResult& m, std::int64_t households,
                std::int64_t attended) {
  d.blocks.push_back(heading(std::to_string(number) + ". " + m.title));
  if (!m.asked.empty() && m.asked != m.decision)
    d.blocks.push_back(line("Nội dung đưa ra biểu quyết: " + m.asked));
  d.blocks.push_back(
      line("a) Hình thức quyết định: biểu quyết tại cuộc họp, bằng hình thức " + m.method + "."));
  d.blocks.push_back(line("b) Số hộ có mặt khi biểu quyết: " + share(m.present, households) +
                          (attended > m.present ? " (" + std::to_string(attended - m.present) +
                                                      " hộ đã dự họp không có mặt khi biểu quyết)"
                                                : "") +
                          "."));
  d.blocks.push_back(line("c) Kết quả: Đồng ý " + share(m.yes, households) + "; Không đồng ý " +
                          share(m.no, households) + "; Ý kiến khác " + share(m.other, households) + "."));
  d.blocks.push_back(line("d) Cần ít nhất " + std::to_string(m.needed) + " hộ đồng ý. Nội dung " +
                          (m.passed ? "được thông qua." : "không được thông qua.")));
  if (!m.decision.empty()) d.blocks.push_back(line("đ) Nội dung quyết định: " + m.decision));
  if (!m.keeper.empty() && !m.checker.empty())
    d.blocks.push_back(
        line("e) Người giữ khoản đóng góp: " + m.keeper + "; người kiểm tra: " + m.checker + "."));
}

std::string numbers(const PaperCorrection::Numbers& n) {
  return "có mặt " + std::to_string(n.present) + ", đồng ý " + std::to_string(n.yes) + ", không đồng ý " +
         std::to_string(n.no) + ", ý kiến khác " + std::to_string(n.other) +
         (n.passed ? " (được thông qua)" : " (không được thông qua)");
}

// What was corrected stands on the paper itself, so that nobody carries the old one about unknowing.
void add_corrections(Document& d, const std::vector<PaperCorrection>& corrections) {
  if (!corrections.empty()) d.blocks.push_back(heading("ĐÍNH CHÍNH"));
  for (const PaperCorrection& c : corrections)
    d.blocks.push_back(line("Ngày " + to_page(c.on) + ", kết quả của nội dung “" + c.matter +
                            "” đã được đính chính. Số liệu trước: " + numbers(c.before) +
                            ". Số liệu đúng: " + numbers(c.now) + ". Lý do: " + c.reason +
                            ". Biên bản đính chính lưu tại: " + c.kept_at + "."));
}

Block household_table(const std::vector<ListedHousehold>& lines, const std::string& last_column, bool notes) {
  paper::Table table;
  table.header_row = true;
  table.widths = {0.08, 0.12, 0.3, 0.25, 0.25};
  table.rows.push_back({paper::bold_cell("STT"), paper::bold_cell("Số nhà"), paper::bold_cell("Chủ hộ"),
                        paper::bold_cell("Để phân biệt"), paper::bold_cell(last_column)});
  for (const ListedHousehold& h : lines)
    table.rows.push_back({paper::cell(std::to_string(h.number), Align::centre), paper::cell(h.house),
                          paper::cell(h.head), paper::cell(h.beside), paper::cell(notes ? h.note : "")});
  return paper::block(std::move(table));
}

// A list that households may still correct says so beside its title.
std::string draft_words(const Letterhead& head) {
  return head.draft ? " (DỰ THẢO, UBND " + head.commune + " chưa xác nhận)" : "";
}

// What the evening was about: its subject, or each of its matters.
std::vector<std::string> subjects(const CommunityDecision& form) {
  if (!form.subject.empty()) return {form.subject};
  std::vector<std::string> titles;
  for (const MatterResult& matter : form.matters) titles.push_back(matter.title);
  for (const CommunityDecision::PutOff& other : form.put_off) titles.push_back(other.title);
  return titles;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "; ") + part;
  return all;
}

// Dotted lines, as far apart as a hand needs.
void add_lines_to_write_on(Document& d) {
  constexpr int lines = 6;
  for (int i = 0; i < lines; ++i) {
    paper::Paragraph empty = paper::dotted("");
    empty.space_before_pt = 8;
    d.blocks.push_back(paper::block(std::move(empty)));
  }
}

// The slip at the foot, which the household signs when it takes the invitation.
void add_slip(Document& d, const Invitation& form) {
  std::string dashes = "- - - - - - - - - - - - - ";
  paper::Paragraph cut = paper::centred(paper::plain(dashes + dashes + "cắt tại đây " + dashes + dashes));
  cut.space_before_pt = 10;
  d.blocks.push_back(paper::block(std::move(cut)));
  d.blocks.push_back(heading("GIẤY NHẬN giấy mời họp lúc " + to_page(form.when)));
  d.blocks.push_back(labelled("Hộ:", form.invited + (form.house.empty() ? "" : "; số nhà " + form.house)));
  d.blocks.push_back(labelled("Nhận ngày ……/……, người nhận (ký, ghi rõ họ tên):", ""));
}

}  // namespace

Document invitation(const Invitation& form) {
  const Letterhead& head = form.letterhead;
  Document d = begin(head, "Giấy mời");
  d.one_page = true;
  d.heading = {"GIẤY MỜI"};
  if (form.draft) {
    d.heading.emplace_back("(BẢN NHÁP, chưa thông báo cuộc họp)");
    d.watermark = "BẢN NHÁP" + (d.watermark.empty() ? "" : ", " + d.watermark);
  }
  d.blocks.push_back(labelled("Kính mời ông (bà):", form.invited));
  d.blocks.push_back(labelled("Số nhà:", form.house));
  d.blocks.push_back(labelled("Về việc:", form.subject));
  d.blocks.push_back(heading("1. Thời gian, địa điểm"));
  d.blocks.push_back(
      line("a) Thời gian: " + moment(form.when) + " (" + by_the_moon(local_date(form.when)) + ")."));
  d.blocks.push_back(line("b) Địa điểm: " + form.where + "."));
  d.blocks.push_back(heading("2. Thành phần"));
  d.blocks.push_back(line("a) Chủ trì: " + form.chair + "."));
  d.blocks.push_back(line("b) Đại biểu tham dự: " + form.attendees + "."));
  d.blocks.push_back(heading("3. Nội dung"));
  for (std::size_t i = 0; i < form.agenda.size(); ++i) {
    const std::string asked = i < form.asked.size() ? form.asked[i] : "";
    const char* const end = i + 1 < form.agenda.size() ? ";" : ".";
    d.blocks.push_back(line("- " + form.agenda[i] + (asked.empty() ? end : ":")));
    if (!asked.empty()) d.blocks.push_back(line("  " + asked + end));
  }
  d.blocks.push_back(heading("4. Đầu mối liên hệ về cuộc họp"));
  d.blocks.push_back(form.contact.empty() ? labelled("-", "") : line("- " + form.contact));
  if (!form.documents.empty()) d.blocks.push_back(heading("5. Tài liệu phục vụ cuộc họp"));
  for (const std::string& document : form.documents) d.blocks.push_back(line("- " + document));
  d.blocks.push_back(line("Đề nghị ông (bà) tham gia đầy đủ, đúng thành phần."));
  d.blocks.push_back(labelled("Bằng tiếng dân tộc (bản tiếng Việt là bản chính):", form.second_language));
  d.blocks.push_back(paper::block(std::vector<paper::Signature>{by_head(head)}));
  add_slip(d, form);
  return d;
}

Document invitations(Invitation form, const std::vector<ListedHousehold>& households) {
  std::vector<Document> papers;
  for (const ListedHousehold& h : households) {
    form.invited = "đại diện hộ " + h.head + (h.beside.empty() ? "" : " (" + h.beside + ")");
    form.house =
        h.house + (h.house.empty() ? "" : ", ") + "hộ số " + std::to_string(h.number) + " trong danh sách";
    papers.push_back(invitation(form));
  }
  if (papers.empty()) return invitation(form);
  Document first = std::move(papers.front());
  first.next.assign(std::make_move_iterator(papers.begin() + 1), std::make_move_iterator(papers.end()));
  return first;
}

Document community_decision(const CommunityDecision& form) {
  const Letterhead& head = form.letterhead;
  const std::vector<std::string> about = subjects(form);
  Document d = begin(head, form.title);
  d.heading = {form.title, about.size() == 1
                               ? "Về việc " + about[0]
                               : "Về " + std::to_string(about.size()) + " nội dung được đưa ra cuộc họp"};
  if (!form.outcome.empty()) d.heading.push_back(form.outcome);
  if (head.replaced) d.heading.emplace_back("(ĐÃ THAY THẾ bằng bản đã đính chính)");
  d.blocks.push_back(line("Hồi " + moment(form.began) + ", tại " + form.where + ", cộng đồng dân cư " +
                          head.village + " tổ chức cuộc họp để bàn và quyết định " +
                          (about.size() == 1 ? "về việc " : "các nội dung: ") + joined(about) + "."));
  d.blocks.push_back(heading("I. THÀNH PHẦN"));
  d.blocks.push_back(
      labelled("1. Chủ trì:",
               form.chair + (form.chair.empty() || form.chair_post.empty() ? "" : ", ") + form.chair_post));
  d.blocks.push_back(labelled("2. Thư ký cuộc họp:", form.secretary));
  d.blocks.push_back(line("3. Thành phần tham dự: tổng số hộ gia đình " + std::to_string(form.households) +
                          " (danh sách chốt ngày " + to_page(form.list_closed_on) +
                          "); số hộ có đại diện dự họp " + std::to_string(form.attended) +
                          "; số hộ không có người đại diện tham dự " +
                          std::to_string(form.households - form.attended) + "."));
  if (form.procedure)
    d.blocks.push_back(line("4. Khi khai mạc có " + std::to_string(form.procedure->present) + " hộ có mặt: " +
                            std::to_string(form.procedure->secretary_yes) + " hộ đồng ý chọn thư ký; " +
                            std::to_string(form.procedure->method_yes) + " hộ đồng ý hình thức biểu quyết."));
  d.blocks.push_back(heading("II. DIỄN BIẾN, Ý KIẾN THẢO LUẬN"));
  add_lines_to_write_on(d);
  if (form.voices > 0)
    d.blocks.push_back(line("Ý kiến của thành viên hộ không thống nhất với người đại diện (" +
                            form.voices_article + "; không tính vào kết quả biểu quyết): " +
                            std::to_string(form.voices) + " người đăng ký phát biểu."));
  for (const std::string& opinion : form.member_opinions) d.blocks.push_back(line("- " + opinion));
  d.blocks.push_back(heading("III. HÌNH THỨC QUYẾT ĐỊNH VÀ KẾT QUẢ BIỂU QUYẾT TỪNG NỘI DUNG"));
  for (std::size_t i = 0; i < form.matters.size(); ++i)
    add_result(d, i + 1, form.matters[i], form.households, form.attended);
  for (const CommunityDecision::PutOff& other : form.put_off)
    d.blocks.push_back(line("Không biểu quyết nội dung “" + other.title + "”, chuyển sang cuộc họp khác" +
                            (other.reason.empty() ? "." : "; lý do: " + other.reason + ".")));
  d.blocks.push_back(heading("IV. KẾT LUẬN"));
  for (const std::string& effect : form.effects) d.blocks.push_back(line(effect));
  add_corrections(d, form.corrections);
  d.blocks.push_back(line("Biên bản được đọc lại cho mọi người cùng nghe và thống nhất ký tên dưới đây."));
  d.blocks.push_back(labelled("Cuộc họp kết thúc hồi", form.ended ? moment(*form.ended) + "." : ""));
  auto witness = [&](std::size_t i) { return i < form.witnesses.size() ? form.witnesses[i] : std::string(); };
  // A head who chairs signs once, as both.
  const bool one = same_person(form.chair, head.head_name);
  paper::Signature for_head = by_head(head);
  if (one) for_head.title += "\nCHỦ TRÌ CUỘC HỌP";
  std::vector<paper::Signature> signatures{by_front(head),
                                           std::move(for_head),
                                           {"ĐẠI DIỆN HỘ GIA ĐÌNH", by_hand, witness(0)},
                                           {"ĐẠI DIỆN HỘ GIA ĐÌNH", by_hand, witness(1)},
                                           {"THƯ KÝ CUỘC HỌP", by_hand, form.secretary}};
  if (!one) signatures.push_back({"CHỦ TRÌ", by_hand, form.chair});
  d.blocks.push_back(paper::block(std::move(signatures)));
  return d;
}

Document household_list(const Letterhead& head, Date closed_on, const std::vector<ListedHousehold>& lines) {
  Document d = begin(head, "Danh sách hộ gia đình");
  d.heading = {"DANH SÁCH HỘ GIA ĐÌNH", "Chốt ngày " + to_page(closed_on) + ", tổng số " +
                                            std::to_string(lines.size()) + " hộ" + draft_words(head)};
  d.blocks.push_back(household_table(lines, "Ghi chú", true));
  d.blocks.push_back(paper::block(std::vector<paper::Signature>{by_front(head), by_head(head)}));
  return d;
}

Document attendance_sheet(const Letterhead& head, const std::string& meeting,
                          const std::vector<ListedHousehold>& lines) {
  Document d = begin(head, "Danh sách điểm danh");
  d.heading = {"DANH SÁCH ĐIỂM DANH", meeting + draft_words(head)};
  d.blocks.push_back(household_table(lines, "Ký tên/điểm chỉ", false));
  d.blocks.push_back(labelled("Số hộ có đại diện dự họp:", ""));
  d.blocks.push_back(paper::block(
      std::vector<paper::Signature>{{"THƯ KÝ CUỘC HỌP", by_hand, ""}, {"CHỦ TRÌ", by_hand, ""}}));
  return d;
}

Document tally_sheet(const Letterhead& head, std::int64_t households, const std::vector<TallyLine>& matters) {
  Document d = begin(head, "Bảng kiểm đếm giơ tay");
  d.heading = {"BẢNG KIỂM ĐẾM GIƠ TAY", "Tổng số hộ gia đình: " + std::to_string(households)};
  for (const TallyLine& matter : matters) {
    d.blocks.push_back(heading(matter.title));
    d.blocks.push_back(line("Cần ít nhất " + std::to_string(matter.needed) + " hộ đồng ý."));
    paper::Table table;
    table.widths = {0.4, 0.6};
    for (const char* row : {"Số hộ có mặt khi biểu quyết", "Đồng ý", "Không đồng ý", "Ý kiến khác"})
      table.rows.push_back({paper::cell(row), paper::cell(" ")});
    d.blocks.push_back(paper::block(std::move(table)));
  }
  d.blocks.push_back(
      paper::block(std::vector<paper::Signature>{{"THƯ KÝ CUỘC HỌP", by_hand, ""}, by_head(head)}));
  return d;
}

}  // namespace danchu::assembly
