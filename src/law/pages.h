// The rules on the web: /luat (the groups of rules in force on a day, and the rules of one), /luat/{rule}
// (one rule and all its versions).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "law/law.h"

namespace danchu::web {
class Router;
}

namespace danchu::law {

// ?ngay=2026-12-01: the day whose law is shown; today without it.
struct DayQuery {
  std::optional<Date> ngay;
  static constexpr About about[] = {{"ngay", N_("Rules in force on"), ""}};
};
DANCHU_RECORD(DayQuery, ngay)

struct RuleLine {
  std::string id, title, value, citation;
  bool to_be_confirmed = false;
  Url url;
};
DANCHU_RECORD(RuleLine, id, title, value, citation, to_be_confirmed, url)

struct RuleGroup {
  std::string name, title;
  Url url;  // the page of its rules
  std::int64_t total = 0, unconfirmed = 0;
  std::vector<RuleLine> rules;
};
DANCHU_RECORD(RuleGroup, name, title, url, total, unconfirmed, rules)

// In place of a group: the rules of all groups that are to be confirmed.
inline constexpr std::string_view unconfirmed_rules = "chua-xac-nhan";

struct RulesPage {
  Date on;
  std::int64_t total = 0, unconfirmed = 0;
  std::string law_hash;  // stands in each act that used a rule
  DayQuery form;
  std::string chosen;  // the group asked for; empty: all, and its HTML only counts them
  Url all_url, unconfirmed_url;
  std::vector<RuleGroup> groups;
};
DANCHU_RECORD(RulesPage, on, total, unconfirmed, law_hash, form, chosen, all_url, unconfirmed_url, groups)

struct NamedValue {
  std::string name, value;
};
DANCHU_RECORD(NamedValue, name, value)

struct VersionView {
  Date valid_from;
  std::optional<Date> valid_until;  // the last day
  bool in_force = false;
  std::string citation, value;
  std::vector<NamedValue> details;  // cases, numbers and lists
  Confidence confidence = Confidence::high;
  bool unverified = false, to_be_confirmed = false;
  std::optional<Date> amended;  // since when by a text that was not read; none before that day
  std::string note, source;
};
DANCHU_RECORD(VersionView, valid_from, valid_until, in_force, citation, value, details, confidence,
              unverified, to_be_confirmed, amended, note, source)

struct DayLine {
  Date day;
  std::string name;
};
DANCHU_RECORD(DayLine, day, name)

struct YearView {
  std::string year;
  bool confirmed = false;
  std::string note;
  std::vector<DayLine> holidays, worked, reported;
};
DANCHU_RECORD(YearView, year, confirmed, note, holidays, worked, reported)

struct RulePage {
  std::string id, title, group, page_title;
  std::vector<std::string> keys;
  std::vector<VersionView> versions;  // the newest first
  std::vector<YearView> years;        // of the working calendar, for its rule only
};
DANCHU_RECORD(RulePage, id, title, group, page_title, keys, versions, years)

// `chosen`: a group's name, `unconfirmed_rules`, or empty for all. The totals are of all groups. `day`: the
// query that keeps the day in links ("ngay=2026-12-01&"), empty for today.
RulesPage rules_page(const Law& law, Date on, std::string_view language, std::string_view chosen = "",
                     std::string_view day = "");
RulePage rule_page(const Law& law, const Rule& rule, Date today, std::string_view language);

void routes(web::Router& router);

}  // namespace danchu::law
