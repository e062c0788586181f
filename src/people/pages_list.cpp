// A household list on the web: its lines, where it stands, locking, confirming, correcting.
#include "people/accounts.h"
#include "people/household_list.h"
#include "people/impartial.h"
#include "people/page_parts.h"
#include "people/pages.h"
#include "web/because.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

// One line as the page shows it; `why` is its reason code in words (practice P34-P36).
struct LineShown {
  Id<Household> household;
  std::int64_t number = 0;
  Line<40> house;
  Line<120> head, beside;
  bool temporary = false;
  std::string reason;
  bool removed = false;
  Circumstance circumstance = Circumstance::usual;
  std::string why;
};
DANCHU_RECORD(LineShown, household, number, house, head, beside, temporary, reason, removed, circumstance,
              why)

struct ListPage {
  std::vector<web::Crumb> crumbs;
  std::string village;
  ListState state = ListState::draft;
  Date closed_on;
  std::int64_t total = 0;
  std::optional<std::int64_t> first_total;
  std::string front_minutes;
  std::optional<Date> posted_on, corrections_until, confirmed_from;
  std::string posted_at, unposted_reason;
  bool corrections_open = false;  // households may ask for corrections today
  bool needs_reason = false;  // confirming today needs one: before the window ends, or nobody asks for one
  std::vector<web::Because> because;
  bool one_person_both = false;  // head and Front are one person: the minutes are needed (P20)
  std::string partial;           // why this officer takes none of the commune's steps (HHL-02)
  bool can_lock = false, can_lock_as_head = false, can_confirm = false, can_return = false,
       can_correct = false, return_needs_reason = false;
  Url lock_url, confirm_url, return_url, correct_url;
  Url list_pdf, list_docx, attendance_pdf, attendance_docx;
  bool prints = false;  // a returned list is no more
  std::vector<web::Step> steps;
  std::vector<web::Moment> timeline;
  std::vector<ListCorrection> corrections;
  std::vector<LineShown> lines;
  LockList form;
  ConfirmList confirm;
  ReturnList returning;
};
DANCHU_RECORD(ListPage, crumbs, village, state, closed_on, total, first_total, front_minutes, posted_on,
              corrections_until, confirmed_from, posted_at, unposted_reason, corrections_open, needs_reason,
              because, one_person_both, partial, can_lock, can_lock_as_head, can_confirm, can_return,
              can_correct, return_needs_reason, lock_url, confirm_url, return_url, correct_url, list_pdf,
              list_docx, attendance_pdf, attendance_docx, prints, steps, timeline, corrections, lines, form,
              confirm, returning)

struct CorrectPage {
  std::vector<web::Crumb> crumbs;
  std::string village;
  Url action;
  CorrectList form;
  std::vector<web::Option> add_options, remove_options;
};
DANCHU_RECORD(CorrectPage, crumbs, village, action, form, add_options, remove_options)

// What is done is ticked, the first that is not is now.
std::vector<web::Step> steps_of(const Request& q, const HouseholdList& l, const ListPage& page) {
  bool confirmed = l.state == ListState::confirmed || l.state == ListState::frozen;
  const std::pair<std::string_view, bool> all[] = {
      {N_("Drafted from the register"), true},
      {N_("Locked by the village head"), l.locked_by_head != 0},
      {N_("Locked by the head of the village Front committee"), l.locked_by_front != 0},
      {N_("Posted for the households to check"),
       confirmed || (l.state == ListState::locked && !page.corrections_open)},
      {N_("Confirmed by the commune People's Committee"), confirmed},
      {N_("Frozen by the notice of a meeting"), l.state == ListState::frozen}};
  std::vector<web::Step> steps;
  bool now = l.state != ListState::returned;
  for (const auto& [text, done] : all) {
    steps.push_back({q.tr(text), done  ? web::StepState::done
                                 : now ? web::StepState::now
                                       : web::StepState::later});
    if (!done) now = false;
  }
  return steps;
}

void say_what_is_possible(ListPage& page, const ListSteps& steps, Date today) {
  page.can_lock_as_head = steps.lock_as_head;
  page.can_lock = steps.lock_as_head || steps.lock_as_front;
  page.can_confirm = steps.confirm && (!page.corrections_open || page.needs_reason);
  page.can_return = steps.give_back;
  page.return_needs_reason = page.state == ListState::confirmed;
  page.can_correct = steps.correct;
  page.form.as = steps.lock_as_head ? LockAs::head : LockAs::front;
  if (page.can_lock_as_head) page.form.posted_on = today;
}

