#include "assembly/open_data.h"

#include "acts/acts.h"
#include "assembly/assembly.h"
#include "assembly/columns.h"
#include "people/units.h"

namespace danchu::assembly {
namespace {

#define DECIDED_IN(where)                                                                                    \
  "SELECT m.id, m.title, m.matter, m.state, u.kind, u.name, c.kind, c.name, c.code, v.households, "          \
  "v.present, v.yes, v.no, v.other, v.needed, v.voted_at, d.state, d.effect_from, g.concluded_at "           \
  "FROM motion m JOIN unit u ON u.id = m.village JOIN motion_vote v ON v.motion = m.id "                     \
  "JOIN meeting g ON g.id = m.meeting LEFT JOIN unit c ON c.id = u.parent LEFT JOIN decision d ON d.motion " \
  "= m.id WHERE " where "m.state IN ('passed', 'lost') ORDER BY m.id DESC LIMIT $2"
const store::Statement decided_in_village{DECIDED_IN(OF_VILLAGE(m))};
const store::Statement decided_in_commune{DECIDED_IN(OF_COMMUNE)};
const store::Statement decided_anywhere{DECIDED_IN(OF_ALL)};

// An evening on paper is not shown before the commune has accepted its papers. One that was moved has no
// notice until the new one; called off before that it is cancelled in the calendars that hold it.
#define MEETINGS_IN(where)                                                                                  \
  "SELECT g.id, u.kind, u.name, g.place, g.state, g.starts, g.noticed_at, g.version, m.title FROM meeting " \
  "g "                                                                                                      \
  "JOIN unit u ON u.id = g.village LEFT JOIN motion m ON m.meeting = g.id AND m.state <> 'withdrawn' "      \
  "WHERE " where                                                                                            \
  "g.state <> 'submitted' AND (g.noticed_at IS NOT NULL OR g.state = 'cancelled') AND g.starts > $2 "       \
  "ORDER BY g.starts, g.id, m.agenda LIMIT 500"
const store::Statement meetings_in_village{MEETINGS_IN(OF_VILLAGE(g))};
const store::Statement meetings_in_commune{MEETINGS_IN(OF_COMMUNE)};
const store::Statement meetings_anywhere{MEETINGS_IN(OF_ALL)};

const store::Statement& one_of(Scope scope, const store::Statement& village, const store::Statement& commune,
                               const store::Statement& province) {
  switch (scope.of) {
    case Scope::Of::village:
      return village;
    case Scope::Of::commune:
      return commune;
    case Scope::Of::province:
      break;
  }
  return province;
}

std::string name_at(const store::Row& row, int column) {
  return row.is_null(column) ? "" : people::unit_kind(row.text(column)).name_vi + " " + row.text(column + 1);
}

DecidedLine decided_line(const store::Row& row) {
  DecidedLine line;
  line.motion = row.id<Motion>(0);
  line.title = row.text(1);
  line.matter = row.integer(2);
  line.passed = row.choice<MotionState>(3) == MotionState::passed;
  line.village = name_at(row, 4);
  line.commune = name_at(row, 6);
  line.commune_code = row.text(8);
  int column = 9;
  for (std::int64_t* number :
       {&line.households, &line.present, &line.yes, &line.no, &line.other, &line.needed})
    *number = row.integer(column++);
  line.voted_on = local_date(row.instant(15));
  if (!row.is_null(16)) line.state = row.choice<DecisionState>(16);
  line.effect_from = row.optional_date(17);
  line.concluded = row.optional_instant(18).value_or(row.instant(15));
  return line;
}

// When notice was given of a meeting that has none now; nothing when it never was.
std::optional<Instant> notice_taken_back(store::Reader& r, Id<Meeting> id) {
  std::optional<Instant> last;
  for (const acts::Recorded& act : acts::about(r, subject_of(id)))
    if (act.kind == "assembly.noticed") last = act.happened;
  return last;
}

}  // namespace

std::vector<DecidedLine> decided_in(store::Reader& r, Scope scope, int most) {
  std::vector<DecidedLine> lines;
  const store::Statement& ask = one_of(scope, decided_in_village, decided_in_commune, decided_anywhere);
  for (const store::Row& row : r.query(ask, scope.unit.number, most)) lines.push_back(decided_line(row));
  return lines;
}

std::vector<MeetingLine> meetings_in(store::Reader& r, Scope scope, Instant from) {
  std::vector<MeetingLine> lines;
  const store::Statement& ask = one_of(scope, meetings_in_village, meetings_in_commune, meetings_anywhere);
  for (const store::Row& row : r.query(ask, scope.unit.number, from)) {
    const auto id = row.id<Meeting>(0);
    const auto noticed = row.is_null(6) ? notice_taken_back(r, id) : row.optional_instant(6);
    if (!noticed) continue;
    if (lines.empty() || lines.back().id != id)
      lines.push_back({id,
                       name_at(row, 1),
                       row.text(3),
                       row.choice<MeetingState>(4),
                       row.instant(5),
                       *noticed,
                       row.integer(7),
                       {}});
    if (!row.is_null(8)) lines.back().titles.push_back(row.text(8));
  }
  return lines;
}

}  // namespace danchu::assembly
