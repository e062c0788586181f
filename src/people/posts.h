// The posts that accounts hold: who holds which, who may grant it. Granting and ending a post are official
// acts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "people/people.h"

namespace danchu::people {

struct PostRow {
  Id<PostRow> id;
  Id<Account> account;
  Role role = Role::household;
  Id<Unit> unit;
  Date valid_from;
  std::optional<Date> valid_to;  // the first day it is no longer
  Id<PostRow> substitute_for;
  std::optional<Date> away_from, away_to;
};
DANCHU_RECORD(PostRow, id, account, role, unit, valid_from, valid_to, substitute_for, away_from, away_to)

// Within its own term. A substitute acts only while the holder's own term lasts and the holder is away; the
// Front head's also where the holder may not act himself, because he is the village's head as well (practice
// P20). When the holder's term is over nobody stands in for him: the commune names an interim head.
bool within_term(const PostRow& post, Date today);
bool acts_today(const PostRow& post, const std::optional<PostRow>& holder, bool holder_has_both_posts,
                Date today);

// Does one person hold the posts of head and of head of the Front committee of this village today?
bool one_person_holds_both(store::Reader& r, Id<Unit> village, Date today);
// Who holds the role in the unit today, substitutes left out.
std::optional<Id<Account>> holder(store::Reader& r, Role role, Id<Unit> unit, Date today);
// Who does the village head's steps today: he, or his substitute while he is away.
std::optional<Id<Account>> acting_head(store::Reader& r, Id<Unit> village, Date today);
// The same of the head of its Front committee. Where one person holds both posts only a substitute may (P20):
// nobody when there is none.
std::optional<Id<Account>> acting_front(store::Reader& r, Id<Unit> village, Date today);
Id<Account> account_of_post(store::Reader& r, Id<PostRow> post);  // 0: no such post

// Who may grant and end a post: the province officer those of the province and the communes, a commune
// officer those of his commune's villages; nobody his own. `commune` is the one the unit lies in (none for
// the province).
bool may_grant(const Viewer& viewer, Role role, Id<Unit> unit, std::optional<Id<Unit>> commune,
               Id<Account> target);
// Why this viewer may not grant or end this post, if so.
std::optional<Problems> grant_refusal(store::Reader& r, const Viewer& viewer, const PostRow& post);
// The level of unit a role belongs to: "province", "commune", "village".
std::string_view level_of(Role role);
// Not the representative of a household: he is one by his account, and no page ends what he would be granted.
bool is_granted(Role role);
bool held_by_one(Role role);  // head, Front head, chair: one holder at a time

struct GrantPost {
  Line<40> user_name;
  Role role = Role::village_head;
  Id<Unit> unit;
  Date valid_from;
  std::optional<Date> valid_to;
  std::optional<Id<PostRow>> substitute_for;
  static constexpr About about[] = {
      {"user_name", N_("User name"), ""},
      {"role", N_("Post"), ""},
      {"unit", N_("Unit"), ""},
      {"valid_from", N_("From"), ""},
      {"valid_to", N_("Until before"), N_("Leave empty when no end is fixed yet")},
      {"substitute_for", N_("Stands in for"), ""}};
};
DANCHU_RECORD(GrantPost, user_name, role, unit, valid_from, valid_to, substitute_for)

// Each within a write_official(). A post goes to a person of its unit (invalid, at "user_name"): a village's
// to one of its households' accounts or to an officer with a post, now or before, in its commune; a commune's
// substitute is of that commune. The sessions of whom it concerns end: he signs in again with what he may do
// now.
Result<Id<PostRow>> grant(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                          const GrantPost& form);
Result<Done> end_post(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<PostRow> post,
                      Date on);
// One act: the old holder loses the post on the day, the new one has it from that day (practice P118).
Result<Id<PostRow>> hand_over(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                              Id<PostRow> post, const std::string& user_name, Date on);
// The holder himself, or who may grant the post, says when he is away; his substitute acts in that time.
Result<Done> set_away(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<PostRow> post,
                      Date from, Date to);

struct Officer {
  PostRow post;
  std::string user_name, display_name, unit_name;
  std::string stands_in_for;          // a substitute: the holder's name
  std::optional<Date> left_register;  // his household left the village's register on this day
};
// Posts of a unit, and of the villages in it, that are not over today; holders before substitutes.
std::vector<Officer> officers(store::Reader& r, Id<Unit> unit, Date today);
std::vector<Officer> posts_of(store::Reader& r, Id<Account> account, Date today);

// What imports, the demo and new accounts use.
// Can there be such a post, whoever grants it?
Problems check_post(store::Reader& r, const PostRow& post);
// May this viewer grant it, and can it be?
Problems check_grant(store::Reader& r, const Viewer& viewer, const PostRow& post);
// May this person, who has an account already, be given this post? His village or commune says.
Problems check_person(store::Reader& r, const PostRow& post);
// Writes a post that was checked; the act that covers it is the caller's.
acts::Draft::Covered put_post(store::Writer& w, const PostRow& post);
// One act for all of them.
void put_posts(store::Writer& w, const acts::Keys& keys, const std::vector<PostRow>& posts,
               Id<Account> actor);
// One act over posts that stand as they are written; the sessions of who holds them end.
void record_posts(store::Writer& w, const acts::Keys& keys, std::string kind, Id<Account> actor,
                  const std::vector<PostRow>& posts);

}  // namespace danchu::people
