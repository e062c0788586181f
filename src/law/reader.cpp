// law/*.toml into rules; the one file that knows toml++. Reads all files to the end and reports every
// problem.
#include "law/reader.h"

#include <toml++/toml.h>

#include <algorithm>
#include <set>

namespace danchu::law {

class Reader {
 public:
  Result<Law> read(const std::vector<std::pair<std::string, std::string>>& files);

 private:
  void read_file(const std::string& text);
  void read_group(const toml::table& root);
  void read_rule(const toml::table& table);
  Version read_version(const toml::table& table);
  Words read_note(const toml::table& table);
  void read_term(const toml::table& table, Version& version);
  void read_share(const toml::table& table, Version& version);
  void read_numbers(const toml::table& table, Version& version);
  void read_lists(const toml::table& table, Version& version);
  void check_versions(Rule& rule, const toml::table& table);
  void read_words(const toml::table& table);
  void read_year(const toml::table& table);
  void read_days(const toml::table& table, std::string_view key, int year, std::map<Date, Words>& into);

  void say(const toml::node& where, std::string_view message, Args args = {});
  void refuse_other_keys(const toml::table& table, std::initializer_list<std::string_view> known);
  std::string text(const toml::table& table, std::string_view key, bool required = true);
  std::optional<Date> date(const toml::table& table, std::string_view key, bool required = true);
  bool flag(const toml::table& table, std::string_view key);
  std::optional<std::int64_t> number(const toml::table& table, std::string_view key, std::int64_t min,
                                     std::int64_t max, bool required = true);
  template <class Each>
  void each_table(const toml::table& parent, std::string_view key, Each each);
  template <class Each>
  void section(const toml::table& parent, std::string_view key, Each each);
  template <class Value>
  Value one_of(const toml::table& table, std::string_view key,
               std::initializer_list<std::pair<std::string_view, Value>> choices, bool required = true);

