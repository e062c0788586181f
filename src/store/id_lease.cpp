#include "store/id_lease.h"

namespace danchu::store {

const Statement raise_lease{"UPDATE id_lease SET last = $1 WHERE last < $1"};
const Statement read_lease{"SELECT last FROM id_lease"};

}  // namespace danchu::store
