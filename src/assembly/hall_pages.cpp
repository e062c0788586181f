// In the hall: ticking who came, entering a vote, reading the results back before they are published.
#include "assembly/addresses.h"
#include "assembly/attendance.h"
#include "assembly/step_page.h"
#include "assembly/steps.h"
#include "base/text.h"
#include "people/household_list.h"
#include "web/http.h"

namespace danchu::assembly {
namespace {

// ---- attendance -----------------------------------------------------------------------------------

struct Tick {
  std::string id;  // of the household
  std::int64_t number = 0;
  std::string house, head, beside;
  bool present = false;
  std::string other;            // "con: Lò Thị B", when somebody else of the household came
  std::optional<Instant> left;  // it came and went home
  bool save_here = false;       // without scripts: a button to save after it
  Url other_url;
  std::string save;        // where a script sends the tick
  std::int64_t place = 0;  // in what was shown
};
DANCHU_RECORD(Tick, id, number, house, head, beside, present, other, left, save_here, other_url, save, place)

// What is looked for in the list: a part of a name, a house, a number.
struct AttendanceSearch {
  std::optional<Line<60>> tim;
  static constexpr About about[] = {{"tim", N_("Find a household"), ""}};
};
DANCHU_RECORD(AttendanceSearch, tim)

struct Jump {
  std::string label;
  Url url;
};
DANCHU_RECORD(Jump, label, url)

constexpr std::size_t jump_every = 10;  // households
constexpr std::size_t save_every = 20;

// Where one household stands in the list, to come back to it.
Url row_of(Id<Meeting> meeting, const std::string& household) {
  return {address(meeting, "diem-danh").value + "#ho-" + household};
}

bool found_in(const people::ListLine& line, const std::string& looked_for) {
  return fold(std::to_string(line.number) + " " + line.house.value + " " + line.head.value + " " +
              line.beside.value)
             .find(looked_for) != std::string::npos;
}

struct AttendancePage {
  std::string title;
  Url back, action;
  std::int64_t present = 0, households = 0, needed = 0;
  bool enough = false;
  bool searched = false;
  bool opened = false;  // a household that is unticked went home
  AttendanceSearch form;
  std::vector<Jump> jumps;  // ten households each: "1–10"
  std::vector<Tick> ticks;
  std::string shown;  // which of the boxes on the page were ticked when it was made
};
DANCHU_RECORD(AttendancePage, title, back, action, present, households, needed, enough, searched, opened,
              form, jumps, ticks, shown)

// What the whole list sends when scripts are off: the households ticked, and which were when the list was
// shown; only what was changed on the page is saved, so that two officers keep each other's ticks. Without
// `shown` boxes are only ticked. Its buttons to find a household (`after` is "found") and to show all save as
// well.
struct AttendanceForm {
  std::vector<Id<people::Household>> here;
  std::optional<Line<20'000>> shown;
  std::optional<Line<1000>> tim;  // as typed; the list that is shown next says what is too long
  std::optional<Line<10>> after;
  static constexpr About about[] = {
      {"here", N_("Present"), ""}, {"shown", "", ""}, {"tim", N_("Find a household"), ""}, {"after", "", ""}};
};
DANCHU_RECORD(AttendanceForm, here, shown, tim, after)

struct AttendanceCount {
  std::int64_t present = 0, households = 0, needed = 0;
};
DANCHU_RECORD(AttendanceCount, present, households, needed)

// How many of these households the matter that needs most of them needs.
std::int64_t most_needed(const law::Law& law, const HallNow& hall, const Meeting& m,
                         std::int64_t households) {
  std::int64_t most = 0;
  for (int matter : hall.matters)
    most = std::max(most, least_needed(law, matter, households, local_date(m.starts)));
  return most;
}

// The place of a line among all the list ever had, in the order they were put in: a correction in between
// adds at the end and takes nothing out, so a place means the same household as before.
std::map<Id<people::Household>, std::size_t> places_of(const std::vector<people::ListLine>& lines) {
  std::vector<const people::ListLine*> order;
  for (const people::ListLine& line : lines) order.push_back(&line);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  std::map<Id<people::Household>, std::size_t> places;
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]->household] = i;
  return places;
}

