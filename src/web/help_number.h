// The number behind "Call for help": the commune's of who looks, or the province's, as they set them; read
// again when a number is set or a unit changes.
#pragma once
#include <mutex>
#include <string>
#include <unordered_map>

#include "people/contact.h"
#include "web/cache.h"

namespace danchu::web {

class HelpNumbers {
 public:
  // Of the commune around `unit`; of the province when it is none or its commune named none.
  std::string near(store::Database& db, Generations& generations, Id<people::Unit> unit) {
    std::lock_guard lock(mutex_);
    if (known_.size() > most_known) known_.clear();
    std::string phone = unit ? get(db, generations, unit) : "";
    return phone.empty() ? get(db, generations, {}) : phone;
  }

 private:
  static constexpr std::size_t most_known = 20'000;
  struct Known {
    std::vector<Generations::Seen> seen;
    std::string phone;
  };

  std::string get(store::Database& db, Generations& generations, Id<people::Unit> unit) {
    Known& known = known_[unit.number];
    if (!known.seen.empty() && generations.still(known.seen)) return known.phone;
    auto seen =
        generations.now(people::contact_topics(unit));  // before the read, so that a later commit is noticed
    known.phone = db.read([&](store::Reader& r) {
      return unit ? people::support_phone(r, unit) : people::province_phone(r, db.clock().today());
    });
    known.seen = std::move(seen);
    return known.phone;
  }

  std::mutex mutex_;
  std::unordered_map<std::int64_t, Known> known_;
};

}  // namespace danchu::web
