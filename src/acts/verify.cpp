#include "acts/verify.h"

#include <charconv>

#include "acts/register.h"
#include "base/text.h"

namespace danchu::acts {

void Report::finding(std::string text) {
  if (result_.findings.size() < most) {
    result_.findings.push_back(std::move(text));
  } else {
    ++left_out_;
  }
}

void Report::close() {
  if (left_out_) result_.findings.push_back("and " + std::to_string(left_out_) + " more findings");
}

std::string at_act(std::int64_t seq, std::string_view what) {
  return "act " + std::to_string(seq) + ": " + std::string(what);
}

std::map<std::int64_t, std::string> read_anchors(const std::string& text, Report& report) {
  std::map<std::int64_t, std::string> anchors;
  std::string_view rest = text;
  for (int number = 1; !rest.empty(); ++number) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line[0] == '#') continue;
    std::int64_t seq = 0;
    auto [after, error] = std::from_chars(line.data(), line.data() + line.size(), seq);
    auto hash = from_hex(trim({after, static_cast<std::size_t>(line.data() + line.size() - after)}));
    if (error != std::errc() || seq < 1 || !hash || hash->size() != 32) {
      report.finding("anchors, line " + std::to_string(number) +
                     ": not \"seq hash\", a number and 64 hex digits: " + std::string(line.substr(0, 100)));
    } else if (auto [at, fresh] = anchors.emplace(seq, *hash); !fresh && at->second != *hash) {
      report.finding("anchors, line " + std::to_string(number) + ": act " + std::to_string(seq) +
                     " already stands with another hash");
    }
  }
  return anchors;
}

Verification verify(store::Database& db, const std::string& anchors) {
  Verification result;
  Report report(result);
  OfficialState official;
  db.read([&](store::Reader& reader) {
    walk_chain(reader, read_anchors(anchors, report), official, report);
    compare_rows(reader, db.engine(), official, report);
    check_also(reader, report);
  });
  compare_files(db.files(), official, report);  // outside the snapshot: reading them may take long
  report.close();
  return result;
}

}  // namespace danchu::acts
