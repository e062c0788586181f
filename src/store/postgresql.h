// What the PostgreSQL door offers beside Database.
#pragma once
#include <string>

namespace danchu::store {

// Statements run once on a connection of their own (making a schema for a test or a restore). Throws
// StoreError.
void run_on_postgresql(const std::string& url, const std::string& sql);

}  // namespace danchu::store
