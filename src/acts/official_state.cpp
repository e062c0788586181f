#include <sodium.h>

#include <boost/json.hpp>
#include <cstring>

#include "acts/verify.h"
#include "store/attachment.h"

namespace danchu::acts {
namespace {

std::size_t position_of(OfficialRows& table, std::string_view column) {
  auto at = std::find(table.columns.begin(), table.columns.end(), column);
  if (at != table.columns.end()) return static_cast<std::size_t>(at - table.columns.begin());
  table.columns.emplace_back(column);
  table.salt_columns.emplace_back();
  return table.columns.size() - 1;
}

std::string tagged(const boost::json::value& value) {
  if (value.is_string()) return "s" + std::string(value.get_string());
  if (value.is_int64()) return "i" + std::to_string(value.get_int64());
  if (value.is_bool()) return value.get_bool() ? "i1" : "i0";
  return "n";
}

}  // namespace

// The digests' key is drawn for each run, so that nobody can prepare two values with one digest.
OfficialState::OfficialState() : digest_key_(crypto_shorthash_KEYBYTES, '\0') {
  randombytes_buf(digest_key_.data(), digest_key_.size());
}

std::uint64_t OfficialState::digest(std::string_view tagged_value) const {
  unsigned char out[crypto_shorthash_BYTES];
  crypto_shorthash(out, reinterpret_cast<const unsigned char*>(tagged_value.data()), tagged_value.size(),
                   reinterpret_cast<const unsigned char*>(digest_key_.data()));
  std::uint64_t number;
  std::memcpy(&number, out, sizeof number);
  return number;
}

void OfficialState::take(const StoredAct& act, const boost::json::object& body, Report& report) {
  const auto* covers = body.if_contains("covers");
  if (!covers || !covers->is_array()) return;
  for (const auto& covered : covers->get_array())
    if (covered.is_object()) take_row(act.act.seq, covered.get_object(), report);
}

void OfficialState::take_row(std::int64_t seq, const boost::json::object& covered, Report& report) {
  const auto* name = covered.if_contains("table");
  const auto* id = covered.if_contains("id");
  const auto* row = covered.if_contains("row");
  const auto* key = covered.if_contains("key");
  if (!name || !name->is_string() || !id || !id->is_int64() || !row || !row->is_object() ||
      (key && !key->is_string()))
    return report.finding(at_act(seq, "column body names a row in no known way"));
  const std::string key_column = key ? std::string(key->get_string()) : "id";
  OfficialRows& table = tables_[std::string(name->get_string())];
  if (table.key.empty()) table.key = key_column;
  if (!is_identifier(std::string_view(name->get_string())) || table.key != key_column ||
      !is_identifier(key_column))
    return report.finding(
        at_act(seq, "names rows of table " + std::string(name->get_string()) + " by another column"));
  const auto* hash = row->get_object().if_contains("sha256");
  if (name->get_string() == store::attachment_table && hash && hash->is_string())
    files_.push_back({seq, id->get_int64(), std::string(hash->get_string())});
  std::vector<Said>& said = table.rows[id->get_int64()];
  for (const auto& [column, value] : row->get_object()) {
    if (!is_identifier(column)) {
      report.finding(at_act(seq, "names a column that is no identifier"));
      continue;
    }
    const std::size_t position = position_of(table, column);
    Said now{static_cast<std::uint16_t>(position), Said::As::value, seq, digest(tagged(value))};
    if (const auto* object = value.if_object()) {
      const auto* seal = object->if_contains("sealed");
      const auto* salt = object->if_contains("salt_in");
      now.as = seal ? Said::As::sealed : Said::As::erased;
      if (seal) now.digest = digest(tagged(*seal));
      if (seal && salt && salt->is_string() && is_identifier(std::string_view(salt->get_string())))
        table.salt_columns[position] = salt->get_string();
    }
    auto at = std::find_if(said.begin(), said.end(), [&](const Said& s) { return s.column == now.column; });
    if (at == said.end()) {
      said.push_back(now);
    } else {
      *at = now;
    }
  }
}

}  // namespace danchu::acts
