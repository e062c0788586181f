// law/*.toml into rules. Reads all files to the end and reports every problem.
#include "law/reader.h"

#include <algorithm>

#include "law/toml_table.h"

namespace danchu::law {

class Reader {
 public:
  Result<Law> read(const std::vector<std::pair<std::string, std::string>>& files);

 private:
  void read_file(const TomlTable& root);
  void read_group(const TomlTable& root);
  void read_rule(const TomlTable& table);
  Version read_version(const TomlTable& table, const Rule& rule);
  Words read_note(const TomlTable& table);
  void read_term(const TomlTable& table, Value& value);
  void read_case(const TomlTable& cases, const std::string& name, Value& value);
  void check_after(const TomlTable& cases, const Value& value);
  void read_share(const TomlTable& table, Value& value);
  void read_by_key(const TomlTable& keys, const Rule& rule, Version& version);
  Value read_named(const TomlTable& table, const Version& version);
  void read_numbers(const TomlTable& table, Version& version);
  void read_lists(const TomlTable& table, Version& version);
  void check_versions(Rule& rule, const TomlTable& table);
  void read_words(const TomlTable& table);
  void read_year(const TomlTable& table);
  void read_days(const TomlTable& table, std::string_view key, int year, std::map<Date, Words>& into);

  Law law_;
  Problems problems_;
  std::string group_;                                      // "decisions"
  std::map<std::string, std::string, std::less<>> names_;  // id or key -> where it stands
};

namespace {

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

Confidence read_confidence(const TomlTable& table, std::string_view key) {
  return table.one_of<Confidence>(
      key, {{"high", Confidence::high}, {"medium", Confidence::medium}, {"low", Confidence::low}});
}

DayUnit read_unit(const TomlTable& table) {
  return table.one_of<DayUnit>("unit", {{"days", DayUnit::days},
                                        {"working_days", DayUnit::working_days},
                                        {"months", DayUnit::months},
                                        {"years", DayUnit::years}});
}

Direction read_direction(const TomlTable& table) {
  return table.one_of<Direction>("direction", {{"forward", Direction::forward},
                                               {"backward", Direction::backward},
                                               {"least_duration", Direction::least_duration}});
}

}  // namespace

void Reader::read_group(const TomlTable& root) {
  Group group{group_, 0, "", ""};
  root.section("group", [&](const TomlTable& table) {
    table.refuse_other_keys({"order", "vi", "en"});
    group.order = static_cast<int>(table.number("order", 1, 99).value_or(0));
    group.title_vi = table.text("vi");
    group.title_en = table.text("en");
  });
  if (group.title_vi.empty()) root.say(N_("“{key}” is missing"), {{"key", "group"}});
  law_.groups_.push_back(std::move(group));
}

void Reader::read_rule(const TomlTable& table) {
  table.refuse_other_keys({"id", "keys", "vi", "en", "version"});
  Rule rule;
  rule.id = table.text("id");
  rule.title_vi = table.text("vi");
  rule.title_en = table.text("en");
  rule.group = group_;
  if (!rule.id.empty() && !is_id(rule.id))
    table.say_at("id", N_("“{id}” is not a rule id such as DEC-01"), {{"id", rule.id}});
  rule.keys = table.texts("keys");
  if (!rule.keys.empty()) rule.key = rule.keys.front();

  std::vector<std::string> names = rule.keys;
  if (!rule.id.empty()) names.push_back(rule.id);
  for (const std::string& name : names) {
    auto [at, fresh] = names_.emplace(name, table.place());
    if (!fresh) table.say(N_("“{name}” is already used at {where}"), {{"name", name}, {"where", at->second}});
  }
  table.each_table("version",
                   [&](const TomlTable& version) { rule.versions.push_back(read_version(version, rule)); });
  check_versions(rule, table);
  for (const std::string& name : names) law_.places_.emplace(name, law_.rules_.size());
  law_.rules_.push_back(std::move(rule));
}

void Reader::check_versions(Rule& rule, const TomlTable& table) {
  if (rule.versions.empty()) return table.say(N_("“{id}” has no version"), {{"id", rule.id}});
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

Version Reader::read_version(const TomlTable& table, const Rule& rule) {
  table.refuse_other_keys({"valid_from", "valid_to", "citation", "confidence", "wording", "unverified",
                           "amended", "note", "term", "share", "numbers", "lists", "keys"});
  Version version;
  version.source = table.place();
  version.valid_from = table.date("valid_from").value_or(Date{});
  version.valid_to = table.date("valid_to", false);
  if (version.valid_to && *version.valid_to <= version.valid_from)
    table.say_at("valid_to",
                 N_("“valid_to” is the first day no longer in force, so it must be after “valid_from”"));
  version.citation = table.text("citation");
  version.confidence = read_confidence(table, "confidence");
  version.wording = table.contains("wording") ? read_confidence(table, "wording") : version.confidence;
  version.unverified = table.flag("unverified");
  version.amended = table.date("amended", false);
  version.note = read_note(table);
  if ((version.unverified || version.amended || version.confidence != Confidence::high) &&
      version.note.en.empty())
    table.say(N_("a rule that is not confirmed needs a “note” that says what is to be confirmed"));
  table.section("term", [&](const TomlTable& t) { read_term(t, version); });
  table.section("share", [&](const TomlTable& t) { read_share(t, version); });
  table.section("numbers", [&](const TomlTable& t) { read_numbers(t, version); });
  table.section("lists", [&](const TomlTable& t) { read_lists(t, version); });
  table.section("keys", [&](const TomlTable& t) { read_by_key(t, rule, version); });
  return version;
}

// Of a version or of a year of the calendar; empty where there is none.
Words Reader::read_note(const TomlTable& table) {
  Words words;
  table.section("note", [&](const TomlTable& note) {
    note.refuse_other_keys({"vi", "en"});
    words = {note.text("vi"), note.text("en")};
  });
  return words;
}

void Reader::read_term(const TomlTable& table, Value& value) {
  table.refuse_other_keys({"amount", "unit", "direction", "stricter", "cases"});
  value.term.emplace();
  value.term->amount = static_cast<int>(table.number("amount", 0, max_amount).value_or(0));
  value.term->unit = read_unit(table);
  value.term->direction = read_direction(table);
  value.stricter = table.one_of<Stricter>(
      "stricter", {{"none", Stricter::none}, {"less", Stricter::less}, {"more", Stricter::more}}, false);
  table.section("cases", [&](const TomlTable& cases) {
    for (const std::string& name : cases.keys()) read_case(cases, name, value);
    check_after(cases, value);
  });
}

// `remote = 45` counts as the rule's term does; `post = { amount = 20, direction = "least_duration" }` in its
// own way; `extended = { amount = 15, unit = "days", after = "complex" }` from the end of another case.
void Reader::read_case(const TomlTable& cases, const std::string& name, Value& value) {
  Term term = *value.term;
  if (!cases.is_table(name)) {
    if (auto amount = cases.number(name, 0, max_amount)) term.amount = static_cast<int>(*amount);
  } else {
    cases.section(name, [&](const TomlTable& table) {
      table.refuse_other_keys({"amount", "unit", "direction", "after"});
      term.amount = static_cast<int>(table.number("amount", 0, max_amount).value_or(0));
      if (table.contains("unit")) term.unit = read_unit(table);
      if (table.contains("direction")) term.direction = read_direction(table);
      term.after = table.text("after", false);
    });
  }
  value.cases.emplace(name, std::move(term));
}

// An extension follows a case that itself begins at the event, and both run forward.
void Reader::check_after(const TomlTable& cases, const Value& value) {
  for (const auto& [name, term] : value.cases) {
    if (term.after.empty()) continue;
    const auto first = value.cases.find(term.after);
    if (first == value.cases.end() || !first->second.after.empty() ||
        first->second.direction != Direction::forward || term.direction != Direction::forward)
      cases.say_at(name, N_("“{name}” follows “{after}”, which is no forward case of this term by itself"),
                   {{"name", name}, {"after", term.after}});
  }
}

// What a key of the rule names instead of the version's own value: one of its cases, or a term or share.
void Reader::read_by_key(const TomlTable& keys, const Rule& rule, Version& version) {
  for (const std::string& key : keys.keys()) {
    if (std::find(rule.keys.begin(), rule.keys.end(), key) == rule.keys.end())
      keys.say_at(key, N_("“{key}” is not one of the keys of {id}"), {{"key", key}, {"id", rule.id}});
    keys.section(key,
                 [&](const TomlTable& table) { version.by_key.emplace(key, read_named(table, version)); });
  }
}

Value Reader::read_named(const TomlTable& table, const Version& version) {
  table.refuse_other_keys({"case", "term", "share"});
  Value value;
  if (table.keys().size() != 1) table.say(N_("a key names exactly one case, term or share"));
  table.section("term", [&](const TomlTable& t) { read_term(t, value); });
  table.section("share", [&](const TomlTable& t) { read_share(t, value); });
  if (!table.contains("case")) return value;
  const std::string name = table.text("case");
  const auto found = version.cases.find(name);
  if (found != version.cases.end() && found->second.after.empty())
    value.term = found->second;
  else if (!name.empty())
    table.say_at("case", N_("“{case}” is not a case of this version that begins at the event"),
                 {{"case", name}});
  return value;
}

void Reader::read_share(const TomlTable& table, Value& value) {
  table.refuse_other_keys({"numerator", "denominator", "strict", "of"});
  auto numerator = table.number("numerator", 1, max_share_part);
  auto denominator = table.number("denominator", 1, max_share_part);
  value.strict = table.flag("strict");
  value.of = table.one_of<Whole>("of",
                                 {{"households", Whole::households},
                                  {"villages", Whole::villages},
                                  {"present", Whole::present},
                                  {"staff", Whole::staff},
                                  {"attendees", Whole::attendees}},
                                 false);
  if (!numerator || !denominator) return;
  if (*numerator > *denominator || (value.strict && *numerator == *denominator))
    return table.say(
        N_("a share of {numerator}/{denominator} can never be reached"),
        {{"numerator", std::to_string(*numerator)}, {"denominator", std::to_string(*denominator)}});
  value.numerator = static_cast<int>(*numerator);
  value.denominator = static_cast<int>(*denominator);
}

void Reader::read_numbers(const TomlTable& table, Version& version) {
  for (const std::string& name : table.keys())
    if (auto value = table.number(name, 0, 1'000'000'000)) version.numbers.emplace(name, *value);
}

void Reader::read_lists(const TomlTable& table, Version& version) {
  for (const std::string& name : table.keys()) {
    std::vector<std::string> items = table.texts(name);
    if (!items.empty()) version.lists.emplace(name, std::move(items));
  }
}

void Reader::read_words(const TomlTable& table) {
  for (const std::string& name : table.keys())
    table.section(name, [&](const TomlTable& words) {
      words.refuse_other_keys({"vi", "en"});
      law_.words_[name] = {words.text("vi"), words.text("en")};
    });
}

void Reader::read_year(const TomlTable& table) {
  table.refuse_other_keys({"year", "confirmed", "note", "holidays", "worked", "reported"});
  auto year = table.number("year", 1900, 2199);
  Year known{table.flag("confirmed"), read_note(table)};
  if (!known.confirmed && known.note.en.empty())
    table.say(N_("a year that is not confirmed needs a “note” that says what is to be confirmed"));
  if (!year) return;
  if (!law_.calendar_.years.emplace(static_cast<int>(*year), std::move(known)).second)
    table.say(N_("the year {year} stands twice in the calendar"), {{"year", std::to_string(*year)}});
  read_days(table, "holidays", static_cast<int>(*year), law_.calendar_.holidays);
  read_days(table, "worked", static_cast<int>(*year), law_.calendar_.worked);
  read_days(table, "reported", static_cast<int>(*year), law_.calendar_.reported);
}

void Reader::read_days(const TomlTable& table, std::string_view key, int year, std::map<Date, Words>& into) {
  table.each_table(key, [&](const TomlTable& entry) {
    entry.refuse_other_keys({"day", "vi", "en"});
    Words name{entry.text("vi"), entry.text("en")};
    auto day = entry.date("day");
    if (!day) return;
    if (day->year() != year)
      entry.say(N_("{day} is not a day of {year}"), {{"day", to_iso(*day)}, {"year", std::to_string(year)}});
    if (key == "worked" && day->weekday() != 0 && day->weekday() != 6)
      entry.say(N_("{day} is no weekend day, so it cannot be worked in exchange"), {{"day", to_iso(*day)}});
    if (!into.emplace(*day, std::move(name)).second)
      entry.say(N_("{day} stands twice in the calendar"), {{"day", to_iso(*day)}});
  });
}

void Reader::read_file(const TomlTable& root) {
  root.refuse_other_keys({"group", "rule", "year", "words"});
  if (root.contains("rule") || root.contains("group")) read_group(root);
  if (root.empty()) root.say(N_("the file is empty"));
  root.each_table("rule", [&](const TomlTable& table) { read_rule(table); });
  root.section("words", [&](const TomlTable& table) { read_words(table); });
  root.each_table("year", [&](const TomlTable& table) { read_year(table); });
}

Result<Law> Reader::read(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string canonical;
  for (const auto& [name, text] : files) {
    group_ = stem(name);
    TomlTable::parse(text, name, problems_, [&](const TomlTable& root) { read_file(root); });
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
