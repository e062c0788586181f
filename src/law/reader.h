// How law/*.toml is read; only law.cpp and reader.cpp need this.
#pragma once
#include "law/law.h"

namespace danchu::law {

inline constexpr int max_amount = 36500;     // of a term, in its unit: no legal term is longer than a century
inline constexpr int max_share_part = 1000;  // numerator and denominator, so that products fit 64 bits

std::string sha256(std::string_view bytes);          // hex
std::string where_and_what(const Problem& problem);  // "law/x.toml:12: what is wrong"

}  // namespace danchu::law
