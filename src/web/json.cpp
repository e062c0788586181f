#include "web/json.h"

#include <boost/json/serialize.hpp>

#include "web/format.h"

namespace danchu::web {

void append_json_text(std::string& to, std::string_view text) {
  to += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

static void append_value(std::string& to, const void* record, const Field& field, std::size_t i,
                         std::string_view language) {
  std::string scratch;
  switch (field.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::money:
      to += field.text(record, i, scratch);
      return;
    case Kind::record:
      append_json(to, {field.nested(record, i), field.fields()}, language);
      return;
    case Kind::url:
      if (std::string_view url = field.text(record, i, scratch); !url.empty())
        append_json_text(to, localised(url, language));
      else
        to += "\"\"";
      return;
    case Kind::id:
      if (field.number(record, i) == 0) {
        to += "null";
        return;
      }
      [[fallthrough]];
    default:
      append_json_text(to, field.text(record, i, scratch));
  }
}

static void append_member(std::string& to, const void* record, const Field& field,
                          std::string_view language) {
  std::size_t count = field.count(record);
  if (field.list) {
    to += '[';
    for (std::size_t i = 0; i < count; ++i) {
      if (i) to += ',';
      append_value(to, record, field, i, language);
    }
    to += ']';
  } else if (count == 0) {
    to += "null";
  } else {
    append_value(to, record, field, 0, language);
  }
}

void append_json(std::string& to, RecordRef record, std::string_view language) {
  to += '{';
  bool first = true;
  for (const Field& field : record.fields) {
    if (field.kind == Kind::html || field.kind == Kind::file) continue;
    if (!first) to += ',';
    first = false;
    to += '"';
    to += field.name;  // a C++ member's name: nothing to escape
    to += "\":";
    append_member(to, record.at, field, language);
  }
  to += '}';
}

std::string to_json(RecordRef record, std::string_view language) {
  std::string to;
  append_json(to, record, language);
  return to;
}

// ---- schemas -----------------------------------------------------------------------------------------

// Records that hold themselves end here.
constexpr int deepest_schema = 8;
static boost::json::object record_schema(Fields fields, bool input, int depth);

static boost::json::object value_schema(const Field& field, bool input, int depth) {
  boost::json::object s;
  switch (field.kind) {
    case Kind::boolean:
      s["type"] = "boolean";
      break;
    case Kind::integer:
    case Kind::money:
      s["type"] = "integer";
      if (field.limits.min != INT64_MIN) s["minimum"] = field.limits.min;
      if (field.limits.max != INT64_MAX) s["maximum"] = field.limits.max;
      break;
    case Kind::line:
    case Kind::text:
      s["type"] = "string";
      if (input) s["maxLength"] = field.limits.max;
      break;
    case Kind::phone:
      s["type"] = "string";
      s["pattern"] = "^\\+?[0-9]{8,15}$";
      break;
    case Kind::choice: {
      s["type"] = "string";
      boost::json::array codes;
      for (const ChoiceName& name : field.choices) codes.emplace_back(std::string(name.code));
      s["enum"] = std::move(codes);
      break;
    }
    case Kind::date:
      s["type"] = "string";
      s["format"] = "date";
      break;
    case Kind::instant:
      s["type"] = "string";
      s["format"] = "date-time";
      break;
    case Kind::id:
      s["type"] = "string";
      s["pattern"] = "^[0-9A-HJKMNP-TV-Z]{13}$";
      break;
    case Kind::url:
      s["type"] = "string";
      s["format"] = "uri-reference";
      break;
    case Kind::html:
    case Kind::file:
      break;
    case Kind::record:
      return record_schema(field.fields(), input, depth + 1);
  }
  return s;
}

// A type that may also be null, as JSON Schema 2020-12 says it.
static void allow_null(boost::json::object& s) {
  if (boost::json::value* type = s.if_contains("type"); type && type->is_string())
    *type = boost::json::array{type->as_string(), "null"};
  if (boost::json::value* codes = s.if_contains("enum")) codes->as_array().emplace_back(nullptr);
}

static boost::json::object record_schema(Fields fields, bool input, int depth) {
  boost::json::object properties;
  boost::json::array required;
  if (depth < deepest_schema) {
    for (const Field& field : fields) {
      if (field.kind == Kind::html || field.kind == Kind::file) continue;
      boost::json::object s = value_schema(field, input, depth);
      bool nullable = !field.list && (field.optional || (field.kind == Kind::id && !input));
      if (nullable) allow_null(s);
      if (field.list) {
        boost::json::object list{{"type", "array"}};
        list["items"] = std::move(s);
        s = std::move(list);
      }
      if (!field.label.empty() && field.label != field.name) s["description"] = std::string(field.label);
      properties[std::string(field.name)] = std::move(s);
      bool may_miss = field.optional || field.kind == Kind::boolean;
      if (!input || !may_miss) required.emplace_back(std::string(field.name));
    }
  }
  boost::json::object schema{{"type", "object"}};
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  if (input && depth < deepest_schema) schema["additionalProperties"] = false;
  return schema;
}

boost::json::object schema_of(Fields fields, bool input) { return record_schema(fields, input, 0); }

}  // namespace danchu::web
