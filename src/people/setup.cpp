#include "people/setup.h"

#include "people/accounts.h"
#include "people/password.h"
#include "people/units.h"

namespace danchu::people {
namespace {

const store::Statement named{"SELECT id FROM account WHERE user_name = $1"};
const store::Statement must_change{"UPDATE account SET must_change = 1 WHERE id = $1"};

const store::Statement anybody{
    "SELECT CAST((SELECT count(*) FROM account) + (SELECT count(*) FROM unit) AS BIGINT)"};

}  // namespace

bool nobody_yet(store::Reader& r) { return r.count(anybody) == 0; }

Result<SetUp> set_up(store::Database& db, const acts::Keys& keys, const std::string& user_name) {
  if (Problems wrong = check_user_name(user_name); !wrong.empty()) return wrong;
  SetUp made{random_password()};
  auto hash = hash_password(made.password);
  if (!hash) return hash.problems();
  return db.write_official([&](store::Writer& w) -> Result<SetUp> {
    load_units(w);
    if (w.first(named, user_name)) return problem(Fault::conflict, N_("This user name is taken"));
    const Date today = local_date(w.now());
    PostRow post;
    post.account = put_account(w, user_name, user_name, *hash);
    post.role = Role::province_officer;
    post.unit = province(w, today)->id;
    post.valid_from = today;
    w.run(must_change, post.account);
    post.id = w.new_id<PostRow>();
    put_posts(w, keys, {post}, {});
    return made;
  });
}

}  // namespace danchu::people
