// The stories of the demonstration: what each village decides, how far it has come, and when it meets. All of
// it is invented.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "assembly/inputs.h"
#include "base/time.h"

namespace danchu::assembly {

// How far a story goes.
enum class Until {
  proposed,
  agreed,
  called,
  noticed,
  opened,
  concluded,
  signed_,
  sent,
  received,
  recognised,
  executed,
  corrected
};

struct Story {
  const char *commune, *village;
  const char *title, *asked;
  PlainAnswers answers;
  std::int64_t dong = 0, labour_days = 0;  // of each household
  int days_ago = 0;                        // the meeting; negative: it is to come
  std::size_t present = 0;
  std::int64_t yes = 0, no = 0, other = 0;
  Until until = Until::executed;

  bool again = false;     // proposes the story before anew
  bool on_paper = false;  // held on paper, entered yesterday; waits for the commune
  int early = 0;          // so many days sooner than usual it is proposed, called and told
  Instant starts = {};    // the meeting
};
std::vector<Story> stories(Instant now);

// An evening people come to today; late in the evening it is tomorrow's.
Instant tonight(Instant now);
// A meeting that goes on now: since the last hour or so, at night since that evening.
Instant under_way(Instant now);

// The second meeting of story D1 is the last Saturday with more than a week since; the first so many days
// before it.
int saturday_ago(Date today);
inline constexpr int between_meetings = 14;

}  // namespace danchu::assembly
