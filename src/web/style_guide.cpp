#include "web/style_guide.h"

namespace danchu::web {

namespace {

Moment moment(int day, int hour, const char* what, const char* who) {
  return {at_local(make_date(2026, 12, static_cast<unsigned>(day)), hour, 30), what, who, std::nullopt,
          std::nullopt};
}

std::vector<MapUnit> communes(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    std::vector<MapUnit> units;
    Date today = local_date(q.now());
    auto province = people::province(r, today);
    if (!province) return units;
    for (const people::Unit& unit : people::children(r, province->id, today)) {
      if (!unit.latitude_e4 || !unit.longitude_e4) continue;
      units.push_back({unit.name, *unit.latitude_e4, *unit.longitude_e4, unit.population.value_or(0),
                       q.href("/xa/" + unit.code), static_cast<MapState>(units.size() % 5), ""});
    }
    return units;
  });
}

Reply show_guide(Request& q) {
  if (!q.site().demo) return q.refuse(problem(Fault::missing, N_("This page does not exist")));
  return q.show("web/style_guide", sample_style_guide(communes(q)));
}

Reply send_guide(Request& q) {
  auto form = q.read<SampleForm>();
  if (!form) return q.show_again("web/style_guide", sample_style_guide({}), form.problems());
  return q.see_other("/kieu-dang", N_("The sample form was taken"));
}

}  // namespace

StyleGuide sample_style_guide(const std::vector<MapUnit>& units) {
  StyleGuide g;
  g.crumbs = {{"Sơn La", {"/"}}, {"Xã Mường Bú", {"/"}}, {"Bản Nà Cá", {"/"}}};
  g.back.value = "/";
  g.cards = {{"Việc phải làm hôm nay", "", {"/"}, Count{3}},
             {"Cuộc họp", "Thứ Bảy 12/12, 19 giờ 30, nhà văn hóa bản", {"/"}, std::nullopt},
             {"Công khai", "2 nội dung đang niêm yết", {"/"}, std::nullopt}};
  g.todos = {{"Gửi biên bản và quyết định về UBND xã",
              "Bản Nà Cá · bê tông hóa đường nội bản",
              {"/"},
              Urgency::late,
              make_date(2026, 12, 18),
              "quá hạn 2 ngày làm việc",
              "Điều 2 Văn bản mẫu"},
             {"Gửi giấy mời họp",
              "Bản Nà Pàn",
              {"/"},
              Urgency::soon,
              make_date(2026, 12, 22),
              "còn 1 ngày làm việc",
              ""},
             {"Chốt danh sách hộ",
              "Tiểu khu 3",
              {"/"},
              Urgency::in_time,
              make_date(2026, 12, 29),
              "còn 6 ngày làm việc",
              ""},
             {"UBND xã xem xét hồ sơ", "Tổ dân phố 5", {"/"}, Urgency::waiting, std::nullopt, "", ""}};
  g.tallies = {{{58}, {87}, {58}, TallyState::passed},
               {{57}, {87}, {58}, TallyState::failed},
               {{0}, {87}, {58}, TallyState::open}};
  g.timeline = {moment(8, 9, "Danh sách hộ được chốt: 87 hộ", "Trưởng bản và Trưởng ban công tác Mặt trận"),
                moment(9, 7, "Thông báo nội dung, thời gian, địa điểm họp", "Trưởng bản"),
                moment(12, 19, "Họp bản: 71 hộ có đại diện dự họp", "Trưởng bản chủ trì"),
                moment(14, 8, "UBND xã đã tiếp nhận", "Công chức xã")};
  g.timeline[2].entered = at_local(make_date(2026, 12, 13), 7, 5);
  g.timeline[3].url = Url{"/"};
  g.steps = {{"Đề xuất", StepState::done},
             {"Thống nhất với Mặt trận", StepState::done},
             {"Thông báo", StepState::now},
             {"Họp và biểu quyết", StepState::later},
             {"Gửi về xã", StepState::later}};
  g.facts = {{"Hình thức", "Cuộc họp của cộng đồng dân cư", std::nullopt, ""},
             {"Địa điểm", "Nhà văn hóa bản", Url{"/"}, "Sửa"},
             {"Biên bản", "Tải về (PDF)", Url{"/"}, ""}};
  // No law is cited here: what stands in law/*.toml changes, a sample does not.
  g.because = {
      {"MAU-01", "Điều 1 Văn bản mẫu", "Được thông qua khi có đủ số hộ gia đình đồng ý", {"/luat"}, false},
      {"MAU-02", "Điều 3 Văn bản mẫu", "", {"/luat"}, true}};
  g.paging = {Url{"/"}, Url{"/"}};
  g.share.text =
      "Bản Nà Cá họp bàn làm đường: 19 giờ 30 thứ Bảy 12/12, nhà văn hóa bản. Mời mỗi hộ một đại "
      "diện.\nhttps://danchu.example/viec/01J8";
  g.rows = {{"Bê tông hóa đường nội bản", {"/"}, {87}, {58}, TallyState::passed},
            {"Quỹ khuyến học của bản", {"/"}, {87}, {41}, TallyState::failed},
            {"Quy ước giữ rừng đầu nguồn", {"/"}, {1'204}, {0}, TallyState::open}};
  g.secretary_options = {{"1", "Lò Thị Minh", "Thư ký số"}, {"2", "Quàng Văn Ộp", ""}};
  g.form.title.value = "Mỗi hộ góp 200.000 đ và 3 ngày công làm đường?";
  g.map = unit_map(units, "Sơn La");
  return g;
}

void style_guide_routes(Router& router) {
  router.get("/kieu-dang", show_guide, about(N_("The looks of this site")));
  router.post("/kieu-dang", send_guide, about(N_("The sample form of the looks")).reads<SampleForm>());
}

}  // namespace danchu::web
