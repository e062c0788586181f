#include "people/pin.h"

#include <gmock/gmock.h>

#include "people/people_testing.h"

namespace danchu::people {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr const char* good = "739415";
constexpr const char* wrong = "402817";

class PinTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    head = person("head", Role::village_head, village);
    officer = person("mai.tran", Role::commune_officer, commune);
  }
  Device phone{"203.0.113.9", "Mozilla (Android) Chrome/120", ""};

  void later(std::chrono::microseconds time) { store().clock.set(store().clock.now() + time); }
  Result<std::optional<DeviceToken>> choose(Id<Account> account, const std::string& pin, bool remember,
                                            const std::string& known = "") {
    return set_pin(db(), account, {{"correct horse 1"}, {pin}, {pin}, remember}, phone, known);
  }
  // A new PIN and this browser remembered: its token.
  std::string remembered(Id<Account> account) {
    auto done = choose(account, good, true);
    EXPECT_TRUE(done.ok());
    return done.ok() && *done ? (*done)->token : "";
  }
  Result<PinSignedIn> enter(const std::string& token, const std::string& pin = good) {
    return sign_in_with_pin(db(), token, {{pin}, {}}, phone);
  }
  template <class T>
  static Fault fault(const Result<T>& answer) {
    return answer.ok() ? (ADD_FAILURE() << "it was done", Fault::unavailable) : answer.problems()[0].fault;
  }
  std::string name(const std::string& token) {
    return get([&](store::Reader& r) { return remembered_name(r, token, db().clock().now()); });
  }
  std::size_t devices(Id<Account> account) {
    return get([&](store::Reader& r) { return devices_of(r, account, "", db().clock().now()).size(); });
  }
  std::vector<std::string> log(Id<Account> account) {
    static const store::Statement lines{"SELECT outcome FROM sign_in_log WHERE account = $1 ORDER BY id"};
    return get([&](store::Reader& r) {
      std::vector<std::string> found;
      for (const store::Row& row : r.query(lines, account)) found.push_back(row.text(0));
      return found;
    });
  }
  bool signed_in(const std::string& token) { return viewer_of(db(), token, db().clock().now()).has_value(); }

  template <class T>
  static T taken(Result<T> answer) {
    EXPECT_TRUE(answer.ok());
    return answer.ok() ? std::move(answer).value() : T{};
  }

  Id<Account> head, officer;
  std::string token_;
};
DANCHU_ON_EACH_ENGINE(PinTest);

TEST_P(PinTest, AHeadIsRememberedAndEntersWithSixDigits) {
  const std::string token = remembered(head);
  EXPECT_EQ(token.size(), 43u);
  EXPECT_EQ(name(token), "Người head");
  later(24h);
  auto in = enter(token, "739 415");
  ASSERT_TRUE(in.ok());
  EXPECT_TRUE(viewer_of(db(), in->session.token, db().clock().now())->holds(Role::village_head, village));
  EXPECT_NE(in->device.token, token) << "it rotates";
  EXPECT_EQ(name(in->device.token), "Người head");
  EXPECT_THAT(log(head), ElementsAre("pin-chosen", "device", "pin"));
  EXPECT_EQ(devices(head), 1u);
}

TEST_P(PinTest, ChoosingRefuses) {
  struct {
    SetPin form;
    const char* path;
  } const table[] = {
      {{{"wrong"}, {good}, {good}, false}, "password"},
      {{{"correct horse 1"}, {"123456"}, {"123456"}, false}, "pin"},
      {{{"correct horse 1"}, {"12"}, {"12"}, false}, "pin"},
      {{{"correct horse 1"}, {good}, {wrong}, false}, "again"},
  };
  for (const auto& line : table) {
    auto done = set_pin(db(), head, line.form, phone, "");
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.problems()[0].path, line.path);
  }
  EXPECT_EQ(fault(choose(officer, good, true)), Fault::denied) << "posts of the commune have no PIN";
  EXPECT_FALSE(get([&](store::Reader& r) { return has_pin(r, head); }));
  EXPECT_EQ(fault(remember_device(db(), head, {{good}, {}}, phone, "")), Fault::missing);
}

