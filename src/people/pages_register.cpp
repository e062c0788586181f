// A village's household register on the web: the list with search, import, the file.
#include "base/csv.h"
#include "base/table.h"
#include "people/household_list.h"
#include "people/page_parts.h"
#include "people/pages.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct HouseholdShown {
  std::int64_t number = 0;
  std::string house, head, beside;
  std::optional<bool> temporary;  // these two are for officers
  std::optional<Circumstance> circumstance;
  std::optional<Url> change_url, correct_url;
};
DANCHU_RECORD(HouseholdShown, number, house, head, beside, temporary, circumstance, change_url, correct_url)

struct ListShown {
  ListState state = ListState::draft;
  Date closed_on;
  std::int64_t total = 0;
  Url url;
};
DANCHU_RECORD(ListShown, state, closed_on, total, url)

struct DraftForm {
  Date closed_on;
  static constexpr About about[] = {{"closed_on", N_("List closed on"), ""}};
};
DANCHU_RECORD(DraftForm, closed_on)

struct SearchForm {
  std::optional<Line<80>> q;
  static constexpr About about[] = {{"q", N_("Search the register"), N_("Name, house number or neighbour")}};
};
DANCHU_RECORD(SearchForm, q)

struct RegisterPage {
  std::vector<web::Crumb> crumbs;
  std::string village;
  std::int64_t total = 0, found = 0;
  bool may_keep = false, searched = false, can_draft = false;
  std::string no_draft;  // why a keeper may draft none now
  Url action, add_url, import_url, file_url, draft_url;
  SearchForm search;
  DraftForm form;
  std::vector<HouseholdShown> households;
  std::vector<ListShown> lists;
};
DANCHU_RECORD(RegisterPage, crumbs, village, total, found, may_keep, searched, can_draft, no_draft, action,
              add_url, import_url, file_url, draft_url, search, form, households, lists)

// Neighbours find each other; which house stands empty is no concern of theirs.
bool reads_as_neighbour(const Viewer& viewer, const VillageAt& at) {
  Viewer officer = viewer;
  std::erase_if(officer.posts, [](const Post& post) { return post.role == Role::household; });
  return !may_read_register(officer, at.village.id, at.commune.id);
}

RegisterPage register_page(Request& q, const VillageAt& at) {
  note_access(q, at.village.id, "register");
  RegisterPage page;
  std::string path = register_path(at.village.id);
  page.crumbs = crumbs_of(q, at, false);
  page.village = at.name;
  page.may_keep = at.may_keep;
  page.action.value = path;
  page.add_url.value = path + "/thay-doi";
  page.import_url.value = path + "/nhap";
  page.file_url.value = path + "/tai-ve";
  page.draft_url.value = path + "/lap-danh-sach";
  page.form.closed_on = local_date(q.now());
  if (auto search = q.read_query<SearchForm>()) page.search = *search;
  page.searched = page.search.q.has_value();
  const bool neighbour = reads_as_neighbour(q.viewer(), at);
  q.site().db.read([&](store::Reader& r) {
    page.total = register_total(r, at.village.id);
    for (const Household& h : find_households(r, at.village.id, page.search.q.value_or(Line<80>{}).value)) {
      page.households.push_back({h.number, h.house.value, h.head.value, h.beside.value, {}, {}, {}, {}});
      if (!neighbour) {
        page.households.back().temporary = h.temporary;
        page.households.back().circumstance = h.circumstance;
      }
      if (!at.may_keep) continue;
      page.households.back().change_url = Url{path + "/thay-doi?ho=" + h.id.text()};
      page.households.back().correct_url = Url{path + "/" + h.id.text() + "/sua"};
    }
    const auto refusal = draft_refusal(r, q.viewer(), at.village.id);
    page.can_draft = !refusal;
    if (refusal && at.may_keep) page.no_draft = q.tr(refusal->front().message, refusal->front().args);
    for (const HouseholdList& l : lists_of(r, at.village.id))
      page.lists.push_back({l.state, l.closed_on, l.total, {list_path(l)}});
  });
  page.found = static_cast<std::int64_t>(page.households.size());
  return page;
}

Reply show_register(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  q.describe({.title = q.tr(N_("Household register of {village}"), {{"village", at->name}}), .index = false});
  return q.show("people/register", register_page(q, *at));
}

Reply register_file(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  if (!at->may_keep) return q.refuse(not_register_keeper());
  note_access(q, at->village.id, "export");
  std::string csv = q.site().db.read([&](store::Reader& r) { return register_csv(r, at->village.id); });
  return web::bytes("text/csv; charset=utf-8", "\xEF\xBB\xBF" + csv, "danh-sach-ho.csv");
}

Reply make_draft(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  auto form = q.read<DraftForm>();
  if (!form) return q.show_again("people/register", register_page(q, *at), form.problems());
  auto made = q.site().db.write_official([&](store::Writer& w) {
    return draft_list(w, q.site().keys, q.viewer(), at->village.id, form->closed_on);
  });
  if (!made) return q.show_again("people/register", register_page(q, *at), made.problems());
  return q.see_other("/thon/" + at->village.id.text() + "/danh-sach/" + made->text(),
                     N_("The list is drafted"));
}

// ---- import ---------------------------------------------------------------------------------------------

