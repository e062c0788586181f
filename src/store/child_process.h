// Running another program (pg_dump, pg_restore) and waiting for it.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace danchu::store {

// Runs argv[0] from PATH with the given variables added to the environment. Throws StoreError with what it
// wrote to standard error when it cannot be started or does not exit with 0.
void run_program(const std::vector<std::string>& argv,
                 const std::vector<std::pair<std::string, std::string>>& environment);

}  // namespace danchu::store
