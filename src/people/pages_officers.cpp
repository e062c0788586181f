// Officers of a commune and its villages: accounts, posts, substitutes.
#include <set>

#include "people/accounts.h"
#include "people/contact.h"
#include "people/new_village.h"
#include "people/page_parts.h"
#include "people/pages.h"
#include "people/units.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct OfficerShown {
  Id<PostRow> post;
  Role role = Role::household;
  std::string name, user_name, unit, stands_in_for;
  Date valid_from;
  std::optional<Date> valid_to, away_from, away_to;
  Url url;
  std::optional<Date> left_register;  // his household left the village's register
};
DANCHU_RECORD(OfficerShown, post, role, name, user_name, unit, stands_in_for, valid_from, valid_to, away_from,
              away_to, url, left_register)

struct OfficersPage {
  std::string unit;
  Url add_url, grant_url;
  std::vector<OfficerShown> officers;
  std::optional<Url> contact_url;  // for an officer of this commune
  std::optional<Url> village_url;  // to enter a village
  std::optional<Url> import_url;   // lists from a spreadsheet
  std::string support_phone;
  std::optional<Url> sign_ins_url;  // of the province or a commune
};
DANCHU_RECORD(OfficersPage, unit, add_url, grant_url, officers, contact_url, village_url, import_url,
              support_phone, sign_ins_url)

struct NewAccountPage {
  std::string unit;
  Url action;
  NewAccount form;
  std::vector<web::Option> role_options, unit_options;
};
DANCHU_RECORD(NewAccountPage, unit, action, form, role_options, unit_options)

// Shown once, right after it was made.
struct AccountMadePage {
  std::string user_name, initial_password;
  Url back;
};
DANCHU_RECORD(AccountMadePage, user_name, initial_password, back)

struct GrantPage {
  std::string unit;
  Url action;
  GrantPost form;
  std::vector<web::Option> role_options, unit_options, substitute_for_options;
};
DANCHU_RECORD(GrantPage, unit, action, form, role_options, unit_options, substitute_for_options)

}  // namespace

