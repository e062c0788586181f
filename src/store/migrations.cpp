#include "store/migrations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include "base/text.h"
#include "store/database.h"
#include "store/sql_text.h"

namespace danchu::store {
namespace {

struct Expansion {
  std::string_view name, sqlite, postgresql;
};
constexpr std::array<Expansion, 6> expansions = {{{"id", "INTEGER", "BIGINT"},
                                                  {"int", "INTEGER", "BIGINT"},
                                                  {"text", "TEXT", "TEXT"},
                                                  {"bytes", "BLOB", "BYTEA"},
                                                  {"real", "REAL", "DOUBLE PRECISION"},
                                                  {"strict", "STRICT", ""}}};

[[noreturn]] void refuse(const std::string& what) { throw StoreError(StoreError::Kind::statement, what); }

std::string expand_types(std::string_view sql, Engine engine, const std::string& file) {
  std::string expanded;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '{') {
      expanded += sql[i];
      continue;
    }
    auto close = sql.find('}', i);
    auto name = sql.substr(i + 1, close == std::string_view::npos ? close : close - i - 1);
    auto found = std::ranges::find(expansions, name, &Expansion::name);
    if (found == expansions.end()) refuse(file + ": no such type: {" + std::string(name) + "}");
    expanded += engine == Engine::sqlite ? found->sqlite : found->postgresql;
    i = close;
  }
  return expanded;
}

// Drops the sections meant for the other engine.
std::string sections_for(std::string_view sql, Engine engine, const std::string& file) {
  std::istringstream lines{std::string(sql)};
  std::string kept, section, line;
  while (std::getline(lines, line)) {
    if (line.starts_with("-- only: ")) {
      section = trim(std::string_view(line).substr(9));
      if (section != "sqlite" && section != "postgresql") refuse(file + ": no such engine: " + section);
    } else if (trim(line) == "-- end") {
      section.clear();
    } else if (section.empty() || section == name_of(engine)) {
      kept += line + '\n';
    }
  }
  if (!section.empty()) refuse(file + ": \"-- only: " + section + "\" has no \"-- end\"");
  return kept;
}

Migration read_migration(const Resource& file, Engine engine) {
  std::string path(file.path);
  std::string name = path.substr(path.rfind('/') + 1);
  name.resize(name.size() - std::string_view(".sql").size());
  int number = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + 3 || *end != '_' || number == 0)
    refuse(path + ": a migration is named NNN_name.sql");
  return {number, name, expand_types(sections_for(file.bytes, engine, path), engine, path),
          sha256_hex(file.bytes)};
}

}  // namespace

std::string_view name_of(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgresql"; }

std::vector<Migration> read_migrations(const std::vector<Resource>& files, Engine engine) {
  std::vector<Migration> all;
  for (const Resource& file : files)
    if (file.path.find("/schema/") != std::string_view::npos) all.push_back(read_migration(file, engine));
  std::ranges::sort(all, {}, &Migration::number);
  for (std::size_t i = 1; i < all.size(); ++i)
    if (all[i - 1].number == all[i].number)
      refuse("two migrations have one number: " + all[i - 1].name + " and " + all[i].name);
  return all;
}

std::vector<Migration> embedded_migrations(Engine engine) {
  return read_migrations(resources("src/", ".sql"), engine);
}

std::vector<Migration> pending_migrations(const std::vector<Migration>& known,
                                          const std::vector<AppliedMigration>& applied) {
  for (const AppliedMigration& done : applied) {
    auto same = std::ranges::find(known, done.number, &Migration::number);
    if (same == known.end())
      refuse("the database has migration " + done.name +
             ", which this program does not know: the database is newer " +
             "than the program; run the newer program");
    if (same->hash != done.hash || same->name != done.name)
      refuse("migration " + same->name + " was changed after it was applied as " + done.name +
             "; restore the file and put the change in a new migration");
  }
  std::vector<Migration> pending;
  for (const Migration& migration : known)
    if (std::ranges::find(applied, migration.number, &AppliedMigration::number) == applied.end())
      pending.push_back(migration);
  return pending;
}

}  // namespace danchu::store
