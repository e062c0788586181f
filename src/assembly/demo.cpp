#include "assembly/demo.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <stdexcept>

#include "assembly/assembly.h"
#include "assembly/rows.h"
#include "paper/picture.h"
#include "people/accounts.h"
#include "people/household_list.h"
#include "people/sessions.h"

namespace danchu::assembly {
namespace {

using people::Role;

const store::Statement count_motions{"SELECT CAST(count(*) AS BIGINT) FROM motion"};
using std::chrono::minutes;

// How far a story goes.
enum class Until {
  proposed,
  agreed,
  noticed,
  opened,
  concluded,
  signed_,
  sent,
  received,
  recognised,
  executed,
  corrected
};

struct Story {
  const char *commune, *village;
  const char *title, *asked;
  PlainAnswers answers;
  std::int64_t dong = 0, labour_days = 0;  // of each household
  int days_ago = 0;                        // the meeting; negative: it is to come
  std::size_t present = 0;
  std::int64_t yes = 0, no = 0, other = 0;
  Until until = Until::executed;
  bool again = false;  // proposes the story before anew
};

constexpr PlainAnswers works{.collects = true, .works = true}, funds{.spends = true},
    board{.elects_board = true}, own{};

// The second meeting of story D1 is the last Saturday with more than a week since; the first two weeks before
// it.
int saturday_ago(Date today) { return 9 + static_cast<int>((today - 9).weekday() + 1) % 7; }
Instant half_hour(Instant at) {
  return Instant{at.us - at.us % std::chrono::microseconds(minutes(30)).count()};
}
constexpr int between_meetings = 14;
constexpr int days_before = 5;  // from the list to the meeting

std::vector<Story> stories(Date today) {
  const int second = saturday_ago(today), first = second + between_meetings;
  return {
      {"03847", "Nà Cá", "Góp làm đường nội bản (lần 1)",
       "Mỗi hộ góp 200.000 đồng và 3 ngày công để đổ bê tông 600 m đường nội bản", works, 200'000, 3, first,
       71, 57, 12, 2, Until::concluded},
      {"03847", "Nà Cá", "Góp làm đường nội bản",
       "Mỗi hộ góp 150.000 đồng và 3 ngày công để đổ bê tông 600 m đường nội bản", works, 150'000, 3, second,
       74, 58, 14, 2, Until::executed, true},
      {"03847", "Nà Hin", "Giờ phát loa của bản",
       "Loa của bản phát từ 5 giờ 30 đến 6 giờ và từ 17 giờ đến 17 giờ 30", own, 0, 0, -2, 0, 0, 0, 0,
       Until::noticed},
      {"03847", "2", "Góp lắp đèn đường", "Mỗi hộ góp 100.000 đồng để lắp 24 bóng đèn đường", works, 100'000,
       0, 0, 90, 82, 6, 2, Until::opened},
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

template <class T>
T must(Result<T> answer, const Story& story) {
  if (answer.ok()) return std::move(answer).value();
  const Problem& p = answer.problems()[0];
  throw std::runtime_error(std::string("demo: ") + story.title + ": " + p.path + " " +
                           std::string(p.message));
}

class Stage {
 public:
  Stage(store::Database& db, const acts::Keys& keys, ManualClock& clock, Instant now)
      : db_(db), keys_(keys), clock_(clock), now_(now), assembly_(db, keys, law::Law::embedded()) {}

  void play() {
    const Id<Motion>* before = nullptr;
    for (const Story& story : stories(local_date(now_))) before = &plan(story, before);
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [at, step] : steps_) {
      if (at > now_) continue;
      clock_.set(at);
      step();
    }
    clock_.set(now_);
  }

 private:
  // One story under way: who acts where, and what has been made so far.
  struct Play {
    Story story;
    Id<people::Unit> village, commune;
    Date day;
    Instant starts;
    Id<Motion> motion;
    Id<Meeting> meeting;
    const Id<Motion>* lost = nullptr;
  };

  void step(Instant at, std::function<void()> what) { steps_.emplace_back(at, std::move(what)); }

  const Id<Motion>& plan(const Story& story, const Id<Motion>* before) {
    Play& p = plays_.emplace_back();
    p.story = story;
    p.lost = story.again ? before : nullptr;
    find_village(p);
    p.day = local_date(now_) - story.days_ago;
    // A meeting of today began a while ago, but not yesterday.
    p.starts = story.days_ago == 0 ? std::max(start_of(p.day), half_hour(now_ - minutes(60)))
                                   : at_local(p.day, 19, 30);
    plan_until_notice(p);
    if (story.until >= Until::opened) plan_evening(p);
    if (story.until >= Until::signed_) plan_aftermath(p);
    return p.motion;
  }

  void find_village(Play& p) {
    db_.read([&](store::Reader& r) {
      const Date today = local_date(clock_.now());
      p.commune = people::unit_by_code(r, p.story.commune, today).value().id;
      for (const people::Unit& unit : people::children(r, p.commune, today))
        if (unit.name == p.story.village) p.village = unit.id;
    });
  }

  people::Viewer acting(Role role, Id<people::Unit> unit) {
    return db_.read([&](store::Reader& r) {
      const Date today = local_date(clock_.now());
      return people::viewer_for(r, people::holder(r, role, unit, today).value(), today);
    });
  }
  people::Viewer head(const Play& p) { return acting(Role::village_head, p.village); }

  void plan_until_notice(Play& p) {
    step(at_local(p.day - days_before, 8, 0), [this, &p] { close_list(p); });
    step(at_local(p.day - 4, 8, 0), [this, &p] { propose(p); });
    if (p.story.until == Until::proposed) return;
    step(at_local(p.day - 4, 9, 0), [this, &p] {
      must(assembly_.agree(acting(Role::village_front, p.village), p.motion, {}), p.story);
    });
    if (p.story.until == Until::agreed) return;
    step(at_local(p.day - 4, 10, 0), [this, &p] { call(p); });
    step(at_local(p.day - 3, 8, 0), [this, &p] {
      must(assembly_.give_notice(head(p), p.meeting,
                                 {.channel = Channel::loudspeaker,
                                  .posted_at = {"Nhà văn hóa"},
                                  .documents_sent = local_date(clock_.now())}),
           p.story);
    });
  }

  void plan_evening(Play& p) {
    step(p.starts, [this, &p] { open(p); });
    step(p.starts + minutes(std::min<std::int64_t>(30, minutes_since(p))), [this, &p] {
      must(assembly_.count_vote(head(p), p.motion,
                                {.yes = {p.story.yes}, .no = {p.story.no}, .other = {p.story.other}}),
           p.story);
    });
    if (p.story.until == Until::opened) return;
    step(p.starts + minutes(90), [this, &p] { must(assembly_.conclude(head(p), p.meeting, {}), p.story); });
  }
  std::int64_t minutes_since(const Play& p) const {
    return std::chrono::duration_cast<minutes>(now_ - p.starts).count();
  }

  void plan_aftermath(Play& p) {
    using Act = std::function<void()>;
    const std::pair<int, Act> acts[] = {
        {1, [this, &p] { sign(p); }},
        {2, [this, &p] { must(assembly_.send(head(p), p.motion, {}), p.story); }},
        {3, [this, &p] { must(assembly_.receive(answerer(p), p.motion, {}), p.story); }},
    };
    const Until reached[] = {Until::signed_, Until::sent, Until::received};
    for (std::size_t i = 0; i < std::size(acts); ++i)
      if (p.story.until >= reached[i]) step(at_local(p.day + acts[i].first, 9, 0), acts[i].second);
    if (p.story.until == Until::recognised) step(at_local(p.day + 6, 9, 0), [this, &p] { recognise(p); });
    if (p.story.until == Until::executed) step(at_local(p.day + 8, 9, 0), [this, &p] { report(p); });
    if (p.story.until == Until::corrected) step(at_local(p.day + 9, 9, 0), [this, &p] { correct(p); });
  }

  void close_list(Play& p) {
    if (db_.read([&](store::Reader& r) { return people::list_of(r, p.village).has_value(); })) return;
    const people::Viewer head_of = head(p), front = acting(Role::village_front, p.village),
                         officer = acting(Role::commune_officer, p.commune);
    must(db_.write_official([&](store::Writer& w) -> Result<Done> {
      auto list = people::draft_list(w, head_of, p.village, local_date(w.now()));
      if (!list.ok()) return list.problems();
      auto locked = people::lock_list(w, keys_, head_of, *list,
                                      {.as = people::LockAs::head,
                                       .posted_on = local_date(w.now()) - 3,
                                       .posted_at = Line<200>{"Nhà văn hóa (minh họa)"}});
      if (!locked.ok()) return locked;
      locked = people::lock_list(w, keys_, front, *list, {.as = people::LockAs::front});
      if (!locked.ok()) return locked;
      return people::confirm_list(w, keys_, law::Law::embedded(), officer, *list);
    }),
         p.story);
  }

  ProposeMotion proposal(const Play& p) const {
    ProposeMotion form;
    form.title.value = p.story.title;
    form.asked.value = p.story.asked;
    form.collects = p.story.answers.collects;
    form.works = p.story.answers.works;
    form.spends = p.story.answers.spends;
    form.elects_board = p.story.answers.elects_board;
    if (!form.collects) return form;
    form.basis = Basis::household;
    if (p.story.dong > 0) form.money = Money{p.story.dong};
    if (p.story.labour_days > 0) form.labour_days = Count{p.story.labour_days};
    form.exemptions = Text<1000>{"Hộ nghèo, người già neo đơn được miễn ngày công"};
    form.collect_from = p.day + 7;
    form.collect_to = p.day + 60;
    form.keeper = Line<120>{"Thủ quỹ của bản (minh họa)"};
    form.checker = Line<120>{"Ban công tác Mặt trận (minh họa)"};
    form.shortfall = Text<1000>{"Họp lại để bàn, không tự tăng mức đóng góp"};
    return form;
  }
  void propose(Play& p) {
    p.motion = must(p.lost ? assembly_.propose_again(head(p), *p.lost, proposal(p))
                           : assembly_.propose(head(p), p.village, proposal(p)),
                    p.story);
  }

  void call(Play& p) {
    const people::Viewer who = head(p);
    p.meeting = must(assembly_.call_meeting(who, p.village,
                                            {.starts = p.starts,
                                             .place = {"Nhà văn hóa"},
                                             .chair = {who.name},
                                             .contact = {who.name},
                                             .motions = {p.motion}}),
                     p.story);
  }

  void open(Play& p) {
    const people::Viewer who = head(p);
    const auto lines =
        db_.read([&](store::Reader& r) { return people::lines(r, *meeting(r, p.meeting)->list); });
    for (std::size_t i = 0; i < std::min(p.story.present, lines.size()); ++i)
      must(assembly_.attend(who, p.meeting, lines[i].household, {}), p.story);
    const Count all{static_cast<std::int64_t>(p.story.present)};
    must(assembly_.open(who, p.meeting,
                        {.secretary = {"Thư ký (minh họa)"}, .secretary_yes = all, .method_yes = all}),
         p.story);
  }

  people::Viewer answerer(const Play& p) {
    return acting(p.story.answers.elects_board ? Role::commune_front : Role::commune_officer, p.commune);
  }
  // Plainly invented: the watermark says so, and every name.
  std::vector<SentFile> picture(const Play& p, const std::string& heading) const {
    return {{"giay-minh-hoa.png",
             paper::invented_paper_png(
                 heading,
                 {p.story.title, "Bản " + std::string(p.story.village), "Trưởng bản: (chữ ký minh họa)",
                  "Trưởng ban công tác Mặt trận: (chữ ký minh họa)",
                  "Đại diện hộ: (chữ ký minh họa), (chữ ký minh họa)",
                  "Giấy này được tạo ra để minh họa, không có giá trị."},
                 "BẢN MINH HỌA")}};
  }
  void sign(Play& p) {
    SignPaper form{.signed_on = local_date(clock_.now()),
                   .household_1 = {"Đại diện hộ thứ nhất (minh họa)"},
                   .household_2 = {"Đại diện hộ thứ hai (minh họa)"},
                   .reference = {"Sổ quyết định của bản (minh họa)"}};
    if (p.story.until == Until::executed || p.story.until == Until::corrected)
      form.pictures = picture(p, "NGHỊ QUYẾT CỦA CỘNG ĐỒNG DÂN CƯ");
    must(assembly_.sign(head(p), p.motion, form), p.story);
  }
  void recognise(Play& p) {
    must(assembly_.recognise(answerer(p), p.motion, {{"12/QĐ-MTTQ (minh họa)"}, local_date(clock_.now())}),
         p.story);
  }
  void report(Play& p) {
    must(
        assembly_.report_execution(head(p), p.motion, {std::nullopt, {"Đã đổ 200 m đường, 61 hộ đã góp đủ"}}),
        p.story);
  }
  void correct(Play& p) {
    must(assembly_.correct(answerer(p), p.motion,
                           {{static_cast<std::int64_t>(p.story.present)},
                            {p.story.yes - 1},
                            {p.story.no + 1},
                            {p.story.other},
                            {"Biên bản ký ghi 157 hộ đồng ý; số nhập vào máy thừa một hộ"},
                            {"Biên bản đính chính (minh họa)"},
                            {},
                            picture(p, "BIÊN BẢN ĐÍNH CHÍNH"),
                            {}}),
         p.story);
  }

  store::Database& db_;
  const acts::Keys& keys_;
  ManualClock& clock_;
  Instant now_;
  Assembly assembly_;
  std::deque<Play> plays_;  // steps refer to them
  std::vector<std::pair<Instant, std::function<void()>>> steps_;
};

}  // namespace

Instant demo_begins(Instant now) {
  const Date today = local_date(now);
  return at_local(today - saturday_ago(today) - between_meetings - days_before, 7, 0);
}

void demo_stories(store::Database& db, const acts::Keys& keys, ManualClock& clock, Instant now) {
  if (db.read([](store::Reader& r) { return r.count(count_motions) > 0; })) return clock.set(now);
  Stage(db, keys, clock, now).play();
}

}  // namespace danchu::assembly
