// The one door to toml++.
#include "law/toml_table.h"

#include <toml++/toml.h>

#include <algorithm>

namespace danchu::law {
namespace {

const toml::table& of(const void* table) { return *static_cast<const toml::table*>(table); }

std::string place_of(const std::string& file, const toml::source_region& source) {
  return file + ":" + std::to_string(source.begin.line);
}

Problem problem_at(const std::string& file, const toml::source_region& source, std::string_view message,
                   Args args) {
  return {Fault::invalid, place_of(file, source), message, std::move(args), {}};
}

}  // namespace

void TomlTable::parse(const std::string& text, const std::string& file, Problems& problems,
                      const Each& read) {
  toml::table root;
  try {
    root = toml::parse(std::string_view(text), file);
  } catch (const toml::parse_error& error) {
    problems.push_back(problem_at(file, error.source(), N_("not well-formed TOML: {reason}"),
                                  {{"reason", std::string(error.description())}}));
    return;
  }
  read(TomlTable(&root, file, problems));
}

bool TomlTable::empty() const { return of(table_).empty(); }
bool TomlTable::contains(std::string_view key) const { return of(table_).contains(key); }
bool TomlTable::is_table(std::string_view key) const {
  const toml::node* node = of(table_).get(key);
  return node && node->is_table();
}
std::string TomlTable::place() const { return place_of(file_, of(table_).source()); }

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> all;
  for (const auto& [key, node] : of(table_)) all.emplace_back(key.str());
  return all;
}

void TomlTable::say(std::string_view message, Args args) const {
  problems_.push_back(problem_at(file_, of(table_).source(), message, std::move(args)));
}

void TomlTable::say_at(std::string_view key, std::string_view message, Args args) const {
  const toml::node* node = of(table_).get(key);
  problems_.push_back(
      problem_at(file_, node ? node->source() : of(table_).source(), message, std::move(args)));
}

void TomlTable::refuse_other_keys(std::initializer_list<std::string_view> known) const {
  for (const std::string& key : keys())
    if (std::find(known.begin(), known.end(), key) == known.end())
      say_at(key, N_("unknown key “{key}”"), {{"key", key}});
}

std::string TomlTable::text(std::string_view key, bool required) const {
  const toml::node* node = of(table_).get(key);
  if (!node && !required) return {};
  auto value = node ? node->value<std::string>() : std::nullopt;
  if (value && node->is_string() && !value->empty()) return *value;
  say_at(key, node ? N_("“{key}” must be a text that is not empty") : N_("“{key}” is missing"),
         {{"key", std::string(key)}});
  return {};
}

std::optional<Date> TomlTable::date(std::string_view key, bool required) const {
  const toml::node* node = of(table_).get(key);
  if (!node && !required) return std::nullopt;
  const auto* value = node ? node->as_date() : nullptr;
  if (value && (*value)->year >= 1900 && (*value)->year <= 2199)
    return make_date((*value)->year, (*value)->month, (*value)->day);
  say_at(key,
         node ? N_("“{key}” must be a date such as 2026-07-01, of the years 1900 to 2199")
              : N_("“{key}” is missing"),
         {{"key", std::string(key)}});
  return std::nullopt;
}

bool TomlTable::flag(std::string_view key) const {
  const toml::node* node = of(table_).get(key);
  if (!node) return false;
  if (const auto* value = node->as_boolean()) return value->get();
  say_at(key, N_("“{key}” must be true or false"), {{"key", std::string(key)}});
  return false;
}

std::optional<std::int64_t> TomlTable::number(std::string_view key, std::int64_t min, std::int64_t max,
                                              bool required) const {
  const toml::node* node = of(table_).get(key);
  if (!node && !required) return std::nullopt;
  const auto* value = node ? node->as_integer() : nullptr;
  if (value && value->get() >= min && value->get() <= max) return value->get();
  say_at(key, node ? N_("“{key}” must be a whole number from {min} to {max}") : N_("“{key}” is missing"),
         {{"key", std::string(key)}, {"min", std::to_string(min)}, {"max", std::to_string(max)}});
  return std::nullopt;
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
  std::vector<std::string> all;
  const toml::node* node = of(table_).get(key);
  if (!node) return all;
  auto refuse = [&](const toml::node& where) {
    problems_.push_back(problem_at(file_, where.source(), N_("“{key}” must be a list of texts"),
                                   {{"key", std::string(key)}}));
  };
  const toml::array* array = node->as_array();
  if (!array || array->empty()) {
    refuse(*node);
    return all;
  }
  for (const toml::node& item : *array) {
    if (item.is_string())
      all.push_back(*item.value<std::string>());
    else
      refuse(item);
  }
  return all;
}

void TomlTable::each_table(std::string_view key, const Each& each) const {
  const toml::node* node = of(table_).get(key);
  if (!node) return;
  auto refuse = [&](const toml::node& where) {
    problems_.push_back(problem_at(file_, where.source(), N_("“{key}” must be a list of tables"),
                                   {{"key", std::string(key)}}));
  };
  const toml::array* array = node->as_array();
  if (!array) return refuse(*node);
  for (const toml::node& item : *array) {
    if (const toml::table* table = item.as_table())
      each(TomlTable(table, file_, problems_));
    else
      refuse(item);
  }
}

void TomlTable::section(std::string_view key, const Each& each) const {
  const toml::node* node = of(table_).get(key);
  if (!node) return;
  if (const toml::table* table = node->as_table())
    each(TomlTable(table, file_, problems_));
  else
    say_at(key, N_("“{key}” must be a table"), {{"key", std::string(key)}});
}

}  // namespace danchu::law
