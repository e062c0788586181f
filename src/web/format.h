// How values look on a page: dates as dd/mm/yyyy, instants in UTC+7, money with dots and đ, choices by their
// label.
#pragma once
#include <string>
#include <string_view>

#include "base/record.h"

namespace danchu::web {

// What follows a member's name in a template: {{held_iso}}.
enum class Variant { plain, iso, date, time, raw, code, count, is, one };

// The i-th value of a field as the reader sees it; empty for an absent one. The result lives as long as
// `scratch` and the record.
std::string_view show_value(const Field& field, const void* record, std::size_t i, Variant variant,
                            std::string_view language, std::string& scratch);
// Whether {{#name}} is shown: true, not 0, not empty, there.
bool is_set(const Field& field, const void* record, std::size_t i);
// Canonical text for an input's value attribute.
std::string input_value(const Field& field, const void* record, std::size_t i);
// 300000 -> "300.000" (vi), "300,000" (en); below 10,000 digits only, so that years stay years.
std::string grouped(std::int64_t number, std::string_view language, bool always = false);
// "/viec/01J…" -> "/en/viec/01J…"; "/./viec/01J…", an address that has its language, -> "/viec/01J…"; other
// lawful addresses unchanged; "#" for what is none.
std::string localised(std::string_view url, std::string_view language);

}  // namespace danchu::web
