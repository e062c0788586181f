// Fuzzer: the bytes of a connection become the same requests, or the same refusal, in one piece and in small
// ones.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "web/request_reader.h"

namespace danchu::web {
namespace {

constexpr std::size_t header_bytes = 16 * 1024, body_limit = 64 * 1024;

std::string read_all(std::string_view bytes, std::size_t step) {
  HttpRequest request;
  RequestReader reader(request, header_bytes);
  std::string seen;
  auto until_known = [&](auto read) {
    Reading reading;
    while ((reading = read()) == Reading::more && !bytes.empty()) {
      auto room = reader.room();
      if (room.empty()) std::abort();
      std::size_t n = std::min({step, room.size(), bytes.size()});
      std::copy_n(bytes.begin(), n, room.begin());
      reader.arrived(n);
      bytes.remove_prefix(n);
    }
    if (reading == Reading::refused) seen += "refused " + std::to_string(reader.status());
    return reading == Reading::complete;
  };
  for (;;) {
    reader.next();
    if (!until_known([&] { return reader.head(); })) return seen;
    if (reader.has_body()) {
      if (reader.allow_body(body_limit) == Reading::refused) return seen + "refused";
      if (!until_known([&] { return reader.body(); })) return seen;
    }
    if (request.body.size() > body_limit) std::abort();
    seen += request.method + " " + request.target + " " + std::string(request.header("host")) + "\n" +
            request.body + (reader.keep_alive() ? "\n" : ".\n");
  }
}

}  // namespace
}  // namespace danchu::web

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using danchu::web::read_all;
  if (size < 1 || size > danchu::web::header_bytes) return 0;  // longer, a line may be refused before it ends
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (read_all(bytes, bytes.size()) != read_all(bytes, 1 + data[0] % 16)) std::abort();
  return 0;
}
