// A page for each verb about a meeting: call it, give notice, open it, count a vote, conclude, cancel.
#include "assembly/addresses.h"
#include "assembly/attendance.h"
#include "assembly/step_page.h"
#include "assembly/steps.h"
#include "assembly/wording.h"
#include "people/household_list.h"

namespace danchu::assembly {
namespace {

Id<people::Unit> village_id(const Request& q) { return q.id<people::Unit>("village"); }

std::string title_of(const people::Unit& village, const Meeting& m) {
  return people::full_name(village) + ", " + to_page(m.starts);
}

auto meeting_allows(Verb verb) {
  return [verb](Request& q) -> Result<StepSubject> {
    return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
      auto found = meeting_for(r, doer(q, r, verb), meeting_id(q), verb);
      if (!found) return found.problems();
      StepSubject subject{title_of(*people::unit(r, found->village), *found), address(found->id)};
      if (verb != Verb::add_meeting_paper && takes_papers(*found, q.now()) &&
          may_begin(q.viewer(), Verb::add_meeting_paper, where(r, found->village)) &&
          is_due(Verb::add_meeting_paper, found->state))
        subject.links.push_back(
            {q.tr(N_("Add pictures of the meeting's papers")), address(found->id, "giay-to")});
      if ((verb == Verb::open || verb == Verb::conclude) && is_from_paper(*found, verb, q.now()))
        subject.notes.push_back(q.tr(N_(
            "What you enter now is entered from paper, after the event: pictures of the signed attendance "
            "sheet and minutes are needed, and the results are public once the commune has accepted them.")));
      return subject;
    });
  };
}

// A secret ballot is no show of hands: the page says so instead of being silent (MTG-07, MTG-08).
Result<StepSubject> opening(Request& q) {
  auto allowed = meeting_allows(Verb::open)(q);
  if (allowed)
    allowed->notes.push_back(q.tr(
        N_("If those present choose a secret ballot, that is lawful ({article}), but danchu does not run "
           "it yet. Do not enter it as a show of hands: cancel the meeting here and keep its papers."),
        {{"article", citation_of(q, "MTG-08")}}));
  return allowed;
}

// With the matters that nobody voted on: each needs a public reason to come another evening.
Result<StepSubject> concluding(Request& q) {
  auto allowed = meeting_allows(Verb::conclude)(q);
  if (!allowed) return allowed;
  q.site().db.read([&](store::Reader& r) {
    for (const Motion& m : motions_of(r, meeting_id(q))) {
      if (m.state == MotionState::withdrawn) continue;
      if (const auto vote = vote_on(r, m.id))
        allowed->passes |= vote->passed;
      else
        allowed->undone += (allowed->undone.empty() ? "“" : ", “") + m.title.value + "”";
    }
  });
  return allowed;
}

// ---- calling --------------------------------------------------------------------------------------

constexpr StepText call_text{Verb::call_meeting,
                             N_("Call a meeting"),
                             "",
                             N_("Call the meeting"),
                             N_("The meeting is planned. Give notice of it now."),
                             "assembly/call"};

struct CallPage {
  std::string village;
  Url back, action;
  std::string usual_day;         // of the hour the form begins with, in words
  std::optional<Date> earliest;  // the first day the law lets be noticed today; none for one that was held
  std::string article;           // that says so
  std::string mark;              // what of that day is not confirmed
  CallMeeting form;
  std::vector<web::Option> motions_options;
  std::vector<PictureLink> links;  // where the picture of a proposal on paper is added
};
DANCHU_RECORD(CallPage, village, back, action, usual_day, earliest, article, mark, form, motions_options,
              links)

// The next Saturday evening that the law still lets be noticed today (practice P53).
Instant usual_evening(const law::Law& law, Date today) {
  constexpr unsigned saturday = 6;
  Date day = earliest_meeting(law, today);
  while (day.weekday() != saturday) day = day + 1;
  return at_local(day, 19, 30);
}

