// Drawing a paper or a picture takes the fonts, which are one for the process, and some tenths of a second:
// who asks takes a turn, and when many wait already he is told to come back (Fault::unavailable).
#pragma once
#include <chrono>

#include "base/slots.h"

namespace danchu::paper {

inline constexpr int drawers = 2, waiting_drawers = 16;
inline constexpr std::chrono::seconds turn_wait{10};

Slots& turns();

}  // namespace danchu::paper
