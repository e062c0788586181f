#include "acts/pages.h"
#include "base/text.h"
#include "web/atom.h"

namespace danchu::acts {
namespace {

std::string whole_seconds(Instant instant) { return to_iso(Instant{instant.us / 1'000'000 * 1'000'000}); }

web::AtomEntry entry_of(const Head& head, const std::string& page) {
  const std::string line = std::to_string(head.seq) + " " + to_hex(head.hash);
  return {page + "#" + to_iso(local_date(head.time)), to_page(local_date(head.time)) + ": " + line, head.time,
          page + "/" + std::to_string(head.seq),
          line + "\nkey " + head.key_id + "\ntime " + std::to_string(head.time.us) + "\nsignature " +
              to_hex(head.signature)};
}

}  // namespace

std::string heads_as_atom(const std::vector<Head>& heads, const std::string& base_url, Instant now) {
  const std::string page = base_url + "/kiem-chung";
  web::AtomFeed feed{"vi",
                     page + "/moc.atom",
                     page,
                     "Mốc kiểm chứng hằng ngày",
                     "danchu",
                     base_url + "/",
                     heads.empty() ? now : heads.front().time,
                     {}};
  for (const Head& head : heads) feed.entries.push_back(entry_of(head, page));
  return to_atom(feed);
}

std::string heads_as_lines(const std::vector<Head>& heads, const std::string& base_url) {
  std::string lines = "# " + base_url + "/kiem-chung\n# seq hash; danchu verify --anchors FILE\n";
  for (const Head& head : heads)
    lines += "# " + whole_seconds(head.time) + " key " + head.key_id + "\n" + std::to_string(head.seq) + " " +
             to_hex(head.hash) + "\n";
  return lines;
}

}  // namespace danchu::acts
