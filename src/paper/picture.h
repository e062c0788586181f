// The picture a page is shared with on Zalo and elsewhere (practice P49): 1200 x 630 pixels, large letters.
#pragma once
#include <string>
#include <vector>

namespace danchu::paper {

// What the line says: a result in favour, one against, or neither.
enum class Tone { plain, passed, failed };

// PNG. `title` in up to four lines, shortened beyond that; `line` says the result or the date; `footer` whose
// page it is. No letter is smaller than 48 pixels.
std::string share_picture_png(const std::string& title, const std::string& line, const std::string& footer,
                              Tone tone = Tone::plain);

// PNG of an invented paper, for demonstrations: an upright page with `mark` in large grey letters across it.
std::string invented_paper_png(const std::string& heading, const std::vector<std::string>& lines,
                               const std::string& mark);

}  // namespace danchu::paper
