// The page cache. Nothing is ever dropped from it by a write: a commit moves its topics' generations on, and
// an entry is good only while the generations read before its snapshot was opened are all still the same (a
// late reader can therefore never leave a stale page behind). Two topics in one slot cost a miss, never a
// stale page.
#pragma once
#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "store/database.h"
#include "web/compress.h"
#include "web/http.h"

namespace danchu::web {

class Generations {
 public:
  static constexpr std::size_t slots = 65'536;
  struct Seen {
    std::uint32_t slot;
    std::uint64_t generation;
  };
  // What the topics' generations are now; read it before the snapshot. "*" is always among them.
  std::vector<Seen> now(const std::vector<store::Topic>& topics) const;
  bool still(const std::vector<Seen>& seen) const;
  // A commit's topics; "*" makes every page stale.
  void bump(const std::vector<store::Topic>& topics);

 private:
  static std::uint32_t slot_of(std::string_view topic);
  std::unique_ptr<std::array<std::atomic<std::uint64_t>, slots>> table_ =
      std::make_unique<std::array<std::atomic<std::uint64_t>, slots>>();
};

// How hard a page's encodings are compressed: gzip level 1..9, brotli quality 0..11.
struct Effort {
  int gzip = 6, brotli = 6;
};

// One page in its encodings; those beside identity are made when first asked for. Safe from any thread.
class CachedPage : public std::enable_shared_from_this<CachedPage> {
 public:
  // `head` lacks what differs per encoding: Content-Length, Content-Encoding, ETag.
  CachedPage(std::string head, std::string body, bool compressible, Effort effort = {});
  // The page, or its 304 when `if_none_match` holds its tag. Null when this encoding has not been made yet.
  ReadyRef if_made(Encoding encoding, std::string_view if_none_match) const;
  // As above; makes the encoding first.
  ReadyRef get(Encoding encoding, std::string_view if_none_match);
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

  // Written before the page is shared.
  int route = -1;  // which endpoint made it
  std::vector<Generations::Seen> seen;
  std::optional<Instant> valid_until;

 private:
  struct Form {
    Ready full, unchanged;
    std::string etag;
  };
  void make(Encoding encoding, std::string bytes);
  ReadyRef pick(const Form& form, std::string_view if_none_match) const;

  std::string head_, stem_;
  bool compressible_;
  Effort effort_;
  std::array<std::unique_ptr<const Form>, encodings> owned_;
  std::array<std::atomic<const Form*>, encodings> forms_{};
  std::atomic<std::size_t> bytes_{0};
  std::mutex making_;
};
using CachedPageRef = std::shared_ptr<CachedPage>;

// True when an If-None-Match list holds this tag (weak comparison).
bool tag_matches(std::string_view if_none_match, std::string_view etag);

class PageCache {
 public:
  explicit PageCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  Generations generations;
  // The page under this key if it is good now. Never waits for a builder.
  CachedPageRef find(std::string_view key, Instant now);
  // Runs `build` unless another thread is building the same key, which is then waited for. `build` returns
  // null when what it made is not to be cached; the caller then answers with what it made itself.
  CachedPageRef find_or_build(std::string_view key, Instant now, const std::function<CachedPageRef()>& build);
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  struct Slot {
    std::string key;
    CachedPageRef page;
    std::size_t bytes;
  };
  using Order = std::list<Slot>;
  static constexpr int shards = 16;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  struct Shard {
    std::mutex mutex;
    std::condition_variable built;
    Order order;  // most recently used first
    std::unordered_map<std::string_view, Order::iterator, Hash, std::equal_to<>> pages;
    std::unordered_map<std::string, int, Hash, std::equal_to<>> building;
    std::size_t bytes = 0;
  };
  Shard& shard_of(std::string_view key) { return shards_[Hash()(key) % shards]; }
  CachedPageRef find_locked(Shard& shard, std::string_view key, Instant now);
  void insert(Shard& shard, std::string_view key, CachedPageRef page);
  void erase(Shard& shard, Order::iterator at);

  std::size_t most_bytes_;
  std::array<Shard, shards> shards_;
  std::atomic<std::size_t> bytes_{0};
};

}  // namespace danchu::web
