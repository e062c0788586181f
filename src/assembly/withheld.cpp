// Whose bytes are not open yet: counts of meetings that go on, and evenings on paper that the commune has not
// accepted. Which household's member spoke against its representative is never open.
#include "acts/acts.h"
#include "assembly/records.h"
#include "store/database.h"

namespace danchu::assembly {
namespace {

using store::Statement;

const Statement find_meeting_state{"SELECT state FROM meeting WHERE id = $1"};
const Statement find_state{"SELECT state FROM motion WHERE id = $1"};
std::optional<MotionState> state_of(store::Reader& r, Id<Motion> id) {
  auto row = r.first(find_state, id);
  return row ? std::optional(row->choice<MotionState>(0)) : std::nullopt;
}
// The numbers of a vote are read back in the hall and mended until the meeting is concluded: until then the
// open page holds none (practice P18).
[[maybe_unused]] const acts::Withheld running_counts{
    {.kinds = "assembly.counted", .why = [](store::Reader& r, const acts::Recorded& act) -> std::string_view {
       constexpr std::string_view prefix = "motion/";
       auto id = act.subject.starts_with(prefix)
                     ? Id<Motion>::from_text(std::string_view(act.subject).substr(prefix.size()))
                     : std::nullopt;
       auto counted = id ? state_of(r, *id) : std::nullopt;
       // Withdrawn after a count: an evening held on paper that the commune refused.
       if (counted != MotionState::voted && counted != MotionState::withdrawn) return "";
       return N_(
           "It holds the count of a vote whose meeting goes on: the bytes are open once it is concluded.");
     }}};

// The meeting this act is about, while the commune has not accepted it.
bool not_accepted(store::Reader& r, const acts::Recorded& act) {
  constexpr std::string_view prefix = "meeting/";
  auto id = act.subject.starts_with(prefix)
                ? Id<Meeting>::from_text(std::string_view(act.subject).substr(prefix.size()))
                : std::nullopt;
  auto row = id ? r.first(find_meeting_state, *id) : std::nullopt;
  return row && row->choice<MeetingState>(0) != MeetingState::concluded;
}

// What was sent to the commune is no result before it has accepted it (practice P47).
[[maybe_unused]] const acts::Withheld submitted_evenings{
    {.kinds = "assembly.submitted",
     .why = [](store::Reader& r, const acts::Recorded& act) -> std::string_view {
       if (!not_accepted(r, act)) return "";
       return N_(
           "It holds what a meeting on paper is said to have decided: the bytes are open once the commune "
           "has accepted its papers.");
     }}};

// Why the commune returned it may tell the numbers that are closed until then.
[[maybe_unused]] const acts::Withheld returned_evenings{
    {.kinds = "assembly.papers-returned",
     .why = [](store::Reader& r, const acts::Recorded& act) -> std::string_view {
       if (!not_accepted(r, act)) return "";
       return N_(
           "It holds why the papers of a meeting were returned: the bytes are open once the commune has "
           "accepted them.");
     },
     .officers = true}};

// Art. 24.2: that somebody spoke is told openly, in whose house they disagree is not.
[[maybe_unused]] const acts::Withheld members_who_spoke{
    {.kinds = "assembly.member-",
     .why = [](store::Reader&, const acts::Recorded&) -> std::string_view {
       return N_(
           "It tells of which household a member asked to speak: only the village's officers may have the "
           "bytes.");
     },
     .officers = true}};

}  // namespace
}  // namespace danchu::assembly
