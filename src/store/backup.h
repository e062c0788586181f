// Copies of a store: online, complete, and put in place in one step, so that a copy is either whole or not
// there.
#pragma once
#include <string>

namespace danchu::store {

// Copies a running SQLite database to DIRECTORY/danchu.db. Throws StoreError.
void copy_sqlite(const std::string& file, const std::string& directory);

// Copies DATA/files (content-addressed, never changed) to DIRECTORY/files; after the database, so that every
// file a row names is there. Files that are already in the copy are left.
void copy_files(const std::string& data, const std::string& directory);

}  // namespace danchu::store
