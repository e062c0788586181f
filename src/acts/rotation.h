// Changing the key acts are signed with. A rotation is an act signed by the key that goes, with the new key's
// signature in it; a compromise is an act of the new key that names the last act still trusted, and needs an
// anchor to back it; a loss is an act of the new key too, which takes nothing back of what the old one
// signed. Nothing in the chain shows that who declares a loss is who held the key: a head kept outside does.
#pragma once
#include <memory>
#include <string>

#include "acts/acts.h"

namespace danchu::acts {

inline constexpr std::string_view key_rotated = "key.rotated";
inline constexpr std::string_view key_compromised = "key.compromised";
inline constexpr std::string_view key_lost = "key.lost";

// 16 hex digits of the public key's hash.
std::string key_id_of(std::string_view public_key);
bool signed_by(std::string_view public_key, std::string_view message, std::string_view signature);

// The key that will follow, made once and kept in the directory beside the current one until the switch.
std::unique_ptr<Keys> prepare_next_key(const std::string& directory);
void switch_to_next_key(const std::string& directory);

// Within a write_official(). `unit` and `actor`: for whom and by whom it is done.
Recorded rotate(store::Writer& writer, const Keys& old_keys, const Keys& new_keys, std::int64_t unit,
                std::int64_t actor);
// Throws std::runtime_error when the chain has no act `last_trusted`.
Recorded declare_compromised(store::Writer& writer, const Keys& new_keys, std::int64_t last_trusted,
                             const std::string& reason, std::int64_t unit, std::int64_t actor);

// Throws std::runtime_error when the chain is empty.
Recorded declare_lost(store::Writer& writer, const Keys& new_keys, const std::string& reason,
                      std::int64_t unit, std::int64_t actor);

// The key the chain goes on with; empty before the first act.
std::string chain_key(store::Reader& reader);
// What a directory holds without making anything: ids of keys, empty for none.
struct KeysHeld {
  std::string current, next;
  std::string denied;  // a file of it that this user may not read, so that nobody takes it for missing
};
KeysHeld keys_held(const std::string& directory);

// The whole change: next key, act, switch. Run again after a crash it ends what was begun. Returns the new
// key.
std::unique_ptr<Keys> rotate_keys(store::Database& db, const std::string& directory, std::int64_t unit,
                                  std::int64_t actor);

// The message a new key signs to show it is held by who rotates.
std::string rotation_message(std::string_view old_public_key, std::string_view new_public_key);

}  // namespace danchu::acts
