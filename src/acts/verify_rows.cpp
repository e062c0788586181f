#include <boost/json.hpp>
#include <limits>
#include <optional>

#include "acts/official.h"
#include "acts/register.h"
#include "acts/verify.h"
#include "base/text.h"

namespace danchu::acts {
namespace {

constexpr int page = 1000;

const store::Statement select_body{"SELECT body FROM act WHERE seq = $1"};

std::vector<NotYetOfficialRows>& registered() {
  static std::vector<NotYetOfficialRows> all;
  return all;
}

std::map<std::string, std::string>& declared() {
  static std::map<std::string, std::string> all;
  return all;
}

std::string tagged(const store::Value& value) {
  if (const auto* n = std::get_if<std::int64_t>(&value)) return "i" + std::to_string(*n);
  if (const auto* text = std::get_if<std::string>(&value)) return "s" + *text;
  if (const auto* bytes = std::get_if<store::Bytes>(&value)) return "s" + to_hex(bytes->data);
  return std::holds_alternative<double>(value) ? "d" : "n";
}
bool is_empty(const store::Value& value) { return tagged(value) == "n" || tagged(value) == "s"; }

std::string shown(const std::string& tagged_value) {
  if (tagged_value == "n") return "empty";
  if (tagged_value[0] == 'i') return tagged_value.substr(1);
  return "\"" + tagged_value.substr(1, 80) + (tagged_value.size() > 81 ? "…\"" : "\"");
}

bool is_text(const boost::json::value* value, std::string_view text) {
  return value && value->is_string() && value->get_string() == text;
}
bool is_number(const boost::json::value* value, std::int64_t number) {
  return value && value->is_int64() && value->get_int64() == number;
}

// What the act said of this column, for the sentence that reports a difference. Its bytes may be anybody's by
// now.
std::string said_by_act(store::Reader& reader, std::int64_t seq, std::string_view table, std::int64_t id,
                        std::string_view column) {
  auto row = reader.first(select_body, seq);
  auto body = row ? parse_canonical(row->bytes(0)) : std::nullopt;
  const auto* covers = body ? body->if_contains("covers") : nullptr;
  if (!covers || !covers->is_array()) return "otherwise";
  for (const auto& covered : covers->get_array()) {
    const auto* entry = covered.if_object();
    if (!entry || !is_text(entry->if_contains("table"), table) || !is_number(entry->if_contains("id"), id))
      continue;
    const auto* said = entry->if_contains("row");
    const auto* value = said && said->is_object() ? said->get_object().if_contains(column) : nullptr;
    if (!value) continue;
    if (value->is_string()) return shown("s" + std::string(value->get_string()));
    return value->is_null() ? "empty" : canonical_json(*value);
  }
  return "otherwise";
}

std::string quoted(const std::string& identifier) { return '"' + identifier + '"'; }

class TableComparison {
 public:
  TableComparison(store::Reader& reader, const OfficialState& official, const std::string& name,
                  const OfficialRows& table, Report& report)
      : reader_(reader), official_(official), name_(name), table_(table), report_(report) {}

  void run(const std::set<std::string>& columns_that_stand) {
    std::vector<std::string> needed = table_.columns;
    needed.push_back(table_.key);
    for (const std::string& salt : table_.salt_columns)
      if (!salt.empty()) needed.push_back(salt);
    for (const std::string& column : needed) {
      if (columns_that_stand.contains(column)) continue;
      return report_.finding("table " + name_ + ": acts speak of its column " + column +
                             ", which does not stand");
    }
    if (!table_.columns.empty()) name_uncovered_columns(columns_that_stand, {needed.begin(), needed.end()});
    const std::string first = select(">="), later = select(">");
    auto next = table_.rows.begin();
    for (std::optional<std::int64_t> from;;) {  // any 64-bit number may have been put in as an id
      store::Rows rows =
          reader_.query_text(from ? later : first,
                             {from.value_or(std::numeric_limits<std::int64_t>::min()), std::int64_t{page}});
      for (const store::Row& row : rows) {
        const std::int64_t id = row.integer(0);
        for (; next != table_.rows.end() && next->first < id; ++next) missing(next->first);
        if (next != table_.rows.end() && next->first == id) {
          compare(row, next->second);
          ++next;
        } else {
          uncovered(id, row.boolean(1));
        }
        from = id;
      }
      if (rows.size() < page) break;
    }
    for (; next != table_.rows.end(); ++next) missing(next->first);
    for (const auto& [seq, values] : erased_)
      report_.notice("table " + name_ + ": " + std::to_string(values) + " values erased by act " +
                     std::to_string(seq));
    if (not_yet_)
      report_.not_covered("table " + name_ + ": " + std::to_string(not_yet_) +
                          " rows no authority has acted on");
  }

 private:
  std::string select(const std::string& after) const {
    std::string condition = "0 = 1";
    for (const NotYetOfficialRows& rows : not_yet_official_rows())
      if (rows.table == name_) condition = rows.condition;
    const std::string key = quoted(table_.key);
    std::string sql = "SELECT " + key + ", CASE WHEN " + condition + " THEN 1 ELSE 0 END";
    for (const std::string& column : table_.columns) sql += ", " + quoted(column);
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      sql += ", " + quoted(table_.salt_columns[i].empty() ? table_.key : table_.salt_columns[i]);
    return sql + " FROM " + quoted(name_) + " WHERE " + key + " " + after + " $1 ORDER BY " + key +
           " LIMIT $2";
  }

  void name_uncovered_columns(const std::set<std::string>& stand, const std::set<std::string>& covered) {
    std::string names;
    for (const std::string& column : stand)
      if (!covered.contains(column)) names += (names.empty() ? "" : ", ") + column;
    if (!names.empty()) report_.not_covered("table " + name_ + ": columns " + names);
  }

