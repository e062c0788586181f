#include "law/show.h"

#include <array>
#include <boost/json/array.hpp>

namespace danchu::law {
namespace {

using boost::json::object;

constexpr std::array<std::string_view, 4> units = {"days", "working_days", "months", "years"};
constexpr std::array<std::string_view, 3> directions = {"forward", "backward", "least_duration"};
constexpr std::array<std::string_view, 3> stricter = {"none", "less", "more"};

template <class Enum, std::size_t N>
std::string_view name(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

object named_numbers(const Version& version) {
  object numbers;
  for (const auto& [key, number] : version.numbers) numbers[key] = number;
  return numbers;
}

object named_lists(const Version& version) {
  object lists;
  for (const auto& [key, items] : version.lists) lists[key] = boost::json::array(items.begin(), items.end());
  return lists;
}

}  // namespace

boost::json::value value_json(const Version& version) {
  if (version.amount) return *version.amount;
  if (version.numerator)
    return boost::json::string(std::to_string(*version.numerator) + "/" +
                               std::to_string(*version.denominator));
  if (!version.numbers.empty()) return named_numbers(version);
  if (!version.lists.empty()) return named_lists(version);
  return nullptr;
}

std::string_view unit_name(const Version& version) {
  if (version.amount) return name(units, version.unit);
  if (version.numerator) return version.strict ? "share_over" : "share_at_least";
  return "";
}

object to_json(const Rule& rule, const Version& version) {
  object json;
  json["id"] = rule.id;
  json["key"] = rule.key;
  json["title"] = rule.title_vi;
  json["title_en"] = rule.title_en;
  json["group"] = rule.group;
  json["citation"] = version.citation;
  json["value"] = value_json(version);
  json["unit"] = unit_name(version);
  json["confidence"] = code_of(version.confidence);
  json["unverified"] = version.unverified;
  json["note"] = version.note.vi;
  json["note_en"] = version.note.en;
  json["valid_from"] = to_iso(version.valid_from);
  json["valid_to"] = version.valid_to ? boost::json::value(to_iso(*version.valid_to)) : nullptr;
  if (version.amount) {
    json["direction"] = name(directions, version.direction);
    json["stricter"] = name(stricter, version.stricter);
  }
  if (!version.cases.empty()) {
    object cases;
    for (const auto& [key, amount] : version.cases) cases[key] = amount;
    json["cases"] = cases;
  }
  if (!version.numbers.empty()) json["numbers"] = named_numbers(version);
  if (!version.lists.empty()) json["lists"] = named_lists(version);
  json["source"] = version.source;
  return json;
}

}  // namespace danchu::law
