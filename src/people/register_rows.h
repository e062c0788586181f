// What changes of the register and the import share inside this room.
#pragma once
#include "people/household_register.h"

namespace danchu::people {

struct ChangeRow {
  Id<Unit> village;
  Change kind = Change::imported;
  Id<Household> household, other;
  Date happened;
  std::int64_t lines = 1;
  std::string paper;
  Id<Account> actor;
};
// Writes the change and the act that covers it.
void record_change(store::Writer& w, const acts::Keys& keys, const ChangeRow& change);
// Why this viewer may not change this village's register, if so.
std::optional<Problems> register_refusal(store::Reader& r, const Viewer& viewer, Id<Unit> village);

}  // namespace danchu::people
