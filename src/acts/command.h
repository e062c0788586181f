// `danchu verify`: what the chain of acts can tell about a database, for an operator or a doubting citizen.
#pragma once
#include <iosfwd>
#include <optional>
#include <string>

#include "store/database.h"

namespace danchu::acts {

// `anchors_file` holds published heads, "seq hash" a line. Answers the exit status: 0 nothing was altered, 1
// findings, 2 the anchors cannot be read.
int verify_command(store::Database& db, const std::optional<std::string>& anchors_file, bool json,
                   std::ostream& out, std::ostream& err);

}  // namespace danchu::acts
