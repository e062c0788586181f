#include "paper/paper.h"

#include <gmock/gmock.h>
#include <pthread.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "paper/picture.h"
#include "paper/qr.h"
#include "paper/samples_testing.h"
#include "store/testing.h"

namespace danchu::paper {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  char buffer[4096];
  while (std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, n);
  ::pclose(pipe);
  return out;
}
bool installed(const char* program) { return !output_of(std::string("command -v ") + program).empty(); }

// A paper as a file, read with the tools an office has.
class Printed {
 public:
  explicit Printed(const std::string& bytes, const char* name = "paper.pdf")
      : file_(directory_.path() + "/" + name) {
    std::ofstream(file_, std::ios::binary) << bytes;
    if (const char* keep = std::getenv("DANCHU_KEEP_PAPERS"))
      std::filesystem::copy_file(file_,
                                 std::string(keep) + "/" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
                                     name,
                                 std::filesystem::copy_options::overwrite_existing);
  }
  const std::string& file() const { return file_; }
  std::string text(const std::string& options = "") const {
    return output_of("pdftotext -layout " + options + " " + file_ + " -");
  }
  // Words in reading order, whatever lines they were broken into.
  std::string words() const {
    std::string joined;
    for (char c : output_of("pdftotext " + file_ + " -")) {
      const bool space = c == '\n' || c == ' ' || c == '\f';
      if (!space || (!joined.empty() && joined.back() != ' ')) joined += space ? ' ' : c;
    }
    return joined;
  }
  int pages() const {
    const std::string info = output_of("pdfinfo " + file_);
    return std::atoi(info.c_str() + info.find("Pages:") + 6);
  }

 private:
  store::TemporaryDirectory directory_;
  std::string file_;
};

Document lines(int count) {
  Document d;
  d.title = "Dòng";
  for (int i = 1; i <= count; ++i) d.blocks.push_back(block(plain("dòng số " + std::to_string(i) + ".")));
  return d;
}

TEST(Paper, InvitationHoldsEveryItemOfForm01) {
  Printed paper(to_pdf(invitation()));
  const std::string words = paper.words();
  for (const char* item : {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                           "Độc lập - Tự do - Hạnh phúc",
                           "ỦY BAN NHÂN DÂN XÃ MƯỜNG BÚ",
                           "BẢN NÀ CÁ",
                           "Mường Bú, ngày 12 tháng 12 năm 2026",
                           "GIẤY MỜI",
                           "Kính mời ông (bà): Lò Văn Thoa",
                           "Về việc: làm đường nội bản",
                           "1. Thời gian, địa điểm",
                           "a) Thời gian",
                           "b) Địa điểm",
                           "2. Thành phần",
                           "a) Chủ trì",
                           "b) Đại biểu tham dự",
                           "3. Nội dung",
                           "4. Đầu mối liên hệ về cuộc họp",
                           "5. Tài liệu phục vụ cuộc họp (nếu có)",
                           "tham gia đầy đủ, đúng thành phần",
                           "TRƯỞNG BẢN",
                           "(Ký, ghi rõ họ tên)",
                           "Mã kiểm chứng 12-9F0C3A7B21D4E865"})
    EXPECT_THAT(words, HasSubstr(item));
  EXPECT_EQ(paper.pages(), 1);
}

TEST(Paper, MinutesHoldEveryItemOfForm03) {
  Printed paper(to_pdf(minutes()));
  const std::string words = paper.words();
  for (const char* item : {"BIÊN BẢN CUỘC HỌP",
                           "Về việc làm đường nội bản",
                           "19 giờ 30 phút, ngày 15 tháng 12 năm 2026, tại",
                           "I. THÀNH PHẦN",
                           "1. Chủ trì: Ông Lò Văn Thoa – Chức vụ: Trưởng bản",
                           "2. Thư ký:",
                           "3. Thành phần tham dự",
                           "Tổng số hộ gia đình: 87",
                           "số hộ có đại diện dự họp: 71",
                           "số hộ không có người đại diện tham dự: 16",
                           "II. DIỄN BIẾN, Ý KIẾN THẢO LUẬN",
                           "III. HÌNH THỨC VÀ KẾT QUẢ BIỂU QUYẾT",
                           "biểu quyết giơ tay",
                           "58/87",
                           "10/87",
                           "3/87",
                           "IV. KẾT LUẬN",
                           "kết thúc vào hồi 21 giờ 00 phút",
                           "đọc lại cho mọi người cùng nghe",
                           "THƯ KÝ",
                           "TRƯỞNG BẢN",
                           "TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
                           "ĐẠI DIỆN HỘ GIA ĐÌNH",
                           "Ký tên/điểm chỉ"})
    EXPECT_THAT(words, HasSubstr(item));
  EXPECT_GE(paper.pages(), 3);
  EXPECT_THAT(paper.text("-f 2 -l 2"), StartsWith(std::string(1, ' ')));
}

