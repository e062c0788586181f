// What this room's pages share: the service made for a request, the next steps a viewer may take.
#pragma once
#include <string>
#include <vector>

#include "assembly/assembly.h"
#include "assembly/steps.h"
#include "assembly/views.h"
#include "web/because.h"
#include "web/parts.h"
#include "web/web.h"

namespace danchu::assembly {

using web::Reply;
using web::Request;

inline Assembly service(const Request& q) { return {q.site().db, q.site().keys, q.site().law}; }

// What the address names.
inline Id<Motion> motion_id(const Request& q) { return q.id<Motion>("motion"); }
inline Id<Meeting> meeting_id(const Request& q) { return q.id<Meeting>("meeting"); }

// Each file of pages adds its routes.
void public_routes(web::Router& router);
void unit_routes(web::Router& router);
void desk_routes(web::Router& router);
void motion_step_routes(web::Router& router);
void proposal_routes(web::Router& router);
void meeting_step_routes(web::Router& router);
void hall_routes(web::Router& router);
void voice_routes(web::Router& router);
void paper_routes(web::Router& router);
void share_routes(web::Router& router);
void picture_routes(web::Router& router);
void open_data_routes(web::Router& router);

// Papers and pictures are drawn a few at a time (paper/turn.h): the answer to who waited in vain.
Problems too_many_papers();

// Something the viewer may do now: its words and its page.
struct Action {
  std::string label;
  Url url;
  bool primary = false;
};
DANCHU_RECORD(Action, label, url, primary)
std::vector<Action> actions_on(Request& q, store::Reader& r, const Whole& whole);
std::vector<Action> actions_on(Request& q, store::Reader& r, const Meeting& meeting,
                               const people::Unit& village);

// One matter in a list, as its row is shown.
struct MotionLine {
  std::string title, village;
  Url url;
  MotionState state = MotionState::proposed;
  std::optional<OnPaperState> on_paper;  // said in place of the state
  std::optional<Instant> meets, began;   // the meeting's time: to come, or past and not concluded yet
  bool counted = false;
  std::optional<std::int64_t> yes, households, needed;  // once it is counted
};
DANCHU_RECORD(MotionLine, title, village, url, state, on_paper, meets, began, counted, yes, households,
              needed)
std::vector<MotionLine> lines_of(std::vector<Listed> listed, Instant now);

// When what a page says of today is no longer so.
inline Instant next_midnight(Instant now) { return start_of(local_date(now) + 1); }
// A page that changes at that time without anybody writing.
inline Reply until_then(Reply reply, Instant until) {
  reply.valid_until = until;
  return reply;
}

// What a verb is called on a button or in a list of work (msgid).
std::string_view verb_label(Verb verb);
// The page where the verb is done.
Url address_of(Verb verb, const Motion& motion);

// "thứ Bảy, 12/12/2026, tức ngày 4 tháng 11 âm lịch": the day of the week and the lunar day people know it
// by.
std::string day_words(const Request& q, Date day);

// What each household or person gives, who gives less, when it is collected and what if it is not enough: a
// line each, only of what the proposal says.
std::vector<std::string> contribution_words(const Request& q, const Motion& motion);

std::string matter_label(const Request& q, std::int64_t matter);
std::vector<web::Crumb> crumbs_to(store::Reader& r, const people::Unit& village);
// Why danchu does not hold the meeting on a matter (run_here), with the articles.
std::string not_run_words(const Request& q, const Problem& problem);
// The article a rule rests on today; people read articles, never our codes.
std::string citation_of(const Request& q, std::string_view rule);
// What of a counted day is not confirmed, in words, and the rule's page that explains it. Where it is shown a
// star stands beside the day, and the words once at the end.
struct Mark {
  std::string text;
  Url url;
};
DANCHU_RECORD(Mark, text, url)
std::optional<Mark> mark_of(const Request& q, const std::vector<law::Reason>& because);
// Each but once.
void add_mark(std::vector<Mark>& marks, std::optional<Mark> mark);

}  // namespace danchu::assembly
