#include "law/phrases.h"

#include <array>

#include "base/text.h"

namespace danchu::law {
namespace {

constexpr std::array<Phrase, 4> units = {{{"{n} ngày", "{n} days"},
                                          {"{n} ngày làm việc", "{n} working days"},
                                          {"{n} tháng", "{n} months"},
                                          {"{n} năm", "{n} years"}}};
constexpr std::array<std::string_view, 4> one_unit = {"1 day", "1 working day", "1 month", "1 year"};
constexpr std::array<Phrase, 3> directions = {{{"trong {n}", "within {n}"},
                                               {"chậm nhất {n} trước", "at the latest {n} before"},
                                               {"ít nhất {n}", "at least {n}"}}};
constexpr Phrase extended = {"{first} và thêm {then}", "{first} and then {then}"};
constexpr Phrase over = {"trên {n}", "more than {n}"}, reached = {"ít nhất {n}", "at least {n}"};

std::string in(std::string_view language, const Phrase& phrase, std::string n) {
  return fill(language == "en" ? phrase.en : phrase.vi, {{"n", std::move(n)}});
}

}  // namespace

Reason reason(const Rule& rule, const Version& version, Date day, const Phrase& phrase, const Args& args) {
  return {rule.id,
          version.citation,
          fill(phrase.vi, args),
          fill(phrase.en, args),
          version.confidence,
          version.unverified,
          version.amended_by(day)};
}

Reason wording_reason(const Rule& rule, const Version& version, Date day, const Phrase& phrase,
                      const Args& args) {
  Reason result = reason(rule, version, day, phrase, args);
  result.confidence = version.wording;
  return result;
}

std::string to_line(const Reason& reason, std::string_view language) {
  const bool english = language == "en";
  std::string line = reason.citation + ": " + (english ? reason.text_en : reason.text_vi);
  if (reason.unverified)
    line += english ? " (unverified, to be confirmed)" : " (chưa kiểm chứng, cần xác nhận)";
  else if (reason.to_be_confirmed())
    line += english ? " (to be confirmed)" : " (cần xác nhận)";
  return line;
}

std::string amount_text(int amount, DayUnit unit, std::string_view language) {
  const auto index = static_cast<std::size_t>(unit);
  if (amount == 1 && language == "en") return std::string(one_unit[index]);
  return in(language, units[index], std::to_string(amount));
}

std::string amount_text(const Term& term, const Value& value, std::string_view language) {
  const std::string own = amount_text(term.amount, term.unit, language);
  if (term.after.empty()) return own;
  return fill(language == "en" ? extended.en : extended.vi,
              {{"first", amount_text(value.cases.at(term.after), value, language)}, {"then", own}});
}

std::string term_text(const Term& term, const Value& value, std::string_view language) {
  return in(language, directions[static_cast<std::size_t>(term.direction)],
            amount_text(term, value, language));
}

std::string share_text(const Value& value, std::string_view language) {
  if (!value.numerator || !value.denominator) return {};
  static constexpr std::array<std::string_view, 11> vi = {"",    "một", "hai", "ba",   "bốn", "năm",
                                                          "sáu", "bảy", "tám", "chín", "mười"};
  static constexpr std::array<std::string_view, 5> en = {"", "one", "two", "three", "four"};
  static constexpr std::array<std::string_view, 5> parts = {"", "", "half", "third", "quarter"};
  const auto n = static_cast<std::size_t>(*value.numerator), d = static_cast<std::size_t>(*value.denominator);
  const bool english = language == "en";
  std::string share = std::to_string(n) + "/" + std::to_string(d);
  if (n == 1 && d == 2)
    share = english ? "half" : "một nửa";
  else if (!english && n < vi.size() && d > 1 && d < vi.size())
    share = std::string(vi[n]) + " phần " + std::string(vi[d] == "bốn" ? "tư" : vi[d]);
  else if (english && n < en.size() && d > 2 && d < parts.size())
    share = std::string(en[n]) + " " + std::string(parts[d]) + (n > 1 ? "s" : "");
  return value.strict ? in(language, over, share) : share;
}

std::string value_text(const Value& value, std::string_view language) {
  if (value.term) return term_text(*value.term, value, language);
  if (!value.numerator) return {};
  const std::string share = std::to_string(*value.numerator) + "/" + std::to_string(*value.denominator);
  return in(language, value.strict ? over : reached, share);
}

}  // namespace danchu::law
