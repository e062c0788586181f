#include "web/workers.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace danchu::web {

// Sanitizers and unoptimised code need several times the stack.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
constexpr std::size_t stack_bytes = 2 * 1024 * 1024;
#else
constexpr std::size_t stack_bytes = 256 * 1024;
#endif

// A job that stood this long gets one more thread than usual: somebody computes for long, or waits unsaid.
constexpr std::chrono::milliseconds patience{5};

Workers::Workers(int threads, std::size_t queue_limit)
    : queue_limit_(queue_limit),
      most_busy_(static_cast<int>(std::max(2u, std::thread::hardware_concurrency()) * 2)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  std::lock_guard lock(mutex_);
  for (int i = 0; i < threads; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, &thread_main, this) != 0) break;
    threads_.push_back(thread);
    ++awake_;
  }
  pthread_attr_destroy(&attributes);
  if (threads_.empty()) throw std::runtime_error("cannot start worker threads");
}

Workers::~Workers() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (pthread_t thread : threads_) pthread_join(thread, nullptr);
}

bool Workers::wants_another() const {
  if (jobs_.empty()) return false;
  return busy() < most_busy_ || Clock::now() - jobs_.front().since > patience;
}

// Under the lock; true: notify one.
bool Workers::call_another() {
  if (awake_ == static_cast<int>(threads_.size())) return false;
  ++awake_;
  ++called_;
  return true;
}

bool Workers::run(std::function<void()> job) {
  bool call;
  {
    std::lock_guard lock(mutex_);
    if (jobs_.size() >= queue_limit_ || stopping_) return false;
    jobs_.push_back({std::move(job), Clock::now()});
    call = wants_another() && call_another();
  }
  if (call) wake_.notify_one();
  return true;
}

void Workers::begins_to_wait() {
  bool call;
  {
    std::lock_guard lock(mutex_);
    ++waiting_;
    call = wants_another() && call_another();
  }
  if (call) wake_.notify_one();
}

void Workers::goes_on() {
  std::lock_guard lock(mutex_);
  --waiting_;
}

void* Workers::thread_main(void* self) {
  auto* workers = static_cast<Workers*>(self);
  Waiting::pool = workers;
  workers->work();
  return nullptr;
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    // One too many (some have waited and go on) sleeps again: the others take what is left.
    while (!jobs_.empty() && (stopping_ || busy() <= most_busy_ || wants_another())) {
      auto job = std::move(jobs_.front().work);
      jobs_.pop_front();
      lock.unlock();
      job();
      job = nullptr;
      lock.lock();
    }
    if (stopping_) return;
    --awake_;
    wake_.wait(lock, [&] { return stopping_ || called_ > 0; });
    if (called_ > 0)
      --called_;
    else
      ++awake_;
  }
}

}  // namespace danchu::web
