// Sessions, roles, submissions, replays and cached pages over real connections.
#include "web/application.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <thread>

#include "store/setting.h"
#include "web/compress.h"
#include "web/testing.h"

namespace danchu::web {
namespace {

// Any table will do to see how often something was written.
const store::Statement count_wishes{"SELECT count(*) FROM setting WHERE name LIKE 'wish-%'"};

struct Wish {
  Line<40> text;
  std::optional<Line<10>> note;
};
DANCHU_RECORD(Wish, text, note)
struct Board {
  std::int64_t wishes = 0;
};
DANCHU_RECORD(Board, wishes)

// Shows what the server hands to templates.
class PlainPages final : public Pages {
 public:
  std::string render(std::string_view page, RecordRef model, const PageContext& c) const override {
    std::string all = "page=" + std::string(page) + " title=" + c.head.title + " flash=" + c.flash +
                      " key=" + (c.idempotency_key.empty() ? "no" : "yes") + " canonical=" + c.canonical_url +
                      " viewer=" + c.viewer->name + "\n";
    for (const ShownProblem& p : c.problems) all += "problem " + p.path + ": " + p.message + "\n";
    if (c.sent)
      for (const auto& [name, value] : *c.sent) all += "kept " + name + "=" + value + "\n";
    return all + values(model) + std::string(2000, '.');
  }

 private:
  static std::string values(RecordRef model) {
    std::string all, scratch;
    for (const Field& f : model.fields)
      for (std::size_t i = 0; i < f.count(model.at); ++i) {
        all += std::string(f.name) + "=";
        all += f.kind == Kind::record ? "{" + values({f.nested(model.at, i), f.fields()}) + "}"
                                      : std::string(f.text(model.at, i, scratch));
        all += "\n";
      }
    return all;
  }
};
const PlainPages plain_pages;

class OnSite : public store::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    ServerOptions options;
    options.pages = &plain_pages;
    options.viewer_of = [this](std::string_view token, Instant now) -> std::optional<Recognised> {
      auto found = server->sessions.find(token);
      if (found == server->sessions.end()) return std::nullopt;
      return Recognised(found->second, renewed_token, now + std::chrono::hours(1));
    };
    server = std::make_unique<TestServer>([this](Router& r) { routes(r); }, options, GetParam());
    db = &*server->store;
    people::Viewer head;
    head.account = {7};
    head.name = "Head";
    head.posts = {{people::Role::village_head, {1}}};
    server->sessions["head-token"] = head;
    people::Viewer chair = head;
    chair.account = {8};
    chair.posts = {{people::Role::commune_chair, {2}}};
    server->sessions["chair-token"] = chair;
  }

  std::int64_t count() {
    return db->read([](store::Reader& r) { return r.count(count_wishes); });
  }
  Result<Done> add(const std::string& text) {
    return db->write([&](store::Writer& w) -> Result<Done> {
      store::set(w, "wish-" + w.new_id<Wish>().text(), text);
      w.touch("board");
      return Done{};
    });
  }

  void routes(Router& r) {
    r.get(
        "/board",
        [this](Request& q) {
          ++built;
          return q.show("board", Board{count()});
        },
        about("Board")
            .cached([](Request&) { return Topics{"board"}; })
            .query({"page", "sort"})
            .answers<Board>());
    r.get(
        "/desk", [this](Request& q) { return q.show("desk", Board{count()}); },
        about("Desk").only({people::Role::village_head}));
    r.get(
        "/mine", [](Request& q) { return q.show("mine", Board{}); }, about("Mine").signed_in());
    r.post(
        "/wish",
        [this](Request& q) {
          ++ran;
          auto wish = q.read<Wish>();
          if (!wish) return q.show_again("form", Board{}, wish.problems());
          if (slow) std::this_thread::sleep_for(std::chrono::milliseconds(80));
          (void)add(wish->text.value);
          return q.see_other("/board", N_("Kept: {text}"), {{"text", wish->text.value}});
        },
        about("Wish").reads<Wish>());
    r.post(
        "/own-wish",
        [this](Request& q) {
          auto wish = q.read<Wish>();
          if (!wish) return q.show_again("form", Board{}, wish.problems());
          (void)add(wish->text.value);
          return q.see_other("/board");
        },
        about("Own wish").signed_in().reads<Wish>());
    r.post(
        "/fail", [](Request&) -> Reply { throw std::runtime_error("a bug"); }, about("Fail"));
    r.get(
        "/full",
        [](Request&) -> Reply { throw store::StoreError(store::StoreError::Kind::full, "disk full"); },
        about("Full"));
    r.get(
        "/law", [](Request& q) { return q.refuse(unlawful({"DEC-01"}, N_("Too few"))); }, about("Law"));
    r.get(
        "/nothing", [](Request& q) { return q.refuse(problem(Fault::missing, N_("No such thing"))); },
        about("Nothing"));
    r.post(
        "/in",
        [](Request& q) {
          q.set_session("new-token", q.now() + std::chrono::hours(1));
          return q.see_other("/board");
        },
        about("In"));
  }

