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
// Writes the change; the act that covers it is the caller's.
acts::Draft::Covered put_change_row(store::Writer& w, const ChangeRow& change);
// Makes a household's line what it says, its number apart.
void rewrite_household(store::Writer& w, const Household& household);
// Writes the change and the act that covers it.
void record_change(store::Writer& w, const acts::Keys& keys, const ChangeRow& change);
// Why this viewer may not change this village's register, if so.
std::optional<Problems> register_refusal(store::Reader& r, const Viewer& viewer, Id<Unit> village);

}  // namespace danchu::people
