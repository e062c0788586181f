#include "acts/rotation.h"

#include <boost/json.hpp>
#include <stdexcept>

#include "acts/canonical.h"
#include "acts/register.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

const store::Statement select_chain_key{
    "SELECT key_id, public_key FROM act_key ORDER BY from_seq DESC LIMIT 1"};
const store::Statement select_head_seq{"SELECT seq FROM chain_head WHERE id = 1"};

Draft key_act(std::string_view kind, const Keys& keys, std::int64_t unit, std::int64_t actor, Instant now) {
  Draft draft{.kind = std::string(kind), .unit = unit, .actor = actor, .happened = now};
  draft.subject = "key/" + keys.key_id();
  draft.body = {{"new_key", keys.key_id()}, {"new_public_key", to_hex(keys.public_key())}};
  return draft;
}

}  // namespace

std::string rotation_message(std::string_view old_public_key, std::string_view new_public_key) {
  return framed("danchu-key-1", {old_public_key, new_public_key});
}

Recorded rotate(store::Writer& writer, const Keys& old_keys, const Keys& new_keys, std::int64_t unit,
                std::int64_t actor) {
  Draft draft = key_act(key_rotated, new_keys, unit, actor, writer.now());
  draft.body["old_key"] = old_keys.key_id();
  draft.body["new_signature"] =
      to_hex(new_keys.sign(rotation_message(old_keys.public_key(), new_keys.public_key())));
  Recorded act = append(writer, old_keys, draft);
  register_key(writer, new_keys, act.seq + 1);
  return act;
}

Recorded declare_compromised(store::Writer& writer, const Keys& new_keys, std::int64_t last_trusted,
                             const std::string& reason, std::int64_t unit, std::int64_t actor) {
  auto trusted = find(writer, last_trusted);
  auto compromised = writer.first(select_chain_key);
  if (!trusted || !compromised)
    throw std::runtime_error("no act " + std::to_string(last_trusted) + " to trust last");
  Draft draft = key_act(key_compromised, new_keys, unit, actor, writer.now());
  draft.body["old_key"] = compromised->text(0);
  draft.body["last_trusted"] = last_trusted;
  draft.body["last_trusted_hash"] = to_hex(trusted->hash);
  draft.body["reason"] = reason;
  register_key(writer, new_keys, writer.count(select_head_seq) + 1);
  return append(writer, new_keys, draft);
}

Recorded declare_lost(store::Writer& writer, const Keys& new_keys, const std::string& reason,
                      std::int64_t unit, std::int64_t actor) {
  auto lost = writer.first(select_chain_key);
  const std::int64_t last = lost ? writer.count(select_head_seq) : 0;
  auto last_act = lost ? find(writer, last) : std::nullopt;
  if (!last_act) throw std::runtime_error("there is no act yet, so no key to have lost");
  Draft draft = key_act(key_lost, new_keys, unit, actor, writer.now());
  draft.body["old_key"] = lost->text(0);
  draft.body["last_act"] = last;
  draft.body["last_act_hash"] = to_hex(last_act->hash);
  draft.body["reason"] = reason;
  register_key(writer, new_keys, last + 1);
  return append(writer, new_keys, draft);
}

std::string chain_key(store::Reader& reader) {
  auto row = reader.first(select_chain_key);
  return row ? row->text(0) : "";
}

std::unique_ptr<Keys> rotate_keys(store::Database& db, const std::string& directory, std::int64_t unit,
                                  std::int64_t actor) {
  auto old_keys = Keys::open(directory);
  auto new_keys = prepare_next_key(directory);
  auto done = db.write_official([&](store::Writer& writer) -> Result<Done> {
    auto current = writer.first(select_chain_key);
    bool begun_before = current && current->text(0) == new_keys->key_id();
    if (current && !begun_before) rotate(writer, *old_keys, *new_keys, unit, actor);
    return Done{};
  });
  (void)done;  // refuses nothing: a store that cannot answer throws
  switch_to_next_key(directory);
  return new_keys;
}

}  // namespace danchu::acts