  static constexpr const char* head = "Cookie: danchu=head-token\r\n";
  static constexpr const char* json = "Accept: application/json\r\n";
  std::unique_ptr<TestServer> server;
  store::Database* db = nullptr;
  std::atomic<int> built{0}, ran{0};
  std::atomic<bool> slow{false};
  std::string renewed_token;  // given to whoever asks next; empty: none
};
DANCHU_ON_EACH_ENGINE(OnSite);

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// "name=value" as an answer sets it; empty: it does not.
std::string cookie_set(const Answer& answer, const std::string& name) {
  const std::string line = "\r\nSet-Cookie: ";
  std::size_t at = answer.head.find(line + name + "=");
  if (at == std::string::npos) return "";
  at += line.size();
  return answer.head.substr(at, answer.head.find(';', at) - at);
}

// ---- who may
// -----------------------------------------------------------------------------------------------

TEST_P(OnSite, SendsStrangersToTheSignInPage) {
  Answer html = server->get("/en/desk?x=1");
  EXPECT_EQ(html.status, 303);
  EXPECT_EQ(html.header("location"), "/en/dang-nhap?ve=%2Fdesk");
  EXPECT_EQ(server->get("/desk", json).status, 401);
  EXPECT_EQ(server->get("/desk", "Cookie: danchu=forged\r\n").status, 303);
  EXPECT_EQ(server->get("/desk", "Cookie: danchu=../../etc; danchu=\r\n").status, 303);
}

// What was typed is not lost with the session: it comes back in a form to be sent once more.
TEST_P(OnSite, AFormSentAfterTheSessionEndedComesBackToBeSentAgain) {
  const std::string typed = "text=Road&note=a%22b%3Cc&idempotency_key=K9&old_password=hush&confirm.pin=1234";
  Answer kept = server->post("/en/own-wish?mau=duong", typed, "Cookie: danchu=ended\r\n");
  EXPECT_EQ(kept.status, 401);
  EXPECT_TRUE(has(kept.body, "page=web/sign_in_again"));
  EXPECT_TRUE(has(kept.body, "sign_in=/dang-nhap?ve=%2Fdang-nhap%2Fquay-lai\n")) << kept.body.substr(0, 900);
  EXPECT_TRUE(has(kept.body, "action=/own-wish?mau=duong\n"));
  EXPECT_TRUE(has(kept.body, "name=text\nvalue=Road\n"));
  EXPECT_TRUE(has(kept.body, "name=note\nvalue=a\"b<c\n")) << "the template escapes it";
  EXPECT_TRUE(has(kept.body, "name=idempotency_key\nvalue=K9\n"));
  EXPECT_TRUE(has(kept.body, "asks_again=true"));
  EXPECT_FALSE(has(kept.body, "hush"));
  EXPECT_FALSE(has(kept.body, "1234"));
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(server->post("/own-wish", "text=Road&idempotency_key=K9", head).status, 303);
  EXPECT_EQ(count(), 1);
  EXPECT_FALSE(has(server->post("/own-wish", "text=Road", json).body, "page="))
      << "programs are told by JSON";
}

TEST_P(OnSite, FilesOfAFormThatComesBackAreChosenAgain) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nRoad\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.jpg\"\r\nContent-Type: "
      "image/jpeg\r\n\r\nBYTES\r\n--b--\r\n";
  Answer kept = server->post("/own-wish", body, "Content-Type: multipart/form-data; boundary=b\r\n");
  EXPECT_EQ(kept.status, 401);
  EXPECT_TRUE(has(kept.body, "name=text\nvalue=Road\n")) << kept.body.substr(0, 900);
  EXPECT_TRUE(has(kept.body, "field=pictures\nnames=a.jpg\n"));
  EXPECT_FALSE(has(kept.body, "BYTES"));
}

