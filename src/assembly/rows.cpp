#include "assembly/rows.h"

#include "assembly/assembly.h"
#include "base/text.h"
#include "people/household_list.h"
#include "people/units.h"
#include "store/record_row.h"
#include "store/search.h"

namespace danchu::assembly {
namespace {

using store::Statement;

#define MOTION_COLUMNS                                                                                      \
  "id, village, title, asked, matter, state, previous, meeting, agenda, basis, money, goods, labour_days, " \
  "exemptions, collect_from, collect_to, shortfall, proposed_by, proposed_at, agreement, agreed_by, "       \
  "agreed_on, "                                                                                             \
  "reason, wording, version"
#define MEETING_COLUMNS                                                                                 \
  "id, village, starts, place, convenor, state, noticed_at, channel, posted_at, documents_sent, list, " \
  "households, "                                                                                        \
  "opened_at, present_at_opening, secretary_yes, method, method_yes, concluded_at, attended, "          \
  "attendance_hash, "                                                                                   \
  "reason, version, on_paper, called_on, title, accepted_by, accepted_at"
#define VOTE_COLUMNS                                                                              \
  "id, motion, meeting, village, households, present, yes, no, other, needed, passed, voted_at, " \
  "entered_by, "                                                                                  \
  "law_hash, version"
#define DECISION_COLUMNS                                                                                 \
  "id, motion, village, matter, title, wording, passed, state, voted_on, signed_on, paper_reference, "   \
  "paper_hash, "                                                                                         \
  "send_due, sent_on, received_on, answer_due, answered_on, answer_number, answer_reason, effect_from, " \
  "version"
#define CORRECTION_COLUMNS                                                                                   \
  "id, motion, reason, paper_reference, corrected_on, old_present, old_yes, old_no, old_other, old_passed, " \
  "new_present, new_yes, new_no, new_other, new_passed, entered_by, agreed_by, agreed_on"

const Statement find_motion{"SELECT " MOTION_COLUMNS " FROM motion WHERE id = $1"};
const Statement agenda_of{"SELECT " MOTION_COLUMNS " FROM motion WHERE meeting = $1 ORDER BY agenda, id"};
const Statement anew{
    "SELECT id FROM motion WHERE previous = $1 AND state <> 'withdrawn' ORDER BY id LIMIT 1"};
const Statement insert_motion{
    "INSERT INTO motion(" MOTION_COLUMNS
    ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25)"};
// The proposal itself never changes; the last parameter is the version that was read.
const Statement update_motion{
    "UPDATE motion SET matter = $2, state = $3, meeting = $4, agenda = $5, agreement = $6, agreed_by = $7, "
    "agreed_on = $8, reason = $9, wording = $10, version = $11 WHERE id = $1 AND version = $12"};

const Statement find_meeting{"SELECT " MEETING_COLUMNS " FROM meeting WHERE id = $1"};
const Statement insert_meeting{
    "INSERT INTO meeting(" MEETING_COLUMNS
    ") VALUES "
    "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27)"};
const Statement update_meeting{
    "UPDATE meeting SET state = $2, noticed_at = $3, channel = $4, posted_at = $5, documents_sent = $6, list "
    "= $7, "
    "households = $8, opened_at = $9, present_at_opening = $10, secretary_yes = $11, method = $12, "
    "method_yes = $13, "
    "concluded_at = $14, attended = $15, attendance_hash = $16, reason = $17, version = $18, title = $19, "
    "accepted_by = $20, accepted_at = $21, starts = $22, place = $23 WHERE id = $1 AND version = $24"};

const Statement find_vote{"SELECT " VOTE_COLUMNS " FROM motion_vote WHERE motion = $1"};
const Statement insert_vote{"INSERT INTO motion_vote(" VOTE_COLUMNS
                            ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)"};
const Statement update_vote{
    "UPDATE motion_vote SET present = $2, yes = $3, no = $4, other = $5, needed = $6, passed = $7, voted_at "
    "= $8, "
    "entered_by = $9, law_hash = $10, version = $11 WHERE id = $1 AND version = $12"};

const Statement find_decision{"SELECT " DECISION_COLUMNS " FROM decision WHERE motion = $1"};
const Statement insert_decision{
    "INSERT INTO decision(" DECISION_COLUMNS
    ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)"};
const Statement update_decision{
    "UPDATE decision SET wording = $2, passed = $3, state = $4, signed_on = $5, paper_reference = $6, "
    "paper_hash = $7, "
    "send_due = $8, sent_on = $9, received_on = $10, answer_due = $11, answered_on = $12, answer_number = "
    "$13, "
    "answer_reason = $14, effect_from = $15, version = $16 WHERE id = $1 AND version = $17"};

const Statement find_corrections{"SELECT " CORRECTION_COLUMNS
                                 " FROM correction WHERE motion = $1 ORDER BY id"};
const Statement insert_correction{
    "INSERT INTO correction(" CORRECTION_COLUMNS
    ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)"};
#define REQUEST_COLUMNS                                                                           \
  "id, motion, vote_version, present, yes, no, other, reason, paper_reference, state, asked_by, " \
  "asked_at, answered_by, answered_at, answer_reason, version"
const Statement find_waiting{"SELECT " REQUEST_COLUMNS
                             " FROM correction_request WHERE motion = $1 AND state = 'waiting' ORDER BY id "
                             "DESC LIMIT 1"};
const Statement insert_request{"INSERT INTO correction_request(" REQUEST_COLUMNS
                               ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)"};
const Statement update_request{
    "UPDATE correction_request SET state = $2, answered_by = $3, answered_at = $4, answer_reason = $5, "
    "version = $6 WHERE id = $1 AND version = $7"};
const Statement find_reports{
    "SELECT id, motion, reported_on, done FROM execution_report WHERE motion = $1 ORDER BY id"};
const Statement insert_report{
    "INSERT INTO execution_report(id, motion, reported_on, done) VALUES ($1,$2,$3,$4)"};

#define OPINION_COLUMNS "id, meeting, household, registered_at, struck, entered_by, version"
const Statement find_opinion{"SELECT " OPINION_COLUMNS " FROM member_opinion WHERE id = $1"};
const Statement opinions_in{"SELECT " OPINION_COLUMNS " FROM member_opinion WHERE meeting = $1 ORDER BY id"};
const Statement insert_opinion{"INSERT INTO member_opinion(" OPINION_COLUMNS
                               ") VALUES ($1,$2,$3,$4,$5,$6,$7)"};
const Statement update_opinion{
    "UPDATE member_opinion SET struck = $2, entered_by = $3, version = $4 WHERE id = $1 AND version = $5"};
const Statement newest_meeting{
    "SELECT " MEETING_COLUMNS
    " FROM meeting WHERE village = $1 AND state <> 'cancelled' ORDER BY id DESC LIMIT 1"};

// A household that the commune took off the frozen list after it was ticked no longer counts.
#define OF_THE_LIST                                                                                      \
  " FROM attendance a JOIN meeting m ON m.id = a.meeting JOIN household_list_line l ON l.list = m.list " \
  "AND l.household = a.household AND l.removed = 0 WHERE a.meeting = $1"
const Statement find_attendance{
    "SELECT a.meeting, a.household, a.came_at, a.left_at, a.other_name, a.relation, "
    "a.entered_by" OF_THE_LIST " ORDER BY a.household"};
const Statement count_present{"SELECT CAST(count(*) AS BIGINT)" OF_THE_LIST " AND a.left_at IS NULL"};
const Statement count_attended{"SELECT CAST(count(*) AS BIGINT)" OF_THE_LIST};

const Statement meetings_on_list{"SELECT id FROM meeting WHERE list = $1"};
const Statement upsert_attendance{
    "INSERT INTO attendance(meeting, household, came_at, left_at, other_name, relation, entered_by) "
    "VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (meeting, household) DO UPDATE SET left_at = "
    "excluded.left_at, "
    "other_name = excluded.other_name, relation = excluded.relation, entered_by = excluded.entered_by"};
const Statement find_gone{
    "SELECT left_at FROM attendance WHERE meeting = $1 AND household = $2 AND left_at IS NOT NULL"};
const Statement insert_gap{
    "INSERT INTO attendance_gap(meeting, household, left_at, back_at, entered_by) VALUES ($1,$2,$3,$4,$5) "
    "ON CONFLICT (meeting, household, left_at) DO NOTHING"};
const Statement find_gaps{
    "SELECT meeting, household, left_at, back_at, entered_by FROM attendance_gap WHERE meeting = $1 "
    "ORDER BY household, left_at"};
const Statement mark_left{
    "UPDATE attendance SET left_at = $3 WHERE meeting = $1 AND household = $2 AND left_at IS NULL"};
const Statement delete_attendance{"DELETE FROM attendance WHERE meeting = $1 AND household = $2"};

const Statement find_persons{"SELECT part, name FROM assembly_person WHERE owner = $1"};
const Statement upsert_person{
    "INSERT INTO assembly_person(id, owner, part, name, salt) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (owner, "
    "part) "
    "DO UPDATE SET name = excluded.name, salt = excluded.salt RETURNING id"};

// What the conclusion sealed of the evening is taken again from the rows: they are no official rows of their
// own, for they name persons.
const Statement concluded_meetings{
    "SELECT id, attendance_hash FROM meeting WHERE attendance_hash IS NOT NULL ORDER BY id"};
std::vector<std::string> altered_attendance(store::Reader& r) {
  std::vector<std::string> found;
  for (const store::Row& row : r.query(concluded_meetings)) {
    const Id<Meeting> id = row.id<Meeting>(0);
    if (hash_of(attendance_of(r, id), gaps_of(r, id)) != row.text(1))
      found.push_back("table attendance, meeting " + id.text() + " (" + std::to_string(id.number) +
                      "): who came and went is not what its conclusion sealed");
  }
  return found;
}
[[maybe_unused]] const acts::AlsoVerified sealed_attendance{altered_attendance};

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

// A row as an act says it.
boost::json::object said(RecordRef record) {
  boost::json::object row;
  const std::vector<store::Value> values = store::values_of(record);
  for (std::size_t i = 0; i < values.size(); ++i) {
    boost::json::value& at = row[record.fields[i].name];
    if (auto* number = std::get_if<std::int64_t>(&values[i]))
      at = *number;
    else if (auto* text = std::get_if<std::string>(&values[i]))
      at = *text;
  }
  return row;
}

// The village and every unit it lies in: a search in any of them finds the matter.
std::vector<std::int64_t> units_around(store::Reader& r, Id<people::Unit> village) {
  std::vector<std::int64_t> units;
  for (auto unit = people::unit(r, village); unit; unit = people::unit(r, unit->parent))
    units.push_back(unit->id.number);
  return units;
}

void make_findable(store::Writer& w, const Motion& m) {
  store::index(w, {"motion", m.id.number, units_around(w, m.village), m.title.value, m.asked.value, w.now()});
}

template <class Record>
void insert(store::Writer& w, const Statement& statement, const Record& row) {
  w.run_values(statement, store::values_of(ref(row)));
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
std::vector<ExecutionReport> reports_of(store::Reader& r, Id<Motion> id) {
  return all<ExecutionReport>(r.query(find_reports, id));
}
std::optional<Id<Motion>> proposed_anew(store::Reader& r, Id<Motion> lost) {
  auto row = r.first(anew, lost);
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

std::vector<Attendance> attendance_of(store::Reader& r, Id<Meeting> id) {
  return all<Attendance>(r.query(find_attendance, id));
}
std::vector<AttendanceGap> gaps_of(store::Reader& r, Id<Meeting> id) {
  return all<AttendanceGap>(r.query(find_gaps, id));
}
std::int64_t present_now(store::Reader& r, Id<Meeting> id) { return r.count(count_present, id); }
std::int64_t attended(store::Reader& r, Id<Meeting> id) { return r.count(count_attended, id); }

std::string hash_of(const std::vector<Attendance>& attendance, const std::vector<AttendanceGap>& gaps) {
  std::string rows;
  for (const Attendance& row : attendance)
    rows += row.household.text() + ' ' + to_iso(row.came_at) + ' ' +
            (row.left_at ? to_iso(*row.left_at) : "-") + '\n';
  for (const AttendanceGap& gap : gaps)
    rows += gap.household.text() + " away " + to_iso(gap.left_at) + ' ' + to_iso(gap.back_at) + '\n';
  return acts::sealed("", rows);
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

void Step::cover(std::string table, std::int64_t id, boost::json::object row) {
  draft_.covers.push_back({std::move(table), id, std::move(row)});
}

// Also what shows it beside its own page: its meeting's agenda, the lost matter it proposes anew, the lists.
void Step::touch_motion(const Motion& m) {
  w_.touch(subject_of(m.id));
  if (m.previous) w_.touch(subject_of(*m.previous));
  if (m.meeting) w_.touch(subject_of(*m.meeting));
  touch_lists(w_, m.village);
}
void Step::touch_motion(Id<Motion> id) {
  if (auto m = motion(w_, id)) touch_motion(*m);
}
void Step::touch_meeting(const Meeting& m) {
  w_.touch(subject_of(m.id));
  for (const Motion& on_agenda : motions_of(w_, m.id)) w_.touch(subject_of(on_agenda.id));
  touch_lists(w_, m.village);
}

void Step::add(Motion& row) {
  row.version.value = 1;
  insert(w_, insert_motion, row);
  make_findable(w_, row);
  cover("motion", row.id.number, said(ref(row)));
  touch_motion(row);
}
void Step::add(Meeting& row) {
  row.version.value = 1;
  insert(w_, insert_meeting, row);
  cover("meeting", row.id.number, said(ref(row)));
  touch_meeting(row);
}
void Step::add(Vote& row) {
  row.version.value = 1;
  insert(w_, insert_vote, row);
  cover("motion_vote", row.id.number, said(ref(row)));
  touch_motion(row.motion);
}
void Step::add(Decision& row) {
  row.version.value = 1;
  insert(w_, insert_decision, row);
  cover("decision", row.id.number, said(ref(row)));
  touch_motion(row.motion);
}
void Step::add(const Correction& row) {
  insert(w_, insert_correction, row);
  cover("correction", row.id.number, said(ref(row)));
  touch_motion(row.motion);
}
void Step::add(const ExecutionReport& row) {
  insert(w_, insert_report, row);
  cover("execution_report", row.id.number, said(ref(row)));
  touch_motion(row.motion);
}

void Step::add(CorrectionRequest& row) {
  row.version.value = 1;
  insert(w_, insert_request, row);
  cover("correction_request", row.id.number, said(ref(row)));
  touch_motion(row.motion);
}
bool Step::save(CorrectionRequest& c) {
  const std::int64_t read = c.version.value++;
  if (w_.run(update_request, c.id, c.state, c.answered_by, c.answered_at, c.answer_reason, c.version, read) !=
      1)
    return false;
  cover("correction_request", c.id.number, said(ref(c)));
  touch_motion(c.motion);
  return true;
}

void Step::add(MemberOpinion& row) {
  row.version.value = 1;
  insert(w_, insert_opinion, row);
  cover("member_opinion", row.id.number, said(ref(row)));
}

bool Step::save(Motion& m) {
  const std::int64_t read = m.version.value++;
  if (w_.run(update_motion, m.id, m.matter, m.state, m.meeting, m.agenda, m.agreement, m.agreed_by,
             m.agreed_on, m.reason, m.wording, m.version, read) != 1)
    return false;
  make_findable(w_, m);
  cover("motion", m.id.number, said(ref(m)));
  touch_motion(m);
  return true;
}
bool Step::save(Meeting& m) {
  const std::int64_t read = m.version.value++;
  if (w_.run(update_meeting, m.id, m.state, m.noticed_at, m.channel, m.posted_at, m.documents_sent, m.list,
             m.households, m.opened_at, m.present_at_opening, m.secretary_yes, m.method, m.method_yes,
             m.concluded_at, m.attended, m.attendance_hash, m.reason, m.version, m.title, m.accepted_by,
             m.accepted_at, m.starts, m.place, read) != 1)
    return false;
  cover("meeting", m.id.number, said(ref(m)));
  if (m.opened_at && m.list) cover_voting(*m.list);
  touch_meeting(m);
  return true;
}
bool Step::save(Vote& v) {
  const std::int64_t read = v.version.value++;
  if (w_.run(update_vote, v.id, v.present, v.yes, v.no, v.other, v.needed, v.passed, v.voted_at, v.entered_by,
             v.law_hash, v.version, read) != 1)
    return false;
  cover("motion_vote", v.id.number, said(ref(v)));
  touch_motion(v.motion);
  return true;
}
bool Step::save(Decision& d) {
  const std::int64_t read = d.version.value++;
  if (w_.run(update_decision, d.id, d.wording, d.passed, d.state, d.signed_on, d.paper_reference,
             d.paper_hash, d.send_due, d.sent_on, d.received_on, d.answer_due, d.answered_on, d.answer_number,
             d.answer_reason, d.effect_from, d.version, read) != 1)
    return false;
  cover("decision", d.id.number, said(ref(d)));
  touch_motion(d.motion);
  return true;
}

// What its sender called it may name a person: it stays out of the act, whose bytes are public.
void Step::attach(const store::Attachment& row) {
  store::add(w_, row);
  boost::json::object said_of_it = said(ref(row));
  said_of_it.erase("name");
  cover(std::string(store::attachment_table), row.id.number, std::move(said_of_it));
  auto& pictures = draft_.body["pictures"];
  if (!pictures.is_array()) pictures = boost::json::array();
  pictures.get_array().emplace_back(row.sha256.value);
}

bool Step::save(MemberOpinion& o) {
  const std::int64_t read = o.version.value++;
  if (w_.run(update_opinion, o.id, o.struck, o.entered_by, o.version, read) != 1) return false;
  cover("member_opinion", o.id.number, said(ref(o)));
  return true;
}

// From the opening on the list can no longer be corrected: since when, the act says too.
void Step::cover_voting(Id<people::HouseholdList> list) {
  auto found = people::household_list(w_, list);
  if (found && found->voting_since)
    cover("household_list", list.number, {{"voting_since", found->voting_since->us}});
}

void Step::name(std::int64_t owner, const std::string& part, const std::string& person) {
  const std::string salt = acts::new_salt();
  const std::int64_t id =
      w_.count(upsert_person, w_.new_id<Persons>(), owner, part, person, store::Bytes{salt});
  cover("assembly_person", id,
        {{"owner", owner}, {"part", part}, {"name", acts::personal("salt", salt, person)}});
}

acts::Recorded Step::record(std::string kind, std::string subject) {
  draft_.kind = std::move(kind);
  draft_.subject = std::move(subject);
  return acts::append(w_, keys_, draft_);
}

// The meeting's page says how many households came.
void save_attendance(store::Writer& w, const Attendance& row) {
  constexpr std::chrono::minutes slip{1};  // a tick taken back at once is a slip of the finger, no going
  if (auto gone = w.first(find_gone, row.meeting, row.household))
    if (const Instant left = gone->instant(0); row.came_at - left >= slip)
      w.run(insert_gap, row.meeting, row.household, left, row.came_at, row.entered_by);
  insert(w, upsert_attendance, row);
  w.touch(subject_of(row.meeting));
}
void leave(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household, Instant at) {
  w.run(mark_left, meeting, household, at);
  w.touch(subject_of(meeting));
}
void unlink_attendance(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household) {
  w.run(delete_attendance, meeting, household);
  w.touch(subject_of(meeting));
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
