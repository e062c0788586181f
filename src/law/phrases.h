// What a verdict says beside its citation, in both languages: the law is pure and knows no translation
// catalogue.
#pragma once
#include "base/result.h"
#include "law/law.h"

namespace danchu::law {

struct Phrase {
  std::string_view vi, en;  // with {named} placeholders
};

// A reason that rests on this version of the rule.
Reason reason(const Rule& rule, const Version& version, const Phrase& phrase, const Args& args = {});

// "5 ngày làm việc", "3 months".
std::string amount_text(int amount, DayUnit unit, std::string_view language);
// What a version sets, in words: "trong 5 ngày làm việc", "ít nhất 2/3"; empty where it is no term and no
// share.
std::string value_text(const Version& version, std::string_view language);

}  // namespace danchu::law
