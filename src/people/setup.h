// The first step of a real installation: the province's units and one province officer, who enters the rest.
#pragma once
#include <string>

#include "people/people.h"

namespace danchu::people {

struct SetUp {
  std::string password;  // of the officer, to be changed at the first sign-in; shown once, kept nowhere
};
// Nobody was set up here yet: no account, no unit.
bool nobody_yet(store::Reader& r);

// Loads the units of Sơn La and makes the account. Refused when that user name is
// taken, or none that pages take (check_user_name).
Result<SetUp> set_up(store::Database& db, const acts::Keys& keys, const std::string& user_name);

}  // namespace danchu::people
