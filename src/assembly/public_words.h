// What the open page of a matter says in whole sentences: in which form it was decided and why that was
// lawful, where the decision stands, what is shared.
#pragma once
#include <string>
#include <vector>

#include "assembly/page_parts.h"

namespace danchu::assembly {

// "Biểu quyết tại cuộc họp ngày 12/12/2026, giơ tay"; empty before a decision.
std::string form_used(const Request& q, const Whole& whole);
// Which rules let it be decided so, with their articles.
std::vector<web::Because> why_this_form(const Request& q, const Whole& whole);

// Where the decision stands: who has to recognise it and until when, if somebody has to, else its state.
std::string status_words(const Request& q, const Whole& whole);
// That a passed decision is not in force yet, and from when it will be; empty when it is in force or never.
std::string not_in_force_words(const Request& q, const Whole& whole);

// What a correction did to the result: "Before: passed. Now: not passed."; empty where it stayed.
std::string turned_words(const Request& q, const Correction& correction);

// For Zalo and the loudspeaker: two lines, the address last (practice P50, P119). An invitation only while
// people can still come.
std::string share_words(const Request& q, const Whole& whole);

}  // namespace danchu::assembly