  Law law_;
  Problems problems_;
  std::string file_;                                       // "law/decisions.toml"
  std::string group_;                                      // "decisions"
  std::map<std::string, std::string, std::less<>> names_;  // id or key -> where it stands
};

namespace {

std::string place(const std::string& file, const toml::source_region& source) {
  return file + ":" + std::to_string(source.begin.line);
}

std::string stem(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

// "DEC-01", "CON-01".
bool is_id(std::string_view id) {
  const auto dash = id.find('-');
  if (dash == 0 || dash == std::string_view::npos || id.size() - dash != 3) return false;
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(id.begin(), id.begin() + static_cast<std::ptrdiff_t>(dash), upper) &&
         digit(id[dash + 1]) && digit(id[dash + 2]);
}

}  // namespace

void Reader::say(const toml::node& where, std::string_view message, Args args) {
  problems_.push_back({Fault::invalid, place(file_, where.source()), message, std::move(args), {}});
}

void Reader::refuse_other_keys(const toml::table& table, std::initializer_list<std::string_view> known) {
  for (const auto& [key, node] : table)
    if (std::find(known.begin(), known.end(), key.str()) == known.end())
      say(node, N_("unknown key “{key}”"), {{"key", std::string(key.str())}});
}

std::string Reader::text(const toml::table& table, std::string_view key, bool required) {
  const toml::node* node = table.get(key);
  if (!node && !required) return {};
  auto value = node ? node->value<std::string>() : std::nullopt;
  if (value && node->is_string() && !value->empty()) return *value;
  say(node ? *node : table, node ? N_("“{key}” must be a text that is not empty") : N_("“{key}” is missing"),
      {{"key", std::string(key)}});
  return {};
}

std::optional<Date> Reader::date(const toml::table& table, std::string_view key, bool required) {
  const toml::node* node = table.get(key);
  if (!node && !required) return std::nullopt;
  const auto* value = node ? node->as_date() : nullptr;
  if (value && (*value)->year >= 1900 && (*value)->year <= 2199)
    return make_date((*value)->year, (*value)->month, (*value)->day);
  say(node ? *node : table,
      node ? N_("“{key}” must be a date such as 2026-07-01, of the years 1900 to 2199")
           : N_("“{key}” is missing"),
      {{"key", std::string(key)}});
  return std::nullopt;
}

bool Reader::flag(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (!node) return false;
  if (const auto* value = node->as_boolean()) return value->get();
  say(*node, N_("“{key}” must be true or false"), {{"key", std::string(key)}});
  return false;
}

std::optional<std::int64_t> Reader::number(const toml::table& table, std::string_view key, std::int64_t min,
                                           std::int64_t max, bool required) {
  const toml::node* node = table.get(key);
  if (!node && !required) return std::nullopt;
  const auto* value = node ? node->as_integer() : nullptr;
  if (value && value->get() >= min && value->get() <= max) return value->get();
  say(node ? *node : table,
      node ? N_("“{key}” must be a whole number from {min} to {max}") : N_("“{key}” is missing"),
      {{"key", std::string(key)}, {"min", std::to_string(min)}, {"max", std::to_string(max)}});
  return std::nullopt;
}

template <class Value>
Value Reader::one_of(const toml::table& table, std::string_view key,
                     std::initializer_list<std::pair<std::string_view, Value>> choices, bool required) {
  const std::string given = text(table, key, required);
  for (const auto& [code, value] : choices)
    if (code == given) return value;
  if (!given.empty()) {
    std::string codes;
    for (const auto& choice : choices) codes += (codes.empty() ? "" : ", ") + std::string(choice.first);
    say(*table.get(key), N_("“{key}” must be one of {codes}"), {{"key", std::string(key)}, {"codes", codes}});
  }
  return choices.begin()->second;
}

template <class Each>
void Reader::each_table(const toml::table& parent, std::string_view key, Each each) {
  const toml::node* node = parent.get(key);
  if (!node) return;
  const toml::array* array = node->as_array();
  if (!array) return say(*node, N_("“{key}” must be a list of tables"), {{"key", std::string(key)}});
  for (const toml::node& item : *array) {
    if (const toml::table* table = item.as_table())
      each(*table);
    else
      say(item, N_("“{key}” must be a list of tables"), {{"key", std::string(key)}});
  }
}

template <class Each>
void Reader::section(const toml::table& parent, std::string_view key, Each each) {
  const toml::node* node = parent.get(key);
  if (!node) return;
  if (const toml::table* table = node->as_table())
    each(*table);
  else
    say(*node, N_("“{key}” must be a table"), {{"key", std::string(key)}});
}

void Reader::read_group(const toml::table& root) {
  Group group{group_, 0, "", ""};
  section(root, "group", [&](const toml::table& table) {
    refuse_other_keys(table, {"order", "vi", "en"});
    group.order = static_cast<int>(number(table, "order", 1, 99).value_or(0));
    group.title_vi = text(table, "vi");
    group.title_en = text(table, "en");
  });
  if (group.title_vi.empty()) say(root, N_("“{key}” is missing"), {{"key", "group"}});
  law_.groups_.push_back(std::move(group));
}

void Reader::read_rule(const toml::table& table) {
  refuse_other_keys(table, {"id", "keys", "vi", "en", "version"});
  Rule rule;
  rule.id = text(table, "id");
  rule.title_vi = text(table, "vi");
  rule.title_en = text(table, "en");
  rule.group = group_;
  if (!rule.id.empty() && !is_id(rule.id))
    say(*table.get("id"), N_("“{id}” is not a rule id such as DEC-01"), {{"id", rule.id}});
  if (const toml::node* keys = table.get("keys")) {
    const toml::array* array = keys->as_array();
    if (!array || array->empty())
      say(*keys, N_("“{key}” must be a list of texts"), {{"key", "keys"}});
    else
      for (const toml::node& key : *array) {
        if (key.is_string())
          rule.keys.push_back(*key.value<std::string>());
        else
          say(key, N_("“{key}” must be a list of texts"), {{"key", "keys"}});
      }
  }
  if (!rule.keys.empty()) rule.key = rule.keys.front();

  std::vector<std::string> names = rule.keys;
  if (!rule.id.empty()) names.push_back(rule.id);
  for (const std::string& name : names) {
    auto [at, fresh] = names_.emplace(name, place(file_, table.source()));
    if (!fresh)
      say(table, N_("“{name}” is already used at {where}"), {{"name", name}, {"where", at->second}});
  }
  each_table(table, "version",
             [&](const toml::table& version) { rule.versions.push_back(read_version(version)); });
  check_versions(rule, table);
  for (const std::string& name : names) law_.places_.emplace(name, law_.rules_.size());
  law_.rules_.push_back(std::move(rule));
}

void Reader::check_versions(Rule& rule, const toml::table& table) {
  if (rule.versions.empty()) return say(table, N_("“{id}” has no version"), {{"id", rule.id}});
  std::stable_sort(rule.versions.begin(), rule.versions.end(),
                   [](const Version& a, const Version& b) { return a.valid_from < b.valid_from; });
  for (std::size_t i = 0; i + 1 < rule.versions.size(); ++i) {
    const Version &first = rule.versions[i], &second = rule.versions[i + 1];
    if (first.valid_to && *first.valid_to <= second.valid_from) continue;
    problems_.push_back({Fault::invalid,
                         second.source,
                         N_("the versions of {id} overlap: this one begins before the one at {where} ends"),
                         {{"id", rule.id}, {"where", first.source}},
                         {}});
  }
}

Version Reader::read_version(const toml::table& table) {
  refuse_other_keys(table, {"valid_from", "valid_to", "citation", "confidence", "unverified", "note", "term",
                            "share", "numbers", "lists"});
  Version version;
  version.source = place(file_, table.source());
  version.valid_from = date(table, "valid_from").value_or(Date{});
  version.valid_to = date(table, "valid_to", false);
  if (version.valid_to && *version.valid_to <= version.valid_from)
    say(*table.get("valid_to"),
        N_("“valid_to” is the first day no longer in force, so it must be after “valid_from”"));
  version.citation = text(table, "citation");
  version.confidence = one_of<Confidence>(
      table, "confidence",
      {{"high", Confidence::high}, {"medium", Confidence::medium}, {"low", Confidence::low}});
  version.unverified = flag(table, "unverified");
  version.note = read_note(table);
  if ((version.unverified || version.confidence != Confidence::high) && version.note.en.empty())
    say(table, N_("a rule that is not confirmed needs a “note” that says what is to be confirmed"));
  section(table, "term", [&](const toml::table& t) { read_term(t, version); });
  section(table, "share", [&](const toml::table& t) { read_share(t, version); });
  section(table, "numbers", [&](const toml::table& t) { read_numbers(t, version); });
  section(table, "lists", [&](const toml::table& t) { read_lists(t, version); });
  return version;
}

// Of a version or of a year of the calendar; empty where there is none.
Words Reader::read_note(const toml::table& table) {
  Words words;
  section(table, "note", [&](const toml::table& note) {
    refuse_other_keys(note, {"vi", "en"});
    words = {text(note, "vi"), text(note, "en")};
  });
  return words;
}

void Reader::read_term(const toml::table& table, Version& version) {
  refuse_other_keys(table, {"amount", "unit", "direction", "stricter", "cases"});
  if (auto amount = number(table, "amount", 0, max_amount)) version.amount = static_cast<int>(*amount);
  version.unit = one_of<DayUnit>(table, "unit",
                                 {{"days", DayUnit::days},
                                  {"working_days", DayUnit::working_days},
                                  {"months", DayUnit::months},
                                  {"years", DayUnit::years}});
  version.direction = one_of<Direction>(table, "direction",
                                        {{"forward", Direction::forward},
                                         {"backward", Direction::backward},
                                         {"least_duration", Direction::least_duration}});
  version.stricter =
      one_of<Stricter>(table, "stricter",
                       {{"none", Stricter::none}, {"less", Stricter::less}, {"more", Stricter::more}}, false);
  section(table, "cases", [&](const toml::table& cases) {
    for (const auto& [name, node] : cases)
      if (auto amount = number(cases, name.str(), 0, max_amount))
        version.cases.emplace(name.str(), static_cast<int>(*amount));
  });
}

void Reader::read_share(const toml::table& table, Version& version) {
  refuse_other_keys(table, {"numerator", "denominator", "strict"});
  auto numerator = number(table, "numerator", 1, max_share_part);
  auto denominator = number(table, "denominator", 1, max_share_part);
  version.strict = flag(table, "strict");
  if (!numerator || !denominator) return;
  if (*numerator > *denominator || (version.strict && *numerator == *denominator))
    return say(table, N_("a share of {numerator}/{denominator} can never be reached"),
               {{"numerator", std::to_string(*numerator)}, {"denominator", std::to_string(*denominator)}});
  version.numerator = static_cast<int>(*numerator);
  version.denominator = static_cast<int>(*denominator);
}

void Reader::read_numbers(const toml::table& table, Version& version) {
  for (const auto& [name, node] : table)
    if (auto value = number(table, name.str(), 0, 1'000'000'000)) version.numbers.emplace(name.str(), *value);
}

void Reader::read_lists(const toml::table& table, Version& version) {
  for (const auto& [name, node] : table) {
    const toml::array* array = node.as_array();
    if (!array || array->empty()) {
      say(node, N_("“{key}” must be a list of texts"), {{"key", std::string(name.str())}});
      continue;
    }
    for (const toml::node& item : *array) {
      if (item.is_string())
        version.lists[std::string(name.str())].push_back(*item.value<std::string>());
      else
        say(item, N_("“{key}” must be a list of texts"), {{"key", std::string(name.str())}});
    }
  }
}

void Reader::read_words(const toml::table& table) {
  for (const auto& [name, node] : table)
    section(table, name.str(), [&, name = std::string(name.str())](const toml::table& words) {
      refuse_other_keys(words, {"vi", "en"});
      law_.words_[name] = {text(words, "vi"), text(words, "en")};
    });
}

void Reader::read_year(const toml::table& table) {
  refuse_other_keys(table, {"year", "confirmed", "note", "holidays", "worked", "reported"});
  auto year = number(table, "year", 1900, 2199);
  Year known{flag(table, "confirmed"), read_note(table)};
  if (!known.confirmed && known.note.en.empty())
    say(table, N_("a year that is not confirmed needs a “note” that says what is to be confirmed"));
  if (!year) return;
  if (!law_.calendar_.years.emplace(static_cast<int>(*year), std::move(known)).second)
    say(table, N_("the year {year} stands twice in the calendar"), {{"year", std::to_string(*year)}});
  read_days(table, "holidays", static_cast<int>(*year), law_.calendar_.holidays);
  read_days(table, "worked", static_cast<int>(*year), law_.calendar_.worked);
  read_days(table, "reported", static_cast<int>(*year), law_.calendar_.reported);
}

void Reader::read_days(const toml::table& table, std::string_view key, int year,
                       std::map<Date, Words>& into) {
  each_table(table, key, [&](const toml::table& entry) {
    refuse_other_keys(entry, {"day", "vi", "en"});
    Words name{text(entry, "vi"), text(entry, "en")};
    auto day = date(entry, "day");
    if (!day) return;
    if (day->year() != year)
      say(entry, N_("{day} is not a day of {year}"), {{"day", to_iso(*day)}, {"year", std::to_string(year)}});
    if (key == "worked" && day->weekday() != 0 && day->weekday() != 6)
      say(entry, N_("{day} is no weekend day, so it cannot be worked in exchange"), {{"day", to_iso(*day)}});
    if (!into.emplace(*day, std::move(name)).second)
      say(entry, N_("{day} stands twice in the calendar"), {{"day", to_iso(*day)}});
  });
}

void Reader::read_file(const std::string& text) {
  toml::table root;
  try {
    root = toml::parse(std::string_view(text), file_);
  } catch (const toml::parse_error& error) {
    problems_.push_back({Fault::invalid,
                         place(file_, error.source()),
                         N_("not well-formed TOML: {reason}"),
                         {{"reason", std::string(error.description())}},
                         {}});
    return;
  }
  refuse_other_keys(root, {"group", "rule", "year", "words"});
  if (root.contains("rule") || root.contains("group")) read_group(root);
  if (root.empty()) say(root, N_("the file is empty"));
  each_table(root, "rule", [&](const toml::table& table) { read_rule(table); });
  section(root, "words", [&](const toml::table& table) { read_words(table); });
  each_table(root, "year", [&](const toml::table& table) { read_year(table); });
}

Result<Law> Reader::read(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string canonical;
  for (const auto& [name, text] : files) {
    file_ = name;
    group_ = stem(name);
    read_file(text);
    canonical += std::to_string(name.size()) + ":" + name + std::to_string(text.size()) + ":" + text;
  }
  if (!problems_.empty()) return problems_;
  std::stable_sort(law_.groups_.begin(), law_.groups_.end(),
                   [](const Group& a, const Group& b) { return a.order < b.order; });
  law_.hash_ = sha256(canonical);
  return std::move(law_);
}

Result<Law> Law::read(const std::vector<std::pair<std::string, std::string>>& files) {
  return Reader().read(files);
}

}  // namespace danchu::law