struct ImportForm {
  std::optional<Text<1'000'000>> csv;
  Date happened;
  Line<200> paper;
  bool confirmed = false;
  static constexpr About about[] = {
      {"csv", N_("Or paste the lines here"),
       N_("The first line holds the headings: stt, số nhà, chủ hộ, phân biệt, tạm trú, trường hợp")},
      {"happened", N_("Day of the list"), ""},
      {"paper", N_("Paper behind it"), N_("For example: list signed by the head on 1 December 2026")},
      {"confirmed", "", ""}};
};
DANCHU_RECORD(ImportForm, csv, happened, paper, confirmed)

struct ErrorShown {
  std::int64_t line = 0;
  std::string column, message;
};
DANCHU_RECORD(ErrorShown, line, column, message)

struct ImportPage {
  std::vector<web::Crumb> crumbs;
  std::string village;
  Url action;
  bool previewed = false;
  std::int64_t doubtful = 0, mistakes = 0, good = 0;
  std::vector<ErrorShown> errors;
  std::vector<ImportLine> lines;
  ImportForm form;
};
DANCHU_RECORD(ImportPage, crumbs, village, action, previewed, doubtful, mistakes, good, errors, lines, form)

constexpr std::size_t largest_file = 1'200'000;  // bytes

ImportPage import_page(Request& q, const VillageAt& at) {
  ImportPage page;
  page.crumbs = crumbs_of(q, at, true);
  page.village = at.name;
  page.action.value = register_path(at.village.id) + "/nhap";
  page.form.happened = local_date(q.now());
  return page;
}

Reply show_import(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  if (!at->may_keep) return q.refuse(not_register_keeper());
  return q.show("people/register_import", import_page(q, *at));
}

// A list as CSV text in Unicode, its lines numbered as in the file: what a page can keep from preview to
// import.
Result<std::string> as_csv(const std::string& bytes) {
  auto table = Table::open(bytes, {.rows = most_households + 100,
                                   .sheet_bytes = std::uint64_t{16} << 20,
                                   .texts_bytes = std::uint64_t{4} << 20});
  if (!table) return table.problems();
  std::string csv;
  std::int64_t next = 1;
  auto read = (*table)->read((*table)->guessed(), [&](TableRow& row) {
    for (; next < row.line; ++next) csv += "\r\n";
    csv += csv_line(row.cells);
    ++next;
    return csv.size() <= largest_file;
  });
  if (!read) return read.problems();
  if (csv.size() > largest_file)
    return problem_at("file", N_("This list is too long for one village: send it in parts"));
  return csv;
}

// The uploaded file, else what was pasted or previewed before.
Result<std::string> csv_of(Request& q, const ImportForm& form) {
  for (const web::Upload& upload : q.uploads())
    if (upload.field == "file" && !upload.bytes.empty()) return as_csv(upload.bytes);
  return form.csv.value_or(Text<1'000'000>{}).value;
}

Reply preview(Request& q, const VillageAt& at, const ImportForm& form, const std::string& csv,
              const Problems& problems = {}) {
  ImportPage page = import_page(q, at);
  auto read = q.site().db.read([&](store::Reader& r) { return preview_import(r, at.village.id, csv); });
  if (!read) return q.show_again("people/register_import", page, read.problems());
  page.previewed = true;
  page.form = form;
  page.form.csv = Text<1'000'000>{csv};
  page.lines = read->lines;
  page.doubtful = read->doubtful;
  for (const ImportError& error : read->errors)
    page.errors.push_back({error.line, error.column, q.tr(error.message, error.args)});
  page.mistakes = static_cast<std::int64_t>(page.errors.size());
  page.good = static_cast<std::int64_t>(page.lines.size());
  return problems.empty() ? q.show("people/register_import", page)
                          : q.show_again("people/register_import", page, problems);
}

Reply import_sent(Request& q) {
  auto at = village_at(q);
  if (!at) return q.refuse(at.problems());
  if (!at->may_keep) return q.refuse(not_register_keeper());
  auto form = q.read<ImportForm>();
  if (!form) return q.show_again("people/register_import", import_page(q, *at), form.problems());
  Result<std::string> sent = csv_of(q, *form);
  if (!sent) return q.show_again("people/register_import", import_page(q, *at), sent.problems());
  const std::string& csv = *sent;
  if (!form->confirmed) return preview(q, *at, *form, csv);
  auto done = q.site().db.write_official([&](store::Writer& w) {
    return import_households(w, q.site().keys, q.viewer(), at->village.id, csv, form->happened,
                             form->paper.value);
  });
  if (!done) return preview(q, *at, *form, csv, done.problems());
  return q.see_other(register_path(at->village.id), N_("{count} households were imported"),
                     {{"count", std::to_string(*done)}});
}

}  // namespace

void register_routes(web::Router& router) {
  router.get("/thon/{village}/ho", show_register,
             web::about(N_("Household register")).signed_in().query({"q"}).answers<RegisterPage>());
  router.get("/thon/{village}/ho/tai-ve", register_file,
             web::about(N_("The register as a file")).signed_in().makes("text/csv"));
  router.post("/thon/{village}/ho/lap-danh-sach", make_draft,
              web::about(N_("Draft a household list")).signed_in().reads<DraftForm>());
  router.get("/thon/{village}/ho/nhap", show_import,
             web::about(N_("Import a list")).signed_in().answers<ImportPage>());
  router.post("/thon/{village}/ho/nhap", import_sent,
              web::about(N_("Import a list")).signed_in().reads<ImportForm>().body_limit(largest_file * 3));
}

}  // namespace danchu::people
