#include "store/database.h"

namespace danchu::store {

std::unique_ptr<Database> open_postgresql(const Options&) {
  throw StoreError(StoreError::Kind::gone, "PostgreSQL is not there yet");
}

}  // namespace danchu::store
