// A real server on a free port and a plain client, for tests. Only *_test.cpp files include this.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <string>
#include <string_view>

#include "store/testing.h"
#include "web/pages.h"
#include "web/server.h"

namespace danchu::web {

struct Answer {
  int status = 0;  // 0: the connection was closed without an answer
  std::string head, body;
  std::string header(std::string_view name) const;  // first of that name, lower case given
};

inline std::string lower(std::string_view text) {
  std::string to;
  for (char c : text) to += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return to;
}

inline std::string Answer::header(std::string_view name) const {
  std::string lines = lower(head), wanted = "\r\n" + std::string(name) + ": ";
  std::size_t at = lines.find(wanted);
  if (at == std::string::npos) return {};
  at += wanted.size();
  return head.substr(at, head.find("\r\n", at) - at);
}

// One TCP connection. Every read gives up after five seconds.
class Client {
 public:
  explicit Client(std::uint16_t port) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~Client() { close(fd_); }
  Client(const Client&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) { (void)!::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  // The next answer; `bodiless` for HEAD.
  Answer receive(bool bodiless = false) {
    Answer answer;
    std::size_t end;
    do {
      while ((end = held_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return answer;
      answer.head = held_.substr(0, end + 2);
      held_.erase(0, end + 4);
      answer.status = std::stoi(answer.head.substr(9, 3));
    } while (answer.status == 100);
    std::string length = answer.header("content-length");
    if (bodiless || length.empty() || answer.status == 304) return answer;
    auto size = static_cast<std::size_t>(std::stoul(length));
    while (held_.size() < size)
      if (!fill()) return answer;
    answer.body = held_.substr(0, size);
    held_.erase(0, size);
    return answer;
  }
  Answer get(std::string_view target, std::string_view headers = "") {
    send("GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n");
    return receive();
  }
  // A form from this site's own page, unless `headers` say otherwise.
  Answer post(std::string_view target, std::string_view body, std::string_view headers = "") {
    std::string extra(headers);
    std::string lines = lower(headers);
    if (lines.find("sec-fetch-site") == lines.npos && lines.find("origin") == lines.npos)
      extra += "Sec-Fetch-Site: same-origin\r\n";
    if (lines.find("content-type") == lines.npos)
      extra += "Content-Type: application/x-www-form-urlencoded\r\n";
    send("POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + extra +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
    return receive();
  }
  // True when the other end closes within the time.
  bool closed() {
    while (fill()) {
    }
    return gone_;
  }

 private:
  bool fill() {
    pollfd waiting{fd_, POLLIN, 0};
    if (poll(&waiting, 1, 5000) != 1) return false;
    char part[16384];
    ssize_t n = recv(fd_, part, sizeof part, 0);
    if (n <= 0) gone_ = true;
    if (n <= 0) return false;
    held_.append(part, static_cast<std::size_t>(n));
    return true;
  }
  int fd_;
  bool connected_ = false, gone_ = false;
  std::string held_;
};

// Who holds which token, for tests that do not sign in by the form.
using Sessions = std::map<std::string, people::Viewer, std::less<>>;

class TestServer {
 public:
  explicit TestServer(const std::function<void(Router&)>& routes, ServerOptions options = {},
                      store::Engine engine = store::Engine::sqlite, bool demo = false)
      : store(engine), keys(acts::Keys::open(directory_.path() + "/keys")) {
    options.listen = "127.0.0.1:0";
    options.access_log = false;
    options.workers = 8;
    if (!options.viewer_of)
      options.viewer_of = [this](std::string_view token, Instant) -> std::optional<people::Viewer> {
        auto found = sessions.find(token);
        return found == sessions.end() ? std::nullopt : std::optional(found->second);
      };
    server = std::make_unique<Server>(Site{*store, *keys, law::Law::embedded(), "http://test", demo}, options,
                                      routes);
    server->start();
  }
  ~TestServer() { server.reset(); }
  std::uint16_t port() const { return server->port(); }
  Answer get(std::string_view target, std::string_view headers = "") {
    return Client(port()).get(target, headers);
  }
  Answer post(std::string_view target, std::string_view body, std::string_view headers = "") {
    return Client(port()).post(target, body, headers);
  }

 private:
  store::TemporaryDirectory directory_;

 public:
  store::TestStore store;
  std::unique_ptr<acts::Keys> keys;
  Sessions sessions;
  std::unique_ptr<Server> server;
};

}  // namespace danchu::web