enum class PostStep { end, hand_over, away, reset };

}  // namespace danchu::people
namespace danchu {
template <>
struct Choices<people::PostStep> {
  static constexpr ChoiceName names[] = {{"end", N_("End the post")},
                                         {"hand_over", N_("Hand it over to another person")},
                                         {"away", N_("The holder is away")},
                                         {"reset", N_("Give a new initial password")}};
};
}  // namespace danchu
namespace danchu::people {
namespace {

struct ManagePost {
  PostStep step = PostStep::end;
  Date on;
  std::optional<Date> until;
  std::optional<Line<40>> user_name;
  static constexpr About about[] = {
      {"step", N_("What shall happen"), ""},
      {"on", N_("On this day"), N_("The first day without the post, or away")},
      {"until", N_("Back on"), N_("Only when the holder is away")},
      {"user_name", N_("User name of the new holder"), N_("Only when the post is handed over")}};
};
DANCHU_RECORD(ManagePost, step, on, until, user_name)

struct ManagePage {
  OfficerShown officer;
  Url action, back;
  ManagePost form;
};
DANCHU_RECORD(ManagePage, officer, action, back, form)

OfficerShown shown(const Officer& o, Id<Unit> unit) {
  return {o.post.id,
          o.post.role,
          o.display_name,
          o.user_name,
          o.unit_name,
          o.stands_in_for,
          o.post.valid_from,
          o.post.valid_to,
          o.post.away_from,
          o.post.away_to,
          {officers_path(unit) + "/chuc-vu/" + o.post.id.text()},
          o.left_register};
}

// The unit whose officers are managed, if the viewer manages any there.
Result<Unit> managed_unit(Request& q) {
  return q.site().db.read([&](store::Reader& r) -> Result<Unit> {
    auto at = unit(r, q.id<Unit>("unit"));
    if (!at) return problem(Fault::missing, N_("There is no such unit"));
    auto commune = commune_of(r, at->id);
    bool own = commune && q.viewer().holds(Role::commune_officer, commune->id);
    if (!own && !q.viewer().holds_any(Role::province_officer))
      return problem(Fault::denied, N_("Only the province and the commune's officers see this page"));
    return *at;
  });
}

// The posts this viewer may grant in the unit and those in it, and the units he may grant any in; the form
// begins with the first of each.
template <class Page>
void offer_posts(const Request& q, store::Reader& r, const Unit& at, Page& page) {
  std::vector<Unit> units = children(r, at.id, local_date(q.now()));
  units.insert(units.begin(), at);
  std::set<Role> roles;
  for (const Unit& unit : units) {
    const Id<Unit> commune = commune_id(r, unit.id);
    bool any = false;
    for (std::size_t i = 0; i < std::size(Choices<Role>::names); ++i) {
      const Role role = static_cast<Role>(i);
      const bool may =
          is_granted(role) && level_of(role) == unit_kind(unit.kind).level &&
          may_grant(q.viewer(), role, unit.id, commune ? std::optional(commune) : std::nullopt, {});
      if (may) roles.insert(role);
      any = any || may;
    }
    if (!any) continue;
    if (page.unit_options.empty()) page.form.unit = unit.id;
    page.unit_options.push_back({unit.id.text(), full_name(unit), ""});
  }
  for (const Role role : roles)
    page.role_options.push_back({std::string(code_of(role)), q.tr(label_of(role)), ""});
  if (!roles.empty()) page.form.role = *roles.begin();
}

Reply show_officers(Request& q) {
  auto at = managed_unit(q);
  if (!at) return q.refuse(at.problems());
  OfficersPage page{full_name(*at),
                    {officers_path(at->id) + "/them"},
                    {officers_path(at->id) + "/giao"},
                    {},
                    {},
                    {},
                    {},
                    {}};
  q.site().db.read([&](store::Reader& r) {
    for (const Officer& o : officers(r, at->id, local_date(q.now())))
      page.officers.push_back(shown(o, at->id));
    page.support_phone = support_phone(r, at->id);
    if (unit_kind(at->kind).level != "village")
      page.sign_ins_url = Url{officers_path(at->id) + "/nhat-ky-dang-nhap"};
    if (unit_kind(at->kind).level == "commune" &&
        may_add_village(q.viewer(), *at, province(r, local_date(q.now()))))
      page.village_url = Url{officers_path(at->id) + "/thon-moi"};
    auto commune = commune_of(r, at->id);
    if (may_import(q.viewer(), ImportKind::villages, *at,
                   commune ? std::optional(commune->id) : std::nullopt))
      page.import_url = Url{officers_path(at->id) + "/nhap"};
  });
  if (may_set_contact(q.viewer(), at->id)) page.contact_url = Url{officers_path(at->id) + "/lien-he"};
  return q.show("people/officers", page);
}

NewAccountPage new_account_page(Request& q, const Unit& at) {
  NewAccountPage page{full_name(at), {officers_path(at.id) + "/them"}, {}, {}, {}};
  page.form.valid_from = local_date(q.now());
  q.site().db.read([&](store::Reader& r) { offer_posts(q, r, at, page); });
  return page;
}

Reply show_new_account(Request& q) {
  auto at = managed_unit(q);
  return at ? q.show("people/new_account", new_account_page(q, *at)) : q.refuse(at.problems());
}

Reply make_account(Request& q) {
  auto at = managed_unit(q);
  if (!at) return q.refuse(at.problems());
  auto form = q.read<NewAccount>();
  if (!form) return q.show_again("people/new_account", new_account_page(q, *at), form.problems());
  auto made = add_account(q.site().db, q.site().keys, q.viewer(), *form);
  if (!made) return q.show_again("people/new_account", new_account_page(q, *at), made.problems());
  return q.show("people/account_made",
                AccountMadePage{form->user_name.value, made->initial_password, {officers_path(at->id)}});
}

GrantPage grant_page(Request& q, const Unit& at) {
  GrantPage page{full_name(at), {officers_path(at.id) + "/giao"}, {}, {}, {}, {}};
  page.form.valid_from = local_date(q.now());
  q.site().db.read([&](store::Reader& r) {
    offer_posts(q, r, at, page);
    for (const Officer& o : officers(r, at.id, local_date(q.now())))
      if (!o.post.substitute_for)
        page.substitute_for_options.push_back(
            {o.post.id.text(), q.tr(label_of(o.post.role)) + ", " + o.unit_name + ": " + o.display_name, ""});
  });
  return page;
}

Reply show_grant(Request& q) {
  auto at = managed_unit(q);
  return at ? q.show("people/grant", grant_page(q, *at)) : q.refuse(at.problems());
}

Reply do_grant(Request& q) {
  auto at = managed_unit(q);
  if (!at) return q.refuse(at.problems());
  auto form = q.read<GrantPost>();
  if (!form) return q.show_again("people/grant", grant_page(q, *at), form.problems());
  auto done = q.site().db.write_official(
      [&](store::Writer& w) { return grant(w, q.site().keys, q.viewer(), *form); });
  if (!done) return q.show_again("people/grant", grant_page(q, *at), done.problems());
  return q.see_other(officers_path(at->id), N_("The post is granted"));
}

Result<ManagePage> manage_page(Request& q, const Unit& at) {
  return q.site().db.read([&](store::Reader& r) -> Result<ManagePage> {
    for (const Officer& o : officers(r, at.id, local_date(q.now())))
      if (o.post.id == q.id<PostRow>("post")) {
        ManagePage page{shown(o, at.id), {shown(o, at.id).url}, {officers_path(at.id)}, {}};
        page.form.on = local_date(q.now());
        return page;
      }
    return problem(Fault::missing, N_("There is no such post"));
  });
}

Reply show_manage(Request& q) {
  auto at = managed_unit(q);
  if (!at) return q.refuse(at.problems());
  auto page = manage_page(q, *at);
  return page ? q.show("people/manage_post", *page) : q.refuse(page.problems());
}

Result<Done> take_step(Request& q, const ManagePost& form) {
  auto post = q.id<PostRow>("post");
  return q.site().db.write_official([&](store::Writer& w) -> Result<Done> {
    if (form.step == PostStep::end) return end_post(w, q.site().keys, q.viewer(), post, form.on);
    if (form.step == PostStep::away) {
      if (!form.until || *form.until <= form.on)
        return problem_at("until", N_("Say the day the holder is back; it lies after the first day away"));
      return set_away(w, q.site().keys, q.viewer(), post, form.on, *form.until);
    }
    if (!form.user_name || form.user_name->value.empty())
      return problem_at("user_name", N_("Say who takes over: the user name"));
    auto done = hand_over(w, q.site().keys, q.viewer(), post, form.user_name->value, form.on);
    if (!done) return done.problems();
    return Done{};
  });
}

Reply do_manage(Request& q) {
  auto at = managed_unit(q);
  if (!at) return q.refuse(at.problems());
  auto page = manage_page(q, *at);
  if (!page) return q.refuse(page.problems());
  auto form = q.read<ManagePost>();
  if (!form) return q.show_again("people/manage_post", *page, form.problems());
  if (form->step == PostStep::reset) {
    auto id = q.site().db.read([&](store::Reader& r) { return account_of_post(r, q.id<PostRow>("post")); });
    auto made = reset_account(q.site().db, q.site().keys, q.viewer(), id);
    if (!made) return q.show_again("people/manage_post", *page, made.problems());
    return q.show("people/account_made",
                  AccountMadePage{page->officer.user_name, made->initial_password, page->back});
  }
  auto done = take_step(q, *form);
  if (!done) return q.show_again("people/manage_post", *page, done.problems());
  return q.see_other(officers_path(at->id), N_("The change is made"));
}

web::Route for_managers(web::Route route) {
  route.idempotent = false;  // answers may hold an initial password
  return route.only({Role::province_officer, Role::commune_officer});
}

}  // namespace

void officer_routes(web::Router& router) {
  router.get("/can-bo/{unit}", show_officers,
             for_managers(web::about(N_("Officers")).answers<OfficersPage>()));
  router.get("/can-bo/{unit}/them", show_new_account,
             for_managers(web::about(N_("New account")).answers<NewAccountPage>()));
  router.post("/can-bo/{unit}/them", make_account,
              for_managers(web::about(N_("New account")).reads<NewAccount>()));
  router.get("/can-bo/{unit}/giao", show_grant,
             for_managers(web::about(N_("Grant a post")).answers<GrantPage>()));
  router.post("/can-bo/{unit}/giao", do_grant,
              for_managers(web::about(N_("Grant a post")).reads<GrantPost>()));
  router.get("/can-bo/{unit}/chuc-vu/{post}", show_manage,
             for_managers(web::about(N_("Change a post")).answers<ManagePage>()));
  router.post("/can-bo/{unit}/chuc-vu/{post}", do_manage,
              for_managers(web::about(N_("Change a post")).reads<ManagePost>()));
}

}  // namespace danchu::people
