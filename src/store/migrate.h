// Applying migrations, the same way on both engines; the engine gives a session and a way to run DDL.
#pragma once
#include <functional>
#include <string>

#include "store/database.h"
#include "store/migrations.h"

namespace danchu::store {

struct MigrationTarget {
  Engine engine;
  Session& session;
  std::function<void(const std::string& sql)> execute;  // several statements, without parameters
};

// Each migration in a transaction of its own, recorded with its hash. Throws StoreError (see
// pending_migrations).
void apply_migrations(MigrationTarget& target, Instant now);
void apply_migrations(MigrationTarget& target, const std::vector<Migration>& known, Instant now);

}  // namespace danchu::store
