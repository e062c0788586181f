// Writes that want the same rows wait for one another in a lane, and those that wait are then run together:
// whoever comes to a lane that nobody runs takes all that stand in it with him.
#pragma once
#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

namespace danchu::store {

template <class Work>
class Lanes {
 public:
  struct Job {
    Work work;
    std::exception_ptr failed = nullptr;
    bool done = false;
  };
  // Sets `failed` of a job; what it throws, all have failed with.
  using RunAll = std::function<void(const std::vector<Job*>&)>;

  // Returns when `work` has been run, by this thread or another one; throws what it threw.
  void run(std::string_view name, Work work, const RunAll& run_all) {
    Lane& lane = lanes_[std::hash<std::string_view>{}(name) % lanes_.size()];
    Job job{std::move(work)};
    std::vector<Job*> jobs;
    jobs.reserve(together);  // nothing may throw while the job stands in the lane: it lies on this stack
    std::unique_lock lock(lane.mutex);
    lane.standing.push_back(&job);
    lane.changed.wait(lock, [&] { return job.done || (!lane.running && lane.standing.front() == &job); });
    if (!job.done) {
      const std::size_t most = std::min(lane.standing.size(), together);
      jobs.assign(lane.standing.begin(), lane.standing.begin() + static_cast<std::ptrdiff_t>(most));
      lane.standing.erase(lane.standing.begin(), lane.standing.begin() + static_cast<std::ptrdiff_t>(most));
      lane.running = true;
      lock.unlock();
      try {
        run_all(jobs);
      } catch (...) {
        for (Job* one : jobs) one->failed = std::current_exception();
      }
      lock.lock();
      lane.running = false;
      for (Job* one : jobs) one->done = true;
      lane.changed.notify_all();
    }
    lock.unlock();
    if (job.failed) std::rethrow_exception(job.failed);
  }

 private:
  static constexpr std::size_t together = 16;
  struct Lane {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job*> standing;
    bool running = false;
  };
  std::array<Lane, 64> lanes_;
};

}  // namespace danchu::store
