#include "web/cache.h"

#include "base/text.h"
#include "base/waiting.h"
#include "web/secrets.h"

namespace danchu::web {

// ---- generations ---------------------------------------------------------------------------------------

std::uint32_t Generations::slot_of(std::string_view topic) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(topic) % (slots - 1)) + 1;
}

// Slot 0 is "*", which every page looks at.
std::vector<Generations::Seen> Generations::now(const std::vector<store::Topic>& topics) const {
  std::vector<Seen> seen{{0, (*table_)[0].load()}};
  for (const store::Topic& topic : topics) seen.push_back({slot_of(topic), (*table_)[slot_of(topic)].load()});
  return seen;
}

bool Generations::still(const std::vector<Seen>& seen) const {
  for (const Seen& s : seen)
    if ((*table_)[s.slot].load(std::memory_order_acquire) != s.generation) return false;
  return true;
}

void Generations::bump(const std::vector<store::Topic>& topics) {
  for (const store::Topic& topic : topics) (*table_)[topic == "*" ? 0 : slot_of(topic)].fetch_add(1);
}

// ---- one page ------------------------------------------------------------------------------------------

bool tag_matches(std::string_view list, std::string_view etag) {
  if (trim(list) == "*") return true;
  while (!list.empty()) {
    std::size_t comma = list.find(',');
    std::string_view tag = trim(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

CachedPage::CachedPage(std::string head, std::string body, bool compressible, Effort effort)
    : head_(std::move(head)), stem_(content_tag(body)), compressible_(compressible), effort_(effort) {
  if (body.size() < least_compressed) compressible_ = false;
  make(Encoding::identity, std::move(body));
}

void CachedPage::make(Encoding encoding, std::string bytes) {
  auto form = std::make_unique<Form>();
  std::string_view name = encoding_name(encoding);
  form->etag = "\"" + stem_ + (name.empty() ? "" : "-") + std::string(name) + "\"";
  std::string tag = "ETag: " + form->etag + "\r\n";
  form->unchanged.status = 304;
  form->unchanged.head = "HTTP/1.1 304 Not Modified\r\n" + head_ + tag;
  form->full.status = 200;
  form->full.head = "HTTP/1.1 200 OK\r\n" + head_ + tag;
  if (!name.empty()) form->full.head += "Content-Encoding: " + std::string(name) + "\r\n";
  form->full.head += "Content-Length: " + std::to_string(bytes.size()) + "\r\n";
  form->full.body = std::move(bytes);
  bytes_ += form->full.body.size() + form->full.head.size() * 2 + 512;
  auto i = static_cast<std::size_t>(encoding);
  owned_[i] = std::move(form);
  forms_[i].store(owned_[i].get(), std::memory_order_release);
}

// Shares the whole page, so that picking one of its forms allocates nothing.
ReadyRef CachedPage::pick(const Form& form, std::string_view if_none_match) const {
  bool same = !if_none_match.empty() && tag_matches(if_none_match, form.etag);
  return ReadyRef(shared_from_this(), same ? &form.unchanged : &form.full);
}

ReadyRef CachedPage::if_made(Encoding encoding, std::string_view if_none_match) const {
  if (!compressible_) encoding = Encoding::identity;
  const Form* form = forms_[static_cast<std::size_t>(encoding)].load(std::memory_order_acquire);
  return form ? pick(*form, if_none_match) : nullptr;
}

ReadyRef CachedPage::get(Encoding encoding, std::string_view if_none_match) {
  if (auto made = if_made(encoding, if_none_match)) return made;
  std::lock_guard lock(making_);
  if (!if_made(encoding, {})) {
    const std::string& plain = forms_[0].load()->full.body;
    make(encoding, encoding == Encoding::gzip ? gzip(plain, effort_.gzip) : brotli(plain, effort_.brotli));
  }
  return if_made(encoding, if_none_match);
}

// ---- all pages -------------------------------------------------------------------------------------------

void PageCache::erase(Shard& shard, Order::iterator at) {
  shard.bytes -= at->bytes;
  bytes_ -= at->bytes;
  shard.pages.erase(at->key);
  shard.order.erase(at);
}

CachedPageRef PageCache::find_locked(Shard& shard, std::string_view key, Instant now) {
  auto found = shard.pages.find(key);
  if (found == shard.pages.end()) return nullptr;
  Order::iterator at = found->second;
  CachedPageRef page = at->page;
  if ((page->valid_until && now >= *page->valid_until) || !generations.still(page->seen)) {
    erase(shard, at);
    return nullptr;
  }
  if (std::size_t bytes = page->bytes(); bytes != at->bytes) {  // an encoding was made since
    shard.bytes += bytes - at->bytes;
    bytes_ += bytes - at->bytes;
    at->bytes = bytes;
  }
  if (at != shard.order.begin()) shard.order.splice(shard.order.begin(), shard.order, at);
  return page;
}

CachedPageRef PageCache::find(std::string_view key, Instant now) {
  Shard& shard = shard_of(key);
  std::lock_guard lock(shard.mutex);
  return find_locked(shard, key, now);
}

void PageCache::insert(Shard& shard, std::string_view key, CachedPageRef page) {
  std::size_t bytes = page->bytes() + key.size();
  if (bytes > most_bytes_ / shards) return;
  if (auto old = shard.pages.find(key); old != shard.pages.end()) erase(shard, old->second);
  shard.order.push_front({std::string(key), std::move(page), bytes});
  shard.pages.emplace(shard.order.front().key, shard.order.begin());
  shard.bytes += bytes;
  bytes_ += bytes;
  while (shard.bytes > most_bytes_ / shards) erase(shard, std::prev(shard.order.end()));
}

CachedPageRef PageCache::find_or_build(std::string_view key, Instant now,
                                       const std::function<CachedPageRef()>& build) {
  Shard& shard = shard_of(key);
  std::unique_lock lock(shard.mutex);
  if (auto page = find_locked(shard, key, now)) return page;
  if (shard.building.contains(key)) {
    // What it leaves is good for us too if its generations still hold then; else we build our own.
    Waiting waiting;
    shard.built.wait_for(lock, std::chrono::seconds(5), [&] { return !shard.building.contains(key); });
    if (auto page = find_locked(shard, key, now)) return page;
  }
  bool announced = shard.building.emplace(std::string(key), 1).second;
  lock.unlock();
  struct Finish {
    Shard& shard;
    std::unique_lock<std::mutex>& lock;
    std::string_view key;
    bool announced;
    ~Finish() {
      if (!lock.owns_lock()) lock.lock();
      if (announced) shard.building.erase(shard.building.find(key));
      lock.unlock();
      shard.built.notify_all();
    }
  } finish{shard, lock, key, announced};
  CachedPageRef page = build();
  if (!page) return nullptr;
  lock.lock();
  insert(shard, key, page);
  return page;
}

}  // namespace danchu::web
