#include "people/posts.h"

#include <algorithm>

#include "acts/official.h"
#include "people/accounts.h"
#include "people/pin.h"
#include "people/sign_in.h"
#include "people/units.h"

namespace danchu::people {
namespace {

[[maybe_unused]] const acts::OfficialTable official_posts{"post"};

#define POST_COLUMNS \
  "p.id, p.account, p.role, p.unit, p.valid_from, p.valid_to, p.substitute_for, p.away_from, p.away_to"

const store::Statement put_post_row{
    "INSERT INTO post(id, account, role, unit, valid_from, valid_to, substitute_for, away_from, away_to) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
const store::Statement change_post{
    "UPDATE post SET valid_to = $2, away_from = $3, away_to = $4 WHERE id = $1"};
const store::Statement post_by_id{"SELECT " POST_COLUMNS " FROM post p WHERE p.id = $1"};
const store::Statement holders_of{"SELECT " POST_COLUMNS
                                  " FROM post p WHERE p.unit = $1 AND p.role = $2 AND p.substitute_for IS "
                                  "NULL AND (p.valid_to IS NULL OR p.valid_to > $3) "
                                  "ORDER BY p.valid_from, p.id"};
const store::Statement substitutes_of{"SELECT " POST_COLUMNS
                                      " FROM post p WHERE p.substitute_for = $1 ORDER BY p.valid_from, p.id"};
#define OFFICER_COLUMNS \
  POST_COLUMNS ", a.user_name, a.display_name, u.kind, u.name, h.display_name, a.left_register"
#define OFFICER_JOINS                                                             \
  " FROM post p JOIN account a ON a.id = p.account JOIN unit u ON u.id = p.unit " \
  "LEFT JOIN post q ON q.id = p.substitute_for LEFT JOIN account h ON h.id = q.account "
const store::Statement officers_of{
    "SELECT " OFFICER_COLUMNS OFFICER_JOINS
    "WHERE (p.unit = $1 OR u.parent = $1) AND p.role <> 'household' AND (p.valid_to IS NULL OR p.valid_to > "
    "$2) "
    "ORDER BY CASE WHEN p.unit = $1 THEN 0 ELSE 1 END, u.sort_key, u.id, p.role, "
    "CASE WHEN p.substitute_for IS NULL THEN 0 ELSE 1 END, p.id"};
const store::Statement household_village{
    "SELECT village FROM account WHERE id = $1 AND household IS NOT NULL"};
const store::Statement posts_in_commune{
    "SELECT 1 FROM post p JOIN unit u ON u.id = p.unit WHERE p.account = $1 AND (p.unit = $2 OR u.parent = "
    "$2) "
    "LIMIT 1"};
const store::Statement posts_of_account{
    "SELECT " OFFICER_COLUMNS OFFICER_JOINS
    "WHERE p.account = $1 AND (p.valid_to IS NULL OR p.valid_to > $2) ORDER BY p.valid_from, p.id"};

boost::json::value date_value(const std::optional<Date>& date) {
  return date ? boost::json::value(to_iso(*date)) : boost::json::value(nullptr);
}

acts::Draft::Covered covered(const PostRow& p) {
  boost::json::value substitute_for = nullptr;
  if (p.substitute_for) substitute_for = p.substitute_for.number;
  return {"post",
          p.id.number,
          {{"account", p.account.number},
           {"role", std::string(code_of(p.role))},
           {"unit", p.unit.number},
           {"valid_from", to_iso(p.valid_from)},
           {"valid_to", date_value(p.valid_to)},
           {"substitute_for", substitute_for},
           {"away_from", date_value(p.away_from)},
           {"away_to", date_value(p.away_to)}}};
}

void insert(store::Writer& w, const PostRow& p) {
  w.run(put_post_row, p.id, p.account, p.role, p.unit, p.valid_from, p.valid_to, p.substitute_for,
        p.away_from, p.away_to);
}
void update(store::Writer& w, const PostRow& p) {
  w.run(change_post, p.id, p.valid_to, p.away_from, p.away_to);
}

bool overlap(const PostRow& a, const PostRow& b) {
  return (!a.valid_to || *a.valid_to > b.valid_from) && (!b.valid_to || *b.valid_to > a.valid_from);
}

std::optional<PostRow> post_row(store::Reader& r, Id<PostRow> id) {
  auto row = r.first(post_by_id, id);
  return row ? std::optional<PostRow>(row->as<PostRow>()) : std::nullopt;
}

std::optional<Id<Unit>> commune_around(store::Reader& r, Id<Unit> unit) {
  const Id<Unit> commune = commune_id(r, unit);
  return commune ? std::optional(commune) : std::nullopt;
}

// A village's posts are its own people's, or of officers who have or had a post in its commune; a household's
// account is of one village. A commune's posts may go to an officer from elsewhere, who moves there; its
// substitutes are its own people.
bool may_be_given(store::Reader& r, const PostRow& post) {
  const auto commune = commune_around(r, post.unit);
  const bool of_village = level_of(post.role) == "village";
  if (auto household = r.first(household_village, post.account)) {
    const auto home = household->id<Unit>(0);
    return of_village ? home == post.unit : commune && commune_around(r, home) == commune;
  }
  if (!commune || (!of_village && !post.substitute_for)) return true;
  return r.first(posts_in_commune, post.account, *commune).has_value();
}

Problems of_other_unit() {
  return problem_at("user_name",
                    N_("This account belongs to another village or commune. Choose a person of this unit."));
}

bool fits_unit(store::Reader& r, const PostRow& post) {
  std::optional<Unit> at = unit(r, post.unit);
  return at && unit_kind(at->kind).level == level_of(post.role);
}

// Says which level has the post.
Problems no_such_post(Role role) {
  if (!is_granted(role))
    return problem_at("role", N_("Nobody is granted this post: a household's account is made "
                                 "with the household"));
  const std::string_view level = level_of(role);
  return problem_at("unit", level == "village" ? N_("This is a post of a village: choose the village")
                            : level == "commune"
                                ? N_("This is a post of a commune or ward: choose the commune")
                                : N_("This is a post of the province: choose the province"));
}

std::vector<Officer> as_officers(const store::Rows& rows) {
  std::vector<Officer> officers;
  for (const store::Row& row : rows) {
    Unit at;
    at.kind = row.text(11);
    at.name = row.text(12);
    officers.push_back(
        {row.as<PostRow>(), row.text(9), row.text(10), full_name(at), row.text(13), row.optional_date(14)});
  }
  return officers;
}

}  // namespace

std::optional<Problems> grant_refusal(store::Reader& r, const Viewer& viewer, const PostRow& post) {
  if (may_grant(viewer, post.role, post.unit, commune_around(r, post.unit), post.account))
    return std::nullopt;
  return problem(Fault::denied,
                 N_("You may not grant or end this post. The province does it for communes, the commune "
                    "for its villages, and nobody for himself."));
}

Problems check_grant(store::Reader& r, const Viewer& viewer, const PostRow& post) {
  if (!is_granted(post.role) || !fits_unit(r, post)) return no_such_post(post.role);
  if (auto refused = grant_refusal(r, viewer, post)) return *refused;
  return check_post(r, post);
}

Problems check_person(store::Reader& r, const PostRow& post) {
  return may_be_given(r, post) ? Problems{} : of_other_unit();
}

Problems check_post(store::Reader& r, const PostRow& post) {
  if (!is_granted(post.role) || !fits_unit(r, post)) return no_such_post(post.role);
  if (post.valid_to && *post.valid_to <= post.valid_from)
    return problem_at("valid_to", N_("The end must be after the beginning"));
  if (post.substitute_for) {
    std::optional<PostRow> held = post_row(r, post.substitute_for);
    if (!held || held->substitute_for || held->role != post.role || held->unit != post.unit ||
        held->account == post.account)
      return problem_at("substitute_for", N_("Choose the post of another person in the same unit"));
    return {};
  }
  if (!held_by_one(post.role)) return {};
  for (const store::Row& row : r.query(holders_of, post.unit, post.role, post.valid_from))
    if (overlap(row.as<PostRow>(), post))
      return problem(Fault::conflict, N_("Somebody holds this post in that time. Hand it over instead."));
  return {};
}

bool within_term(const PostRow& post, Date today) {
  return post.valid_from <= today && (!post.valid_to || *post.valid_to > today);
}

bool acts_today(const PostRow& post, const std::optional<PostRow>& holder, bool holder_has_both_posts,
                Date today) {
  if (!within_term(post, today)) return false;
  if (!post.substitute_for) return true;
  if (!holder || !within_term(*holder, today)) return false;
  bool away =
      holder->away_from && *holder->away_from <= today && (!holder->away_to || *holder->away_to > today);
  return away || holder_has_both_posts;
}

std::optional<Id<Account>> holder(store::Reader& r, Role role, Id<Unit> unit, Date today) {
  for (const store::Row& row : r.query(holders_of, unit, role, today))
    if (PostRow post = row.as<PostRow>(); within_term(post, today)) return post.account;
  return std::nullopt;
}

// Whoever does the steps of a post that one holds. `both`: its holder may not do them himself.
static std::optional<Id<Account>> acting(store::Reader& r, Role role, Id<Unit> unit, bool both, Date today) {
  for (const store::Row& row : r.query(holders_of, unit, role, today)) {
    const PostRow held = row.as<PostRow>();
    if (!within_term(held, today)) continue;
    for (const store::Row& other : r.query(substitutes_of, held.id))
      if (PostRow substitute = other.as<PostRow>(); acts_today(substitute, held, both, today))
        return substitute.account;
    return both ? std::nullopt : std::optional(held.account);
  }
  return std::nullopt;
}

std::optional<Id<Account>> acting_head(store::Reader& r, Id<Unit> village, Date today) {
  return acting(r, Role::village_head, village, false, today);
}

std::optional<Id<Account>> acting_front(store::Reader& r, Id<Unit> village, Date today) {
  return acting(r, Role::village_front, village, one_person_holds_both(r, village, today), today);
}

bool one_person_holds_both(store::Reader& r, Id<Unit> village, Date today) {
  auto head = holder(r, Role::village_head, village, today);
  return head && head == holder(r, Role::village_front, village, today);
}

Id<Account> account_of_post(store::Reader& r, Id<PostRow> id) {
  auto post = post_row(r, id);
  return post ? post->account : Id<Account>{};
}

std::string_view level_of(Role role) {
  switch (role) {
    case Role::province_officer:
      return "province";
    case Role::commune_officer:
    case Role::commune_chair:
    case Role::commune_front:
      return "commune";
    case Role::village_head:
    case Role::village_front:
    case Role::helper:
    case Role::household:
      return "village";
  }
  return "";
}

bool is_granted(Role role) { return role != Role::household; }

bool held_by_one(Role role) {
  return role == Role::village_head || role == Role::village_front || role == Role::commune_chair;
}

bool may_grant(const Viewer& viewer, Role role, Id<Unit>, std::optional<Id<Unit>> commune,
               Id<Account> target) {
  if (!viewer.account || viewer.account == target) return false;
  if (level_of(role) != "village") return viewer.holds_any(Role::province_officer);
  return commune && viewer.holds(Role::commune_officer, *commune);
}

Result<Id<PostRow>> grant(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                          const GrantPost& form) {
  auto account = account_called(w, form.user_name.value);
  if (!account) return problem_at("user_name", N_("There is no account with this user name"));
  PostRow post{w.new_id<PostRow>(),
               *account,
               form.role,
               form.unit,
               form.valid_from,
               form.valid_to,
               form.substitute_for.value_or(Id<PostRow>{}),
               {},
               {}};
  Problems wrong = check_grant(w, viewer, post);
  if (!wrong.empty()) return wrong;
  if (!may_be_given(w, post)) return of_other_unit();
  insert(w, post);
  record_posts(w, keys, "post.granted", viewer.account, {post});
  return post.id;
}

Result<Done> end_post(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<PostRow> id,
                      Date on) {
  std::optional<PostRow> post = post_row(w, id);
  if (!post) return problem(Fault::missing, N_("There is no such post"));
  if (auto refused = grant_refusal(w, viewer, *post)) return *refused;
  if (post->valid_to && *post->valid_to <= on)
    return problem(Fault::conflict, N_("This post has already ended"));
  post->valid_to = std::max(on, post->valid_from);
  update(w, *post);
  forget_devices(w, post->account);
  record_posts(w, keys, "post.ended", viewer.account, {*post});
  return Done{};
}

Result<Id<PostRow>> hand_over(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<PostRow> id,
                              const std::string& user_name, Date on) {
  std::optional<PostRow> old = post_row(w, id);
  auto account = account_called(w, user_name);
  if (!old) return problem(Fault::missing, N_("There is no such post"));
  if (!account) return problem_at("user_name", N_("There is no account with this user name"));
  if (auto refused = grant_refusal(w, viewer, *old)) return *refused;
  if (old->valid_to && *old->valid_to <= on)
    return problem(Fault::conflict, N_("This post has already ended"));
  PostRow next{w.new_id<PostRow>(), *account, old->role, old->unit, on, {}, {}, {}, {}};
  if (next.account == old->account || on < old->valid_from)
    return problem_at("user_name", N_("Choose another person, and a day within the present holder's term"));
  old->valid_to = on;
  update(w, *old);
  Problems wrong = check_grant(w, viewer, next);
  if (!wrong.empty()) return wrong;
  if (!may_be_given(w, next)) return of_other_unit();
  insert(w, next);
  forget_devices(w, old->account);
  record_posts(w, keys, "post.handed-over", viewer.account, {*old, next});
  return next.id;
}

Result<Done> set_away(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<PostRow> id,
                      Date from, Date to) {
  std::optional<PostRow> post = post_row(w, id);
  if (!post || post->substitute_for) return problem(Fault::missing, N_("There is no such post"));
  bool own = viewer.account && post->account == viewer.account;
  if (!own)
    if (auto refused = grant_refusal(w, viewer, *post)) return *refused;
  if (to <= from) return problem_at("away_to", N_("The end must be after the beginning"));
  post->away_from = from;
  post->away_to = to;
  update(w, *post);
  record_posts(w, keys, "post.away", viewer.account, {*post});
  return Done{};
}

std::vector<Officer> officers(store::Reader& r, Id<Unit> unit, Date today) {
  return as_officers(r.query(officers_of, unit, today));
}
std::vector<Officer> posts_of(store::Reader& r, Id<Account> account, Date today) {
  return as_officers(r.query(posts_of_account, account, today));
}

acts::Draft::Covered put_post(store::Writer& w, const PostRow& post) {
  insert(w, post);
  end_sessions(w, post.account);
  w.touch(topic_of(post.unit));
  return covered(post);
}

void record_posts(store::Writer& w, const acts::Keys& keys, std::string kind, Id<Account> actor,
                  const std::vector<PostRow>& posts) {
  acts::Draft draft;
  draft.kind = std::move(kind);
  draft.unit = posts.front().unit.number;
  draft.actor = actor.number;
  draft.happened = w.now();
  draft.subject = "post/" + posts.front().id.text();
  for (const PostRow& post : posts) draft.covers.push_back(covered(post));
  acts::append(w, keys, draft);
  for (const PostRow& post : posts) {
    end_sessions(w, post.account);
    w.touch(topic_of(post.unit));
  }
}

void put_posts(store::Writer& w, const acts::Keys& keys, const std::vector<PostRow>& posts,
               Id<Account> actor) {
  for (const PostRow& post : posts) insert(w, post);
  if (!posts.empty()) record_posts(w, keys, "post.granted", actor, posts);
}

}  // namespace danchu::people
