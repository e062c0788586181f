// The rules of docs/sql.md that a schema file can break without an engine noticing.
#include <array>
#include <regex>

#include "store/migrations.h"
#include "store/sql_text.h"

namespace danchu::store {
namespace {

struct Forbidden {
  const char* pattern;
  const char* why;
};
// Deferred constraints and rollbacks from within would fail other writes of the same commit (ENGINEERING c1,
// c2).
const std::array<Forbidden, 6> forbidden = {{
    {"DEFERRABLE", "constraints are checked at once: no DEFERRABLE"},
    {"RAISE *\\( *ROLLBACK", "no RAISE(ROLLBACK): it takes other writes along"},
    {"ON CONFLICT ROLLBACK", "no ON CONFLICT ROLLBACK: it takes other writes along"},
    {"AUTOINCREMENT|SERIAL|IDENTITY|NEXTVAL", "ids are made by the program, not by the engine"},
    {"WITHOUT ROWID", "PostgreSQL knows no WITHOUT ROWID"},
    {"CURRENT_TIMESTAMP|NOW *\\(", "time comes from the Writer, not from the engine"},
}};

std::string without_sections(std::string_view sql) {
  static const std::regex section("-- only: [^\n]*\n[^]*?\n-- end");
  return std::regex_replace(std::string(sql), section, "");
}

// "a {ID}, b {INT} CHECK (b IN (0,1))" in its three definitions.
std::vector<std::string> definitions_in(const std::string& body) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (char c : body) {
    depth += (c == '(') - (c == ')');
    if (c == ',' && depth == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

void check_column(const std::string& table, const std::string& definition, std::vector<std::string>& found) {
  static const std::regex constraint("^ *(PRIMARY|UNIQUE|CHECK|FOREIGN|CONSTRAINT)\\b.*");
  static const std::regex column("^ *[A-Z_][A-Z0-9_]* +\\{(ID|INT|TEXT|BYTES|REAL)\\}.*");
  if (!std::regex_match(definition, constraint) && !std::regex_match(definition, column))
    found.push_back("table " + table + ": not a column of {id} {int} {text} {bytes} {real}: " + definition);
}

void check_tables(const std::string& bare, std::vector<std::string>& found) {
  static const std::regex start("CREATE TABLE ([A-Z_][A-Z0-9_]*) ?\\(");
  for (std::sregex_iterator it(bare.begin(), bare.end(), start), end; it != end; ++it) {
    auto begin = static_cast<std::size_t>(it->position() + it->length()), at = begin;
    for (int depth = 1; at < bare.size() && depth > 0; ++at) depth += (bare[at] == '(') - (bare[at] == ')');
    for (const std::string& definition : definitions_in(bare.substr(begin, at - 1 - begin)))
      check_column((*it)[1], definition, found);
    if (!bare.substr(at).starts_with(" {STRICT}"))
      found.push_back("table " + std::string((*it)[1]) + ": no {strict} at the end");
  }
}

}  // namespace

std::vector<std::string> lint_schema(std::string_view sql) {
  std::vector<std::string> found;
  std::string whole = bare_sql(sql), common = bare_sql(without_sections(sql));
  for (const Forbidden& rule : forbidden)
    if (std::regex_search(whole, std::regex(rule.pattern))) found.emplace_back(rule.why);
  check_tables(common, found);
  return found;
}

}  // namespace danchu::store
