#include "base/record.h"

#include <charconv>

#include "base/text.h"

namespace danchu {

const Field* find_field(Fields fields, std::string_view name) {
  for (const Field& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

namespace detail {

Complaint parse_string(std::string& to, std::string_view text, std::int64_t max, bool many_lines) {
  if (!is_clean_utf8(text)) return {N_("This text is not valid Unicode (UTF-8)")};
  std::string clean = to_nfc(trim(without_direction_marks(text)));
  if (clean.find_first_of(many_lines ? "\r" : "\r\n\t") == clean.npos) {
    if (length_in_characters(clean) > static_cast<std::size_t>(max))
      return {N_("Write at most {max} characters")};
    to = std::move(clean);
    return {};
  }
  std::string without_cr;
  for (char c : clean) {
    if (c == '\r') continue;
    if ((c == '\n' || c == '\t') && !many_lines) c = ' ';
    without_cr += c;
  }
  if (length_in_characters(without_cr) > static_cast<std::size_t>(max))
    return {N_("Write at most {max} characters")};
  to = std::move(without_cr);
  return {};
}

Complaint parse_integer(std::int64_t& to, std::string_view text, std::int64_t min, std::int64_t max) {
  text = trim(text);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return {N_("Write a whole number, digits only")};
  if (value < min || value > max) return {N_("Write a number from {min} to {max}")};
  to = value;
  return {};
}

Complaint parse_money(std::int64_t& to, std::string_view text) {
  std::string digits;
  for (char c : trim(text))
    if (c != '.' && c != ' ') digits += c;  // 1.200.000 as people write it
  return parse_integer(to, digits, 0, 1'000'000'000'000'000);
}

Complaint parse_phone(std::string& to, std::string_view text) {
  std::string digits;
  for (char c : trim(text)) {
    if (c == ' ' || c == '.' || c == '-') continue;
    if (!(c >= '0' && c <= '9') && !(c == '+' && digits.empty()))
      return {N_("Write a phone number, digits only")};
    digits += c;
  }
  if (digits.size() < 8 || digits.size() > 16) return {N_("Write a phone number of 8 to 15 digits")};
  to = std::move(digits);
  return {};
}

Complaint parse_url(std::string& to, std::string_view text) {
  text = trim(text);
  bool known = text.starts_with("https://") || text.starts_with("http://") ||
               (text.starts_with("/") && !text.starts_with("//"));
  if (!known || text.size() > 2000 || !is_clean_utf8(text))
    return {N_("Write an address that begins with https://")};
  to = std::string(text);
  return {};
}

Complaint parse_boolean(bool& to, std::string_view text) {
  text = trim(text);
  if (text == "true" || text == "1" || text == "on" || text == "yes")
    to = true;
  else if (text == "false" || text == "0" || text == "no" || text.empty())
    to = false;
  else
    return {N_("Answer yes or no")};
  return {};
}

Complaint parse_date_field(Date& to, std::string_view text) {
  auto date = parse_date(trim(text));
  if (date) to = *date;
  return date ? Complaint{} : Complaint{N_("Write a date as year-month-day, for example 2026-12-12")};
}

Complaint parse_instant_field(Instant& to, std::string_view text) {
  auto instant = parse_instant(trim(text));
  if (instant) to = *instant;
  return instant ? Complaint{} : Complaint{N_("Write a date and time, for example 2026-12-12T19:30")};
}

Complaint parse_id_field(std::int64_t& to, std::string_view text) {
  auto id = id_from_text(trim(text));
  if (id) to = *id;
  return id ? Complaint{} : Complaint{N_("This is not a code of a record")};
}

Complaint no_such_choice() { return {N_("Choose one of the given answers")}; }
Complaint not_readable() { return {N_("This cannot be set")}; }

std::string_view number_text(std::int64_t value, std::string& scratch) {
  scratch.resize(24);
  auto end = std::to_chars(scratch.data(), scratch.data() + scratch.size(), value).ptr;
  scratch.resize(static_cast<std::size_t>(end - scratch.data()));
  return scratch;
}

}  // namespace detail
}  // namespace danchu
