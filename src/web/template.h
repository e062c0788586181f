// Templates as rooms write them (docs/pages.md), read and checked: HTML with marks becomes a list of pieces,
// each knowing the place in the HTML it stands in. What could let a value break out of its place is refused
// here (lint); what the pieces print is view.cpp's work.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace danchu::web {

enum class PieceType {
  html,         // text: bytes as they stand
  address,      // text: a fixed href, src or action ("/tim-kiem", "asset:app.css", "#main")
  value,        // name: escaped
  url,          // name: a Url member, the whole value of an attribute
  raw,          // name: a SafeHtml member, in text only
  begin,        // name: {{#name}}
  begin_not,    // name: {{^name}}
  end,          // name: {{/name}}
  begin_field,  // name: "form.yes"; {{#field form.yes}}
  end_field,
  include,   // name: the partial's key, "web/_back_link"; "page" stands for the page itself
  field,     // name: "form.title", look: "pin" or empty
  fields,    // name: "form"
  message,   // text: msgid
  messages,  // text: msgid for one, many: msgid for many, name: the number
};

struct Piece {
  PieceType type;
  int line = 0;
  std::string text, name;
  std::string look;  // of field
  std::string many;  // of messages
};

struct Template {
  std::string key;   // "assembly/motion", "web/_back_link"
  std::string file;  // "src/assembly/templates/motion.html"
  std::vector<Piece> pieces;
  std::vector<std::string> errors;  // "src/…/motion.html:12: …", empty for a good one
};

Template parse_template(std::string key, std::string file, std::string_view source);

// ---- the rules of places, one table each (lint.cpp) --------------------------------------------------

enum class Place { ordinary, url, forbidden };
// What an attribute of an HTML element may hold.
Place place_of(std::string_view element, std::string_view attribute);
bool element_allowed(std::string_view element);
// A fixed address: of this site, a part of the page, an asset, https, mailto or tel.
bool fixed_address_allowed(std::string_view address);
// The placeholders of a message, sorted: {{names}} in templates.
std::vector<std::string> placeholders(std::string_view message);

}  // namespace danchu::web
