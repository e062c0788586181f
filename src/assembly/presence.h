// How many came to a meeting and how many of them were there when a matter was voted on (practice P8).
#pragma once
#include <string>

#include "assembly/page_parts.h"

namespace danchu::assembly {

// "71 households came, 1 went home before this vote, 70 were present when voting": the numbers of one evening
// beside each other, so that they do not seem to contradict. Empty where as many voted as came.
std::string presence_words(const Request& q, store::Reader& r, const Meeting& meeting, const Vote& vote);

}  // namespace danchu::assembly
