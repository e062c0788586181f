// Who came to a meeting, who went and came back. A tick is no official step: the act that concludes the
// meeting seals them all.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assembly/records.h"
#include "store/database.h"

namespace danchu::assembly {

std::vector<Attendance> attendance_of(store::Reader& r, Id<Meeting> meeting);
// A household that stands on the list, and whether and when it came.
struct OnList {
  std::optional<Attendance> came;
};
std::optional<OnList> standing_on(store::Reader& r, const Meeting& meeting, Id<people::Household> household);
std::vector<AttendanceGap> gaps_of(store::Reader& r, Id<Meeting> meeting);
std::int64_t present_now(store::Reader& r, Id<Meeting> meeting);  // came and not gone
std::int64_t attended(store::Reader& r, Id<Meeting> meeting);     // came at any time
// Did this account tick a household that came, or that came back? A tick sent again keeps who made it first.
bool ticked_by(store::Reader& r, Id<Meeting> meeting, Id<people::Account> account);
// BLAKE2b over who came and went when and who was away in between, in the order of household ids.
std::string hash_of(const std::vector<Attendance>& attendance, const std::vector<AttendanceGap>& gaps);

// How many are present now; the kinds of matter on the agenda, which say how many are needed; the total of
// the frozen list.
struct HallNow {
  std::int64_t present = 0;
  std::vector<int> matters;
  std::optional<std::int64_t> frozen;
};
HallNow hall_now(store::Reader& r, Id<Meeting> meeting);
HallNow hall_now(store::Database& db, Id<Meeting> meeting);

// A tick taken back, or given back, within it is a slip of the finger, no coming or going.
inline constexpr std::chrono::minutes slip{1};

// One tick: a household comes, or comes back, and its time away (`before`: as it stood) is kept. `leave` for
// a household that goes.
void save_attendance(store::Writer& w, const Attendance& row, const std::optional<Attendance>& before);
void leave(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household, Instant at);
// It never came: the tick was wrong.
void unlink_attendance(store::Writer& w, Id<Meeting> meeting, Id<people::Household> household);

}  // namespace danchu::assembly
