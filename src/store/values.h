// What may be a parameter on both engines.
#pragma once
#include <vector>

#include "store/database.h"

namespace danchu::store {

// PostgreSQL refuses NUL and broken UTF-8 in a text, SQLite would keep them: refused on both. Throws
// StoreError.
void require_storable(const std::vector<Value>& parameters, std::string_view sql);

}  // namespace danchu::store