CallPage call_page(Request& q, const StepSubject& subject) {
  return q.site().db.read([&](store::Reader& r) {
    CallPage page;
    page.village = subject.title;
    page.back = subject.back;
    page.action.value = q.path();
    page.earliest = earliest_meeting(q.site().law, local_date(q.now()));
    page.article = citation_of(q, "MTG-04");
    if (auto mark = mark_of(q, why_earliest(q.site().law, local_date(q.now())))) page.mark = mark->text;
    page.form.starts = usual_evening(q.site().law, local_date(q.now()));
    page.usual_day = day_words(q, local_date(page.form.starts));
    page.form.place.value = q.tr(N_("Village hall"));
    if (auto last = last_meeting(r, village_id(q))) {
      page.form.place = last->place;
      page.form.contact.value = persons_of(r, last->id.number)["contact"];
    }
    page.form.chair.value = doer(q, r, Verb::call_meeting).name;
    for (const Listed& line : lists_of_village(r, village_id(q)).coming)
      if (line.state == MotionState::agreed &&
          run_here(q.site().law, static_cast<int>(motion(r, line.id)->matter.value), local_date(q.now()))
              .ok()) {
        page.motions_options.push_back({line.id.text(), line.title, ""});
        if (const auto m = motion(r, line.id);
            entered_late(r, *m) && !has_picture(r, subject_of(line.id), PaperOf::proposal))
          page.links.push_back({q.tr(N_("Add the picture of the proposal on paper")) + ": " + line.title,
                                address(line.id, "giay-de-xuat")});
        page.form.motions.push_back(line.id);
      }
    return page;
  });
}

Reply show_call(Request& q) {
  auto subject = village_allows(q, Verb::call_meeting);
  return subject ? q.show("assembly/call", call_page(q, *subject)) : q.refuse(subject.problems());
}

// The agenda by its titles, then what was typed.
std::vector<std::string> words_of_call(Request& q, const CallMeeting& form) {
  std::vector<std::string> lines;
  q.site().db.read([&](store::Reader& r) {
    for (Id<Motion> id : form.motions)
      if (auto on_agenda = motion(r, id)) lines.push_back("“" + on_agenda->title.value + "”");
  });
  for (std::string& line : words_of(q, ref(form))) lines.push_back(std::move(line));
  return lines;
}

Reply call_meeting(Request& q) {
  auto subject = village_allows(q, Verb::call_meeting);
  if (!subject) return q.refuse(subject.problems());
  auto again = [&](const Problems& problems, const CallMeeting* form) {
    CallPage page = call_page(q, *subject);
    if (form) page.form = *form;
    if (page.form.called_on && *page.form.called_on < local_date(q.now())) page.earliest.reset();
    return problems.empty() ? q.show("assembly/call", page) : q.show_again("assembly/call", page, problems);
  };
  return take<CallMeeting>(
      q, call_text, *subject, again,
      [&](Assembly& assembly, const people::Viewer& as, const CallMeeting& form) -> Result<Told> {
        auto made = assembly.call_meeting(as, village_id(q), form);
        if (!made) return made.problems();
        const bool held = form.called_on && *form.called_on < local_date(q.now());
        return Told{address(*made), held ? N_("The meeting that was held is entered. Add the picture of its "
                                              "invitation, then enter its notice.")
                                         : std::string_view{}};
      },
      [&](const CallMeeting& form) { return words_of_call(q, form); });
}

// ---- notice, opening, conclusion --------------------------------------------------------------------

GiveNotice usual_notice(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    GiveNotice form;
    if (auto m = meeting(r, meeting_id(q))) form.posted_at = m->place;
    return form;
  });
}

