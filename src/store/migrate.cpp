#include "store/migrate.h"

namespace danchu::store {
namespace {

const Statement list_applied{"SELECT number, name, hash FROM migration ORDER BY number"};
const Statement record_applied{"INSERT INTO migration(number, name, hash, applied) VALUES ($1, $2, $3, $4)"};

constexpr const char* migration_table[] = {
    "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT "
    "NULL, "
    "applied INTEGER NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT "
    "NULL, "
    "applied BIGINT NOT NULL)"};

std::vector<AppliedMigration> applied_to(Session& session) {
  std::vector<AppliedMigration> applied;
  for (const Row& row : session.query(list_applied, {}))
    applied.push_back({static_cast<int>(row.integer(0)), row.text(1), row.text(2)});
  return applied;
}

void apply(MigrationTarget& target, const Migration& migration, Instant now) {
  target.execute("BEGIN");
  try {
    target.execute(migration.sql);
    target.session.run(record_applied,
                       {std::int64_t{migration.number}, migration.name, migration.hash, now.us});
    target.execute("COMMIT");
  } catch (const StoreError& error) {
    try {
      target.execute("ROLLBACK");
    } catch (const StoreError&) {
      // The engine has rolled back by itself.
    }
    throw StoreError(error.kind, "migration " + migration.name + ": " + error.what());
  }
}

}  // namespace

void apply_migrations(MigrationTarget& target, const std::vector<Migration>& known, Instant now) {
  target.execute(migration_table[static_cast<int>(target.engine)]);
  for (const Migration& migration : pending_migrations(known, applied_to(target.session)))
    apply(target, migration, now);
}

void apply_migrations(MigrationTarget& target, Instant now) {
  apply_migrations(target, embedded_migrations(target.engine), now);
}

}  // namespace danchu::store