TEST(Paper, PapersOfOneFileHaveTheirOwnPages) {
  Document first = lines(3), long_one = lines(60), last = lines(2);
  first.qr_url = long_one.qr_url = last.qr_url = "https://example.invalid/a";
  last.qr_url = "https://example.invalid/b";
  first.next = {long_one, last};
  Printed paper(to_pdf(first));
  EXPECT_EQ(paper.pages(), 4);
  const std::string docx = to_docx(first);
  for (const char* part : {"word/media/qr.png", "word/media/qr2.png"}) EXPECT_THAT(docx, HasSubstr(part));
  EXPECT_THAT(docx, Not(HasSubstr("word/media/qr3.png"))) << "one picture for one address";
}

TEST(Paper, NumbersPagesFromTheSecond) {
  Printed paper(to_pdf(lines(120)));
  ASSERT_GE(paper.pages(), 3);
  EXPECT_EQ(output_of("pdftotext -f 2 -l 2 " + paper.file() + " - | head -1"), "2\n");
  EXPECT_EQ(output_of("pdftotext -f 3 -l 3 " + paper.file() + " - | head -1"), "3\n");
  EXPECT_THAT(output_of("pdftotext -f 1 -l 1 " + paper.file() + " - | head -1"), StartsWith("dòng số 1."));
}

TEST(Paper, LosesNoLineOverPages) {
  const std::string words = Printed(to_pdf(lines(120))).words();
  for (int i = 1; i <= 120; ++i) EXPECT_THAT(words, HasSubstr("dòng số " + std::to_string(i) + "."));
}

TEST(Paper, RepeatsATablesHeaderOnEachPage) {
  Printed paper(to_pdf(minutes(120)));
  int with_rows = 0;
  for (int page = 1; page <= paper.pages(); ++page) {
    const std::string text = paper.text("-f " + std::to_string(page) + " -l " + std::to_string(page));
    if (text.find("Hộ gia đình số") == std::string::npos) continue;
    ++with_rows;
    EXPECT_THAT(text, HasSubstr("Ký tên/điểm chỉ")) << page;
  }
  EXPECT_GE(with_rows, 4);
}

TEST(Paper, SplitsARowTallerThanAPage) {
  std::string text;
  for (int i = 1; i <= 700; ++i) text += "từ-" + std::to_string(i) + " ";
  Document d;
  Table table{.widths = {0.5, 0.5}, .header_row = true};
  table.rows = {
      {bold_cell("Ý kiến"), bold_cell("Trả lời")}, {cell(text), cell("ngắn")}, {cell("sau đó"), cell("hết")}};
  d.blocks = {block(plain("Trước bảng.")), block(table)};
  Printed paper(to_pdf(d));
  EXPECT_GE(paper.pages(), 2);
  const std::string words = paper.words();
  for (int i = 1; i <= 700; ++i) EXPECT_THAT(words, HasSubstr("từ-" + std::to_string(i) + " "));
  EXPECT_THAT(words, HasSubstr("sau đó"));
}

TEST(Paper, SameDocumentGivesSameBytes) {
  EXPECT_EQ(to_pdf(minutes()), to_pdf(minutes()));
  EXPECT_EQ(to_docx(minutes()), to_docx(minutes()));
}

