// `danchu import`: villages, households and officers from a spreadsheet, by whoever runs the program on its
// own data.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "base/csv.h"
#include "base/text.h"
#include "commands/commands.h"
#include "people/accounts.h"
#include "people/imports.h"
#include "people/sign_in.h"
#include "people/units.h"

namespace danchu::commands {
namespace {

using people::ImportOutcome;

constexpr std::size_t largest_import = std::size_t{512} << 20;  // bytes
constexpr std::size_t shown_errors = 20;

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw Mistake("cannot read '" + path + "'");
  const auto size = static_cast<std::size_t>(file.tellg());
  if (size > largest_import) throw Mistake("'" + path + "' is larger than 512 MB");
  std::string bytes(size, '\0');
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) throw Mistake("cannot read '" + path + "'");
  return bytes;
}

std::string in_words(std::string_view message, const Args& args) { return fill(message, args); }

people::ImportOrder order_of(store::Database& db, const Import& options) {
  people::ImportOrder order;
  auto kind = choice_from<people::ImportKind>(options.kind);
  if (!kind) throw Mistake("import villages, households or officers, not '" + options.kind + "'");
  order.kind = *kind;
  order.at_the_machine = true;
  order.paper = options.paper;
  order.happened = db.clock().today();
  if (!options.day.empty()) {
    auto day = parse_date(options.day);
    if (!day) throw Mistake("--day is a day like 2026-12-31");
    order.happened = *day;
  }
  if (!options.lettering.empty()) {
    order.lettering = choice_from<Lettering>(options.lettering);
    if (!order.lettering) throw Mistake("--font is unicode, tcvn3 or vni");
  }
  db.read([&](store::Reader& r) {
    auto within = options.unit.empty() ? people::province(r, db.clock().today())
                                       : people::unit_by_code(r, options.unit, db.clock().today());
    if (!within) throw Mistake("there is no unit with the code '" + options.unit + "' today");
    order.within = within->id;
    if (options.as.empty()) return;
    auto account = people::account_called(r, options.as);
    if (!account) throw Mistake("there is no account '" + options.as + "'");
    order.viewer = people::viewer_for(r, *account, db.clock().today());
  });
  return order;
}

std::string_view name_of(people::ImportStage stage) {
  switch (stage) {
    case people::ImportStage::reading:
      return "read";
    case people::ImportStage::comparing:
      return "compared";
    case people::ImportStage::passwords:
      return "passwords made";
    case people::ImportStage::writing:
      break;
  }
  return "written";
}

void show_progress(people::ImportStage stage, std::int64_t done, std::int64_t total) {
  static const bool terminal = isatty(STDERR_FILENO) == 1;
  std::cerr << (terminal ? "\r" : "") << name_of(stage) << ": " << done;
  if (total > 0) std::cerr << " of " << total;
  std::cerr << (terminal ? " rows        " : " rows\n") << std::flush;
}

void print(const ImportOutcome& o, bool dry_run) {
  std::cout << "Read as " << label_of(o.format) << ", letters " << label_of(o.lettering)
            << (o.lettering == o.guessed ? "" : " (it looks like " + std::string(label_of(o.guessed)) + ")")
            << "\n"
            << "new " << o.fresh << ", changed " << o.changed << ", unchanged " << o.unchanged << ", refused "
            << o.refused << "\n";
  if (o.doubtful > 0) std::cout << o.doubtful << " new rows seem to repeat one that is there\n";
  if (o.missing > 0)
    std::cout << o.missing << " households of these registers are not in the file; they stay as they are\n";
  if (o.fixed_lists > 0)
    std::cout << o.fixed_lists
              << " villages have a household list; it stays as it is, the next one has the changes\n";
  if (o.mistakes > 0) {
    std::cout << "Nothing was imported:\n";
    for (std::size_t i = 0; i < std::min(o.errors.size(), shown_errors); ++i) {
      const people::ImportError& e = o.errors[i];
      std::cout << "  row " << e.line << (e.column.empty() ? "" : ", " + e.column)
                << (e.value.empty() ? "" : " “" + e.value + "”") << ": " << in_words(e.message, e.args)
                << "\n";
    }
    if (static_cast<std::size_t>(o.mistakes) > shown_errors)
      std::cout << "  … " << o.mistakes << " mistakes; --errors FILE writes the first " << people::most_errors
                << "\n";
  } else if (dry_run) {
    std::cout << "Nothing was written (--dry-run).\n";
  } else {
    std::cout << (o.written ? "Imported.\n" : "Nothing to change.\n");
  }
}

void write_errors(const std::string& path, const ImportOutcome& outcome) {
  std::ofstream file(path, std::ios::binary);
  file << "\xEF\xBB\xBF"
       << people::error_report(outcome.errors, {"row", "column", "value", "what is wrong"},
                               [](const people::ImportError& e) { return in_words(e.message, e.args); });
  if (!file.flush()) throw Mistake("cannot write '" + path + "'");
}

// Made before anything is imported, so that no password is lost; for its owner alone.
void begin_passwords(const std::string& path) {
  if (path.empty())
    throw Mistake("accounts are made: name a file for their initial passwords with --passwords");
  if (access(path.c_str(), F_OK) == 0) throw Mistake("'" + path + "' is there already; name a new file");
  const mode_t before = umask(077);
  std::ofstream file(path);
  umask(before);
  if (!file) throw Mistake("cannot write '" + path + "'");
}

void write_passwords(const std::string& path, const ImportOutcome& outcome) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << csv_line({"user name", "full name", "initial password"});
  for (const people::InitialPassword& p : outcome.passwords)
    file << csv_line({p.user_name, p.display_name, p.password});
  if (!file.flush())
    throw Mistake("the accounts are made, but '" + path +
                  "' could not be written: give new initial passwords on the "
                  "officers' page");
}

}  // namespace

int import_list(const Import& options) {
  const std::string bytes = contents(options.file);
  auto db = options.dry_run ? open_to_look(options.place) : open_existing(options.place);
  const people::ImportOrder order = order_of(*db, options);
  const bool makes_accounts = !options.dry_run && order.kind == people::ImportKind::officers;
  if (makes_accounts) begin_passwords(options.passwords);
  auto outcome = options.dry_run ? people::plan_import(*db, order, bytes, show_progress)
                                 : people::do_import(*db, *open_chain_keys(options.place, *db), order, bytes,
                                                     show_progress);
  if (isatty(STDERR_FILENO) == 1) std::cerr << "\n";
  const bool passwords = outcome && !outcome->passwords.empty();
  if (makes_accounts && passwords) write_passwords(options.passwords, *outcome);
  if (makes_accounts && !passwords) unlink(options.passwords.c_str());
  if (!outcome) throw Mistake(in_words(outcome.problems()[0].message, outcome.problems()[0].args));
  print(*outcome, options.dry_run);
  if (!options.errors.empty()) write_errors(options.errors, *outcome);
  if (passwords)
    std::cout << outcome->passwords.size() << " initial passwords are in " << options.passwords
              << ". Hand them over in person and delete the file.\n";
  return outcome->mistakes > 0 ? 1 : 0;
}

}  // namespace danchu::commands
