// Text: Unicode NFC in the store; folded copies for search; keys for Vietnamese sort order.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace danchu {

// Well-formed UTF-8 without NUL and without control characters other than tab and line feed.
bool is_clean_utf8(std::string_view text);
// Without the invisible marks that turn the direction of writing (U+202A-202E, U+2066-2069): with them a name
// shows other letters than it holds.
std::string without_direction_marks(std::string_view text);

// Unicode normal form C. The input is valid UTF-8.
std::string to_nfc(std::string_view text);

// Characters a reader counts (code points of the NFC form).
std::size_t length_in_characters(std::string_view text);

// For search: NFC, lower case, tone marks and other marks off, đ becomes d, everything that is neither
// letter nor digit becomes one space. "Đường  nội bản" -> "duong noi ban".
std::string fold(std::string_view text);

// As fold, but with marks kept: what breaks ties so that exact tones rank first and đ is found as đ.
std::string fold_keeping_marks(std::string_view text);

// A byte string whose memcmp order is Vietnamese dictionary order (ICU collation, locale vi).
std::string sort_key(std::string_view text);

// Lower-case words without marks joined by '-', for addresses: "Bản Nà Cá" -> "ban-na-ca".
std::string slug(std::string_view text);

std::string_view trim(std::string_view text);
std::string to_hex(std::string_view bytes);

// Replaces {name} by the argument of that name; an unknown name stays as it stands.
std::string fill(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& args);

// Escapes & < > " ' for HTML text and quoted attributes.
std::string html_escape(std::string_view text);

}  // namespace danchu
