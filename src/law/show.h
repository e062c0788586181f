// A rule as JSON, for `danchu law show`.
#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "law/law.h"

namespace danchu::law {

// The rule with one of its versions: id, key, title, citation, value, unit, confidence, dates …; `asked` is
// the id or key it was asked by, and the value is that key's. Whether it is to be confirmed is told of `on`.
boost::json::object to_json(const Rule& rule, const Version& version, Date on, std::string_view asked = "");
// What is set: 5, "2/3", {"min": 3, "max": 5}, or null where the rule sets no number; and in what
// unit.
boost::json::value value_json(const Value& value);
std::string_view unit_name(const Value& value);  // "working_days", "share_at_least", "share_over", ""

}  // namespace danchu::law