// "1–10", "11–21": numbers of households that left the register are missing in between.
std::vector<Jump> jumps_to(const std::vector<Tick>& ticks) {
  std::vector<Jump> jumps;
  for (std::size_t i = 0; i < ticks.size(); i += jump_every) {
    const Tick& last = ticks[std::min(i + jump_every, ticks.size()) - 1];
    const std::string first = std::to_string(ticks[i].number), end = std::to_string(last.number);
    jumps.push_back({first == end ? first : first + "–" + end, Url{"#ho-" + ticks[i].id}});
  }
  return jumps;
}

Result<AttendancePage> attendance_page(Request& q, const AttendanceSearch& search = {}) {
  return q.site().db.read([&](store::Reader& r) -> Result<AttendancePage> {
    auto found = meeting_for(r, q.viewer(), meeting_id(q), Verb::attend);
    if (!found) return found.problems();
    AttendancePage page;
    page.title = to_page(found->starts) + ", " + found->place.value;
    page.back = address(found->id);
    page.action = address(found->id, "diem-danh");
    page.households = households_of(r, *found);
    const HallNow hall = hall_now(r, found->id);
    page.present = hall.present;
    page.needed = most_needed(q.site().law, hall, *found, page.households);
    page.opened = found->opened_at && !found->on_paper;
    page.enough = page.present >= page.needed;
    std::map<Id<people::Household>, Attendance> came;
    for (const Attendance& a : attendance_of(r, found->id)) came[a.household] = a;
    const std::vector<people::ListLine> all = people::lines(r, *found->list, true);
    const auto places = places_of(all);
    page.shown.assign(places.size(), '0');
    const std::string looked_for = fold(search.tim.value_or(Line<60>{}).value);
    page.searched = !looked_for.empty();
    page.form = search;
    for (const people::ListLine& line : all) {
      if (line.removed || !(looked_for.empty() || found_in(line, looked_for))) continue;
      Tick tick{.id = line.household.text(),
                .number = line.number,
                .house = line.house.value,
                .head = line.head.value,
                .beside = line.beside.value,
                .other_url = address(found->id, "diem-danh/" + line.household.text())};
      tick.save = q.href(tick.other_url.value);
      tick.place = static_cast<std::int64_t>(places.at(line.household));
      if (auto a = came.find(line.household); a != came.end()) {
        tick.left = a->second.left_at;
        tick.present = !tick.left;
        page.shown[places.at(line.household)] = tick.present ? '1' : '0';
        if (a->second.other_name)
          tick.other =
              (a->second.relation ? a->second.relation->value + ": " : "") + a->second.other_name->value;
      }
      tick.save_here = page.ticks.size() % save_every == save_every - 1;
      page.ticks.push_back(std::move(tick));
    }
    if (!page.searched) page.jumps = jumps_to(page.ticks);
    return page;
  });
}

// A search that is refused shows the whole list below what was typed.
Reply show_attendance(Request& q) {
  auto search = q.read_query<AttendanceSearch>();
  auto page = attendance_page(q, search ? *search : AttendanceSearch{});
  if (!page) return q.refuse(page.problems());
  note_names_shown(q, "attendance");  // of the list; its ticks show nothing new
  return search ? q.show("assembly/attendance", *page)
                : q.show_again("assembly/attendance", *page, search.problems());
}

