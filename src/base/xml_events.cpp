#include "base/xml_events.h"

#include <expat.h>

#include <new>

namespace danchu {
namespace {

constexpr int deepest = 64;
constexpr std::uint64_t longest_tag = 1 << 20;  // bytes without any event

std::string_view local(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair; pair += 2)
    if (local(pair[0]) == name) return pair[1];
  return {};
}

struct XmlReader::Parser {
  explicit Parser(XmlHandlers h) : handlers(std::move(h)), expat(XML_ParserCreate(nullptr)) {
    if (!expat) throw std::bad_alloc();
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, &begins, &ends);
    XML_SetCharacterDataHandler(expat, &text);
    XML_SetStartDoctypeDeclHandler(expat, &doctype);
  }
  ~Parser() { XML_ParserFree(expat); }
  Parser(const Parser&) = delete;

  static Parser& of(void* self) { return *static_cast<Parser*>(self); }
  void refuse() {
    refused = true;
    XML_StopParser(expat, XML_FALSE);
  }
  static void begins(void* self, const char* name, const char** attributes) {
    Parser& p = of(self);
    p.last_event = p.fed;
    if (++p.depth > deepest) return p.refuse();
    if (p.handlers.begins) p.handlers.begins(local(name), XmlAttributes(attributes));
  }
  static void ends(void* self, const char* name) {
    Parser& p = of(self);
    p.last_event = p.fed;
    --p.depth;
    if (p.handlers.ends) p.handlers.ends(local(name));
  }
  static void text(void* self, const char* bytes, int size) {
    Parser& p = of(self);
    p.last_event = p.fed;
    if (p.handlers.text) p.handlers.text({bytes, static_cast<std::size_t>(size)});
  }
  static void doctype(void* self, const char*, const char*, const char*, int) { of(self).refuse(); }

  XmlHandlers handlers;
  XML_Parser expat;
  int depth = 0;
  bool refused = false;
  std::uint64_t fed = 0, last_event = 0;  // bytes
};

XmlReader::XmlReader(XmlHandlers handlers) : parser_(std::make_unique<Parser>(std::move(handlers))) {}
XmlReader::~XmlReader() = default;

bool XmlReader::feed(std::string_view piece) {
  Parser& p = *parser_;
  p.fed += piece.size();
  const bool ok =
      XML_Parse(p.expat, piece.data(), static_cast<int>(piece.size()), XML_FALSE) == XML_STATUS_OK;
  return ok && !p.refused && p.fed - p.last_event < longest_tag;
}

bool XmlReader::finish() {
  return XML_Parse(parser_->expat, "", 0, XML_TRUE) == XML_STATUS_OK && !parser_->refused;
}

}  // namespace danchu