TEST_P(PinTest, FiveWrongPinsForgetTheDevice) {
  const std::string token = remembered(head);
  for (int i = 1; i < device_failures; ++i) {
    EXPECT_EQ(fault(enter(token, wrong)), Fault::denied) << i;
    EXPECT_EQ(name(token), "Người head");
  }
  EXPECT_EQ(fault(enter(token, wrong)), Fault::missing);
  EXPECT_EQ(name(token), "");
  later(1h);
  EXPECT_EQ(fault(enter(token)), Fault::missing) << "the right PIN comes too late";
  EXPECT_EQ(devices(head), 0u);
  EXPECT_EQ(log(head).back(), "device-forgotten");
  EXPECT_TRUE(sign_in(db(), {{"head"}, {"correct horse 1"}, {}, {}}, phone)) << "the password still works";
}

TEST_P(PinTest, ARightPinForgivesTheWrongOnesBefore) {
  std::string token = remembered(head);
  for (int round = 0; round < 3; ++round) {
    for (int i = 1; i < device_failures; ++i) EXPECT_EQ(fault(enter(token, wrong)), Fault::denied);
    auto in = enter(token);
    ASSERT_TRUE(in.ok());
    token = in->device.token;
  }
}

TEST_P(PinTest, WrongPinsMakeOneWaitOnEveryDeviceAndTenMakeItVoid) {
  const std::string first = remembered(head);
  const std::string second = taken(remember_device(db(), head, {{good}, {}}, phone, "")).token;
  for (int i = 0; i < device_failures; ++i) (void)enter(first, wrong);
  EXPECT_EQ(fault(enter(second)), Fault::too_many) << "even the right one";
  for (int i = device_failures; i < pin_failures; ++i) {
    later(longest_wait);
    EXPECT_FALSE(enter(second, wrong).ok());
  }
  later(24h);
  EXPECT_EQ(fault(enter(second)), Fault::missing);
  EXPECT_FALSE(get([&](store::Reader& r) { return has_pin(r, head); }));
  EXPECT_THAT(log(head), testing::Contains("pin-void"));
}

TEST_P(PinTest, AnOldTokenServesMinutesOnlyThenItIsAThief) {
  const std::string old = remembered(head);
  auto in = enter(old);
  ASSERT_TRUE(in.ok());
  later(5min);
  auto again = enter(old);
  ASSERT_TRUE(again.ok()) << "the answer with the new token was lost on the way";
  EXPECT_EQ(fault(enter(in->device.token)), Fault::missing) << "the lost one is worth nothing";
  later(old_token_life + 1min);
  EXPECT_EQ(fault(enter(old)), Fault::missing);
  EXPECT_EQ(fault(enter(again->device.token)), Fault::missing) << "a copy is about: nobody is remembered";
  EXPECT_THAT(log(head), testing::Contains("device-replayed"));
}

TEST_P(PinTest, LivesNinetyDaysHoweverOftenUsed) {
  std::string token = remembered(head);
  for (int i = 0; i < 8; ++i) {
    later(24h * 10);
    auto in = enter(token);
    ASSERT_TRUE(in.ok()) << i;
    token = in->device.token;
  }
  later(24h * 10);
  EXPECT_EQ(fault(enter(token)), Fault::missing);
  tidy_sign_in(db());
  static const store::Statement count{"SELECT count(*) FROM remembered_device"};
  EXPECT_EQ(get([&](store::Reader& r) { return r.count(count); }), 0);
}

TEST_P(PinTest, ThreeDevicesAndNoMore) {
  std::vector<std::string> tokens = {remembered(head)};
  for (int i = 0; i < 2; ++i)
    tokens.push_back(taken(remember_device(db(), head, {{good}, {}}, phone, "")).token);
  EXPECT_EQ(fault(remember_device(db(), head, {{good}, {}}, phone, "")), Fault::conflict);
  tokens[2] = taken(remember_device(db(), head, {{good}, {}}, phone, tokens[2])).token;
  EXPECT_EQ(devices(head), 3u) << "a browser remembered anew takes its own place";
  auto shown = get([&](store::Reader& r) { return devices_of(r, head, tokens[2], db().clock().now()); });
  EXPECT_EQ(std::count_if(shown.begin(), shown.end(), [](auto& d) { return d.this_one; }), 1);
  EXPECT_EQ(shown[0].device, "Chrome, Android");
}

