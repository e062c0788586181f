// The province's number behind "Call for help" as the province set it, read again when a number is set.
#pragma once
#include <mutex>
#include <string>

#include "people/contact.h"
#include "web/cache.h"

namespace danchu::web {

class HelpNumber {
 public:
  std::string get(store::Database& db, Generations& generations) {
    std::lock_guard lock(mutex_);
    if (!seen_.empty() && generations.still(seen_)) return phone_;
    auto seen = generations.now(
        {std::string(people::contact_topic)});  // before the read, so that a later commit is noticed
    phone_ = db.read([&](store::Reader& r) { return people::province_phone(r, db.clock().today()); });
    seen_ = std::move(seen);
    return phone_;
  }

 private:
  std::mutex mutex_;
  std::vector<Generations::Seen> seen_;
  std::string phone_;
};

}  // namespace danchu::web
