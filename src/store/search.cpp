#include "store/search.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "base/text.h"
#include "store/search_words.h"

namespace danchu::store {
namespace {

constexpr std::size_t longest_body = 20'000;    // bytes
constexpr std::size_t longest_term = 100;       // bytes
constexpr std::size_t newest_considered = 200;  // of each of the three ways to match

const Statement remove_entry{"DELETE FROM search_text WHERE kind = $1 AND id = $2"};
const Statement add_entry{
    "INSERT INTO search_text(doc, kind, id, title, body, folded, marked, terms, changed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (doc) DO NOTHING"};
// SQLite's index does not follow its table by itself, and trusted_schema is off, so that a trigger may not
// write it.
const Statement remove_from_index{
    "INSERT INTO search_index(search_index, rowid, terms) "
    "SELECT 'delete', doc, terms FROM search_text WHERE kind = $1 AND id = $2",
    "sqlite"};
const Statement add_to_index{"INSERT INTO search_index(rowid, terms) VALUES ($1, $2)", "sqlite"};
const Statement full_entry{"SELECT kind, id, title, body, changed FROM search_text WHERE doc = $1"};

const Statement newest_sqlite{
    "SELECT doc, title, folded, marked FROM search_text WHERE doc IN "
    "(SELECT rowid FROM search_index WHERE search_index MATCH $1 ORDER BY rowid DESC LIMIT $2)",
    "sqlite"};
const Statement newest_postgresql{
    "SELECT doc, title, folded, marked FROM search_text WHERE words @@ CAST($1 AS tsquery) ORDER BY doc DESC "
    "LIMIT "
    "$2",
    "postgresql"};

// The time of change in milliseconds, then 20 bits that tell texts of one millisecond apart.
std::int64_t first_doc(const SearchEntry& entry) {
  auto spread = std::hash<std::string>()(entry.kind + '/' + std::to_string(entry.id)) & 0xfffff;
  return std::max<std::int64_t>(entry.changed.us / 1000, 0) << 20 | static_cast<std::int64_t>(spread);
}

std::string unit_term(std::int64_t unit) { return "=" + fold(id_to_text(unit)); }

void add_words(std::set<std::string>& terms, std::string_view words, std::string_view before = "") {
  for (std::string_view word : split_words(words))
    if (word.size() <= longest_term) terms.insert(std::string(before) + std::string(word));
}

std::string terms_of(const SearchEntry& entry, const std::string& body) {
  std::set<std::string> terms;
  add_words(terms, fold(entry.title));
  add_words(terms, fold(body));
  add_words(terms, fold_keeping_marks(entry.title));
  add_words(terms, fold_keeping_marks(body));
  add_words(terms, fold(entry.title), "^");
  add_words(terms, fold(entry.kind), "=");
  for (std::int64_t unit : entry.units) terms.insert(unit_term(unit));
  std::string joined;
  for (const std::string& term : terms) joined += (joined.empty() ? "" : " ") + term;
  return joined;
}

// ---- asking ----

struct Term {
  std::string word;
  bool prefix;
};

std::vector<Term> filter_terms(const SearchFilter& filter) {
  std::vector<Term> terms;
  if (!filter.kind.empty()) terms.push_back({"=" + fold(filter.kind), false});
  if (filter.unit > 0) terms.push_back({unit_term(filter.unit), false});
  return terms;
}

// Words come from fold(): letters and digits only, so that quoting cannot be left.
std::string match_of(const std::vector<Term>& terms, bool sqlite) {
  std::string match;
  for (const Term& term : terms) {
    if (!match.empty()) match += sqlite ? " AND " : " & ";
    match += sqlite ? '"' + term.word + '"' + (term.prefix ? " *" : "")
                    : '\'' + term.word + '\'' + (term.prefix ? ":*" : "");
  }
  return match;
}

struct Candidate {
  std::int64_t doc;
  int exact = 0;  // query words found with the very marks that were typed
  int relevance = 0;
};

bool has_phrase(const std::vector<std::string_view>& text, const std::vector<QueryWord>& words) {
  for (std::size_t at = 0; at + words.size() <= text.size(); ++at) {
    std::size_t same = 0;
    while (same < words.size() && words[same].matches(text[at + same])) ++same;
    if (same == words.size()) return true;
  }
  return false;
}

Candidate judge(const Row& row, const std::vector<QueryWord>& words) {
  Candidate candidate{row.integer(0)};
  std::string title = fold(row.text(1));
  auto in_title = split_words(title), in_text = split_words(row.text(2)), marked = split_words(row.text(3));
  for (const QueryWord& word : words) {
    auto matches = [&](std::string_view w) { return word.matches(w); };
    auto same_marks = [&](std::string_view w) {
      return word.prefix ? w.starts_with(word.marked) : w == word.marked;
    };
    if (word.has_marks() && std::ranges::any_of(marked, same_marks)) ++candidate.exact;
    if (std::ranges::any_of(in_title, matches)) candidate.relevance += 10;
    candidate.relevance +=
        static_cast<int>(std::min<std::ptrdiff_t>(std::ranges::count_if(in_text, matches), 3));
  }
  if (words.size() > 1 && has_phrase(in_title, words)) candidate.relevance += 20;
  if (words.size() > 1 && has_phrase(in_text, words)) candidate.relevance += 10;
  return candidate;
}

class Search {
 public:
  Search(Reader& reader, std::vector<QueryWord> words, const SearchFilter& filter)
      : reader_(reader),
        words_(std::move(words)),
        filter_(filter_terms(filter)),
        sqlite_(reader.engine() == "sqlite") {}

