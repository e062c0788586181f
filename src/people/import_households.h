// Households of one village or many from a list: read once, matched against the registers, written.
#pragma once
#include <map>
#include <set>

#include "people/household_register.h"
#include "people/importer.h"

namespace danchu::people {

// Which columns the file has: what it does not say stays as it is in the register.
struct HouseholdColumns {
  bool house = false, beside = false, temporary = false, circumstance = false;
};

// The lines of one village against its register.
class VillageLines {
 public:
  std::string commune, village;  // as the file names them
  std::vector<ImportLine> lines;

  // Matches each line to a household, or numbers it. Returns how many of the register the file does not name.
  std::int64_t match(const std::vector<Household>& present, const HouseholdColumns& columns,
                     const Sheet& sheet, Mistakes& mistakes);
  // New and changed lines.
  std::int64_t changes() const;
};

// A row with a mistake in it: where it belongs is looked at all the same, so that the report names all of it.
struct Unread {
  std::int64_t line = 0;
  std::string commune, village;
};

class HouseholdImport final : public Importer {
 public:
  HouseholdImport();
  Result<Done> read(const Table& table, Lettering lettering, std::string_view level,
                    const ImportProgress& progress) override;
  void plan(store::Reader& r, const ImportOrder& order, Date today, ImportOutcome& outcome,
            const ImportProgress& progress) override;
  // Each village's change of its register.
  Result<std::vector<acts::Draft::Covered>> write(store::Writer& w, const ImportOrder& order,
                                                  ImportOutcome& outcome,
                                                  const ImportProgress& progress) override;
  const std::vector<VillageLines>& villages() const { return villages_; }
  std::int64_t changes() const;

 private:
  void read_row(const SheetRow& row);
  std::size_t position_of(std::string_view commune, std::string_view village);
  void read_field(ImportLine& line, std::string_view field, const SheetRow& row);

  Sheet sheet_;
  HouseholdColumns columns_;
  Mistakes reading_;
  std::int64_t rows_ = 0;
  std::vector<VillageLines> villages_;
  std::vector<Unread> unread_;
  std::vector<Id<Unit>> units_;  // of villages_, as planned
  std::map<std::pair<std::string, std::string>, std::size_t> positions_;
  std::size_t last_ = 0;  // the village of the row before
};

}  // namespace danchu::people
