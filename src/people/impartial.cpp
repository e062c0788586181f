#include "people/impartial.h"

#include "law/law.h"
#include "people/accounts.h"
#include "people/units.h"

namespace danchu::people {
namespace {

// Posts of the two who check each other in a village, substitutes too; also such as ended since `$2`.
const store::Statement checking_posts{
    "SELECT id, account FROM post WHERE unit = $1 AND role IN ('village_head', 'village_front') "
    "AND (valid_to IS NULL OR valid_to > $2)"};
const store::Statement officers_of_commune{
    "SELECT DISTINCT account FROM post WHERE unit = $1 AND role = 'commune_officer' AND valid_from <= $2 "
    "AND (valid_to IS NULL OR valid_to > $2) AND substitute_for IS NULL"};

constexpr std::string_view rule = "HHL-02";

// How long it holds, 0 days: not at all.
int days_apart(Date today) {
  const law::Version* version = law::Law::embedded().in_force(rule, today);
  return version && version->term ? version->term->amount : 0;
}

// What gives somebody an account to sign in with: a new password, or a post.
bool hands_out(const acts::Recorded& act) {
  return act.kind == "account.reset" || act.kind == "post.granted" || act.kind == "post.handed-over" ||
         act.kind == "post.imported";
}

struct Handed {
  Id<Account> to;
  Date on;
};
// The latest that this account handed out to head or Front head of the village after `since`.
std::optional<Handed> handed(store::Reader& r, Id<Account> by, Id<Unit> village, Date since) {
  std::optional<Handed> latest;
  for (const store::Row& post : r.query(checking_posts, village, since))
    for (const acts::Recorded& act : acts::covering(r, "post", post.integer(0))) {
      const Date on = local_date(act.entered);
      const auto holder = post.id<Account>(1);
      if (hands_out(act) && act.actor == by.number && holder != by && on > since &&
          (!latest || on > latest->on))
        latest = Handed{holder, on};
    }
  return latest;
}

bool impartial(store::Reader& r, Id<Account> account, Id<Unit> village, Date today) {
  const int days = days_apart(today);
  return days == 0 || !handed(r, account, village, today - days);
}

}  // namespace

std::optional<Problems> partiality(store::Reader& r, const Viewer& viewer, Id<Unit> village, Date today) {
  const int days = days_apart(today);
  auto found = days == 0 ? std::nullopt : handed(r, viewer.account, village, today - days);
  if (!found) return std::nullopt;
  return Problems{
      Problem{Fault::denied,
              "",
              N_("On {day} you gave {name} a new password or the post in this village. Until the "
                 "end of {until} another officer of the commune does this step, or its chair where "
                 "there is no other: nobody checks what could be signed in his hand."),
              {{"day", to_page(found->on)},
               {"name", display_name(r, found->to)},
               {"until", to_page(found->on + days - 1)}},
              {std::string(rule)}}};
}

bool checks_for_commune(store::Reader& r, const Viewer& viewer, Id<Unit> village, Date today) {
  auto commune = commune_of(r, village);
  if (!commune) return false;
  if (viewer.holds(Role::commune_officer, commune->id)) return true;
  if (!viewer.holds(Role::commune_chair, commune->id)) return false;
  for (const store::Row& row : r.query(officers_of_commune, commune->id, today))
    if (impartial(r, row.id<Account>(0), village, today)) return false;
  return true;
}

}  // namespace danchu::people
