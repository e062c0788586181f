// The open page of a meeting: when, where, about what, and what came of it.
#include "assembly/addresses.h"
#include "assembly/attendance.h"
#include "assembly/page_parts.h"
#include "assembly/pictures.h"
#include "assembly/presence.h"
#include "assembly/public_page_parts.h"
#include "assembly/public_words.h"
#include "people/contact.h"
#include "people/household_list.h"
#include "people/household_register.h"

namespace danchu::assembly {
namespace {

struct AgendaLine {
  std::string title;
  MotionState state = MotionState::called;
  std::optional<OnPaperState> on_paper_state;  // said in place of the state
  Url url;
  std::optional<Outcome> result;
  std::optional<Url> vote_url;  // where its vote is entered, for whoever may
  bool put_off = false;         // the meeting did not come to it; its state is today's
  std::string presence = {};    // who came and who was there when voting, where these differ
};
DANCHU_RECORD(AgendaLine, title, state, on_paper_state, url, result, vote_url, put_off, presence)

struct MeetingPage {
  std::string id, village, place, posted_at, reason;
  std::vector<web::Crumb> crumbs;
  Instant starts;
  MeetingState state = MeetingState::planned;
  std::int64_t households = 0, present = 0;
  std::int64_t came = 0, gone = 0;  // at any time; of these gone home, while it lasts
  std::optional<Instant> noticed_at, opened_at, concluded_at;
  std::vector<AgendaLine> agenda;
  std::vector<Action> actions;
  std::vector<PaperLink> papers;
  std::int64_t voices = 0;     // members of households who asked to speak
  std::string voices_article;  // that lets them
  bool returned = false;       // by the commune, and not accepted since
  std::string day;             // with its weekday and lunar day
  std::string moved;           // from where and when, in words; empty: it was not
  std::string moved_reason;
  std::string not_by_you;  // why this officer does not accept its papers; empty: he may, or it is not his
  std::optional<web::Share> share;
  std::string support_phone;
  std::optional<OnPaper> on_paper;
  std::optional<Instant> concluded_late;
};
DANCHU_RECORD(MeetingPage, id, village, place, posted_at, reason, crumbs, starts, state, households, present,
              came, gone, noticed_at, opened_at, concluded_at, agenda, actions, papers, voices,
              voices_article, returned, day, moved, moved_reason, not_by_you, share, support_phone, on_paper,
              concluded_late)

// What an act of moving kept of the hour and place before it; the last one counts.
struct Moved {
  Instant starts;
  std::string place, reason;
  bool notice_taken_back = false;
};
std::optional<Moved> moved_from(store::Reader& r, const Meeting& m) {
  std::optional<Moved> found;
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id))) {
    if (act.kind != "assembly.moved") continue;
    const auto& from = act.body.at("from").as_object();
    found =
        Moved{Instant{from.at("starts").as_int64()}, std::string(from.at("place").as_string()), "", false};
    if (const auto* reason = act.body.if_contains("reason"); reason && reason->is_string())
      found->reason = std::string(reason->get_string());
    if (const auto* back = act.body.if_contains("notice_taken_back"); back && back->is_bool())
      found->notice_taken_back = back->get_bool();
  }
  return found;
}

// One line a matter of a meeting that is concluded.
std::string results_of(const Request& q, const MeetingPage& page) {
  std::string lines;
  for (const AgendaLine& line : page.agenda) {
    if (!line.result) continue;
    lines += "\n" + q.tr(line.result->passed
                             ? N_("– “{title}”: passed, {yes} of {households} households agree.")
                             : N_("– “{title}”: not passed, {yes} of {households} households agree."),
                         {{"title", line.title},
                          {"yes", std::to_string(line.result->yes)},
                          {"households", std::to_string(line.result->households)}});
  }
  return lines;
}

// Did the commune return its papers, and has not accepted them since?
bool returned(store::Reader& r, const Meeting& m) {
  if (!m.on_paper || (m.state != MeetingState::open && m.state != MeetingState::submitted)) return false;
  const std::vector<acts::Recorded> all = acts::about(r, subject_of(m.id));
  return std::any_of(all.begin(), all.end(),
                     [](const acts::Recorded& act) { return act.kind == "assembly.papers-returned"; });
}

