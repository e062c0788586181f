// Which act a paper attests, and how a decision stood before each correction. A paper's check code is that of
// the act it was made from, and stays: later steps have codes of their own.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/views.h"

namespace danchu::assembly {

// The check code of the last of these acts that is of one of the kinds; empty when there is none.
std::string code_of(const std::vector<acts::Recorded>& acts, std::initializer_list<std::string_view> kinds);
// What an invitation attests: the notice that stands.
std::string code_of_notice(store::Reader& r, Id<Meeting> meeting);
// What the minutes of a meeting attest: its conclusion, or the last correction of one of its votes.
std::string code_of_minutes(store::Reader& r, Id<Meeting> meeting);

// A decision as its paper said it: as concluded, and after each correction.
struct DecisionVersion {
  Vote vote;
  Decision decision;
  std::vector<Correction> corrections;  // up to this one
  std::string check_code;
  std::optional<Id<Correction>> replaced_by;  // empty: it is the one that holds
};
// The oldest first; empty while there is no decision.
std::vector<DecisionVersion> versions_of(const law::Law& law, const Whole& whole);

}  // namespace danchu::assembly
