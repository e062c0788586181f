// Where to listen, as an administrator writes it.
#pragma once
#include <string>

namespace danchu::web {

struct ListenAddress {
  std::string host;  // "127.0.0.1", "::" without brackets; "0.0.0.0" for "*" or nothing
  std::string port;
};

// "127.0.0.1:8080", "[::]:8080", "*:8080", ":8080". Throws std::runtime_error that says what is wanted.
ListenAddress parse_listen_address(const std::string& text);

}  // namespace danchu::web
