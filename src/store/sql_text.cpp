#include "store/sql_text.h"

#include <algorithm>

namespace danchu::store {
namespace {

std::size_t end_of(std::string_view sql, std::size_t from, std::string_view closing) {
  auto at = sql.find(closing, from);
  return at == std::string_view::npos ? sql.size() : at + closing.size();
}

// Where the literal, quoted name or comment that begins here ends; `from` itself when none begins here. A
// doubled quote inside a literal simply begins the next one.
std::size_t skip_opaque(std::string_view sql, std::size_t from) {
  char c = sql[from];
  if (c == '\'' || c == '"') return end_of(sql, from + 1, std::string_view(&sql[from], 1));
  if (sql.substr(from, 2) == "--") return end_of(sql, from, "\n");
  if (sql.substr(from, 2) == "/*") return end_of(sql, from + 2, "*/");
  return from;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

}  // namespace

NumberedSql number_parameters(std::string_view sql, char mark) {
  NumberedSql result;
  for (std::size_t i = 0; i < sql.size();) {
    if (auto end = skip_opaque(sql, i); end != i) {
      result.text += sql.substr(i, end - i);
      i = end;
    } else if (sql[i] == '$' && i + 1 < sql.size() && is_digit(sql[i + 1])) {
      result.text += mark;
      int number = 0;
      for (++i; i < sql.size() && is_digit(sql[i]) && number < 100'000; ++i) {
        result.text += sql[i];
        number = number * 10 + (sql[i] - '0');
      }
      result.parameters = std::max(result.parameters, number);
    } else {
      result.text += sql[i++];
    }
  }
  return result;
}

std::string bare_sql(std::string_view sql) {
  std::string bare;
  for (std::size_t i = 0; i < sql.size();) {
    if (auto end = skip_opaque(sql, i); end != i) {
      i = end;
    } else {
      char c = sql[i++];
      if (is_space(c)) c = ' ';
      if (c == ' ' && (bare.empty() || bare.back() == ' ')) continue;
      bare += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return bare;
}

}  // namespace danchu::store
