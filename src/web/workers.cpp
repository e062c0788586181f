#include "web/workers.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

namespace danchu::web {

// Sanitizers and unoptimised code need several times the stack.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
constexpr std::size_t stack_bytes = 2 * 1024 * 1024;
#else
constexpr std::size_t stack_bytes = 256 * 1024;
#endif

// A job that stood this long gets one more thread than usual: somebody computes for long, or waits unsaid. As
// often one more begins while nobody comes who would wake it.
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

// Under the lock; true: notify one, which looks again once the patience is over.
bool Workers::call_watch() {
  if (jobs_.empty() || watched_ || awake_ == static_cast<int>(threads_.size())) return false;
  return watched_ = watch_ = true;
}

bool Workers::call() { return wants_another() ? call_another() : call_watch(); }

bool Workers::run(std::function<void()> job) {
  bool wake;
  {
    std::lock_guard lock(mutex_);
    if (jobs_.size() >= queue_limit_ || stopping_) return false;
    jobs_.push_back({std::move(job), Clock::now()});
    wake = call();
  }
  if (wake) wake_.notify_one();
  return true;
}

void Workers::begins_to_wait() {
  bool wake;
  {
    std::lock_guard lock(mutex_);
    ++waiting_;
    wake = call();
  }
  if (wake) wake_.notify_one();
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
      const bool watch = call_watch();
      lock.unlock();
      if (watch) wake_.notify_one();
      job();
      job = nullptr;
      lock.lock();
    }
    if (stopping_) return;
    sleep(lock);
  }
}

// Until it is called, or has watched and a job has stood for long.
void Workers::sleep(std::unique_lock<std::mutex>& lock) {
  std::optional<Clock::time_point> look;
  --awake_;
  (void)call_watch();  // this one, where a job is left to stand
  for (;;) {
    if (called_ > 0) {  // counted as awake already
      --called_;
      break;
    }
    if (stopping_) {
      ++awake_;
      break;
    }
    if (std::exchange(watch_, false)) look = Clock::now() + patience;
    if (!look) {
      wake_.wait(lock);
    } else if (Clock::now() < *look) {
      wake_.wait_until(lock, *look);
    } else if (jobs_.empty()) {
      look.reset();
      watched_ = false;
    } else if (wants_another()) {
      ++awake_;
      break;
    } else {
      look = jobs_.front().since + patience;
    }
  }
  if (look) watched_ = false;
}

}  // namespace danchu::web