// With the list the meeting will count against, what of the form is needed here, and where papers are added.
Result<StepSubject> noticing(Request& q) {
  auto allowed = meeting_allows(Verb::give_notice)(q);
  if (!allowed) return allowed;
  q.site().db.read([&](store::Reader& r) {
    const auto m = meeting(r, meeting_id(q));
    allowed->on_paper = m->on_paper;
    if (auto list = people::list_of(r, m->village); list && !m->on_paper)
      allowed->notes.push_back(
          q.tr(N_("The meeting uses the household list closed on {day}: {total} households."),
               {{"day", to_page(list->closed_on)}, {"total", std::to_string(list->total)}}));
    const Date day = local_date(m->starts);
    std::string titles;
    for (const Motion& on_agenda : motions_of(r, m->id)) {
      if (on_agenda.state == MotionState::withdrawn) continue;
      if (needs_documents(q.site().law, static_cast<int>(on_agenda.matter.value), day))
        titles += (titles.empty() ? "“" : ", “") + on_agenda.title.value + "”";
      if (entered_late(r, on_agenda) && may_begin(q.viewer(), Verb::add_proposal_paper, where(r, m->village)))
        allowed->links.push_back(
            {q.tr(N_("Add the picture of the proposal on paper")) + ": " + on_agenda.title.value,
             address(on_agenda.id, "giay-de-xuat")});
    }
    if (titles.empty()) return;
    allowed->documents = true;
    auto due = q.site().law.due("MTG-05", day);
    if (due.ok())
      allowed->notes.push_back(
          q.tr(N_("Documents must be with every household by {due}, on: {titles} ({article})."),
               {{"due", to_page(due->due)}, {"titles", titles}, {"article", citation_of(q, "MTG-05")}}));
  });
  return allowed;
}

// What moving means once the households were told.
Result<StepSubject> moving(Request& q) {
  auto allowed = meeting_allows(Verb::move_meeting)(q);
  if (!allowed) return allowed;
  const Date earliest = earliest_meeting(q.site().law, local_date(q.now()));
  const Args args = {{"article", citation_of(q, "MTG-04")}, {"earliest", to_page(earliest)}};
  q.site().db.read([&](store::Reader& r) {
    if (meeting(r, meeting_id(q))->state == MeetingState::noticed)
      allowed->notes.push_back(q.tr(
          N_("Notice was given already. Moving the meeting takes it back: every household must be told anew, "
             "in the same ways, with the whole term of notice ({article})."),
          args));
  });
  const auto mark = mark_of(q, why_earliest(q.site().law, local_date(q.now())));
  allowed->notes.push_back(q.tr(N_("The earliest lawful day is {earliest} ({article})."), args) +
                           (mark ? " (" + mark->text + ")" : ""));
  return allowed;
}

MoveMeeting as_called(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    MoveMeeting form;
    if (auto m = meeting(r, meeting_id(q))) {
      form.starts = m->starts;
      form.place = m->place;
      form.version = m->version;
    }
    return form;
  });
}

OpenMeeting usual_opening(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    OpenMeeting form;
    form.secretary_yes.value = form.method_yes.value = present_now(r, meeting_id(q));
    if (auto m = meeting(r, meeting_id(q))) form.opened_at = late_entry(q.now(), *m, m->starts);
    return form;
  });
}

Conclude usual_conclusion(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    Conclude form;
    if (auto m = meeting(r, meeting_id(q)); m && m->opened_at)
      form.concluded_at = late_entry(q.now(), *m, last_step(r, *m));
    for (const Motion& m : motions_of(r, meeting_id(q)))
      if (auto vote = vote_on(r, m.id); vote && vote->passed && m.state != MotionState::withdrawn)
        form.decisions.push_back({m.id, m.wording.value_or(Text<4000>{decided_words(m)})});
    if (!form.decisions.empty()) form.title = Title::resolution;
    return form;
  });
}