// An officer of the commune who sees no button reads why, and who takes the step instead.
void say_who_is_partial(const Request& q, store::Reader& r, ListPage& page, const HouseholdList& l) {
  const Date today = local_date(q.now());
  if (l.state == ListState::returned || l.voting_since ||
      !checks_for_commune(r, q.viewer(), l.village, today))
    return;
  if (auto why = partiality(r, q.viewer(), l.village, today))
    page.partial = q.tr(why->front().message, why->front().args);
}

// Until when households may ask for corrections (rule HHL-01); asked only while the commune has not
// confirmed.
void say_window(Request& q, ListPage& page, const HouseholdList& l) {
  page.posted_on = l.posted_on;
  page.posted_at = l.posted_at;
  page.unposted_reason = l.unposted_reason;
  const Date today = local_date(q.now());
  auto window = correction_window(q.site().law, l.posted_on.value_or(today));
  page.needs_reason = !window || (window->proposed && l.posted_on && today < window->confirmed_from);
  if (!window || !l.posted_on) return;
  page.corrections_until = window->until;
  page.confirmed_from = window->confirmed_from;
  const bool waits = l.state == ListState::draft || l.state == ListState::locked;
  page.corrections_open = waits && today < window->confirmed_from;
  for (const law::Reason& r : window->because) page.because.push_back(web::because(r, q.language()));
}

// "permanent residence · one person": why the line counts.
std::string why_it_counts(const Request& q, const ListLine& line) {
  std::string why =
      q.tr(line.temporary ? N_("temporary residence the village counts") : N_("permanent residence"));
  if (line.circumstance != Circumstance::usual) why += " · " + q.tr(label_of(line.circumstance));
  if (auto change = choice_from<Change>(line.reason); change && *change != Change::imported)
    why += " · " + q.tr(label_of(*change));
  if (line.reason == "correction") why += " · " + q.tr(N_("added by a correction"));
  return why;
}

std::vector<LineShown> shown_lines(const Request& q, const std::vector<ListLine>& lines) {
  std::vector<LineShown> shown;
  for (const ListLine& l : lines)
    shown.push_back({l.household, l.number, l.house, l.head, l.beside, l.temporary, l.reason, l.removed,
                     l.circumstance, why_it_counts(q, l)});
  return shown;
}

// A list that is returned says why.
std::string what_was_done(const Request& q, const acts::Recorded& act) {
  const auto* reason = act.body.if_contains("reason");
  const std::string what = q.tr(acts::label_of_kind(act.kind));
  return reason && reason->is_string() ? what + ": " + std::string(reason->get_string()) : what;
}

Result<HouseholdList> list_shown(Request& q, const VillageAt& at) {
  auto found =
      q.site().db.read([&](store::Reader& r) { return household_list(r, q.id<HouseholdList>("list")); });
  if (!found || found->village != at.village.id)
    return problem(Fault::missing, N_("There is no such household list"));
  return *found;
}

ListPage list_page(Request& q, const VillageAt& at, const HouseholdList& l) {
  note_access(q, at.village.id, "list");
  ListPage page;
  page.crumbs = crumbs_of(q, at, true);
  page.village = at.name;
  page.state = l.state;
  page.closed_on = l.closed_on;
  page.total = l.total;
  page.first_total = l.first_total;
  page.front_minutes = l.front_minutes;
  page.lock_url.value = list_path(l) + "/chot";
  page.confirm_url.value = list_path(l) + "/xac-nhan";
  page.return_url.value = list_path(l) + "/tra-lai";
  page.correct_url.value = list_path(l) + "/dinh-chinh";
  page.prints = l.state != ListState::returned;
  page.list_pdf.value = list_path(l) + "/danh-sach-ho.pdf";
  page.list_docx.value = list_path(l) + "/danh-sach-ho.docx";
  page.attendance_pdf.value = list_path(l) + "/danh-sach-diem-danh.pdf";
  page.attendance_docx.value = list_path(l) + "/danh-sach-diem-danh.docx";
  say_window(q, page, l);
  page.steps = steps_of(q, l, page);
  q.site().db.read([&](store::Reader& r) {
    say_what_is_possible(page, steps_for(r, q.viewer(), l, local_date(q.now())), local_date(q.now()));
    say_who_is_partial(q, r, page, l);
    page.one_person_both = one_person_holds_both(r, l.village, local_date(q.now()));
    page.lines = shown_lines(q, lines(r, l.id, true));
    page.corrections = corrections(r, l.id);
    for (const acts::Recorded& act : acts::about(r, "household-list/" + l.id.text()))
      page.timeline.push_back({act.happened, what_was_done(q, act), display_name(r, {act.actor}), {}, {}});
  });
  return page;
}

Reply show_list(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto list = list_shown(q, *at);
  if (!list) return q.refuse(list.problems());
  q.describe({.title = q.tr(N_("Household list of {village}"), {{"village", at->name}}), .index = false});
  return q.show("people/list", list_page(q, *at, *list));
}

