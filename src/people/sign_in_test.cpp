#include "people/sign_in.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "people/people_testing.h"
#include "people/second_factor.h"
#include "people/sessions.h"
#include "people/sign_in_log.h"
#include "people/totp.h"

namespace danchu::people {
namespace {

using namespace std::chrono_literals;

class SignIn : public PeopleTest {
 protected:
  Device phone{"203.0.113.9", "Test phone", ""};

  Result<SignedIn> enter(const std::string& user, const std::string& password = "correct horse 1",
                         std::optional<std::string> code = {}, std::optional<Device> device = {}) {
    SignInForm form{{user}, {password}, {}};
    if (code) form.code = Line<40>{*code};
    return sign_in(db(), form, device.value_or(phone));
  }
  void later(std::chrono::microseconds time) { store().clock.set(store().clock.now() + time); }
  std::optional<Viewer> who(const std::string& token) { return viewer_of(db(), token, db().clock().now()); }
  std::string code_of_account(Id<Account> account) {
    return get([&](store::Reader& r) { return current_code(r, account, db().clock().now()); });
  }
  std::string secret_from(const std::string& text) {
    std::string bytes;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (char c : text) {
      buffer = buffer << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
      if ((bits += 5) >= 8) bytes += static_cast<char>(buffer >> (bits -= 8) & 255);
    }
    return bytes;
  }
  ConfirmEnrolment first_code(const std::string& shown, const std::string& password = "correct horse 1") {
    return {{shown}, {password}, {totp_code(secret_from(shown), totp_step(db().clock().now()))}};
  }
  // Enrols an authenticator for a signed-in account; hands back the recovery codes.
  std::vector<std::string> enrol(Id<Account> account) {
    auto done = confirm_enrolment(db(), account, first_code(enrolment(db(), account).value().secret), phone);
    EXPECT_TRUE(done.ok());
    return done->recovery_codes;
  }
};
DANCHU_ON_EACH_ENGINE(SignIn);

TEST_P(SignIn, AHeadEntersWithNameAndPassword) {
  person("head", Role::village_head, village);
  auto in = enter("Head");
  ASSERT_TRUE(in);
  EXPECT_EQ(in->token.size(), 43u);
  auto viewer = who(in->token);
  ASSERT_TRUE(viewer);
  EXPECT_TRUE(viewer->holds(Role::village_head, village));
  EXPECT_FALSE(viewer->holds(Role::village_head, commune));
  EXPECT_EQ(viewer->name, "Người head");
}

TEST_P(SignIn, EveryWrongAnswerIsTheSame) {
  Id<Account> officer = person("officer", Role::commune_officer, commune);
  ASSERT_TRUE(enter("officer"));
  enrol(officer);
  auto message = [&](const Result<SignedIn>& r) {
    EXPECT_FALSE(r.ok());
    return std::make_pair(std::string(r.problems()[0].message), r.problems()[0].fault);
  };
  auto unknown = message(enter("nobody"));
  EXPECT_EQ(unknown.second, Fault::denied);
  EXPECT_EQ(message(enter("officer", "wrong password")), unknown);
  EXPECT_EQ(message(enter("officer")), unknown);
  EXPECT_EQ(message(enter("officer", "correct horse 1", "000000")), unknown);
  EXPECT_EQ(message(enter("officer", "")), unknown);
}

TEST_P(SignIn, AnUnknownNameIsComparedWithAHashToo) {
  person("head", Role::village_head, village);
  for (const char* user : {"head", "nobody"}) {
    auto before = password_comparisons();
    EXPECT_FALSE(enter(user, "wrong password"));
    EXPECT_EQ(password_comparisons(), before + 1) << user;
  }
}

TEST_P(SignIn, AnAuthenticatorIsMandatoryForStaff) {
  Id<Account> officer = person("officer", Role::commune_officer, commune);
  auto first = enter("officer");
  ASSERT_TRUE(first);
  auto limited = who(first->token);
  ASSERT_TRUE(limited);
  EXPECT_EQ(limited->due, Due::enrol_authenticator);
  EXPECT_TRUE(limited->posts.empty());

  EXPECT_EQ(enrol(officer).size(), 10u);
  EXPECT_FALSE(who(first->token)) << "a session does not outlive a change of what it may do";
  EXPECT_FALSE(enter("officer"));
  later(30s);
  auto in = enter("officer", "correct horse 1", code_of_account(officer));
  ASSERT_TRUE(in);
  EXPECT_TRUE(who(in->token)->holds(Role::commune_officer, commune));
}

// Who holds an unlocked telephone and not the password sets up nothing (P53).
TEST_P(SignIn, AnAuthenticatorIsSetUpWithThePasswordOnly) {
  Id<Account> head = person("head", Role::village_head, village);
  ASSERT_TRUE(enter("head"));
  const std::string shown = enrolment(db(), head).value().secret;
  EXPECT_NE(enrolment(db(), head).value().secret, shown) << "each page has its own";
  EXPECT_EQ(enrolment(db(), head, shown).value().secret, shown) << "but a page that is shown again";
  auto wrong = confirm_enrolment(db(), head, first_code(shown, "a guess 123"), phone);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.problems()[0].path, "password");
  EXPECT_EQ(confirm_enrolment(db(), head, first_code("ABC"), phone).problems()[0].path, "secret");
  auto late = first_code(shown);
  late.code.value = "000000";
  EXPECT_EQ(confirm_enrolment(db(), head, late, phone).problems()[0].path, "code");
  EXPECT_TRUE(enter("head")) << "nothing was set up";
  const auto once = first_code(shown);
  ASSERT_TRUE(confirm_enrolment(db(), head, once, phone));
  EXPECT_EQ(confirm_enrolment(db(), head, once, phone).problems()[0].fault, Fault::conflict);
  EXPECT_FALSE(enter("head", "correct horse 1", once.code.value)) << "a code serves once";
}

TEST_P(SignIn, WrongPasswordsSentAtOnceTellNoMoreThanInTurn) {
  Id<Account> head = person("head", Role::village_head, village);
  std::atomic<int> wrong{0}, wait{0};
  std::vector<std::thread> guesses;
  for (int i = 0; i < 8; ++i)
    guesses.emplace_back([&] {
      const auto answer = present_password_is(db(), head, "a guess 123", phone, "password");
      if (!answer.ok()) ++(answer.problems()[0].fault == Fault::too_many ? wait : wrong);
    });
  for (std::thread& guess : guesses) guess.join();
  EXPECT_EQ(wrong, free_failures);
  EXPECT_EQ(wait, 8 - free_failures);
  EXPECT_EQ(present_password_is(db(), head, "correct horse 1", phone, "password").problems()[0].fault,
            Fault::too_many);
}

TEST_P(SignIn, ATokenInUseIsRenewed) {
  person("head", Role::village_head, village);
  const std::string first = enter("head")->token;
  auto known = [&](const std::string& token) { return recognise(db(), token, db().clock().now()); };
  later(30min);
  EXPECT_EQ(known(first)->new_token, "") << "not yet";
  later(31min);
  const std::string lost = known(first)->new_token;
  ASSERT_EQ(lost.size(), 43u);
  EXPECT_EQ(known(first)->new_token, "") << "one at a time";
  later(11min);
  const std::string again = known(first)->new_token;
  ASSERT_EQ(again.size(), 43u) << "the answer with the new one may have been lost";
  EXPECT_NE(again, lost);
  EXPECT_FALSE(known(lost));
  EXPECT_TRUE(known(again)->viewer.holds(Role::village_head, village));
  EXPECT_TRUE(known(first)) << "for requests under way";
  later(3min);
  EXPECT_FALSE(known(first)) << "a copy of an old one is worth nothing";
  EXPECT_TRUE(known(again));
  sign_out(db(), again);
  EXPECT_FALSE(known(again));
}

TEST_P(SignIn, TheProvinceMayAskVillagesForAnAuthenticatorToo) {
  Id<Account> head = person("head", Role::village_head, village);
  Viewer state = viewer(person("tinh", Role::province_officer,
                               get([&](store::Reader& r) { return province(r, today())->id; })));
  const std::string token = enter("head")->token;
  EXPECT_TRUE(who(token)->holds(Role::village_head, village));
  put([&](store::Writer& w) {
    EXPECT_FALSE(set_second_factor(w, viewer(head), SecondFactor::totp));
    EXPECT_TRUE(set_second_factor(w, state, SecondFactor::totp));
  });
  EXPECT_EQ(who(token)->due, Due::enrol_authenticator);
  EXPECT_TRUE(who(token)->posts.empty());
  enrol(head);
  EXPECT_FALSE(enter("head")) << "the password alone no longer serves";
  later(30s);
  auto in = enter("head", "correct horse 1", code_of_account(head));
  ASSERT_TRUE(in);
  EXPECT_TRUE(who(in->token)->holds(Role::village_head, village));
}

TEST_P(SignIn, TheLogIsReadForACommuneAndForAnAccount) {
  Id<Account> head = person("head", Role::village_head, village);
  person("vanho", Role::commune_officer,
         get([&](store::Reader& r) { return unit_by_code(r, "04048", today())->id; }));
  ASSERT_TRUE(enter("head"));
  EXPECT_FALSE(enter("head", "wrong password"));
  EXPECT_FALSE(enter("nobody"));
  ASSERT_TRUE(enter("vanho"));
  auto read = [&](SignInsAsked asked) {
    std::vector<std::string> lines;
    for (const LoggedSignIn& line : get([&](store::Reader& r) { return sign_ins(r, asked); }))
      lines.push_back(line.user_name + " " + line.outcome);
    return lines;
  };
  using testing::ElementsAre;
  EXPECT_THAT(read({}), ElementsAre("vanho ok", " refused", "head refused", "head ok"));
  EXPECT_THAT(read({.commune = commune}), ElementsAre("head refused", "head ok"));
  EXPECT_THAT(read({.commune = commune, .most = 1}), ElementsAre("head refused"));
  EXPECT_THAT(read({.account = head}), ElementsAre("head refused", "head ok"));
  EXPECT_EQ(label_of_outcome("refused"), "Refused: user name, password or code was wrong");
}

TEST_P(SignIn, ACodeServesOnce) {
  Id<Account> officer = person("officer", Role::commune_officer, commune);
  enrol(officer);
  later(60s);
  std::string code = code_of_account(officer);
  EXPECT_TRUE(enter("officer", "correct horse 1", code));
  EXPECT_FALSE(enter("officer", "correct horse 1", code));
  EXPECT_TRUE(enter("officer", "correct horse 1", code_of_account(officer)))
      << "the next one serves, a little early";
}

TEST_P(SignIn, ARecoveryCodeServesOnce) {
  Id<Account> officer = person("officer", Role::commune_officer, commune);
  auto codes = enrol(officer);
  EXPECT_TRUE(enter("officer", "correct horse 1", codes[3]));
  EXPECT_FALSE(enter("officer", "correct horse 1", codes[3]));
  EXPECT_TRUE(enter("officer", "correct horse 1", codes[4]));
}

TEST_P(SignIn, ForgedTokensFindNobody) {
  person("head", Role::village_head, village);
  std::string token = enter("head")->token;
  for (std::string forged :
       {std::string(), std::string("x"), std::string(43, 'A'), token + "A", std::string(5000, 'z'),
        "Z" + token.substr(1, 41) + (token.back() == 'A' ? "B" : "A")})
    EXPECT_FALSE(who(forged));
  EXPECT_TRUE(who(token));
}

TEST_P(SignIn, ASessionEndsWhenIdleAndAltogether) {
  Id<Account> officer = person("officer", Role::commune_officer, commune);
  person("head", Role::village_head, village);
  enrol(officer);
  later(1min);
  std::string staff = enter("officer", "correct horse 1", code_of_account(officer))->token;
  std::string head = enter("head")->token;
  later(29min);
  EXPECT_TRUE(who(staff));
  later(29min);
  EXPECT_TRUE(who(staff)) << "each request begins the time anew";
  later(31min);
  EXPECT_FALSE(who(staff));
  EXPECT_TRUE(who(head));
  for (int hours = 0; hours < 7 * 24; hours += 11) {
    later(11h);
    who(head);
  }
  EXPECT_FALSE(who(head)) << "not even used every day does it last for ever";
}

TEST_P(SignIn, SigningInAgainEndsThisBrowsersOldSession) {
  person("head", Role::village_head, village);
  std::string old = enter("head")->token;
  Device same = phone;
  same.old_token = old;
  std::string fresh = enter("head", "correct horse 1", {}, same)->token;
  EXPECT_NE(old, fresh);
  EXPECT_FALSE(who(old));
  EXPECT_TRUE(who(fresh));
  sign_out(db(), fresh);
  EXPECT_FALSE(who(fresh));
}

TEST_P(SignIn, SessionsAreListedAndEnded) {
  Id<Account> head = person("head", Role::village_head, village);
  Id<Account> other = person("other", Role::village_front, village);
  std::string one = enter("head")->token, two = enter("head")->token, three = enter("head")->token;
  auto sessions = get([&](store::Reader& r) { return sessions_of(r, head, one, db().clock().now()); });
  ASSERT_EQ(sessions.size(), 3u);
  EXPECT_EQ(sessions[0].address, "203.0.113.0/24");
  auto of_two = get([&](store::Reader& r) { return sessions_of(r, head, two, db().clock().now()); });
  for (const SessionShown& session : of_two)
    if (session.this_one) {
      EXPECT_FALSE(end_session(db(), other, session.id)) << "not another's";
      EXPECT_TRUE(end_session(db(), head, session.id));
    }
  EXPECT_FALSE(who(two));
  end_everywhere(db(), head, one);
  EXPECT_TRUE(who(one));
  EXPECT_FALSE(who(three));
  end_everywhere(db(), head);
  EXPECT_FALSE(who(one));
}

TEST_P(SignIn, ThePresentPasswordIsNotGuessedInAnOpenSession) {
  Id<Account> head = person("head", Role::village_head, village);
  ASSERT_TRUE(enter("head"));
  auto change = [&](std::string from) {
    return change_password(db(), head, {{from}, {"a new password"}, {"a new password"}}, phone);
  };
  for (int i = 0; i < free_failures; ++i) EXPECT_EQ(change("wrong").problems()[0].fault, Fault::invalid) << i;
  EXPECT_EQ(change("wrong").problems()[0].fault, Fault::too_many);
  EXPECT_EQ(change("correct horse 1").problems()[0].fault, Fault::too_many);
}

TEST_P(SignIn, ANewPasswordEndsAllSessionsAndBeginsOne) {
  Id<Account> head = person("head", Role::village_head, village);
  std::string old = enter("head")->token;
  auto change = [&](std::string from, std::string to, std::string again) {
    return change_password(db(), head, {{from}, {to}, {again}}, phone);
  };
  EXPECT_EQ(change("wrong", "a new password", "a new password").problems()[0].path, "old_password");
  EXPECT_EQ(change("correct horse 1", "short", "short").problems()[0].path, "password");
  EXPECT_EQ(change("correct horse 1", "0123456789", "0123456789").problems()[0].path, "password");
  EXPECT_EQ(change("correct horse 1", "my head is good", "my head is good").problems()[0].path, "password");
  EXPECT_EQ(change("correct horse 1", "a new password", "another one").problems()[0].path, "again");
  auto changed = change("correct horse 1", "một mật khẩu mới", "một mật khẩu mới");
  ASSERT_TRUE(changed);
  EXPECT_FALSE(who(old));
  EXPECT_TRUE(who(changed->token));
  EXPECT_FALSE(enter("head"));
  EXPECT_TRUE(enter("head", "một mật khẩu mới"));
}

TEST_P(SignIn, ManyFailuresMakeANameWaitLongerAndLonger) {
  person("head", Role::village_head, village);
  for (const char* user : {"head", "nobody"}) {
    for (int i = 0; i < free_failures; ++i)
      EXPECT_EQ(enter(user, "wrong").problems()[0].fault, Fault::denied);
    auto refused = enter(user);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problems()[0].fault, Fault::too_many);
    EXPECT_EQ(refused.problems()[0].args[0].second, "10");
    later(10s);
    EXPECT_EQ(enter(user, "wrong").problems()[0].fault, Fault::denied);
    later(11s);
    EXPECT_EQ(enter(user).problems()[0].fault, Fault::too_many) << "twice as long the next time";
    later(10s);
  }
  EXPECT_TRUE(enter("head"));
  EXPECT_FALSE(enter("head", "wrong"));
  EXPECT_TRUE(enter("head")) << "success forgets the failures";
}

