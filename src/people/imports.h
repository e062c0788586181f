// Import of villages, households and officers from a spreadsheet (practice P40): a plan that says what would
// change and what is wrong where, then all rows or none, in one act. The same file twice changes nothing the
// second time: a village is known by commune, kind and name, a household by village, house order and name
// (without an order: name, house and neighbour word), an officer by user name. Never by an identity number.
//
// An import adds and corrects, it ends nothing: a household that is not in the file stays in the register.
// Lists that were drafted, locked or frozen stay as they are (P36): what changed counts from the next list.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/slots.h"
#include "base/table.h"
#include "people/people.h"

namespace danchu::people {

enum class ImportKind { villages, households, officers };

struct ImportOrder {
  ImportKind kind = ImportKind::households;
  Id<Unit> within;  // the province, a commune or (households) a village; rows outside it are refused
  Viewer viewer;
  bool at_the_machine = false;         // who runs the program on its own data: no post is asked for
  std::optional<Lettering> lettering;  // none: as guessed
  Date happened;                       // the day of the list; not to come
  std::string paper;                   // behind it
};

// Who may import what where: an officer of the commune all three within it, the province villages and the
// posts of communes (a register is kept by the village and its commune alone, P97), a head his own village's
// households.
bool may_import(const Viewer& viewer, ImportKind kind, const Unit& within, std::optional<Id<Unit>> commune);

struct ImportError {
  std::int64_t line = 0;
  std::string column;        // as the file names it; empty: the whole line
  std::string value;         // what stands there, shortened
  std::string_view message;  // msgid: what is wrong and how to mend it
  Args args;
};
inline constexpr std::size_t most_errors = 1'000;  // told one by one

struct InitialPassword {
  std::string user_name, display_name, password;
};

struct ImportOutcome {
  TableFormat format = TableFormat::csv;
  Lettering guessed = Lettering::unicode, lettering = Lettering::unicode;  // seemed to be; was read as
  std::int64_t fresh = 0, changed = 0, unchanged = 0;
  std::int64_t refused = 0;      // rows with a mistake; while there is one, nothing is imported
  std::int64_t mistakes = 0;     // in them
  std::int64_t doubtful = 0;     // seem to repeat another household or village
  std::int64_t missing = 0;      // households of these villages' registers that the file does not name
  std::int64_t fixed_lists = 0;  // lists of these villages that stay as they are
  std::vector<ImportError> errors;
  std::vector<InitialPassword> passwords;  // of accounts that were made; shown once, kept nowhere
  bool written = false;                    // false: refused, or nothing to change
};

enum class ImportStage { reading, comparing, passwords, writing };
// Called now and then, from the thread that imports or writes; `total` is 0 where it is not known.
using ImportProgress = std::function<void(ImportStage stage, std::int64_t done, std::int64_t total)>;

// Reading and comparing a file takes seconds and up to some hundred MB: for pages two are read at once, and
// who finds others waiting is told to come back. At the machine nobody waits.
inline constexpr int files_read_at_once = 2, files_waiting = 6;
inline constexpr std::chrono::seconds file_wait{20};
Slots& import_turns();

// What would happen. Problems: the order or the file as a whole is refused; unavailable when others' files
// take too long.
Result<ImportOutcome> plan_import(store::Database& db, const ImportOrder& order, std::string_view bytes,
                                  const ImportProgress& progress = {});
// Plans again in the write itself; when rows are refused nothing is written and the outcome says why. The act
// holds the file's hash and the counts.
Result<ImportOutcome> do_import(store::Database& db, const acts::Keys& keys, const ImportOrder& order,
                                std::string_view bytes, const ImportProgress& progress = {});

// The headings of each kind, as a CSV file to fill in.
std::string import_template(ImportKind kind);
// "Row, column, what stands there, what is wrong", each message already in the reader's language.
std::string error_report(const std::vector<ImportError>& errors, const std::vector<std::string>& headings,
                         const std::function<std::string(const ImportError&)>& said);

}  // namespace danchu::people

namespace danchu {
template <>
struct Choices<people::ImportKind> {
  static constexpr ChoiceName names[] = {{"villages", N_("Villages")},
                                         {"households", N_("Households")},
                                         {"officers", N_("Officers and their accounts")}};
};
}  // namespace danchu