// Why they were returned may tell what they count, which is closed until they are accepted (practice P18,
// P47): for those who mend and accept them.
bool reads_reason(const Request& q, store::Reader& r, const Meeting& m) {
  return may_see_pictures(q.viewer(), m.village, where(r, m.village).commune) ||
         q.viewer().holds(people::Role::helper, m.village);
}

// For Zalo and the loudspeaker (practice P50): when and where, or that it is over or off, and about what.
web::Share share_of(const Request& q, const Meeting& m, const MeetingPage& page,
                    const std::optional<Moved>& moved) {
  std::string about;
  for (const AgendaLine& line : page.agenda)
    if (line.state != MotionState::withdrawn) about += (about.empty() ? "“" : "; “") + line.title + "”";
  const bool comes = can_come(m, q.now());
  const std::string_view words =
      m.state == MeetingState::cancelled   ? N_("{village}: the meeting at {time}, {place}, is cancelled.")
      : m.state == MeetingState::concluded ? N_("{village} met on {day}. The results:")
      : m.state == MeetingState::submitted
          ? N_("{village} met on {day} about {about}. The results are published "
               "once the commune has accepted the papers of the meeting.")
      : comes && moved
          ? N_("{village}: the meeting is moved from {before} to {time}, {place}, about {about}. One "
               "person of each household is asked to come.")
      : comes ? N_("{village} meets at {time}, {place}, about {about}. One person of each household is "
                   "asked to come.")
              : N_("{village}: the meeting of {day} about {about}.");
  std::string text = q.tr(words, {{"village", page.village},
                                  {"time", to_page(m.starts)},
                                  {"day", to_page(local_date(m.starts))},
                                  {"before", moved ? to_page(moved->starts) : ""},
                                  {"place", m.place.value},
                                  {"about", about}});
  if (comes && moved && moved->notice_taken_back && m.state == MeetingState::planned)
    text += " " + q.tr(N_("What was told before no longer holds; a new notice follows."));
  if (m.state == MeetingState::concluded) text += results_of(q, page);
  return {text + "\n" + q.site().base_url + q.href(address(m.id).value)};
}

void add_agenda(Request& q, store::Reader& r, const Meeting& m, MeetingPage& page) {
  const bool may_count =
      may_begin(q.viewer(), Verb::count_vote, where(r, m.village)) && m.state == MeetingState::open;
  for (const Motion& on_agenda : motions_of(r, m.id)) {
    AgendaLine line;
    line.title = on_agenda.title.value;
    line.state = on_agenda.state;
    line.on_paper_state = on_paper_state(on_agenda.state, m.state, m.on_paper);
    line.url = address(on_agenda.id);
    auto v = vote_on(r, on_agenda.id);
    if (v)
      line.result = Outcome{v->yes.value,
                            v->no.value,
                            v->other.value,
                            v->present.value,
                            v->households.value - v->present.value,
                            v->households.value,
                            v->needed.value,
                            v->passed};
    if (may_count && is_due(Verb::count_vote, on_agenda.state))
      line.vote_url = address(on_agenda.id, "bieu-quyet");
    // Until the meeting is concluded the open page shows no counts (practice P18).
    if (!may_count && m.state != MeetingState::concluded) line.result.reset();
    if (line.result) line.presence = presence_words(q, r, m, *v);
    page.agenda.push_back(std::move(line));
  }
  for (const PutOff& put_off : put_off_at(r, m.id)) {
    AgendaLine line;
    line.title = put_off.title;
    line.state = MotionState::agreed;
    line.url = address(put_off.motion);
    line.put_off = true;
    page.agenda.push_back(std::move(line));
  }
}

// The minutes are open, without names; what lists households is for whoever may read their register.
void add_meeting_papers(Request& q, store::Reader& r, const Meeting& m, MeetingPage& page) {
  auto paper = [&](std::string_view label, const std::string& name) {
    page.papers.push_back({q.tr(label), address(m.id, name + ".pdf"), address(m.id, name + ".docx")});
  };
  if (m.state == MeetingState::concluded) paper(N_("Minutes of the whole meeting"), "bien-ban");
  if (!people::may_read_register(q.viewer(), m.village, where(r, m.village).commune)) return;
  if (!m.noticed_at && m.state == MeetingState::planned) {
    if (!m.on_paper) paper(N_("Invitation, draft before the notice"), "giay-moi");
    for (const people::HouseholdList& l : people::lists_of(r, m.village, 1))
      if (l.state != people::ListState::returned) {
        const std::string list = "danh-sach/" + l.id.text() + "/danh-sach-diem-danh";
        page.papers.push_back({q.tr(N_("Attendance sheet")), address_of_village(m.village, list + ".pdf"),
                               address_of_village(m.village, list + ".docx")});
      }
  }
  if (m.noticed_at) {
    paper(N_("Invitation (form 01)"), "giay-moi");
    paper(N_("Invitations, one page for each household"), "giay-moi-tung-ho");
    paper(N_("Household list"), "danh-sach-ho");
    paper(N_("Attendance sheet"), "danh-sach-diem-danh");
    paper(N_("Tally sheet"), "bang-kiem-dem");
  }
}

