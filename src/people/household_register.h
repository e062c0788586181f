// A village's household register: lines, changes with a reason and a paper behind each (practice P36),
// import.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "people/imports.h"
#include "people/people.h"

namespace danchu::people {

enum class Change {
  imported,  // lines of a list on paper or in a spreadsheet
  moved_in,
  split,      // a new household out of `household`
  duplicate,  // the same household as `other`, entered twice
  moved_away,
  merged,      // into `other`
  died,        // nobody is left
  corrected,   // a name or house number was written wrongly
  counted_as,  // temporary or not, one person, away at work … (P35, P36)
};

// A household's case as Vietnamese lists write it, "đi làm ăn xa"; nothing for a usual one.
std::string_view written(Circumstance circumstance);

// Who may keep a village's register: its head, and the officers of its commune.
bool may_keep_register(const Viewer& viewer, Id<Unit> village, Id<Unit> commune);
// Who may read names: they, the Front, helpers, the commune, and the village's own households.
bool may_read_register(const Viewer& viewer, Id<Unit> village, Id<Unit> commune);

// What a viewer is told who may not keep the register.
Problems not_register_keeper();

struct RegisterChange {
  std::optional<Change> change;            // none is refused: a page begins with none chosen
  std::optional<Id<Household>> household;  // whom it concerns; none for moved_in
  std::optional<Id<Household>> other;      // duplicate, merged: the one that stays
  Date happened;
  Line<200> paper;  // the paper behind it
  // The line as it shall stand: of moved_in and split the whole. Of corrected and counted_as only what is
  // there changes, the rest stays as it is; what is there and empty is taken away.
  std::optional<Line<40>> house;
  std::optional<Line<120>> head, beside;
  std::optional<bool> temporary;
  std::optional<Circumstance> circumstance;
  static constexpr About about[] = {
      {"change", N_("What happened"), ""},
      {"household", N_("Household"), N_("None when a household moved in")},
      {"other", N_("The household that stays"), ""},
      {"happened", N_("Day"), ""},
      {"paper", N_("Paper behind it"), N_("For example: household split form of 3 December 2026")},
      {"house", N_("House number"), N_("As written on the house: 12b")},
      {"head", N_("Head of household"), ""},
      {"beside", N_("To tell equal names apart"), N_("Spouse, father or hamlet")},
      {"temporary", N_("Temporary residents"), ""},
      {"circumstance", N_("What is special about it"), N_("It is counted as one household all the same")}};
};
DANCHU_RECORD(RegisterChange, change, household, other, happened, paper, house, head, beside, temporary,
              circumstance)

// Within a write_official(). Hands back the household the change concerns, the new one for moved_in and
// split. Lists that are locked do not change: the change counts from the next list.
Result<Id<Household>> change_register(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                      Id<Unit> village, const RegisterChange& change);

// ---- import -------------------------------------------------------------------------------------------

// What an import would do with a line.
enum class LineOutcome { fresh, changed, unchanged };

struct ImportLine {
  std::int64_t line = 0;  // of the file
  Integer<1, 10'000> number;
  Line<40> house;
  Line<120> head, beside;
  bool temporary = false;
  Circumstance circumstance = Circumstance::usual;
  std::string like;  // the house order number of a household it seems to repeat; empty: none
  LineOutcome outcome = LineOutcome::fresh;
  std::int64_t own_number = 0;  // as the file says it; 0: it says none
  Id<Household> household;      // that it is, where the register has it
};
DANCHU_RECORD(ImportLine, line, number, house, head, beside, temporary, circumstance, like, outcome)

struct ImportPreview {
  std::vector<ImportLine> lines;
  std::vector<ImportError> errors;  // while there are any, nothing is imported
  std::int64_t doubtful = 0;        // lines that seem to repeat a household
  std::int64_t fresh = 0, changed = 0, unchanged = 0;
  Lettering lettering = Lettering::unicode;  // the list was read as
};

inline constexpr std::size_t most_households = 5'000;  // in one village
// The list of one village, CSV or XLSX (people/imports.h has the whole). Columns by their heading, in English
// or Vietnamese, in any order: number (số thứ tự), house (số nhà), head (chủ hộ), beside (phân biệt),
// temporary (tạm trú), circumstance (trường hợp). Only head is required; lines without a number follow the
// greatest one.
Result<ImportPreview> preview_import(store::Reader& r, Id<Unit> village, std::string_view bytes,
                                     std::optional<Lettering> lettering = {});
// All lines or none, within a write_official(); how many were new or changed. Lines that seem to repeat a
// household are imported too: a duplicate is removed afterwards, with its reason. Where nothing changes,
// nothing is recorded.
Result<std::int64_t> import_households(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                       Id<Unit> village, std::string_view bytes, Date happened,
                                       const std::string& paper, std::optional<Lettering> lettering = {});

// Households of the register whose house, head or neighbour word holds the words, in house order; those gone
// left out.
std::vector<Household> find_households(store::Reader& r, Id<Unit> village, const std::string& words);
std::optional<Household> household(store::Reader& r, Id<Household> id);
// A household as a list closed on a day counts it, and why it is in the register ("imported", "split").
struct RegisteredHousehold {
  Household household;
  std::string origin;
};
// The register as it stood on that day, in house order: who was in it by then and had not left yet, as it is
// written today.
std::vector<RegisteredHousehold> registered_on(store::Reader& r, Id<Unit> village, Date on);
// How many are in the register today; shown next to the list's total.
std::int64_t register_total(store::Reader& r, Id<Unit> village);
// The register as CSV with the columns import reads.
std::string register_csv(store::Reader& r, Id<Unit> village);

// What the demo and bulk data use: one line without an act.
Id<Household> put_household(store::Writer& w, const Household& line, Date since, std::string_view origin);

}  // namespace danchu::people

namespace danchu {
template <>
struct Choices<people::LineOutcome> {
  static constexpr ChoiceName names[] = {
      {"fresh", N_("new")}, {"changed", N_("changed")}, {"unchanged", N_("unchanged")}};
};
template <>
struct Choices<people::Change> {
  static constexpr ChoiceName names[] = {
      {"imported", N_("Imported from a list")},
      {"moved_in", N_("Moved in")},
      {"split", N_("A household split")},
      {"duplicate", N_("Entered twice")},
      {"moved_away", N_("Moved out")},
      {"merged", N_("Merged with another household")},
      {"died", N_("Nobody is left")},
      {"corrected", N_("Written wrongly")},
      {"counted_as", N_("How it is counted: temporary, one person, away at work")}};
};
}  // namespace danchu
