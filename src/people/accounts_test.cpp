#include "people/accounts.h"

#include <gmock/gmock.h>

#include "people/people_testing.h"

namespace danchu::people {
namespace {

PostRow term(const char* from, const char* to, bool substitute = false) {
  PostRow post;
  post.valid_from = day(from);
  if (*to) post.valid_to = day(to);
  if (substitute) post.substitute_for = {1};
  return post;
}

TEST(Posts, ActWithinTheirTerm) {
  struct Case {
    const char *from, *to, *today;
    bool acts;
  };
  for (Case c : {Case{"2026-01-01", "", "2026-12-01", true},
                 {"2026-12-01", "", "2026-12-01", true},
                 {"2026-12-02", "", "2026-12-01", false},
                 {"2026-01-01", "2026-12-01", "2026-12-01", false},
                 {"2026-01-01", "2026-12-02", "2026-12-01", true}})
    EXPECT_EQ(acts_today(term(c.from, c.to), {}, false, day(c.today)), c.acts) << c.from << " " << c.to;
}

TEST(Posts, ASubstituteActsWhileTheHolderIsAwayOrMayNot) {
  Date today = day("2026-12-10");
  PostRow substitute = term("2026-01-01", "", true);
  PostRow present = term("2026-01-01", "");
  PostRow away = present, back = present, over = term("2026-01-01", "2026-12-01");
  away.away_from = over.away_from = day("2026-12-01");
  away.away_to = day("2026-12-20");
  back.away_from = day("2026-12-01");
  back.away_to = day("2026-12-10");
  PostRow ended = term("2026-01-01", "2026-12-01", true);
  struct Case {
    const char* what;
    PostRow post;
    std::optional<PostRow> holder;
    bool both_posts, acts;
  };
  for (const Case& c : {Case{"holder present", substitute, present, false, false},
                        {"holder away", substitute, away, false, true},
                        {"holder is back", substitute, back, false, false},
                        {"holder has both posts", substitute, present, true, true},
                        {"holder's term is over", substitute, over, true, false},
                        {"no holder", substitute, std::nullopt, true, false},
                        {"own term is over", ended, away, true, false}})
    EXPECT_EQ(acts_today(c.post, c.holder, c.both_posts, today), c.acts) << c.what;
}

TEST(Posts, AreGrantedByTheLevelAbove) {
  Id<Unit> province{1}, commune{2}, village{3};
  Id<Account> me{7}, other{8};
  auto with = [&](Role role, Id<Unit> unit) {
    Viewer v;
    v.account = me;
    v.posts = {{role, unit}};
    return v;
  };
  Viewer state = with(Role::province_officer, province), officer = with(Role::commune_officer, commune);
  EXPECT_TRUE(may_grant(state, Role::commune_chair, commune, commune, other));
  EXPECT_TRUE(may_grant(state, Role::province_officer, province, {}, other));
  EXPECT_FALSE(may_grant(state, Role::commune_officer, commune, commune, me)) << "nobody grants himself";
  EXPECT_FALSE(may_grant(state, Role::village_head, village, commune, other));
  EXPECT_TRUE(may_grant(officer, Role::village_head, village, commune, other));
  EXPECT_FALSE(may_grant(officer, Role::village_head, village, Id<Unit>{9}, other))
      << "another commune's village";
  EXPECT_FALSE(may_grant(officer, Role::commune_chair, commune, commune, other));
  EXPECT_FALSE(may_grant(with(Role::village_head, village), Role::helper, village, commune, other));
  EXPECT_FALSE(may_grant(Viewer{}, Role::helper, village, commune, other));
}

class Accounts : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    officer = viewer(person("officer", Role::commune_officer, commune));
  }
  Result<AccountMade> add(const std::string& user, Role role, Id<Unit> unit, std::optional<Viewer> by = {}) {
    return add_account(db(), keys(), by.value_or(officer), {{user}, {"Lò Văn Mới"}, role, unit, today(), {}});
  }
  Viewer officer;
};
DANCHU_ON_EACH_ENGINE(Accounts);

