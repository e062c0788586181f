#include "law/command.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <ostream>

#include "base/text.h"
#include "law/law.h"
#include "law/reader.h"
#include "law/show.h"

namespace danchu::law {
namespace {

namespace json = boost::json;

// What was typed, as text: numbers and dates are read strictly, so that "058" or "0x3a" is no count by
// accident.
struct Typed {
  std::string matter, scope, form, households, yes, no, other, present, meeting_present, villages,
      villages_yes;
  std::string rule, from, case_name, on;
  std::vector<std::string> local;
};

class Reading {
 public:
  std::optional<std::int64_t> count(std::string_view flag, const std::string& text) {
    if (text.empty()) return std::nullopt;
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool plain =
        error == std::errc() && end == text.data() + text.size() && (text[0] != '0' || text.size() == 1);
    if (!plain || value < 0) wrong(flag, text, N_("is not a whole number such as 87"));
    return value;
  }
  Date date(std::string_view flag, const std::string& text, Date otherwise) {
    if (text.empty()) return otherwise;
    auto date = parse_date(text);
    if (!date) wrong(flag, text, N_("is not a date such as 2026-12-26, of the years 1900 to 2199"));
    return date.value_or(otherwise);
  }
  template <class Choice>
  Choice choice(std::string_view flag, const std::string& text) {
    auto value = choice_from<Choice>(text);
    if (!value) {
      std::string codes;
      for (const ChoiceName& name : Choices<Choice>::names)
        codes += (codes.empty() ? "" : ", ") + std::string(name.code);
      problems.push_back({Fault::invalid,
                          std::string(flag),
                          N_("“{text}” is not one of {codes}"),
                          {{"text", text}, {"codes", codes}},
                          {}});
    }
    return value.value_or(Choice{});
  }
  Problems problems;

