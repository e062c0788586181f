// Fuzzer: any request target and headers lead to a route or to none; percent-encoding goes there and back.
#include <cstdint>
#include <cstdlib>

#include "web/address.h"
#include "web/router.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace danchu::web;
  static const RouteTable* const routes = [] {
    auto* table = new RouteTable;
    auto nothing = [](Request&) { return Reply{}; };
    for (const char* pattern :
         {"/", "/viec/{motion}", "/viec/moi", "/viec/{motion}/bien-ban", "/{language}/{page}/{part}"})
      table->get(pattern, nothing, about(""));
    return table;
  }();
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t line = text.find('\n');
  std::string_view target = text.substr(0, line);
  if (auto address = address_of(target)) {
    Matched matched = routes->match(address->path);
    if (matched && matched.get && matched.values.size() != matched.get->names.size()) std::abort();
  }
  std::string decoded, again;
  if (percent_decode(target, true, decoded) &&
      (!percent_decode(percent_encode(decoded), true, again) || again != decoded))
    std::abort();

  HttpRequest request;
  request.add_header("accept", text.substr(line == std::string_view::npos ? text.size() : line + 1));
  request.add_header("cookie", std::string(request.header("accept")));
  prefers_json(request);
  cookie(request, "danchu");
  return 0;
}
