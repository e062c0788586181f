// Settings of one installation, kept in its store: short texts by name ("demo", "support-phone").
#pragma once
#include <optional>
#include <string>

#include "store/database.h"

namespace danchu::store {

// What cached pages that show a setting depend on.
inline constexpr std::string_view setting_topic = "setting";

std::optional<std::string> setting(Reader& reader, const std::string& name);
void set(Writer& writer, const std::string& name, const std::string& value);

}  // namespace danchu::store
