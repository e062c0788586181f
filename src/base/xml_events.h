// XML read as it comes, for files that strangers send: no DOCTYPE and so no entities, limited depth, limited
// length of a single tag.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace danchu {

// The attributes of an element that begins; valid while its handler runs.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  std::string_view get(std::string_view name) const;  // by local name; empty when it is not there

 private:
  const char** pairs_;
};

struct XmlHandlers {
  // Names come without a namespace's prefix.
  std::function<void(std::string_view name, const XmlAttributes&)> begins;
  std::function<void(std::string_view name)> ends;
  std::function<void(std::string_view text)> text;  // in pieces
};

class XmlReader {
 public:
  explicit XmlReader(XmlHandlers handlers);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  // False: this is not XML we read (malformed, a DOCTYPE, too deep, an endless tag); feed no more.
  bool feed(std::string_view piece);
  bool finish();  // false when something is left open

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace danchu