  std::string at(std::int64_t id) const {
    const std::string number = std::to_string(id);  // a negative one is no id of danchu's
    return "table " + name_ + ", row " + (id < 0 ? number : id_to_text(id) + " (" + number + ")");
  }
  void missing(std::int64_t id) {
    const std::vector<Said>& said = table_.rows.at(id);
    report_.finding(at(id) + ": is missing" +
                    (said.empty() ? "" : "; act " + std::to_string(said.front().seq) + " covers it"));
  }
  void uncovered(std::int64_t id, bool not_yet_official) {
    if (not_yet_official) {
      ++not_yet_;
    } else {
      report_.finding(at(id) + ": no act covers it");
    }
  }

  void compare(const store::Row& row, const std::vector<Said>& said) {
    ++report_.result().rows_compared;
    for (const Said& s : said) {
      const store::Value& value = row.values()[2 + s.column];
      const store::Value& salt = row.values()[2 + table_.columns.size() + s.column];
      if (s.as == Said::As::erased) {
        erased(row, s, is_empty(value));
      } else if (s.as == Said::As::sealed) {
        compare_sealed(row, s, value, salt);
      } else if (official_.digest(tagged(value)) != s.digest) {
        const std::string& column = table_.columns[s.column];
        report_.finding(at(row.integer(0)) + ": column " + column + " is " + shown(tagged(value)) + ", act " +
                        std::to_string(s.seq) + " says " +
                        said_by_act(reader_, s.seq, name_, row.integer(0), column));
      }
    }
  }

  void compare_sealed(const store::Row& row, const Said& s, const store::Value& value,
                      const store::Value& salt) {
    const auto* text = std::get_if<std::string>(&value);
    const auto* salt_bytes = std::get_if<store::Bytes>(&salt);
    const std::string seal = text && salt_bytes ? sealed(salt_bytes->data, *text) : "";
    if (official_.digest("s" + seal) != s.digest)
      report_.finding(at(row.integer(0)) + ": column " + table_.columns[s.column] + " is not what act " +
                      std::to_string(s.seq) + " sealed");
  }

  void erased(const store::Row& row, const Said& s, bool is_gone) {
    if (is_gone) {
      ++erased_[s.seq];
    } else {
      report_.finding(at(row.integer(0)) + ": column " + table_.columns[s.column] + " still holds what act " +
                      std::to_string(s.seq) + " erased");
    }
  }

  store::Reader& reader_;
  const OfficialState& official_;
  const std::string& name_;
  const OfficialRows& table_;
  Report& report_;
  std::map<std::int64_t, std::int64_t> erased_;
  std::int64_t not_yet_ = 0;
};

// Tables and their columns as they stand; the catalogues are the one thing the engines name differently.
std::map<std::string, std::set<std::string>> catalogue(store::Reader& reader, std::string_view engine) {
  const std::string sql = engine == "sqlite"
                              ? "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
                                "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite@_%' ESCAPE '@'"
                              : "SELECT CAST(table_name AS text), CAST(column_name AS text) "
                                "FROM information_schema.columns WHERE table_schema = current_schema()";
  std::map<std::string, std::set<std::string>> tables;
  for (const store::Row& row : reader.query_text(sql, {})) tables[row.text(0)].insert(row.text(1));
  return tables;
}

// No migration makes a trigger, a view or a rule: one that stands was put in by hand and can change or hide
// rows after verify has looked.
void find_programs(store::Reader& reader, std::string_view engine, Report& report) {
  const std::string sql =
      engine == "sqlite"
          ? "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY 1, 2"
          : "SELECT 'trigger', CAST(t.tgname AS text), CAST(c.relname AS text) FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND n.nspname = current_schema() "
            "UNION ALL SELECT 'view', CAST(c.relname AS text), CAST(c.relname AS text) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ('v', 'm') AND n.nspname = current_schema() "
            "UNION ALL SELECT 'rule', CAST(r.rulename AS text), CAST(r.tablename AS text) FROM pg_rules r "
            "WHERE r.schemaname = current_schema() ORDER BY 1, 2";
  for (const store::Row& row : reader.query_text(sql, {}))
    report.finding("table " + row.text(2) + ": a " + row.text(0) + " was added to the database, " +
                   row.text(1));
}

}  // namespace

NotYetOfficial::NotYetOfficial(std::string_view table, std::string_view condition) {
  registered().push_back({table, condition});
}
const std::vector<NotYetOfficialRows>& not_yet_official_rows() { return registered(); }
OfficialTable::OfficialTable(std::string_view table, std::string_view key) { declared().emplace(table, key); }
const std::map<std::string, std::string>& official_tables() { return declared(); }

void compare_rows(store::Reader& reader, std::string_view engine, const OfficialState& official,
                  Report& report) {
  static const std::set<std::string> of_the_chain{"act", "act_key", "act_row", "chain_head", "daily_head"};
  auto stand = catalogue(reader, engine);
  find_programs(reader, engine, report);
  for (const auto& [name, table] : official.tables()) {
    auto at = stand.find(name);
    if (at == stand.end()) {
      report.finding("table " + name + ": acts speak of it, but it does not stand");
    } else {
      TableComparison(reader, official, name, table, report).run(at->second);
    }
  }
  for (const auto& [name, key] : official_tables()) {
    auto at = stand.find(name);
    if (official.tables().contains(name) || at == stand.end()) continue;
    const OfficialRows no_act_yet{key, {}, {}, {}};
    TableComparison(reader, official, name, no_act_yet, report).run(at->second);
  }
  for (const auto& [name, columns] : stand)
    if (!of_the_chain.contains(name) && !official.tables().contains(name) &&
        !official_tables().contains(name))
      report.not_covered("table " + name);
}

}  // namespace danchu::acts
