#include "web/format.h"

#include "web/i18n.h"

namespace danchu::web {

std::string grouped(std::int64_t number, std::string_view language, bool always) {
  std::string digits = std::to_string(number);
  bool negative = digits[0] == '-';
  std::size_t length = digits.size() - (negative ? 1 : 0);
  if (length < 4 || (length == 4 && !always)) return digits;
  for (std::size_t i = 3; i < length; i += 4, ++length)
    digits.insert(digits.size() - i, 1, language == "en" ? ',' : '.');
  return digits;
}

namespace {

std::string_view show_instant(Instant at, Variant variant, std::string& scratch) {
  switch (variant) {
    case Variant::iso:
      return scratch = to_iso(at);
    case Variant::date:
      return scratch = to_page(local_date(at));
    case Variant::time:
      return scratch = to_page(at).substr(0, 5);
    default:
      return scratch = to_page(at);
  }
}

std::string_view show_number(const Field& field, std::int64_t number, Variant variant,
                             std::string_view language, std::string& scratch) {
  if (variant == Variant::raw) return scratch = std::to_string(number);
  if (field.kind == Kind::money) return scratch = grouped(number, language, true) + " đ";
  return scratch = grouped(number, language);
}

}  // namespace

std::string_view show_value(const Field& field, const void* record, std::size_t i, Variant variant,
                            std::string_view language, std::string& scratch) {
  if (variant == Variant::count)
    return scratch = grouped(static_cast<std::int64_t>(field.count(record)), language);
  if (i >= field.count(record)) return {};
  switch (field.kind) {
    case Kind::boolean:
      if (variant == Variant::code) return field.text(record, i, scratch);
      return scratch = translate(language, field.number(record, i) ? N_("Yes") : N_("No"));
    case Kind::integer:
    case Kind::money:
      return show_number(field, field.number(record, i), variant, language, scratch);
    case Kind::choice: {
      if (variant == Variant::code) return field.text(record, i, scratch);
      auto index = static_cast<std::size_t>(field.number(record, i));
      return scratch = translate(language, field.choices[index].label);
    }
    case Kind::date:
      if (variant == Variant::iso) return field.text(record, i, scratch);
      return scratch = to_page(Date{static_cast<std::int32_t>(field.number(record, i))});
    case Kind::instant:
      return show_instant(Instant{field.number(record, i)}, variant, scratch);
    case Kind::record:
      return {};
    default:
      return field.text(record, i, scratch);
  }
}

bool is_set(const Field& field, const void* record, std::size_t i) {
  if (i >= field.count(record)) return false;
  std::string scratch;
  switch (field.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::money:
      return field.number(record, i) != 0;
    case Kind::line:
    case Kind::text:
    case Kind::phone:
    case Kind::url:
    case Kind::html:
    case Kind::id:
      return !field.text(record, i, scratch).empty();
    default:
      return true;
  }
}

std::string input_value(const Field& field, const void* record, std::size_t i) {
  if (i >= field.count(record)) return {};
  std::string scratch;
  if (field.kind == Kind::instant) {
    Instant at{field.number(record, i)};
    return at.us == 0 ? "" : to_local_input(at);
  }
  if (field.kind == Kind::date && field.number(record, i) == 0) return {};
  return std::string(field.text(record, i, scratch));
}

std::string localised(std::string_view url, std::string_view language) {
  for (unsigned char c : url)
    if (c <= ' ' || c == '\\' || c == 0x7f) return "#";
  if (url.starts_with("/./")) return url.starts_with("/.//") ? "#" : std::string(url.substr(2));
  if (url.starts_with("/") && !url.starts_with("//"))
    return language == languages()[0] ? std::string(url)
                                      : "/" + std::string(language) + (url == "/" ? "" : std::string(url));
  for (std::string_view start : {"https://", "http://", "mailto:", "tel:", "#", "?"})
    if (url.starts_with(start)) return std::string(url);
  return "#";
}

}  // namespace danchu::web
