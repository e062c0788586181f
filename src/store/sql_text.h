// Reading SQL just far enough to find parameters: literals, quoted names and comments are passed over.
#pragma once
#include <string>
#include <string_view>

namespace danchu::store {

struct NumberedSql {
  std::string text;    // with `mark` and the number in place of each $n
  int parameters = 0;  // the greatest n
};

// "a = $2 AND b = '$1'" with '?' gives "a = ?2 AND b = '$1'" and 2. SQLite would take $2 for a name and
// number it by first appearance, which swaps values silently (ENGINEERING b1).
NumberedSql number_parameters(std::string_view sql, char mark);

// The statement without its literals, quoted names and comments, in upper case with single spaces: what a
// lint reads.
std::string bare_sql(std::string_view sql);

}  // namespace danchu::store
