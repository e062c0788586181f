// Who and where: units through time, household lists, officers with roles and terms, sign-in and sessions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "acts/acts.h"
#include "base/record.h"
#include "law/law.h"
#include "store/database.h"

namespace danchu::people {

// ---- units through time --------------------------------------------------------------------------

// What sorts of unit there are is data (src/people/data/unit_kinds.csv): province, commune, ward, bản,
// tiểu khu, tổ dân phố, and the kinds that ceased (district, township). `level`: province, district, commune,
// village.
struct UnitKind {
  std::string code, level, name_vi, name_en, head_title_vi, head_title_en;
};
const std::vector<UnitKind>& unit_kinds();
const UnitKind& unit_kind(std::string_view code);

struct Unit {
  Id<Unit> id;
  std::string code;  // the statistics office's code: "03646"; villages have none
  std::string kind;  // "xa", "phuong", "ban" …
  std::string name;  // "Tô Hiệu"
  Id<Unit> parent;
  Date valid_from;
  std::optional<Date> valid_to;                           // the first day it is no longer
  std::optional<std::int64_t> latitude_e4, longitude_e4;  // degrees * 10,000
  std::optional<std::int64_t> area_ha, population;
};
DANCHU_RECORD(Unit, id, code, kind, name, parent, valid_from, valid_to, latitude_e4, longitude_e4, area_ha,
              population)

std::optional<Unit> unit(store::Reader& r, Id<Unit> id);
std::optional<Unit> unit_by_code(store::Reader& r, const std::string& code, Date on);
std::vector<Unit> children(store::Reader& r, Id<Unit> parent, Date on);  // in Vietnamese order of names
std::vector<Unit> predecessors(store::Reader& r, Id<Unit> id);
std::vector<Unit> successors(store::Reader& r, Id<Unit> id);
std::optional<Unit> province(store::Reader& r, Date on);
// The commune a unit lies in (itself when it is one).
std::optional<Unit> commune_of(store::Reader& r, Id<Unit> id);
Id<Unit> commune_id(store::Reader& r, Id<Unit> id);  // empty when it lies in none
// "bản Nà Cá", "xã Mường Bú", "phường Tô Hiệu": kind and name as written in a sentence.
std::string full_name(const Unit& unit);

struct UnitHit {
  Unit unit;
  std::vector<Unit> today;  // where an old unit's address leads now; empty for a unit that is in force
};
// Units whose name holds the words, with or without tone marks, old names too; best first.
std::vector<UnitHit> search_units(store::Reader& r, const std::string& words, Date on, int limit);

// ---- the household register and the frozen list ----------------------------------------------------

// What people ask about when they count households (practice P35, P36). None of it changes the count: each is
// one household.
enum class Circumstance {
  usual,
  one_person,    // a lone person is a household and its own head
  away_at_work,  // the whole household; it stays counted
  shared_house,  // two households live in one house
};

// One household of a village's register. Names are personal data: never on the open page.
struct Household {
  Id<Household> id;
  Id<Unit> village;
  std::int64_t number = 0;   // house order in the village
  Line<40> house;            // house number as written: "12b"
  Line<120> head;            // head of household
  Line<120> beside;          // what tells equal names apart: spouse, father, hamlet
  bool temporary = false;    // temporary residents the village counts
  std::optional<Date> gone;  // left the register on this day
  Circumstance circumstance = Circumstance::usual;
};
DANCHU_RECORD(Household, id, village, number, house, head, beside, temporary, gone, circumstance)

// A list of households closed on a day: the denominator. Head and Front lock it, the commune confirms it,
// a notice freezes it, and only an act corrects it.
// One that the Front or the commune sends back is returned, and a new one is drafted.
enum class ListState { draft, locked, confirmed, frozen, returned };
struct HouseholdList {
  Id<HouseholdList> id;
  Id<Unit> village;
  ListState state = ListState::draft;
  Date closed_on;  // "danh sách chốt ngày …"
  std::int64_t total = 0;
  std::optional<std::int64_t> first_total;               // before the first correction
  std::int64_t locked_by_head = 0, locked_by_front = 0;  // accounts, 0: not yet
  std::string front_minutes;  // the Front committee's minutes, where one person holds both posts (P20)
  std::int64_t confirmed_by = 0;
  std::string frozen_for;  // subject of the notice that froze it
  std::optional<Instant> voting_since;
  std::optional<Date> posted_on;  // since when it hangs out for corrections (P34); may lie before the lock
  std::string posted_at;          // and where
  std::string unposted_reason;    // why the commune confirmed it unposted, where no posting is asked for
};
DANCHU_RECORD(HouseholdList, id, village, state, closed_on, total, first_total, locked_by_head,
              locked_by_front, front_minutes, confirmed_by, frozen_for, voting_since, posted_on, posted_at,
              unposted_reason)

std::vector<Household> households(store::Reader& r, Id<Unit> village);

// ---- officers, roles, sign-in ------------------------------------------------------------------------

enum class Role {
  province_officer,  // administers the installation, sees all
  commune_officer,   // UBND xã, công chức
  commune_chair,     // Chủ tịch UBND xã
  commune_front,     // Ủy ban MTTQ xã
  village_head,      // Trưởng bản, Trưởng tiểu khu, Tổ trưởng TDP
  village_front,     // Trưởng ban công tác Mặt trận
  helper,            // thư ký số: drafts for the head
  household,         // a household's representative
};

struct Account;  // tag for Id
// Who is asking: the signed-in account with the posts it holds today.
struct Post {
  Role role;
  Id<Unit> unit;
};
// What must be done before the account may do anything else.
enum class Due { nothing, change_password, enrol_authenticator };
struct Viewer {
  Id<Account> account;
  std::string name;         // "Lò Văn Thoa"
  std::vector<Post> posts;  // in force today, own and as substitute
  Id<Household> household;  // set for a household's account
  Due due = Due::nothing;   // set: signed in, but without posts until it is done
  Id<Account> entered_by;   // set: a helper types for this head, who confirms with his PIN (practice P53)
  // As an act names him who typed for the actor: his account, or nothing.
  std::string on_behalf() const { return entered_by ? entered_by.text() : ""; }
  // Holds the role for exactly this unit.
  bool holds(Role role, Id<Unit> unit) const {
    for (const Post& post : posts)
      if (post.role == role && post.unit == unit) return true;
    return false;
  }
  bool holds_any(Role role) const {
    for (const Post& post : posts)
      if (post.role == role) return true;
    return false;
  }
};

}  // namespace danchu::people

namespace danchu {
template <>
struct Choices<people::Circumstance> {
  static constexpr ChoiceName names[] = {{"usual", N_("Nothing special")},
                                         {"one_person", N_("One person")},
                                         {"away_at_work", N_("Whole household away at work, stays counted")},
                                         {"shared_house", N_("Two households in one house")}};
};
template <>
struct Choices<people::ListState> {
  static constexpr ChoiceName names[] = {{"draft", N_("Draft")},
                                         {"locked", N_("Locked by head and Front")},
                                         {"confirmed", N_("Confirmed by the commune")},
                                         {"frozen", N_("Frozen")},
                                         {"returned", N_("Returned")}};
};
template <>
struct Choices<people::Role> {
  static constexpr ChoiceName names[] = {{"province_officer", N_("Province officer")},
                                         {"commune_officer", N_("Commune officer")},
                                         {"commune_chair", N_("Chair of the commune People's Committee")},
                                         {"commune_front", N_("Commune Fatherland Front")},
                                         {"village_head", N_("Village head")},
                                         {"village_front", N_("Head of the village Front committee")},
                                         {"helper", N_("Digital helper")},
                                         {"household", N_("Household representative")}};
};
}  // namespace danchu
