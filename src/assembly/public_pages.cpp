// The open page of a matter, in words a villager understands. Named is only who has a part in the decision,
// with that part.
#include "assembly/addresses.h"
#include "assembly/page_parts.h"
#include "assembly/paper_versions.h"
#include "assembly/presence.h"
#include "assembly/public_page_parts.h"
#include "assembly/public_words.h"
#include "assembly/result_page_words.h"
#include "assembly/signed_papers.h"
#include "law/spelled.h"
#include "people/contact.h"
#include "people/household_register.h"

namespace danchu::assembly {
namespace {

struct FormLine {
  std::string form;
  bool lawful = false, run_here = false;
  std::vector<std::string> because;
};
DANCHU_RECORD(FormLine, form, lawful, run_here, because)

struct CorrectionLine {
  Date on;
  std::string reason;
  std::int64_t old_yes = 0, new_yes = 0, old_no = 0, new_no = 0, old_other = 0, new_other = 0;
  bool old_passed = false, new_passed = false;
  std::string turned;               // "Before: passed. Now: not passed."; empty where the result stayed
  std::string by;                   // which posts stand behind it
  std::optional<PaperLink> before;  // the paper it took the place of
};
DANCHU_RECORD(CorrectionLine, on, reason, old_yes, new_yes, old_no, new_no, old_other, new_other, old_passed,
              new_passed, turned, by, before)

struct ReportLine {
  Date on;
  std::string done;
};
DANCHU_RECORD(ReportLine, on, done)

// Who had which part in the decision.
struct Named {
  std::string part, name;
};
DANCHU_RECORD(Named, part, name)

struct RuleLink {
  std::string id, article;
  Url url;
};
DANCHU_RECORD(RuleLink, id, article, url)

// A day the law sets for a step: by when, when it was done, and what of the count is not confirmed.
struct TermLine {
  Date due;
  std::optional<Date> done;
  bool late = false;  // done after it, or not done and over
  std::string mark;   // in words; empty: all of it is confirmed
  std::vector<web::Because> because;
};
DANCHU_RECORD(TermLine, due, done, late, mark, because)

struct MotionPage {
  std::string id, title, asked, village, commune;
  std::vector<web::Crumb> crumbs;
  MotionState state = MotionState::proposed;
  std::optional<OnPaperState> on_paper_state;  // said in place of the state
  std::string matter;
  std::int64_t matter_number = 0;
  std::vector<std::string> contribution;
  std::vector<Named> people;
  std::optional<Outcome> result;
  std::optional<web::Tally> tally;
  // Why it passed or not, what comes next, and who came and who voted where these differ.
  std::vector<std::string> in_words;
  std::vector<Mark> marks;  // what the stars beside the terms mean
  std::vector<web::Because> because;
  std::optional<FormUsed> form_used;  // nothing before a decision
  std::vector<FormLine> forms;
  std::string not_run_here;  // lawful at a meeting, but danchu does not hold it yet
  std::vector<RuleLink> not_run_rules;
  std::optional<Instant> meeting_starts;
  std::string meeting_place;
  std::optional<Url> meeting_url;
  std::int64_t households = 0;
  std::optional<Date> list_closed_on;
  std::int64_t list_total = 0;
  std::optional<std::int64_t> list_first_total;  // before the commune corrected it
  std::optional<DecisionState> decision_state;   // for programs; people read `status`
  std::string decision_words;                    // of what passed
  std::string reason;  // why it was withdrawn, put off, or its kind changed; empty once it is decided
  std::string status, not_in_force;  // where it stands, in words
  std::optional<Date> effect_from;
  std::optional<TermLine> sending, answering;
  std::string answer_number, answer_reason;
  std::optional<OnPaper> on_paper;
  std::optional<Instant> concluded_late;
  bool correction_waits = false;
  std::vector<CorrectionLine> corrections;
  std::vector<ReportLine> reports;
  std::vector<web::Moment> timeline;
  std::vector<PaperLink> papers;
  std::vector<SignedPaper> signed_papers;
  bool sees_pictures = false;
  std::optional<Url> previous, anew;
  std::vector<Action> actions;
  std::optional<web::Share> share;
  std::string support_phone;  // the commune's
};
DANCHU_RECORD(MotionPage, id, title, asked, village, commune, crumbs, state, on_paper_state, matter,
              matter_number, contribution, people, result, tally, in_words, marks, because, form_used, forms,
              not_run_here, not_run_rules, meeting_starts, meeting_place, meeting_url, households,
              list_closed_on, list_total, list_first_total, decision_state, decision_words, reason, status,
              not_in_force, effect_from, sending, answering, answer_number, answer_reason, on_paper,
              concluded_late, correction_waits, corrections, reports, timeline, papers, signed_papers,
              sees_pictures, previous, anew, actions, share, support_phone)

// Chair and secretary once the meeting is concluded, who keeps and checks the money as the proposal says, and
// the two households that signed.
std::vector<Named> people_of(const Request& q, store::Reader& r, const Whole& w) {
  std::vector<Named> people;
  auto add = [&](const Persons& persons, const char* part, std::string_view label) {
    auto found = persons.find(part);
    if (found != persons.end() && !found->second.empty()) people.push_back({q.tr(label), found->second});
  };
  if (w.decision && w.meeting) {
    const Persons persons = persons_of(r, w.meeting->id.number);
    add(persons, "chair", N_("Chair of the meeting"));
    add(persons, "secretary", N_("Secretary of the meeting"));
  }
  const Persons persons = persons_of(r, w.motion.id.number);
  if (w.motion.agreement && *w.motion.agreement != Agreement::own_act)
    add(persons, "front_signatory", N_("Signed the Front's agreement on paper"));
  add(persons, "keeper", N_("Keeps what is collected"));
  add(persons, "checker", N_("Checks what is collected"));
  if (w.decision && w.decision->signed_on)
    for (const char* witness : {"witness_1", "witness_2"})
      add(persons, witness, N_("Household representative who signed"));
  return people;
}

std::optional<Problem> not_run_here(const Request& q, const Motion& m) {
  auto run = run_here(q.site().law, static_cast<int>(m.matter.value), local_date(q.now()));
  return run.ok() ? std::nullopt : std::optional(run.problems()[0]);
}

std::vector<FormLine> form_lines(const Request& q, const Whole& w) {
  std::vector<FormLine> lines;
  for (const law::FormAnswer& answer : forms_of(q.site().law, w, local_date(q.now()))) {
    FormLine line{q.tr(label_of(answer.form)),
                  answer.lawful,
                  answer.form == law::Form::meeting && !not_run_here(q, w.motion),
                  {}};
    for (const law::Reason& reason : answer.because)
      line.because.push_back(law::spelled_out(law::to_line(reason, q.language())));
    lines.push_back(std::move(line));
  }
  return lines;
}

// Of what officers date by the day, the hour is not known when it is entered later.
bool only_a_day(const acts::Recorded& act) {
  constexpr std::string_view dated[] = {"assembly.agreed",   "assembly.signed",   "assembly.sent",
                                        "assembly.received", "assembly.refused",  "assembly.recognised",
                                        "assembly.executed", "assembly.proposed", "assembly.called"};
  return act.happened == start_of(local_date(act.happened)) && act.happened != act.entered &&
         std::find(std::begin(dated), std::end(dated), act.kind) != std::end(dated);
}

std::vector<web::Moment> timeline_of(const Request& q, const Whole& w) {
  std::vector<web::Moment> moments;
  bool counted = false;
  for (const acts::Recorded& act : w.acts) {
    web::Moment moment{act.happened,
                       q.tr(acts::label_of_kind(act.kind)),
                       act.check_code(),
                       Url{"/kiem-chung/" + std::to_string(act.seq)},
                       {}};
    if (act.kind == "assembly.counted" && std::exchange(counted, true))
      moment.what = q.tr(N_("The count was mended, before the meeting was concluded"));
    if (!act.on_behalf.empty()) moment.by = q.tr(N_("entered for the head by the digital helper"));
    if (local_date(act.happened) != local_date(act.entered)) moment.entered = act.entered;
    if (only_a_day(act)) moment.day = local_date(act.happened);
    moments.push_back(std::move(moment));
  }
  return moments;
}

void add_result(const Request& q, const Whole& w, MotionPage& page) {
  if (!w.vote && !w.list) return;
  auto verdict = judged(q.site().law, w, local_date(q.now()));
  if (!verdict) return;
  if (w.vote) {
    const Vote& v = *w.vote;
    page.result = Outcome{v.yes.value,
                          v.no.value,
                          v.other.value,
                          v.present.value,
                          v.households.value - v.present.value,
                          v.households.value,
                          verdict->needed,
                          verdict->passed};
    page.tally = web::Tally{v.yes, v.households, Count{verdict->needed},
                            verdict->passed ? web::TallyState::passed : web::TallyState::failed};
  } else if (page.households > 0) {
    page.tally = web::Tally{{}, Count{page.households}, Count{verdict->needed}, web::TallyState::open};
  }
  for (const law::Reason& reason : verdict->because)
    page.because.push_back(web::because(reason, q.language()));
}

std::optional<TermLine> term_line(const Request& q, std::string_view rule, Date from, std::optional<Date> due,
                                  std::optional<Date> done, std::vector<Mark>& marks) {
  if (!due) return std::nullopt;
  TermLine line{*due, done, done.value_or(local_date(q.now())) > *due, "", {}};
  const std::vector<law::Reason> reasons = reasons_of(q.site().law, rule, from, *due);
  if (auto mark = mark_of(q, reasons)) line.mark = mark->text;
  add_mark(marks, mark_of(q, reasons));
  for (const law::Reason& reason : reasons) line.because.push_back(web::because(reason, q.language()));
  return line;
}

void add_decision(const Request& q, const Whole& w, MotionPage& page) {
  if (!w.decision) return;
  const Decision& d = *w.decision;
  page.decision_state = d.state;
  if (d.passed) page.decision_words = d.wording.value;
  page.status = status_words(q, w);
  page.not_in_force = not_in_force_words(q, w);
  page.form_used = form_used(q, w);
  page.effect_from = d.effect_from;
  page.sending = term_line(q, sending_rule, sending_from(d, w.meeting), d.send_due, d.sent_on, page.marks);
  page.answering = term_line(q, answering_rule, d.received_on.value_or(d.voted_on), d.answer_due,
                             d.answered_on, page.marks);
  if (d.answer_number) page.answer_number = d.answer_number->value;
  if (d.answer_reason) page.answer_reason = d.answer_reason->value;
}

void add_papers(const Request& q, const Whole& w, MotionPage& page) {
  if (w.meeting && w.meeting->noticed_at && people::may_read_register(q.viewer(), w.village.id, w.commune.id))
    page.papers.push_back({q.tr(N_("Invitation (form 01)")), address(w.meeting->id, "giay-moi.pdf"),
                           address(w.meeting->id, "giay-moi.docx")});
  if (w.decision)
    page.papers.push_back({w.decision->passed ? q.tr(N_("Decision of the community (form 03: {title})"),
                                                     {{"title", q.tr(label_of(w.decision->title))}})
                                              : q.tr(N_("Minutes of the vote, not passed (form 03)")),
                           address(w.motion.id, "quyet-dinh.pdf"), address(w.motion.id, "quyet-dinh.docx")});
}

std::string behind(const Request& q, const Whole& w, const Correction& c) {
  const bool commune = std::any_of(w.acts.begin(), w.acts.end(), [&](const acts::Recorded& act) {
    return act.kind == correction_asked && c.entered_by && act.actor == c.entered_by->number &&
           by_the_commune(act);
  });
  if (c.agreed_on && commune)
    return q.tr(
        N_("Entered by the commune from the correction minutes; another officer of the commune or the head "
           "of the village Front committee agreed to it on {day}"),
        {{"day", to_page(*c.agreed_on)}});
  if (c.agreed_on)
    return q.tr(
        N_("Entered by the village head; the head of the Front committee agreed to it himself on {day}"),
        {{"day", to_page(*c.agreed_on)}});
  return c.entered_by ? q.tr(N_("Entered by the commune from the correction minutes")) : "";
}

CorrectionLine line_of(const Request& q, const Whole& w, const Correction& c) {
  const std::string paper = "ban-truoc/" + c.id.text() + "/quyet-dinh";
  return {c.corrected_on,
          c.reason.value,
          c.old_yes.value,
          c.new_yes.value,
          c.old_no.value,
          c.new_no.value,
          c.old_other.value,
          c.new_other.value,
          c.old_passed,
          c.new_passed,
          turned_words(q, c),
          behind(q, w, c),
          PaperLink{q.tr(N_("The paper before, replaced")), address(w.motion.id, paper + ".pdf"),
                    address(w.motion.id, paper + ".docx")}};
}

// The words change by themselves when an answer becomes overdue and, before the vote, with the law in force.
std::optional<Instant> changes_at(const Whole& w, const MotionPage& page, Instant now) {
  if (!w.vote) return next_midnight(now);
  std::optional<Instant> next;
  for (const auto& term : {page.sending, page.answering})
    if (term && !term->done && !term->late)
      next = std::min(next.value_or(start_of(term->due + 1)), start_of(term->due + 1));
  return next;
}

Result<MotionPage> motion_page(Request& q, std::optional<Instant>& until) {
  return q.site().db.read([&](store::Reader& r) -> Result<MotionPage> {
    auto found = whole(r, q.id<Motion>("motion"));
    if (!found) return problem(Fault::missing, N_("There is no such matter"));
    // Until the meeting is concluded, and one on paper accepted, the open page shows no counts (practice
    // P18).
    if (found->motion.state != MotionState::passed && found->motion.state != MotionState::lost)
      found->vote.reset();
    const Whole& w = *found;
    MotionPage page;
    page.id = w.motion.id.text();
    page.title = w.motion.title.value;
    page.asked = w.motion.asked.value;
    page.village = people::full_name(w.village);
    page.commune = people::full_name(w.commune);
    page.crumbs = crumbs_to(r, w.village);
    page.support_phone = people::support_phone(r, w.village.id);
    page.state = w.motion.state;
    page.matter_number = w.motion.matter.value;
    page.matter = matter_label(q, w.motion.matter.value);
    if (w.motion.reason && !w.decision) page.reason = w.motion.reason->value;
    page.contribution = contribution_words(q, w.motion);
    page.people = people_of(q, r, w);
    page.forms = form_lines(q, w);
    if (w.meeting) {
      page.meeting_starts = w.meeting->starts;
      page.meeting_place = w.meeting->place.value;
      page.meeting_url = address(w.meeting->id);
      if (w.meeting->list) page.households = w.households;
    }
    if (w.list) {
      page.list_closed_on = w.list->closed_on;
      page.list_total = w.list->total;
      page.list_first_total = w.list->first_total;
    }
    if (auto not_here = not_run_here(q, w.motion); not_here && !w.decision) {
      page.not_run_here = q.tr(not_here->message);
      for (const std::string& rule : not_here->rules)
        page.not_run_rules.push_back({rule, citation_of(q, rule), {"/luat/" + rule}});
    }
    add_result(q, w, page);
    add_decision(q, w, page);
    page.in_words = in_plain_words(q, r, w);
    if (w.vote && w.meeting)
      if (auto words = presence_words(q, r, *w.meeting, *w.vote); !words.empty())
        page.in_words.push_back(std::move(words));
    if (w.meeting)
      page.on_paper_state = on_paper_state(w.motion.state, w.meeting->state, w.meeting->on_paper);
    for (const Correction& c : w.corrections) page.corrections.push_back(line_of(q, w, c));
    page.correction_waits = waiting_correction(r, w.motion.id).has_value();
    if (w.meeting) page.on_paper = on_paper(r, *w.meeting);
    if (w.meeting && w.decision) page.concluded_late = concluded_late(r, *w.meeting);
    for (const ExecutionReport& report : w.reports)
      page.reports.push_back({report.reported_on, report.done.value});
    page.timeline = timeline_of(q, w);
    add_papers(q, w, page);
    page.sees_pictures = may_see_pictures(q.viewer(), w.village.id, w.commune.id);
    page.signed_papers = signed_papers(q, w);
    if (w.motion.previous) page.previous = address(*w.motion.previous);
    if (w.proposed_anew) page.anew = address(*w.proposed_anew);
    page.actions = actions_on(q, r, w);
    page.share = web::Share{share_words(q, w)};
    until = changes_at(w, page, q.now());
    return page;
  });
}

Reply show_motion(Request& q) {
  std::optional<Instant> until;
  auto page = motion_page(q, until);
  if (!page) return q.refuse(page.problems());
  q.describe({.title = page->title,
              .description = page->share->text,
              .image = address(q.id<Motion>("motion"), "anh.png").value});
  Reply reply = q.show("assembly/motion", *page);
  reply.valid_until = until;
  return reply;
}

}  // namespace

void public_routes(web::Router& router) {
  router.get(
      "/viec/{motion}", show_motion,
      web::about(N_("A matter and its decision"))
          .cached([](Request& q) {
            return q.site().db.read([&](store::Reader& r) { return topics_of(r, q.id<Motion>("motion")); });
          })
          .answers<MotionPage>());
  public_meeting_routes(router);
}

}  // namespace danchu::assembly
