// The desk: what the signed-in person has to do, by the day the law sets; and the ready wordings to begin a
// matter with.
#include "assembly/addresses.h"
#include "assembly/matter_templates.h"
#include "assembly/page_parts.h"
#include "assembly/tasks.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

struct DeskUnit {
  std::string name, role;
  Url url;
  std::vector<Action> actions;
  bool household = false;  // what its village decides stands here, for it has no work to do
  std::vector<MotionLine> open, coming;
};
DANCHU_RECORD(DeskUnit, name, role, url, actions, household, open, coming)

struct DeskPage {
  std::string name;
  bool acts = false;  // holds a post with work to do
  std::vector<web::Todo> todos;
  std::vector<Mark> marks;  // what the stars beside the todos mean
  std::vector<DeskUnit> units;
  Url account;
};
DANCHU_RECORD(DeskPage, name, acts, todos, marks, units, account)

std::string days_left(const Request& q, int days) {
  if (days < 0)
    return q.tr(days == -1 ? N_("one day late") : N_("{days} days late"), {{"days", std::to_string(-days)}});
  if (days == 0) return q.tr(N_("due today"));
  return q.tr(days == 1 ? N_("one day left") : N_("{days} days left"), {{"days", std::to_string(days)}});
}

// The day of a meeting is no term that runs out: its hour is told.
bool is_evening_ahead(const Task& task, Date today) {
  return (task.verb == Verb::attend || task.verb == Verb::open) && task.meeting && *task.due >= today;
}

web::Urgency urgency_of(Nearness nearness) {
  switch (nearness) {
    case Nearness::late:
      return web::Urgency::late;
    case Nearness::soon:
      return web::Urgency::soon;
    case Nearness::in_time:
      return web::Urgency::in_time;
    case Nearness::no_day:
      break;
  }
  return web::Urgency::waiting;
}

// The matters of a meeting by their titles, many by their number; else the matter the task is about.
std::string about(const Request& q, const Task& task) {
  constexpr std::size_t told = 3;
  if (task.agenda.empty()) return task.motion.title.value;
  if (task.agenda.size() > told)
    return q.tr(N_("{count} matters"), {{"count", std::to_string(task.agenda.size())}});
  std::string titles;
  for (const std::string& title : task.agenda) titles += (titles.empty() ? "" : "; ") + title;
  return titles;
}

// A meeting nothing has to be done for yet.
web::Todo ahead_of(const Request& q, const Task& task) {
  web::Todo todo;
  todo.title = q.tr(N_("Upcoming meeting: {starts}"), {{"starts", to_page(task.meeting->starts)}});
  todo.more = people::full_name(task.village) + " · " + about(q, task);
  todo.url = address(task.meeting->id);
  todo.urgency = web::Urgency::waiting;
  todo.due_text = q.tr(N_("Notice was given; nothing to do yet"));
  return todo;
}

web::Todo todo_of(const Request& q, const Task& task, Date today) {
  web::Todo todo;
  todo.title =
      q.tr(task.without_head ? N_("A decision waits to be sent and the village has no head: name one")
                             : verb_label(task.verb));
  todo.more = people::full_name(task.village) + " · " + about(q, task);
  todo.url =
      task.without_head ? Url{"/can-bo/" + task.village.parent.text()} : address_of(task.verb, task.motion);
  todo.urgency = urgency_of(nearness_of(task.due, today));
  if (!task.due) {
    todo.due_text = q.tr(N_("No day is set by law"));
    return todo;
  }
  if (is_evening_ahead(task, today)) {
    todo.due_text = q.tr(*task.due == today ? N_("meets today at {time}") : N_("meets tomorrow at {time}"),
                         {{"time", to_page(task.meeting->starts).substr(0, 5)}});
    return todo;
  }
  todo.due = task.due;
  todo.due_text = days_left(q, *task.due - today);
  if (auto mark = mark_of(q, task.because)) todo.mark = mark->text;
  for (const law::Reason& reason : task.because) todo.because.push_back(web::because(reason, q.language()));
  if (!task.rule.empty()) todo.citation = citation_of(q, task.rule);
  return todo;
}

// Drafting, locking and confirming the household list that a notice will rest on (practice P34).
web::Todo todo_of(const Request& q, const people::ListTask& task) {
  using What = people::ListTask::What;
  web::Todo todo;
  todo.title = q.tr(task.what == What::draft  ? N_("Draft the household list")
                    : task.what == What::lock ? N_("Lock the household list")
                    : task.not_before         ? N_("Look through the household list")
                                              : N_("Confirm the household list"));
  todo.more = people::full_name(task.village);
  todo.url = task.list ? address_of_village(task.village.id, "danh-sach/" + task.list->text())
                       : address_of_village(task.village.id, "ho");
  todo.urgency = web::Urgency::waiting;
  todo.due_text = task.not_before ? q.tr(N_("Posted for corrections; it can be confirmed from {day}"),
                                         {{"day", to_page(*task.not_before)}})
                                  : q.tr(N_("No day is set by law"));
  return todo;
}

Url address_of_unit(const people::Unit& unit) {
  const std::string& level = people::unit_kind(unit.kind).level;
  return level == "village"   ? address_of_village(unit.id)
         : level == "commune" ? address_of_commune(unit)
                              : Url{"/"};
}

