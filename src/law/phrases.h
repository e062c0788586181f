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

}  // namespace danchu::law
