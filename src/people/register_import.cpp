// One village's list of households, as its own page imports it.
#include "people/import_households.h"
#include "people/register_rows.h"

namespace danchu::people {
namespace {

struct ReadList {
  HouseholdImport import;
  ImportOutcome outcome;
};

Result<ReadList> read_list(store::Reader& r, Id<Unit> village, std::string_view bytes,
                           std::optional<Lettering> lettering, Date today) {
  auto table = Table::open(bytes, {.rows = most_households + 100});
  if (!table) return table.problems();
  ReadList list;
  list.outcome.lettering = lettering.value_or((*table)->guessed());
  auto read = list.import.read(**table, list.outcome.lettering, "village", {});
  if (!read) return read.problems();
  ImportOrder order;
  order.within = village;
  list.import.plan(r, order, today, list.outcome, {});
  return list;
}

}  // namespace

Result<ImportPreview> preview_import(store::Reader& r, Id<Unit> village, std::string_view bytes,
                                     std::optional<Lettering> lettering) {
  auto at = unit(r, village);
  if (!at) return problem(Fault::missing, N_("There is no such village"));
  auto list = read_list(r, village, bytes, lettering, at->valid_from);
  if (!list) return list.problems();
  ImportPreview preview;
  for (const VillageLines& v : list->import.villages())
    preview.lines.insert(preview.lines.end(), v.lines.begin(), v.lines.end());
  preview.errors = std::move(list->outcome.errors);
  preview.doubtful = list->outcome.doubtful;
  preview.fresh = list->outcome.fresh;
  preview.changed = list->outcome.changed;
  preview.unchanged = list->outcome.unchanged;
  preview.lettering = list->outcome.lettering;
  return preview;
}

Result<std::int64_t> import_households(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                       Id<Unit> village, std::string_view bytes, Date happened,
                                       const std::string& paper, std::optional<Lettering> lettering) {
  if (auto refusal = register_refusal(w, viewer, village)) return *refusal;
  const Date today = local_date(w.now());
  if (happened > today) return problem_at("happened", N_("This day has not come yet"));
  auto list = read_list(w, village, bytes, lettering, today);
  if (!list) return list.problems();
  Problems wrong;
  for (const ImportError& error : list->outcome.errors)
    wrong.push_back({Fault::invalid, "line." + std::to_string(error.line), error.message, error.args, {}});
  if (wrong.empty() && list->import.villages().empty())
    wrong = problem(Fault::invalid, N_("The file holds no household"));
  if (!wrong.empty()) return wrong;
  const std::int64_t changes = list->import.changes();
  if (changes == 0) return changes;
  ImportOrder order;
  order.within = village;
  order.viewer = viewer;
  order.happened = happened;
  order.paper = paper;
  acts::Draft draft =
      import_act(order, list->outcome, bytes, list->import.write(w, order, list->outcome, {}).value());
  draft.body["total"] = register_total(w, village);
  acts::append(w, keys, draft);
  return changes;
}

}  // namespace danchu::people
