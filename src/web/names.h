// What a name in a template means: a member of the nearest record around it that has one, perhaps seen as a
// variant
// ("held_iso", "state_is_passed"). The check at start and the view while rendering ask the same question
// here.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "web/format.h"
#include "web/template.h"

namespace danchu::web {

// A name with all the ways it can be split into a member and a variant, made once when templates are loaded.
struct Name {
  explicit Name(std::string_view written);

  struct Split {
    std::string member;
    Variant variant;
    std::string code;  // of Variant::is
  };
  std::string text;
  std::vector<Split> splits;
  bool is_this = false;      // {{this}}
  bool is_position = false;  // {{item_number}}
  // {{this_code}} and the like: the variant of the item itself.
  std::optional<Variant> this_variant;
};

struct Meaning {
  const Field* field = nullptr;
  Variant variant = Variant::plain;
  std::string_view code;
};
// Looks in one record only; an exact member comes before a variant of another.
std::optional<Meaning> meaning_in(Fields fields, const Name& name);
bool variant_fits(const Field& field, Variant variant);

// Every name of the template, in every branch and partial, checked against a model's fields with the page's
// own names around them. Returns what is wrong, "file:line: …" each.
struct Library {
  virtual ~Library() = default;
  virtual const Template* find(std::string_view key) const = 0;
};
std::vector<std::string> check_names(const Library& library, const Template& page, Fields model,
                                     Fields chrome);

}  // namespace danchu::web
