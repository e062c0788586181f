#include <boost/json.hpp>
#include <set>

#include "acts/official.h"
#include "acts/verify.h"
#include "base/id.h"
#include "store/attachment.h"

namespace danchu::acts {
namespace {

constexpr int page = 1000;
const store::Statement select_acts_with_files{
    "SELECT seq, body FROM act WHERE seq > $1 AND seq IN (SELECT seq FROM act_row WHERE table_name = $2) "
    "ORDER BY seq LIMIT $3"};

}  // namespace

std::set<std::string> files_named(store::Reader& reader) {
  Verification unread;
  Report report(unread);
  OfficialState official;
  for (std::int64_t from = 0;;) {
    store::Rows rows = reader.query(select_acts_with_files, from, std::string(store::attachment_table), page);
    if (rows.empty()) break;
    for (const store::Row& row : rows) {
      StoredAct act;
      act.act.seq = from = row.integer(0);
      if (auto body = parse_canonical(row.bytes(1))) official.take(act, *body, report);
    }
  }
  std::set<std::string> named;
  for (const OfficialState::File& file : official.files()) named.insert(file.sha256);
  return named;
}

void compare_files(const store::Files& files, const OfficialState& official, Report& report) {
  std::set<std::string> sound;  // the same bytes may be named often
  for (const OfficialState::File& file : official.files()) {
    ++report.result().files_compared;
    if (sound.contains(file.sha256)) continue;
    auto found = files.hash_on_disk(file.sha256);
    if (found == file.sha256) {
      sound.insert(file.sha256);
      continue;
    }
    const std::string which =
        "the file of attachment " + id_to_text(file.attachment) + " (SHA-256 " + file.sha256 + ") ";
    report.finding(at_act(file.seq, found ? which + "was altered: its bytes have the hash " + *found
                                          : which + "is missing from " + files.directory()));
  }
}

}  // namespace danchu::acts
