// The one field reader: whatever a body came in (form, multipart, JSON, a CSV row) has become a list of path
// and text, and is read into a described record here, collecting every problem with the path of its field.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/result.h"
#include "web/web.h"

namespace danchu::web {

// What a value was in JSON; forms and CSV know only text.
enum class SentKind : char { text, string, number, boolean, empty_list, empty_object };

constexpr std::size_t most_fields = 10'000;     // values in one body
constexpr std::size_t most_list_items = 2'000;  // in one list
constexpr std::size_t longest_path = 200;       // bytes of "households.3.name"

struct SentBody {
  Sent fields;
  std::vector<SentKind> kinds;  // beside `fields`; empty: all are text
  std::vector<Upload> uploads;
};

// Lists: "tags" said several times, "tags.0", "households.3.name" (numbers order the items, gaps are allowed;
// blank rows of a form are left out). Blank text in an optional field is its absence. Unknown fields are
// problems, but for "idempotency_key", which is the server's own.
// Files go to the field of their name; each has bytes, largest_file at most, and a field most_files of them.
Problems read_fields(void* record, Fields fields, const Sent& sent, const std::vector<SentKind>& kinds = {},
                     const std::vector<Upload>& uploads = {});
// As above, but only looks at fields the record has: for queries.
Problems read_known_fields(void* record, Fields fields, const Sent& sent);

// Take a body apart. A problem (fault too_large: over a limit) means the whole is unusable.
std::optional<Problem> parse_urlencoded(std::string_view text, SentBody& to);
std::optional<Problem> parse_multipart(std::string_view content_type, std::string_view text, SentBody& to);
// An object at the top, at most 32 deep, no duplicate keys; null is absence.
std::optional<Problem> parse_json_body(std::string_view text, SentBody& to);

}  // namespace danchu::web
