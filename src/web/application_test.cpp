// Sessions, roles, submissions and cached pages over real connections.
#include "web/application.h"

#include <gtest/gtest.h>

#include "web/application_testing.h"

namespace danchu::web {
namespace {

DANCHU_ON_EACH_ENGINE(OnSite);

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
  Answer lost = server->post("/en/lost", "", json);
  EXPECT_EQ(lost.status, 503);
  EXPECT_TRUE(has(lost.body, "do not know")) << lost.body;
  EXPECT_EQ(lost.header("retry-after"), "") << "what may have been kept is not sent again blindly";
  Answer bug = server->post("/fail", "");
  EXPECT_EQ(bug.status, 500);
  EXPECT_FALSE(has(bug.body, "a bug"));
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

TEST_P(OnSite, TellsWhatTheCacheHolds) {
  const std::string gauge = "\ndanchu_page_cache_bytes ";
  EXPECT_TRUE(has(server->get("/metrics").body, gauge + "0\n"));
  server->get("/board");
  const std::string metrics = server->get("/metrics").body;
  EXPECT_TRUE(has(metrics, gauge));
  EXPECT_FALSE(has(metrics, gauge + "0\n"));
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
