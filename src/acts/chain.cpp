#include <boost/json.hpp>
#include <limits>
#include <stdexcept>

#include "acts/acts.h"
#include "acts/canonical.h"
#include "acts/register.h"
#include "acts/rotation.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

const store::Statement select_chain_head{"SELECT seq, hash FROM chain_head WHERE id = 1"};
const store::Statement select_current_key{
    "SELECT key_id, public_key FROM act_key ORDER BY from_seq DESC LIMIT 1"};
const store::Statement insert_key{"INSERT INTO act_key(key_id, public_key, from_seq) VALUES ($1, $2, $3)"};
const store::Statement insert_act{
    "INSERT INTO act(seq, prev, entered, key_id, kind, unit, actor, on_behalf, happened, subject, body, "
    "hash, signature) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
const store::Statement insert_act_row{"INSERT INTO act_row(table_name, row_id, seq) VALUES ($1, $2, $3)"};
const store::Statement advance_chain_head{
    "INSERT INTO chain_head(id, seq, hash) VALUES (1, $1, $2) "
    "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash WHERE chain_head.seq = "
    "excluded.seq - 1"};

// The chain begins with act 1. A row below was put in by hand and is shown to nobody; verify names it.
#define ACT_COLUMNS "seq, hash, entered, kind, unit, actor, happened, subject, on_behalf, key_id, body"
const store::Statement select_about{"SELECT " ACT_COLUMNS
                                    " FROM act WHERE subject = $1 AND seq >= 1 ORDER BY seq"};
const store::Statement select_covering{
    "SELECT " ACT_COLUMNS
    " FROM act WHERE seq IN (SELECT seq FROM act_row WHERE table_name = $1 AND row_id = $2 AND seq >= 1) "
    "ORDER BY seq"};
const store::Statement select_of_unit{"SELECT " ACT_COLUMNS
                                      " FROM act WHERE unit = $1 AND seq >= 1 AND seq < $2 "
                                      "ORDER BY seq DESC LIMIT $3"};
const store::Statement select_act{"SELECT " ACT_COLUMNS " FROM act WHERE seq = $1 AND seq >= 1"};
const store::Statement select_latest{"SELECT " ACT_COLUMNS
                                     " FROM act WHERE seq >= 1 AND seq < $1 ORDER BY seq DESC LIMIT $2"};
#undef ACT_COLUMNS
const store::Statement select_bytes{"SELECT body FROM act WHERE seq = $1 AND seq >= 1"};
const store::Statement select_signed{"SELECT prev, hash, signature FROM act WHERE seq = $1 AND seq >= 1"};

const store::Statement select_daily_head{"SELECT seq FROM daily_head WHERE day = $1"};
const store::Statement insert_daily_head{
    "INSERT INTO daily_head(day, seq, hash, entered, key_id, signature) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (day) DO NOTHING"};
const store::Statement select_daily_heads{
    "SELECT seq, hash, entered, key_id, signature FROM daily_head ORDER BY day DESC LIMIT $1"};

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

struct ChainHead {
  std::int64_t seq = 0;
  std::string hash;
};
ChainHead chain_head(store::Reader& reader) {
  auto row = reader.first(select_chain_head);
  return row ? ChainHead{row->integer(0), row->bytes(1)} : ChainHead{};
}

bool fits_a_column(const boost::json::value& value) {
  if (const auto* object = value.if_object()) return object->contains("sealed") || object->contains("erased");
  return value.is_string() || value.is_int64() || value.is_bool() || value.is_null();
}

void check_covered(const Draft::Covered& covered) {
  if (!is_identifier(covered.table) || !is_identifier(covered.key))
    throw std::logic_error("an act covers a table that is no identifier: " + covered.table);
  for (const auto& column : covered.row)
    if (!is_identifier(column.key()) || !fits_a_column(column.value()))
      throw std::logic_error("an act covers a column no row can have: " + covered.table + "." +
                             std::string(column.key()));
}

boost::json::array covers_of(const Draft& draft) {
  boost::json::array covers;
  std::set<std::pair<std::string, std::int64_t>> seen;
  for (const Draft::Covered& covered : draft.covers) {
    check_covered(covered);
    if (!seen.insert({covered.table, covered.id}).second)
      throw std::logic_error("an act covers a row of " + covered.table + " twice");
    boost::json::object entry{{"id", covered.id}, {"row", covered.row}, {"table", covered.table}};
    if (covered.key != "id") entry["key"] = covered.key;
    covers.push_back(std::move(entry));
  }
  return covers;
}

std::string canonical_body(const Draft& draft) {
  boost::json::object body{
      {"actor", draft.actor},          {"body", draft.body},       {"covers", covers_of(draft)},
      {"happened", draft.happened.us}, {"kind", draft.kind},       {"law", to_hex(draft.law_hash)},
      {"on_behalf", draft.on_behalf},  {"subject", draft.subject}, {"unit", draft.unit}};
  if (may_be_withheld(draft.kind)) body["nonce"] = to_hex(new_salt());
  return canonical_json(body);
}

// Keeps the day's head if none is kept for it yet. `head` is signed by a key of the chain.
void keep_head(store::Writer& writer, const Head& head) {
  writer.run(insert_daily_head, to_iso(local_date(head.time)), head.seq, store::Bytes{head.hash}, head.time,
             head.key_id, store::Bytes{head.signature});
}

void use_key(store::Writer& writer, const Keys& keys, bool first_act) {
  if (first_act) return register_key(writer, keys, 1);
  auto current = writer.first(select_current_key);
  if (!current || current->text(0) != keys.key_id() || current->bytes(1) != keys.public_key())
    throw std::runtime_error("the chain goes on with key " + (current ? current->text(0) : "?") +
                             ", but the key directory holds " + keys.key_id());
}

Recorded recorded(const store::Row& row) {
  Recorded r{.seq = row.integer(0),
             .hash = row.bytes(1),
             .entered = row.instant(2),
             .kind = row.text(3),
             .unit = row.integer(4),
             .actor = row.integer(5),
             .happened = row.instant(6),
             .subject = row.text(7)};
  r.on_behalf = row.text(8);
  r.key_id = row.text(9);
  auto body = parse_canonical(row.bytes(10));
  if (const auto* said = body ? body->if_contains("body") : nullptr; said && said->is_object())
    r.body = said->get_object();
  return r;
}

std::vector<Recorded> recorded_rows(const store::Rows& rows) {
  std::vector<Recorded> all;
  for (const store::Row& row : rows) all.push_back(recorded(row));
  return all;
}

}  // namespace

