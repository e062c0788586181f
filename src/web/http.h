// What goes between the network (server.cpp, request_reader.cpp) and everything else: a request as it came
// over the wire, and an answer ready to be sent. Neither knows sockets, routes or records.
#pragma once
#include <cstdint>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace danchu::web {

// One per connection and used again for each of its requests, so that reading one costs no allocation.
class HttpRequest {
 public:
  std::string method;  // "GET"
  std::string target;  // as sent: "/en/viec/01J…?trang=2"
  std::string body;
  std::string peer;     // address of the other end of the connection
  bool secure = false;  // came over TLS
  int version = 11;

  // The first header of that name (lower case), empty when absent.
  std::string_view header(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  void add_header(std::string_view name, std::string_view value);
  void clear();  // all but peer and secure

 private:
  struct Span {
    std::uint32_t name, name_size, value, value_size;
  };
  std::string text_;
  std::vector<Span> headers_;
};

// A whole answer but for Date and Connection, which the network adds. `head`: status line and header lines,
// each ended by CRLF, without the empty line.
struct Ready {
  int status = 200;
  std::string head;
  std::string body;
};
using ReadyRef = std::shared_ptr<const Ready>;

std::string_view status_text(int status);  // "Not Found"
std::string date_line(std::time_t now);    // "Date: Tue, 24 Nov 2026 09:00:00 GMT" and CRLF

// Percent-decodes; '+' becomes a space in a query or form. False for a broken %XX.
bool percent_decode(std::string_view text, bool plus_is_space, std::string& to);
// Keeps letters, digits and -._~ ; the rest is %XX.
std::string percent_encode(std::string_view text);

// The value of a cookie by its name, empty when absent.
std::string_view cookie(const HttpRequest& request, std::string_view name);

}  // namespace danchu::web
