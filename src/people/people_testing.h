// A small province for this room's tests: two communes, one village, cheap passwords, a key.
#pragma once
#include <gtest/gtest.h>

#include "people/accounts.h"
#include "people/household_register.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/units.h"
#include "store/setting.h"
#include "store/testing.h"

namespace danchu::people {

inline Date day(const char* iso) { return parse_date(iso).value(); }

class PeopleTest : public store::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    set_password_cost({.operations = 1, .memory_bytes = 8192});
    keys_ = acts::Keys::open(keys_directory_.path() + "/keys");
    store().clock.set(at_local(day("2026-12-01"), 8, 0));
    put([&](store::Writer& w) {
      store::set(w, "demo-begun", "1");  // its villages are nobody's act
      Unit province{.code = "14", .kind = "tinh", .name = "Sơn La", .valid_from = day("1900-01-01")};
      province.id = put_unit(w, province);
      Unit muong_bu{.code = "03847",
                    .kind = "xa",
                    .name = "Mường Bú",
                    .parent = province.id,
                    .valid_from = day("2025-07-01")};
      commune = put_unit(w, muong_bu);
      Unit van_ho{.code = "04048",
                  .kind = "xa",
                  .name = "Vân Hồ",
                  .parent = province.id,
                  .valid_from = day("2025-07-01")};
      put_unit(w, van_ho);
      village =
          add_village(w,
                      {.kind = "ban", .name = {"Nà Cá"}, .commune = commune, .valid_from = day("2026-01-01")})
              .value();
    });
  }

  // One write that must be accepted.
  template <class F>
  void put(F&& fn) {
    auto done = db().write_official([&](store::Writer& w) -> Result<Done> {
      fn(w);
      return Done{};
    });
    ASSERT_TRUE(done.ok());
  }
  template <class F>
  auto get(F&& fn) {
    return db().read(std::forward<F>(fn));
  }

  const acts::Keys& keys() const { return *keys_; }
  Date today() { return db().clock().today(); }

  // An account with one post and the password "correct horse 1".
  Id<Account> person(const std::string& user, Role role, Id<Unit> at, Id<PostRow> stands_in_for = {}) {
    static const std::string hash = hash_password("correct horse 1").value();
    Id<Account> account;
    put([&](store::Writer& w) {
      account = put_account(w, user, "Người " + user, hash);
      put_posts(w, keys(),
                {{w.new_id<PostRow>(), account, role, at, day("2026-01-01"), {}, stands_in_for, {}, {}}},
                account);
    });
    return account;
  }
  Viewer viewer(Id<Account> account) {
    return get([&](store::Reader& r) { return viewer_for(r, account, today()); });
  }
  Id<PostRow> post_of(Id<Account> account) {
    return get([&](store::Reader& r) { return posts_of(r, account, today()).at(0).post.id; });
  }

  Id<Unit> commune, village;

 private:
  store::TemporaryDirectory keys_directory_;
  std::unique_ptr<acts::Keys> keys_;
};

}  // namespace danchu::people
