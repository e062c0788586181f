#include "assembly/decisions.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/text.h"

namespace danchu::assembly {

int matter_of(const PlainAnswers& a) {
  if (a.collects) return a.works ? 1 : 2;
  if (a.spends) return 2;
  if (a.convention) return 3;
  if (a.elects_head) return 4;
  return a.elects_board ? 5 : 6;
}

int matter_of(const ProposeMotion& f) {
  return matter_of(PlainAnswers{f.collects, f.works, f.spends, f.convention, f.elects_head, f.elects_board});
}

Problems unanswered(const ProposeMotion& f) {
  const bool any = f.collects || f.works || f.spends || f.convention || f.elects_head || f.elects_board;
  if (!any && !f.other)
    return problem_at("collects", N_("Tick what it is about; when it is none of these, tick that"));
  if (any && f.other) return problem_at("other", N_("Something above is ticked: take this tick away"));
  return {};
}

Problems mixed(const PlainAnswers& a) {
  const std::pair<bool, const char*> matters[] = {{a.collects || a.spends, "collects"},
                                                  {a.convention, "convention"},
                                                  {a.elects_head, "elects_head"},
                                                  {a.elects_board, "elects_board"}};
  Problems found;
  bool first = true;
  for (const auto& [ticked, path] : matters) {
    if (!ticked || std::exchange(first, false)) continue;
    found.push_back({Fault::invalid,
                     path,
                     N_("Each matter by itself: propose this one separately, it is decided by its own rules"),
                     {},
                     {}});
  }
  return found;
}

namespace {

using Words = std::vector<std::string>;
Words words_in(const std::string& folded) {
  Words found;
  std::istringstream in(folded);
  for (std::string word; in >> word;) found.push_back(word);
  std::sort(found.begin(), found.end());
  return found;
}

// What stands in brackets is no part of a name: "Lò Văn Hai (minh họa)".
std::string without_brackets(std::string text) {
  for (std::size_t open; (open = text.find('(')) != std::string::npos;)
    text.erase(open, text.find(')', open) == std::string::npos ? std::string::npos
                                                               : text.find(')', open) - open + 1);
  return text;
}

// Written without spaces, in whatever order of the words.
bool run_together(const Words& written, Words name) {
  constexpr std::size_t most = 6;  // words; more are no name
  if (written.size() >= name.size() || name.size() > most) return false;
  std::string all;
  for (const std::string& word : written) all += word;
  do {
    std::string joined;
    for (const std::string& word : name) joined += word;
    if (joined == all) return true;
  } while (std::next_permutation(name.begin(), name.end()));
  return false;
}

// All of a name's words among others, a title say; one word alone is no name.
bool stands_in(const Words& name, const Words& longer) {
  return name.size() > 1 && std::includes(longer.begin(), longer.end(), name.begin(), name.end());
}

}  // namespace

bool same_person(const std::string& as_written, const std::string& as_known) {
  const std::string one = without_brackets(as_written), other = without_brackets(as_known);
  auto has_marks = [](const std::string& name) { return fold_keeping_marks(name) != fold(name); };
  const bool by_marks = has_marks(one) && has_marks(other);
  const Words a = words_in(by_marks ? fold_keeping_marks(one) : fold(one));
  const Words b = words_in(by_marks ? fold_keeping_marks(other) : fold(other));
  if (a.empty() || b.empty()) return false;
  return a == b || stands_in(a, b) || stands_in(b, a) || run_together(a, b) || run_together(b, a);
}

bool asks_for_contributions(const Motion& m) {
  return m.basis || (m.money && m.money->dong > 0) || m.goods || (m.labour_days && m.labour_days->value > 0);
}

bool names_matter(const law::Law& law, std::string_view id, int matter, std::optional<Date> on) {
  const law::Rule* rule = law.find(id);
  if (!rule || rule->versions.empty()) return false;
  const law::Version* version = on ? law.in_force(id, *on) : &rule->versions.back();
  if (!version) return false;
  auto matters = version->lists.find("matters");
  return matters != version->lists.end() && std::find(matters->second.begin(), matters->second.end(),
                                                      std::to_string(matter)) != matters->second.end();
}

Answerer answerer_of(int matter, std::optional<Date> on, const law::Law& law) {
  if (names_matter(law, "EFF-05", matter, on)) return Answerer::commune_recognises;
  return names_matter(law, "EFF-06", matter, on) ? Answerer::front_recognises : Answerer::commune_receives;
}

Result<Done> run_here(const law::Law& law, int matter, Date on) {
  struct {
    std::string_view threshold;  // whose matters these are
    std::string_view message;
    std::vector<std::string> rules;
  } const not_yet[] = {
      {"DEC-04",
       N_("A village convention is decided at a meeting after its draft was posted and people were heard: "
          "lawful, but danchu does not run it yet"),
       {"HU-07", "HU-08"}},
      {"DEC-05",
       N_("The village head is elected or dismissed at a meeting that others convene and count: lawful, but "
          "danchu does not run it yet"),
       {"MTG-01", "ELE-03"}},
  };
  for (const auto& kind : not_yet)
    if (names_matter(law, kind.threshold, matter, on))
      return Problem{Fault::conflict, "", kind.message, {}, kind.rules};
  return Done{};
}

std::optional<Problem> wrong_with(const Agreeing& a) {
  auto refused = [](Fault fault, std::string_view message) {
    return Problem{fault, "", message, {}, {"DEC-09"}};
  };
  if (a.by_tap && a.same_account)
    return refused(Fault::denied,
                   N_("Whoever proposed a matter cannot agree to it himself: another member of the Front "
                      "committee must sign its minutes"));
  if (a.by_tap && a.one_person)
    return refused(
        Fault::unlawful,
        N_("One person holds both posts: enter the minutes of the whole Front committee instead, as "
           "its agreement on paper"));
  if (!a.by_tap && a.one_person && !a.of_committee)
    return refused(Fault::unlawful,
                   N_("One person holds both posts: the minutes must be those of the whole Front committee"));
  return std::nullopt;
}

std::optional<Problem> wrong_with(const Correcting& c) {
  auto refused = [](Fault fault, std::string_view message) {
    return Problem{fault, "", message, {}, {"EFF-02"}};
  };
  if (c.turns && c.by_head)
    return refused(
        Fault::denied,
        N_("These numbers turn the result: bring the correction minutes to the commune, which enters "
           "them. A head alone corrects only what leaves the result as it is"));
  if (c.recognised && !c.by_recogniser)
    return refused(Fault::denied, N_("This decision was recognised: whoever recognised it corrects it"));
  if (c.turns && c.proposed_anew)
    return refused(Fault::conflict,
                   N_("This matter was proposed anew: withdraw the new proposal before the old vote is "
                      "corrected to passed"));
  return std::nullopt;
}

Problems wrong_with(const ProposeMotion& form, int matter) {
  Problems found;
  auto wrong = [&](std::string path, std::string_view message) {
    found.push_back({Fault::invalid, std::move(path), message, {}, {}});
  };
  if (form.title.value.empty()) wrong("title", N_("Say what the matter is"));
  if (form.asked.value.empty()) wrong("asked", N_("Say what households are asked to agree to"));
  // Ready wordings leave dots for what only the village knows.
  if (form.asked.value.find("...") != std::string::npos || form.asked.value.find("…") != std::string::npos)
    wrong("asked", N_("Write a number or a word in place of the dots"));
  if (matter != 1 && !form.collects) return found;
  Motion said;
  said.money = form.money;
  said.goods = form.goods;
  said.labour_days = form.labour_days;
  said.basis = form.basis;
  auto named = [](const auto& line) { return line && !line->value.empty(); };
  for (Problem& p : unsaid(said, named(form.keeper), named(form.checker))) found.push_back(std::move(p));
  if (named(form.keeper) && named(form.checker) && same_person(form.keeper->value, form.checker->value))
    wrong("checker", N_("Whoever keeps what is collected does not check himself: name another person"));
  if (form.collect_from && form.collect_to && *form.collect_to < *form.collect_from)
    wrong("collect_to", N_("The last day lies before the first"));
  return found;
}

Problems unsaid(const Motion& m, bool keeper, bool checker) {
  Problems found;
  auto wrong = [&](std::string path, std::string_view message) {
    found.push_back({Fault::invalid, std::move(path), message, {}, {}});
  };
  const bool money = m.money && m.money->dong > 0, goods = m.goods && !m.goods->value.empty(),
             days = m.labour_days && m.labour_days->value > 0;
  if (!money && !goods && !days) wrong("money", N_("Say how much money, goods or days of work"));
  if (!m.basis) wrong("basis", N_("Say whether it is for each household or each person"));
  if (!keeper) wrong("keeper", N_("Say who keeps what is collected"));
  if (!checker) wrong("checker", N_("Say who checks it"));
  return found;
}

Date earliest_meeting(const law::Law& law, Date noticed) {
  Date day = noticed;
  for (int i = 0; i < 60; ++i, day = day + 1) {
    auto due = law.due("MTG-04", day, "", noticed);
    if (due.ok() && noticed <= due->due) return day;
  }
  return day;
}

std::vector<law::Reason> why_earliest(const law::Law& law, Date noticed) {
  auto due = law.due("MTG-04", earliest_meeting(law, noticed), "", noticed);
  return due.ok() ? std::move(due->because) : std::vector<law::Reason>{};
}

std::vector<std::string> rules_of(const std::vector<law::Reason>& because) {
  std::vector<std::string> ids;
  for (const law::Reason& reason : because)
    if (std::find(ids.begin(), ids.end(), reason.rule) == ids.end()) ids.push_back(reason.rule);
  return ids;
}

Result<Done> notice_in_time(const law::Law& law, Date noticed, Date meeting) {
  auto due = law.due("MTG-04", meeting);
  if (!due.ok()) return due.problems();
  if (noticed <= due->due) return Done{};
  return unlawful(
      rules_of(due->because),
      N_("Notice given on {noticed} is too late for a meeting on {meeting}; the earliest lawful day "
         "is {earliest}"),
      {{"noticed", to_page(noticed)},
       {"meeting", to_page(meeting)},
       {"earliest", to_page(earliest_meeting(law, noticed))}});
}

Result<Done> can_still_be_noticed(const law::Law& law, Date today, Date meeting) {
  auto due = law.due("MTG-04", meeting);
  if (!due.ok()) return due.problems();
  if (today <= due->due) return Done{};
  return Problem{Fault::unlawful,
                 "starts",
                 N_("Households must be told before a meeting: with notice given today, the earliest lawful "
                    "day is {earliest}"),
                 {{"earliest", to_page(earliest_meeting(law, today))}},
                 rules_of(due->because)};
}

Result<Done> opened_as_noticed(Instant starts, Instant opened) {
  if (local_date(opened) != local_date(starts))
    return unlawful({"MTG-04"}, N_("Notice was given for {day}: on another day there must be a new notice"),
                    {{"day", to_page(local_date(starts))}});
  if (opened >= starts) return Done{};
  return Problem{Fault::unlawful,
                 "opened_at",
                 N_("Notice was given for {time}: the meeting cannot open before that hour"),
                 {{"time", to_page(starts)}},
                 {"MTG-04"}};
}

bool needs_documents(const law::Law& law, int matter, Date on) {
  return names_matter(law, "MTG-05", matter, on);
}

Result<Done> documents_in_time(const law::Law& law, std::optional<Date> sent, Date meeting) {
  auto due = law.due("MTG-05", meeting);
  if (!due.ok()) return due.problems();
  if (sent && *sent <= due->due) return Done{};
  Problem p{Fault::unlawful,
            "documents_sent",
            N_("The documents of these matters must be with every household by {due}"),
            {{"due", to_page(due->due)}},
            rules_of(due->because)};
  return p;
}

Instant minute_of(Instant time) { return *parse_instant(to_local_input(time)); }

Instant night_ends(Date meeting) {
  constexpr int morning = 6;  // o'clock
  return at_local(meeting + 1, morning, 0);
}

Result<Instant> meeting_time(std::optional<Instant> sent, Instant now, Date meeting, Instant earliest,
                             std::string path, std::string_view when) {
  if (!sent && local_date(now) != meeting)
    return problem_at(std::move(path), when, {{"day", to_page(meeting)}});
  const Instant at = sent.value_or(now);
  if (at > now) return problem_at(std::move(path), N_("This time lies in the future"));
  if (at < minute_of(earliest))
    return problem_at(std::move(path), N_("This lies before the step it follows ({earliest})"),
                      {{"earliest", to_page(earliest)}});
  if (at >= night_ends(meeting))
    return problem_at(std::move(path), N_("The meeting was on {day}: this lies after it"),
                      {{"day", to_page(meeting)}});
  return at;
}

Result<Done> procedure_agreed(const law::Law& law, std::int64_t yes, std::int64_t present, Date on,
                              std::string path) {
  const law::Version* rule = law.in_force("MTG-07", on);
  if (!rule || !rule->numerator || !rule->denominator)
    return unlawful({"MTG-07"}, N_("No rule for votes on procedure is in force on that day"));
  if (yes > present)
    return problem_at(std::move(path), N_("More households agreed than were present ({present})"),
                      {{"present", std::to_string(present)}});
  const std::int64_t left = yes * *rule->denominator, right = present * *rule->numerator;
  if (present > 0 && (rule->strict ? left > right : left >= right)) return Done{};
  return Problem{
      Fault::unlawful,
      std::move(path),
      N_("{yes} of {present} households present agreed: that is not enough for a vote on procedure"),
      {{"yes", std::to_string(yes)}, {"present", std::to_string(present)}},
      {"MTG-07"}};
}

law::Case case_of(int matter, std::int64_t households, Date on) {
  law::Case c;
  c.matter = matter;
  c.scope = law::Scope::village;
  c.form = law::Form::meeting;
  c.households = households;
  c.on = on;
  return c;
}

std::int64_t least_needed(const law::Law& law, int matter, std::int64_t households, Date on) {
  auto verdict = law.decide(case_of(matter, households, on));
  return verdict ? verdict->needed : 0;
}

law::Case case_of(int matter, std::int64_t households, std::int64_t present, std::int64_t yes,
                  std::int64_t no, std::int64_t other, Date on) {
  law::Case c = case_of(matter, households, on);
  c.present = present;
  c.yes = yes;
  c.no = no;
  c.other = other;
  return c;
}

std::optional<Date> effect_from(const law::Law& law, int matter, bool passed, Date voted_on,
                                std::optional<Date> recognised_on) {
  if (!passed) return std::nullopt;
  return effect_rule(law, matter, voted_on) == "EFF-03" ? voted_on : recognised_on;
}

std::string_view effect_rule(const law::Law& law, int matter, Date on) {
  switch (answerer_of(matter, on, law)) {
    case Answerer::commune_recognises:
      return "EFF-05";
    case Answerer::front_recognises:
      return "EFF-06";
    default:
      return "EFF-03";
  }
}

std::int64_t household_signatures(const law::Law& law, Date on) {
  const law::Version* rule = law.in_force("EFF-02", on);
  if (!rule) return 0;
  auto number = rule->numbers.find("household_signatures");
  return number == rule->numbers.end() ? 0 : number->second;
}

}  // namespace danchu::assembly
