// What a result means, in the plain sentences that stand under it: why it passed or not, and what comes next.
#pragma once
#include <string>
#include <vector>

#include "assembly/page_parts.h"

namespace danchu::assembly {

// Nothing before a decision. The share that was needed is said in words, as the law's data has it.
std::vector<std::string> in_plain_words(const Request& q, store::Reader& r, const Whole& whole);

// "Each household gives 150.000 đ and 2 days of work, from … to …, to …." in the reader's language; empty
// where nothing is asked.
std::string asked_words(const Request& q, store::Reader& r, const Motion& motion);

// What the commune looks at before it receives or recognises a decision, one line each.
std::vector<std::string> decision_facts(const Request& q, store::Reader& r, const Whole& whole);

}  // namespace danchu::assembly