TEST_P(SignIn, AStrangerCannotLockAHeadOut) {
  person("head", Role::village_head, village);
  ASSERT_TRUE(enter("head"));
  Device stranger{"198.51.100.7", "", ""};
  for (int i = 0; i < free_failures + 1; ++i) (void)enter("head", "wrong", {}, stranger);
  EXPECT_EQ(enter("head", "wrong", {}, stranger).problems()[0].fault, Fault::too_many);
  EXPECT_TRUE(enter("head"));
}

TEST_P(SignIn, AFloodSlowsStrangersNotKnownNetworks) {
  person("head", Role::village_head, village);
  ASSERT_TRUE(enter("head"));
  for (int i = 0; i <= failures_at_once; ++i) (void)enter("guess" + std::to_string(i), "wrong");
  EXPECT_EQ(enter("someone", "wrong").problems()[0].fault, Fault::too_many);
  EXPECT_TRUE(enter("head"));
  later(failure_window);
  EXPECT_EQ(enter("someone", "wrong").problems()[0].fault, Fault::denied);
}

TEST_P(SignIn, LosingAPostEndsTheSession) {
  Id<Account> officer = person("officer", Role::commune_officer, commune);
  Id<Account> head = person("head", Role::village_head, village);
  std::string token = enter("head")->token;
  put([&](store::Writer& w) { ASSERT_TRUE(end_post(w, keys(), viewer(officer), post_of(head), today())); });
  EXPECT_FALSE(who(token));
  EXPECT_TRUE(who(enter("head")->token)->posts.empty());
}

TEST_P(SignIn, TidyingKeepsWhatLives) {
  Id<Account> head = person("head", Role::village_head, village);
  ASSERT_TRUE(enter("head"));
  later(log_kept + 1h);
  std::string token = enter("head")->token;
  tidy_sign_in(db());
  EXPECT_TRUE(who(token));
  EXPECT_EQ(get([&](store::Reader& r) { return sessions_of(r, head, token, db().clock().now()); }).size(),
            1u);
}

}  // namespace
}  // namespace danchu::people
