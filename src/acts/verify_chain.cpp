#include <boost/json.hpp>

#include "acts/rotation.h"
#include "acts/verify.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

constexpr int page = 1000;

const store::Statement select_acts{
    "SELECT seq, prev, entered, key_id, kind, unit, actor, on_behalf, happened, subject, body, hash, "
    "signature "
    "FROM act WHERE seq > $1 ORDER BY seq LIMIT $2"};
const store::Statement count_before_the_first{"SELECT count(*) FROM act WHERE seq < 1"};
const store::Statement select_before_the_first{
    "SELECT seq FROM act WHERE seq < 1 ORDER BY seq DESC LIMIT $1"};
const store::Statement select_act_rows{
    "SELECT seq, table_name, row_id FROM act_row WHERE seq > $1 AND seq <= $2 ORDER BY seq, table_name, "
    "row_id"};
const store::Statement select_stray_act_rows{
    "SELECT count(*) FROM act_row WHERE NOT EXISTS (SELECT 1 FROM act WHERE act.seq = act_row.seq)"};
const store::Statement select_head{"SELECT seq, hash FROM chain_head WHERE id = 1"};
const store::Statement select_keys{"SELECT key_id, public_key, from_seq FROM act_key ORDER BY from_seq"};
const store::Statement select_daily_heads{
    "SELECT day, seq, hash, entered, key_id, signature FROM daily_head ORDER BY day"};

StoredAct stored(const store::Row& row) {
  return {
      {row.integer(0), row.bytes(1), row.instant(2), row.text(3), row.text(4), row.integer(5), row.bytes(10)},
      row.integer(6),
      row.text(7),
      row.instant(8),
      row.text(9),
      row.bytes(11),
      row.bytes(12)};
}

std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}
std::optional<std::int64_t> number_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::set<std::pair<std::string, std::int64_t>> rows_named(const boost::json::object& body) {
  std::set<std::pair<std::string, std::int64_t>> named;
  const auto* covers = body.if_contains("covers");
  if (!covers || !covers->is_array()) return named;
  for (const auto& covered : covers->get_array())
    if (covered.is_object())
      named.emplace(text_of(covered.get_object(), "table"),
                    number_of(covered.get_object(), "id").value_or(0));
  return named;
}

class ChainWalk {
 public:
  ChainWalk(store::Reader& reader, const std::map<std::int64_t, std::string>& anchors,
            OfficialState& official, Report& report)
      : reader_(reader), anchors_(anchors), official_(official), report_(report) {}

  void run() {
    read_keys();
    read_daily_heads();
    find_acts_before_the_first();
    for (std::int64_t from = 0;;) {
      store::Rows rows = reader_.query(select_acts, from, page);
      if (rows.empty()) break;
      std::int64_t last = rows.back().integer(0);
      read_act_rows(from, last);
      for (const store::Row& row : rows) take(stored(row));
      from = last;
    }
    compare_head();
    compare_heads_beyond();
    compare_days();
    compare_keys();
  }

 private:
  struct Key {
    std::string public_key;
    std::int64_t from_seq;
  };
  struct Expected {
    std::string hash;
    std::string what;  // "the anchor", "the head kept on 2026-11-23"
  };

  void read_keys() {
    for (const store::Row& row : reader_.query(select_keys)) {
      if (key_id_of(row.bytes(1)) != row.text(0))
        report_.finding("table act_key: the public key of " + row.text(0) + " was altered");
      keys_[row.text(0)] = {row.bytes(1), row.integer(2)};
    }
  }