TEST_P(OnSite, ARefusalThatIsNoFormsDoesNotAskToMendOne) {
  Answer nothing = server->get("/nothing");
  EXPECT_TRUE(has(nothing.body, "page=web/problem"));
  EXPECT_FALSE(has(server->get("/nothing?x=1").body, "kept "));
}

TEST_P(OnSite, LetsOnlyTheRightPostsIn) {
  Answer head_sees = server->get("/desk", head);
  EXPECT_EQ(head_sees.status, 200);
  EXPECT_EQ(head_sees.header("cache-control"), "private, no-store");
  EXPECT_TRUE(has(head_sees.body, "key=yes"));
  Answer chair = server->get("/desk", "Cookie: danchu=chair-token\r\n");
  EXPECT_EQ(chair.status, 403);
  EXPECT_TRUE(has(chair.body, "page=web/problem"));
  EXPECT_EQ(server->get("/mine", "Cookie: danchu=chair-token\r\n").status, 200);
}

TEST_P(OnSite, RefusesSubmissionsFromOtherSites) {
  std::string cookie(head);
  EXPECT_EQ(server->post("/wish", "text=a", cookie + "Sec-Fetch-Site: cross-site\r\n").status, 403);
  EXPECT_EQ(server->post("/wish", "text=a", cookie + "Sec-Fetch-Site: same-site\r\n").status, 403);
  EXPECT_EQ(server->post("/wish", "text=a", cookie + "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(server->post("/wish", "text=a", cookie + "Origin: null\r\n").status, 403);
  EXPECT_EQ(count(), 0);
  Client neither(server->port());
  neither.send("POST /wish HTTP/1.1\r\nHost: test\r\n" + cookie +
               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\ntext=a");
  EXPECT_EQ(neither.receive().status, 403);
  EXPECT_EQ(server->post("/wish", "text=b", cookie + "Origin: http://test\r\n").status, 303);
  EXPECT_EQ(server->post("/wish", "text=c", "Sec-Fetch-Site: cross-site\r\n").status, 403);
  EXPECT_EQ(count(), 1);
}

TEST_P(OnSite, SetsAndKeepsSessionsInTheirCookie) {
  Answer in = server->post("/in", "");
  EXPECT_TRUE(has(in.header("set-cookie"), "danchu=new-token; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600"));
  EXPECT_EQ(in.header("cache-control"), "private, no-store");
}

// ---- forms and messages ----------------------------------------------------------------------------------

TEST_P(OnSite, ShowsAFormAgainWithItsProblemsAndWhatWasTyped) {
  Answer again = server->post("/wish", "text=&note=far+too+long+a+note&odd=1", head);
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again.body, "problem text: "));
  EXPECT_TRUE(has(again.body, "problem note: "));
  EXPECT_TRUE(has(again.body, "problem odd: "));
  EXPECT_TRUE(has(again.body, "kept note=far too long a note"));
  Answer as_json =
      server->post("/en/wish", R"({"text":1})", std::string(head) + "Content-Type: application/json\r\n");
  EXPECT_EQ(as_json.status, 422);
  EXPECT_EQ(as_json.header("content-type"), "application/problem+json");
  EXPECT_TRUE(has(as_json.body, R"("errors":[{"path":"text","message":"Send a text here, in quotes")"));
}

TEST_P(OnSite, ShowsAMessageOnceAfterARedirect) {
  Answer done = server->post("/en/wish", "text=Road", head);
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(done.header("location"), "/en/board");
  std::string flash = done.header("set-cookie");
  flash = flash.substr(0, flash.find(';'));
  Answer shown = server->get("/board", "Cookie: danchu=head-token; " + flash + "\r\n");
  EXPECT_TRUE(has(shown.body, "flash=Kept: Road"));
  EXPECT_TRUE(has(shown.header("set-cookie"), "Max-Age=0"));
  std::string forged = flash;
  forged[forged.size() / 2] ^= 1;
  EXPECT_TRUE(has(server->get("/board", "Cookie: " + forged + "\r\n").body, "flash= "));
}

TEST_P(OnSite, GivesTheLawWithARefusal) {
  Answer a = server->get("/law.json");
  EXPECT_EQ(a.status, 422);
  EXPECT_TRUE(has(a.body, R"("rules":["DEC-01"])"));
  EXPECT_TRUE(has(a.body, R"("citation":")"));
}

TEST_P(OnSite, MapsFailuresToStatuses) {
  EXPECT_EQ(server->get("/nothing").status, 404);
  Answer full = server->get("/full");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.header("retry-after"), "5");
  Answer bug = server->post("/fail", "");
  EXPECT_EQ(bug.status, 500);
  EXPECT_FALSE(has(bug.body, "a bug"));
}

// ---- replays
// -----------------------------------------------------------------------------------------------

TEST_P(OnSite, AnswersAReplayAsTheFirstTime) {
  std::string headers = std::string(head) + json + "Idempotency-Key: K1\r\n";
  Answer first = server->post("/wish", "text=Road", headers);
  EXPECT_EQ(first.status, 200);
  Answer second = server->post("/wish", "text=Road", headers);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.header("idempotent-replayed"), "true");
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(server->post("/wish", "text=Bridge", headers).status, 422);
  // Another account's key is another key.
  EXPECT_EQ(
      server
          ->post("/wish", "text=Bridge", std::string("Cookie: danchu=chair-token\r\nIdempotency-Key: K1\r\n"))
          .status,
      303);
  EXPECT_EQ(count(), 2);
}

