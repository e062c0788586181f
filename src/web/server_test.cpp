// The wire: what a browser, a proxy, a careless program or an attacker sends, and what comes back.
#include "web/server.h"

#include <gtest/gtest.h>

#include <thread>

#include "web/server_testing.h"

namespace danchu::web {
namespace {

using namespace std::chrono_literals;

class Wire : public testing::Test {
 protected:
  TestServer server{test_routes};
};

TEST_F(Wire, KeepsConnectionsOpen) {
  Client c(server.port());
  EXPECT_EQ(c.get("/").body, "home");
  Answer second = c.get("/viec/ABC");
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body, "ABC vi");
  EXPECT_EQ(second.header("connection"), "");
  EXPECT_NE(second.header("date"), "");
}

TEST_F(Wire, ClosesWhenAskedAndForOldClients) {
  Client c(server.port());
  EXPECT_EQ(c.get("/", "Connection: close\r\n").header("connection"), "close");
  EXPECT_TRUE(c.closed());
  Client old(server.port());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.receive().body, "home");
  EXPECT_TRUE(old.closed());
}

TEST_F(Wire, AnswersPipelinedRequestsInOrder) {
  Client c(server.port());
  c.send(
      "GET /slow HTTP/1.1\r\nHost: t\r\n\r\nGET / HTTP/1.1\r\nHost: t\r\n\r\nGET /viec/2 HTTP/1.1\r\nHost: "
      "t\r\n\r\n");
  EXPECT_EQ(c.receive().body, "slow");
  EXPECT_EQ(c.receive().body, "home");
  EXPECT_EQ(c.receive().body, "2 vi");
}

TEST_F(Wire, PutsAHeaderTogetherFromPieces) {
  Client c(server.port());
  for (std::string_view piece : {"GE", "T / HT", "TP/1.1\r", "\nHost: t\r\n", "\r", "\n"}) {
    c.send(piece);
    std::this_thread::sleep_for(2ms);
  }
  EXPECT_EQ(c.receive().body, "home");
}

TEST_F(Wire, SendsWhatDoesNotFitTheSocketBuffer) {
  Client c(server.port());
  EXPECT_EQ(c.get("/big").body.size(), 3'000'000u);
  EXPECT_EQ(c.get("/").body, "home");
}