  // What is considered: the newest that match, the newest that match in the title, the newest that match in
  // every mark.
  std::vector<Candidate> candidates() {
    collect([](const QueryWord& word) { return word.folded; });
    collect([](const QueryWord& word) { return "^" + word.folded; });
    if (std::ranges::any_of(words_, &QueryWord::has_marks))
      collect([](const QueryWord& word) { return word.marked; });
    return std::move(candidates_);
  }

 private:
  // A last word that may be unfinished is first taken as whole: where that finds enough, nobody meant
  // another.
  template <class TermOf>
  void collect(TermOf term_of) {
    const bool unfinished = words_.back().prefix;
    if (unfinished && collect(term_of, false) >= newest_considered) return;
    collect(term_of, unfinished);
  }

  template <class TermOf>
  std::size_t collect(TermOf term_of, bool unfinished) {
    std::vector<Term> terms = filter_;
    for (const QueryWord& word : words_) terms.push_back({term_of(word), word.prefix && unfinished});
    const Statement& statement = sqlite_ ? newest_sqlite : newest_postgresql;
    std::vector<Value> parameters = {match_of(terms, sqlite_), std::int64_t{newest_considered}};
    // PostgreSQL plans each search anew: a common word wants the newest-first order, a rare one the word
    // index.
    Rows rows = sqlite_ ? reader_.query_values(statement, parameters)
                        : reader_.query_text(std::string(statement.sql()), parameters);
    for (const Row& row : rows)
      if (seen_.insert(row.integer(0)).second) candidates_.push_back(judge(row, words_));
    return rows.size();
  }

  Reader& reader_;
  std::vector<QueryWord> words_;
  std::vector<Term> filter_;
  bool sqlite_;
  std::set<std::int64_t> seen_;
  std::vector<Candidate> candidates_;
};

bool better(const Candidate& a, const Candidate& b) {
  return std::tuple(a.exact, a.relevance, a.doc) > std::tuple(b.exact, b.relevance, b.doc);
}

}  // namespace

void index(Writer& writer, const SearchEntry& entry) {
  assert(entry.id > 0 && fold(entry.kind) == entry.kind);
  unindex(writer, entry.kind, entry.id);
  std::string body = utf8_prefix(entry.body, longest_body), terms = terms_of(entry, body);
  std::string whole = entry.title + ' ' + body, folded = fold(whole), marked = fold_keeping_marks(whole);
  std::int64_t doc = first_doc(entry);
  auto add = [&] {
    return writer.run(add_entry, doc, entry.kind, entry.id, entry.title, body, folded, marked, terms,
                      entry.changed);
  };
  while (add() == 0) ++doc;
  if (writer.engine() == "sqlite") writer.run(add_to_index, doc, terms);
}

void unindex(Writer& writer, const std::string& kind, std::int64_t id) {
  if (writer.engine() == "sqlite") writer.run(remove_from_index, kind, id);
  writer.run(remove_entry, kind, id);
}

std::vector<SearchHit> search(Reader& reader, const std::string& typed, const SearchFilter& filter,
                              int limit) {
  auto words = query_words(typed);
  if (words.empty() || limit <= 0) return {};
  auto candidates = Search(reader, words, filter).candidates();
  std::ranges::sort(candidates, better);
  if (candidates.size() > static_cast<std::size_t>(limit)) candidates.resize(static_cast<std::size_t>(limit));
  std::vector<SearchHit> hits;
  for (const Candidate& candidate : candidates)
    if (auto row = reader.first(full_entry, candidate.doc))
      hits.push_back({row->text(0), row->integer(1), row->text(2), row->text(3), row->instant(4)});
  return hits;
}

}  // namespace danchu::store
