// Two papers as a commune knows them (forms 01 and 03 of Decree 59/2023), for tests of how papers look.
#pragma once
#include "paper/paper.h"

namespace danchu::paper {

inline Head sample_head() {
  return {{"ỦY BAN NHÂN DÂN XÃ MƯỜNG BÚ", "BẢN NÀ CÁ"}, "Mường Bú, ngày 12 tháng 12 năm 2026"};
}

inline Document invitation(PageSize size = PageSize::a5) {
  Document d;
  d.size = size;
  d.title = "Giấy mời họp bản Nà Cá";
  d.head = sample_head();
  d.heading = {"GIẤY MỜI", "Về việc làm đường nội bản"};
  d.made = at_local(make_date(2026, 12, 12), 8, 0);
  d.blocks = {block(dotted("Kính mời ông (bà):", "Lò Văn Thoa, nhà số 12b")),
              block(dotted("Về việc:", "làm đường nội bản, mức đóng góp của mỗi hộ gia đình")),
              block(bold("1. Thời gian, địa điểm")),
              block(plain("a) Thời gian: 19 giờ 30 phút, ngày 15 tháng 12 năm 2026")),
              block(plain("b) Địa điểm: Nhà văn hóa bản Nà Cá")),
              block(bold("2. Thành phần")),
              block(plain("a) Chủ trì: Ông Lò Văn Thoa, Trưởng bản")),
              block(plain("b) Đại biểu tham dự: đại diện các hộ gia đình trong bản")),
              block(bold("3. Nội dung: bàn và quyết định mức đóng góp làm đường nội bản")),
              block(plain("4. Đầu mối liên hệ về cuộc họp: Ông Quàng Văn Ín, điện thoại 0212 3 000 000")),
              block(plain("5. Tài liệu phục vụ cuộc họp (nếu có): dự toán công trình")),
              block(plain("Đề nghị ông (bà) tham gia đầy đủ, đúng thành phần./.")),
              block(std::vector<Signature>{{"TRƯỞNG BẢN", "(Ký, ghi rõ họ tên)", "Lò Văn Thoa"}})};
  d.qr_url = "http://localhost:8080/viec/01JABCDEFGHJK";
  d.qr_caption = "Mã kiểm chứng 12-9F0C3A7B21D4E865\nhttp://localhost:8080/kiem-chung";
  return d;
}

inline Document minutes(int households = 45) {
  Document d;
  d.title = "Biên bản cuộc họp bản Nà Cá";
  d.head = sample_head();
  d.heading = {"BIÊN BẢN CUỘC HỌP", "Về việc làm đường nội bản"};
  d.made = at_local(make_date(2026, 12, 15), 21, 0);
  d.blocks = {block(plain("Hôm nay, vào hồi 19 giờ 30 phút, ngày 15 tháng 12 năm 2026, tại Nhà văn hóa bản "
                          "Nà Cá, cộng đồng dân "
                          "cư bản Nà Cá tổ chức cuộc họp để bàn và quyết định việc làm đường nội bản.")),
              block(bold("I. THÀNH PHẦN")),
              block(dotted("1. Chủ trì:", "Ông Lò Văn Thoa – Chức vụ: Trưởng bản")),
              block(dotted("2. Thư ký:")),
              block(plain("3. Thành phần tham dự: Tổng số hộ gia đình: 87 hộ; số hộ có đại diện dự họp: 71; "
                          "số hộ không có người đại "
                          "diện tham dự: 16.")),
              block(bold("II. DIỄN BIẾN, Ý KIẾN THẢO LUẬN"))};
  for (int i = 0; i < 6; ++i)
    d.blocks.push_back(
        block(plain("Đại diện hộ gia đình đề nghị mở rộng mặt đường thêm nửa mét ở đoạn qua suối, vận động "
                    "các hộ có đất hai bên hiến "
                    "đất, và giao Ban giám sát đầu tư của cộng đồng theo dõi việc mua xi măng, cát, sỏi; "
                    "công khai từng khoản thu, chi "
                    "tại nhà văn hóa để bà con được biết, được bàn và được kiểm tra.")));
  d.blocks.push_back(block(bold("III. HÌNH THỨC VÀ KẾT QUẢ BIỂU QUYẾT")));
  d.blocks.push_back(block(plain(
      "Hình thức quyết định: biểu quyết giơ tay. Nội dung quyết định: mỗi hộ đóng góp 1.200.000 đồng.")));
  Table result{.widths = {0.4, 0.2, 0.4}, .header_row = true};
  result.rows = {{bold_cell("Lựa chọn"), bold_cell("Số hộ"), bold_cell("Tỷ lệ trên tổng số hộ")},
                 {cell("Đồng ý"), cell("58", Align::right), cell("58/87")},
                 {cell("Không đồng ý"), cell("10", Align::right), cell("10/87")},
                 {cell("Ý kiến khác"), cell("3", Align::right), cell("3/87")}};
  d.blocks.push_back(block(result));
  d.blocks.push_back(block(bold("IV. KẾT LUẬN")));
  d.blocks.push_back(block(
      plain("Nội dung được thông qua (cần ít nhất 58 hộ đồng ý). Cuộc họp kết thúc vào hồi 21 giờ 00 phút. "
            "Biên bản đã được đọc lại cho mọi người cùng nghe.")));
  d.blocks.push_back(block(std::vector<Signature>{{"THƯ KÝ", "(Ký, ghi rõ họ tên)", ""},
                                                  {"TRƯỞNG BẢN", "(Ký, ghi rõ họ tên)", "Lò Văn Thoa"},
                                                  {"TRƯỞNG BAN CÔNG TÁC MẶT TRẬN", "(Ký, ghi rõ họ tên)", ""},
                                                  {"ĐẠI DIỆN HỘ GIA ĐÌNH", "(Ký, ghi rõ họ tên)", ""},
                                                  {"ĐẠI DIỆN HỘ GIA ĐÌNH", "(Ký, ghi rõ họ tên)", ""}}));
  d.blocks.push_back(page_break());
  d.blocks.push_back(block(centred(bold("DANH SÁCH ĐIỂM DANH"))));
  Table attendance{.widths = {0.1, 0.45, 0.15, 0.3}, .header_row = true, .row_height_mm = 9};
  attendance.rows = {{bold_cell("STT"), bold_cell("Đại diện hộ gia đình"), bold_cell("Nhà số"),
                      bold_cell("Ký tên/điểm chỉ")}};
  for (int i = 1; i <= households; ++i)
    attendance.rows.push_back({cell(std::to_string(i), Align::centre),
                               cell("Hộ gia đình số " + std::to_string(i)),
                               cell(std::to_string(i), Align::centre),
                               {}});
  d.blocks.push_back(block(attendance));
  d.qr_url = "http://localhost:8080/viec/01JABCDEFGHJK";
  d.qr_caption = "Mã kiểm chứng 12-9F0C3A7B21D4E865";
  return d;
}

}  // namespace danchu::paper
