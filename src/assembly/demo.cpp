#include "assembly/demo.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <stdexcept>

#include "assembly/assembly.h"
#include "assembly/demo_stories.h"
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

constexpr int days_before = 5;  // from the list to the meeting

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
    plan_list({.commune = "03847", .village = "Huổi Hao", .title = "Danh sách hộ"});
    for (const Story& story : stories(now_)) before = &plan(story, before);
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
    p.day = local_date(story.starts);
    p.starts = story.starts;
    if (story.on_paper) {
      step(at_local(p.day - days_before, 8, 0), [this, &p] { close_list(p); });
      step(at_local(local_date(now_) - 1, 8, 30), [this, &p] { enter_paper_evening(p); });
      return p.motion;
    }
    plan_until_notice(p);
    if (story.until >= Until::opened) plan_evening(p);
    if (story.until >= Until::signed_) plan_aftermath(p);
    return p.motion;
  }

  // A list that head and Front locked two days ago waits for the commune.
  void plan_list(const Story& of) {
    Play& p = plays_.emplace_back();
    p.story = of;
    find_village(p);
    step(at_local(local_date(now_) - 2, 8, 0), [this, &p] { lock_list(p); });
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
    const Date call_day = p.day - 4 - p.story.early;
    step(at_local(call_day - 1, 8, 0), [this, &p] { close_list(p); });
    step(at_local(call_day, 8, 0), [this, &p] { propose(p); });
    if (p.story.until == Until::proposed) return;
    step(at_local(call_day, 9, 0), [this, &p] {
      const Count version = db_.read([&](store::Reader& r) { return motion(r, p.motion)->version; });
      must(assembly_.agree(acting(Role::village_front, p.village), p.motion, {version}), p.story);
    });
    if (p.story.until == Until::agreed) return;
    step(at_local(call_day, 10, 0), [this, &p] { call(p); });
    if (p.story.until == Until::called) return;
    step(at_local(call_day + 1, 8, 0), [this, &p] {
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
    const people::Viewer officer = acting(Role::commune_officer, p.commune);
    const Id<people::HouseholdList> list = lock_list(p);
    must(db_.write_official([&](store::Writer& w) {
      return people::confirm_list(w, keys_, law::Law::embedded(), officer, list);
    }),
         p.story);
  }
  // Closed three days before head and Front lock it, and posted since.
  Id<people::HouseholdList> lock_list(const Play& p) {
    const people::Viewer head_of = head(p), front = acting(Role::village_front, p.village);
    return must(db_.write_official([&](store::Writer& w) -> Result<Id<people::HouseholdList>> {
      const Date closed = local_date(w.now()) - 3;
      auto list = people::draft_list(w, keys_, head_of, p.village, closed);
      if (!list.ok()) return list.problems();
      auto locked = people::lock_list(w, keys_, head_of, *list,
                                      {.as = people::LockAs::head,
                                       .posted_on = closed,
                                       .posted_at = Line<200>{"Nhà văn hóa (minh họa)"}});
      if (!locked.ok()) return locked.problems();
      locked = people::lock_list(w, keys_, front, *list, {.as = people::LockAs::front});
      if (!locked.ok()) return locked.problems();
      return *list;
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
    form.other = !form.collects && !form.works && !form.spends && !form.elects_board;
    if (!form.collects) return form;
    form.basis = Basis::household;
    if (p.story.dong > 0) form.money = Money{p.story.dong};
    if (p.story.labour_days > 0) form.labour_days = Count{p.story.labour_days};
    form.exemptions = Text<1000>{p.story.labour_days > 0 ? "Hộ nghèo, người già neo đơn được miễn ngày công"
                                                         : "Hộ nghèo, người già neo đơn được miễn"};
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

  void open(Play& p, std::optional<Instant> at = {}) {
    const people::Viewer who = head(p);
    const auto lines =
        db_.read([&](store::Reader& r) { return people::lines(r, *meeting(r, p.meeting)->list); });
    for (std::size_t i = 0; i < std::min(p.story.present, lines.size()); ++i)
      must(assembly_.attend(who, p.meeting, lines[i].household, {.at = at}), p.story);
    const Count all{static_cast<std::int64_t>(p.story.present)};
    must(assembly_.open(
             who, p.meeting,
             {.secretary = {"Thư ký (minh họa)"}, .secretary_yes = all, .method_yes = all, .opened_at = at}),
         p.story);
  }

  // What the head types of an evening that was held on paper: each step with its day and its paper (practice
  // P29, P47). The commune has not compared them yet.
  void enter_paper_evening(Play& p) {
    const people::Viewer who = head(p);
    const Date proposed = p.day - 4, told = p.day - 3;
    ProposeMotion form = proposal(p);
    form.proposed_on = proposed;
    p.motion = must(assembly_.propose(who, p.village, form), p.story);
    must(assembly_.add_proposal_paper(who, p.motion, {picture(p, "ĐỀ XUẤT VIỆC BÀN VÀ QUYẾT ĐỊNH")}),
         p.story);
    must(assembly_.agree_by_paper(who, p.motion,
                                  {.signed_on = proposed,
                                   .signed_by = {acting(Role::village_front, p.village).name},
                                   .reference = {"Sổ của bản (minh họa)"},
                                   .pictures = picture(p, "BIÊN BẢN THỐNG NHẤT")}),
         p.story);
    p.meeting = must(assembly_.call_meeting(who, p.village,
                                            {.starts = p.starts,
                                             .place = {"Nhà văn hóa"},
                                             .chair = {who.name},
                                             .contact = {who.name},
                                             .motions = {p.motion},
                                             .called_on = proposed}),
                     p.story);
    add_paper(p, MeetingPaper::invitation, "GIẤY MỜI HỌP");
    must(assembly_.give_notice(who, p.meeting,
                               {.channel = Channel::in_person,
                                .posted_at = {"Nhà văn hóa"},
                                .given_at = at_local(told, 9, 0),
                                .documents_sent = told}),
         p.story);
    open(p, p.starts + minutes(10));
    must(assembly_.count_vote(who, p.motion,
                              {.yes = {p.story.yes},
                               .no = {p.story.no},
                               .other = {p.story.other},
                               .voted_at = p.starts + minutes(50)}),
         p.story);
    add_paper(p, MeetingPaper::attendance, "DANH SÁCH HỘ DỰ HỌP");
    add_paper(p, MeetingPaper::minutes, "BIÊN BẢN CUỘC HỌP");
    must(assembly_.conclude(who, p.meeting, {.concluded_at = p.starts + minutes(90)}), p.story);
  }
  void add_paper(const Play& p, MeetingPaper which, const std::string& heading) {
    must(assembly_.add_meeting_paper(head(p), p.meeting, {which, picture(p, heading)}), p.story);
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
    const Until goes = p.story.until;
    if (goes == Until::signed_ || goes == Until::executed || goes == Until::corrected)
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
    // It turns the result: a second person agrees to it.
    const auto waiting = db_.read([&](store::Reader& r) { return waiting_correction(r, p.motion); });
    must(assembly_.agree_correction(acting(Role::village_front, p.village), p.motion, {waiting->id}),
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
