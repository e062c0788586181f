#include "web/atom.h"

#include "base/text.h"

namespace danchu::web {
namespace {

std::string whole_seconds(Instant instant) { return to_iso(Instant{instant.us / 1'000'000 * 1'000'000}); }

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + html_escape(text) + "</" + std::string(name) + ">";
}

std::string link(std::string_view relation, std::string_view type, std::string_view address) {
  return "<link rel=\"" + std::string(relation) + "\" type=\"" + std::string(type) + "\" href=\"" +
         html_escape(address) + "\"/>";
}

std::string entry(const AtomEntry& e) {
  return "<entry>" + element("id", e.id) + element("title", e.title) +
         element("updated", whole_seconds(e.updated)) + link("alternate", "text/html", e.page) +
         "<content type=\"text\">" + html_escape(e.text) + "</content></entry>\n";
}

}  // namespace

std::string to_atom(const AtomFeed& feed) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
      html_escape(feed.language) + "\">" + element("id", feed.address) + element("title", feed.title) +
      element("updated", whole_seconds(feed.updated)) + "<author>" + element("name", feed.author) +
      element("uri", feed.author_page) + "</author>" + link("self", "application/atom+xml", feed.address) +
      link("alternate", "text/html", feed.page) + "\n";
  for (const AtomEntry& e : feed.entries) xml += entry(e);
  return xml + "</feed>\n";
}

}  // namespace danchu::web
