#include "people/sessions.h"

#include <sodium.h>

#include "base/text.h"
#include "people/accounts.h"
#include "people/pin.h"
#include "people/second_factor.h"
#include "people/totp.h"

namespace danchu::people {
namespace {

constexpr std::size_t token_bytes = 32, token_length = 43;  // of its base64url text
constexpr std::chrono::minutes seen_written_every{1};

// An account with its posts, each beside the post it stands in for: one row a post.
#define VIEWER_COLUMNS                                                                                    \
  "a.id, a.display_name, a.must_change, a.totp_confirmed, a.household, a.village, "                       \
  "p.id, p.account, p.role, p.unit, p.valid_from, p.valid_to, p.substitute_for, p.away_from, p.away_to, " \
  "q.id, q.account, q.role, q.unit, q.valid_from, q.valid_to, q.substitute_for, q.away_from, q.away_to, " \
  "CASE WHEN q.role = 'village_front' AND EXISTS (SELECT 1 FROM post d WHERE "                            \
  "d.account = q.account AND d.unit = q.unit AND d.role = 'village_head' "                                \
  "AND d.substitute_for IS NULL AND d.valid_from <= $2 AND (d.valid_to IS NULL OR d.valid_to > $2)) "     \
  "THEN 1 ELSE 0 END, (SELECT value FROM setting WHERE name = 'village-second-factor')"
#define VIEWER_JOINS " LEFT JOIN post p ON p.account = a.id LEFT JOIN post q ON q.id = p.substitute_for "
constexpr int viewer_columns = 26;

#define SESSION_COLUMNS \
  ", s.seen, s.idle, s.ends, s.renewed, s.id, CASE WHEN s.next_hash IS NULL THEN 0 ELSE 1 END, "
#define SESSION_ACCOUNT "FROM session s JOIN account a ON a.id = s.account AND a.closed = 0" VIEWER_JOINS
// Nearly every request comes with its session's current token, which is the table's own key.
const store::Statement viewer_of_session{"SELECT " VIEWER_COLUMNS SESSION_COLUMNS "'current' " SESSION_ACCOUNT
                                         "WHERE s.token_hash = $1 ORDER BY p.id NULLS LAST"};
const store::Statement viewer_of_other_token{
    "SELECT " VIEWER_COLUMNS SESSION_COLUMNS
    "CASE WHEN s.next_hash = $1 THEN 'next' ELSE 'old' END " SESSION_ACCOUNT
    "WHERE s.next_hash = $1 OR (s.old_hash = $1 AND s.renewed > $3) ORDER BY p.id NULLS LAST"};
const store::Statement viewer_of_account{"SELECT " VIEWER_COLUMNS " FROM account a" VIEWER_JOINS
                                         "WHERE a.id = $1 ORDER BY p.id NULLS LAST"};
const store::Statement put_session{
    "INSERT INTO session(token_hash, id, account, started, seen, idle, ends, device, address, renewed) "
    "VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $4)"};
const store::Statement touch_session{"UPDATE session SET seen = $2 WHERE id = $1"};
// Each takes effect for one of the requests that come at the same time.
const store::Statement make_next_token{
    "UPDATE session SET next_hash = $2, old_hash = NULL, renewed = $3, seen = $3 WHERE id = $1 AND renewed = "
    "$4"};
const store::Statement use_next_token{
    "UPDATE session SET token_hash = next_hash, old_hash = token_hash, next_hash = NULL, renewed = $3, seen "
    "= $3 "
    "WHERE id = $1 AND next_hash = $2"};
const store::Statement drop_session{
    "DELETE FROM session WHERE token_hash = $1 OR next_hash = $1 OR old_hash = $1 RETURNING account"};
const store::Statement drop_session_by_id{"DELETE FROM session WHERE id = $1 AND account = $2"};
const store::Statement drop_sessions{
    "DELETE FROM session WHERE account = $1 AND token_hash <> $2 AND COALESCE(next_hash, token_hash) <> $2 "
    "AND COALESCE(old_hash, token_hash) <> $2"};
const store::Statement sessions_of_account{
    "SELECT id, started, seen, device, address, CASE WHEN token_hash = $2 OR next_hash = $2 OR old_hash = $2 "
    "THEN 1 ELSE 0 END FROM session "
    "WHERE account = $1 AND ends > $3 AND seen + idle > $3 ORDER BY seen DESC, id"};
const store::Statement put_log{
    "INSERT INTO sign_in_log(id, at, account, outcome, address, device, helper) VALUES ($1, $2, $3, $4, $5, "
    "$6, $7)"};
const store::Statement drop_old_sessions{"DELETE FROM session WHERE ends <= $1 OR seen + idle <= $1"};
const store::Statement drop_old_limits{"DELETE FROM sign_in_limit WHERE not_before <= $1"};
const store::Statement drop_old_devices{"DELETE FROM remembered_device WHERE ends <= $1"};
const store::Statement drop_old_access{"DELETE FROM access_log WHERE at < $1"};
const store::Statement drop_old_log{"DELETE FROM sign_in_log WHERE at < $1"};

store::Bytes token_hash(std::string_view token) {
  return {hash_bytes("danchu-session:" + std::string(token))};
}

std::string short_text(const std::string& text) {
  std::string clean = is_clean_utf8(text) ? text : "";
  return clean.size() > 200 ? "" : clean;
}

Due due_of(const std::vector<Post>& posts, bool must_change, bool has_authenticator, SecondFactor villages) {
  if (must_change) return Due::change_password;
  const bool needs = needs_authenticator(posts) || (villages == SecondFactor::totp && may_have_pin(posts));
  if (needs && !has_authenticator) return Due::enrol_authenticator;
  return Due::nothing;
}

Viewer viewer_from(const store::Rows& rows, Date today) {
  Viewer viewer;
  if (rows.empty()) return viewer;
  viewer.account = rows[0].id<Account>(0);
  viewer.name = rows[0].text(1);
  viewer.household = rows[0].id<Household>(4);
  for (const store::Row& row : rows) {
    if (row.is_null(6)) continue;
    auto post = row.as<PostRow>(6);
    auto holder = row.is_null(15) ? std::nullopt : std::optional(row.as<PostRow>(15));
    if (acts_today(post, holder, row.boolean(24), today)) viewer.posts.push_back({post.role, post.unit});
  }
  if (viewer.household) viewer.posts.push_back({Role::household, rows[0].id<Unit>(5)});
  viewer.due = due_of(viewer.posts, rows[0].boolean(2), rows[0].boolean(3),
                      second_factor_of(rows[0].is_null(25) ? "" : rows[0].text(25)));
  return viewer;
}

}  // namespace

std::string new_token() {
  unsigned char bytes[token_bytes];
  randombytes_buf(bytes, sizeof bytes);
  static_assert(token_length + 1 ==
                sodium_base64_ENCODED_LEN(token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
  char text[sodium_base64_ENCODED_LEN(token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text;
}

std::string hash_bytes(std::string_view value) {
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(value.data()), value.size(), nullptr, 0);
  return hash;
}

std::string network_of(const std::string& address) {
  if (auto dot = address.rfind('.'); dot != std::string::npos && address.find(':') == std::string::npos)
    return address.substr(0, dot) + ".0/24";
  std::size_t end = 0;
  for (int group = 0; group < 3 && end != std::string::npos; ++group)
    end = address.find(':', end == 0 ? 0 : end + 1);
  return end == std::string::npos || address.size() > 60 ? "" : address.substr(0, end) + "::/48";
}

bool needs_authenticator(const std::vector<Post>& posts) {
  for (const Post& post : posts)
    if (level_of(post.role) != "village") return true;
  return false;
}

void log_sign_in(store::Writer& w, Id<Account> account, std::string_view outcome, const Device& device,
                 Id<Account> helper) {
  w.run(put_log, w.new_id<SessionRow>(), w.now(), account, outcome, network_of(device.address),
        short_text(device.user_agent), helper);
}

SignedIn begin_session(store::Writer& w, Id<Account> account, const Device& device) {
  if (!device.old_token.empty()) w.run(drop_session, token_hash(device.old_token));
  Viewer viewer = viewer_for(w, account, local_date(w.now()));
  const SessionLife& life = needs_authenticator(viewer.posts) ? staff_session : village_session;
  SignedIn made{new_token(), w.now() + life.absolute, viewer};
  w.run(put_session, token_hash(made.token), w.new_id<SessionRow>(), account, w.now(),
        static_cast<std::int64_t>(life.idle.count()), made.expires, short_text(device.user_agent),
        network_of(device.address));
  if (viewer.due != Due::nothing) made.viewer.posts.clear();
  return made;
}

Viewer viewer_for(store::Reader& r, Id<Account> account, Date today) {
  return viewer_from(r.query(viewer_of_account, account, today), today);
}

namespace {

// What the session found says of itself, beside its viewer.
struct Found {
  Id<SessionRow> id;
  Instant seen, ends, renewed;
  std::chrono::microseconds idle;
  bool next_made = false;
  std::string by;  // which of its tokens was sent: "current", "next", "old"
};
Found found_in(const store::Row& row) {
  return {row.id<SessionRow>(viewer_columns + 4),
          row.instant(viewer_columns),
          row.instant(viewer_columns + 2),
          row.instant(viewer_columns + 3),
          std::chrono::microseconds(row.integer(viewer_columns + 1)),
          row.boolean(viewer_columns + 5),
          row.text(viewer_columns + 6)};
}

// The next token when the present one is old or, long ago, the next was sent and never came back.
std::string renewed(store::Writer& w, const Found& s, Instant now) {
  const std::chrono::microseconds wait = s.next_made ? std::chrono::microseconds(token_made_again_after)
                                                     : std::chrono::microseconds(token_renewed_every);
  if (s.by != "current" || now - s.renewed < wait) return "";
  std::string next = new_token();
  return w.run(make_next_token, s.id, token_hash(next), now, s.renewed) == 1 ? next : "";
}

std::optional<Recognised> found_viewer(store::Database& db, std::string_view token, Instant now, bool renew) {
  if (token.size() != token_length) return std::nullopt;
  const store::Bytes hash = token_hash(token);
  store::Rows rows = db.read_once(viewer_of_session, hash, local_date(now));
  if (rows.empty())
    rows = db.read_once(viewer_of_other_token, hash, local_date(now), now - old_session_token_life);
  if (rows.empty()) return std::nullopt;
  Viewer viewer = viewer_from(rows, local_date(now));
  const Found s = found_in(rows[0]);
  if (s.seen + s.idle <= now || s.ends <= now) return std::nullopt;
  Recognised known{std::move(viewer), "", s.ends};
  if (s.by == "next" || now - s.seen >= seen_written_every) {
    try {
      (void)db.write([&](store::Writer& w) -> Result<Done> {
        if (s.by == "next") w.run(use_next_token, s.id, token_hash(token), now);
        w.run(touch_session, s.id, now);
        known.new_token = renew ? renewed(w, s, now) : "";
        return Done{};
      });
    } catch (const store::StoreError&) {
      // A full disk must not keep people from reading; the session only seems older than it is.
      known.new_token.clear();
    }
  }
  if (known.viewer.due != Due::nothing) {
    known.viewer.posts.clear();
    known.viewer.household = {};
  }
  return known;
}

}  // namespace

std::optional<Recognised> recognise(store::Database& db, std::string_view token, Instant now) {
  return found_viewer(db, token, now, true);
}

std::optional<Viewer> viewer_of(store::Database& db, std::string_view token, Instant now) {
  auto known = found_viewer(db, token, now, false);
  return known ? std::optional(std::move(known->viewer)) : std::nullopt;
}

void sign_out(store::Database& db, std::string_view token) {
  (void)db.write([&](store::Writer& w) -> Result<Done> {
    if (auto row = w.first(drop_session, token_hash(token))) log_sign_in(w, row->id<Account>(0), "out", {});
    return Done{};
  });
}

void end_everywhere(store::Database& db, Id<Account> account, std::string_view except_token) {
  (void)db.write([&](store::Writer& w) -> Result<Done> {
    w.run(drop_sessions, account, token_hash(except_token));
    forget_devices(w, account);
    log_sign_in(w, account, "ended", {});
    return Done{};
  });
}

void end_sessions(store::Writer& w, Id<Account> account, std::string_view except_token) {
  w.run(drop_sessions, account, token_hash(except_token));
}

std::vector<SessionShown> sessions_of(store::Reader& r, Id<Account> account, std::string_view token,
                                      Instant now) {
  std::vector<SessionShown> sessions;
  for (const store::Row& row : r.query(sessions_of_account, account, token_hash(token), now)) {
    sessions.push_back(row.as<SessionShown>());
    if (std::string known = coarse_device(sessions.back().device); !known.empty())
      sessions.back().device = known;
  }
  return sessions;
}

Result<Done> end_session(store::Database& db, Id<Account> account, Id<SessionRow> session) {
  return db.write([&](store::Writer& w) -> Result<Done> {
    if (w.run(drop_session_by_id, session, account) == 0)
      return problem(Fault::missing, N_("This sign-in has already ended"));
    log_sign_in(w, account, "ended", {});
    return Done{};
  });
}

void tidy_sign_in(store::Database& db) {
  (void)db.write([](store::Writer& w) -> Result<Done> {
    w.run(drop_old_sessions, w.now());
    w.run(drop_old_devices, w.now());
    w.run(drop_old_limits, w.now() - std::chrono::hours(24));
    w.run(drop_old_log, w.now() - log_kept);
    w.run(drop_old_access, w.now() - log_kept);
    return Done{};
  });
}

}  // namespace danchu::people
