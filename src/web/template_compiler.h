// From our pieces to ctemplate's text: what each mark becomes, in one language. Knows how ctemplate's text is
// written and nothing else of it; what the numbers stand for is asked of the tables while rendering
// (view.cpp).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/names.h"
#include "web/template.h"

namespace danchu::web {

struct FieldMark {
  std::string path, look;
  bool all;  // {{>fields form}}
};

// What the numbers in ctemplate's templates stand for. The letter before the number tells which table and
// how.
struct TemplateTables {
  std::vector<Name> names;            // V value, U url, H raw html, S section, N section when not set
  std::vector<FieldMark> fields;      // F
  std::vector<std::string> includes;  // P

  std::size_t name(const std::string& text) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i].text == text) return i;
    names.emplace_back(text);
    return names.size() - 1;
  }
  std::size_t include(const std::string& key) {
    for (std::size_t i = 0; i < includes.size(); ++i)
      if (includes[i] == key) return i;
    includes.push_back(key);
    return includes.size() - 1;
  }
  std::size_t field(FieldMark mark) {
    fields.push_back(std::move(mark));
    return fields.size() - 1;
  }
};

// Appends to `errors` where a translation does not fit its original, "src/…/motion.html: …".
// Partials are written out where they stand: ctemplate takes a lock of the whole cache for each it includes.
std::string compile_template(const Template& source, const Library& partials, std::string_view language,
                             TemplateTables& tables, std::vector<std::string>& errors);

}  // namespace danchu::web
