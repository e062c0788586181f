#include "web/because.h"

#include "law/spelled.h"

namespace danchu::web {

Because because(std::string rule, std::string_view citation, std::string text, bool unverified) {
  Url page{"/luat/" + rule};
  return {std::move(rule), law::spelled_out(citation), std::move(text), std::move(page), unverified};
}

Because because(const law::Reason& reason, std::string_view language) {
  return because(reason.rule, reason.citation, language == "en" ? reason.text_en : reason.text_vi,
                 reason.unverified || reason.amended);
}

}  // namespace danchu::web
