// Requests out of bytes, without sockets: whatever pieces they come in, the same requests come out.
#include "web/request_reader.h"

#include <gtest/gtest.h>

#include "web/listen_address.h"

namespace danchu::web {
namespace {

// What a careless loop over a connection sees of `bytes`, `step` at a time: each request in a line, or the
// refusal.
std::string read_all(std::string_view bytes, std::size_t step, std::size_t body_limit = 100,
                     std::size_t header_bytes = 256) {
  HttpRequest request;
  RequestReader reader(request, header_bytes);
  std::string seen;
  auto until_known = [&](auto read) {
    Reading reading;
    while ((reading = read()) == Reading::more && !bytes.empty()) {
      auto room = reader.room();
      std::size_t n = std::min({step, room.size(), bytes.size()});
      std::copy_n(bytes.begin(), n, room.begin());
      reader.arrived(n);
      bytes.remove_prefix(n);
    }
    if (reading == Reading::refused) seen += std::to_string(reader.status());
    if (reading == Reading::more) seen += reader.empty() ? "end" : "cut";
    return reading == Reading::complete;
  };
  for (;;) {
    reader.next();
    if (!until_known([&] { return reader.head(); })) return seen;
    if (reader.has_body()) {
      if (reader.allow_body(body_limit) == Reading::refused) return seen + std::to_string(reader.status());
      if (!until_known([&] { return reader.body(); })) return seen;
    }
    seen += request.method + " " + request.target + " " + std::string(request.header("x")) + "[" +
            request.body + (reader.keep_alive() ? "] " : "]. ");
  }
}

TEST(RequestReader, ReadsTheSameInWhateverPieces) {
  struct Case {
    std::string bytes, seen;
  };
  const std::string host = " HTTP/1.1\r\nHost: a\r\n";
  const Case cases[] = {
      {"", "end"},
      {"GET /" + host + "X: y\r\n\r\n", "GET / y[] end"},
      {"\r\n\r\nGET /1" + host + "\r\nGET /2" + host + "Connection: close\r\n\r\n",
       "GET /1 [] GET /2 []. end"},
      {"GET / HTTP/1.0\r\n\r\n", "GET / []. end"},
      {"GET /" + host, "cut"},
      {"POST /" + host + "Content-Length: 3\r\n\r\nabcGET /2" + host + "\r\n", "POST / [abc] GET /2 [] end"},
      {"POST /" + host + "Content-Length: 4\r\n\r\nabc", "end"},
      {"POST /" + host + "Content-Length: 101\r\n\r\n", "413"},
      {"POST /" + host +
           "Transfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n2\r\nde\r\n0\r\nX: t\r\n\r\nGET /2" + host +
           "\r\n",
       "POST / [abcde] GET /2 [] end"},
      {"POST /" + host + "Transfer-Encoding: chunked\r\n\r\n65\r\n", "413"},
      {"POST /" + host + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", "400"},
      {"POST /" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
      {"POST /" + host + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", "400"},
      {"POST /" + host + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET /" + host + "Host: b\r\n\r\n", "400"},
      {"GET /" + host + "X: 1\r\n 2\r\n\r\n", "400"},
      {"GET / HTTP/1.1\nHost: a\r\n\r\n", "400"},
      {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", "505"},
      {"GET /" + host + "X: " + std::string(300, 'x'), "431"},
      {"GET /" + host + "X: " + std::string(300, 'x') + "\r\n\r\n", "431"},
  };
  for (const Case& c : cases) {
    for (std::size_t step : {1, 2, 3, 7, 50, 4096})
      EXPECT_EQ(read_all(c.bytes, step), c.seen) << c.bytes << step;
  }
}

TEST(RequestReader, GrowsForALongHeadAndABody) {
  std::string body(200'000, 'b');
  std::string bytes = "POST / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'x') +
                      "\r\nContent-Length: 200000\r\n\r\n" + body;
  std::string seen = read_all(bytes, 1000, 1'000'000, 16 * 1024);
  EXPECT_EQ(seen, "POST / " + std::string(9000, 'x') + "[" + body + "] end");
}

TEST(ListenAddress, IsReadAsAnAdministratorWritesIt) {
  const char* cases[][3] = {{"127.0.0.1:8080", "127.0.0.1", "8080"},
                            {"[::]:80", "::", "80"},
                            {"*:80", "0.0.0.0", "80"},
                            {":80", "0.0.0.0", "80"},
                            {"thon.example:https", "thon.example", "https"}};
  for (auto [text, host, port] : cases) {
    ListenAddress read = parse_listen_address(text);
    EXPECT_EQ(read.host, host) << text;
    EXPECT_EQ(read.port, port) << text;
  }
  EXPECT_THROW(parse_listen_address("8080"), std::runtime_error);
}

}  // namespace
}  // namespace danchu::web
