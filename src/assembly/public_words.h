// What the open page of a matter says in whole sentences: in which form it was decided and why that was
// lawful, where the decision stands, what is shared.
#pragma once
#include <string>
#include <vector>

#include "assembly/page_parts.h"

namespace danchu::assembly {

// In which form a matter was decided; `words`: "Biểu quyết tại cuộc họp ngày 12/12/2026, giơ tay". `because`:
// the rules that let it be decided so, with their articles.
struct FormUsed {
  law::Form form = law::Form::meeting;
  std::optional<Method> method;
  std::string words;
  std::vector<web::Because> because;
};
DANCHU_RECORD(FormUsed, form, method, words, because)
// Nothing before a decision.
std::optional<FormUsed> form_used(const Request& q, const Whole& whole);

// An evening entered from paper: when what came too late was entered last, and when the commune accepted its
// papers (practice P47).
struct OnPaper {
  Instant entered;
  std::optional<Instant> accepted;
};
DANCHU_RECORD(OnPaper, entered, accepted)
// Nothing for a meeting whose steps were entered as they happened.
std::optional<OnPaper> on_paper(store::Reader& r, const Meeting& meeting);
// When a meeting whose votes were counted in time was concluded here only after its night (practice P29).
std::optional<Instant> concluded_late(store::Reader& r, const Meeting& meeting);

// Where the decision stands: who has to recognise it and until when, if somebody has to, else its state.
std::string status_words(const Request& q, const Whole& whole);
// That a passed decision is not in force yet, and from when it will be; empty when it is in force or never.
std::string not_in_force_words(const Request& q, const Whole& whole);

// What a correction did to the result: "Before: passed. Now: not passed."; empty where it stayed.
std::string turned_words(const Request& q, const Correction& correction);

// For Zalo and the loudspeaker: two lines, the address last (practice P50, P119). An invitation only while
// people can still come.
std::string share_words(const Request& q, const Whole& whole);
// May people still come to the meeting? Not to one that is entered from paper: it was held.
bool can_come(const Meeting& meeting, Instant now);

}  // namespace danchu::assembly
