// The rows of this room: reading them, and writing them together with the act that covers their new state.
// All SQL that changes a row stands in rows.cpp.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "acts/acts.h"
#include "assembly/records.h"
#include "store/attachment.h"
#include "store/database.h"

namespace danchu::assembly {

std::optional<Motion> motion(store::Reader& r, Id<Motion> id);
std::optional<Meeting> meeting(store::Reader& r, Id<Meeting> id);
std::vector<Motion> motions_of(store::Reader& r, Id<Meeting> meeting);  // in the order of the agenda
std::optional<Vote> vote_on(store::Reader& r, Id<Motion> motion);
std::optional<Decision> decision_on(store::Reader& r, Id<Motion> motion);
std::vector<Correction> corrections_of(store::Reader& r, Id<Motion> motion);
std::optional<CorrectionRequest> waiting_correction(store::Reader& r, Id<Motion> motion);
std::vector<ExecutionReport> reports_of(store::Reader& r, Id<Motion> motion);
std::optional<Id<Motion>> proposed_anew(store::Reader& r,
                                        Id<Motion> lost);  // the first matter that proposes it anew

std::optional<MemberOpinion> member_opinion(store::Reader& r, Id<MemberOpinion> id);
std::vector<MemberOpinion> opinions_of(store::Reader& r, Id<Meeting> meeting);  // in the order they asked
// The village's newest meeting that was not cancelled: where it met, whom to call.
std::optional<Meeting> last_meeting(store::Reader& r, Id<people::Unit> village);

std::vector<Attendance> attendance_of(store::Reader& r, Id<Meeting> meeting);
std::vector<AttendanceGap> gaps_of(store::Reader& r, Id<Meeting> meeting);
std::int64_t present_now(store::Reader& r, Id<Meeting> meeting);  // came and not gone
std::int64_t attended(store::Reader& r, Id<Meeting> meeting);     // came at any time
// BLAKE2b over who came and went when and who was away in between, in the order of household ids.
std::string hash_of(const std::vector<Attendance>& attendance, const std::vector<AttendanceGap>& gaps);

// Names of persons by their part: "chair", "contact", "secretary", "witness_1" …
using Persons = std::map<std::string, std::string>;
Persons persons_of(store::Reader& r, std::int64_t owner);

// One official step: rows saved through it stand in its act, with their new version.
class Step {
 public:
  Step(store::Writer& w, const acts::Keys& keys, const people::Viewer& viewer, Id<people::Unit> village)
      : w_(w), keys_(keys) {
    draft_.unit = village.number;
    draft_.actor = viewer.account.number;
    draft_.on_behalf = viewer.on_behalf();
    draft_.happened = w.now();
  }
  // New rows. The version becomes 1.
  void add(Motion& row);
  void add(Meeting& row);
  void add(Vote& row);
  void add(Decision& row);
  void add(const Correction& row);
  void add(const ExecutionReport& row);
  void add(CorrectionRequest& row);
  void add(MemberOpinion& row);
  // Changed rows. False when the stored version is not the one this row was read with: somebody was first.
  bool save(Motion& row);
  bool save(Meeting& row);
  bool save(Vote& row);
  bool save(Decision& row);
  bool save(CorrectionRequest& row);
  // A picture whose bytes are on disk. Its hash also stands in the act's body, under "pictures".
  void attach(const store::Attachment& row);
  bool save(MemberOpinion& row);
  // A person's name for a motion's or meeting's papers; in the act it is sealed. Replaces the one before.
  void name(std::int64_t owner, const std::string& part, const std::string& person);

  boost::json::object& body() { return draft_.body; }
  void happened(Instant at) { draft_.happened = at; }
  void law_hash(const std::string& hash) { draft_.law_hash = hash; }
  // Appends the act and makes pages about what it touches stale. Once, at the end.
  acts::Recorded record(std::string kind, std::string subject);

 private:
  void cover(std::string table, std::int64_t id, boost::json::object row);
  void cover_voting(Id<people::HouseholdList> list);
  void touch_motion(const Motion& motion);
  void touch_motion(Id<Motion> motion);
  void touch_meeting(const Meeting& meeting);

  store::Writer& w_;
  const acts::Keys& keys_;
  acts::Draft draft_;
};

// Makes the lists that show a village's matters stale: its own, its commune's, the province's.
void touch_lists(store::Writer& w, Id<people::Unit> village);
// What the page of a matter, of a meeting depends on.
std::vector<store::Topic> topics_of(store::Reader& r, Id<Motion> motion);
std::vector<store::Topic> topics_of(Id<Meeting> meeting);

// One tick: a household comes, or comes back, and its time away is kept. `leave` for a household that goes.
void save_attendance(store::Writer& w, const Attendance& row);
void leave(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household, Instant at);
void unlink_attendance(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household);

}  // namespace danchu::assembly