// What will be published of each matter, read aloud before.
std::vector<std::string> results(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    std::vector<std::string> lines;
    for (const Motion& m : motions_of(r, meeting_id(q))) {
      if (m.state == MotionState::withdrawn) continue;
      Args args = {{"title", m.title.value}};
      auto vote = vote_on(r, m.id);
      if (!vote) {
        lines.push_back(q.tr(N_("“{title}”: not voted on; it can be put on another meeting."), args));
        continue;
      }
      args.push_back({"yes", std::to_string(vote->yes.value)});
      args.push_back({"needed", std::to_string(vote->needed.value)});
      lines.push_back(q.tr(vote->passed
                               ? N_("“{title}”: {yes} households agree, {needed} needed, passed.")
                               : N_("“{title}”: {yes} households agree, {needed} needed, not passed."),
                           args));
    }
    return lines;
  });
}

// What the commune compares with the pictures: the days as they were entered, then each result.
std::vector<std::string> entered_from_paper(Request& q) {
  std::vector<std::string> lines = q.site().db.read([&](store::Reader& r) {
    std::vector<std::string> days;
    auto m = meeting(r, meeting_id(q));
    if (!m) return days;
    auto say = [&](std::string_view message, const std::string& when) {
      days.push_back(q.tr(message, {{"when", when}}));
    };
    if (m->called_on) say(N_("Called on {when}"), to_page(*m->called_on));
    if (m->noticed_at) say(N_("Notice given at {when}"), to_page(*m->noticed_at));
    if (m->documents_sent) say(N_("Documents sent on {when}"), to_page(*m->documents_sent));
    if (m->opened_at) say(N_("Opened at {when}"), to_page(*m->opened_at));
    if (m->concluded_at) say(N_("Concluded at {when}"), to_page(*m->concluded_at));
    if (m->attended)
      days.push_back(q.tr(N_("{came} of {households} households came"),
                          {{"came", std::to_string(m->attended->value)},
                           {"households", std::to_string(m->households.value)}}));
    return days;
  });
  for (std::string& line : results(q)) lines.push_back(std::move(line));
  q.site().db.read([&](store::Reader& r) {
    for (const Motion& m : motions_of(r, meeting_id(q)))
      if (m.wording && m.state != MotionState::withdrawn)
        lines.push_back(q.tr(N_("Decided on “{title}”: {words}"),
                             {{"title", m.title.value}, {"words", m.wording->value}}));
  });
  return lines;
}

// The pictures of the evening's papers, each once though every matter leads to it.
Result<StepSubject> comparing(Request& q) {
  auto allowed = meeting_allows(Verb::accept_papers)(q);
  if (!allowed) return allowed;
  q.site().db.read([&](store::Reader& r) {
    const std::string meeting_papers = subject_of(meeting_id(q));
    bool first = true;
    for (const Motion& m : motions_of(r, meeting_id(q))) {
      for (PictureLink& link : picture_links(q, r, m.id, first ? "" : meeting_papers))
        allowed->pictures.push_back(std::move(link));
      first = false;
    }
  });
  return allowed;
}
// Each answer leads to the other.
auto comparing_beside(std::string_view label, const char* other) {
  return [label, other](Request& q) {
    auto allowed = comparing(q);
    const bool accepts = q.site().db.read([&](store::Reader& r) {
      auto m = meeting(r, meeting_id(q));
      return m && !papers_refusal(r, q.viewer(), *m, local_date(q.now()), PapersAnswer::accept);
    });
    if (allowed && (accepts || std::string_view(other) != "chap-nhan"))
      allowed->links.push_back({q.tr(label), address(meeting_id(q), other)});
    return allowed;
  };
}

