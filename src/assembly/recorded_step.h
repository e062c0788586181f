// Writing the rows of this room together with the act that covers their new state. (What the verbs ask before
// they write is in steps.h, their pages in step_page.h.)
#pragma once
#include <string>

#include "acts/acts.h"
#include "assembly/records.h"
#include "store/attachment.h"
#include "store/database.h"

namespace danchu::assembly {

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

}  // namespace danchu::assembly
