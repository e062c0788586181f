// What the three imports have in common behind people/imports.h.
#pragma once
#include <memory>
#include <vector>

#include "people/import_sheet.h"
#include "people/imports.h"

namespace danchu::people {

class Importer {
 public:
  virtual ~Importer() = default;
  // Reads all rows; `level` is that of the unit the import is for ("province", "commune", "village"): columns
  // that say where a row belongs may be left out where it says so already. Problems: the file as a whole.
  virtual Result<Done> read(const Table& table, Lettering lettering, std::string_view level,
                            const ImportProgress& progress) = 0;
  // Compares with what is there; `outcome` gets counts and mistakes. May be called again.
  virtual void plan(store::Reader& r, const ImportOrder& order, Date today, ImportOutcome& outcome,
                    const ImportProgress& progress) = 0;
  // What is done between plan and write because it takes long.
  virtual Result<Done> prepare(const ImportOrder&, const ImportProgress&) { return Done{}; }
  // Writes what the last plan found, within a write_official(); answers the rows the import's act covers.
  virtual Result<std::vector<acts::Draft::Covered>> write(store::Writer& w, const ImportOrder& order,
                                                          ImportOutcome& outcome,
                                                          const ImportProgress& progress) = 0;
};

std::unique_ptr<Importer> village_importer();
std::unique_ptr<Importer> officer_importer();

// The act of an import: what it covers, the file's hash and what became of its rows. A village's page and the
// import of a whole list write the same.
acts::Draft import_act(const ImportOrder& order, const ImportOutcome& outcome, std::string_view bytes,
                       std::vector<acts::Draft::Covered> rows);

}  // namespace danchu::people
