// A submission that is sent twice takes effect once, over real connections.
#include <gtest/gtest.h>

#include <thread>

#include "web/application_testing.h"

namespace danchu::web {
namespace {

class Replays : public OnSite {};
DANCHU_ON_EACH_ENGINE(Replays);

// "name=value" as an answer sets it; empty: it does not.
std::string cookie_set(const Answer& answer, const std::string& name) {
  const std::string line = "\r\nSet-Cookie: ";
  std::size_t at = answer.head.find(line + name + "=");
  if (at == std::string::npos) return "";
  at += line.size();
  return answer.head.substr(at, answer.head.find(';', at) - at);
}

TEST_P(Replays, AnswersAReplayAsTheFirstTime) {
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

TEST_P(Replays, TakesTheKeyFromTheForm) {
  EXPECT_EQ(server->post("/wish", "text=Road&idempotency_key=F1", head).status, 303);
  Answer again = server->post("/wish", "text=Road&idempotency_key=F1", head);
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(again.header("location"), "/board");
  EXPECT_NE(again.header("set-cookie"), "");
  EXPECT_EQ(count(), 1);
}

// A session's token may be renewed with any answer: it is this answer's alone, the message is every replay's.
TEST_P(Replays, AReplayRepeatsTheMessageAndNoToken) {
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

TEST_P(Replays, TwoAtOnceRunOnce) {
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

TEST_P(Replays, ARefusedSubmissionMayBeMendedUnderItsKey) {
  std::string headers = std::string(head) + "Idempotency-Key: K3\r\n";
  EXPECT_EQ(server->post("/wish", "text=", headers).status, 422);
  EXPECT_EQ(server->post("/wish", "text=Road", headers).status, 303);
  EXPECT_EQ(count(), 1);
}

TEST_P(Replays, ADoubleClickWithoutAKeyCountsOnce) {
  server->post("/wish", "text=Road", head);
  server->post("/wish", "text=Road", head);
  EXPECT_EQ(count(), 1);
  server->post("/wish", "text=Bridge", head);
  server->post("/wish", "text=Road", head);  // wished again after something else
  EXPECT_EQ(count(), 3);
}

}  // namespace
}  // namespace danchu::web
