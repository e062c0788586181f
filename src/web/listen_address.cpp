#include "web/listen_address.h"

#include <stdexcept>

namespace danchu::web {

ListenAddress parse_listen_address(const std::string& text) {
  std::size_t colon = text.rfind(':');
  if (colon == text.npos) throw std::runtime_error("--listen wants ADDRESS:PORT, not " + text);
  std::string host = text.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.empty() || host == "*") host = "0.0.0.0";
  return {host, text.substr(colon + 1)};
}

}  // namespace danchu::web
