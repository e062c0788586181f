// What rooms say of their acts beside what the acts say themselves: further checks, bytes to be withheld.
#include <algorithm>

#include "acts/register.h"
#include "acts/verify.h"

namespace danchu::acts {
namespace {

using Check = std::vector<std::string> (*)(store::Reader&);
std::vector<Check>& checks() {
  static std::vector<Check> all;
  return all;
}
std::vector<WithheldAct>& rules() {
  static std::vector<WithheldAct> all;
  return all;
}

}  // namespace

AlsoVerified::AlsoVerified(Check check) { checks().push_back(check); }
Withheld::Withheld(WithheldAct rule) { rules().push_back(rule); }

void check_also(store::Reader& reader, Report& report) {
  for (Check check : checks())
    for (std::string& finding : check(reader)) report.finding(std::move(finding));
}

bool may_be_withheld(std::string_view kind) {
  return std::any_of(rules().begin(), rules().end(),
                     [&](const WithheldAct& rule) { return kind.starts_with(rule.kinds); });
}

const WithheldAct* withheld(store::Reader& reader, const Recorded& act) {
  for (const WithheldAct& rule : rules())
    if (act.kind.starts_with(rule.kinds) && !rule.why(reader, act).empty()) return &rule;
  return nullptr;
}

}  // namespace danchu::acts
