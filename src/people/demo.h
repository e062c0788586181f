// Invented people for demonstrations, training and benchmarks. Units are real; villages, names and households
// are invented and say so ("minh họa"). Never for a real installation: the passwords are printed.
#pragma once
#include <string>
#include <vector>

#include "people/people.h"

namespace danchu::people {

inline constexpr std::string_view demo_password = "danchu-demo-2026";
inline constexpr std::string_view demo_pin = "739415";  // of every village's head and Front head

// What a newcomer signs in with. `code` is the authenticator's code of this moment, empty where none is
// needed; `pin` that of a village's head and Front head.
struct DemoAccount {
  std::string user, password;
  Role role = Role::household;
  std::string unit;  // "bản Nà Cá"
  std::string code, pin;
};
DANCHU_RECORD(DemoAccount, user, password, role, unit, code, pin)

// Loads the real units, some communes' villages with their households, and accounts for every role. Bản Nà Cá
// (xã Mường Bú) comes from an imported list of 91 lines of which 2 are entered twice and 3 moved away, and
// one household split: 87, in a list that head and Front locked and the commune confirmed. Does nothing when
// it was run before.
void demo_people(store::Database& db, const acts::Keys& keys);

// The accounts of xã Mường Bú and bản Nà Cá, one for each role; empty when this is no demonstration.
std::vector<DemoAccount> demo_accounts(store::Reader& r, Instant now);

// The list of 91 lines, as a spreadsheet saved as CSV.
std::string demo_list_csv();

// A whole province for benchmarks: villages spread over the 75 communes by population, households over the
// villages, two accounts a village. Units must be loaded.
void generate_province(store::Database& db, const acts::Keys& keys, int villages = 2'200,
                       int households = 300'000);

}  // namespace danchu::people
