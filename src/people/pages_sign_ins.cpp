// Who signed in, when and from where (practice P115), for the province and for a commune's officer; and what
// officers of villages need to sign in.
#include "people/accounts.h"
#include "people/page_parts.h"
#include "people/pages.h"
#include "people/second_factor.h"
#include "people/sign_in_log.h"
#include "people/units.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct SignInsQuery {
  std::optional<Line<40>> tai_khoan;
  static constexpr About about[] = {{"tai_khoan", N_("User name"), N_("Leave empty to see all")}};
};
DANCHU_RECORD(SignInsQuery, tai_khoan)

struct SignInsPage {
  std::string unit;
  Url back, action;
  SignInsQuery form;
  std::vector<LoggedSignIn> lines;
  std::optional<web::Paging> paging;
  std::optional<SecondFactor> second_factor;  // for the province
  std::optional<Url> factor_url;
};
DANCHU_RECORD(SignInsPage, unit, back, action, form, lines, paging, second_factor, factor_url)

struct FactorPage {
  std::string unit;
  Url action, back;
  SetSecondFactor form;
};
DANCHU_RECORD(FactorPage, unit, action, back, form)

constexpr int lines_a_page = 50;

// The commune whose log this officer may read, or the province.
Result<Unit> inspected(const Request& q, store::Reader& r) {
  auto at = unit(r, q.id<Unit>("unit"));
  if (!at) return problem(Fault::missing, N_("There is no such unit"));
  const std::string& level = unit_kind(at->kind).level;
  const bool province = q.viewer().holds_any(Role::province_officer);
  if (level == "province"
          ? province
          : level == "commune" && (province || q.viewer().holds(Role::commune_officer, at->id)))
    return *at;
  return problem(Fault::denied, N_("Only the province and the commune's officers see this page"));
}

Result<SignInsPage> sign_ins_page(Request& q, const SignInsQuery& query) {
  return q.site().db.read([&](store::Reader& r) -> Result<SignInsPage> {
    auto at = inspected(q, r);
    if (!at) return at.problems();
    SignInsPage page;
    page.unit = full_name(*at);
    page.back.value = officers_path(at->id);
    page.action.value = officers_path(at->id) + "/nhat-ky-dang-nhap";
    page.form = query;
    const bool whole = unit_kind(at->kind).level == "province";
    if (whole) {
      page.second_factor = second_factor(r);
      page.factor_url = Url{officers_path(at->id) + "/yeu-to-thu-hai"};
    }
    SignInsAsked asked{whole ? Id<Unit>{} : at->id, {}, {}, lines_a_page + 1};
    std::string next = page.action.value + "?";
    if (query.tai_khoan && !query.tai_khoan->value.empty()) {
      auto account = account_called(r, query.tai_khoan->value, true);
      if (!account) return problem_at("tai_khoan", N_("There is no account with this user name"));
      asked.account = *account;
      next += "tai_khoan=" + query.tai_khoan->value + "&";
    }
    asked.before = Id<SignInLine>::from_text(q.query("truoc")).value_or(Id<SignInLine>{});
    page.lines = sign_ins(r, asked);
    if (page.lines.size() > lines_a_page) {
      page.lines.pop_back();
      page.paging = web::Paging{{}, Url{next + "truoc=" + page.lines.back().id.text()}};
    }
    for (LoggedSignIn& line : page.lines) line.what = q.tr(label_of_outcome(line.outcome));
    return page;
  });
}

Reply show_sign_ins(Request& q) {
  auto query = q.read_query<SignInsQuery>();
  auto page = sign_ins_page(q, query ? *query : SignInsQuery{});
  if (page && query) return q.show("people/sign_ins", *page);
  const Problems& wrong = query ? page.problems() : query.problems();
  if (wrong.front().path.empty()) return q.refuse(wrong);
  auto whole = sign_ins_page(q, {});  // all, with the field that is wrong
  if (!whole) return q.refuse(whole.problems());
  whole->lines.clear();
  whole->paging.reset();
  if (query) whole->form = *query;
  return q.show_again("people/sign_ins", *whole, wrong);
}

Result<FactorPage> factor_page(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<FactorPage> {
    auto at = unit(r, q.id<Unit>("unit"));
    if (!at || unit_kind(at->kind).level != "province")
      return problem(Fault::missing, N_("There is no such unit"));
    FactorPage page{full_name(*at),
                    {officers_path(at->id) + "/yeu-to-thu-hai"},
                    {officers_path(at->id) + "/nhat-ky-dang-nhap"},
                    {}};
    page.form.second_factor = second_factor(r);
    return page;
  });
}

Reply show_factor(Request& q) {
  auto page = factor_page(q);
  return page ? q.show("people/second_factor", *page) : q.refuse(page.problems());
}

Reply do_factor(Request& q) {
  auto page = factor_page(q);
  if (!page) return q.refuse(page.problems());
  auto form = q.read<SetSecondFactor>();
  if (!form) return q.show_again("people/second_factor", *page, form.problems());
  auto done = q.site().db.write(
      [&](store::Writer& w) { return set_second_factor(w, q.viewer(), form->second_factor); });
  if (!done) return q.show_again("people/second_factor", *page, done.problems());
  return q.see_other(page->back.value, N_("It holds from now on, at the next page each officer opens."));
}

}  // namespace

void sign_in_log_routes(web::Router& router) {
  router.get("/can-bo/{unit}/nhat-ky-dang-nhap", show_sign_ins,
             web::about(N_("Sign-ins"))
                 .only({Role::province_officer, Role::commune_officer})
                 .query({"tai_khoan", "truoc"})
                 .answers<SignInsPage>());
  const std::string factor = "/can-bo/{unit}/yeu-to-thu-hai";
  router.get(factor, show_factor,
             web::about(N_("How officers of villages sign in"))
                 .only({Role::province_officer})
                 .answers<FactorPage>());
  router.post(factor, do_factor,
              web::about(N_("How officers of villages sign in"))
                  .only({Role::province_officer})
                  .reads<SetSecondFactor>());
}

}  // namespace danchu::people
