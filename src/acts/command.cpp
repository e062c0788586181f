#include "acts/command.h"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <ostream>

#include "acts/acts.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

void list(std::ostream& out, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out << title << '\n';
  for (const std::string& line : lines) out << "  " << line << '\n';
}

boost::json::array json_list(const std::vector<std::string>& lines) {
  boost::json::array array;
  for (const std::string& line : lines) array.emplace_back(line);
  return array;
}

void print_json(const Verification& v, std::ostream& out) {
  boost::json::object object{{"acts", v.acts},
                             {"rows_compared", v.rows_compared},
                             {"files_compared", v.files_compared},
                             {"anchors_compared", v.anchors_compared},
                             {"head", {{"seq", v.head.seq}, {"hash", to_hex(v.head.hash)}}},
                             {"unaltered", v.findings.empty()},
                             {"findings", json_list(v.findings)},
                             {"notices", json_list(v.notices)},
                             {"not_covered", json_list(v.not_covered)}};
  out << boost::json::serialize(object) << '\n';
}

void print_text(const Verification& v, std::ostream& out) {
  out << v.acts << " acts, " << v.rows_compared << " official rows, " << v.files_compared << " files, "
      << v.anchors_compared << " anchors compared\n";
  if (v.head.seq) out << "head: " << v.head.seq << ' ' << to_hex(v.head.hash) << '\n';
  list(out, "ALTERED:", v.findings);
  list(out, "to know:", v.notices);
  list(out, "outside the chain, not checked:", v.not_covered);
  if (!v.findings.empty()) {
    out << v.findings.size() << " findings\n";
  } else if (v.anchors_compared) {
    out << "Nothing before the last anchor was altered.\n";
  } else {
    out << "The chain agrees with itself. Without an anchor that was published (--anchors) this does not "
           "show that its "
           "end was not cut off or that it was not written anew as a whole.\n";
  }
}

}  // namespace

int verify_command(store::Database& db, const std::optional<std::string>& anchors_file, bool json,
                   std::ostream& out, std::ostream& err) {
  std::string anchors;
  if (anchors_file) {
    std::ifstream in(*anchors_file, std::ios::binary);
    if (!in) {
      err << "danchu verify: cannot read the anchors " << *anchors_file << '\n';
      return 2;
    }
    anchors.assign(std::istreambuf_iterator<char>(in), {});
  }
  const Verification result = verify(db, anchors);
  if (json) {
    print_json(result, out);
  } else {
    print_text(result, out);
  }
  return result.findings.empty() ? 0 : 1;
}

}  // namespace danchu::acts
