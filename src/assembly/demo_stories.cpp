#include "assembly/demo_stories.h"

#include <algorithm>

namespace danchu::assembly {
namespace {

using std::chrono::minutes;

constexpr PlainAnswers works{.collects = true, .works = true}, collects{.collects = true},
    funds{.spends = true}, board{.elects_board = true}, own{};

Instant evening(Date day) { return at_local(day, 19, 30); }
Instant half_hour(Instant at) {
  return Instant{at.us - at.us % std::chrono::microseconds(minutes(30)).count()};
}

Story starting(Instant at, Story story) {
  story.starts = at;
  return story;
}
Story again(Story story) {
  story.again = true;
  return story;
}
Story early(int days, Story story) {
  story.early = days;
  return story;
}
Story on_paper(Story story) {
  story.on_paper = true;
  return story;
}

// Bản Nà Cá, whose officers the sign-in page names: story D1, and a piece of work for each of them.
std::vector<Story> of_na_ca(Instant now) {
  const int second = saturday_ago(local_date(now)), first = second + between_meetings;
  return {
      {"03847", "Nà Cá", "Góp làm đường nội bản (lần 1)",
       "Mỗi hộ góp 200.000 đồng và 3 ngày công để đổ bê tông 600 m đường nội bản", works, 200'000, 3, first,
       71, 57, 12, 2, Until::concluded},
      again({"03847", "Nà Cá", "Góp làm đường nội bản",
             "Mỗi hộ góp 150.000 đồng và 3 ngày công để đổ bê tông 600 m đường nội bản", works, 150'000, 3,
             second, 74, 58, 14, 2, Until::executed}),
      {"03847", "Nà Cá", "Giữ sạch mó nước đầu bản",
       "Không thả trâu bò, không phun thuốc trừ cỏ, không đổ rác trong phạm vi 100 m quanh mó nước", own, 0,
       0, 4, 70, 63, 5, 2, Until::signed_},
      starting(tonight(now),
               {"03847", "Nà Cá", "Mua loa và ghế cho nhà văn hóa",
                "Chi 8.500.000 đồng quỹ chung của bản để mua một bộ loa kéo và 40 ghế nhựa cho nhà văn hóa",
                funds, 0, 0, 0, 0, 0, 0, 0, Until::noticed}),
      early(3, {"03847", "Nà Cá", "Góp công sửa máng nước",
                "Mỗi hộ góp 1 ngày công để sửa 350 m máng nước từ mó về bản", works, 0, 1, -6, 0, 0, 0, 0,
                Until::called}),
      {"03847", "Nà Cá", "Giờ mở cửa nhà văn hóa",
       "Nhà văn hóa mở từ 18 giờ đến 21 giờ các ngày thứ Ba, thứ Năm, thứ Bảy; ai mượn thì quét dọn", own, 0,
       0, -3, 0, 0, 0, 0, Until::agreed},
      {"03847", "Nà Cá", "Góp quỹ khuyến học",
       "Mỗi hộ góp 50.000 đồng vào quỹ khuyến học để thưởng học sinh giỏi và giúp các cháu mồ côi", collects,
       50'000, 0, -3, 0, 0, 0, 0, Until::proposed},
  };
}

// The other villages of xã Mường Bú: what its commune and its Front answer.
std::vector<Story> of_muong_bu(Instant now) {
  return {
      {"03847", "Nà Hin", "Nơi thả trâu bò sau vụ gặt",
       "Trâu bò thả trên ruộng đã gặt từ 8 giờ đến 16 giờ và phải có người chăn", own, 0, 0, 6, 49, 45, 3, 1,
       Until::sent},
      {"03847", "Nà Hin", "Giờ phát loa của bản",
       "Loa của bản phát từ 5 giờ 30 đến 6 giờ và từ 17 giờ đến 17 giờ 30", own, 0, 0, -2, 0, 0, 0, 0,
       Until::noticed},
      {"03847", "Nà Pát", "Bầu thành viên Ban Thanh tra nhân dân",
       "Bầu một người của bản vào Ban Thanh tra nhân dân xã", board, 0, 0, 4, 57, 50, 5, 2, Until::received},
      on_paper({"03847", "Huổi Tao", "Góp công thay ván cầu treo",
                "Mỗi hộ góp 1 ngày công để thay 40 tấm ván của cầu treo vào bản", works, 0, 1, 6, 33, 30, 2,
                1, Until::concluded}),
      starting(under_way(now),
               {"03847", "2", "Góp lắp đèn đường", "Mỗi hộ góp 100.000 đồng để lắp 24 bóng đèn đường", works,
                100'000, 0, 0, 90, 82, 6, 2, Until::opened}),
  };
}

std::vector<Story> of_other_communes() {
  return {
      {"03808", "Pá Hốc", "Bầu thành viên Ban Thanh tra nhân dân",
       "Bầu một người của bản vào Ban Thanh tra nhân dân xã", board, 0, 0, 8, 50, 44, 4, 2, Until::received},
      {"03808", "5", "Chi quỹ sửa nhà văn hóa", "Chi 12.000.000 đồng quỹ chung để sửa mái nhà văn hóa", funds,
       0, 0, 15, 80, 70, 8, 2, Until::received},
      {"03646", "3", "Tổng vệ sinh sáng thứ Bảy",
       "Mỗi hộ cử một người dọn vệ sinh từ 6 giờ sáng thứ Bảy đầu tháng", own, 0, 0, 1, 100, 91, 7, 2,
       Until::concluded},
      {"03646", "7", "Chi tiền tài trợ mua bàn ghế", "Chi 20.000.000 đồng tiền tài trợ để mua 60 bộ bàn ghế",
       funds, 0, 0, -2, 0, 0, 0, 0, Until::proposed},
      {"04123", "Nà Hạ Mẫu", "Góp làm mương nước", "Mỗi hộ góp 2 ngày công để nạo vét 1.200 m mương", works,
       0, 2, -2, 0, 0, 0, 0, Until::agreed},
      {"04123", "1", "Bầu thành viên Ban Giám sát đầu tư của cộng đồng",
       "Bầu hai người theo dõi công trình nước sạch", board, 0, 0, 16, 77, 69, 5, 3, Until::recognised},
      {"04048", "Suối Mây", "Quy định nơi thả trâu bò",
       "Trâu bò chỉ thả trên đồi phía bắc, không thả ở ruộng vụ đông", own, 0, 0, 18, 60, 47, 10, 3,
       Until::concluded},
      {"04231", "Huổi Lặn", "Góp làm cầu qua suối", "Mỗi hộ góp 120.000 đồng và 1 ngày công làm cầu qua suối",
       works, 120'000, 1, 14, 185, 158, 20, 7, Until::corrected},
  };
}

}  // namespace

int saturday_ago(Date today) { return 9 + static_cast<int>((today - 9).weekday() + 1) % 7; }

Instant tonight(Instant now) {
  const Date today = local_date(now);
  return evening(now < evening(today) + minutes(60) ? today : today + 1);
}

Instant under_way(Instant now) {
  const Date today = local_date(now);
  if (now < at_local(today, 8, 0)) return evening(today - 1);
  if (now >= at_local(today, 22, 0)) return evening(today);
  return half_hour(now - minutes(60));
}

std::vector<Story> stories(Instant now) {
  std::vector<Story> all = of_na_ca(now);
  for (const std::vector<Story>& some : {of_muong_bu(now), of_other_communes()})
    all.insert(all.end(), some.begin(), some.end());
  for (Story& story : all)
    if (story.starts == Instant{}) story.starts = evening(local_date(now) - story.days_ago);
  return all;
}

}  // namespace danchu::assembly
