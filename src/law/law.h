// The law as data: reads law/*.toml, answers what holds on a date, and gives verdicts that carry the
// citations which explain them. No legal number stands anywhere else in the program. Everything here is pure:
// it takes dates and counts, never a clock or a database.
#pragma once
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/result.h"
#include "base/time.h"
#include "law/calendar.h"

namespace danchu::law {

// How sure we are of a rule; what is not `high`, or amended by a text we have not read, is shown to the
// administrator as "to be confirmed".
enum class Confidence { high, medium, low };
enum class DayUnit { days, working_days, months, years };
enum class Direction { forward, backward, least_duration };
// Which way a commune's own regulation may move a term's amount; none: not at all.
enum class Stricter { none, less, more };

// Of what a share is counted.
enum class Whole { households, villages, present, staff, attendees };

// An amount of days, months … counted from an event.
struct Term {
  int amount = 0;  // of `unit`
  DayUnit unit = DayUnit::days;
  Direction direction = Direction::forward;
  // The case of the same rule at whose end this term begins to run (an extension); empty: at the event.
  std::string after;
};

// What a rule sets: a term, a share, other numbers and closed lists; any of them may be absent.
struct Value {
  std::optional<Term> term;
  Stricter stricter = Stricter::none;  // of the term
  // The other terms of the rule by name: "remote" -> 45 days. Each has its own unit and direction.
  std::map<std::string, Term> cases;
  // A share: yes*denominator >= numerator*total, or > when `strict`.
  std::optional<int> numerator, denominator;
  bool strict = false;
  Whole of = Whole::households;
  // Any other number or closed list the rule sets ("min" 3, "max" 5; items {6}; forms {...}).
  std::map<std::string, std::int64_t> numbers;
  std::map<std::string, std::vector<std::string>> lists;
};

// One value of a rule, in force from `valid_from` until the day before `valid_to`.
struct Version : Value {
  Date valid_from;
  std::optional<Date> valid_to;
  std::string citation;  // "Đ.21.1 Luật 10/2022/QH15"
  Confidence confidence = Confidence::high;
  // How sure we are of the wording, where only the way we apply it is less sure; else as `confidence`.
  Confidence wording = Confidence::high;
  bool unverified = false;  // facts.md marks it UNVERIFIED
  // Since when the cited text is amended by one we have not read; the value is then the unamended text's.
  std::optional<Date> amended;
  Words note;          // what is to be confirmed, or how it is read; may be empty
  std::string source;  // file:line in law/, for the administrator
  // What a key of the rule names where it is not the version's own value: "soe.post" -> 20 days.
  std::map<std::string, Value, std::less<>> by_key;