Result<MeetingPage> meeting_page(Request& q, std::optional<Instant>& until) {
  return q.site().db.read([&](store::Reader& r) -> Result<MeetingPage> {
    auto m = meeting(r, q.id<Meeting>("meeting"));
    if (!m) return problem(Fault::missing, N_("There is no such meeting"));
    auto village = people::unit(r, m->village);
    // Until then people are asked to come; the page may be kept so long.
    if (can_come(*m, q.now())) until = std::max(m->starts, start_of(local_date(m->starts) + 1));
    MeetingPage page;
    page.id = m->id.text();
    page.village = people::full_name(*village);
    page.place = m->place.value;
    if (m->posted_at) page.posted_at = m->posted_at->value;
    page.returned = returned(r, *m);
    if (m->reason && (page.returned ? reads_reason(q, r, *m) : m->state == MeetingState::cancelled))
      page.reason = m->reason->value;
    page.crumbs = crumbs_to(r, *village);
    page.support_phone = people::support_phone(r, village->id);
    page.day = day_words(q, local_date(m->starts));
    for (const MemberOpinion& o : opinions_of(r, m->id))
      if (!o.struck) ++page.voices;
    page.voices_article = citation_of(q, "X-08");
    page.starts = m->starts;
    page.state = m->state;
    page.households = households_of(r, *m);
    page.present = m->state == MeetingState::concluded || m->state == MeetingState::submitted
                       ? m->attended.value_or(Count{}).value
                       : present_now(r, m->id);
    page.came = page.present;
    if (m->state == MeetingState::open) page.came = attended(r, m->id);
    page.gone = page.came - page.present;
    page.noticed_at = m->noticed_at;
    page.opened_at = m->opened_at;
    page.concluded_at = m->concluded_at;
    page.on_paper = on_paper(r, *m);
    page.concluded_late = concluded_late(r, *m);
    add_agenda(q, r, *m, page);
    page.actions = actions_on(q, r, *m, *village);
    const auto moved = moved_from(r, *m);
    if (moved) {
      page.moved_reason = moved->reason;
      // An act of before names no reason: until something else takes its place it stands with the meeting.
      const bool still_there = m->state == MeetingState::planned || m->state == MeetingState::noticed;
      if (page.moved_reason.empty() && still_there && m->reason && !m->on_paper)
        page.moved_reason = m->reason->value;
      page.moved = q.tr(moved->notice_taken_back
                            ? N_("Moved after notice was given: it was to be at {starts}, {place}.")
                            : N_("Moved: it was to be at {starts}, {place}."),
                        {{"starts", to_page(moved->starts)}, {"place", moved->place}});
    }
    if (m->state == MeetingState::submitted && may(q.viewer(), Verb::accept_papers, where(r, m->village)))
      if (auto refused = papers_refusal(r, q.viewer(), *m, local_date(q.now()), PapersAnswer::accept))
        page.not_by_you = q.tr(refused->front().message, refused->front().args);
    page.share = share_of(q, *m, page, moved);
    add_meeting_papers(q, r, *m, page);
    return page;
  });
}

Reply show_meeting(Request& q) {
  std::optional<Instant> until;
  auto page = meeting_page(q, until);
  if (!page) return q.refuse(page.problems());
  q.describe({.title = page->village + ", " + to_page(page->starts), .description = page->share->text});
  Reply reply = q.show("assembly/meeting", *page);
  reply.valid_until = until;
  return reply;
}

}  // namespace

void public_meeting_routes(web::Router& router) {
  router.get("/cuoc-hop/{meeting}", show_meeting,
             web::about(N_("A meeting"))
                 .cached([](Request& q) { return topics_of(q.id<Meeting>("meeting")); })
                 .answers<MeetingPage>());
}

}  // namespace danchu::assembly
