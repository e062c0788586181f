// What the verbs share: finding what a verb is about and asking whether it may be done now.
#pragma once
#include <optional>
#include <string>

#include "assembly/decisions.h"
#include "assembly/recorded_step.h"
#include "assembly/rows.h"
#include "base/result.h"

namespace danchu::assembly {

Where where(store::Reader& r, Id<people::Unit> village, int matter = 0);
// The same to ask what this viewer may: without the commune for who holds no post of one.
Where where(store::Reader& r, const people::Viewer& viewer, Id<people::Unit> village, int matter = 0);

// Missing, denied or not due.
Result<Motion> motion_for(store::Reader& r, const people::Viewer& viewer, Id<Motion> id, Verb verb);
Result<Meeting> meeting_for(store::Reader& r, const people::Viewer& viewer, Id<Meeting> id, Verb verb);
struct Decided {
  Motion motion;
  Decision decision;
};
Result<Decided> decided_for(store::Reader& r, const people::Viewer& viewer, Id<Motion> id, Verb verb);

Problems not_yours();
// The head proposes and convenes, so he withdraws and cancels; an officer of the commune does where the
// village has no head. `rule`: what gives it to the head.
std::optional<Problems> left_to_its_head(store::Reader& r, const people::Viewer& viewer,
                                         Id<people::Unit> village, Date today, std::string_view rule);
Problems not_due(std::string_view state_label);
Problems somebody_was_first();
// One person's word on what another entered is about what his page showed: `sent` is the version it showed.
// Without one nobody knows what he looked at: `invalid` at "version"; another than `stored`: `conflict`.
Result<Done> still_as_shown(std::optional<Count> sent, Count stored);

// When it happened: what was sent, or now; never in the future, never before `earliest`.
Result<Instant> event_time(std::optional<Instant> sent, Instant now, Instant earliest, std::string path);
Result<Date> event_day(std::optional<Date> sent, Date today, Date earliest, std::string path);

// How many households this meeting's votes are counted against: until it opens the frozen list says so, which
// the commune may still correct (ENGINEERING i4); 0 before the notice. A meeting that is entered from
// paper is counted against the list as it was at its hour: no correction made since reaches back.
std::int64_t households_of(store::Reader& r, const Meeting& meeting);
// As far as it is known: the meeting's, before a notice the confirmed list's, before that the register's.
std::int64_t households_of(store::Reader& r, Id<people::Unit> village, const std::optional<Meeting>& meeting);

// Whether danchu holds the meeting on all of these that are not withdrawn: asked when it is called and, for
// the commune may have changed a kind, at the notice and the opening. The refusal names the matter.
Result<Done> all_run_here(const law::Law& law, const std::vector<Motion>& motions, Date on);

// Does this step of the hall, entered now, rest on paper only? What is entered while the meeting and its
// night last can be seen by those who were there; typed afterwards it is one person's word about the past. It
// may be true (P29), so it is not refused: the evening goes on as one held on paper, with pictures of its
// sheet and minutes, and the commune accepts it (P47). A conclusion alone may follow until the end of the
// next day: it adds nothing to votes that were counted in time, and the page says when it was entered.
bool is_from_paper(const Meeting& meeting, Verb step, Instant now);
// The same of a notice: entered on a later day than it was given, or when the meeting's hour has passed.
// Given this morning and entered this evening it can still be seen on the board.
bool is_from_paper(const Meeting& meeting, Instant notice_given, Instant now);
// May pictures of its papers be added: is it entered from paper, or may what is entered next be so?
bool takes_papers(const Meeting& meeting, Instant now);

// What a form proposes as the time of a step when it is entered after the meeting's day; on the day nothing,
// which means now.
std::optional<Instant> late_entry(Instant now, const Meeting& meeting, Instant at);
// Is the matter before the households? From the opening until its meeting is over (and the commune has
// accepted it) it is voted on or put off openly, never taken back: the hands that were seen are its vote
// (MTG-06, P3).
bool in_the_hall(store::Reader& r, const Motion& motion);
// Was the proposal made on paper and entered on a later day?
bool entered_late(store::Reader& r, const Motion& motion);

inline constexpr std::string_view correction_asked = "assembly.correction-asked";
bool by_the_commune(const acts::Recorded& asked);  // was the correction such an act asked for the commune's?
// May this viewer agree to the correction that waits, or decline it? Nobody may when none waits.
bool may_answer_correction(store::Reader& r, const people::Viewer& viewer, const Motion& motion, Date today);
// Why this officer may not give this answer to the papers of this evening: he handed the village's posts out
// (HHL-02); he entered it or is of the village, which leaves him only to return it to be mended; he had a
// hand in its list, which leaves him to return it or refuse it for good.
enum class PapersAnswer { accept, give_back, refuse };
std::optional<Problems> papers_refusal(store::Reader& r, const people::Viewer& viewer, const Meeting& m,
                                       Date today, PapersAnswer answer);
// Why this viewer may not agree for the Front by his account, though the post is his: he proposed or typed
// the matter, heads the village, or one person holds both posts (practice P20).
std::optional<Problem> agreement_refusal(store::Reader& r, const people::Viewer& viewer, const Motion& motion,
                                         Date today);
// Why this viewer may not correct the numbers, whatever they are: an officer who is not impartial (HHL-02), a
// head who is head of the Front committee too or whose decision was recognised.
std::optional<Problems> correction_refusal(store::Reader& r, const people::Viewer& viewer,
                                           const Motion& motion, Date today);

// The decision of each matter of a concluded meeting that was voted on, in the words that `words` gives; the
// others may be called again, put off for the reason `why` (left out: the one they hold).
using DecidedIn = std::function<Text<4000>(const Motion&)>;
Result<Done> decide_all(store::Writer& w, const law::Law& law, Step& step, const Meeting& meeting,
                        const DecidedIn& words, const std::optional<Text<1000>>& why = {});

// The opening or the latest vote of a meeting that is open: it is not concluded before.
Instant last_step(store::Reader& r, const Meeting& meeting);

boost::json::array rule_ids(const law::Verdict& verdict);

}  // namespace danchu::assembly
