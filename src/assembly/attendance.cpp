#include "assembly/attendance.h"

#include "acts/acts.h"
#include "assembly/assembly.h"
#include "store/record_row.h"

namespace danchu::assembly {
namespace {

using store::Statement;

// A household that the commune took off the frozen list after it was ticked no longer counts.
#define OF_THE_LIST                                                                                      \
  " FROM attendance a JOIN meeting m ON m.id = a.meeting JOIN household_list_line l ON l.list = m.list " \
  "AND l.household = a.household AND l.removed = 0 WHERE a.meeting = $1"
const Statement find_attendance{
    "SELECT a.meeting, a.household, a.came_at, a.left_at, a.other_name, a.relation, "
    "a.entered_by" OF_THE_LIST " ORDER BY a.household"};
const Statement find_one{
    "SELECT l.id, a.meeting, a.household, a.came_at, a.left_at, a.other_name, a.relation, a.entered_by "
    "FROM household_list_line l LEFT JOIN attendance a ON a.meeting = $1 AND a.household = l.household "
    "WHERE l.list = $2 AND l.household = $3 AND l.removed = 0"};
const Statement count_present{"SELECT CAST(count(*) AS BIGINT)" OF_THE_LIST " AND a.left_at IS NULL"};
const Statement find_hall{"SELECT (SELECT CAST(count(*) AS BIGINT)" OF_THE_LIST
                          " AND a.left_at IS NULL), mo.matter, (SELECT h.total FROM household_list h WHERE "
                          "h.id = me.list AND h.state = 'frozen') FROM meeting me LEFT JOIN motion mo ON "
                          "mo.meeting = me.id AND mo.state <> 'withdrawn' WHERE me.id = $1"};
const Statement count_attended{"SELECT CAST(count(*) AS BIGINT)" OF_THE_LIST};

const Statement upsert_attendance{
    "INSERT INTO attendance(meeting, household, came_at, left_at, other_name, relation, entered_by) "
    "VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (meeting, household) DO UPDATE SET left_at = "
    "excluded.left_at, other_name = COALESCE(excluded.other_name, attendance.other_name), relation = "
    "CASE WHEN excluded.other_name IS NULL THEN attendance.relation ELSE excluded.relation END"};  // a tick
                                                                                                   // alone
                                                                                                   // does not
                                                                                                   // unsay
                                                                                                   // who came
const Statement any_tick_by{"SELECT 1 FROM attendance WHERE meeting = $1 AND entered_by = $2 LIMIT 1"};
const Statement any_return_by{"SELECT 1 FROM attendance_gap WHERE meeting = $1 AND entered_by = $2 LIMIT 1"};
const Statement insert_gap{
    "INSERT INTO attendance_gap(meeting, household, left_at, back_at, entered_by) VALUES ($1,$2,$3,$4,$5) "
    "ON CONFLICT (meeting, household, left_at) DO NOTHING"};
const Statement find_gaps{
    "SELECT meeting, household, left_at, back_at, entered_by FROM attendance_gap WHERE meeting = $1 "
    "ORDER BY household, left_at"};
const Statement mark_left{
    "UPDATE attendance SET left_at = $3 WHERE meeting = $1 AND household = $2 AND left_at IS NULL"};
const Statement delete_gaps{"DELETE FROM attendance_gap WHERE meeting = $1 AND household = $2"};
const Statement delete_attendance{"DELETE FROM attendance WHERE meeting = $1 AND household = $2"};

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
[[maybe_unused]] const acts::AlsoVerified sealed_attendance{"the attendance of concluded meetings",
                                                            altered_attendance};

}  // namespace

std::vector<Attendance> attendance_of(store::Reader& r, Id<Meeting> id) {
  std::vector<Attendance> found;
  for (const store::Row& row : r.query(find_attendance, id)) found.push_back(row.as<Attendance>());
  return found;
}
std::optional<OnList> standing_on(store::Reader& r, const Meeting& m, Id<people::Household> household) {
  if (!m.list) return std::nullopt;
  auto row = r.first(find_one, m.id, *m.list, household);
  if (!row) return std::nullopt;
  return row->is_null(1) ? OnList{} : OnList{row->as<Attendance>(1)};
}
std::vector<AttendanceGap> gaps_of(store::Reader& r, Id<Meeting> id) {
  std::vector<AttendanceGap> found;
  for (const store::Row& row : r.query(find_gaps, id)) found.push_back(row.as<AttendanceGap>());
  return found;
}
bool ticked_by(store::Reader& r, Id<Meeting> id, Id<people::Account> account) {
  return r.first(any_tick_by, id, account) || r.first(any_return_by, id, account);
}
std::int64_t present_now(store::Reader& r, Id<Meeting> id) { return r.count(count_present, id); }
namespace {
HallNow hall_in(const store::Rows& rows) {
  HallNow hall;
  for (const store::Row& row : rows) {
    hall.present = row.integer(0);
    if (!row.is_null(1)) hall.matters.push_back(static_cast<int>(row.integer(1)));
    hall.frozen = row.optional_integer(2);
  }
  return hall;
}
}  // namespace
HallNow hall_now(store::Reader& r, Id<Meeting> id) { return hall_in(r.query(find_hall, id)); }
HallNow hall_now(store::Database& db, Id<Meeting> id) { return hall_in(db.read_once(find_hall, id)); }
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

// The meeting's page says how many households came.
void save_attendance(store::Writer& w, const Attendance& row, const std::optional<Attendance>& before) {
  if (before && before->left_at && row.came_at - *before->left_at >= slip)
    w.put(insert_gap, row.meeting, row.household, *before->left_at, row.came_at, row.entered_by);
  w.put_values(upsert_attendance, store::values_of(ref(row)));
  w.touch(subject_of(row.meeting));
}
void leave(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household, Instant at) {
  w.put(mark_left, meeting, household, at);
  w.touch(subject_of(meeting));
}
void unlink_attendance(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household) {
  w.put(delete_gaps, meeting, household);
  w.put(delete_attendance, meeting, household);
  w.touch(subject_of(meeting));
}

}  // namespace danchu::assembly
