// Numbered migrations, embedded as src/<room>/schema/NNN_name.sql and applied in the order of their numbers
// across rooms: 001-009 store, 010-019 acts, 020-039 people, 040-059 assembly.
//
// A schema file is written once for both engines. The column types are {id} {int} {text} {bytes} {real}; a
// CREATE TABLE ends with {strict}. What only one engine understands (full-text indexes) stands between the
// lines
// "-- only: sqlite" or "-- only: postgresql" and "-- end".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"

namespace danchu::store {

enum class Engine { sqlite, postgresql };
std::string_view name_of(Engine engine);

struct Migration {
  int number;
  std::string name;  // "001_store"
  std::string sql;   // for one engine
  std::string hash;  // of the file as it stands, the same on both engines
};

// What the database says it has applied.
struct AppliedMigration {
  int number;
  std::string name;
  std::string hash;
};

// All embedded migrations. Throws StoreError for a file whose name has no number, whose number is taken
// twice, or that holds an unknown {type} or an unfinished section.
std::vector<Migration> embedded_migrations(Engine engine);
std::vector<Migration> read_migrations(const std::vector<Resource>& files, Engine engine);

// The migrations still to be applied, in order. Throws StoreError when the database is newer than the
// program, or when a file was changed or renamed after it was applied.
std::vector<Migration> pending_migrations(const std::vector<Migration>& known,
                                          const std::vector<AppliedMigration>& applied);

// What in a schema file breaks the rules of docs/sql.md, a sentence each; empty when it is right.
std::vector<std::string> lint_schema(std::string_view sql);

}  // namespace danchu::store
