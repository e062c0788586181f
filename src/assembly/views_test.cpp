#include "assembly/views.h"

#include <gtest/gtest.h>

#include "assembly/assembly_testing.h"
#include "assembly/tasks.h"

namespace danchu::assembly {
namespace {

class AssemblyViews : public AssemblyTest {
 protected:
  Whole seen(Id<Motion> id) {
    return *get([&](store::Reader& r) { return whole(r, id); });
  }
  std::vector<Task> tasks(const people::Viewer& viewer) {
    return get([&](store::Reader& r) { return tasks_of(r, viewer, law::Law::embedded(), today()); });
  }
  std::optional<Task> only_task(const people::Viewer& viewer) {
    auto all = tasks(viewer);
    EXPECT_LE(all.size(), 1u);
    return all.empty() ? std::nullopt : std::optional(all[0]);
  }
  Id<Motion> passed(const ProposeMotion& form) {
    at(2026, 12, 9, 8, 0);
    const Id<Motion> id = proposed_and_agreed(form);
    const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
    at(2026, 12, 12, 19, 30);
    came(evening, 60);
    opened(evening);
    taken(assembly().count_vote(head, id, {.yes = {58}, .no = {2}}));
    taken(assembly().conclude(head, evening, {}));
    return id;
  }
};

TEST_P(AssemblyViews, AMeetingIsLawfulBeforeItsNoticeToo) {
  const Id<Motion> id = taken(assembly().propose(head, village, contribution(100'000, 1)));
  const Whole w = seen(id);
  EXPECT_EQ(w.households, 87);
  for (const law::FormAnswer& answer : forms_of(law::Law::embedded(), w, today()))
    EXPECT_EQ(answer.lawful, answer.form == law::Form::meeting) << code_of(answer.form);
  auto meeting = assembly().ask_form(head, id, {.form = law::Form::meeting});
  EXPECT_EQ(fault(meeting), Fault::conflict);  // lawful: propose it to a meeting
  auto online = assembly().ask_form(head, id, {.form = law::Form::online});
  EXPECT_EQ(fault(online), Fault::unlawful);
}

TEST_P(AssemblyViews, OnTheMeetingsDayAttendanceComesFirst) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 11, 8, 0);
  EXPECT_EQ(only_task(head)->verb, Verb::open) << "the day before: be ready";
  at(2026, 12, 12, 8, 0);
  const std::vector<Task> today_s = tasks(head);
  ASSERT_EQ(today_s.size(), 2u);
  EXPECT_EQ(today_s[0].verb, Verb::attend);
  EXPECT_EQ(today_s[1].verb, Verb::open);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  EXPECT_EQ(only_task(head)->verb, Verb::conclude);
}

TEST_P(AssemblyViews, SendingIsDueAndThenLate) {
  const Id<Motion> id = passed(contribution(100'000, 1));
  auto task = only_task(head);
  ASSERT_TRUE(task);
  EXPECT_EQ(task->verb, Verb::sign);
  EXPECT_EQ(task->due, make_date(2026, 12, 18));
  EXPECT_EQ(task->rule, "MTG-10");
  taken(assembly().sign(head, id, signed_paper(today())));
  EXPECT_EQ(only_task(head)->verb, Verb::send);
  EXPECT_FALSE(only_task(officer));
  taken(assembly().send(head, id, {}));
  EXPECT_FALSE(only_task(head));
  ASSERT_TRUE(only_task(officer));
  EXPECT_EQ(only_task(officer)->verb, Verb::receive);
  EXPECT_FALSE(only_task(officer)->due);  // the law sets no term for noting it
  taken(assembly().receive(officer, id, {}));
  EXPECT_FALSE(only_task(officer));
}

TEST_P(AssemblyViews, WhatMustBeRecognisedIsReceivedFirstAndThenHasATerm) {
  ProposeMotion form;
  form.title.value = "Bầu thành viên Ban Thanh tra nhân dân";
  form.asked.value = "Bầu một thành viên";
  form.elects_board = true;
  const people::Viewer mttq = viewer("huong.vi", people::Role::commune_front, commune);
  const Id<Motion> id = passed(form);
  taken(assembly().sign(head, id, signed_paper(today())));
  taken(assembly().send(head, id, {}));
  ASSERT_TRUE(only_task(mttq));
  EXPECT_EQ(only_task(mttq)->verb, Verb::receive);
  taken(assembly().receive(mttq, id, {}));
  ASSERT_TRUE(only_task(mttq));
  EXPECT_EQ(only_task(mttq)->verb, Verb::answer);
  EXPECT_EQ(only_task(mttq)->due, make_date(2026, 12, 18));
  EXPECT_EQ(only_task(mttq)->rule, "EFF-07");
  EXPECT_FALSE(only_task(officer));
}

TEST_P(AssemblyViews, NobodyIsToldToCallAMeetingThatDanchuDoesNotRun) {
  ProposeMotion form;
  form.title.value = "Sửa quy ước";
  form.asked.value = "Thông qua quy ước sửa đổi";
  form.convention = true;
  (void)proposed_and_agreed(form);
  EXPECT_FALSE(only_task(head));
}

// No day is invented (practice P27): each due day rests on a rule, or is the meeting's own.
TEST_P(AssemblyViews, EveryDueDayRestsOnARuleOrOnTheMeeting) {
  struct {
    const char* title;
    void (*kind)(ProposeMotion&);
  } const table[] = {
      {"Đường", [](ProposeMotion& f) { f = contribution(100'000, 1); }},
      {"Quỹ", [](ProposeMotion& f) { f.spends = true; }},
      {"Thanh tra", [](ProposeMotion& f) { f.elects_board = true; }},
      {"Loa", [](ProposeMotion&) {}},
  };
  const people::Viewer mttq = viewer("huong.vi", people::Role::commune_front, commune);
  auto check = [&] {
    for (const people::Viewer* who :
         std::initializer_list<const people::Viewer*>{&head, &front, &officer, &mttq})
      for (const Task& task : tasks(*who)) {
        const bool of_the_meeting = task.meeting && task.due == local_date(task.meeting->starts);
        EXPECT_TRUE(!task.due || !task.rule.empty() || of_the_meeting) << static_cast<int>(task.verb);
        if (task.verb == Verb::receive) {
          EXPECT_FALSE(task.due) << "the law sets no day for noting it";
        }
        EXPECT_NE(task.verb, Verb::report_execution) << "its day is the village's to set";
      }
  };
  for (const auto& line : table) {
    ProposeMotion form;
    form.title.value = line.title;
    form.asked.value = "Các hộ có đồng ý không?";
    line.kind(form);
    form.other = !form.collects && !form.elects_board && !form.spends;
    const Id<Motion> id = passed(form);
    check();
    taken(assembly().sign(head, id, signed_paper(today())));
    check();
    taken(assembly().send(head, id, {}));
    check();
    taken(assembly().receive(form.elects_board ? mttq : officer, id, {}));
    at(2027, 2, 1, 8, 0);
    check();
  }
}

TEST_P(AssemblyViews, ALostVoteIsNobodysTask) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 60);
  opened(evening);
  taken(assembly().count_vote(head, id, {.yes = {57}, .no = {3}}));
  taken(assembly().conclude(head, evening, {}));
  at(2027, 1, 20, 8, 0);
  EXPECT_FALSE(only_task(head));
  EXPECT_FALSE(only_task(officer));
}

TEST_P(AssemblyViews, ACancelledMeetingStaysInTheHistoryOfItsMatters) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
  const Id<Meeting> cancelled = called(make_date(2026, 12, 12), {id});
  notice(cancelled);
  taken(assembly().cancel_meeting(head, cancelled, {{"Mưa lũ"}}));
  const Id<Meeting> evening = called(make_date(2026, 12, 13), {id});
  notice(evening);
  std::vector<std::string> kinds;
  for (const acts::Recorded& act : seen(id).acts) kinds.push_back(act.kind);
  EXPECT_EQ(kinds, (std::vector<std::string>{"assembly.proposed", "assembly.agreed", "assembly.called",
                                             "assembly.noticed", "assembly.cancelled", "assembly.called",
                                             "assembly.noticed"}));
}

// Matters as they stand after their vote, put in directly.
class ManyMatters : public AssemblyViews {
 protected:
  Motion passed_matter(store::Writer& w, int matter) {
    Motion m;
    m.id = w.new_id<Motion>();
    m.village = village;
    m.title.value = "Việc " + m.id.text();
    m.asked.value = "Có đồng ý không?";
    m.matter.value = matter;
    m.state = MotionState::passed;
    m.proposed_by = head.account;
    m.proposed_at = w.now();
    return m;
  }
  std::vector<Id<Motion>> ids(const std::vector<Listed>& lines) {
    std::vector<Id<Motion>> found;
    for (const Listed& line : lines) found.push_back(line.id);
    return found;
  }
};

TEST_P(ManyMatters, DecidedOnesGoOnFromPageToPage) {
  std::vector<Id<Motion>> newest_first;
  put([&](store::Writer& w) {
    newest_first.clear();
    Step step(w, keys(), head, village);
    for (int i = 0; i < 45; ++i) {
      Motion m = passed_matter(w, 6);
      step.add(m);
      newest_first.insert(newest_first.begin(), m.id);
    }
    step.record("assembly.concluded", "test");
  });
  auto some = [&](std::size_t from, std::size_t to) {
    return std::vector<Id<Motion>>(newest_first.begin() + static_cast<std::ptrdiff_t>(from),
                                   newest_first.begin() + static_cast<std::ptrdiff_t>(to));
  };
  for (bool of_commune : {false, true}) {
    auto lists = [&](From from) {
      return get([&](store::Reader& r) {
        return of_commune ? lists_of_commune(r, commune, from) : lists_of_village(r, village, from);
      });
    };
    const Lists first = lists({});
    EXPECT_EQ(ids(first.decided), some(0, 20));
    EXPECT_FALSE(first.newer);
    const Lists second = lists({.before = first.older});
    EXPECT_EQ(ids(second.decided), some(20, 40));
    const Lists third = lists({.before = second.older});
    EXPECT_EQ(ids(third.decided), some(40, 45));
    EXPECT_FALSE(third.older);
    const Lists back = lists({.after = third.newer});
    EXPECT_EQ(ids(back.decided), some(20, 40));
    EXPECT_TRUE(back.older);
    const Lists begin = lists({.after = back.newer});
    EXPECT_EQ(ids(begin.decided), some(0, 20));
    EXPECT_FALSE(begin.newer);
  }
  get([&](store::Reader& r) {
    EXPECT_EQ(lists_of_all(r).decided.size(), 10u);
    EXPECT_EQ(ids(listed(r, {newest_first[7], Id<Motion>{4711}, newest_first[3]})),
              (std::vector{newest_first[7], newest_first[3]}));
  });
}

TEST_P(ManyMatters, UnfinishedOnesAreTheNewestWithinTheirLimit) {
  std::vector<Id<Motion>> open, coming;  // the newest first
  put([&](store::Writer& w) {
    open.clear();
    coming.clear();
    Step step(w, keys(), head, village);
    auto add = [&](MotionState state, std::vector<Id<Motion>>& to) {
      Motion m = passed_matter(w, 6);
      m.state = state;
      step.add(m);
      to.insert(to.begin(), m.id);
    };
    constexpr MotionState before_notice[] = {MotionState::proposed, MotionState::agreed, MotionState::called};
    for (std::size_t i = 0; i < 55; ++i) {
      add(i % 2 ? MotionState::noticed : MotionState::voted, open);
      add(before_notice[i % 3], coming);
      std::vector<Id<Motion>> none;
      add(MotionState::withdrawn, none);
    }
    step.record("assembly.proposed", "test");
  });
  auto first = [](const std::vector<Id<Motion>>& all, int most) {
    return std::vector<Id<Motion>>(all.begin(), all.begin() + most);
  };
  get([&](store::Reader& r) {
    for (const Lists& lists : {lists_of_village(r, village), lists_of_commune(r, commune)}) {
      EXPECT_EQ(ids(lists.open), first(open, list_limit));
      EXPECT_EQ(ids(lists.coming), first(coming, list_limit));
      EXPECT_TRUE(lists.decided.empty());
    }
    const Lists at_home = lists_of_all(r);
    EXPECT_EQ(ids(at_home.open), first(open, decided_at_home));
    EXPECT_EQ(ids(at_home.coming), first(coming, decided_at_home));
    const Lists elsewhere = lists_of_commune(r, people::unit_by_code(r, "04048", today())->id);
    EXPECT_TRUE(elsewhere.open.empty() && elsewhere.coming.empty());
  });
}

// What another office answers takes no place in this one's list.
TEST_P(ManyMatters, WorkOfTheFrontDoesNotHideTheCommunes) {
  Id<Motion> ours;
  put([&](store::Writer& w) {
    Step step(w, keys(), head, village);
    for (int i = 0; i <= 201; ++i) {
      Motion m = passed_matter(w, i < 201 ? 5 : 6);
      step.add(m);
      Decision d;
      d.id = w.new_id<Decision>();
      d.motion = ours = m.id;
      d.village = village;
      d.matter = m.matter;
      d.passed = true;
      d.state = DecisionState::sent;
      d.voted_on = d.sent_on.emplace(today());
      step.add(d);
    }
    step.record("assembly.sent", "test");
  });
  const std::vector<Task> all = tasks(officer);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].motion.id, ours);
  EXPECT_EQ(tasks(viewer("lan.front", people::Role::commune_front, commune)).size(), 200u);
}

}  // namespace

DANCHU_ON_EACH_ENGINE(AssemblyViews);
DANCHU_ON_EACH_ENGINE(ManyMatters);

}  // namespace danchu::assembly
