// A record is described once. From one Boost.Describe list each record gets one constexpr table of
// type-erased field operations; forms, JSON, OpenAPI, SQL rows, CSV and page views are plain functions over
// std::span<const Field>, each compiled once (this header is the only place that includes Boost.Describe).
//
//   struct ProposeMotion {
//     Line<200> title;
//     std::optional<Money> amount;
//     static constexpr About about[] = {{"title", N_("What is asked"), N_("One sentence")},
//                                       {"amount", N_("Amount for each household, đồng"), ""}};
//   };
//   DANCHU_RECORD(ProposeMotion, title, amount)
//
// A member that may be left out is std::optional; every other member is required. Input and output are
// different structs: what a client may send, what the public sees, and a row where it differs.
#pragma once
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace danchu {

// ---- field types ---------------------------------------------------------------------------------

// One line of text, at most Max characters, trimmed, NFC.
template <std::size_t Max>
struct Line {
  std::string value;
  auto operator<=>(const Line&) const = default;
};
// Text of several lines, at most Max characters.
template <std::size_t Max>
struct Text {
  std::string value;
  auto operator<=>(const Text&) const = default;
};
// A whole number within [Min, Max].
template <std::int64_t Min, std::int64_t Max>
struct Integer {
  std::int64_t value = Min > 0 ? Min : 0;
  auto operator<=>(const Integer&) const = default;
};
using Count = Integer<0, 1'000'000'000>;
// Whole đồng.
struct Money {
  std::int64_t dong = 0;
  auto operator<=>(const Money&) const = default;
};
// A Vietnamese phone number, digits with an optional leading +.
struct Phone {
  std::string value;
  auto operator<=>(const Phone&) const = default;
};
// An address on this site or an http(s), mailto or tel link; made by route functions, checked when read.
struct Url {
  std::string value;
  auto operator<=>(const Url&) const = default;
};
// HTML that is already safe (made by cmark or by our own SVG code); the only way raw HTML enters a page.
// Absent from JSON.
struct SafeHtml {
  std::string value;
};

// A file that came with a form (multipart). The room that reads it says what it must be and keeps what it
// needs; it is never put out, and absent from JSON.
struct SentFile {
  std::string name;  // as the sender's device called it: one clean line of at most 200 bytes
  std::string bytes;
};
inline constexpr std::size_t largest_file = 8 * 1024 * 1024;  // bytes
inline constexpr std::size_t most_files = 6;                  // in one field

// One of a closed list. Specialise choices_of<E>() with the codes in order of the enum's values 0, 1, 2 …
struct ChoiceName {
  std::string_view code;   // in JSON, rows and forms: "agree"
  std::string_view label;  // N_("Agree")
};
template <class Enum>
struct Choices;  // template <> struct Choices<Method> { static constexpr ChoiceName names[] = {{"hands",
                 // N_("…")}}; };
template <class Enum>
concept ChoiceEnum = std::is_enum_v<Enum> && requires {
  Choices<Enum>::names[0].code;
};
template <ChoiceEnum Enum>
constexpr std::string_view code_of(Enum value) {
  return Choices<Enum>::names[static_cast<std::size_t>(value)].code;
}
template <ChoiceEnum Enum>
constexpr std::string_view label_of(Enum value) {
  return Choices<Enum>::names[static_cast<std::size_t>(value)].label;
}
template <ChoiceEnum Enum>
std::optional<Enum> choice_from(std::string_view code) {
  std::size_t i = 0;
  for (const ChoiceName& name : Choices<Enum>::names) {
    if (name.code == code) return static_cast<Enum>(i);
    ++i;
  }
  return std::nullopt;
}

// Wraps what must never be shown: neither JSON, CSV, log nor template can read it (no FieldType).
template <class T>
struct Secret {
  T value{};
};

// ---- the erased table ----------------------------------------------------------------------------

enum class Kind {
  boolean,
  integer,
  money,
  line,
  text,
  phone,
  choice,
  date,
  instant,
  id,
  url,
  html,
  file,
  record
};

struct Field;
using Fields = std::span<const Field>;

struct Limits {
  std::int64_t min = 0, max = 0;  // integer, money: the value; line, text, phone: characters
};

// What a value read from outside got wrong: a translatable message, or null when it was taken.
struct Complaint {
  const char* message = nullptr;
  explicit operator bool() const { return message != nullptr; }
};

struct Field {
  std::string_view name;
  std::string_view label;  // msgid, empty where a record is only put out
  std::string_view hint;   // msgid or empty
  Kind kind;
  Limits limits;
  bool optional;
  bool list;  // std::vector<…> of the kind
  std::span<const ChoiceName> choices;
  Fields (*fields)();  // the nested record's fields, for Kind::record

  // Every operation gets the whole record and, for lists, the item's position (0 otherwise).
  std::size_t (*count)(const void* record);  // 1 or 0 for a single member (absent optional: 0), else the size
  std::string_view (*text)(const void* record, std::size_t i, std::string& scratch);  // canonical text
  std::int64_t (*number)(
      const void* record,
      std::size_t i);  // boolean, integer, money, id, instant (µs), date (days), choice (index)
  const void* (*nested)(const void* record, std::size_t i);
  // Reads canonical text as a client sends it. For a list it appends. May leave the record half-changed on
  // complaint.
  Complaint (*parse)(void* record, std::string_view text);
  void (*set_number)(void* record, std::int64_t value);  // from a row; appends to a list
  void* (*add_nested)(void* record);  // appends to a list, engages an optional; for records and files
  void (*clear)(void* record);        // list emptied, optional disengaged
};

struct About {
  std::string_view name, label, hint;
};

// A record and its description together, without its type: what forms, JSON and views work on.
struct RecordRef {
  const void* at = nullptr;
  Fields fields;
};

// The table of a described record.
template <class Record>
Fields fields_of();
template <class Record>
RecordRef ref(const Record& record) {
  return {&record, fields_of<Record>()};
}

const Field* find_field(Fields fields, std::string_view name);

}  // namespace danchu

#define DANCHU_RECORD(Record, ...) BOOST_DESCRIBE_STRUCT(Record, (), (__VA_ARGS__))

#include "base/record_table.h"
