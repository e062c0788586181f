// The rows of this room, as they are read. All SQL that changes a row stands in two files: recorded_step.cpp
// writes official rows together with the act that covers them, attendance.cpp the ticks, which are no
// official step.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assembly/records.h"
#include "store/database.h"

namespace danchu::assembly {

std::optional<Motion> motion(store::Reader& r, Id<Motion> id);
std::optional<Meeting> meeting(store::Reader& r, Id<Meeting> id);
std::vector<Motion> motions_of(store::Reader& r, Id<Meeting> meeting);  // in the order of the agenda
// What a concluded meeting did not come to, as its conclusion (or acceptance) says: whatever became of it
// since.
struct PutOff {
  Id<Motion> motion;
  std::string title, reason;
};
std::vector<PutOff> put_off_at(store::Reader& r, Id<Meeting> meeting);
// The last meeting that was held on the matter: how many came to it says whether a ballot may follow
// (BAL-01).
std::optional<Meeting> held_on(store::Reader& r, const Motion& motion);
std::optional<Vote> vote_on(store::Reader& r, Id<Motion> motion);
std::optional<Decision> decision_on(store::Reader& r, Id<Motion> motion);
std::vector<Correction> corrections_of(store::Reader& r, Id<Motion> motion);
std::optional<CorrectionRequest> waiting_correction(store::Reader& r, Id<Motion> motion);
std::vector<Id<CorrectionRequest>> declined_corrections(store::Reader& r, Id<Motion> motion);
std::vector<ExecutionReport> reports_of(store::Reader& r, Id<Motion> motion);
std::optional<Id<Motion>> proposed_anew(store::Reader& r,
                                        Id<Motion> lost);  // the first matter that proposes it anew

// The newest matter of the village of this very title that was lost, or withdrawn after its meeting had
// opened, and was not proposed anew yet: proposed again it is the same one (practice P3).
std::optional<Id<Motion>> lost_before(store::Reader& r, Id<people::Unit> village, const std::string& title);

std::optional<MemberOpinion> member_opinion(store::Reader& r, Id<MemberOpinion> id);
std::vector<MemberOpinion> opinions_of(store::Reader& r, Id<Meeting> meeting);  // in the order they asked
// The village's newest meeting that was not cancelled: where it met, whom to call.
std::optional<Meeting> last_meeting(store::Reader& r, Id<people::Unit> village);

// Names of persons by their part: "chair", "contact", "secretary", "witness_1" …
using Persons = std::map<std::string, std::string>;
Persons persons_of(store::Reader& r, std::int64_t owner);

// Makes the lists that show a village's matters stale: its own, its commune's, the province's.
void touch_lists(store::Writer& w, Id<people::Unit> village);
// What the page of a matter, of a meeting depends on.
std::vector<store::Topic> topics_of(store::Reader& r, Id<Motion> motion);
std::vector<store::Topic> topics_of(Id<Meeting> meeting);

}  // namespace danchu::assembly
