// A table of a TOML file, read strictly: what is missing, of another kind or unknown becomes a problem with
// file and line, and reading goes on. The library behind it shows in toml_table.cpp only.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace danchu::law {

class TomlTable {
 public:
  using Each = std::function<void(const TomlTable&)>;

  // `file` is what problems name. Text that is no TOML is one problem, and `read` is not called. A table
  // lives as long as the call it was handed to.
  static void parse(const std::string& text, const std::string& file, Problems& problems, const Each& read);

  bool empty() const;
  bool contains(std::string_view key) const;
  bool is_table(std::string_view key) const;
  std::vector<std::string> keys() const;
  std::string place() const;  // "law/decisions.toml:12"

  // A text that is not empty, or "" and a problem.
  std::string text(std::string_view key, bool required = true) const;
  std::optional<Date> date(std::string_view key, bool required = true) const;
  bool flag(std::string_view key) const;  // false when absent
  std::optional<std::int64_t> number(std::string_view key, std::int64_t min, std::int64_t max,
                                     bool required = true) const;
  std::vector<std::string> texts(std::string_view key) const;  // empty when absent; else it must not be
  // The choice whose code stands there; the first one when it is absent or, with a problem, another.
  template <class Value>
  Value one_of(std::string_view key, std::initializer_list<std::pair<std::string_view, Value>> choices,
               bool required = true) const;

  void each_table(std::string_view key, const Each& each) const;  // [[key]]
  void section(std::string_view key, const Each& each) const;     // [key]
  void refuse_other_keys(std::initializer_list<std::string_view> known) const;

  // A problem at this table, or at what stands under `key`.
  void say(std::string_view message, Args args = {}) const;
  void say_at(std::string_view key, std::string_view message, Args args = {}) const;

 private:
  TomlTable(const void* table, const std::string& file, Problems& problems)
      : table_(table), file_(file), problems_(problems) {}

  const void* table_;  // toml::table
  const std::string& file_;
  Problems& problems_;
};

template <class Value>
Value TomlTable::one_of(std::string_view key,
                        std::initializer_list<std::pair<std::string_view, Value>> choices,
                        bool required) const {
  const std::string given = text(key, required);
  for (const auto& [code, value] : choices)
    if (code == given) return value;
  if (!given.empty()) {
    std::string codes;
    for (const auto& choice : choices) codes += (codes.empty() ? "" : ", ") + std::string(choice.first);
    say_at(key, N_("“{key}” must be one of {codes}"), {{"key", std::string(key)}, {"codes", codes}});
  }
  return choices.begin()->second;
}

}  // namespace danchu::law