TEST(Paper, NamesTitleLanguageAndFonts) {
  Printed paper(to_pdf(invitation()));
  const std::string info = output_of("pdfinfo " + paper.file());
  EXPECT_THAT(info, HasSubstr("Giấy mời họp bản Nà Cá"));
  EXPECT_THAT(info, HasSubstr("Dec 12"));
  EXPECT_THAT(info, HasSubstr("419.5"));
  std::ifstream in(paper.file(), std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(bytes, HasSubstr("/Lang (vi)"));
  const std::string fonts = output_of("pdffonts " + paper.file() + " | tail -n +3");
  EXPECT_THAT(fonts, HasSubstr("LiberationSerif"));
  EXPECT_THAT(fonts, Not(HasSubstr(" no  ")));
}

TEST(Paper, QrCodeCanBeScannedFromTheSheet) {
  if (!installed("zbarimg")) GTEST_SKIP() << "zbarimg is not installed";
  Printed paper(to_pdf(invitation()));
  output_of("pdftoppm -r 150 -png -singlefile " + paper.file() + " " + paper.file());
  EXPECT_EQ(output_of("zbarimg -q --raw " + paper.file() + ".png"), invitation().qr_url + "\n");
}

TEST(Paper, WatermarkStandsBehindEachPage) {
  Document d = lines(120);
  d.watermark = "BẢN MINH HỌA";
  const int pages = Printed(to_pdf(lines(120))).pages();
  Printed paper(to_pdf(d));
  EXPECT_EQ(paper.pages(), pages);
  // Each letter stands on a height of its own.
  std::string letters =
      output_of("pdftotext -raw " + paper.file() + " - | tr -d '\\n' | grep -o BẢNMINHHỌA | wc -l");
  EXPECT_EQ(std::atoi(letters.c_str()), pages);
}

TEST(Paper, EmptyAndOddDocumentsArePrinted) {
  EXPECT_EQ(Printed(to_pdf({})).pages(), 1);
  Document d;
  Table table{.widths = {0.5, 0.5}};
  table.rows = {{}, {cell("một ô")}};
  d.blocks = {block(table), block(Table{}), block(plain("")), page_break(),
              block(plain(std::string(5000, 'x')))};
  EXPECT_GE(Printed(to_pdf(d)).pages(), 2);
  EXPECT_FALSE(to_docx(d).empty());
}

// The pool's threads have small stacks.
TEST(Paper, IsSetOnASmallStack) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
  std::string pdf;
  pthread_t thread;
  auto set = [](void* out) -> void* {
    *static_cast<std::string*>(out) = to_pdf(minutes());
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, set, &pdf), 0);
  pthread_join(thread, nullptr);
  EXPECT_THAT(pdf, StartsWith("%PDF-"));
}

TEST(Docx, IsAWellFormedPackage) {
  Document d = minutes();
  d.blocks.push_back(block(plain("Dấu <đặc biệt> & \"ngoặc\"\nxuống dòng\x01")));
  Printed paper(to_docx(d), "paper.docx");
  const std::string list = output_of("unzip -Z1 " + paper.file());
  for (const char* part : {"[Content_Types].xml", "word/document.xml", "word/styles.xml", "word/header1.xml",
                           "word/media/qr.png", "docProps/core.xml"})
    EXPECT_THAT(list, HasSubstr(part));
  const std::string text = output_of("unzip -p " + paper.file() + " word/document.xml");
  EXPECT_THAT(text, HasSubstr("Dấu &lt;đặc biệt&gt; &amp; "));
  EXPECT_THAT(text, HasSubstr("<w:tblHeader/>"));
  EXPECT_THAT(text, HasSubstr("w:leader=\"dot\""));
  EXPECT_THAT(text, Not(HasSubstr("\x01")));
  EXPECT_THAT(output_of("unzip -p " + paper.file() + " word/styles.xml"), HasSubstr("Times New Roman"));
  EXPECT_THAT(output_of("unzip -p " + paper.file() + " word/header1.xml"), HasSubstr(" PAGE "));
}

TEST(Qr, SvgCarriesNoStyleOrScript) {
  const std::string svg = qr_svg("http://localhost:8080/viec/01J", 240);
  EXPECT_THAT(svg, StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"240\" height=\"240\""));
  for (const char* banned : {"style", "script", "class"}) EXPECT_THAT(svg, Not(HasSubstr(banned)));
  EXPECT_THROW(qr_svg(std::string(3000, 'x'), 240), std::length_error);
}

TEST(Qr, PictureCanBeScanned) {
  if (!installed("zbarimg")) GTEST_SKIP() << "zbarimg is not installed";
  Printed picture(qr_png("https://danchu.example/viec/01J", 4), "qr.png");
  EXPECT_EQ(output_of("zbarimg -q --raw " + picture.file()), "https://danchu.example/viec/01J\n");
}

TEST(SharePicture, HasTheSizeZaloShows) {
  const std::string png =
      share_picture_png("Làm đường nội bản Nà Cá: mỗi hộ gia đình đóng góp 1.200.000 đồng và hai ngày công",
                        "Được thông qua: 58/87 hộ đồng ý", "Bản Nà Cá, xã Mường Bú");
  Printed picture(png, "share.png");
  EXPECT_THAT(output_of("file " + picture.file()), HasSubstr("1200 x 630"));
  EXPECT_EQ(png, share_picture_png(
                     "Làm đường nội bản Nà Cá: mỗi hộ gia đình đóng góp 1.200.000 đồng và hai ngày công",
                     "Được thông qua: 58/87 hộ đồng ý", "Bản Nà Cá, xã Mường Bú"));
}

}  // namespace
}  // namespace danchu::paper