TEST_P(OnSite, TakesTheKeyFromTheForm) {
  EXPECT_EQ(server->post("/wish", "text=Road&idempotency_key=F1", head).status, 303);
  Answer again = server->post("/wish", "text=Road&idempotency_key=F1", head);
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(again.header("location"), "/board");
  EXPECT_NE(again.header("set-cookie"), "");
  EXPECT_EQ(count(), 1);
}

// A session's token may be renewed with any answer: it is this answer's alone, the message is every replay's.
TEST_P(OnSite, AReplayRepeatsTheMessageAndNoToken) {
  const std::string headers = std::string(head) + "Idempotency-Key: K4\r\n";
  renewed_token = "next-token";
  Answer first = server->post("/wish", "text=Road", headers);
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(cookie_set(first, "danchu"), "danchu=next-token");
  const std::string flash = cookie_set(first, "danchu-flash");
  EXPECT_NE(flash, "");
  renewed_token = "";
  Answer second = server->post("/wish", "text=Road", headers);
  EXPECT_EQ(second.header("idempotent-replayed"), "true");
  EXPECT_EQ(cookie_set(second, "danchu-flash"), flash);
  EXPECT_EQ(cookie_set(second, "danchu"), "") << "kept, it would outlive its session";
  renewed_token = "later-token";
  Answer third = server->post("/wish", "text=Road", headers);
  EXPECT_EQ(cookie_set(third, "danchu-flash"), flash);
  EXPECT_EQ(cookie_set(third, "danchu"), "danchu=later-token");
  EXPECT_EQ(count(), 1);
  renewed_token = "";
  EXPECT_TRUE(
      has(server->get("/board", "Cookie: danchu=head-token; " + flash + "\r\n").body, "flash=Kept: Road"));
}

TEST_P(OnSite, TwoAtOnceRunOnce) {
  slow = true;
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      good += server->post("/wish", "text=Road", std::string(head) + "Idempotency-Key: K2\r\n").status == 303;
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(good, 4);
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(count(), 1);
}

TEST_P(OnSite, ARefusedSubmissionMayBeMendedUnderItsKey) {
  std::string headers = std::string(head) + "Idempotency-Key: K3\r\n";
  EXPECT_EQ(server->post("/wish", "text=", headers).status, 422);
  EXPECT_EQ(server->post("/wish", "text=Road", headers).status, 303);
  EXPECT_EQ(count(), 1);
}

TEST_P(OnSite, ADoubleClickWithoutAKeyCountsOnce) {
  server->post("/wish", "text=Road", head);
  server->post("/wish", "text=Road", head);
  EXPECT_EQ(count(), 1);
  server->post("/wish", "text=Bridge", head);
  server->post("/wish", "text=Road", head);  // wished again after something else
  EXPECT_EQ(count(), 3);
}

