#include "assembly/recorded_step.h"

#include "acts/official.h"
#include "assembly/assembly.h"
#include "assembly/columns.h"
#include "assembly/rows.h"
#include "people/household_list.h"
#include "people/units.h"
#include "store/record_row.h"
#include "store/search.h"

namespace danchu::assembly {
namespace {

using store::Statement;

[[maybe_unused]] const acts::OfficialTable official_tables[] = {
    acts::OfficialTable{"motion"},          acts::OfficialTable{"meeting"},
    acts::OfficialTable{"motion_vote"},     acts::OfficialTable{"decision"},
    acts::OfficialTable{"correction"},      acts::OfficialTable{"correction_request"},
    acts::OfficialTable{"member_opinion"},  acts::OfficialTable{"execution_report"},
    acts::OfficialTable{"assembly_person"}, acts::OfficialTable{store::attachment_table}};

const Statement insert_motion{
    "INSERT INTO motion(" MOTION_COLUMNS
    ") VALUES "
    "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26)"};
// The proposal itself never changes; the last parameter is the version that was read.
const Statement update_motion{
    "UPDATE motion SET matter = $2, state = $3, meeting = $4, agenda = $5, agreement = $6, agreed_by = $7, "
    "agreed_on = $8, reason = $9, wording = $10, version = $11, put_off_at = $12 WHERE id = $1 AND version = "
    "$13"};
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
    "accepted_by = $20, accepted_at = $21, starts = $22, place = $23, on_paper = $24 WHERE id = $1 AND "
    "version = $25"};
const Statement insert_vote{"INSERT INTO motion_vote(" VOTE_COLUMNS
                            ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)"};
const Statement update_vote{
    "UPDATE motion_vote SET present = $2, yes = $3, no = $4, other = $5, needed = $6, passed = $7, voted_at "
    "= $8, "
    "entered_by = $9, law_hash = $10, version = $11 WHERE id = $1 AND version = $12"};
const Statement insert_decision{
    "INSERT INTO decision(" DECISION_COLUMNS
    ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)"};
const Statement update_decision{
    "UPDATE decision SET wording = $2, passed = $3, state = $4, signed_on = $5, paper_reference = $6, "
    "paper_hash = $7, "
    "send_due = $8, sent_on = $9, received_on = $10, answer_due = $11, answered_on = $12, answer_number = "
    "$13, "
    "answer_reason = $14, effect_from = $15, version = $16 WHERE id = $1 AND version = $17"};
const Statement insert_correction{
    "INSERT INTO correction(" CORRECTION_COLUMNS
    ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)"};
const Statement insert_request{"INSERT INTO correction_request(" REQUEST_COLUMNS
                               ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)"};
const Statement update_request{
    "UPDATE correction_request SET state = $2, answered_by = $3, answered_at = $4, answer_reason = $5, "
    "version = $6 WHERE id = $1 AND version = $7"};
const Statement insert_report{
    "INSERT INTO execution_report(id, motion, reported_on, done) VALUES ($1,$2,$3,$4)"};
const Statement insert_opinion{"INSERT INTO member_opinion(" OPINION_COLUMNS
                               ") VALUES ($1,$2,$3,$4,$5,$6,$7)"};
const Statement update_opinion{
    "UPDATE member_opinion SET struck = $2, entered_by = $3, version = $4 WHERE id = $1 AND version = $5"};
const Statement upsert_person{
    "INSERT INTO assembly_person(id, owner, part, name, salt) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (owner, "
    "part) "
    "DO UPDATE SET name = excluded.name, salt = excluded.salt RETURNING id"};

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
  std::string names;  // "làm đường bản Nà Cá Mường Bú"
  for (auto unit = people::unit(w, m.village); unit; unit = people::unit(w, unit->parent))
    names += people::full_name(*unit) + ' ';
  store::index(w, {"motion", m.id.number, units_around(w, m.village), m.title.value,
                   m.asked.value + "\n" + names, w.now()});
}

template <class Record>
void insert(store::Writer& w, const Statement& statement, const Record& row) {
  w.run_values(statement, store::values_of(ref(row)));
}

}  // namespace

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
             m.agreed_on, m.reason, m.wording, m.version, m.put_off_at, read) != 1)
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
             m.accepted_at, m.starts, m.place, m.on_paper, read) != 1)
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

}  // namespace danchu::assembly