 private:
  void wrong(std::string_view flag, const std::string& text, std::string_view what) {
    problems.push_back({Fault::invalid,
                        std::string(flag),
                        N_("“{text}” {what}"),
                        {{"text", text}, {"what", std::string(what)}},
                        {}});
  }
};

int refuse(std::ostream& err, std::string_view what, const Problems& problems) {
  for (const Problem& problem : problems) {
    const std::string flag =
        problem.path.empty() || problem.path == "rule" ? problem.path : "--" + problem.path;
    err << "danchu law " << what << ": " << (flag.empty() ? "" : flag + ": ")
        << fill(problem.message, problem.args);
    for (const std::string& rule : problem.rules) err << " [" << rule << "]";
    err << "\n";
  }
  err << "Try: danchu law " << what << " --help\n";
  return 2;
}

// Scripts find a verdict that is not confirmed by these marks, whatever the words beside them.
std::string because_line(const Reason& reason) {
  std::string line = to_line(reason);
  if (reason.unverified) return line + " [unverified]";
  return reason.to_be_confirmed() ? line + " [to be confirmed]" : line;
}

json::array because_json(const std::vector<Reason>& because) {
  json::array lines;
  for (const Reason& each : because) lines.emplace_back(because_line(each));
  return lines;
}

int decide(const Law& law, const Typed& typed, Date today, std::ostream& out, std::ostream& err) {
  Reading reading;
  Case c;
  c.matter =
      static_cast<int>(std::min<std::int64_t>(reading.count("matter", typed.matter).value_or(0), 1000));
  c.scope = reading.choice<Scope>("scope", typed.scope);
  c.form = reading.choice<Form>("form", typed.form);
  c.households = reading.count("households", typed.households).value_or(0);
  c.yes = reading.count("yes", typed.yes);
  c.no = reading.count("no", typed.no);
  c.other = reading.count("other", typed.other);
  c.present = reading.count("present", typed.present);
  c.meeting_present = reading.count("meeting-present", typed.meeting_present);
  c.villages = reading.count("villages", typed.villages);
  c.villages_yes = reading.count("villages-yes", typed.villages_yes);
  c.on = reading.date("on", typed.on, today);
  if (!reading.problems.empty()) return refuse(err, "decide", reading.problems);
  auto verdict = law.decide(c);
  if (!verdict) return refuse(err, "decide", verdict.problems());
  json::object answer;
  answer["lawful"] = verdict->lawful;
  answer["passed"] = verdict->passed;
  answer["needed"] = verdict->needed;
  answer["because"] = because_json(verdict->because);
  answer["rules"] = json::array(verdict->rules.begin(), verdict->rules.end());
  out << json::serialize(answer) << "\n";
  return 0;
}

int due(const Law& law, const Typed& typed, std::ostream& out, std::ostream& err) {
  Reading reading;
  const Date from = reading.date("from", typed.from, Date{});
  const Date on = reading.date("on", typed.on, from);
  if (!reading.problems.empty()) return refuse(err, "due", reading.problems);
  auto due = law.due(typed.rule, from, typed.case_name, on);
  if (!due) return refuse(err, "due", due.problems());
  json::object answer;
  answer["due"] = to_iso(due->due);
  answer["rule"] = due->rule;
  answer["because"] = because_json(due->because);
  out << json::serialize(answer) << "\n";
  return 0;
}

int show(const Law& law, const Typed& typed, Date today, std::ostream& out, std::ostream& err) {
  Reading reading;
  const Date on = reading.date("on", typed.on, today);
  if (!reading.problems.empty()) return refuse(err, "show", reading.problems);
  if (typed.rule.empty()) {
    json::array rules;
    for (const Rule& rule : law.rules())
      if (const Version* version = law.in_force(rule.id, on)) rules.emplace_back(to_json(rule, *version, on));
    out << json::serialize(rules) << "\n";
    return 0;
  }
  const Rule* rule = law.find(typed.rule);
  if (!rule)
    return refuse(err, "show",
                  {{Fault::missing, "rule", N_("There is no rule {rule}."), {{"rule", typed.rule}}, {}}});
  const Version* version = law.in_force(rule->id, on);
  if (!version)
    return refuse(err, "show",
                  {{Fault::missing,
                    "on",
                    N_("{rule} is not in force on {day}."),
                    {{"rule", rule->id}, {"day", to_iso(on)}},
                    {}}});
  out << json::serialize(to_json(*rule, *version, on, typed.rule)) << "\n";
  return 0;
}

// The law with what a commune's own regulation makes stricter, as typed: "MTG-04=5". A looser one is refused.
Result<Law> with_typed(const Law& law, const std::vector<std::string>& typed) {
  Reading reading;
  std::vector<LocalRule> rules;
  for (const std::string& text : typed) {
    const std::size_t at = text.find('=');
    const auto amount = at == text.npos ? std::nullopt : reading.count("local", text.substr(at + 1));
    if (amount && *amount <= 10'000)
      rules.push_back({text.substr(0, at), static_cast<int>(*amount)});
    else if (reading.problems.empty())
      reading.problems = problem_at("local", N_("“{text}” is not a rule and its number, such as MTG-04=5"),
                                    {{"text", text}});
  }
  return reading.problems.empty() ? law.with_local(rules) : Result<Law>(reading.problems);
}

void describe_local(CLI::App& app, Typed& typed) {
  app.add_option("--local", typed.local,
                 "a term that the commune's own regulation makes stricter, e.g. MTG-04=5; may be repeated");
}

void describe_decide(CLI::App& app, Typed& typed) {
  app.add_option("--matter", typed.matter, "the item of Law 10/2022 art. 15, 1 to 6")->required();
  app.add_option("--scope", typed.scope, "village or commune")->required();
  app.add_option("--form", typed.form, "meeting, ballot or online")->required();
  app.add_option("--households", typed.households, "total households of the village, the denominator")
      ->required();
  app.add_option("--yes", typed.yes, "households that agree")->required();
  app.add_option("--no", typed.no, "households that disagree");
  app.add_option("--other", typed.other, "households of another opinion");
  app.add_option("--present", typed.present, "households present at the vote of a meeting");
  app.add_option("--meeting-present", typed.meeting_present,
                 "households that came to the meeting before this ballot");
  app.add_option("--villages", typed.villages, "villages of the commune (commune scope)");
  app.add_option("--villages-yes", typed.villages_yes, "villages that approve (commune scope)");
  app.add_option("--on", typed.on, "the day whose law holds, YYYY-MM-DD (today)");
  app.footer(
      "“needed” is the least number of households (of villages for a commune) that passes; 0 where there is "
      "none:\n"
      "nobody votes, the law has no rule, or an unlawful vote of a commune comes without --villages.");
}

void describe_due(CLI::App& app, Typed& typed) {
  app.add_option("rule", typed.rule, "the rule that sets the term, by id or key, e.g. EFF-07")->required();
  app.add_option("--from", typed.from, "the day of the event, YYYY-MM-DD")->required();
  app.add_option("--case", typed.case_name,
                 "another term of the rule: remote, complex, extended …; “danchu law show RULE” lists them");
  app.add_option("--on", typed.on, "the day whose law holds, YYYY-MM-DD (the day of the event)");
}

void describe_show(CLI::App& app, Typed& typed) {
  app.add_option("rule", typed.rule, "one rule, by id or key; all rules without it");
  app.add_option("--on", typed.on, "the day whose law holds, YYYY-MM-DD (today)");
}

// CLI11 takes an empty word for an option that was not given.
bool has_empty_word(const std::vector<std::string>& args) {
  return std::any_of(args.begin(), args.end(),
                     [](const std::string& word) { return word.empty() || word.back() == '='; });
}

}  // namespace

int command(const std::vector<std::string>& args, std::ostream& out, std::ostream& err) {
  Typed typed;
  CLI::App app("The law as data: is it lawful, has it passed, when is it due, and which article says so",
               "danchu law");
  app.require_subcommand(1);
  CLI::App* decide_app = app.add_subcommand("decide", "Judge a household decision");
  CLI::App* due_app = app.add_subcommand("due", "The day a term ends");
  CLI::App* show_app = app.add_subcommand("show", "The rules in force on a day");
  describe_decide(*decide_app, typed);
  describe_due(*due_app, typed);
  describe_show(*show_app, typed);
  for (CLI::App* told : {due_app, show_app}) describe_local(*told, typed);
  if (has_empty_word(args)) {
    err << "danchu law: an option or value is empty\nTry: danchu law --help\n";
    return 2;
  }
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, out, err);  // --help
    err << "danchu law: " << error.what() << "\nTry: danchu law --help\n";
    return 2;
  }
  const Date today = SystemClock().today();
  if (*decide_app) return decide(Law::embedded(), typed, today, out, err);
  const auto law = with_typed(Law::embedded(), typed.local);
  if (!law) return refuse(err, *due_app ? "due" : "show", law.problems());
  return *due_app ? due(*law, typed, out, err) : show(*law, typed, today, out, err);
}

}  // namespace danchu::law
