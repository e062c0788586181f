#include "acts/pages.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

std::string whole_seconds(Instant instant) { return to_iso(Instant{instant.us / 1'000'000 * 1'000'000}); }

std::string entry(const Head& head, const std::string& page) {
  const std::string day = to_iso(local_date(head.time));
  const std::string line = std::to_string(head.seq) + " " + to_hex(head.hash);
  return "<entry><id>" + page + "#" + day + "</id><title>" + to_page(local_date(head.time)) + ": " + line +
         "</title><updated>" + whole_seconds(head.time) +
         "</updated><link rel=\"alternate\" type=\"text/html\" href=\"" + page + "/" +
         std::to_string(head.seq) + "\"/><content type=\"text\">" + line + "\nkey " + head.key_id +
         "\ntime " + std::to_string(head.time.us) + "\nsignature " + to_hex(head.signature) +
         "</content></entry>\n";
}

}  // namespace

std::string heads_as_atom(const std::vector<Head>& heads, const std::string& base_url, Instant now) {
  const std::string site = html_escape(base_url), page = site + "/kiem-chung";
  std::string feed =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"vi\"><id>" +
      page + "/moc.atom</id><title>Mốc kiểm chứng hằng ngày</title><updated>" +
      whole_seconds(heads.empty() ? now : heads.front().time) + "</updated><author><name>danchu</name><uri>" +
      site + "/</uri></author><link rel=\"self\" type=\"application/atom+xml\" href=\"" + page +
      "/moc.atom\"/><link rel=\"alternate\" type=\"text/html\" href=\"" + page + "\"/>\n";
  for (const Head& head : heads) feed += entry(head, page);
  return feed + "</feed>\n";
}

std::string heads_as_lines(const std::vector<Head>& heads, const std::string& base_url) {
  std::string lines = "# " + base_url + "/kiem-chung\n# seq hash; danchu verify --anchors FILE\n";
  for (const Head& head : heads)
    lines += "# " + whole_seconds(head.time) + " key " + head.key_id + "\n" + std::to_string(head.seq) + " " +
             to_hex(head.hash) + "\n";
  return lines;
}

}  // namespace danchu::acts
