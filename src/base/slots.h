// Turns at something that takes much memory or time: at most so many at once, at most so many waiting; who
// comes when all of them stand is told to come back, so that no flood of such requests takes every thread.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "base/waiting.h"

namespace danchu {

class Slots {
 public:
  Slots(int at_once, int most_waiting) : free_(at_once), may_wait_(most_waiting) {}

  // Holds one of the slots while it lives; empty when none came free in time or too many wait already.
  class Held {
   public:
    Held(Slots& slots, std::chrono::milliseconds wait) : slots_(slots.take(wait) ? &slots : nullptr) {}
    ~Held() {
      if (slots_) slots_->give_back();
    }
    Held(const Held&) = delete;
    explicit operator bool() const { return slots_ != nullptr; }

   private:
    Slots* slots_;
  };

 private:
  bool take(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    if (free_ == 0) {
      if (may_wait_ == 0) return false;
      --may_wait_;
      Waiting waiting;
      freed_.wait_for(lock, wait, [this] { return free_ > 0; });
      ++may_wait_;
    }
    if (free_ == 0) return false;
    --free_;
    return true;
  }
  void give_back() {
    {
      std::lock_guard lock(mutex_);
      ++free_;
    }
    freed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable freed_;
  int free_;
  int may_wait_;
};

}  // namespace danchu