  // The text was amended by that day and the new one was not read.
  bool amended_by(Date day) const { return amended && *amended <= day; }
  // Of a rule as it stood on that day: shown to the administrator as "to be confirmed".
  bool to_be_confirmed(Date day) const {
    return unverified || confidence != Confidence::high || amended_by(day);
  }
  // The value that an id or key of the rule names.
  const Value& named(std::string_view id) const;
};

struct Rule {
  std::string id;                  // "DEC-01"
  std::string key;                 // "dec.threshold.item1_2", or empty
  std::vector<std::string> keys;   // all its keys, `key` first
  std::string title_vi, title_en;  // one sentence in our own words
  std::string group;               // the file: "decisions"
  std::vector<Version> versions;   // by valid_from
};

// A file of law/*.toml: one instrument or theme.
struct Group {
  std::string name;  // "decisions"
  int order = 0;     // its place on the page of rules
  std::string title_vi, title_en;
};

// Why a verdict is what it is: one citation each, in the words a page shows.
struct Reason {
  std::string rule;              // "DEC-01"
  std::string citation;          // "Đ.21.1 Luật 10/2022/QH15"
  std::string text_vi, text_en;  // "cần ít nhất 58/87 hộ đồng ý"
  Confidence confidence = Confidence::high;
  bool unverified = false;
  bool amended = false;  // by that day, and the new text was not read
  bool to_be_confirmed() const { return unverified || amended || confidence != Confidence::high; }
};

// "Đ.21.1 Luật 10/2022/QH15: cần ít nhất 58/87 hộ đồng ý", with the words "to be confirmed" where they are
// due.
std::string to_line(const Reason& reason, std::string_view language = "vi");

enum class Form { meeting, ballot, online };
enum class Scope { village, commune };

// A household decision to be judged. All counts are of households (of villages for commune scope), 0 .. 10^9.
struct Case {
  int matter = 0;  // 1..6, the items of Law 10/2022 art. 15
  Scope scope = Scope::village;
  Form form = Form::meeting;
  std::int64_t households = 0;  // the frozen denominator
  std::optional<std::int64_t> yes, no, other, present;
  std::optional<std::int64_t> meeting_present;  // households that came to the meeting before this ballot
  std::optional<std::int64_t> villages, villages_yes;
  Date on;
};

struct Verdict {
  bool lawful = false;  // may this form be used
  bool passed = false;  // false if not lawful
  // Least yes (villages for commune scope) that passes; 0 where none can: nobody votes, the law has no rule
  // for the whole commune, or an unlawful case names no villages.
  std::int64_t needed = 0;
  std::vector<Reason> because;
  std::vector<std::string> rules;
};

// Which forms a matter may take and why the others may not.
struct FormAnswer {
  Form form;
  bool lawful = false;
  std::vector<Reason> because;
};

struct Due {
  Date due;
  std::string rule;
  std::vector<Reason> because;
};

// A commune's own regulation: stricter or wider only.
struct LocalRule {
  std::string rule;  // "MTG-04"
  int amount = 0;    // replaces the term's amount
};

class Law {
 public:
  // Reads (name, TOML text) pairs. A malformed file is refused with "law/x.toml:12: what is wrong".
  static Result<Law> read(const std::vector<std::pair<std::string, std::string>>& files);
  // The files embedded in the program; aborts when they are malformed (a test reads them first).
  static const Law& embedded();

  const std::vector<Rule>& rules() const { return rules_; }  // by group, in the order of the file
  const std::vector<Group>& groups() const { return groups_; }
  const Calendar& calendar() const { return calendar_; }
  // How the name of a number, a case or a list item reads on a page; nothing for a text that stands for
  // itself.
  const Words* words(std::string_view name) const;
  const Rule* find(std::string_view id) const;  // by id or by key; a key may name one of its values only
  // The version in force on that day, or nothing.
  const Version* in_force(std::string_view id, Date on) const;
  // SHA-256 (hex) over all files; stands in each act that used a rule.
  const std::string& hash() const { return hash_; }

  // Problems only for counts that cannot be (negative, yes+no+other over present …): a user's mistake.
  Result<Verdict> decide(const Case& c) const;
  std::vector<FormAnswer> forms(int matter, Scope scope, std::int64_t households,
                                std::optional<std::int64_t> meeting_present, Date on) const;
  // The term of a rule, by id or by the key of one of its terms, counted from `from`; backward terms count
  // back from it and never roll forward, a least duration gives its earliest lawful end. `on` picks the
  // version (default: from).
  Result<Due> due(std::string_view rule, Date from, std::string_view case_name = "",
                  std::optional<Date> on = {}) const;
  bool is_working_day(Date day) const { return calendar_.is_working_day(day); }
  // Refused with the reason when it is looser than the law.
  Result<Law> with_local(const std::vector<LocalRule>& rules) const;

 private:
  friend class Reader;
  std::vector<Rule> rules_;
  std::vector<Group> groups_;
  std::map<std::string, std::size_t, std::less<>> places_;  // id or key -> position in rules_
  Calendar calendar_;
  std::map<std::string, Words, std::less<>> words_;
  std::string hash_;
};

}  // namespace danchu::law

namespace danchu {
template <>
struct Choices<law::Form> {
  static constexpr ChoiceName names[] = {{"meeting", N_("Meeting of households")},
                                         {"ballot", N_("Ballot to each household")},
                                         {"online", N_("Online vote")}};
};
template <>
struct Choices<law::Scope> {
  static constexpr ChoiceName names[] = {{"village", N_("Village")}, {"commune", N_("Commune")}};
};
template <>
struct Choices<law::Confidence> {
  static constexpr ChoiceName names[] = {{"high", N_("confirmed in the text")},
                                         {"medium", N_("to be confirmed")},
                                         {"low", N_("to be confirmed: weak source")}};
};
}  // namespace danchu
