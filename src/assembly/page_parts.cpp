#include "assembly/page_parts.h"

#include "assembly/addresses.h"
#include "base/lunar.h"
#include "law/spelled.h"
#include "web/format.h"

namespace danchu::assembly {
namespace {

struct VerbPage {
  Verb verb;
  std::string_view label, step;
  bool against = false;  // the other answer to the page before it
};
constexpr VerbPage motion_verbs[] = {
    {Verb::agree, N_("Agree for the Front"), "thong-nhat"},
    {Verb::agree_by_paper, N_("Enter the Front's agreement on paper"), "thong-nhat-giay"},
    {Verb::reclassify, N_("Change the kind of matter"), "phan-loai"},
    {Verb::withdraw, N_("Withdraw the matter"), "rut"},
    {Verb::ask_form, N_("Decide in another form?"), "hinh-thuc"},
    {Verb::sign, N_("Enter the signed paper"), "ky"},
    {Verb::send, N_("Send to the commune"), "gui"},
    {Verb::receive, N_("Receive the decision"), "tiep-nhan"},
    {Verb::answer, N_("Recognise the decision"), "cong-nhan"},
    {Verb::answer, N_("Do not recognise"), "khong-cong-nhan", true},
    {Verb::report_execution, N_("Report how it was carried out"), "bao-cao"},
    {Verb::correct, N_("Correct the numbers"), "dinh-chinh"},
    {Verb::agree_correction, N_("Agree to the correction"), "dinh-chinh/thong-nhat"},
    {Verb::agree_correction, N_("Do not agree to the correction"), "dinh-chinh/khong-thong-nhat", true},
    {Verb::add_proposal_paper, N_("Add the picture of the proposal on paper"), "giay-de-xuat"},
};
constexpr VerbPage meeting_verbs[] = {
    {Verb::add_meeting_paper, N_("Add pictures of the meeting's papers"), "giay-to"},
    {Verb::give_notice, N_("Give notice of the meeting"), "thong-bao"},
    {Verb::attend, N_("Attendance"), "diem-danh"},
    {Verb::open, N_("Open the meeting"), "mo"},
    {Verb::hear, N_("Members who ask to speak"), "y-kien"},
    {Verb::conclude, N_("Conclude the meeting"), "ket-luan"},
    {Verb::move_meeting, N_("Move the meeting"), "doi"},
    {Verb::accept_papers, N_("Accept the papers of the meeting"), "chap-nhan"},
    {Verb::accept_papers, N_("Return the papers of the meeting"), "tra-lai", true},
    {Verb::cancel_meeting, N_("Cancel the meeting"), "huy"},
};

bool secondary(Verb verb) {
  return verb == Verb::withdraw || verb == Verb::move_meeting || verb == Verb::cancel_meeting ||
         verb == Verb::ask_form || verb == Verb::correct || verb == Verb::reclassify ||
         verb == Verb::agree_by_paper || verb == Verb::report_execution || verb == Verb::hear ||
         verb == Verb::add_proposal_paper;
}

bool about_decision(Verb verb) {
  return verb == Verb::sign || verb == Verb::send || verb == Verb::receive || verb == Verb::answer ||
         verb == Verb::report_execution;
}

// As the service asks: a step about the decision follows the decision's state as well as the matter's.
bool due_now(Verb verb, const Whole& w) {
  if (!is_due(verb, w.motion.state)) return false;
  if (!about_decision(verb)) return true;
  return w.decision && is_due(verb, w.decision->state, static_cast<int>(w.motion.matter.value));
}

// What the service would refuse this viewer, whatever he sends, is not offered to him.
bool refused_anyway(store::Reader& r, const people::Viewer& viewer, Verb verb, const Motion& m, Date today) {
  switch (verb) {
    case Verb::agree:
      return agreement_refusal(r, viewer, m, today).has_value();
    case Verb::correct:
      return correction_refusal(r, viewer, m, today).has_value();
    case Verb::agree_correction:
      return !may_answer_correction(r, viewer, m, today);
    case Verb::withdraw:
      return in_the_hall(r, m) || left_to_its_head(r, viewer, m.village, today, "");
    case Verb::add_proposal_paper:
      return !entered_late(r, m);
    default:
      return false;
  }
}

bool refused_anyway(store::Reader& r, const people::Viewer& viewer, Verb verb, bool against, const Meeting& m,
                    Instant now) {
  switch (verb) {
    case Verb::attend:
    case Verb::open:  // before its hour the page says when; days before it is no work to do
      return local_date(now) < local_date(m.starts);
    case Verb::accept_papers:
      return papers_refusal(r, viewer, m, local_date(now),
                            against ? PapersAnswer::give_back : PapersAnswer::accept)
          .has_value();
    case Verb::cancel_meeting:
      return left_to_its_head(r, viewer, m.village, local_date(now), "").has_value();
    case Verb::add_meeting_paper:
      return !takes_papers(m, now);
    default:
      return false;
  }
}

MotionLine line_of(Listed& listed, Instant now) {
  MotionLine line;
  line.title = std::move(listed.title);
  line.village = std::move(listed.village);
  line.url = address(listed.id);
  line.state = listed.state;
  line.on_paper = listed.on_paper;
  const bool over = listed.state == MotionState::passed || listed.state == MotionState::lost;
  if (!over) (listed.starts > now ? line.meets : line.began) = listed.starts;
  if (listed.vote && over) {
    line.counted = true;
    line.yes = listed.vote->yes;
    line.households = listed.vote->households;
    line.needed = listed.vote->needed;
  }
  return line;
}

}  // namespace

std::string_view verb_label(Verb verb) {
  for (const VerbPage& page : motion_verbs)
    if (page.verb == verb) return page.label;
  for (const VerbPage& page : meeting_verbs)
    if (page.verb == verb) return page.label;
  return verb == Verb::call_meeting ? N_("Call a meeting") : N_("Enter the vote");
}

Url address_of(Verb verb, const Motion& m) {
  for (const VerbPage& page : motion_verbs)
    if (page.verb == verb) return address(m.id, page.step);
  if (verb == Verb::call_meeting) return address_of_village(m.village, "hop/moi");
  for (const VerbPage& page : meeting_verbs)
    if (page.verb == verb && m.meeting) return address(*m.meeting, page.step);
  return address(m.id);
}

std::vector<Action> actions_on(Request& q, store::Reader& r, const Whole& w) {
  std::vector<Action> actions;
  if (!q.signed_in()) return actions;
  const Where here = where(r, w.motion.village, static_cast<int>(w.motion.matter.value));
  for (const VerbPage& page : motion_verbs)
    if (may_begin(q.viewer(), page.verb, here) && due_now(page.verb, w) &&
        !refused_anyway(r, q.viewer(), page.verb, w.motion, local_date(q.now())))
      actions.push_back(
          {q.tr(page.label), address(w.motion.id, page.step), !secondary(page.verb) && !page.against});
  const bool runs = run_here(q.site().law, static_cast<int>(w.motion.matter.value), local_date(q.now())).ok();
  if (runs && w.motion.state == MotionState::agreed && may_begin(q.viewer(), Verb::call_meeting, here))
    actions.insert(actions.begin(),
                   {q.tr(N_("Call a meeting")), address_of_village(w.motion.village, "hop/moi"), true});
  if (w.motion.state == MotionState::lost && !w.proposed_anew && may_begin(q.viewer(), Verb::propose, here))
    actions.push_back({q.tr(N_("Propose it again at a new meeting")), address(w.motion.id, "dua-lai"), true});
  if (w.motion.state == MotionState::withdrawn && may_begin(q.viewer(), Verb::propose, here))
    actions.push_back({q.tr(N_("Propose it again")),
                       address_of_village(w.motion.village, "viec/moi?tu=" + w.motion.id.text()), true});
  return actions;
}

std::vector<Action> actions_on(Request& q, store::Reader& r, const Meeting& m, const people::Unit& village) {
  std::vector<Action> actions;
  if (!q.signed_in()) return actions;
  const Where here = where(r, village.id);
  for (const VerbPage& page : meeting_verbs)
    if (may_begin(q.viewer(), page.verb, here) && is_due(page.verb, m.state) &&
        !refused_anyway(r, q.viewer(), page.verb, page.against, m, q.now()))
      actions.push_back({q.tr(page.label), address(m.id, page.step), !secondary(page.verb) && !page.against});
  return actions;
}

Problems too_many_papers() {
  return problem(Fault::unavailable, N_("Many papers are being made right now. Try again in a moment"));
}

std::string day_words(const Request& q, Date day) {
  static constexpr std::string_view weekdays[] = {N_("Sunday"),    N_("Monday"),   N_("Tuesday"),
                                                  N_("Wednesday"), N_("Thursday"), N_("Friday"),
                                                  N_("Saturday")};
  const LunarDate moon = lunar(day);
  return q.tr(moon.leap ? N_("{weekday}, {date}, lunar day {day} of leap month {month}")
                        : N_("{weekday}, {date}, lunar day {day} of month {month}"),
              {{"weekday", q.tr(weekdays[day.weekday()])},
               {"date", to_page(day)},
               {"day", std::to_string(moon.day)},
               {"month", std::to_string(moon.month)}});
}

std::vector<std::string> contribution_words(const Request& q, const Motion& m) {
  std::vector<std::string> lines;
  const std::string whose = m.basis ? q.tr(label_of(*m.basis)) : "";
  if (m.money)
    lines.push_back(q.tr(N_("{whose}: {amount} đ"),
                         {{"whose", whose}, {"amount", web::grouped(m.money->dong, q.language())}}));
  if (m.labour_days && m.labour_days->value > 0)
    lines.push_back(q.tr(N_("{whose}: {days} days of work"),
                         {{"whose", whose}, {"days", std::to_string(m.labour_days->value)}}));
  if (m.goods && !m.goods->value.empty())
    lines.push_back(q.tr(N_("Goods: {goods}"), {{"goods", m.goods->value}}));
  if (m.exemptions && !m.exemptions->value.empty())
    lines.push_back(q.tr(N_("Less or nothing: {who}"), {{"who", m.exemptions->value}}));
  if (m.collect_from && m.collect_to)
    lines.push_back(q.tr(N_("Collected from {from} to {to}"),
                         {{"from", to_page(*m.collect_from)}, {"to", to_page(*m.collect_to)}}));
  if (m.shortfall && !m.shortfall->value.empty())
    lines.push_back(q.tr(N_("If it is not enough: {what}"), {{"what", m.shortfall->value}}));
  return lines;
}

std::string matter_label(const Request& q, std::int64_t matter) {
  static constexpr std::string_view labels[] = {
      N_("Contributions to works that serve the village"),
      N_("Collecting, spending and managing common money and property"),
      N_("The village convention"),
      N_("Electing or dismissing the village head"),
      N_("Choosing members of the People's inspectorate and the investment board"),
      N_("Other matters of self-governance")};
  return q.tr(labels[static_cast<std::size_t>(matter - 1)]);
}

std::vector<web::Crumb> crumbs_to(store::Reader& r, const people::Unit& village) {
  std::vector<web::Crumb> crumbs;
  if (auto commune = people::commune_of(r, village.id); commune && commune->id != village.id)
    crumbs.push_back({people::full_name(*commune), address_of_commune(*commune)});
  crumbs.push_back({people::full_name(village), address_of_village(village.id)});
  return crumbs;
}

std::string citation_of(const Request& q, std::string_view rule) {
  const law::Version* version = q.site().law.in_force(rule, local_date(q.now()));
  return version ? law::spelled_out(version->citation) : "";
}

std::string not_run_words(const Request& q, const Problem& problem) {
  std::string articles;
  for (const std::string& rule : problem.rules)
    if (const std::string article = citation_of(q, rule); articles.find(article) == std::string::npos)
      articles += (articles.empty() ? "" : "; ") + article;
  return q.tr(problem.message, problem.args) + (articles.empty() ? "." : " (" + articles + ").");
}

std::optional<Mark> mark_of(const Request& q, const std::vector<law::Reason>& because) {
  const law::Reason* rule = nullptr;
  for (const law::Reason& reason : because) {
    if (!reason.unverified && !reason.amended) continue;
    if (reason.rule == law::calendar_rule)
      return Mark{q.tr(N_("the day is counted by days off that are not confirmed yet")),
                  {"/luat/" + reason.rule}};
    if (!rule) rule = &reason;
  }
  if (!rule) return std::nullopt;
  return Mark{q.tr(N_("the day is counted by a rule that is not confirmed yet")), {"/luat/" + rule->rule}};
}

void add_mark(std::vector<Mark>& marks, std::optional<Mark> mark) {
  if (mark && std::none_of(marks.begin(), marks.end(), [&](const Mark& m) { return m.text == mark->text; }))
    marks.push_back(std::move(*mark));
}

std::vector<MotionLine> lines_of(std::vector<Listed> listed, Instant now) {
  std::vector<MotionLine> lines;
  lines.reserve(listed.size());
  for (Listed& one : listed) lines.push_back(line_of(one, now));
  return lines;
}

}  // namespace danchu::assembly
