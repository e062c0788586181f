// Copies of a store: taken while it is in use, complete, and put in place in one step, so that a copy is
// either whole or not there. A copy is a directory with danchu.db (SQLite) or danchu.dump (PostgreSQL,
// pg_dump's custom format) and, taken after it, files/. Keys for signing and for sealed votes are not part of
// it.
#pragma once
#include <functional>
#include <string>

#include "store/database.h"

namespace danchu::store {

// What `danchu backup DIRECTORY` does, also while another process serves the store. Replaces an older copy of
// the database in DIRECTORY by one that was checked. The directory (0700, when it is made here) and what lies
// in it are for their owner alone. Throws StoreError.
void back_up(const Options& options, const std::string& directory);

// What `danchu restore DIRECTORY` does. Refuses a store that holds anything. Throws StoreError.
void restore(const std::string& directory, const Options& options);

// The steps of both, one for each engine. A restore puts the files in place after it saw that the store is
// empty and before the database, so that one cut short can be started again.
using BringFiles = std::function<void()>;
void copy_sqlite(const std::string& file, const std::string& directory);
void restore_sqlite(const std::string& directory, const std::string& data, const BringFiles& files);
void dump_postgresql(const std::string& url, const std::string& directory);  // by pg_dump
void restore_postgresql(const std::string& directory, const std::string& url,
                        const BringFiles& files);  // by pg_restore

// Copies one directory of kept files into another. Files are named by their content and never change: what
// is there is left. Nothing to do when FROM is empty or not there.
void copy_files(const std::string& from, const std::string& to);

}  // namespace danchu::store
