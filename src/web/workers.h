// The threads that run handlers: a fixed number with small stacks, one queue. Only about as many run at once
// as the machine can, not counting those that wait for a disk or a server (base/waiting.h): a thread woken
// for each request would cost more than many a page. One more begins where a job stands for long all the
// same.
#pragma once
#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "base/waiting.h"

namespace danchu::web {

class Workers final : Waiting::Pool {
 public:
  Workers(int threads, std::size_t queue_limit);  // throws std::runtime_error
  ~Workers() override;                            // finishes what is queued
  // False when the queue is full: answer 503.
  bool run(std::function<void()> job);

 private:
  using Clock = std::chrono::steady_clock;
  struct Job {
    std::function<void()> work;
    Clock::time_point since;
  };

  static void* thread_main(void* self);
  void work();
  void begins_to_wait() override;
  void goes_on() override;
  bool wants_another() const;
  bool call_another();
  bool call_watch();
  bool call();
  void sleep(std::unique_lock<std::mutex>& lock);
  int busy() const { return awake_ - waiting_; }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  const std::size_t queue_limit_;
  const int most_busy_;
  int awake_ = 0;         // threads not asleep, those called and not yet up among them
  int called_ = 0;        // of these
  int waiting_ = 0;       // of those awake, within Waiting
  bool watched_ = false;  // one of those asleep looks again when a job may have stood for long
  bool watch_ = false;    // and is not up yet
  bool stopping_ = false;
  std::vector<pthread_t> threads_;
};

}  // namespace danchu::web
