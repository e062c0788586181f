// What rooms say of their acts beside what the acts say themselves: further checks, bytes to be withheld.
#include <algorithm>
#include <exception>

#include "acts/register.h"
#include "acts/verify.h"

namespace danchu::acts {
namespace {

using Check = std::vector<std::string> (*)(store::Reader&);
std::vector<std::pair<std::string_view, Check>>& checks() {
  static std::vector<std::pair<std::string_view, Check>> all;
  return all;
}
std::vector<WithheldAct>& rules() {
  static std::vector<WithheldAct> all;
  return all;
}

// Rows that danchu never writes may make a check stop: that is news, and no reason to keep the rest back.
void not_checked(Report& report, std::string_view what, const std::exception& error) {
  report.finding("the check of " + std::string(what) + " stopped: " + error.what());
}

}  // namespace

AlsoVerified::AlsoVerified(std::string_view what, Check check) { checks().emplace_back(what, check); }
Withheld::Withheld(WithheldAct rule) { rules().push_back(rule); }

void check_also(store::Reader& reader, Report& report) {
  bool transaction_over = false;
  for (const auto& [what, check] : checks()) {
    if (transaction_over) {
      report.finding("the check of " + std::string(what) + " was not made, for one before it stopped");
      continue;
    }
    try {
      for (std::string& finding : check(reader)) report.finding(std::move(finding));
    } catch (const store::StoreError& error) {
      if (error.kind == store::StoreError::Kind::gone) throw;  // nothing can be said of a store that is away
      not_checked(report, what, error);
      transaction_over = true;  // it answers nothing after a statement that failed
    } catch (const std::exception& error) {
      not_checked(report, what, error);
    }
  }
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
