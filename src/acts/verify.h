// The parts of verify: walking the chain, then comparing what its acts say with the rows that stand.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "acts/acts.h"
#include "acts/canonical.h"

namespace danchu::acts {

// Findings are sentences for an operator; after `most` only their number is kept.
class Report {
 public:
  explicit Report(Verification& result) : result_(result) {}
  void finding(std::string text);
  void notice(std::string text) { result_.notices.push_back(std::move(text)); }
  void not_covered(std::string text) { result_.not_covered.push_back(std::move(text)); }
  void close();  // says how many findings were left out
  Verification& result() { return result_; }

 private:
  static constexpr std::size_t most = 1000;
  Verification& result_;
  std::size_t left_out_ = 0;
};

// "act 17: …"
std::string at_act(std::int64_t seq, std::string_view what);

// One act as its row stands in the store.
struct StoredAct {
  Preimage act;
  std::int64_t actor = 0;
  std::string on_behalf;
  Instant happened;
  std::string subject;
  std::string hash, signature;
};

// What a column of an official row has to be: which act said so last, and a short keyed digest of the value.
struct Said {
  std::uint16_t column;  // position in OfficialRows::columns
  enum class As : std::uint8_t { value, sealed, erased } as;
  std::int64_t seq;
  std::uint64_t digest;
};
struct OfficialRows {
  std::string key;                        // the column ids stand in
  std::vector<std::string> columns;       // every column some act names
  std::vector<std::string> salt_columns;  // of a sealed column, else empty; same positions
  std::map<std::int64_t, std::vector<Said>> rows;
};
// Official rows by table, gathered from the acts in order: a later act's word on a column replaces an earlier
// one's.
class OfficialState {
 public:
  OfficialState();
  void take(const StoredAct& act, const boost::json::object& body, Report& report);
  const std::map<std::string, OfficialRows>& tables() const { return tables_; }
  std::uint64_t digest(std::string_view tagged_value) const;
  // A kept file as an act names it.
  struct File {
    std::int64_t seq, attachment;
    std::string sha256;
  };
  const std::vector<File>& files() const { return files_; }

 private:
  void take_row(std::int64_t seq, const boost::json::object& covered, Report& report);
  std::string digest_key_;
  std::map<std::string, OfficialRows> tables_;
  std::vector<File> files_;
};

// "seq hash" lines; what is wrong with one becomes a finding that names the line.
std::map<std::int64_t, std::string> read_anchors(const std::string& text, Report& report);

void walk_chain(store::Reader& reader, const std::map<std::int64_t, std::string>& anchors,
                OfficialState& official, Report& report);
void compare_rows(store::Reader& reader, std::string_view engine, const OfficialState& official,
                  Report& report);
// Every kept file that an act names stands on disk with the bytes the act says.
void compare_files(const store::Files& files, const OfficialState& official, Report& report);

}  // namespace danchu::acts