void register_key(store::Writer& writer, const Keys& keys, std::int64_t from_seq) {
  writer.run(insert_key, keys.key_id(), store::Bytes{keys.public_key()}, from_seq);
}

Recorded append(store::Writer& writer, const Keys& keys, const Draft& draft) {
  if (draft.kind.empty()) throw std::logic_error("an act without a kind");
  const ChainHead last = chain_head(writer);
  use_key(writer, keys, last.seq == 0);
  const Preimage act{last.seq + 1, last.hash,  writer.now(),         keys.key_id(),
                     draft.kind,   draft.unit, canonical_body(draft)};
  const std::string hash = act.hash();
  writer.run(insert_act, act.seq, store::Bytes{act.prev}, act.entered, act.key_id, act.kind, act.unit,
             draft.actor, draft.on_behalf, draft.happened, draft.subject, store::Bytes{act.body},
             store::Bytes{hash}, store::Bytes{keys.sign(hash)});
  for (const Draft::Covered& covered : draft.covers)
    writer.run(insert_act_row, covered.table, covered.id, act.seq);
  if (writer.run(advance_chain_head, act.seq, store::Bytes{hash}) != 1)
    throw std::runtime_error("the chain's head moved under an official write");
  // No day on which an act was entered is without a head, so that verify can tell when one was taken away.
  if (!writer.first(select_daily_head, to_iso(local_date(act.entered))))
    keep_head(writer, head(writer, keys, act.entered));
  writer.touch("acts");
  Recorded r{act.seq,     hash,           act.entered,   draft.kind, draft.unit,
             draft.actor, draft.happened, draft.subject, draft.body};
  r.on_behalf = draft.on_behalf;
  r.key_id = act.key_id;
  return r;
}

std::string Recorded::check_code() const {
  std::string digits = to_hex(hash).substr(0, 16);
  for (char& c : digits)
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  return std::to_string(seq) + "-" + digits;
}

std::vector<Recorded> about(store::Reader& reader, const std::string& subject) {
  return recorded_rows(reader.query(select_about, subject));
}

std::vector<Recorded> covering(store::Reader& reader, const std::string& table, std::int64_t id) {
  return recorded_rows(reader.query(select_covering, table, id));
}
std::vector<Recorded> of_unit(store::Reader& reader, std::int64_t unit, int limit, std::int64_t before) {
  return recorded_rows(reader.query(select_of_unit, unit, before ? before : no_limit, limit));
}

std::vector<Recorded> latest(store::Reader& reader, int limit, std::int64_t before) {
  return recorded_rows(reader.query(select_latest, before ? before : no_limit, limit));
}

std::optional<Recorded> find(store::Reader& reader, std::int64_t seq) {
  auto row = reader.first(select_act, seq);
  return row ? std::optional<Recorded>(recorded(*row)) : std::nullopt;
}

std::optional<std::string> canonical_bytes(store::Reader& reader, std::int64_t seq) {
  auto row = reader.first(select_bytes, seq);
  return row ? std::optional<std::string>(row->bytes(0)) : std::nullopt;
}

std::optional<Seal> seal_of(store::Reader& reader, std::int64_t seq) {
  auto row = reader.first(select_signed, seq);
  return row ? std::optional<Seal>({row->bytes(0), row->bytes(1), row->bytes(2)}) : std::nullopt;
}

std::string head_message(const Head& head) {
  return framed("danchu-head-1", {std::to_string(head.seq), head.hash, std::to_string(head.time.us)});
}

Head head(store::Reader& reader, const Keys& keys, Instant now) {
  ChainHead last = chain_head(reader);
  Head head{last.seq, last.hash, now, keys.key_id(), ""};
  head.signature = keys.sign(head_message(head));
  return head;
}

void keep_daily_head(store::Database& db, const Keys& keys) {
  auto kept = db.write([&](store::Writer& writer) -> Result<Done> {
    if (writer.first(select_daily_head, to_iso(local_date(writer.now())))) return Done{};
    Head today = head(writer, keys, writer.now());
    if (today.seq == 0) return Done{};
    keep_head(writer, today);
    writer.touch("acts");
    return Done{};
  });
  (void)kept;  // refuses nothing: a store that cannot answer throws
}

std::vector<Head> daily_heads(store::Reader& reader, int limit) {
  std::vector<Head> heads;
  for (const store::Row& row : reader.query(select_daily_heads, limit))
    heads.push_back({row.integer(0), row.bytes(1), row.instant(2), row.text(3), row.bytes(4)});
  return heads;
}

}  // namespace danchu::acts
