#include "people/imports.h"

#include "base/csv.h"
#include "people/accounts.h"
#include "people/import_households.h"
#include "people/new_village.h"
#include "people/units.h"

namespace danchu::people {
namespace {

// A page takes the list of a commune; a province's is imported at the machine.
constexpr TableLimits on_a_page{
    .rows = 30'000, .sheet_bytes = std::uint64_t{256} << 20, .texts_bytes = std::uint64_t{32} << 20};

std::unique_ptr<Importer> importer_for(ImportKind kind) {
  switch (kind) {
    case ImportKind::villages:
      return village_importer();
    case ImportKind::officers:
      return officer_importer();
    case ImportKind::households:
      break;
  }
  return std::make_unique<HouseholdImport>();
}

// A file that was opened and read; compared and written as often as need be.
struct Reading {
  std::unique_ptr<Importer> importer;
  ImportOutcome outcome;
};

Problems check_order(store::Reader& r, const ImportOrder& order, Date today) {
  auto within = unit(r, order.within);
  if (!within) return problem(Fault::missing, N_("There is no such unit"));
  auto commune = commune_of(r, within->id);
  const auto commune_id = commune ? std::optional(commune->id) : std::nullopt;
  if (!order.at_the_machine && !may_import(order.viewer, order.kind, *within, commune_id))
    return problem(Fault::denied, N_("You may not import this list here"));
  if (order.happened > today) return problem_at("happened", N_("This day has not come yet"));
  if (order.paper.empty()) return problem_at("paper", N_("Name the paper behind this list"));
  return {};
}

Result<Reading> read_file(store::Database& db, const ImportOrder& order, std::string_view bytes,
                          const ImportProgress& progress) {
  std::string level;
  Problems wrong = db.read([&](store::Reader& r) {
    if (auto within = unit(r, order.within)) level = unit_kind(within->kind).level;
    return check_order(r, order, db.clock().today());
  });
  if (!wrong.empty()) return wrong;
  auto table = Table::open(bytes, order.at_the_machine ? TableLimits{} : on_a_page);
  if (!table) return table.problems();
  Reading reading{importer_for(order.kind), {}};
  reading.outcome.format = (*table)->format();
  reading.outcome.guessed = (*table)->guessed();
  reading.outcome.lettering = order.lettering.value_or((*table)->guessed());
  auto read = reading.importer->read(**table, reading.outcome.lettering, level, progress);
  if (!read) return read.problems();
  return reading;
}

std::string_view act_kind(ImportKind kind) {
  switch (kind) {
    case ImportKind::villages:
      return "unit.villages-imported";
    case ImportKind::officers:
      return "post.imported";
    case ImportKind::households:
      break;
  }
  return "register.imported";
}

Problems nothing_in_it() { return problem(Fault::invalid, N_("The file holds no row below its headings")); }
Problems others_first() {
  return problem(
      Fault::unavailable,
      N_("Other lists are being read at the moment. Nothing was imported; try again in a minute."));
}
bool empty(const ImportOutcome& o) { return o.fresh + o.changed + o.unchanged + o.refused == 0; }

// A page's turn; at the machine none is needed.
class Turn {
 public:
  explicit Turn(const ImportOrder& order) {
    if (!order.at_the_machine) held_.emplace(import_turns(), file_wait);
  }
  explicit operator bool() const { return !held_ || static_cast<bool>(*held_); }

 private:
  std::optional<Slots::Held> held_;
};

}  // namespace

Slots& import_turns() {
  static Slots all(files_read_at_once, files_waiting);
  return all;
}

bool may_import(const Viewer& viewer, ImportKind kind, const Unit& within, std::optional<Id<Unit>> commune) {
  const std::string_view level = unit_kind(within.kind).level;
  if (commune && viewer.holds(Role::commune_officer, *commune))
    return level == "commune" || (level == "village" && kind == ImportKind::households);
  if (level == "village")
    return kind == ImportKind::households && viewer.holds(Role::village_head, within.id);
  return kind != ImportKind::households && viewer.holds_any(Role::province_officer);
}

acts::Draft import_act(const ImportOrder& order, const ImportOutcome& outcome, std::string_view bytes,
                       std::vector<acts::Draft::Covered> rows) {
  acts::Draft draft;
  draft.kind = std::string(act_kind(order.kind));
  draft.unit = order.within.number;
  draft.actor = order.viewer.account.number;
  draft.happened = start_of(order.happened);
  draft.subject = (order.kind == ImportKind::households ? "register/" : "import/") + order.within.text();
  draft.covers = std::move(rows);
  draft.body = {{"file", store::sha256_hex(bytes)},
                {"new", outcome.fresh},
                {"changed", outcome.changed},
                {"unchanged", outcome.unchanged}};
  return draft;
}

Result<ImportOutcome> plan_import(store::Database& db, const ImportOrder& order, std::string_view bytes,
                                  const ImportProgress& progress) {
  const Turn turn(order);
  if (!turn) return others_first();
  auto reading = read_file(db, order, bytes, progress);
  if (!reading) return reading.problems();
  db.read([&](store::Reader& r) {
    reading->importer->plan(r, order, db.clock().today(), reading->outcome, progress);
  });
  if (empty(reading->outcome)) return nothing_in_it();
  return std::move(reading->outcome);
}

Result<ImportOutcome> do_import(store::Database& db, const acts::Keys& keys, const ImportOrder& order,
                                std::string_view bytes, const ImportProgress& progress) {
  const Turn turn(order);
  if (!turn) return others_first();
  auto reading = read_file(db, order, bytes, progress);
  if (!reading) return reading.problems();
  ImportOutcome planned = reading->outcome;
  db.read(
      [&](store::Reader& r) { reading->importer->plan(r, order, db.clock().today(), planned, progress); });
  if (empty(planned)) return nothing_in_it();
  if (planned.mistakes > 0 || planned.fresh + planned.changed == 0) return planned;
  if (auto ready = reading->importer->prepare(order, progress); !ready) return ready.problems();
  ImportOutcome outcome;
  auto done = db.write_official([&](store::Writer& w) -> Result<Done> {
    outcome = reading->outcome;
    if (Problems wrong = check_order(w, order, local_date(w.now())); !wrong.empty()) return wrong;
    reading->importer->plan(w, order, local_date(w.now()), outcome, {});
    if (outcome.mistakes > 0) return problem(Fault::conflict, outcome.errors.front().message);
    if (outcome.fresh + outcome.changed == 0) return Done{};
    auto rows = reading->importer->write(w, order, outcome, progress);
    if (!rows) return rows.problems();
    acts::append(w, keys, import_act(order, outcome, bytes, std::move(*rows)));
    outcome.written = true;
    return Done{};
  });
  if (!done && outcome.mistakes == 0) return done.problems();
  outcome.written = outcome.written && done.ok();
  return outcome;
}

std::string import_template(ImportKind kind) {
  switch (kind) {
    case ImportKind::villages:
      return csv_line({"xã", "loại", "tên bản", "từ ngày", "dân số"});
    case ImportKind::officers:
      return csv_line({"xã", "bản", "họ và tên", "chức vụ", "tên đăng nhập", "từ ngày", "đến ngày"});
    case ImportKind::households:
      break;
  }
  return csv_line({"xã", "bản", "số thứ tự", "số nhà", "chủ hộ", "phân biệt", "tạm trú", "trường hợp"});
}

std::string error_report(const std::vector<ImportError>& errors, const std::vector<std::string>& headings,
                         const std::function<std::string(const ImportError&)>& said) {
  std::string csv = csv_line(headings);
  for (const ImportError& error : errors)
    csv += csv_line({std::to_string(error.line), error.column, error.value, said(error)});
  return csv;
}

}  // namespace danchu::people
