// Stories for demonstrations, played through the very verbs an officer uses: story D1 at bản Nà Cá, and
// matters of other villages in every state. Everything said in them is invented.
#pragma once
#include "acts/acts.h"
#include "base/time.h"
#include "store/database.h"

namespace danchu::assembly {

// The stories begin some weeks before `now`, so that what has been decided lies in the past.
Instant demo_begins(Instant now);

// Plays until `now`. The store must have been opened with this clock, set to demo_begins(now), when
// people::demo_people filled it; the clock ends at `now`. Does nothing else when it was run before. Throws
// std::runtime_error when a step is refused.
void demo_stories(store::Database& db, const acts::Keys& keys, ManualClock& clock, Instant now);

}  // namespace danchu::assembly
