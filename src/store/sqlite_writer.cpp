#include "store/sqlite_writer.h"

#include "base/waiting.h"
#include "store/id_lease.h"

namespace danchu::store {
namespace {

constexpr std::size_t most_in_batch = 256;
thread_local bool on_writer_thread = false;

}  // namespace

SqliteWriter::SqliteWriter(SqliteConnection& connection, IdMaker& ids, const Clock& clock)
    : connection_(connection), ids_(ids), clock_(clock), thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void SqliteWriter::write(const Function& fn) {
  Job job;
  job.fn = &fn;
  submit(job);
}

void SqliteWriter::alone(const std::function<void(SqliteConnection&)>& task) {
  Job job;
  job.task = &task;
  submit(job);
}

void SqliteWriter::on_commit(Listener listener) {
  std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
}

void SqliteWriter::submit(Job& job) {
  if (on_writer_thread) throw std::logic_error("a write inside a write");
  // One for each waiting thread: a shared condition would wake all of them after each commit.
  thread_local std::binary_semaphore done{0};
  job.done = &done;
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(&job);
  }
  work_.notify_one();
  {
    Waiting waiting;
    done.acquire();
  }
  if (job.error) std::rethrow_exception(job.error);
}

void SqliteWriter::loop() {
  on_writer_thread = true;
  for (;;) {
    Batch batch = next_batch();
    if (batch.empty()) return;
    if (batch.front()->task)
      run_alone(*batch.front());
    else
      run_batch(batch);
    finish(batch);
  }
}

// Writes that wait together are committed together; a task goes alone.
SqliteWriter::Batch SqliteWriter::next_batch() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  Batch batch;
  while (!queue_.empty() && batch.size() < most_in_batch) {
    if (queue_.front()->task && !batch.empty()) break;
    batch.push_back(queue_.front());
    queue_.pop_front();
    if (batch.back()->task) break;
  }
  return batch;
}

void SqliteWriter::finish(const Batch& batch) {
  std::vector<Topic> topics;
  for (const Job* job : batch) topics.insert(topics.end(), job->topics.begin(), job->topics.end());
  std::vector<Listener> listeners;
  {
    std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  if (!topics.empty())
    for (const Listener& listener : listeners) listener(topics);
  for (Job* job : batch) job->done->release();
}

void SqliteWriter::run_alone(Job& job) {
  try {
    connection_.begin_job();
    (*job.task)(connection_);
  } catch (...) {
    job.error = std::current_exception();
  }
  roll_back();
}

// When a job takes the whole transaction with it (a full disk, an I/O error: SQLite rolls back everything),
// that job alone is at fault: the others run again, each in a transaction of its own so that one more fault
// costs no more.
void SqliteWriter::run_batch(const Batch& batch) {
  try {
    connection_.begin_job();
    connection_.execute("BEGIN IMMEDIATE");
  } catch (...) {
    for (Job* job : batch) job->error = std::current_exception();
    return;
  }
  for (Job* job : batch) {
    if (run_job(*job)) continue;
    for (Job* other : batch)
      if (other != job) run_batch({other});
    return;
  }
  commit(batch);
}

// False when the transaction is gone, and with it what the jobs before this one did.
bool SqliteWriter::run_job(Job& job) {
  Writer writer(connection_, ids_, clock_.now());
  bool keep = false;
  job.error = nullptr;
  try {
    connection_.begin_job();
    connection_.execute("SAVEPOINT job");
    keep = (*job.fn)(writer);
    if (connection_.job_failed())
      throw StoreError(StoreError::Kind::statement,
                       "a statement failed and the write went on; it was rolled back");
  } catch (...) {
    keep = false;
    job.error = std::current_exception();
  }
  if (!connection_.in_transaction()) return false;
  try {
    if (!keep) connection_.execute("ROLLBACK TO job");
    connection_.execute("RELEASE job");
  } catch (...) {
    // A savepoint that cannot be closed would let the next job's work hang on this one's.
    if (!job.error) job.error = std::current_exception();
    roll_back();
    return false;
  }
  job.topics = keep ? writer.topics() : std::vector<Topic>();
  return true;
}

void SqliteWriter::commit(const Batch& batch) {
  try {
    std::int64_t lease = renew_lease();
    connection_.execute("COMMIT");
    leased_ = lease;
  } catch (...) {
    roll_back();
    for (Job* job : batch) {
      job->error = std::current_exception();
      job->topics.clear();
    }
  }
}

void SqliteWriter::roll_back() {
  if (!connection_.in_transaction()) return;
  try {
    connection_.execute("ROLLBACK");
  } catch (const StoreError&) {
    // SQLite has rolled back by itself.
  }
}

// What the lease is once this transaction is committed.
std::int64_t SqliteWriter::renew_lease() {
  connection_.begin_job();
  auto lease = due_lease(ids_, leased_);
  if (lease) connection_.run(raise_lease, {*lease});
  return lease.value_or(leased_);
}

}  // namespace danchu::store