TEST_P(PinTest, ABrowserRemembersOnePerson) {
  const std::string token = remembered(head);
  const Id<Account> front = person("front", Role::village_front, village);
  auto other = choose(front, "918264", true, token);
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(devices(head), 0u);
  EXPECT_EQ(name((*other)->token), "Người front");
}

TEST_P(PinTest, WhatEndsADevice) {
  struct {
    const char* what;
    std::function<void()> end;
    bool pin_stays;
  } const table[] = {
      {"its own wish", [&] { forget_this_device(db(), token_); }, true},
      {"a wish from another device",
       [&] {
         auto all = get([&](store::Reader& r) { return devices_of(r, head, "", db().clock().now()); });
         EXPECT_TRUE(forget_device(db(), head, all.at(0).id, "").ok());
         EXPECT_FALSE(forget_device(db(), head, all.at(0).id, "").ok());
       },
       true},
      {"ended everywhere", [&] { end_everywhere(db(), head); }, true},
      {"a new password",
       [&] {
         EXPECT_TRUE(change_password(db(), head,
                                     {{"correct horse 1"}, {"another horse 2"}, {"another horse 2"}}, phone)
                         .ok());
       },
       true},
      {"a reset", [&] { EXPECT_TRUE(reset_account(db(), keys(), viewer(officer), head).ok()); }, false},
      {"its post handed over",
       [&] {
         person("next", Role::helper, village);
         put([&](store::Writer& w) {
           EXPECT_TRUE(hand_over(w, keys(), viewer(officer), post_of(head), "next", today()).ok());
         });
       },
       true},
  };
  for (const auto& line : table) {
    if (std::string_view(line.what) == "a reset" || std::string_view(line.what) == "its post handed over") {
      head = person(line.what[0] == 'a' ? "head.2" : "head.3", Role::helper, village);
    }
    auto done = choose(head, good, true);
    if (!done.ok()) {  // after the new password
      done = set_pin(db(), head, {{"another horse 2"}, {good}, {good}, true}, phone, "");
    }
    ASSERT_TRUE(done.ok()) << line.what;
    token_ = (*done)->token;
    EXPECT_NE(name(token_), "") << line.what;
    line.end();
    EXPECT_EQ(name(token_), "") << line.what;
    EXPECT_EQ(fault(enter(token_)), Fault::missing) << line.what;
    EXPECT_EQ(get([&](store::Reader& r) { return has_pin(r, head); }), line.pin_stays) << line.what;
  }
}

TEST_P(PinTest, APostThatRanOutNeedsThePasswordAgain) {
  Id<Account> other;
  put([&](store::Writer& w) {
    other = put_account(w, "tam", "Người tạm", hash_password("correct horse 1").value());
    put_posts(w, keys(),
              {{w.new_id<PostRow>(),
                other,
                Role::village_head,
                village,
                day("2026-01-01"),
                day("2026-12-10"),
                {},
                {},
                {}}},
              other);
  });
  const std::string token = remembered(other);
  store().clock.set(at_local(day("2026-12-10"), 8, 0));
  EXPECT_EQ(fault(enter(token)), Fault::missing);
  EXPECT_EQ(name(token), "");
}

TEST_P(PinTest, ForgettingADeviceEndsItsSignInToo) {
  const std::string token = remembered(head);
  auto lost = enter(token);
  auto mine = sign_in(db(), {{"head"}, {"correct horse 1"}, {}, {}}, phone);
  ASSERT_TRUE(lost.ok() && mine.ok());
  auto all = get([&](store::Reader& r) { return devices_of(r, head, "", db().clock().now()); });
  ASSERT_TRUE(forget_device(db(), head, all.at(0).id, mine->token).ok());
  EXPECT_FALSE(signed_in(lost->session.token));
  EXPECT_TRUE(signed_in(mine->token));
}

TEST_P(PinTest, ForgedTokensFindNobody) {
  remembered(head);
  for (const std::string& token : {std::string(), std::string(43, 'A'), std::string(200, 'x')}) {
    EXPECT_EQ(name(token), "");
    EXPECT_EQ(fault(enter(token)), Fault::missing);
    forget_this_device(db(), token);
  }
  EXPECT_EQ(devices(head), 1u);
}

// ---- what a helper typed ------------------------------------------------------------------------------