void paper_evening_routes(web::Router& router) {
  step<AddMeetingPaper>(
      router, "/cuoc-hop/{meeting}/giay-to",
      {Verb::add_meeting_paper, N_("Add pictures of the meeting's papers"),
       N_("The invitation before the notice, the attendance sheet and the minutes before the conclusion."),
       N_("Save"), N_("Saved.")},
      meeting_allows(Verb::add_meeting_paper), [](Request&) { return AddMeetingPaper{}; },
      call(&Assembly::add_meeting_paper));
  step<AcceptPapers>(router, "/cuoc-hop/{meeting}/chap-nhan",
                     {Verb::accept_papers, N_("Accept the papers of the meeting"),
                      N_("This meeting was held on paper and entered afterwards. Its results are public once "
                         "you accept them."),
                      N_("Accept and publish"), N_("Accepted. The results are public.")},
                     comparing_beside(N_("Return the papers of the meeting"), "tra-lai"),
                     as_shown<AcceptPapers>, call(&Assembly::accept_papers), entered_from_paper);
  step<ReturnPapers>(router, "/cuoc-hop/{meeting}/tra-lai",
                     {Verb::accept_papers, N_("Return the papers of the meeting"),
                      N_("The head reads your reason and mends what he entered."), N_("Return"),
                      N_("Returned to the village.")},
                     comparing_beside(N_("Accept the papers of the meeting"), "chap-nhan"),
                     as_shown<ReturnPapers>, call(&Assembly::return_papers), entered_from_paper);
}

void meeting_routes(web::Router& router) {
  router.get("/thon/{village}/hop/moi", show_call,
             web::about(N_("Call a meeting")).signed_in().answers<CallPage>());
  router.post("/thon/{village}/hop/moi", call_meeting,
              web::about(N_("Call the meeting"))
                  .signed_in()
                  .reads<Confirmed<CallMeeting>>()
                  .shows_form_of<CallMeeting>());
  step<GiveNotice>(
      router, "/cuoc-hop/{meeting}/thong-bao",
      {Verb::give_notice, N_("Give notice of the meeting"),
       N_("Households are told in one way, and the notice is posted."), N_("Note that notice is given"),
       N_("Notice is given. Print the invitations below."), "assembly/notice"},
      noticing, usual_notice, call(&Assembly::give_notice));
  step<OpenMeeting>(
      router, "/cuoc-hop/{meeting}/mo",
      {Verb::open, N_("Open the meeting"), N_("Those present choose the secretary and how to vote."),
       N_("Open"), N_("The meeting is open.")},
      opening, usual_opening, call(&Assembly::open));
  step<Conclude>(
      router, "/cuoc-hop/{meeting}/ket-luan",
      {Verb::conclude, N_("Conclude the meeting"),
       N_("The results are published. They are corrected only openly."), N_("Conclude and publish"),
       N_("Concluded and published. Print the paper and have it signed."), "assembly/conclude"},
      concluding, usual_conclusion,
      [](Request& q, Assembly& assembly, const people::Viewer& as, const Conclude& form) -> Result<Told> {
        auto done = assembly.conclude(as, meeting_id(q), form);
        if (!done) return done.problems();
        auto m = q.site().db.read([&](store::Reader& r) { return meeting(r, meeting_id(q)); });
        return Told{address(meeting_id(q)),
                    m && m->on_paper
                        ? N_("Sent to the commune. The results are public once it has accepted the "
                             "papers.")
                        : std::string_view{}};
      },
      results);
  step<MoveMeeting>(
      router, "/cuoc-hop/{meeting}/doi",
      {Verb::move_meeting, N_("Move the meeting"),
       N_("Another day, hour or place. The matters stay on the agenda."), N_("Move the meeting"),
       N_("The meeting is moved. Give notice of it as it stands now."), "assembly/move"},
      moving, as_called, call(&Assembly::move_meeting));
  step<WithReason>(
      router, "/cuoc-hop/{meeting}/huy",
      {Verb::cancel_meeting, N_("Cancel the meeting"),
       N_("The reason is public. The matters can be put on another meeting."), N_("Cancel the meeting"),
       N_("The meeting is cancelled.")},
      meeting_allows(Verb::cancel_meeting), [](Request&) { return WithReason{}; },
      call(&Assembly::cancel_meeting));
}

}  // namespace

void meeting_step_routes(web::Router& router) {
  meeting_routes(router);
  paper_evening_routes(router);
}

}  // namespace danchu::assembly
