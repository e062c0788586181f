#include "assembly/rows.h"

#include "assembly/assembly.h"
#include "assembly/columns.h"
#include "people/household_list.h"
#include "people/units.h"

namespace danchu::assembly {
namespace {

using store::Statement;

const Statement find_motion{"SELECT " MOTION_COLUMNS " FROM motion WHERE id = $1"};
const Statement agenda_of{"SELECT " MOTION_COLUMNS " FROM motion WHERE meeting = $1 ORDER BY agenda, id"};
const Statement anew{
    "SELECT id FROM motion WHERE previous = $1 AND state <> 'withdrawn' ORDER BY id LIMIT 1"};

const Statement find_lost{
    "SELECT m.id FROM motion m LEFT JOIN meeting g ON g.id = m.meeting WHERE m.village = $1 AND m.title = $2 "
    "AND "
    "(m.state = 'lost' OR (m.state = 'withdrawn' AND g.opened_at IS NOT NULL)) AND NOT EXISTS (SELECT 1 FROM "
    "motion a WHERE a.previous = m.id AND a.state <> 'withdrawn') ORDER BY m.id DESC LIMIT 1"};

const Statement find_meeting{"SELECT " MEETING_COLUMNS " FROM meeting WHERE id = $1"};

const Statement find_vote{"SELECT " VOTE_COLUMNS " FROM motion_vote WHERE motion = $1"};

const Statement find_decision{"SELECT " DECISION_COLUMNS " FROM decision WHERE motion = $1"};

const Statement find_corrections{"SELECT " CORRECTION_COLUMNS
                                 " FROM correction WHERE motion = $1 ORDER BY id"};
const Statement find_waiting{"SELECT " REQUEST_COLUMNS
                             " FROM correction_request WHERE motion = $1 AND state = 'waiting' ORDER BY id "
                             "DESC LIMIT 1"};
const Statement find_declined{
    "SELECT id FROM correction_request WHERE motion = $1 AND state = 'declined' ORDER BY id"};
const Statement find_reports{
    "SELECT id, motion, reported_on, done FROM execution_report WHERE motion = $1 ORDER BY id"};

const Statement find_opinion{"SELECT " OPINION_COLUMNS " FROM member_opinion WHERE id = $1"};
const Statement opinions_in{"SELECT " OPINION_COLUMNS " FROM member_opinion WHERE meeting = $1 ORDER BY id"};
const Statement newest_meeting{
    "SELECT " MEETING_COLUMNS
    " FROM meeting WHERE village = $1 AND state <> 'cancelled' ORDER BY id DESC LIMIT 1"};

const Statement meetings_on_list{"SELECT id FROM meeting WHERE list = $1"};
const Statement find_persons{"SELECT part, name FROM assembly_person WHERE owner = $1"};

template <class Record>
std::optional<Record> only(const std::optional<store::Row>& row) {
  return row ? std::optional<Record>(row->as<Record>()) : std::nullopt;
}
template <class Record>
std::vector<Record> all(const store::Rows& rows) {
  std::vector<Record> found;
  found.reserve(rows.size());
  for (const store::Row& row : rows) found.push_back(row.as<Record>());
  return found;
}

}  // namespace

std::optional<Motion> motion(store::Reader& r, Id<Motion> id) {
  return only<Motion>(r.first(find_motion, id));
}
std::optional<Meeting> meeting(store::Reader& r, Id<Meeting> id) {
  return only<Meeting>(r.first(find_meeting, id));
}
std::vector<Motion> motions_of(store::Reader& r, Id<Meeting> id) {
  return all<Motion>(r.query(agenda_of, id));
}
std::vector<PutOff> put_off_at(store::Reader& r, Id<Meeting> id) {
  std::vector<PutOff> found;
  for (const acts::Recorded& act : acts::about(r, subject_of(id))) {
    const auto* put_off = act.body.if_contains("put_off");
    if (!put_off || !put_off->is_array()) continue;
    found.clear();
    for (const auto& one : put_off->get_array()) {
      const auto& matter = one.as_object();
      found.push_back({{matter.at("motion").to_number<std::int64_t>()},
                       std::string(matter.at("title").as_string()),
                       std::string(matter.at("reason").as_string())});
    }
  }
  return found;
}
std::optional<Meeting> held_on(store::Reader& r, const Motion& m) {
  auto last = m.meeting ? meeting(r, *m.meeting) : std::nullopt;
  if (last && last->attended) return last;
  return m.put_off_at ? meeting(r, *m.put_off_at) : std::nullopt;
}
std::optional<Vote> vote_on(store::Reader& r, Id<Motion> id) { return only<Vote>(r.first(find_vote, id)); }
std::optional<Decision> decision_on(store::Reader& r, Id<Motion> id) {
  return only<Decision>(r.first(find_decision, id));
}
std::vector<Correction> corrections_of(store::Reader& r, Id<Motion> id) {
  return all<Correction>(r.query(find_corrections, id));
}
std::optional<CorrectionRequest> waiting_correction(store::Reader& r, Id<Motion> id) {
  return only<CorrectionRequest>(r.first(find_waiting, id));
}
std::vector<Id<CorrectionRequest>> declined_corrections(store::Reader& r, Id<Motion> id) {
  std::vector<Id<CorrectionRequest>> found;
  for (const store::Row& row : r.query(find_declined, id)) found.push_back(row.id<CorrectionRequest>(0));
  return found;
}
std::vector<ExecutionReport> reports_of(store::Reader& r, Id<Motion> id) {
  return all<ExecutionReport>(r.query(find_reports, id));
}
std::optional<Id<Motion>> proposed_anew(store::Reader& r, Id<Motion> lost) {
  auto row = r.first(anew, lost);
  return row ? std::optional(row->id<Motion>(0)) : std::nullopt;
}

std::optional<Id<Motion>> lost_before(store::Reader& r, Id<people::Unit> village, const std::string& title) {
  auto row = r.first(find_lost, village, title);
  return row ? std::optional(row->id<Motion>(0)) : std::nullopt;
}

std::optional<MemberOpinion> member_opinion(store::Reader& r, Id<MemberOpinion> id) {
  return only<MemberOpinion>(r.first(find_opinion, id));
}
std::vector<MemberOpinion> opinions_of(store::Reader& r, Id<Meeting> id) {
  return all<MemberOpinion>(r.query(opinions_in, id));
}
std::optional<Meeting> last_meeting(store::Reader& r, Id<people::Unit> village) {
  return only<Meeting>(r.first(newest_meeting, village));
}

namespace {
// Their pages and papers show the list's total and what is needed of it.
void touch_meetings_on(store::Writer& w, Id<people::HouseholdList> list) {
  for (const store::Row& row : w.query(meetings_on_list, list)) {
    const Id<Meeting> id = row.id<Meeting>(0);
    w.touch(subject_of(id));
    for (const Motion& on_agenda : motions_of(w, id)) {
      w.touch(subject_of(on_agenda.id));
      w.touch(village_topic(on_agenda.village));
    }
  }
}
[[maybe_unused]] const people::WhenListCorrected touch_them{touch_meetings_on};
}  // namespace

Persons persons_of(store::Reader& r, std::int64_t owner) {
  Persons found;
  for (const store::Row& row : r.query(find_persons, owner)) found[row.text(0)] = row.text(1);
  return found;
}

std::string subject_of(Id<Motion> motion) { return "motion/" + motion.text(); }
std::string subject_of(Id<Meeting> meeting) { return "meeting/" + meeting.text(); }
store::Topic village_topic(Id<people::Unit> village) { return "village-matters/" + village.text(); }
store::Topic commune_topic(std::string_view code) { return "commune-matters/" + std::string(code); }

void touch_lists(store::Writer& w, Id<people::Unit> village) {
  w.touch(village_topic(village));
  if (auto commune = people::commune_of(w, village)) w.touch(commune_topic(commune->code));
  w.touch(std::string(all_matters_topic));
}

std::vector<store::Topic> topics_of(store::Reader& r, Id<Motion> id) {
  std::vector<store::Topic> topics{subject_of(id), std::string(people::all_units_topic)};
  auto found = motion(r, id);
  if (!found) return topics;
  topics.push_back(people::topic_of(found->village));  // its household list and register
  if (found->meeting) topics.push_back(subject_of(*found->meeting));
  return topics;
}
std::vector<store::Topic> topics_of(Id<Meeting> id) {
  return {subject_of(id), std::string(people::all_units_topic)};
}

}  // namespace danchu::assembly
