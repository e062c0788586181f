// Fuzzer: bodies of forms, multipart and JSON become fields within the limits, or a problem; whatever the
// fields are called, a record is read from them or the problems say why not.
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "base/text.h"
#include "web/form.h"

namespace danchu::web {
namespace {

struct Item {
  Line<20> name;
  std::optional<Integer<0, 99>> count;
};
DANCHU_RECORD(Item, name, count)

struct Everything {
  Line<40> title;
  std::optional<Text<200>> reason;
  std::optional<Date> on;
  std::optional<Phone> phone;
  std::optional<Money> amount;
  bool agreed = false;
  std::vector<Item> items;
  std::vector<Line<10>> tags;
};
DANCHU_RECORD(Everything, title, reason, on, phone, amount, agreed, items, tags)

void check(const SentBody& body) {
  if (body.fields.size() > most_fields) std::abort();
  for (const auto& [path, text] : body.fields)
    if (path.size() > longest_path || !is_clean_utf8(path)) std::abort();
  Everything record;
  Problems problems = read_fields(&record, fields_of<Everything>(), body.fields, body.kinds);
  if (problems.empty() && length_in_characters(record.title.value) > 40) std::abort();
  if (record.items.size() > most_list_items) std::abort();
  Everything query;
  read_known_fields(&query, fields_of<Everything>(), body.fields);
}

}  // namespace
}  // namespace danchu::web

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace danchu::web;
  if (!size) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  SentBody body;
  std::optional<danchu::Problem> problem;
  switch (data[0] % 3) {
    case 0:
      problem = parse_urlencoded(text, body);
      break;
    case 1:
      problem = parse_json_body(text, body);
      break;
    case 2: {
      std::size_t line = text.find('\n');  // the first line is the Content-Type
      if (line == std::string_view::npos) return 0;
      problem = parse_multipart(text.substr(0, line), text.substr(line + 1), body);
    }
  }
  if (!problem) check(body);
  return 0;
}