TEST_P(Accounts, BeginWithAPasswordThatMustBeChanged) {
  auto made = add("moi", Role::village_head, village);
  ASSERT_TRUE(made);
  auto in = sign_in(db(), {{"moi"}, {made->initial_password}, {}}, {});
  ASSERT_TRUE(in);
  EXPECT_EQ(viewer_of(db(), in->token, db().clock().now())->due, Due::change_password);
  EXPECT_TRUE(viewer_of(db(), in->token, db().clock().now())->posts.empty());
  auto changed = change_password(db(), made->account,
                                 {{made->initial_password}, {"mật khẩu tốt"}, {"mật khẩu tốt"}}, {});
  ASSERT_TRUE(changed);
  EXPECT_TRUE(viewer_of(db(), changed->token, db().clock().now())->holds(Role::village_head, village));
  EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty());
}

TEST_P(Accounts, AreRefusedWhereTheyCannotBe) {
  ASSERT_TRUE(add("moi", Role::village_head, village));
  EXPECT_EQ(add("moi", Role::helper, village).problems()[0].path, "user_name");
  EXPECT_EQ(add("hodan", Role::household, village).problems()[0].path, "role") << "no page could end it";
  EXPECT_EQ(add("Mới", Role::helper, village).problems()[0].path, "user_name");
  EXPECT_EQ(add("khac", Role::village_head, village).problems()[0].fault, Fault::conflict)
      << "one head at a time";
  EXPECT_EQ(add("khac", Role::village_head, commune).problems()[0].path, "unit");
  EXPECT_EQ(add("khac", Role::commune_chair, commune).problems()[0].fault, Fault::denied);
  EXPECT_EQ(add("khac", Role::helper, village, Viewer{}).problems()[0].fault, Fault::denied);
  EXPECT_TRUE(add("khac", Role::helper, village));
  EXPECT_TRUE(add("khac.2", Role::helper, village)) << "several helpers may be";
}

TEST_P(Accounts, APostIsHandedOverInOneAct) {
  Id<Account> old = person("old", Role::village_head, village);
  Id<Account> next = person("next", Role::helper, village);
  auto handed = db().write_official(
      [&](store::Writer& w) { return hand_over(w, keys(), officer, post_of(old), "next", today() + 10); });
  ASSERT_TRUE(handed);
  EXPECT_TRUE(viewer(old).holds(Role::village_head, village));
  EXPECT_FALSE(viewer(next).holds(Role::village_head, village));
  store().clock.set(db().clock().now() + std::chrono::hours(24 * 10));
  EXPECT_FALSE(viewer(old).holds(Role::village_head, village));
  EXPECT_TRUE(viewer(next).holds(Role::village_head, village));
  EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty());
}

TEST_P(Accounts, ASubstituteStepsInWhileTheHeadIsAway) {
  Id<Account> head = person("head", Role::village_head, village);
  Id<Account> deputy = person("deputy", Role::village_head, village, post_of(head));
  EXPECT_FALSE(viewer(deputy).holds(Role::village_head, village));
  put([&](store::Writer& w) {
    ASSERT_TRUE(set_away(w, keys(), viewer(head), post_of(head), today(), today() + 3));
    ASSERT_FALSE(set_away(w, keys(), viewer(deputy), post_of(head), today(), today() + 30));
  });
  EXPECT_TRUE(viewer(deputy).holds(Role::village_head, village));
  EXPECT_EQ(get([&](store::Reader& r) { return acting_head(r, village, today()); }), deputy);
  store().clock.set(db().clock().now() + std::chrono::hours(24 * 3));
  EXPECT_FALSE(viewer(deputy).holds(Role::village_head, village));
  EXPECT_EQ(get([&](store::Reader& r) { return acting_head(r, village, today()); }), head);
}

TEST_P(Accounts, AHeadsSubstituteWaitsThoughTheHeadLeadsTheFrontToo) {
  Id<Account> head = person("head", Role::village_head, village);
  Id<PostRow> front;
  put([&](store::Writer& w) {
    front = w.new_id<PostRow>();
    put_posts(w, keys(), {{front, head, Role::village_front, village, day("2026-01-01"), {}, {}, {}, {}}},
              head);
  });
  Id<Account> deputy = person("deputy", Role::village_head, village, post_of(head));
  auto acts_for_the_front = [&] {
    return get([&](store::Reader& r) { return acting_front(r, village, today()); });
  };
  EXPECT_FALSE(acts_for_the_front()) << "not the head himself";
  Id<Account> of_front = person("front", Role::village_front, village, front);
  EXPECT_FALSE(viewer(deputy).holds(Role::village_head, village)) << "the head is here";
  EXPECT_TRUE(viewer(of_front).holds(Role::village_front, village)) << "practice P20";
  EXPECT_EQ(acts_for_the_front(), of_front);
}