  void read_daily_heads() {
    for (const auto& [seq, hash] : anchors_) expected_.emplace(seq, Expected{hash, "the anchor"});
    for (const store::Row& row : reader_.query(select_daily_heads)) {
      Head head{row.integer(1), row.bytes(2), row.instant(3), row.text(4), row.bytes(5)};
      std::string what = "the head kept on " + row.text(0);
      days_with_head_.insert(row.text(0));
      if (row.text(0) != to_iso(local_date(head.time)))
        report_.finding("table daily_head: " + what + " was kept on " + to_iso(local_date(head.time)));
      auto key = keys_.find(head.key_id);
      if (key == keys_.end() || !signed_by(key->second.public_key, head_message(head), head.signature))
        report_.finding("table daily_head: " + what + " is not signed by a key of this chain");
      expected_.emplace(head.seq, Expected{head.hash, what});
    }
  }

  // The chain begins with 1. Nothing may stand before it.
  void find_acts_before_the_first() {
    const std::int64_t strays = reader_.count(count_before_the_first);
    for (const store::Row& row : reader_.query(select_before_the_first, most_strays_named))
      report_.finding(at_act(row.integer(0), "was put in by hand: the chain begins with act 1"));
    if (strays > most_strays_named)
      report_.finding("table act: " + std::to_string(strays) + " rows stand before act 1");
  }

  void read_act_rows(std::int64_t after, std::int64_t last) {
    act_rows_.clear();
    for (const store::Row& row : reader_.query(select_act_rows, after, last))
      act_rows_[row.integer(0)].emplace(row.text(1), row.integer(2));
  }

  void take(const StoredAct& stored) {
    ++report_.result().acts;
    const std::int64_t seq = stored.act.seq;
    days_with_acts_.insert(to_iso(local_date(stored.act.entered)));
    const std::string computed = stored.act.hash();
    check_link(stored);
    check_signature(stored, computed);
    check_expected(seq, computed);
    if (auto body = parse_canonical(stored.act.body); body) {
      check_columns(stored, *body);
      if (rows_named(*body) != act_rows_[seq])
        report_.finding(at_act(seq, "table act_row does not list the rows its bytes cover"));
      follow_keys(stored, *body);
      official_.take(stored, *body, report_);
    } else {
      report_.finding(at_act(seq, "column body holds no canonical act"));
    }
    last_ = {seq, stored.hash, computed};
  }

  void check_link(const StoredAct& stored) {
    const std::int64_t expected = last_.seq + 1;
    const std::int64_t seq = stored.act.seq;
    if (seq == expected + 1) report_.finding("act " + std::to_string(expected) + " is missing");
    if (seq > expected + 1)
      report_.finding("acts " + std::to_string(expected) + " to " + std::to_string(seq - 1) + " are missing");
    if (seq == expected && stored.act.prev != last_.stored && stored.act.prev != last_.computed)
      report_.finding(at_act(seq, "column prev is not the hash of act " + std::to_string(last_.seq)));
    if (seq == expected && last_.stored != last_.computed) explain(last_.seq, stored.act.prev);
  }

  // An act's hash column and bytes disagree; what stands after it in the chain tells which of them was
  // altered.
  void explain(std::int64_t seq, const std::string& next_prev) {
    if (next_prev == last_.computed) {
      report_.finding(at_act(seq, "column hash was altered"));
    } else {
      report_.finding(
          at_act(seq,
                 "its bytes do not have the hash they had when it was written: one of the columns "
                 "seq, prev, entered, key_id, kind, unit, body was altered"));
    }
  }

  void check_signature(const StoredAct& stored, const std::string& computed) {
    const std::int64_t seq = stored.act.seq;
    auto key = keys_.find(stored.act.key_id);
    if (key == keys_.end()) return report_.finding(at_act(seq, "column key_id names no key of this chain"));
    if (current_key_.empty()) begin_with(stored.act.key_id, key->second.from_seq);
    const std::string& public_key = key->second.public_key;
    if (!signed_by(public_key, computed, stored.signature) &&
        !signed_by(public_key, stored.hash, stored.signature))
      report_.finding(
          at_act(seq, "column signature is no signature of key " + stored.act.key_id + " over this act"));
    if (stored.act.key_id != current_key_ && stored.act.kind != key_compromised &&
        stored.act.kind != key_lost)
      report_.finding(at_act(
          seq, "is signed by key " + stored.act.key_id + ", but the key in use then was " + current_key_));
  }

