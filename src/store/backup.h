// Copies of a store: taken while it is in use, complete, and put in place in one step, so that a copy is
// either whole or not there. A copy is a directory with danchu.db (SQLite) or danchu.dump (PostgreSQL,
// pg_dump's custom format) and, taken after it, files/. Keys for signing and for sealed votes are not part of
// it.
#pragma once
#include <string>

#include "store/database.h"

namespace danchu::store {

// What `danchu backup DIRECTORY` does, also while another process serves the store. Replaces an older copy of
// the database in DIRECTORY. Throws StoreError.
void back_up(const Options& options, const std::string& directory);

// What `danchu restore DIRECTORY` does. Refuses a store that holds anything. Throws StoreError.
void restore(const std::string& directory, const Options& options);

// The steps of both, one for each engine.
void copy_sqlite(const std::string& file, const std::string& directory);
void restore_sqlite(const std::string& directory, const std::string& data);
void dump_postgresql(const std::string& url, const std::string& directory);     // by pg_dump
void restore_postgresql(const std::string& directory, const std::string& url);  // by pg_restore

// Copies FROM/files to TO/files. Files are named by their content and never change: what is there is left.
void copy_files(const std::string& from, const std::string& to);

}  // namespace danchu::store
