#include "law/show.h"

#include <array>
#include <boost/json/array.hpp>

namespace danchu::law {
namespace {

using boost::json::object;

constexpr std::array<std::string_view, 4> units = {"days", "working_days", "months", "years"};
constexpr std::array<std::string_view, 3> directions = {"forward", "backward", "least_duration"};
constexpr std::array<std::string_view, 5> wholes = {"households", "villages", "present", "staff",
                                                    "attendees"};
constexpr std::array<std::string_view, 3> stricter = {"none", "less", "more"};

template <class Enum, std::size_t N>
std::string_view name(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

object named_numbers(const Value& value) {
  object numbers;
  for (const auto& [key, number] : value.numbers) numbers[key] = number;
  return numbers;
}

object named_lists(const Value& value) {
  object lists;
  for (const auto& [key, items] : value.lists) lists[key] = boost::json::array(items.begin(), items.end());
  return lists;
}

// The amount alone for a case that counts as the rule's own term does.
boost::json::value case_json(const Term& term, const Value& value) {
  if (value.term && term.unit == value.term->unit && term.direction == value.term->direction &&
      term.after.empty())
    return term.amount;
  object json;
  json["amount"] = term.amount;
  json["unit"] = name(units, term.unit);
  json["direction"] = name(directions, term.direction);
  if (!term.after.empty()) json["after"] = term.after;
  return json;
}

void add_value(object& json, const Value& value) {
  json["value"] = value_json(value);
  json["unit"] = unit_name(value);
  if (value.numerator) json["of"] = name(wholes, value.of);
}

void add_term(object& json, const Value& value) {
  if (value.term) {
    json["direction"] = name(directions, value.term->direction);
    json["stricter"] = name(stricter, value.stricter);
  }
  if (value.cases.empty()) return;
  object cases;
  for (const auto& [key, term] : value.cases) cases[key] = case_json(term, value);
  json["cases"] = cases;
}

// What the rule's other keys name.
object others_json(const Version& version) {
  object others;
  for (const auto& [key, value] : version.by_key) {
    object json;
    add_value(json, value);
    add_term(json, value);
    others[key] = json;
  }
  return others;
}

}  // namespace

boost::json::value value_json(const Value& value) {
  if (value.term) return value.term->amount;
  if (value.numerator)
    return boost::json::string(std::to_string(*value.numerator) + "/" + std::to_string(*value.denominator));
  if (!value.numbers.empty()) return named_numbers(value);
  if (!value.lists.empty()) return named_lists(value);
  return nullptr;
}

std::string_view unit_name(const Value& value) {
  if (value.term) return name(units, value.term->unit);
  if (value.numerator) return value.strict ? "share_over" : "share_at_least";
  return "";
}

object to_json(const Rule& rule, const Version& version, Date on, std::string_view asked) {
  const Value& value = version.named(asked);
  object json;
  json["id"] = rule.id;
  json["key"] = asked.empty() || asked == rule.id ? rule.key : std::string(asked);
  json["title"] = rule.title_vi;
  json["title_en"] = rule.title_en;
  json["group"] = rule.group;
  json["citation"] = version.citation;
  add_value(json, value);
  json["confidence"] = code_of(version.confidence);
  if (version.wording != version.confidence) json["wording"] = code_of(version.wording);
  json["unverified"] = version.unverified;
  json["to_be_confirmed"] = version.to_be_confirmed(on);
  if (version.amended) json["amended"] = to_iso(*version.amended);
  json["note"] = version.note.vi;
  json["note_en"] = version.note.en;
  json["valid_from"] = to_iso(version.valid_from);
  json["valid_to"] = version.valid_to ? boost::json::value(to_iso(*version.valid_to)) : nullptr;
  add_term(json, value);
  if (!version.by_key.empty()) json["keys"] = others_json(version);
  if (!value.numbers.empty()) json["numbers"] = named_numbers(value);
  if (!value.lists.empty()) json["lists"] = named_lists(value);
  json["source"] = version.source;
  return json;
}

}  // namespace danchu::law