TEST_P(Accounts, PostsGoToPeopleOfTheirUnit) {
  Id<Account> head = person("head", Role::village_head, village);
  Id<Unit> other_village, elsewhere;
  put([&](store::Writer& w) {
    other_village =
        add_village(w,
                    {.kind = "ban", .name = {"Nà Pàn"}, .commune = commune, .valid_from = day("2026-01-01")})
            .value();
    elsewhere = unit_by_code(w, "04048", today())->id;
    auto household = [&](Id<Unit> at) {
      Household h;
      h.village = at;
      h.number = 1;
      h.head = {"Lò Văn Hộ"};
      return put_household(w, h, day("2026-01-01"), "test");
    };
    put_account(w, "ho.naca", "Hộ Nà Cá", "x", household(village), village);
    put_account(w, "ho.napan", "Hộ Nà Pàn", "x", household(other_village), other_village);
  });
  person("vanho", Role::commune_officer, elsewhere);
  person("helper", Role::helper, other_village);
  auto hand_to = [&](const std::string& user) {
    return db().write_official(
        [&](store::Writer& w) { return hand_over(w, keys(), officer, post_of(head), user, today() + 10); });
  };
  auto substitute = [&](const std::string& user) {
    GrantPost form{{user}, Role::village_head, village, today(), {}, post_of(head)};
    return db().write_official([&](store::Writer& w) { return grant(w, keys(), officer, form); });
  };
  for (const char* stranger : {"ho.napan", "vanho"}) {
    auto handed = hand_to(stranger);
    ASSERT_FALSE(handed) << stranger;
    EXPECT_EQ(handed.problems()[0].path, "user_name");
    EXPECT_FALSE(substitute(stranger)) << stranger;
  }
  EXPECT_TRUE(viewer(head).holds(Role::village_head, village)) << "nothing was changed";
  EXPECT_TRUE(substitute("ho.naca"));
  EXPECT_TRUE(substitute("helper")) << "an officer of the same commune";
  EXPECT_TRUE(hand_to("ho.naca"));
}

TEST_P(Accounts, AnotherUnitsPostsAreOutOfReach) {
  Id<Unit> elsewhere = get([&](store::Reader& r) { return unit_by_code(r, "04048", today())->id; });
  Viewer stranger = viewer(person("stranger", Role::commune_officer, elsewhere));
  Id<Account> head = person("head", Role::village_head, village);
  put([&](store::Writer& w) {
    EXPECT_EQ(end_post(w, keys(), stranger, post_of(head), today()).problems()[0].fault, Fault::denied);
    EXPECT_EQ(end_post(w, keys(), officer, {12345}, today()).problems()[0].fault, Fault::missing);
  });
  EXPECT_EQ(reset_account(db(), keys(), stranger, head).problems()[0].fault, Fault::denied);
  EXPECT_FALSE(get([&](store::Reader& r) { return last_reset(r, head, today()); }));
  EXPECT_TRUE(reset_account(db(), keys(), officer, head));
  auto told = get([&](store::Reader& r) { return last_reset(r, head, today()); });
  ASSERT_TRUE(told) << "its owner reads who gave him a new password";
  EXPECT_EQ(told->by, "Người officer");
  EXPECT_EQ(told->at, db().clock().now());
  EXPECT_FALSE(sign_in(db(), {{"head"}, {"correct horse 1"}, {}}, {}));
}

TEST_P(Accounts, OfACommuneAreListedWithItsVillages) {
  person("head", Role::village_head, village);
  auto listed = get([&](store::Reader& r) { return officers(r, commune, today()); });
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(listed[0].user_name, "officer");
  EXPECT_EQ(listed[0].unit_name, "xã Mường Bú");
  EXPECT_EQ(listed[1].unit_name, "bản Nà Cá");
}

}  // namespace
}  // namespace danchu::people
