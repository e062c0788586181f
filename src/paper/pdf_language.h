// The language of a PDF, which Cairo cannot write: screen readers choose their voice by it.
#pragma once
#include <string>
#include <string_view>

namespace danchu::paper {

// The PDF with its catalog replaced, in an incremental update (ISO 32000-1, 7.5.6), by one that names the
// language. A PDF of another shape than Cairo's is handed back as it is.
std::string with_language(std::string pdf, std::string_view language);

}  // namespace danchu::paper
