// What a verdict says beside its citation, in both languages: the law is pure and knows no translation
// catalogue.
#pragma once
#include "base/result.h"
#include "law/law.h"

namespace danchu::law {

struct Phrase {
  std::string_view vi, en;  // with {named} placeholders
};

// A reason that rests on this version of the rule, as it stood on `day`.
Reason reason(const Rule& rule, const Version& version, Date day, const Phrase& phrase,
              const Args& args = {});

// Of the wording alone, not of the way we apply it.
Reason wording_reason(const Rule& rule, const Version& version, Date day, const Phrase& phrase,
                      const Args& args = {});

// "5 ngày làm việc", "3 months".
std::string amount_text(int amount, DayUnit unit, std::string_view language);
// "5 ngày làm việc"; with the case it follows: "15 ngày làm việc và thêm 15 ngày".
std::string amount_text(const Term& term, const Value& value, std::string_view language);
// "trong 5 ngày làm việc", "chậm nhất 7 ngày trước", "ít nhất 20 ngày".
std::string term_text(const Term& term, const Value& value, std::string_view language);
// A share in words: "hai phần ba", "trên một nửa"; as "7/12" where its parts have none here. Empty: no share.
std::string share_text(const Value& value, std::string_view language);
// What is set, in words: a term as above, "ít nhất 2/3"; empty where it is no term and no share.
std::string value_text(const Value& value, std::string_view language);

}  // namespace danchu::law
