// Described records as JSON: values out, schemas for OpenAPI. Ids, dates, instants and choices are strings;
// safe HTML is left out; an absent optional is null.
#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "base/record.h"

namespace danchu::web {

// Addresses of this site lead to that language's pages ("/en/thon/…"), as those in its HTML do.
void append_json(std::string& to, RecordRef record, std::string_view language = "vi");
std::string to_json(RecordRef record, std::string_view language = "vi");
void append_json_text(std::string& to, std::string_view text);  // quoted and escaped

// JSON Schema 2020-12 of a record, as something sent to us (`input`) or shown by us.
boost::json::object schema_of(Fields fields, bool input);

}  // namespace danchu::web
