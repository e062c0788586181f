// A thread of a pool that waits for something other than the processor (a disk, a server, its turn) says so,
// and the pool lets another of its threads begin. So a pool need not run more threads at once than the
// machine can.
#pragma once

namespace danchu {

class Waiting {
 public:
  class Pool {
   public:
    virtual ~Pool() = default;
    virtual void begins_to_wait() = 0;
    virtual void goes_on() = 0;
  };

  Waiting() {
    if (pool && depth++ == 0) pool->begins_to_wait();
  }
  ~Waiting() {
    if (pool && --depth == 0) pool->goes_on();
  }
  Waiting(const Waiting&) = delete;

  // The pool this thread belongs to; set once, by the pool.
  static inline thread_local Pool* pool = nullptr;

 private:
  static inline thread_local int depth = 0;
};

}  // namespace danchu