// Without scripts: what was changed on the page is ticked or unticked one by one. What is refused stays as it
// was ticked, with the reason.
Reply save_attendance_list(Request& q) {
  auto form = q.read<AttendanceForm>();
  if (!form) return q.refuse(form.problems());
  auto page = attendance_page(q);
  if (!page) return q.refuse(page.problems());
  std::set<std::string> here;
  for (Id<people::Household> h : form->here) here.insert(h.text());
  Assembly assembly = service(q);
  const std::string shown = form->shown.value_or(Line<20'000>{}).value;
  std::set<std::string> unsaved;
  Problems refused;
  for (const Tick& tick : page->ticks) {
    const bool now_here = here.contains(tick.id);
    const auto place = static_cast<std::size_t>(tick.place);
    const bool was_here = place < shown.size() && shown[place] == '1';
    if (now_here == was_here || now_here == tick.present) continue;
    Attend change;
    change.present = now_here;
    auto done =
        assembly.attend(q.viewer(), meeting_id(q), *Id<people::Household>::from_text(tick.id), change);
    if (done) continue;
    unsaved.insert(tick.id);
    refused = done.problems();
  }
  if (!refused.empty()) {
    page = attendance_page(q);
    if (!page) return q.refuse(page.problems());
    for (Tick& tick : page->ticks)
      if (unsaved.contains(tick.id)) tick.present = here.contains(tick.id);
    return q.show_again("assembly/attendance", *page, refused);
  }
  std::string next = address(meeting_id(q), "diem-danh").value;
  if (form->tim && form->after && form->after->value == "found")
    next += "?tim=" + web::percent_encode(form->tim->value);
  return q.see_other(next, N_("Saved."));
}

struct OtherPerson {
  std::string household;
  Url back, action;
  bool present = false;
  Attend form;
};
DANCHU_RECORD(OtherPerson, household, back, action, present, form)

Result<OtherPerson> other_person_page(Request& q) {
  auto list = attendance_page(q);
  if (!list) return list.problems();
  for (const Tick& tick : list->ticks)
    if (tick.id == q.param("household")) {
      OtherPerson page{std::to_string(tick.number) + ". " + tick.head,
                       row_of(meeting_id(q), tick.id),
                       tick.other_url,
                       tick.present || tick.left,
                       {}};
      return page;
    }
  return problem(Fault::missing, N_("This household is not on the list of this meeting"));
}

Reply show_other_person(Request& q) {
  auto page = other_person_page(q);
  return page ? q.show("assembly/other_person", *page) : q.refuse(page.problems());
}

// One tick: from the list's script as JSON, or with another person's name from the page above.
Reply tick(Request& q) {
  auto form = q.read<Attend>();
  auto again = [&](const Problems& problems) {
    auto page = other_person_page(q);
    return page ? q.show_again("assembly/other_person", *page, problems) : q.refuse(page.problems());
  };
  if (!form) return again(form.problems());
  if (!q.wants_json() && !form->mistake && (!form->other_name || form->other_name->value.empty()))
    return again(problem_at("other_name", N_("Write who came: full name")));
  auto at = service(q).attend(q.viewer(), meeting_id(q), q.id<people::Household>("household"), *form);
  if (!at) return q.wants_json() ? q.refuse(at.problems()) : again(at.problems());
  if (!q.wants_json()) return q.see_other(row_of(at->id, q.param("household")).value, N_("Saved."));
  store::Database& db = q.site().db;
  const HallNow hall = hall_now(db, at->id);
  const std::int64_t households = hall.frozen && !at->opened_at && !at->on_paper
                                      ? *hall.frozen
                                      : db.read([&](store::Reader& r) { return households_of(r, *at); });
  return q.show("assembly/attendance",
                AttendanceCount{hall.present, households, most_needed(q.site().law, hall, *at, households)});
}

// ---- the vote -------------------------------------------------------------------------------------

// CountVote as its page asks for it: empty until somebody counted.
struct VoteForm {
  std::optional<Count> present, yes, no, other;
  std::optional<Instant> voted_at;
  std::optional<Count> version;
  static constexpr const auto& about = CountVote::about;
};
DANCHU_RECORD(VoteForm, present, yes, no, other, voted_at, version)

VoteForm shown_form(const CountVote& v) { return {v.present, v.yes, v.no, v.other, v.voted_at, v.version}; }

struct VotePage {
  std::string title, asked;
  Url back, action;
  // `present`: when the vote was taken, of which the numbers are parts; `ticked`: by the ticks now
  std::int64_t present = 0, ticked = 0, households = 0, needed = 0;
  bool mending = false;  // numbers were saved before
  bool too_few = false;  // were all of those present to agree, it would not be passed
  bool other_ticks = false;
  VoteForm form;
};
DANCHU_RECORD(VotePage, title, asked, back, action, present, ticked, households, needed, mending, too_few,
              other_ticks, form)

// What the page says of those present follows from the number it shows in the field.
void about_present(VotePage& page) {
  page.present = page.form.present ? page.form.present->value : page.ticked;
  page.too_few = page.present < page.needed;
  page.other_ticks = page.mending && page.present != page.ticked;
}

Result<VotePage> vote_page(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<VotePage> {
    auto found = motion_for(r, doer(q, r, Verb::count_vote), q.id<Motion>("motion"), Verb::count_vote);
    if (!found) return found.problems();
    auto m = meeting(r, *found->meeting);
    VotePage page;
    page.title = found->title.value;
    page.asked = found->asked.value;
    page.back = address(m->id);
    page.action = address(found->id, "bieu-quyet");
    page.ticked = present_now(r, m->id);
    page.households = households_of(r, *m);
    page.needed = least_needed(q.site().law, static_cast<int>(found->matter.value), page.households,
                               local_date(m->starts));
    page.form.present = Count{page.ticked};
    if (m->opened_at) page.form.voted_at = late_entry(q.now(), *m, *m->opened_at);
    if (auto vote = vote_on(r, found->id)) {
      page.mending = true;
      page.form.present = vote->present;
      page.form.yes = vote->yes;
      page.form.no = vote->no;
      page.form.other = vote->other;
      page.form.version = vote->version;
      page.form.voted_at = vote->voted_at;
    }
    about_present(page);
    return page;
  });
}

