// What rooms say of their acts beside what the acts say themselves: further checks.
#include "acts/register.h"
#include "acts/verify.h"

namespace danchu::acts {
namespace {

using Check = std::vector<std::string> (*)(store::Reader&);
std::vector<Check>& checks() {
  static std::vector<Check> all;
  return all;
}
}  // namespace

AlsoVerified::AlsoVerified(Check check) { checks().push_back(check); }

void check_also(store::Reader& reader, Report& report) {
  for (Check check : checks())
    for (std::string& finding : check(reader)) report.finding(std::move(finding));
}

}  // namespace danchu::acts
