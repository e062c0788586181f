// Whose bytes are not open yet: counts of meetings that go on, and evenings on paper that the commune has not
// accepted.
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

// What was sent to the commune is no result before it has accepted it (practice P47).
[[maybe_unused]] const acts::Withheld submitted_evenings{
    {.kinds = "assembly.submitted",
     .why = [](store::Reader& r, const acts::Recorded& act) -> std::string_view {
       constexpr std::string_view prefix = "meeting/";
       auto id = act.subject.starts_with(prefix)
                     ? Id<Meeting>::from_text(std::string_view(act.subject).substr(prefix.size()))
                     : std::nullopt;
       auto row = id ? r.first(find_meeting_state, *id) : std::nullopt;
       if (!row || row->choice<MeetingState>(0) == MeetingState::concluded) return "";
       return N_(
           "It holds what a meeting on paper is said to have decided: the bytes are open once the commune "
           "has accepted its papers.");
     }}};

}  // namespace
}  // namespace danchu::assembly
