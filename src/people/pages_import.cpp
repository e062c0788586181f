// Lists of villages, households and officers from a spreadsheet: sent, looked at, confirmed.
#include "people/import_file.h"
#include "people/page_parts.h"
#include "people/pages.h"
#include "people/units.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct SendList {
  ImportKind kind = ImportKind::households;
  Date happened;
  Line<200> paper;
  static constexpr About about[] = {
      {"kind", N_("What the list holds"), ""},
      {"happened", N_("Day of the list"), ""},
      {"paper", N_("Paper behind it"), N_("For example: list signed by the head on 1 December 2026")}};
};
DANCHU_RECORD(SendList, kind, happened, paper)

struct TemplateShown {
  ImportKind kind = ImportKind::households;
  Url url;
};
DANCHU_RECORD(TemplateShown, kind, url)

struct SendListPage {
  std::string unit;
  Url action, back;
  SendList form;
  std::vector<TemplateShown> templates;
};
DANCHU_RECORD(SendListPage, unit, action, back, form, templates)

enum class ListStep { read_again, confirm, put_away };

}  // namespace
}  // namespace danchu::people
namespace danchu {
template <>
struct Choices<people::ListStep> {
  static constexpr ChoiceName names[] = {{"read_again", N_("Read it again so")},
                                         {"confirm", N_("Import all rows")},
                                         {"put_away", N_("Put the file away")}};
};
}  // namespace danchu
namespace danchu::people {
namespace {

struct StepForm {
  ListStep step = ListStep::confirm;
  std::optional<Lettering> lettering;
  static constexpr About about[] = {
      {"step", "", ""}, {"lettering", N_("The letters are"), N_("Choose another where names look wrong")}};
};
DANCHU_RECORD(StepForm, step, lettering)

struct MistakeShown {
  std::int64_t line = 0;
  std::string column, value, message;
};
DANCHU_RECORD(MistakeShown, line, column, value, message)

struct PreviewPage {
  std::string unit, file;
  ImportKind kind = ImportKind::households;
  TableFormat format = TableFormat::csv;
  Lettering lettering = Lettering::unicode;
  std::int64_t fresh = 0, changed = 0, unchanged = 0, refused = 0, mistakes = 0, doubtful = 0, missing = 0,
               fixed_lists = 0, not_shown = 0;
  bool may_confirm = false, nothing_to_do = false;
  std::vector<MistakeShown> errors;
  Url action, report_url, back;
  StepForm form;
};
DANCHU_RECORD(PreviewPage, unit, file, kind, format, lettering, fresh, changed, unchanged, refused, mistakes,
              doubtful, missing, fixed_lists, not_shown, may_confirm, nothing_to_do, errors, action,
              report_url, back, form)

struct PasswordShown {
  std::string user_name, display_name, password;
};
DANCHU_RECORD(PasswordShown, user_name, display_name, password)

struct AccountsMadePage {
  std::int64_t made = 0;
  std::vector<PasswordShown> accounts;
  Url back;
};
DANCHU_RECORD(AccountsMadePage, made, accounts, back)

constexpr std::size_t shown_errors = 100;
constexpr ImportKind all_kinds[] = {ImportKind::villages, ImportKind::households, ImportKind::officers};

std::string import_path(Id<Unit> unit) { return officers_path(unit) + "/nhap"; }
std::string template_path(ImportKind kind) { return "/mau-danh-sach/" + std::string(code_of(kind)); }

// The province or the commune, where the viewer may import something.
Result<Unit> unit_to_import(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<Unit> {
    auto at = unit(r, q.id<Unit>("unit"));
    if (!at) return problem(Fault::missing, N_("There is no such unit"));
    auto commune = commune_of(r, at->id);
    const auto commune_id = commune ? std::optional(commune->id) : std::nullopt;
    if (!may_import(q.viewer(), ImportKind::villages, *at, commune_id))
      return problem(Fault::denied, N_("You may not import this list here"));
    return *at;
  });
}

SendListPage send_page(Request& q, const Unit& at) {
  SendListPage page{full_name(at), {import_path(at.id)}, {officers_path(at.id)}, {}, {}};
  page.form.happened = local_date(q.now());
  const bool commune = unit_kind(at.kind).level == "commune";
  page.form.kind = commune ? ImportKind::households : ImportKind::villages;
  for (ImportKind kind : all_kinds) page.templates.push_back({kind, {template_path(kind)}});
  return page;
}

Reply show_send(Request& q) {
  auto at = unit_to_import(q);
  return at ? q.show("people/import_send", send_page(q, *at)) : q.refuse(at.problems());
}

ImportOrder order_for(Request& q, const Unit& at, const ImportFile& file) {
  ImportOrder order;
  order.kind = file.kind;
  order.within = at.id;
  order.viewer = q.viewer();
  order.lettering = file.lettering;
  order.happened = file.happened;
  order.paper = file.paper;
  return order;
}

Reply do_send(Request& q) {
  auto at = unit_to_import(q);
  if (!at) return q.refuse(at.problems());
  auto form = q.read<SendList>();
  if (!form) return q.show_again("people/import_send", send_page(q, *at), form.problems());
  const web::Upload* sent = nullptr;
  for (const web::Upload& upload : q.uploads())
    if (upload.field == "file" && !upload.bytes.empty()) sent = &upload;
  Problems wrong;
  if (!sent)
    wrong = problem(Fault::invalid, N_("Choose the file with the list"));
  else if (sent->bytes.size() > largest_import_file)
    wrong = problem(Fault::too_large, N_("The file is larger than {max} MB: send one list for each commune"),
                    {{"max", std::to_string(largest_import_file >> 20)}});
  else {
    ImportFile file{{}, form->kind, sent->file_name, {}, form->happened, form->paper.value, sent->bytes};
    auto plan = plan_import(q.site().db, order_for(q, *at, file), file.bytes);
    if (plan) {
      auto kept = q.site().db.write([&](store::Writer& w) -> Result<Id<ImportFile>> {
        return keep_import_file(w, q.viewer().account, at->id, file);
      });
      return q.see_other(import_path(at->id) + "/" + kept->text());
    }
    wrong = plan.problems();
  }
  return q.show_again("people/import_send", send_page(q, *at), wrong);
}

struct Waiting {
  Unit at;
  ImportFile file;
};
Result<Waiting> waiting(Request& q) {
  auto at = unit_to_import(q);
  if (!at) return at.problems();
  auto file = q.site().db.read(
      [&](store::Reader& r) { return import_file(r, q.id<ImportFile>("file"), q.viewer().account, at->id); });
  if (!file)
    return problem(
        Fault::missing,
        N_("This list waits no longer: it was imported, put away, or is older than a day. Send it again."));
  return Waiting{*at, *file};
}

PreviewPage preview_page(Request& q, const Waiting& w, const ImportOutcome& o) {
  PreviewPage page;
  const std::string path = import_path(w.at.id) + "/" + w.file.id.text();
  page.unit = full_name(w.at);
  page.file = w.file.name;
  page.kind = w.file.kind;
  page.format = o.format;
  page.lettering = o.lettering;
  page.fresh = o.fresh;
  page.changed = o.changed;
  page.unchanged = o.unchanged;
  page.refused = o.refused;
  page.mistakes = o.mistakes;
  page.doubtful = o.doubtful;
  page.missing = o.missing;
  page.fixed_lists = o.fixed_lists;
  page.may_confirm = o.mistakes == 0 && o.fresh + o.changed > 0;
  page.nothing_to_do = o.mistakes == 0 && o.fresh + o.changed == 0;
  for (const ImportError& e : o.errors)
    if (page.errors.size() < shown_errors)
      page.errors.push_back({e.line, e.column, e.value, q.tr(e.message, e.args)});
  page.not_shown = o.mistakes - static_cast<std::int64_t>(page.errors.size());
  page.action.value = path;
  page.report_url.value = path + "/loi";
  page.back.value = import_path(w.at.id);
  page.form.lettering = o.lettering;
  return page;
}

Reply show_preview(Request& q) {
  auto w = waiting(q);
  if (!w) return q.refuse(w.problems());
  auto plan = plan_import(q.site().db, order_for(q, w->at, w->file), w->file.bytes);
  if (!plan) return q.refuse(plan.problems());
  return q.show("people/import_preview", preview_page(q, *w, *plan));
}

Reply show_report(Request& q) {
  auto w = waiting(q);
  if (!w) return q.refuse(w.problems());
  auto plan = plan_import(q.site().db, order_for(q, w->at, w->file), w->file.bytes);
  if (!plan) return q.refuse(plan.problems());
  const std::string csv = error_report(plan->errors,
                                       {q.tr(N_("Row")), q.tr(N_("Column")), q.tr(N_("What stands there")),
                                        q.tr(N_("What is wrong and how to mend it"))},
                                       [&](const ImportError& e) { return q.tr(e.message, e.args); });
  return web::bytes("text/csv; charset=utf-8", "\xEF\xBB\xBF" + csv, "loi-nhap-danh-sach.csv");
}

Reply confirm(Request& q, const Waiting& w) {
  auto done = do_import(q.site().db, q.site().keys, order_for(q, w.at, w.file), w.file.bytes);
  if (!done) return q.refuse(done.problems());
  if (done->mistakes > 0) return q.show("people/import_preview", preview_page(q, w, *done));
  (void)q.site().db.write([&](store::Writer& writer) -> Result<Done> {
    drop_import_file(writer, w.file.id);
    return Done{};
  });
  if (done->passwords.empty())
    return q.see_other(officers_path(w.at.id), N_("Imported: {new} new, {changed} changed"),
                       {{"new", std::to_string(done->fresh)}, {"changed", std::to_string(done->changed)}});
  AccountsMadePage page;
  page.made = static_cast<std::int64_t>(done->passwords.size());
  for (const InitialPassword& p : done->passwords)
    page.accounts.push_back({p.user_name, p.display_name, p.password});
  page.back.value = officers_path(w.at.id);
  return q.show("people/accounts_made", page);
}

Reply do_step(Request& q) {
  auto w = waiting(q);
  if (!w) return q.refuse(w.problems());
  auto form = q.read<StepForm>();
  if (!form) return q.refuse(form.problems());
  if (form->step == ListStep::confirm) return confirm(q, *w);
  const bool put_away = form->step == ListStep::put_away;
  (void)q.site().db.write([&](store::Writer& writer) -> Result<Done> {
    if (put_away)
      drop_import_file(writer, w->file.id);
    else
      read_import_file_as(writer, w->file.id, form->lettering);
    return Done{};
  });
  if (put_away) return q.see_other(import_path(w->at.id), N_("The file is put away; nothing was imported"));
  return q.see_other(import_path(w->at.id) + "/" + w->file.id.text());
}

Reply show_template(Request& q) {
  auto kind = choice_from<ImportKind>(q.param("kind"));
  if (!kind) return q.refuse(problem(Fault::missing, N_("There is no such list")));
  return web::bytes("text/csv; charset=utf-8", "\xEF\xBB\xBF" + import_template(*kind),
                    "mau-" + std::string(code_of(*kind)) + ".csv");
}

web::Route for_importers(web::Route route) {
  route.idempotent = false;  // answers may hold initial passwords; the same list twice changes nothing
  return route.only({Role::province_officer, Role::commune_officer});
}

}  // namespace

void import_routes(web::Router& router) {
  const std::string path = "/can-bo/{unit}/nhap";
  router.get(path, show_send, for_importers(web::about(N_("Import a list")).answers<SendListPage>()));
  router.post(path, do_send,
              for_importers(web::about(N_("Send a list to import"))
                                .reads<SendList>()
                                .body_limit(largest_import_file + 1024 * 1024)));
  router.get(path + "/{file}", show_preview,
             for_importers(web::about(N_("What an import would do")).answers<PreviewPage>()));
  router.post(path + "/{file}", do_step, for_importers(web::about(N_("Import a list")).reads<StepForm>()));
  router.get(path + "/{file}/loi", show_report,
             for_importers(web::about(N_("What is wrong with a list")).makes("text/csv")));
  router.get("/mau-danh-sach/{kind}", show_template,
             web::about(N_("An empty list to fill in")).makes("text/csv"));
}

}  // namespace danchu::people
