// The words of a proposal and of a decision: whether a question and its numbers say the same, and how what
// was decided is said on a paper (practice P25, P99). Papers are Vietnamese, so these words are.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/inputs.h"
#include "assembly/records.h"

namespace danchu::assembly {

// A sum of money a Vietnamese text names: "150.000 đ", "200 nghìn", "1,5 triệu đồng", "50k".
struct NamedSum {
  std::int64_t dong = 0;
  bool of_each = false;  // said of each household or person: "mỗi hộ góp 150.000 đ", "100.000 đ/hộ"
};
std::vector<NamedSum> sums_in(std::string_view text);

// Does a text ask something of households: a sum, days of work, a contribution?
bool speaks_of_giving(std::string_view text);

// Where the words name other money than the field does, as problems at title, asked or money, or speak of
// giving and nothing is ticked that would say what: what households vote on must be one thing. A total beside
// the share of each is no contradiction.
Problems contradictions(const ProposeMotion& form);
// The same of the words of a decision on this matter; empty when they agree.
std::string_view contradiction(const Motion& motion, std::string_view words);

// "mỗi hộ góp 150.000 đ và 3 ngày công": what a matter asks of each household or person; empty: nothing.
std::string asked_of_each(const Motion& motion);

// "Góp làm đường nội bản: mỗi hộ góp 150.000 đ và 3 ngày công; miễn, giảm: …; thu từ ngày … đến ngày …" from
// what the proposal says field by field; where nothing is collected, the question itself. No person is named:
// the words stand in public acts, who keeps and who checks is kept beside them.
std::string decided_words(const Motion& motion);

}  // namespace danchu::assembly