Reply show_vote(Request& q) {
  auto page = vote_page(q);
  return page ? q.show("assembly/vote", *page) : not_now(q, Verb::count_vote, page.problems());
}

constexpr StepText vote_text{
    Verb::count_vote, N_("Enter the vote"), "", N_("Save the vote"), "", "assembly/vote", true};

Reply count_vote(Request& q) {
  auto page = vote_page(q);
  if (!page) return not_now(q, Verb::count_vote, page.problems());
  auto again = [&](const Problems& wrong, const CountVote* form) {
    const Problems problems = with_change(q, page->form, wrong);
    if (form) page->form = typed_about(shown_form(*form), page->form);
    about_present(*page);
    return problems.empty() ? q.show(vote_text.page, *page) : q.show_again(vote_text.page, *page, problems);
  };
  return take<CountVote>(
      q, vote_text, {page->title, page->back}, again,
      [&](Assembly& assembly, const people::Viewer& as, const CountVote& form) -> Result<Told> {
        auto verdict = assembly.count_vote(as, q.id<Motion>("motion"), form);
        if (!verdict) return verdict.problems();
        return Told{page->back,
                    verdict->passed ? N_("Saved: {yes} households agree, {needed} needed, passed.")
                                    : N_("Saved: {yes} households agree, {needed} needed, not passed."),
                    {{"yes", std::to_string(form.yes.value)}, {"needed", std::to_string(verdict->needed)}},
                    verdict->passed ? N_("{yes} households agree, {needed} needed, passed.")
                                    : N_("{yes} households agree, {needed} needed, not passed.")};
      },
      [&](const CountVote& form) {
        std::vector<std::string> lines = words_of(q, ref(form));
        const std::int64_t present = form.present ? form.present->value : page->ticked;
        const std::int64_t silent = present - form.yes.value - form.no.value - form.other.value;
        if (!form.present)
          lines.insert(lines.begin(), q.tr(N_("Households present now")) + ": " + std::to_string(present));
        if (silent > 0)
          lines.push_back(q.tr(N_("Present but did not vote: {n} of {present} households"),
                               {{"n", std::to_string(silent)}, {"present", std::to_string(present)}}));
        return lines;
      });
}

}  // namespace

void hall_routes(web::Router& router) {
  router.get("/cuoc-hop/{meeting}/diem-danh", show_attendance,
             web::about(N_("Attendance")).signed_in().query({"tim"}).answers<AttendancePage>());
  web::Route all = web::about(N_("Save the attendance"))
                       .signed_in()
                       .reads<AttendanceForm>()
                       .shows_form_of<AttendanceSearch>();
  all.idempotent = false;  // gone back to after a search, the page sends other ticks under the key it has
  router.post("/cuoc-hop/{meeting}/diem-danh", save_attendance_list, all);
  router.get("/cuoc-hop/{meeting}/diem-danh/{household}", show_other_person,
             web::about(N_("Another person of the household came")).signed_in().answers<OtherPerson>());
  web::Route one =
      web::about(N_("Tick one household")).signed_in().reads<Attend>().answers<AttendanceCount>();
  one.idempotent = false;  // a tick sent twice changes nothing by itself
  router.post("/cuoc-hop/{meeting}/diem-danh/{household}", tick, one);
  router.get("/viec/{motion}/bieu-quyet", show_vote,
             web::about(N_("Enter the vote")).signed_in().answers<VotePage>());
  router.post(
      "/viec/{motion}/bieu-quyet", count_vote,
      web::about(N_("Enter the vote")).signed_in().reads<Confirmed<CountVote>>().shows_form_of<VoteForm>());
}

}  // namespace danchu::assembly
