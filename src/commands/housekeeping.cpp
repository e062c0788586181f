#include "commands/housekeeping.h"

#include <iostream>

#include "acts/official.h"
#include "people/import_file.h"
#include "people/sign_in.h"
#include "store/attachment.h"
#include "store/file_sweep.h"

namespace danchu::commands {
namespace {

template <class F>
bool done(F&& chore) {
  try {
    chore();
    return true;
  } catch (const std::exception& error) {
    std::cerr << "danchu: housekeeping: " << error.what() << '\n';
    return false;
  }
}

}  // namespace

std::int64_t sweep_files(store::Database& db) {
  return store::sweep(db.files(), [&](const store::Hashes& old) {
    return db.read([&](store::Reader& r) {
      store::Hashes unnamed;
      for (const std::string& hash : old)
        if (store::attachments_with(r, hash).empty()) unnamed.push_back(hash);
      if (unnamed.empty()) return unnamed;
      const std::set<std::string> by_acts = acts::files_named(r);
      std::erase_if(unnamed, [&](const std::string& hash) { return by_acts.contains(hash); });
      return unnamed;
    });
  });
}

void Chores::run() {
  done([&] { acts::keep_daily_head(db_, keys_); });
  const Instant now = db_.clock().now();
  if (!files_swept_ || now - *files_swept_ >= files_swept_every)
    if (done([&] { sweep_files(db_); })) files_swept_ = now;
  if (tidied_ && now - *tidied_ < tidied_every) return;
  if (done([&] {
        people::tidy_sign_in(db_);
        people::tidy_import_files(db_);
      }))
    tidied_ = now;
}

Housekeeping::Housekeeping(store::Database& db, const acts::Keys& keys)
    : chores_(db, keys), thread_([this] { loop(); }) {}

Housekeeping::~Housekeeping() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Housekeeping::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    chores_.run();
    lock.lock();
    wake_.wait_for(lock, std::chrono::minutes(1), [this] { return stopping_; });
  }
}

}  // namespace danchu::commands
