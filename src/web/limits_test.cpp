// What the server bears of slow, many and large requests, and how it begins and ends.
#include <gtest/gtest.h>

#include <thread>

#include "web/server_testing.h"

namespace danchu::web {
namespace {

using namespace std::chrono_literals;

TEST(Limits, SlowSendersAreCutOff) {
  ServerOptions o;
  o.header_time = 60ms;
  o.body_time = 60ms;
  o.idle_time = 150ms;
  TestServer server(test_routes, o);
  Client header(server.port());
  header.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(header.receive().status, 408);
  EXPECT_TRUE(header.closed());
  Client body(server.port());
  body.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nab");
  EXPECT_EQ(body.receive().status, 408);
  Client idle(server.port());
  EXPECT_EQ(idle.get("/").status, 200);
  EXPECT_TRUE(idle.closed());
  Client never(server.port());
  EXPECT_TRUE(never.closed());
}

TEST(Limits, WhoSendsNothingOfABodyIsCutOffBeforeASlowSender) {
  ServerOptions o;
  o.body_time = 30s;
  o.stall_time = 60ms;
  TestServer server(test_routes, o);
  Client body(server.port());
  const auto begun = std::chrono::steady_clock::now();
  body.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nab");
  EXPECT_EQ(body.receive().status, 408);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 20s);
}

TEST(Limits, WhatIsAnnouncedBuysNoTime) {
  ServerOptions o;
  o.body_time = 60ms;
  TestServer server(test_routes, o);
  Client body(server.port());
  const auto begun = std::chrono::steady_clock::now();
  body.send("POST /large HTTP/1.1\r\nHost: t\r\nContent-Length: 40000000\r\n\r\nab");
  EXPECT_EQ(body.receive().status, 408);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s) << "40 MB at the slowest rate take 80 minutes";
}

TEST(Limits, WhoHardlySendsGivesWayWhenPlacesRunOut) {
  ServerOptions o;
  o.connections = 10;
  o.header_time = 10s;
  o.idle_time = 400ms;  // how often is looked
  TestServer server(test_routes, o);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 10; ++i) {
    slow.push_back(std::make_unique<Client>(server.port()));
    slow.back()->send("POST /large HTTP/1.1\r\nHost: t\r\nContent-Length: 40000000\r\n\r\nab");
  }
  EXPECT_EQ(slow.front()->receive().status, 408);
  std::this_thread::sleep_for(1500ms);
  Client late(server.port());
  EXPECT_EQ(late.get("/").status, 200);
}

TEST(Limits, ALargeBodyIsReadOfThoseOnlyWhoAreSignedIn) {
  TestServer server(test_routes);
  server.sessions["known"] = people::Viewer{.account = {7}};
  const std::string file = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n" +
                           std::string(300'000, 'x') + "\r\n--b--\r\n";
  auto send = [&](const std::string& cookie) {
    Client client(server.port());
    client.send("POST /picture HTTP/1.1\r\nHost: t\r\nOrigin: http://t\r\nCookie: danchu=" + cookie +
                "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
                std::to_string(file.size()) + "\r\n\r\n" + file);
    return client.receive();
  };
  EXPECT_EQ(send("invented").status, 413);
  EXPECT_EQ(send("known").body, "300000");
}

TEST(Limits, BodiesTogetherTakeOnlySoMuchMemory) {
  ServerOptions o;
  o.bodies = 1500;
  TestServer server(test_routes, o);
  Client first(server.port());
  first.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2000\r\n\r\n" + std::string(1000, 'a'));
  std::this_thread::sleep_for(100ms);
  Client second(server.port());
  second.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2000\r\n\r\n" + std::string(1000, 'b'));
  EXPECT_EQ(second.receive().status, 503);
  Client third(server.port());
  EXPECT_EQ(third.get("/").body, "home");
}

TEST(Limits, IdleConnectionsGiveWayWhenPlacesRunOut) {
  ServerOptions o;
  o.connections = 10;
  o.header_time = 80ms;  // how often is looked
  TestServer server(test_routes, o);
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 10; ++i) {
    idle.push_back(std::make_unique<Client>(server.port()));
    EXPECT_EQ(idle.back()->get("/").status, 200);
  }
  std::this_thread::sleep_for(1500ms);
  Client late(server.port());
  EXPECT_EQ(late.get("/").status, 200);
}

TEST(Limits, WhoTakesNothingOfHisAnswerGivesWayWhenPlacesRunOut) {
  ServerOptions o;
  o.connections = 5;
  o.idle_time = 400ms;  // how long nobody's stall is borne then, and how often is looked
  TestServer server(test_routes, o);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 5; ++i) {
    slow.push_back(std::make_unique<Client>(server.port()));
    slow.back()->send("GET /huge HTTP/1.1\r\nHost: t\r\n\r\n");
  }
  int status = 0;
  for (int tried = 0; tried < 50 && status != 200; ++tried) {
    std::this_thread::sleep_for(100ms);
    status = server.get("/").status;
  }
  EXPECT_EQ(status, 200) << "at the slowest rate they would hold their places for a quarter of an hour";
  const auto cut = std::count_if(slow.begin(), slow.end(),
                                 [](auto& one) { return one->receive().body.size() < huge_answer; });
  EXPECT_GE(cut, 1) << "somebody's place became free";
}

TEST(Limits, TooManyConnectionsAreTurnedAway) {
  ServerOptions o;
  o.connections = 3;
  TestServer server(test_routes, o);
  std::vector<std::unique_ptr<Client>> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(std::make_unique<Client>(server.port()));
    EXPECT_EQ(open.back()->get("/").status, 200);
  }
  Client late(server.port());
  EXPECT_EQ(late.receive().status, 503);
}

TEST(Shutdown, FinishesTheRunningRequest) {
  std::atomic<bool> entered{false};
  auto held = [&](Router& r) {
    r.get(
        "/held",
        [&](Request&) {
          entered = true;
          std::this_thread::sleep_for(100ms);
          return say("finished");
        },
        about("Held"));
  };
  auto server = std::make_unique<TestServer>(held);
  std::thread running([&] { server->server->run(); });
  Client busy(server->port()), idle(server->port());
  busy.send("GET /held HTTP/1.1\r\nHost: t\r\n\r\n");
  while (!entered) std::this_thread::sleep_for(1ms);
  std::uint16_t port = server->port();
  server->server->stop();
  Answer answer = busy.receive();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(idle.closed());
  running.join();
  Client after(port);
  EXPECT_FALSE(after.connected());
}

TEST(Listening, SaysWhatIsWrong) {
  TestServer taken(test_routes);
  ServerOptions o;
  o.listen = "127.0.0.1:" + std::to_string(taken.port());
  store::TestStore store;
  Server second(Site{*store, *taken.keys, law::Law::embedded(), "http://test"}, o, test_routes);
  EXPECT_THROW(second.start(), std::runtime_error);
}

TEST(Stopping, DoesNotWaitForIdleConnections) {
  TestServer server(test_routes);
  Client idle(server.port()), silent(server.port());
  EXPECT_EQ(idle.get("/").status, 200);
  const auto begun = std::chrono::steady_clock::now();
  server.server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s) << "ten would be given to requests under way";
  EXPECT_TRUE(idle.closed());
}

}  // namespace
}  // namespace danchu::web
