// The picture a page is shared with on Zalo and elsewhere (practice P49): 1200 x 630 pixels, large letters.
#pragma once
#include <string>

namespace danchu::paper {

// PNG. `title` in up to four lines, shortened beyond that; `line` says the result or the date; `footer` whose
// page it is. No letter is smaller than 48 pixels.
std::string share_picture_png(const std::string& title, const std::string& line, const std::string& footer);

}  // namespace danchu::paper
