#include "web/idempotency.h"

#include "base/waiting.h"
#include "web/log.h"
#include "web/secrets.h"

namespace danchu::web {

using store::Statement;

static const Statement claim_row{
    "INSERT INTO idempotency(key, request, claim, account, route, expires) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (key) DO UPDATE SET request = excluded.request, claim = excluded.claim, account = "
    "excluded.account, "
    "route = excluded.route, expires = excluded.expires, status = NULL, content_type = NULL, location = "
    "NULL, body = NULL, "
    "flash = NULL WHERE idempotency.claim = excluded.claim OR idempotency.expires < $7"};
static const Statement find_row{
    "SELECT request, status, content_type, location, body, flash FROM idempotency WHERE key = $1 AND expires "
    ">= $2"};
static const Statement complete_row{
    "UPDATE idempotency SET status = $2, content_type = $3, location = $4, body = $5, flash = $6 WHERE key = "
    "$1 AND claim = $7"};
static const Statement forget_row{"DELETE FROM idempotency WHERE key = $1 AND claim = $2"};
static const Statement sweep_rows{"DELETE FROM idempotency WHERE expires < $1"};

static void add_part(std::string& to, std::string_view part) {
  to += std::to_string(part.size()) + ":";
  to += part;
}

std::string Idempotency::key_of(std::string_view who, std::string_view key) const {
  std::string text = "key\n";
  add_part(text, who);
  add_part(text, key);
  return hmac_sha256(secret_, text);
}

std::string Idempotency::request_of(std::string_view path, const Sent& sent,
                                    const std::vector<Upload>& uploads) const {
  std::string text = "request\n";
  add_part(text, path);
  for (const auto& [name, value] : sent) {
    if (name == "idempotency_key") continue;
    add_part(text, name);
    add_part(text, value);
  }
  for (const Upload& upload : uploads) {
    add_part(text, upload.field);
    add_part(text, sha256(upload.bytes));
  }
  return hmac_sha256(secret_, text);
}

std::string Idempotency::derived_key(std::string_view session, std::string_view request, Instant now) {
  std::string who = hmac_sha256(secret_, session);
  std::lock_guard lock(mutex_);
  if (last_of_session_.size() > 10'000)
    std::erase_if(last_of_session_,
                  [&](const auto& entry) { return entry.second.at + derived_key_kept < now; });
  Last& last = last_of_session_[who];
  // Anything else done in between makes it a new wish: locked, unlocked, locked again.
  if (last.request != request || last.at + derived_key_kept < now)
    last = {std::string(request), random_bytes(16), now};
  return last.key;
}

static Problems other_content() {
  return {Problem{Fault::invalid, "", N_("This idempotency key was used before for something else"), {}, {}}};
}
static Problems answer_lost() {
  return {Problem{Fault::conflict,
                  "",
                  N_("This was received before, but its answer was lost. Please look whether it is there "
                     "before sending it again"),
                  {},
                  {}}};
}

// What the table knows of a submission that took effect earlier.
std::optional<std::variant<Idempotency::Outcome, Problems>> Idempotency::before(const Submission& s) {
  auto row =
      db_.read([&](store::Reader& r) { return r.first(find_row, store::Bytes{s.key}, db_.clock().now()); });
  if (!row) return std::nullopt;
  if (row->bytes(0) != s.request) return other_content();
  if (row->is_null(1)) return answer_lost();
  Outcome outcome;
  outcome.replayed = true;
  Reply& reply = outcome.answer.reply;
  reply.status = static_cast<int>(row->integer(1));
  reply.content_type = row->text(2);
  if (!row->text(3).empty()) reply.headers.emplace_back("Location", row->text(3));
  reply.body = row->bytes(4);
  outcome.answer.flash = row->text(5);
  return outcome;
}

// A seat for the one that runs; for the others its answer, once it is there.
std::variant<Idempotency::FlightRef, Idempotency::Outcome, Problems> Idempotency::board(const Submission& s) {
  std::unique_lock lock(mutex_);
  for (;;) {
    auto found = flights_.find(s.key);
    if (found == flights_.end()) break;
    FlightRef flight = found->second;
    if (flight->request != s.request) return other_content();
    Waiting waiting;
    landed_.wait_for(lock, std::chrono::seconds(30), [&] { return flight->done; });
    if (!flight->done)
      return Problems{Problem{
          Fault::conflict, "", N_("The same is being sent at this moment; please wait and look"), {}, {}}};
    if (flight->answer) return Outcome{*flight->answer, true, false};
  }
  auto flight = std::make_shared<Flight>(Flight{s.request, random_bytes(16), false, std::nullopt});
  flights_.emplace(s.key, flight);
  return flight;
}

// Lets the waiting ones go on. With an answer the flight stays known until finish() has written it down.
void Idempotency::land(const std::string& key, std::optional<Kept> answer, bool forget) {
  {
    std::lock_guard lock(mutex_);
    auto found = flights_.find(key);
    if (found == flights_.end()) return;
    found->second->done = true;
    if (answer) found->second->answer = std::move(answer);
    if (forget) flights_.erase(found);
  }
  landed_.notify_all();
}

std::variant<Idempotency::Outcome, Problems> Idempotency::once(const Submission& s,
                                                               const std::function<Kept()>& handle) {
  auto boarded = board(s);
  if (auto* outcome = std::get_if<Outcome>(&boarded)) return std::move(*outcome);
  if (auto* problems = std::get_if<Problems>(&boarded)) return std::move(*problems);
  FlightRef flight = std::get<FlightRef>(boarded);
  bool kept = false;
  struct Leave {
    Idempotency& all;
    const std::string& key;
    bool& kept;
    ~Leave() {
      if (!kept) all.land(key, std::nullopt, true);
    }
  } leave{*this, s.key, kept};

  if (auto earlier = before(s)) return std::move(*earlier);
  std::atomic<bool> claimed{false}, lost{false};
  Outcome outcome;
  try {
    store::AlsoInWrites also([&](store::Writer& w) {
      if (w.run(claim_row, store::Bytes{s.key}, store::Bytes{s.request}, store::Bytes{flight->claim},
                Id<Submission>{s.account}, s.route, w.now() + s.kept, w.now()) != 1) {
        lost = true;
        throw store::StoreError(store::StoreError::Kind::constraint, "another process took this submission");
      }
      claimed = true;
    });
    outcome.answer = handle();
  } catch (const store::StoreError&) {
    if (!lost) throw;
    if (auto other = before(s)) return std::move(*other);
    return answer_lost();
  }
  outcome.effective = claimed;
  if (!claimed) return outcome;
  kept = true;
  land(s.key, outcome.answer, false);
  return outcome;
}

void Idempotency::finish(const Submission& s, const Kept& answer, bool keep) {
  const Reply& reply = answer.reply;
  std::string location;
  for (const auto& [name, value] : reply.headers)
    if (name == "Location") location = value;
  std::string claim;  // another process may have taken the key since, when this one's time was over
  {
    std::lock_guard lock(mutex_);
    auto flight = flights_.find(s.key);
    if (flight == flights_.end()) return;
    claim = flight->second->claim;
  }
  bool too_long = reply.body.size() > longest_kept_body;  // the row alone stays: a replay is told to look
  try {
    (void)db_.write([&](store::Writer& w) -> Result<Done> {
      if (keep && !too_long)
        w.run(complete_row, store::Bytes{s.key}, reply.status, reply.content_type, location,
              store::Bytes{reply.body}, answer.flash, store::Bytes{claim});
      else if (!keep)
        w.run(forget_row, store::Bytes{s.key}, store::Bytes{claim});
      if (until_sweep_.fetch_sub(1) <= 0) {
        until_sweep_ = 1000;
        w.run(sweep_rows, w.now());
      }
      return Done{};
    });
  } catch (const store::StoreError& error) {
    log_error("the answer of a submission could not be kept", error.what());
  }
  land(s.key, std::nullopt, true);
}

}  // namespace danchu::web
