// Requests out of the bytes of one connection, whatever pieces they arrive in. Knows no sockets and no time:
// who reads the network asks for room, says how much came, and asks again; so it is tested and fuzzed without
// either.
//
//   reader.next();
//   while (reader.head() == Reading::more) reader.arrived(read_into(reader.room()));
//   if (reader.has_body()) ... reader.allow_body(limit), then body() the same way
//
// What different programs would read differently (obsolete folding, bare line feeds, two lengths, a length
// beside an encoding: RFC 9112) is refused, so that no proxy and danchu ever see two different requests.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "web/http.h"

namespace danchu::web {

enum class Reading {
  more,      // bytes are missing
  complete,  // read to its end
  refused,   // status() says why; nothing more is to be read from this connection
};

class RequestReader {
 public:
  // Fills `request`. `header_bytes`: the most a head, or one line of a chunked body, may have.
  RequestReader(HttpRequest& request, std::size_t header_bytes);
  ~RequestReader();

  // Forgets the request before; bytes that came after it are kept, they begin the next.
  void next();
  // Request line and headers.
  Reading head();

  // Of a complete head:
  bool has_body() const;
  std::uint64_t body_bytes(std::uint64_t if_unknown) const;  // as announced
  bool keep_alive() const;
  // Before body(); refused (413) when more is announced.
  Reading allow_body(std::size_t limit);
  Reading body();

  int status() const { return status_; }  // 400, 413, 431, 501 or 505

  std::span<char> room();  // never empty
  void arrived(std::size_t bytes);
  bool empty() const { return begin_ == end_; }  // nothing is held that was not read yet

 private:
  struct Parts;
  std::string_view held() const { return {in_.data() + begin_, end_ - begin_}; }
  Reading refuse(int status);
  Reading parse_head(std::size_t size);
  int fault_of_framing() const;
  Reading sized_body();
  Reading chunked_body();

  HttpRequest& request_;
  std::size_t header_bytes_;
  std::unique_ptr<Parts> parts_;
  std::vector<char> in_;
  std::size_t begin_ = 0, end_ = 0;  // what is held of in_
  std::size_t searched_ = 0;         // of held(), for the end of the head
  int status_ = 0;
};

}  // namespace danchu::web
