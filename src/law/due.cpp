#include <algorithm>

#include "base/text.h"
#include "law/law.h"
#include "law/phrases.h"

namespace danchu::law {
namespace {

constexpr std::string_view counting = "X-04";

constexpr Phrase forward = {"trong {term} kể từ ngày {from}, đến hết ngày {due}",
                            "within {term} from {from}, until the end of {due}"};
constexpr Phrase backward = {
    "chậm nhất {term} trước ngày {from}, tức là ngày {due}; thời hạn tính lùi không dời về sau",
    "at the latest {term} before {from}, that is on {due}; a term counted back is never "
    "moved to a later day"};
constexpr Phrase least = {"ít nhất {term} kể từ ngày {from}; hết ngày {due} mới đủ",
                          "at least {term} from {from}; complete at the end of {due}"};
constexpr Phrase at_once = {"ngay trong ngày {due}", "at once, on {due}"};
constexpr Phrase base_law = {" (theo luật gốc, chưa kiểm tra văn bản sửa đổi từ ngày {day})",
                             " (by the base law; the text that amends it since {day} was not checked)"};
constexpr Phrase from_next_day = {"không tính ngày xảy ra sự kiện", "the day of the event is not counted"};
constexpr Phrase moved = {
    "không tính ngày xảy ra sự kiện; ngày cuối {last} không phải ngày làm việc nên chuyển sang "
    "ngày làm việc tiếp theo",
    "the day of the event is not counted; the last day {last} is no working day, so the term "
    "ends on the next one"};
constexpr Phrase moved_at_once = {
    "ngày {last} không phải ngày làm việc nên chuyển sang ngày làm việc tiếp theo",
    "{last} is no working day, so it is due on the next one"};
constexpr Phrase by_calendar = {"theo lịch ngày làm việc năm {years}", "by the working calendar of {years}"};
constexpr Phrase by_unconfirmed = {"ngày nghỉ năm {years} chưa được đối chiếu với văn bản",
                                   "the holidays of {years} have not been compared with a decree"};
constexpr Phrase not_counted = {
    "ngày {day} ({name}) được đưa tin là ngày nghỉ, ở đây vẫn tính như ngày thường",
    "{day} ({name}) is reported to be a holiday; it is counted as an ordinary day"};

struct Counted {
  Date due;
  Date last;  // before it was moved to a working day
};

Date add(const Calendar& calendar, Date from, int amount, DayUnit unit) {
  switch (unit) {
    case DayUnit::working_days:
      return calendar.add_working_days(from, amount);
    case DayUnit::months:
      return add_months(from, amount);
    case DayUnit::years:
      return add_months(from, 12 * amount);
    case DayUnit::days:
      break;
  }
  return from + amount;
}

// Only a forward term ends on a working day; the others are plain dates that nothing moves.
Counted count(const Calendar& calendar, Date from, const Term& term, const Value& value) {
  if (!term.after.empty()) from = count(calendar, from, value.cases.at(term.after), value).due;
  const bool back = term.direction == Direction::backward;
  const Date last = add(calendar, from, back ? -term.amount : term.amount, term.unit);
  return {term.direction == Direction::forward ? calendar.next_working_day(last) : last, last};
}

bool is_at_once(const Term& term) { return term.amount == 0 && term.after.empty(); }

const Phrase& sentence(const Term& term) {
  if (is_at_once(term)) return at_once;
  return term.direction == Direction::forward    ? forward
         : term.direction == Direction::backward ? backward
                                                 : least;
}

Reason main_reason(const Rule& rule, const Version& version, const Value& value, const Term& term, Date from,
                   Date due, Date day) {
  Reason result =
      reason(rule, version, day, sentence(term), {{"from", to_page(from)}, {"due", to_page(due)}});
  result.text_vi = fill(result.text_vi, {{"term", amount_text(term, value, "vi")}});
  result.text_en = fill(result.text_en, {{"term", amount_text(term, value, "en")}});
  if (!result.amended) return result;
  const Args since = {{"day", to_page(*version.amended)}};
  result.text_vi += fill(base_law.vi, since);
  result.text_en += fill(base_law.en, since);
  return result;
}

std::string years_between(Date first, Date last) {
  const std::string from = std::to_string(first.year());
  return first.year() == last.year() ? from : from + "–" + std::to_string(last.year());
}

bool all_confirmed(const Calendar& calendar, Date first, Date last) {
  for (int year = first.year(); year <= last.year(); ++year)
    if (!calendar.is_confirmed(year)) return false;
  return true;
}

// A counting rule in force that day; for days before any we know, the term's own rule, so that the answer
// still says what it rests on.
struct Basis {
  const Rule* rule;
  const Version* version;
  Date day;
  bool known;
};

Basis basis(const Law& law, std::string_view counting_rule, Date day, const Rule& rule,
            const Version& version) {
  const Version* in_force = law.in_force(counting_rule, day);
  return in_force ? Basis{law.find(counting_rule), in_force, day, true} : Basis{&rule, &version, day, false};
}

void add(std::vector<Reason>& because, const Basis& on, const Phrase& phrase, const Args& args,
         bool confirmed) {
  because.push_back(reason(*on.rule, *on.version, on.day, phrase, args));
  because.back().unverified |= !on.known || !confirmed;
}

// What the working calendar contributed: its years, and days only reported to be holidays.
void add_calendar_reasons(std::vector<Reason>& because, const Calendar& calendar, const Basis& on, Date first,
                          Date last) {
  const bool confirmed = on.known && all_confirmed(calendar, first, last);
  add(because, on, confirmed ? by_calendar : by_unconfirmed, {{"years", years_between(first, last)}},
      confirmed);
  const auto end = calendar.reported.upper_bound(last);
  for (auto day = calendar.reported.lower_bound(first); day != end; ++day) {
    add(because, on, not_counted, {{"day", to_page(day->first)}}, false);
    because.back().text_vi = fill(because.back().text_vi, {{"name", day->second.vi}});
    because.back().text_en = fill(because.back().text_en, {{"name", day->second.en}});
  }
}

Problem refused(Fault fault, std::string_view path, std::string_view message, const Rule& rule,
                Args args = {}) {
  args.emplace_back("rule", rule.id);
  return {fault, std::string(path), message, std::move(args), {rule.id}};
}

Result<Term> term_of(const Rule& rule, const Value& value, std::string_view case_name) {
  if (case_name.empty()) return *value.term;
  if (auto found = value.cases.find(std::string(case_name)); found != value.cases.end()) return found->second;
  if (value.cases.empty()) return refused(Fault::invalid, "case", N_("{rule} has no cases."), rule);
  std::string known;
  for (const auto& each : value.cases) known += (known.empty() ? "" : ", ") + each.first;
  return refused(Fault::invalid, "case", N_("{rule} has no case “{case}”; it has: {known}."), rule,
                 {{"case", std::string(case_name)}, {"known", known}});
}

// What counting contributed: the day of the event, and a last day that was moved.
void add_counting_reason(std::vector<Reason>& because, const Basis& on, const Term& term,
                         const Counted& counted) {
  const bool stayed = counted.last == counted.due;
  if (is_at_once(term) && stayed) return;
  const Phrase& phrase = stayed ? from_next_day : is_at_once(term) ? moved_at_once : moved;
  add(because, on, phrase, {{"last", to_page(counted.last)}}, true);
}

bool counts_working_days(const Term& term, const Value& value) {
  return term.unit == DayUnit::working_days ||
         (!term.after.empty() && counts_working_days(value.cases.at(term.after), value));
}

}  // namespace

Result<Due> Law::due(std::string_view name, Date from, std::string_view case_name,
                     std::optional<Date> on) const {
  const Rule* rule = find(name);
  if (!rule)
    return Problem{Fault::missing, "rule", N_("There is no rule {rule}."), {{"rule", std::string(name)}}, {}};
  const Date day = on.value_or(from);
  const Version* version = in_force(name, day);
  if (!version)
    return refused(Fault::missing, "on", N_("{rule} is not in force on {day}."), *rule,
                   {{"day", to_iso(day)}});
  const Value& value = version->named(name);
  if (!value.term) return refused(Fault::invalid, "rule", N_("{rule} sets no term."), *rule);
  auto term = term_of(*rule, value, case_name);
  if (!term) return term.problems();

  const Counted counted = count(calendar_, from, *term, value);
  Due due{counted.due, rule->id, {main_reason(*rule, *version, value, *term, from, counted.due, day)}};
  add_counting_reason(due.because, basis(*this, counting, day, *rule, *version), *term, counted);
  const bool in_working_days = counts_working_days(*term, value);
  if (in_working_days || term->direction == Direction::forward) {
    // A term in calendar days asks the working calendar about its end only.
    const auto [first, last] = std::minmax(in_working_days ? from : counted.last, counted.due);
    add_calendar_reasons(due.because, calendar_, basis(*this, calendar_rule, day, *rule, *version), first,
                         last);
  }
  return due;
}

}  // namespace danchu::law
