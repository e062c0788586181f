// What a village, a commune and the province have decided and when they meet, for other programs: Atom,
// iCalendar, CSV. Only what the open pages show; nothing here names a person.
#pragma once
#include <string>
#include <vector>

#include "assembly/records.h"
#include "store/database.h"

namespace danchu::assembly {

// Of which unit: a village, a commune, or the whole province.
struct Scope {
  enum class Of { village, commune, province } of = Of::province;
  Id<people::Unit> unit;
};

// One matter that was concluded: passed or lost.
struct DecidedLine {
  Id<Motion> motion;
  std::string title;
  std::int64_t matter = 0;  // of Law 10/2022 art. 15
  bool passed = false;
  std::string village, commune, commune_code;
  std::int64_t households = 0, present = 0, yes = 0, no = 0, other = 0, needed = 0;
  Date voted_on;
  std::optional<DecisionState> state;
  std::optional<Date> effect_from;
  Instant concluded;
};
// The newest first, at most `most`.
std::vector<DecidedLine> decided_in(store::Reader& r, Scope scope, int most);

// One meeting that notice was given of, with the titles on its agenda.
struct MeetingLine {
  Id<Meeting> id;
  std::string village, place;
  MeetingState state = MeetingState::noticed;
  Instant starts, noticed;
  std::int64_t version = 0;
  std::vector<std::string> titles;
};
// Those that begin after `from`, in the order they begin, at most 500 lines of agendas.
std::vector<MeetingLine> meetings_in(store::Reader& r, Scope scope, Instant from);

}  // namespace danchu::assembly
