// The threads that run handlers: a fixed number with small stacks, one queue.
#pragma once
#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace danchu::web {

class Workers {
 public:
  Workers(int threads, std::size_t queue_limit);  // throws std::runtime_error
  ~Workers();                                     // finishes what is queued
  // False when the queue is full: answer 503.
  bool run(std::function<void()> job);

 private:
  static void* thread_main(void* self);
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::size_t queue_limit_;
  bool stopping_ = false;
  std::vector<pthread_t> threads_;
};

}  // namespace danchu::web
