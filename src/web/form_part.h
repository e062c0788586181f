// A form's field as its partial shows it: everything of the record's description, the value or what was
// typed, the error, in the reader's language. Itself a described record, so that templates read it like any
// model.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "web/pages.h"

namespace danchu::web {

enum class Look {
  input,
  area,
  checkbox,
  yes_no,
  radios,
  select,
  checkboxes,
  hidden,
  big,
  pin,
  password,
  money,
  switch_,
  file,
  group
};

struct OptionPart {
  std::string id, value, label, hint;
  bool checked = false;
};
DANCHU_RECORD(OptionPart, id, value, label, hint, checked)

struct FieldPart {
  std::string id, name, label, hint, error, value;
  std::string described_by;  // ids of hint and error
  std::string input_type, input_mode, autocomplete;
  bool required = false, optional = false, checked = false;  // checked: of one checkbox
  bool choose_again = false;                                 // a file that was sent, but must be sent again
  Look look = Look::input;
  std::int64_t limit_min = 0, limit_max = 0;
  std::vector<OptionPart> options;
  std::vector<FieldPart> members;  // of a group
};

// A form on a page: the record whose values it shows at first, and what the context says of what was sent.
struct FormAt {
  const void* record = nullptr;  // null: nothing there yet
  Fields fields;
  std::string id_prefix;  // "" or "cancel-"
  const PageContext& context;
  // The options a page gives for a field ("secretary" -> model's secretary_options), or none.
  std::function<std::vector<OptionPart>(std::string_view field)> options;
};

// One field by its path within the form ("title", "place.name"), in the look a template asks for (may be
// empty).
FieldPart field_part(const FormAt& form, std::string_view path, std::string_view look);
// All fields in order.
std::vector<FieldPart> field_parts(const FormAt& form);
// "households.3.name" -> "households-3-name".
std::string field_id(std::string_view prefix, std::string_view path);
// Whether what was sent and the problems belong to a form of these fields.
bool was_sent(const PageContext& context, Fields fields);

}  // namespace danchu::web

namespace danchu {
template <>
struct Choices<web::Look> {
  static constexpr ChoiceName names[] = {{"input", ""},  {"area", ""},   {"checkbox", ""},   {"yes_no", ""},
                                         {"radios", ""}, {"select", ""}, {"checkboxes", ""}, {"hidden", ""},
                                         {"big", ""},    {"pin", ""},    {"password", ""},   {"money", ""},
                                         {"switch", ""}, {"file", ""},   {"group", ""}};
};
namespace web {
DANCHU_RECORD(FieldPart, id, name, label, hint, error, value, described_by, input_type, input_mode,
              autocomplete, required, optional, checked, choose_again, look, limit_min, limit_max, options,
              members)
}  // namespace web
}  // namespace danchu