  void begin_with(const std::string& key, std::int64_t from_seq) {
    current_key_ = key;
    introduced_.insert(key);
    if (from_seq != 1)
      report_.finding("table act_key: column from_seq of the first key, " + key + ", is " +
                      std::to_string(from_seq) + ", not 1");
  }

  void check_expected(std::int64_t seq, const std::string& computed) {
    auto [first, last] = expected_.equal_range(seq);
    for (auto it = first; it != last; ++it)
      if (it->second.hash != computed)
        report_.finding(at_act(seq, "does not have the hash of " + it->second.what +
                                        ": it, or an act before it, was written anew"));
    if (anchors_.contains(seq)) ++report_.result().anchors_compared;
  }

  void check_columns(const StoredAct& stored, const boost::json::object& body) {
    auto differs = [&](std::string_view column, const std::string& row, const std::string& bytes) {
      if (row != bytes)
        report_.finding(at_act(stored.act.seq, "column " + std::string(column) + " says \"" + row +
                                                   "\", its bytes say \"" + bytes + "\""));
    };
    auto number = [&](std::string_view name) {
      auto n = number_of(body, name);
      return n ? std::to_string(*n) : std::string("nothing");
    };
    differs("kind", stored.act.kind, text_of(body, "kind"));
    differs("unit", std::to_string(stored.act.unit), number("unit"));
    differs("actor", std::to_string(stored.actor), number("actor"));
    differs("on_behalf", stored.on_behalf, text_of(body, "on_behalf"));
    differs("happened", std::to_string(stored.happened.us), number("happened"));
    differs("subject", stored.subject, text_of(body, "subject"));
  }

  void follow_keys(const StoredAct& stored, const boost::json::object& whole) {
    if (stored.act.kind != key_rotated && stored.act.kind != key_compromised && stored.act.kind != key_lost)
      return;
    const auto* said = whole.if_contains("body");
    if (!said || !said->is_object()) return;
    const boost::json::object& body = said->get_object();
    const std::int64_t seq = stored.act.seq;
    const std::string new_key = text_of(body, "new_key");
    const std::string public_key = from_hex(text_of(body, "new_public_key")).value_or("");
    const bool rotated = stored.act.kind == key_rotated;
    if (auto key = keys_.find(new_key); key == keys_.end() || key->second.public_key != public_key ||
                                        key->second.from_seq != seq + (rotated ? 1 : 0))
      report_.finding(
          at_act(seq, "table act_key does not hold key " + new_key + " as this act introduced it"));
    if (rotated) {
      check_rotation(seq, body, public_key);
    } else if (stored.act.kind == key_lost) {
      check_loss(stored, body);
    } else {
      check_compromise(seq, body);
    }
    current_key_ = new_key;
    introduced_.insert(new_key);
  }

  void check_rotation(std::int64_t seq, const boost::json::object& body, const std::string& public_key) {
    const std::string signature = from_hex(text_of(body, "new_signature")).value_or("");
    if (!signed_by(public_key, rotation_message(keys_[current_key_].public_key, public_key), signature))
      report_.finding(at_act(seq, "the new key's own signature is missing from the rotation"));
    report_.notice(at_act(seq, "key " + text_of(body, "new_key") + " follows key " + current_key_));
  }

  void check_compromise(std::int64_t seq, const boost::json::object& body) {
    const std::int64_t trusted = number_of(body, "last_trusted").value_or(0);
    report_.notice(at_act(seq, "key " + current_key_ + " was declared compromised (" +
                                   text_of(body, "reason") + "): acts " + std::to_string(trusted + 1) +
                                   " to " + std::to_string(seq - 1) + " are not to be trusted"));
    auto anchor = anchors_.lower_bound(trusted);
    if (anchor == anchors_.end() || anchor->first >= seq)
      report_.finding(at_act(seq, "declares a key compromised, and no anchor from act " +
                                      std::to_string(trusted) + " to " + std::to_string(seq - 1) +
                                      " was given to back it"));
  }