class HelperPin : public PinTest {
 protected:
  void SetUp() override {
    PinTest::SetUp();
    if (IsSkipped()) return;
    helper = viewer(person("thuky", Role::helper, village));
  }
  Result<Viewer> confirm(const std::string& pin, std::optional<Viewer> who = {}) {
    return confirm_for_head(db(), who.value_or(helper), village, pin, phone);
  }
  Viewer helper;
};
DANCHU_ON_EACH_ENGINE(HelperPin);

TEST_P(HelperPin, TheHeadsPinMakesItTheHeadsStep) {
  EXPECT_EQ(fault(confirm(good)), Fault::missing) << "he has no PIN yet";
  ASSERT_TRUE(choose(head, good, false).ok());
  auto as = confirm(good);
  ASSERT_TRUE(as.ok());
  EXPECT_EQ(as->account, head);
  EXPECT_EQ(as->entered_by, helper.account);
  EXPECT_TRUE(as->holds(Role::village_head, village));
  EXPECT_EQ(as->posts.size(), 1u);
  EXPECT_EQ(log(head).back(), "confirmed");
  static const store::Statement by{"SELECT helper FROM sign_in_log WHERE outcome = 'confirmed'"};
  EXPECT_EQ(get([&](store::Reader& r) { return r.first(by)->id<Account>(0); }), helper.account);
}

TEST_P(HelperPin, WrongOnesWaitAndThenMakeThePinVoid) {
  ASSERT_TRUE(choose(head, good, false).ok());
  for (int i = 1; i <= free_failures; ++i) EXPECT_EQ(fault(confirm(wrong)), Fault::denied);
  EXPECT_EQ(fault(confirm(good)), Fault::too_many);
  for (int i = free_failures + 1; i <= pin_failures; ++i) {
    later(longest_wait);
    EXPECT_EQ(fault(confirm(wrong)), Fault::denied);
  }
  later(24h);
  EXPECT_EQ(fault(confirm(good)), Fault::missing);
  const auto lines = log(head);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "confirm-refused"), pin_failures);
}

TEST_P(HelperPin, OnlyAHelperOfTheVillageTypesForItsHead) {
  ASSERT_TRUE(choose(head, good, false).ok());
  Id<Unit> other_village;
  put([&](store::Writer& w) {
    other_village =
        add_village(w,
                    {.kind = "ban", .name = {"Nà Hin"}, .commune = commune, .valid_from = day("2026-01-01")})
            .value();
  });
  for (auto [user, role, unit] : {std::tuple{"front", Role::village_front, village},
                                  {"other", Role::helper, other_village},
                                  {"officer", Role::commune_officer, commune}})
    EXPECT_EQ(fault(confirm(good, viewer(person(user, role, unit)))), Fault::denied) << user;
  EXPECT_EQ(fault(confirm(good, viewer(head))), Fault::denied) << "the head himself needs no helper";
  EXPECT_EQ(fault(confirm(good, Viewer{})), Fault::denied);
}

TEST_P(HelperPin, AfterTheHandOverTheOldPinCountsNoMore) {
  ASSERT_TRUE(choose(head, good, false).ok());
  const Id<Account> next = person("next", Role::helper, village);
  put([&](store::Writer& w) {
    EXPECT_TRUE(hand_over(w, keys(), viewer(officer), post_of(head), "next", today()).ok());
  });
  EXPECT_EQ(fault(confirm(good)), Fault::missing) << "the new head has none yet";
  ASSERT_TRUE(choose(next, "918264", false).ok());
  EXPECT_EQ(fault(confirm(good)), Fault::denied);
  EXPECT_EQ(confirm("918264")->account, next);
}

TEST_P(HelperPin, TheSubstituteConfirmsWhileTheHeadIsAway) {
  ASSERT_TRUE(choose(head, good, false).ok());
  const Id<Account> deputy = person("deputy", Role::village_head, village, post_of(head));
  EXPECT_EQ(confirm(good)->account, head);
  put([&](store::Writer& w) {
    EXPECT_TRUE(set_away(w, keys(), viewer(head), post_of(head), today(), today() + 7).ok());
  });
  ASSERT_TRUE(choose(deputy, "918264", false).ok());
  EXPECT_EQ(fault(confirm(good)), Fault::denied);
  EXPECT_EQ(confirm("918264")->account, deputy);
}

}  // namespace
}  // namespace danchu::people
