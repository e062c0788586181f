// Bản Nà Cá with its 87 households, its officers and their steps, for this room's tests.
#pragma once
#include "assembly/assembly.h"
#include "assembly/attendance.h"
#include "assembly/rows.h"
#include "paper/photograph_testing.h"
#include "people/household_list.h"
#include "people/people_testing.h"

namespace danchu::assembly {

class AssemblyTest : public people::PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    head = viewer("thoa.lo", people::Role::village_head, village);
    front = viewer("inh.lo", people::Role::village_front, village);
    officer = viewer("mai.tran", people::Role::commune_officer, commune);
    put([&](store::Writer& w) {
      for (std::int64_t i = 1; i <= 87; ++i)
        households.push_back(people::put_household(w,
                                                   {.village = village,
                                                    .number = i,
                                                    .house = {std::to_string(i)},
                                                    .head = {"Hộ " + std::to_string(i)}},
                                                   people::day("2026-01-01"), "register"));
    });
    at(2026, 12, 8, 8, 0);
    lock_list();
  }

  Assembly assembly() { return {db(), keys(), law::Law::embedded()}; }
  void at(int year, unsigned month, unsigned day, int hour, int minute) {
    store().clock.set(at_local(make_date(year, month, day), hour, minute));
  }

  template <class T>
  static T taken(Result<T> answer) {
    if (answer.ok()) return std::move(answer).value();
    const Problem& p = answer.problems()[0];
    ADD_FAILURE() << p.path << ": " << p.message << (p.rules.empty() ? "" : " " + p.rules[0]);
    return T{};
  }
  template <class T>
  static Fault fault(const Result<T>& answer) {
    if (!answer.ok()) return answer.problems()[0].fault;
    ADD_FAILURE() << "it was done";
    return Fault::unavailable;
  }

  people::Viewer viewer(const std::string& user, people::Role role, Id<people::Unit> unit) {
    const Id<people::Account> account = person(user, role, unit);
    return get([&](store::Reader& r) { return people::viewer_for(r, account, today()); });
  }
  MotionState state_of(Id<Motion> id) {
    return get([&](store::Reader& r) { return motion(r, id); })->state;
  }

  AgreeCorrection asked(Id<Motion> id) {  // the correction that waits, as its page shows it
    auto waiting = get([&](store::Reader& r) { return waiting_correction(r, id); });
    return {waiting ? std::optional(waiting->id) : std::nullopt};
  }
  AgreeByTap seen(Id<Motion> id) {  // as the page shows it
    return {get([&](store::Reader& r) { return motion(r, id)->version; })};
  }
  static ProposeMotion contribution(std::int64_t dong, std::int64_t days) {
    ProposeMotion form;
    form.title.value = "Góp làm đường nội bản";
    form.asked.value = "Mỗi hộ góp tiền và ngày công làm 600 m đường";
    form.collects = form.works = true;
    form.basis = Basis::household;
    form.money = Money{dong};
    form.labour_days = Count{days};
    form.keeper = Line<120>{"Lò Văn Quý"};
    form.checker = Line<120>{"Cà Thị Xuân"};
    return form;
  }
  Id<Motion> proposed_and_agreed(const ProposeMotion& form) {
    const Id<Motion> id = taken(assembly().propose(head, village, form));
    taken(assembly().agree(front, id, seen(id)));
    return id;
  }
  Id<Meeting> called(Date day, std::vector<Id<Motion>> motions) {
    return taken(assembly().call_meeting(head, village,
                                         {.starts = at_local(day, 19, 30),
                                          .place = {"Nhà văn hóa bản Nà Cá"},
                                          .chair = {"Lò Văn Thoa"},
                                          .contact = {"Lò Văn Thoa, 0912 345 678"},
                                          .motions = std::move(motions)}));
  }
  GiveNotice notice_form() {
    return {
        .channel = Channel::invitation, .posted_at = {"Nhà văn hóa bản Nà Cá"}, .documents_sent = today()};
  }
  void notice(Id<Meeting> id) { taken(assembly().give_notice(head, id, notice_form())); }
  void came(Id<Meeting> id, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) taken(assembly().attend(head, id, households[i], {}));
  }
  void opened(Id<Meeting> id) {
    taken(
        assembly().open(head, id, {.secretary = {"Cà Thị Xuân"}, .secretary_yes = {50}, .method_yes = {50}}));
  }
  static SignPaper signed_paper(Date on) {
    return {.signed_on = on,
            .household_1 = {"Lò Văn Một"},
            .household_2 = {"Lò Văn Hai"},
            .reference = {"Sổ 2026, tờ 3"}};
  }
  // A photograph as a phone takes it; with other words another file.
  static std::vector<SentFile> one_picture(const std::string& words = "") {
    return {{"IMG_2026 Lò Văn Thoa.jpg",
             paper::small_jpeg(paper::exif_with_place(6)).insert(2, paper::jpeg_segment(0xDB, words + "q"))}};
  }
  // Head and Front lock the list of three days ago, which hangs out since, the commune confirms it.
  void lock_list() {
    auto locked = db().write_official([&](store::Writer& w) -> Result<Done> {
      auto list = people::draft_list(w, keys(), head, village, today() - 3);
      if (!list.ok()) return list.problems();
      // Posted since 5/12: the time for corrections is over (practice P34).
      const people::LockList by_head{.as = people::LockAs::head,
                                     .posted_on = today() - 3,
                                     .posted_at = Line<200>{"Nhà văn hóa bản Nà Cá"}};
      if (auto done = people::lock_list(w, keys(), head, *list, by_head); !done.ok()) return done;
      if (auto done = people::lock_list(w, keys(), front, *list, {.as = people::LockAs::front}); !done.ok())
        return done;
      return people::confirm_list(w, keys(), law::Law::embedded(), officer, *list);
    });
    taken(std::move(locked));
  }

  // By the commune, the list this meeting's notice froze.
  void correct_list(Id<Meeting> id, const people::CorrectList& form) {
    auto corrected = db().write_official([&](store::Writer& w) {
      return people::correct_list(w, keys(), officer, *meeting(w, id)->list, form);
    });
    taken(std::move(corrected));
  }

  people::Viewer head, front, officer;
  std::vector<Id<people::Household>> households;
};

}  // namespace danchu::assembly