  // Nobody could sign for the old key, so whoever can write into the store could have written this act: what
  // stands after it is worth as much as a head from after it that somebody outside has kept.
  void check_loss(const StoredAct& stored, const boost::json::object& body) {
    const std::int64_t seq = stored.act.seq;
    if (number_of(body, "last_act").value_or(0) != seq - 1 ||
        text_of(body, "last_act_hash") != to_hex(stored.act.prev))
      report_.finding(at_act(seq, "declares a key lost after another act than the one before it"));
    const bool backed = anchors_.lower_bound(seq) != anchors_.end();
    report_.notice(
        at_act(seq, "key " + current_key_ + " was declared lost (" + text_of(body, "reason") + "); key " +
                        text_of(body, "new_key") + " goes on" +
                        (backed ? ""
                                : ". No head from after it, kept outside, was given: ask the province "
                                  "whether it declared this")));
  }

  void compare_head() {
    auto row = reader_.first(select_head);
    const std::int64_t seq = row ? row->integer(0) : 0;
    const std::string hash = row ? row->bytes(1) : "";
    if (last_.stored != last_.computed) explain(last_.seq, seq == last_.seq ? hash : "");
    if (seq > last_.seq)
      report_.finding("the chain's head is act " + std::to_string(seq) +
                      ", but the last act that stands is " + std::to_string(last_.seq) +
                      ": acts were cut off");
    if (seq < last_.seq)
      report_.finding("the chain's head is act " + std::to_string(seq) + ", but acts stand up to " +
                      std::to_string(last_.seq));
    if (seq == last_.seq && hash != last_.stored && hash != last_.computed)
      report_.finding("the chain's head does not have the hash of act " + std::to_string(seq));
    report_.result().head = {last_.seq, last_.computed, {}, "", ""};
    if (std::int64_t strays = reader_.count(select_stray_act_rows))
      report_.finding("table act_row: " + std::to_string(strays) + " rows name an act that does not stand");
  }

  void compare_heads_beyond() {
    for (auto it = expected_.upper_bound(last_.seq); it != expected_.end(); ++it)
      report_.finding(it->second.what + " names act " + std::to_string(it->first) +
                      ", but the chain ends at act " + std::to_string(last_.seq) + ": acts were cut off");
  }

  // Each day on which an act was entered has a head, kept with the act.
  void compare_days() {
    for (const std::string& day : days_with_acts_)
      if (!days_with_head_.contains(day))
        report_.finding("table daily_head: the head of " + day + " is missing, acts were entered that day");
  }

  void compare_keys() {
    for (const auto& [id, key] : keys_)
      if (!introduced_.contains(id)) report_.finding("table act_key: no act introduced key " + id);
  }

  static constexpr std::int64_t most_strays_named = 20;

  struct Last {
    std::int64_t seq = 0;
    std::string stored, computed;
  };

  store::Reader& reader_;
  const std::map<std::int64_t, std::string>& anchors_;
  OfficialState& official_;
  Report& report_;
  std::map<std::string, Key> keys_;
  std::multimap<std::int64_t, Expected> expected_;
  std::map<std::int64_t, std::set<std::pair<std::string, std::int64_t>>> act_rows_;
  std::set<std::string> days_with_head_, days_with_acts_;
  std::set<std::string> introduced_;  // keys that act 1 was signed with or that an act made known
  std::string current_key_;
  Last last_;
};

}  // namespace

void walk_chain(store::Reader& reader, const std::map<std::int64_t, std::string>& anchors,
                OfficialState& official, Report& report) {
  ChainWalk(reader, anchors, official, report).run();
}

}  // namespace danchu::acts