// A head's title depends on the kind of his village (practice P120).
std::string title_of(const Request& q, const people::Post& post, const people::Unit& unit) {
  if (post.role != people::Role::village_head) return q.tr(label_of(post.role));
  const people::UnitKind& kind = people::unit_kind(unit.kind);
  return q.language() == "en" ? kind.head_title_en : kind.head_title_vi;
}

// What one may begin in a unit without being asked to.
std::vector<Action> begin_in(const Request& q, const people::Post& post) {
  std::vector<Action> actions;
  if (post.role == people::Role::village_head || post.role == people::Role::helper) {
    actions.push_back({q.tr(N_("Propose a matter")), address_of_village(post.unit, "viec/mau"), true});
    if (post.role == people::Role::village_head)
      actions.push_back({q.tr(N_("Call a meeting")), address_of_village(post.unit, "hop/moi"), false});
    actions.push_back({q.tr(N_("Households")), address_of_village(post.unit, "ho"), false});
  }
  if (post.role == people::Role::village_front)
    actions.push_back({q.tr(N_("Households")), address_of_village(post.unit, "ho"), false});
  if (post.role == people::Role::commune_officer || post.role == people::Role::province_officer) {
    const std::string officers = "/can-bo/" + post.unit.text();
    actions.push_back({q.tr(N_("Officers and posts")), {officers}, false});
    actions.push_back({q.tr(N_("Import a list")), {officers + "/nhap"}, false});
    actions.push_back({q.tr(N_("Sign-ins")), {officers + "/nhat-ky-dang-nhap"}, false});
  }
  return actions;
}

DeskUnit unit_on_desk(const Request& q, store::Reader& r, const people::Post& post,
                      const people::Unit& unit) {
  DeskUnit here{people::full_name(unit),
                title_of(q, post, unit),
                address_of_unit(unit),
                begin_in(q, post),
                post.role == people::Role::household,
                {},
                {}};
  if (!here.household) return here;
  Lists lists = lists_of_village(r, unit.id);
  here.open = lines_of(std::move(lists.open), q.now());
  here.coming = lines_of(std::move(lists.coming), q.now());
  return here;
}

Reply show_desk(Request& q) {
  DeskPage page = q.site().db.read([&](store::Reader& r) {
    DeskPage p;
    p.name = q.viewer().name;
    p.account.value = "/tai-khoan";
    const Date today = local_date(q.now());
    for (const Task& task : tasks_of(r, q.viewer(), q.site().law, today)) {
      p.todos.push_back(todo_of(q, task, today));
      if (!p.todos.back().mark.empty()) add_mark(p.marks, mark_of(q, task.because));
    }
    for (const Task& task : meetings_ahead(r, q.viewer(), today)) p.todos.push_back(ahead_of(q, task));
    for (const people::ListTask& task : people::list_tasks(r, q.viewer(), q.site().law, today))
      p.todos.push_back(todo_of(q, task));
    for (const people::Post& post : q.viewer().posts)
      if (auto unit = people::unit(r, post.unit)) {
        p.units.push_back(unit_on_desk(q, r, post, *unit));
        p.acts |= !p.units.back().household;
      }
    return p;
  });
  return q.show("assembly/desk", page);
}

// ---- choosing a wording ------------------------------------------------------------------------------

struct Wording {
  std::string title, not_run_here;  // why danchu does not hold its meeting; empty: it does
  Url url;
};
DANCHU_RECORD(Wording, title, not_run_here, url)

struct WordingsPage {
  std::string village;
  Url back, blank;
  std::vector<Wording> wordings;
};
DANCHU_RECORD(WordingsPage, village, back, blank, wordings)

Reply show_wordings(Request& q) {
  auto village =
      q.site().db.read([&](store::Reader& r) { return people::unit(r, q.id<people::Unit>("village")); });
  if (!village) return q.refuse(problem(Fault::missing, N_("There is no such village")));
  WordingsPage page{people::full_name(*village),
                    address_of_village(village->id),
                    address_of_village(village->id, "viec/moi"),
                    {}};
  for (const MatterTemplate& t : matter_templates()) {
    auto run = run_here(q.site().law, matter_of(t.form), local_date(q.now()));
    page.wordings.push_back({t.form.title.value,
                             run.ok() ? "" : not_run_words(q, run.problems()[0]),
                             {page.blank.value + "?mau=" + t.code}});
  }
  return q.show("assembly/wordings", page);
}

}  // namespace

void desk_routes(web::Router& router) {
  router.get("/ban-lam-viec", show_desk, web::about(N_("My work")).signed_in().answers<DeskPage>());
  router.get("/thon/{village}/viec/mau", show_wordings,
             web::about(N_("Which matter?")).signed_in().answers<WordingsPage>());
}

void routes(web::Router& router) {
  unit_routes(router);
  public_routes(router);
  desk_routes(router);
  motion_step_routes(router);
  proposal_routes(router);
  meeting_step_routes(router);
  hall_routes(router);
  voice_routes(router);
  paper_routes(router);
  share_routes(router);
  picture_routes(router);
  open_data_routes(router);
}

}  // namespace danchu::assembly
