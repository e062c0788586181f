#include "law/pages.h"

#include <algorithm>

#include "law/phrases.h"
#include "web/web.h"

namespace danchu::law {
namespace {

std::string in(std::string_view language, const Words& words) {
  return language == "en" ? words.en : words.vi;
}
std::string title(const Rule& rule, std::string_view language) {
  return language == "en" ? rule.title_en : rule.title_vi;
}
std::string title(const Group& group, std::string_view language) {
  return language == "en" ? group.title_en : group.title_vi;
}
std::string name_of(const Law& law, const std::string& name, std::string_view language) {
  const Words* words = law.words(name);
  return words ? in(language, *words) : name;
}

std::string joined(const Law& law, const std::vector<std::string>& items, std::string_view language) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + name_of(law, item, language);
  return text;
}

std::vector<NamedValue> details(const Law& law, const Version& version, std::string_view language) {
  std::vector<NamedValue> lines;
  for (const auto& [name, term] : version.cases) {
    const bool as_the_rule = version.term && term.direction == version.term->direction;
    lines.push_back({name_of(law, name, language), as_the_rule ? amount_text(term, version, language)
                                                               : term_text(term, version, language)});
  }
  for (const auto& [key, value] : version.by_key)
    if (law.words(key)) lines.push_back({name_of(law, key, language), value_text(value, language)});
  for (const auto& [name, number] : version.numbers)
    lines.push_back({name_of(law, name, language), std::to_string(number)});
  for (const auto& [name, items] : version.lists)
    lines.push_back({name_of(law, name, language), joined(law, items, language)});
  return lines;
}

VersionView view(const Law& law, const Version& version, Date today, std::string_view language) {
  VersionView v;
  v.valid_from = version.valid_from;
  if (version.valid_to) v.valid_until = *version.valid_to - 1;
  v.in_force = version.valid_from <= today && (!version.valid_to || today < *version.valid_to);
  v.citation = version.citation;
  v.value = value_text(version, language);
  v.details = details(law, version, language);
  v.confidence = version.confidence;
  v.unverified = version.unverified;
  v.to_be_confirmed = version.to_be_confirmed(today);
  if (version.amended_by(today)) v.amended = version.amended;
  v.note = in(language, version.note);
  v.source = version.source;
  return v;
}

std::vector<DayLine> days_of(const std::map<Date, Words>& days, int year, std::string_view language) {
  std::vector<DayLine> lines;
  for (const auto& [day, name] : days)
    if (day.year() == year) lines.push_back({day, in(language, name)});
  return lines;
}

std::vector<YearView> years(const Calendar& calendar, std::string_view language) {
  std::vector<YearView> views;
  for (const auto& [number, year] : calendar.years)
    views.push_back({std::to_string(number), year.confirmed, in(language, year.note),
                     days_of(calendar.holidays, number, language), days_of(calendar.worked, number, language),
                     days_of(calendar.reported, number, language)});
  return views;
}

web::Reply show_rules(web::Request& q) {
  const Date today = local_date(q.now());
  auto query = q.read_query<DayQuery>();
  const Date on = query && query->ngay ? *query->ngay : today;
  const std::string day = query && query->ngay ? "ngay=" + to_iso(on) + "&" : "";
  RulesPage page = rules_page(q.site().law, on, q.language(), q.query("nhom"), day);
  if (!page.chosen.empty() && page.groups.empty() && page.total)
    return q.refuse(problem(Fault::missing, N_("There is no such group of rules")));
  if (!query) return q.show_again("law/rules", page, query.problems());
  web::Reply reply = q.show("law/rules", page);
  if (!query->ngay) reply.valid_until = start_of(today + 1);
  return reply;
}

web::Reply show_rule(web::Request& q) {
  const Law& law = q.site().law;
  const Rule* rule = law.find(q.param("rule"));
  if (!rule)
    return q.refuse(problem(Fault::missing, N_("There is no rule {rule}."), {{"rule", q.param("rule")}}));
  const Date today = local_date(q.now());
  web::Reply reply = q.show("law/rule", rule_page(law, *rule, today, q.language()));
  reply.valid_until = start_of(today + 1);
  return reply;
}

web::Topics on_law(web::Request&) { return {"law"}; }

}  // namespace

RulesPage rules_page(const Law& law, Date on, std::string_view language, std::string_view chosen,
                     std::string_view day) {
  RulesPage page;
  page.on = on;
  page.form.ngay = on;
  page.law_hash = law.hash();
  page.chosen = chosen;
  const std::string link = "/luat?" + std::string(day) + "nhom=";
  page.all_url.value = day.empty() ? "/luat" : "/luat?" + std::string(day.substr(0, day.size() - 1));
  page.unconfirmed_url.value = link + std::string(unconfirmed_rules);
  for (const Group& group : law.groups()) {
    RuleGroup shown{group.name, title(group, language), Url{link + group.name}, 0, 0, {}};
    for (const Rule& rule : law.rules()) {
      const Version* version = rule.group == group.name ? law.in_force(rule.id, on) : nullptr;
      if (!version) continue;
      ++shown.total;
      shown.unconfirmed += version->to_be_confirmed(on);
      const bool listed = chosen.empty() || chosen == group.name ||
                          (chosen == unconfirmed_rules && version->to_be_confirmed(on));
      if (listed)
        shown.rules.push_back({rule.id, title(rule, language), value_text(*version, language),
                               version->citation, version->to_be_confirmed(on), Url{"/luat/" + rule.id}});
    }
    page.total += shown.total;
    page.unconfirmed += shown.unconfirmed;
    if (!shown.rules.empty()) page.groups.push_back(std::move(shown));
  }
  return page;
}

RulePage rule_page(const Law& law, const Rule& rule, Date today, std::string_view language) {
  RulePage page;
  page.id = rule.id;
  page.title = title(rule, language);
  page.page_title = rule.id + " – " + page.title;
  page.keys = rule.keys;
  for (const Group& group : law.groups())
    if (group.name == rule.group) page.group = title(group, language);
  for (auto version = rule.versions.rbegin(); version != rule.versions.rend(); ++version)
    page.versions.push_back(view(law, *version, today, language));
  if (rule.id == calendar_rule) page.years = years(law.calendar(), language);
  return page;
}

void routes(web::Router& router) {
  router.get("/luat", show_rules,
             web::about(N_("The rules this site applies, with their articles"))
                 .query({"ngay", "nhom"})
                 .cached(on_law)
                 .answers<RulesPage>());
  router.get("/luat/{rule}", show_rule,
             web::about(N_("One rule and all its versions")).cached(on_law).answers<RulePage>());
}

}  // namespace danchu::law
