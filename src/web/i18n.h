// Translations: English msgids from N_("...") and templates, Vietnamese from po/ (gettext .mo, embedded).
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace danchu::web {

// "vi" first: it is the default and has no prefix in addresses; the others stand under "/<language>/…".
std::span<const std::string_view> languages();

// The msgid's translation; the msgid itself for "en" and where no translation exists. Placeholders stay as
// they are.
std::string translate(std::string_view language, std::string_view msgid);
// The same without a copy; lives as long as the program, or as the msgid where there is no translation.
std::string_view translation(std::string_view language, std::string_view msgid);
// Translated, then {name} placeholders filled; what stands for {state} is the name of a choice and translated
// too.
std::string translate(std::string_view language, std::string_view msgid, const Args& args);
// One sentence for one and for many ("{n} household", "{n} households"), n filled in.
std::string translate_count(std::string_view language, std::string_view one, std::string_view many,
                            std::int64_t n);

}  // namespace danchu::web
