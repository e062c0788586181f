// A few pages without templates, for tests of what goes over the wire. Only *_test.cpp files include this.
#pragma once
#include <chrono>
#include <thread>

#include "web/testing.h"

namespace danchu::web {

struct Greeting {
  std::string text;
};
DANCHU_RECORD(Greeting, text)

// A page that says what it was given, without templates.
inline Reply say(std::string text) { return bytes("text/plain; charset=utf-8", std::move(text)); }

// More than the buffers of a connection hold.
inline constexpr std::size_t huge_answer = 24'000'000;

inline void test_routes(Router& r) {
  r.get(
      "/", [](Request&) { return say("home"); }, about("Home"));
  r.get(
      "/viec/{motion}", [](Request& q) { return say(q.param("motion") + " " + std::string(q.language())); },
      about("One"));
  r.get(
      "/viec/moi", [](Request&) { return say("new"); }, about("New"));
  r.get(
      "/json/{name}", [](Request& q) { return q.show("none", Greeting{q.param("name")}); },
      about("As JSON").answers<Greeting>());
  r.post(
      "/echo",
      [](Request& q) {
        std::string all;
        for (const auto& [name, value] : q.sent()) all += name + "=" + value + ";";
        for (const Upload& u : q.uploads())
          all += u.field + "<" + u.file_name + ">" + std::to_string(u.bytes.size()) + ";";
        return say(all);
      },
      about("Echo").body_limit(2000));
  auto count = [](Request& q) { return say(std::to_string(q.uploads().at(0).bytes.size())); };
  r.post("/large", count, about("Large").body_limit(50'000'000));
  r.post("/picture", count, about("Picture").signed_in().body_limit(1'000'000));
  r.get(
      "/slow",
      [](Request&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        return say("slow");
      },
      about("Slow"));
  r.get(
      "/huge", [](Request&) { return say(std::string(huge_answer, 'x')); }, about("Huge"));
  r.get(
      "/big", [](Request&) { return say(std::string(3'000'000, 'x')); }, about("Big"));
}

}  // namespace danchu::web
