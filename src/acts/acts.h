// Official acts: what an authority does that binds it, appended to one chain, each signed over the hash of
// the one before, in the same transaction as what it changes. Nothing official is edited or deleted.
//
// An act's canonical bytes are kept as written; its hash is taken over them, never over anything printed
// again. The chain says "the system recorded that X did this then"; it is no digital signature in the law's
// sense. What stands before a published head (an anchor) cannot be altered unnoticed; no more is claimed.
#pragma once
#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"

namespace danchu::acts {

struct Act;  // tag for Id

// What is to be appended. Personal values never stand here in clear: use `sealed`.
struct Draft {
  std::string kind;        // "assembly.notice", "household-list.locked", …
  std::int64_t unit = 0;   // the unit it was done for (Id<Unit>::number)
  std::int64_t actor = 0;  // the account that did it, 0 for the system
  std::string on_behalf;   // a helper's account id when he entered it for the actor, else empty
  Instant happened;        // when it happened; may lie before it was entered
  std::string subject;     // "motion/01J…", what it is about; pages list acts by it
  // The state after this act of each official row it covers: table name and the row as column -> value. A
  // column covered once is covered from then on: verify rebuilds each row from what its latest acts say and
  // compares. Values are whole numbers, texts, booleans (0, 1 in the row), null, bytes in hex, and
  // `personal`, `erased`.
  struct Covered {
    std::string table;
    std::int64_t id;
    boost::json::object row;
    std::string key = "id";  // the column `id` stands in, when the table names it otherwise
  };
  std::vector<Covered> covers;
  boost::json::object body;  // anything else the act says: counts, reasons, rule ids
  std::string law_hash;      // hash of the rules a verdict rested on, empty if none
};

struct Recorded {
  std::int64_t seq = 0;  // 1, 2, 3 … without gaps
  std::string hash;      // 32 bytes
  Instant entered;
  std::string kind;
  std::int64_t unit = 0;
  std::int64_t actor = 0;
  Instant happened;
  std::string subject;
  boost::json::object body;
  std::string on_behalf;
  std::string key_id;
  std::string check_code()
      const;  // "mã kiểm chứng": seq and the first 16 hex digits of the hash, "123-9F0C…"
};

// The keys acts are signed with (Ed25519), in a directory of their own, not in the data directory or its
// backup. "current" names the key in use; KEYID.key holds its seed in hex.
class Keys {
 public:
  // Makes the directory (0700) and a key pair (0600) when there is none. Throws std::runtime_error.
  static std::unique_ptr<Keys> open(const std::string& directory);
  virtual ~Keys() = default;
  virtual std::string key_id() const = 0;                        // 16 hex digits of the public key's hash
  virtual std::string public_key() const = 0;                    // 32 bytes
  virtual std::string sign(std::string_view message) const = 0;  // 64 bytes
};

// Appends within a write_official(); the caller's write and the act stand or fall together. Throws
// std::logic_error for a draft no act can be made of (a name that is no identifier, a real number, one row
// twice) and std::runtime_error when `keys` is not the key the chain goes on with.
Recorded append(store::Writer& writer, const Keys& keys, const Draft& draft);

// A personal value as it stands in an act: BLAKE2b(salt, value), hex. The salt (16 random bytes) stands
// beside the value in its row, in a column of bytes.
std::string sealed(std::string_view salt, std::string_view value);
std::string new_salt();
// What a covered row says of a personal column: {"head", personal("head_salt", salt, name)}; verify seals the
// row's value with the salt in that column and compares. Once value and salt are deleted, `erased()` in a
// later act says so.
boost::json::value personal(std::string_view salt_column, std::string_view salt, std::string_view value);
boost::json::value erased();

// Every row of a table some act covers must be covered by an act, or verify reports it as put in by hand. A
// room whose table also holds rows no authority has acted on yet (a proposal not taken up) says which, as SQL
// over that table:
//   static const acts::NotYetOfficial proposals{"motion", "state = 'proposed'"};
class NotYetOfficial {
 public:
  NotYetOfficial(std::string_view table, std::string_view condition);
  NotYetOfficial(const NotYetOfficial&) = delete;
};

// What a room can check that no column says, such as a hash an act took over rows that are not official
// themselves. `check` answers a finding for each difference; that it threw becomes a finding too, under the
// name of `what` it looks at.
class AlsoVerified {
 public:
  AlsoVerified(std::string_view what, std::vector<std::string> (*check)(store::Reader& reader));
  AlsoVerified(const AlsoVerified&) = delete;
};

// Acts whose bytes stay closed, for good or for a time, though anybody may see that they were done.
struct WithheldAct {
  std::string_view kinds;  // "register.": kinds that begin so
  // Why the bytes of this act are withheld now (msgid); empty: they are not.
  std::string_view (*why)(store::Reader& reader, const Recorded& act);
  bool officers = false;          // officers of its unit may have them
  std::string_view instead = {};  // what others read in place of the kind's own label (msgid)
};
class Withheld {
 public:
  explicit Withheld(WithheldAct rule);
  Withheld(const Withheld&) = delete;
};
// The rule that withholds this act's bytes now, if one does.
const WithheldAct* withheld(store::Reader& reader, const Recorded& act);

// What an act of this kind is called on a page (msgid); the kind itself when nobody named it.
std::string_view label_of_kind(std::string_view kind);

// Acts about one subject, oldest first; about a unit, newest first, `limit` at most, before `seq` (0: from
// the head).
std::vector<Recorded> about(store::Reader& reader, const std::string& subject);
// Acts that cover a row, whatever their subject, oldest first.
std::vector<Recorded> covering(store::Reader& reader, const std::string& table, std::int64_t id);
std::vector<Recorded> of_unit(store::Reader& reader, std::int64_t unit, int limit, std::int64_t before = 0);
std::optional<Recorded> find(store::Reader& reader, std::int64_t seq);

struct Head {
  std::int64_t seq = 0;
  std::string hash;  // 32 bytes, empty for an empty chain
  Instant time;
  std::string key_id;
  std::string signature;  // over "danchu-head-1\0" || seq || hash || time
};
// The message a head's signature is over.
std::string head_message(const Head& head);
Head head(store::Reader& reader, const Keys& keys, Instant now);
// Keeps today's head if none is kept for this day yet; what the anchors feed publishes.
void keep_daily_head(store::Database& db, const Keys& keys);
std::vector<Head> daily_heads(store::Reader& reader, int limit);

// What `danchu verify` found. An empty list of findings: nothing was altered, as far as the chain can tell.
struct Verification {
  std::int64_t acts = 0;
  std::int64_t rows_compared = 0;
  std::int64_t files_compared = 0;  // kept files that an act names, by their bytes
  std::int64_t anchors_compared = 0;
  Head head;                          // of the chain as it was walked, unsigned
  std::vector<std::string> findings;  // "act 17: its bytes do not have the hash …", "table motion, row 01J…:
                                      // column yes is 58, its act says 57"
  std::vector<std::string> notices;  // lawful, but worth knowing: values erased, keys changed or compromised
  std::vector<std::string>
      not_covered;  // tables outside the chain, named so that nobody believes more than is true
};
// `anchors`: lines "seq hash" (hex) that were published before; "#" begins a comment. Without anchors a tail
// that was cut off, or a chain rewritten with its key, is not noticed.
Verification verify(store::Database& db, const std::string& anchors = "");

}  // namespace danchu::acts