// A step of a list that needs no form: what it is, and what is said afterwards.
template <class Step>
Reply take(Request& q, std::string_view said, Step step, const Problems& unread = {}) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto list = list_shown(q, *at);
  if (!list) return q.refuse(list.problems());
  if (!unread.empty()) return q.show_again("people/list", list_page(q, *at, *list), unread);
  auto done = q.site().db.write_official([&](store::Writer& w) -> Result<Done> { return step(w, list->id); });
  if (!done) return q.show_again("people/list", list_page(q, *at, *list), done.problems());
  return q.see_other(list_path(*list), said);
}

Reply do_lock(Request& q) {
  auto form = q.read<LockList>();
  return take(
      q, N_("The list is locked on your side"),
      [&](store::Writer& w, Id<HouseholdList> list) {
        return lock_list(w, q.site().keys, q.viewer(), list, *form);
      },
      form ? Problems{} : form.problems());
}
Reply do_confirm(Request& q) {
  auto form = q.read<ConfirmList>();
  return take(
      q, N_("The list is confirmed"),
      [&](store::Writer& w, Id<HouseholdList> list) {
        return confirm_list(w, q.site().keys, q.site().law, q.viewer(), list, *form);
      },
      form ? Problems{} : form.problems());
}
Reply do_return(Request& q) {
  auto form = q.read<ReturnList>();
  return take(
      q, N_("The list is returned. Draft a new one."),
      [&](store::Writer& w, Id<HouseholdList> list) {
        return return_list(w, q.site().keys, q.viewer(), list, *form);
      },
      form ? Problems{} : form.problems());
}

CorrectPage correct_page(Request& q, const VillageAt& at, const HouseholdList& l) {
  note_access(q, at.village.id, "list-correct");
  CorrectPage page;
  page.crumbs = crumbs_of(q, at, true);
  page.village = at.name;
  page.action.value = list_path(l) + "/dinh-chinh";
  q.site().db.read([&](store::Reader& r) {
    std::vector<ListLine> present = lines(r, l.id);
    auto listed = [&](Id<Household> id) {
      return std::any_of(present.begin(), present.end(),
                         [&](const ListLine& line) { return line.household == id; });
    };
    for (const ListLine& line : present)
      page.remove_options.push_back(
          {line.household.text(),
           household_label(q, line.number, line.house.value, line.head.value, line.beside.value), ""});
    for (const auto& [h, origin] : registered_on(r, l.village, l.closed_on))
      if (!listed(h.id))
        page.add_options.push_back(
            {h.id.text(), household_label(q, h.number, h.house.value, h.head.value, h.beside.value),
             h.gone ? q.tr(N_("left the register on {gone}"), {{"gone", to_page(*h.gone)}}) : ""});
  });
  return page;
}

Reply show_correct(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto list = list_shown(q, *at);
  if (!list) return q.refuse(list.problems());
  return q.show("people/list_correct", correct_page(q, *at, *list));
}

Reply do_correct(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto list = list_shown(q, *at);
  if (!list) return q.refuse(list.problems());
  auto form = q.read<CorrectList>();
  if (!form) return q.show_again("people/list_correct", correct_page(q, *at, *list), form.problems());
  auto done = q.site().db.write_official(
      [&](store::Writer& w) { return correct_list(w, q.site().keys, q.viewer(), list->id, *form); });
  if (!done) return q.show_again("people/list_correct", correct_page(q, *at, *list), done.problems());
  return q.see_other(list_path(*list), N_("The list is corrected"));
}

}  // namespace

void list_routes(web::Router& router) {
  const std::string path = "/thon/{village}/danh-sach/{list}";
  router.get(path, show_list, web::about(N_("Household list")).signed_in().answers<ListPage>());
  router.post(
      path + "/chot", do_lock,
      web::about(N_("Lock the list")).only({Role::village_head, Role::village_front}).reads<LockList>());
  router.post(path + "/xac-nhan", do_confirm,
              web::about(N_("Confirm the list"))
                  .only({Role::commune_officer, Role::commune_chair})
                  .reads<ConfirmList>());
  router.post(path + "/tra-lai", do_return,
              web::about(N_("Return the list"))
                  .only({Role::village_head, Role::village_front, Role::commune_officer, Role::commune_chair})
                  .reads<ReturnList>());
  router.get(path + "/dinh-chinh", show_correct,
             web::about(N_("Correct the list"))
                 .only({Role::commune_officer, Role::commune_chair})
                 .answers<CorrectPage>());
  router.post(path + "/dinh-chinh", do_correct,
              web::about(N_("Correct the list"))
                  .only({Role::commune_officer, Role::commune_chair})
                  .reads<CorrectList>());
}

}  // namespace danchu::people
