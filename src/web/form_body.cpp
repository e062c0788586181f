// Urlencoded and multipart bodies (RFC 7578) taken apart into paths and texts.
#include "base/text.h"
#include "web/form.h"
#include "web/http.h"

namespace danchu::web {
namespace {

Problem malformed(std::string_view message) { return Problem{Fault::invalid, "", message, {}, {}}; }
Problem too_many_fields() {
  return Problem{Fault::too_large,
                 "",
                 N_("Send at most {max} values at once"),
                 {{"max", std::to_string(most_fields)}},
                 {}};
}

std::optional<Problem> add(SentBody& to, std::string name, std::string value) {
  if (to.fields.size() >= most_fields) return too_many_fields();
  if (name.size() > longest_path || !is_clean_utf8(name))
    return malformed(N_("The name of a field is not valid"));
  to.fields.emplace_back(std::move(name), std::move(value));
  return std::nullopt;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x | 32) == (y | 32); });
}

// The value of `name` in `text/plain; name="value"; …`. Backslash escapes only quote and backslash, as
// browsers send them.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  std::size_t i = header.find(';');
  while (i != std::string_view::npos && i < header.size()) {
    ++i;
    while (i < header.size() && (header[i] == ' ' || header[i] == '\t')) ++i;
    std::size_t equals = header.find_first_of("=;", i);
    if (equals == std::string_view::npos || header[equals] == ';') {
      i = equals;
      continue;
    }
    std::string_view key = trim(header.substr(i, equals - i));
    std::string value;
    i = equals + 1;
    if (i < header.size() && header[i] == '"') {
      for (++i; i < header.size() && header[i] != '"'; ++i) {
        if (header[i] == '\\' && i + 1 < header.size() && (header[i + 1] == '"' || header[i + 1] == '\\'))
          ++i;
        value += header[i];
      }
      if (i == header.size()) return std::nullopt;
      i = header.find(';', i);
    } else {
      std::size_t end = header.find(';', i);
      value = std::string(trim(header.substr(i, end == std::string_view::npos ? end : end - i)));
      i = end;
    }
    if (equal_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

// What a browser calls a file, without any directory and of a bounded length.
std::string safe_file_name(std::string name) {
  if (std::size_t slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  if (!is_clean_utf8(name)) return "file";
  name = to_nfc(name);
  while (name.size() > 200) {
    name.pop_back();
    while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) name.pop_back();
  }
  return name;
}

struct Part {
  std::string_view disposition, content_type, bytes;
};

// The header lines of a part, up to 4 KB.
bool read_part(std::string_view text, Part& part) {
  std::size_t header_end = text.starts_with("\r\n") ? 0 : text.find("\r\n\r\n");
  if (header_end == std::string_view::npos || header_end > 4096) return false;
  part.bytes = text.substr(header_end + (header_end == 0 ? 2 : 4));
  std::string_view lines = text.substr(0, header_end);
  while (!lines.empty()) {
    std::size_t end = lines.find("\r\n");
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 2);
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    std::string_view name = line.substr(0, colon), value = trim(line.substr(colon + 1));
    if (equal_ignoring_case(name, "content-disposition")) part.disposition = value;
    if (equal_ignoring_case(name, "content-type")) part.content_type = value;
  }
  return equal_ignoring_case(part.disposition.substr(0, 9), "form-data");
}

std::optional<Problem> take_part(const Part& part, SentBody& to) {
  auto name = parameter(part.disposition, "name");
  if (!name || name->empty()) return malformed(N_("A part of the form has no name"));
  auto file_name = parameter(part.disposition, "filename");
  if (!file_name) return add(to, std::move(*name), std::string(part.bytes));
  if (file_name->empty() && part.bytes.empty()) return std::nullopt;  // no file was chosen
  if (to.uploads.size() >= 20)
    return Problem{Fault::too_large, *name, N_("Send at most {max} files at once"), {{"max", "20"}}, {}};
  if (name->size() > longest_path || !is_clean_utf8(*name))
    return malformed(N_("The name of a field is not valid"));
  std::string type(part.content_type.substr(0, 100));
  if (!is_clean_utf8(type)) type.clear();
  to.uploads.push_back(
      {std::move(*name), safe_file_name(std::move(*file_name)), std::move(type), std::string(part.bytes)});
  return std::nullopt;
}

}  // namespace

std::optional<Problem> parse_urlencoded(std::string_view text, SentBody& to) {
  while (!text.empty()) {
    std::size_t end = text.find('&');
    std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    std::size_t equals = pair.find('=');
    std::string name, value;
    if (!percent_decode(pair.substr(0, equals), true, name) ||
        (equals != std::string_view::npos && !percent_decode(pair.substr(equals + 1), true, value)))
      return malformed(
          N_("What was sent is not a well-formed form: a % must be followed by two hexadecimal digits"));
    if (auto problem = add(to, std::move(name), std::move(value))) return problem;
  }
  return std::nullopt;
}

std::optional<Problem> parse_multipart(std::string_view content_type, std::string_view text, SentBody& to) {
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70)
    return malformed(N_("The form came without a valid boundary"));
  const std::string first = "--" + *boundary, delimiter = "\r\n--" + *boundary;
  const Problem cut_off = malformed(N_("The form was cut off on its way; please send it again"));
  if (!text.starts_with(first)) return cut_off;
  text.remove_prefix(first.size());
  for (std::size_t parts = 0;; ++parts) {
    if (text.starts_with("--")) return std::nullopt;
    if (!text.starts_with("\r\n")) return cut_off;
    if (parts >= most_fields) return too_many_fields();
    text.remove_prefix(2);
    std::size_t end = text.find(delimiter);
    if (end == std::string_view::npos) return cut_off;
    Part part;
    if (!read_part(text.substr(0, end), part)) return malformed(N_("A part of the form is not well-formed"));
    if (auto problem = take_part(part, to)) return problem;
    text.remove_prefix(end + delimiter.size());
  }
}

}  // namespace danchu::web