TEST_F(Wire, RefusesMalformedRequests) {
  struct Case {
    const char* what;
    std::string bytes;
    int status;
  };
  const Case cases[] = {
      {"nonsense", "hello\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"unknown version", "GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {"obsolete folding", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", 400},
      {"bare line feed", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
      {"space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"NUL in header", std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 30), 400},
      {"length and encoding",
       "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"encoding and length",
       "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
       400},
      {"two lengths", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
       400},
      {"length list", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 4\r\n\r\nabc", 400},
      {"negative length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
      {"strange encoding",
       "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"bad chunk", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", 400},
      {"wrong chunk size",
       "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", 400},
      {"body too long", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2001\r\n\r\n", 413},
      {"chunks too long", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n", 413},
      {"GET with a body", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab", 413},
      {"long header", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n", 431},
      {"endless header", "GET / HTTP/1.1\r\nHost: a\r\n" + std::string(17'000, 'x'), 431},
  };
  for (const Case& wrong : cases) {
    Client c(server.port());
    c.send(wrong.bytes);
    EXPECT_EQ(c.receive().status, wrong.status) << wrong.what;
    EXPECT_TRUE(c.closed()) << wrong.what;
  }
  EXPECT_EQ(server.get("viec").status, 400);
  EXPECT_EQ(server.get("/").status, 200);
}

TEST_F(Wire, ReadsBodies) {
  Client c(server.port());
  EXPECT_EQ(c.post("/echo", "a=1&b=x%20y+z").body, "a=1;b=x y z;");
  c.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n"
      "Sec-Fetch-Site: same-origin\r\n\r\n3;ext=1\r\na=1\r\n4\r\n&b=2\r\n0\r\nX-Trailer: 1\r\n\r\nGET / "
      "HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(c.receive().body, "a=1;b=2;");
  EXPECT_EQ(c.receive().body, "home");
  c.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
      "3\r\n"
      "Expect: 100-continue\r\nSec-Fetch-Site: same-origin\r\n\r\n");
  std::this_thread::sleep_for(5ms);
  c.send("q=5");
  EXPECT_EQ(c.receive().body, "q=5;");
  std::string form =
      "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nĐường\r\n--B\r\n"
      "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\\\x\\\\bien ban.pdf\"\r\nContent-Type: "
      "application/pdf\r\n\r\n"
      "%PDF\r\n--\r\n--B--\r\n";
  EXPECT_EQ(c.post("/echo", form, "Content-Type: multipart/form-data; boundary=B\r\n").body,
            "title=Đường;file<bien ban.pdf>8;");
}

TEST_F(Wire, RefusesUnreadableBodies) {
  EXPECT_EQ(server.post("/echo", "a=%zz").status, 400);
  EXPECT_EQ(server.post("/echo", "<a/>", "Content-Type: text/xml\r\n").status, 415);
  EXPECT_EQ(server
                .post("/echo", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
                      "Content-Type: multipart/form-data; boundary=B\r\n")
                .status,
            400);
  EXPECT_EQ(server.post("/echo", "x", "Content-Type: multipart/form-data\r\n").status, 400);
}

TEST_F(Wire, FindsRoutes) {
  EXPECT_EQ(server.get("/viec/moi").body, "new");
  EXPECT_EQ(server.get("/en/viec/7").body, "7 en");
  EXPECT_EQ(server.get("/en").body, "home");
  EXPECT_EQ(server.get("/viec/%C4%90%C6%B0%E1%BB%9Dng").body, "Đường vi");
  EXPECT_EQ(server.get("http://elsewhere/viec/8").body, "8 vi");
  Answer slash = server.get("/en/viec/7/?x=1");
  EXPECT_EQ(slash.status, 301);
  EXPECT_EQ(slash.header("location"), "/en/viec/7?x=1");
}

TEST_F(Wire, AnswersHeadAndOptions) {
  Client c(server.port());
  c.send("HEAD /viec/1 HTTP/1.1\r\nHost: t\r\n\r\n");
  Answer head = c.receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "4");
  c.send("OPTIONS /echo HTTP/1.1\r\nHost: t\r\n\r\n");
  Answer options = c.receive();
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("allow"), "POST, OPTIONS");
  EXPECT_EQ(c.get("/").body, "home");
  c.send("DELETE /viec/1 HTTP/1.1\r\nHost: t\r\nAccept: application/json\r\n\r\n");
  Answer wrong = c.receive();
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("allow"), "GET, HEAD, OPTIONS");
}

TEST_F(Wire, JsonByAcceptOrSuffix) {
  EXPECT_EQ(server.get("/json/Lo.json").body, R"({"text":"Lo"})");
  Answer accepted = server.get("/en/json/Lo", "Accept: text/html;q=0.3, application/json\r\n");
  EXPECT_EQ(accepted.body, R"({"text":"Lo"})");
  EXPECT_EQ(accepted.header("content-type"), "application/json");
  Answer missing = server.get("/none.json", "Accept: application/json\r\n");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("content-type"), "application/problem+json");
  EXPECT_NE(missing.body.find(R"("status":404)"), std::string::npos);
}

TEST_F(Wire, SendsSecurityHeaders) {
  Answer a = server.get("/");
  EXPECT_NE(a.header("content-security-policy").find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(a.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(a.header("referrer-policy"), "same-origin");
  EXPECT_EQ(a.header("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(a.header("strict-transport-security"), "");
}

TEST_F(Wire, SpeaksOfItself) {
  EXPECT_EQ(server.get("/health").body, "ok\n");
  EXPECT_EQ(server.get("/ready").status, 200);
  EXPECT_NE(server.get("/openapi.json").body.find("\"get_viec_motion\""), std::string::npos);
  EXPECT_NE(server.get("/.well-known/security.txt").body.find("Expires: 2027-"), std::string::npos);
  server.get("/viec/secret-name");
  std::string metrics = server.get("/metrics").body;
  EXPECT_NE(metrics.find("danchu_http_requests_total{route=\"GET /viec/{motion}\",status=\"2xx\"} 1"),
            std::string::npos);
  EXPECT_EQ(metrics.find("secret-name"), std::string::npos);
  EXPECT_EQ(metrics.find("POST /viec"), std::string::npos) << "nothing of what nobody asked";
  EXPECT_EQ(server.get("/metrics", "X-Forwarded-For: 203.0.113.9\r\n").status, 403)
      << "a proxy's neighbour is no neighbour";
}

TEST_F(Wire, TellsWhoHasItsDescriptionThatItIsTheSame) {
  Answer plain = server.get("/openapi.json");
  ASSERT_NE(plain.header("etag"), "");
  EXPECT_EQ(server.get("/openapi.json", "If-None-Match: " + plain.header("etag") + "\r\n").status, 304);
  Answer small = server.get("/openapi.json", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(small.header("content-encoding"), "gzip");
  EXPECT_LT(small.body.size(), plain.body.size());
}

TEST_F(Wire, AnUnknownJsonAddressIsAProblemInJson) {
  for (const char* headers : {"", "Accept: application/json\r\n"}) {
    Answer a = server.get(*headers ? "/nothing/here" : "/nothing/here.json", headers);
    EXPECT_EQ(a.status, 404);
    EXPECT_EQ(a.header("content-type"), "application/problem+json");
  }
}

TEST(Metrics, AreReadElsewhereWithTheTokenOnly) {
  ServerOptions o;
  o.metrics_token = "0123456789abcdef";
  TestServer server([](Router&) {}, o);
  const std::string far = "X-Forwarded-For: 203.0.113.9\r\n";
  EXPECT_EQ(server.get("/metrics", far + "Authorization: Bearer 0123456789abcdef\r\n").status, 200);
  EXPECT_EQ(server.get("/metrics", far + "Authorization: Bearer another\r\n").status, 403);
}

}  // namespace
}  // namespace danchu::web
