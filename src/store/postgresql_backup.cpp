#include <filesystem>

#include "store/backup.h"
#include "store/child_process.h"
#include "store/durable_files.h"
#include "store/postgresql_connection.h"
#include "store/postgresql_values.h"

namespace danchu::store {
namespace {

constexpr const char* dump_file_name = "danchu.dump";

std::string schema_of(PostgresqlConnection& connection) {
  return connection.execute("SELECT CAST(current_schema() AS text)").at(0).text(0);
}

}  // namespace

void dump_postgresql(const std::string& url, const std::string& directory) {
  make_private_directory(directory);
  std::string target = directory + "/" + dump_file_name, unfinished = target + ".tmp";
  PostgresqlConnection connection(url);
  std::filesystem::remove(unfinished);
  make_private_file(unfinished);  // pg_dump writes into it and leaves its mode
  try {
    run_program({"pg_dump", "--format=custom", "--no-password", "--no-owner", "--no-privileges",
                 "--schema=" + quoted_name(schema_of(connection)), "--file=" + unfinished},
                environment_of(url));
  } catch (...) {
    std::filesystem::remove(unfinished);
    throw;
  }
  put_in_place(unfinished, target);
}

void restore_postgresql(const std::string& directory, const std::string& url, const BringFiles& files) {
  std::string dump = directory + "/" + dump_file_name;
  if (!std::filesystem::exists(dump))
    throw StoreError(StoreError::Kind::gone, "there is no copy of a PostgreSQL store: " + dump);
  PostgresqlConnection connection(url);
  std::string schema = schema_of(connection);
  Rows tables = connection.execute(
      "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()");
  if (tables.at(0).integer(0) != 0)
    throw StoreError(StoreError::Kind::constraint, "the PostgreSQL database is not empty (schema " + schema +
                                                       "); a copy is only restored into an empty one");
  files();
  run_program(
      {"pg_restore", "--no-password", "--no-owner", "--no-privileges", "--single-transaction",
       "--exit-on-error", "--schema=" + schema,
       "--dbname=" + connection.execute("SELECT CAST(current_database() AS text)").at(0).text(0), dump},
      environment_of(url));
}

}  // namespace danchu::store