// ---- cached pages
// ----------------------------------------------------------------------------------------------

TEST_P(OnSite, CachesUntilACommitTouchesTheTopic) {
  Answer first = server->get("/board");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(server->get("/board").body, first.body);
  EXPECT_EQ(built, 1);
  ASSERT_TRUE(add("Road").ok());
  EXPECT_TRUE(has(server->get("/board").body, "wishes=1"));
  EXPECT_EQ(built, 2);
}

TEST_P(OnSite, KeepsRepresentationsApart) {
  EXPECT_EQ(server->get("/board.json").body, R"({"wishes":0})");
  EXPECT_EQ(server->get("/board", json).body, R"({"wishes":0})");
  EXPECT_TRUE(has(server->get("/board").body, "canonical=http://test/board "));
  EXPECT_TRUE(has(server->get("/en/board").body, "canonical=http://test/en/board "));
  EXPECT_TRUE(has(server->get("/board?page=2").body, "canonical=http://test/board?page=2 "));
  EXPECT_EQ(built, 4);
  EXPECT_TRUE(has(server->get("/board").header("vary"), "Accept-Encoding"));
}

TEST_P(OnSite, RedirectsUnknownQueriesToTheCanonicalAddress) {
  Answer a = server->get("/board?fbclid=xyz&page=2");
  EXPECT_EQ(a.status, 302);
  EXPECT_EQ(a.header("location"), "/board?page=2");
  EXPECT_EQ(server->get("/board?sort=a&page=2").header("location"), "/board?page=2&sort=a");
  EXPECT_EQ(server->get("/en/board.json?").header("location"), "");
  EXPECT_EQ(server->get("/board.json?x=%0d%0aSet-Cookie:a").header("location"), "/board.json");
  EXPECT_EQ(server->get("/bo%61rd").header("location"), "/board");
  EXPECT_EQ(built, 1);
}

TEST_P(OnSite, AnswersNotModifiedAndCompressed) {
  Answer first = server->get("/board");
  std::string tag = first.header("etag");
  EXPECT_NE(tag, "");
  Answer same = server->get("/board", "If-None-Match: " + tag + "\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  Answer br = server->get("/board", "Accept-Encoding: gzip, br\r\n"),
         gz = server->get("/board", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(br.header("content-encoding"), "br");
  EXPECT_EQ(gz.header("content-encoding"), "gzip");
  EXPECT_LT(gz.body.size(), first.body.size());
  EXPECT_EQ(
      server->get("/board", "Accept-Encoding: gzip\r\nIf-None-Match: " + gz.header("etag") + "\r\n").status,
      304);
  EXPECT_EQ(server->get("/board", "Accept-Encoding: gzip\r\nIf-None-Match: " + tag + "\r\n").status, 200);
  ASSERT_TRUE(add("x").ok());
  EXPECT_EQ(server->get("/board", "If-None-Match: " + tag + "\r\n").status, 200);
  EXPECT_EQ(built, 2);
}

TEST_P(OnSite, NeverCachesAVisitorsPage) {
  Answer own = server->get("/board", head);
  EXPECT_TRUE(has(own.body, "viewer=Head"));
  EXPECT_EQ(own.header("cache-control"), "private, no-store");
  Answer stranger = server->get("/board");
  EXPECT_TRUE(has(stranger.body, "viewer=\n"));
  EXPECT_TRUE(has(stranger.body, "key=no"));
  // A forged cookie is nobody: the same page from the cache.
  EXPECT_EQ(server->get("/board", "Cookie: danchu=forged\r\n").body, stranger.body);
  EXPECT_EQ(built, 2);
}

TEST_P(OnSite, DescribesItself) {
  std::string openapi = server->get("/openapi.json").body;
  EXPECT_TRUE(has(openapi, R"("openapi":"3.1.0")"));
  EXPECT_TRUE(has(openapi, R"("operationId":"post_wish")"));
  EXPECT_TRUE(has(openapi, R"("maxLength":40)"));
  EXPECT_TRUE(has(openapi, R"("required":["text"])"));
  EXPECT_TRUE(has(openapi, R"("security":[{"session":[]}])"));
}

}  // namespace
}  // namespace danchu::web
