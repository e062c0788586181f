// A whole province of invented villages, for benchmarks and for `danchu demo --full`.
#include <algorithm>
#include <stdexcept>

#include "people/accounts.h"
#include "people/demo.h"
#include "people/demo_names.h"
#include "people/household_register.h"
#include "people/password.h"
#include "people/units.h"
#include "store/setting.h"

namespace danchu::people {
namespace {

struct Share {
  Unit commune;
  int villages = 0;
};

// Villages in proportion to people, at least one for each commune, together exactly as many as asked for.
std::vector<Share> shares_of(const std::vector<Unit>& communes, int villages) {
  std::int64_t people = 0, so_far = 0;
  for (const Unit& commune : communes) people += commune.population.value_or(1);
  std::vector<Share> shares;
  int given = 0;
  for (const Unit& commune : communes) {
    so_far += commune.population.value_or(1);
    int until = static_cast<int>(so_far * villages / people);
    shares.push_back({commune, std::max(0, until - given)});
    given = std::max(given, until);
  }
  return shares;
}

std::string village_name(std::string_view kind, int number) {
  return kind == "ban" ? "Minh Họa " + std::to_string(number) : std::to_string(number + 100);
}

void make_village(store::Writer& w, const Share& share, int number, int serial, int households, Date since,
                  const std::string& hash, std::vector<PostRow>& posts) {
  std::string kind = share.commune.kind == "phuong" ? "to-dan-pho" : number % 7 == 0 ? "tieu-khu" : "ban";
  auto village = add_village(w, {kind, {village_name(kind, number)}, share.commune.id, since, {}});
  if (!village) throw std::runtime_error("the province was generated before");
  for (int i = 1; i <= households; ++i)
    put_household(w,
                  {{},
                   *village,
                   i,
                   {std::to_string(i)},
                   {invented_name(serial * 1'000L + i)},
                   {invented_spouse(serial * 1'000L + i)},
                   i % 37 == 0,
                   {}},
                  since, code_of(Change::imported));
  for (Role role : {Role::village_head, Role::village_front}) {
    std::string user =
        std::string(role == Role::village_head ? "truong" : "mt") + ".v" + std::to_string(serial);
    Id<Account> account = put_account(w, user, invented_name(serial * 1'000L - static_cast<int>(role)), hash);
    posts.push_back({w.new_id<PostRow>(), account, role, *village, since, {}, {}, {}, {}});
  }
}

}  // namespace

void generate_province(store::Database& db, const acts::Keys& keys, int villages, int households) {
  Date since = make_date(db.clock().today().year(), 1, 1);
  std::string hash = hash_password(demo_password).value();
  auto communes = db.read([&](store::Reader& r) { return all_units(r, "commune", db.clock().today()); });
  int serial = 0;
  std::int64_t made = 0;
  for (const Share& share : shares_of(communes, villages)) {
    int first = serial;
    std::int64_t before = made;
    auto done = db.write_official([&](store::Writer& w) -> Result<Done> {
      store::set(w, "demo-begun", "1");  // its villages are nobody's act
      serial = first;                    // the write may run again
      made = before;
      std::vector<PostRow> posts;
      for (int i = 1; i <= share.villages; ++i) {
        ++serial;
        auto until = std::int64_t{households} * serial / villages;
        make_village(w, share, i, serial, static_cast<int>(until - made), since, hash, posts);
        made = until;
      }
      put_posts(w, keys, posts, {});
      return Done{};
    });
    if (!done) throw std::runtime_error(std::string(done.problems()[0].message));
  }
}

}  // namespace danchu::people
