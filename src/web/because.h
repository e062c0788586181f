// A rule that carries what a page says, with its article and its link: put together here alone.
#pragma once
#include <string>
#include <string_view>

#include "law/law.h"
#include "web/parts.h"

namespace danchu::web {

// `citation` as the law writes it ("Đ.19.1b Luật 10/2022/QH15"); it is shown spelled out. `text` in the
// reader's language.
Because because(std::string rule, std::string_view citation, std::string text, bool unverified = false);
Because because(const law::Reason& reason, std::string_view language);

}  // namespace danchu::web
