// Words of a query and of a text, and showing where they meet.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace danchu::store {

struct QueryWord {
  std::string folded;   // "duong"
  std::string marked;   // "đường"; the same as folded when it was typed without marks
  bool prefix = false;  // the last word, of two letters or more, may be unfinished
  bool has_marks() const { return folded != marked; }
  bool matches(std::string_view folded_word) const {
    return prefix ? folded_word.starts_with(folded) : folded_word == folded;
  }
};
std::vector<QueryWord> query_words(std::string_view typed);

// Words separated by single spaces, as fold() makes them.
std::vector<std::string_view> split_words(std::string_view folded);

// The first bytes of a text, cut where a character begins.
std::string utf8_prefix(std::string_view text, std::size_t bytes);

// A text cut into parts that are hits and parts that are not; together they are the text.
struct Segment {
  std::string text;
  bool hit = false;
  bool operator==(const Segment&) const = default;
};
std::vector<Segment> mark_hits(std::string_view text, std::string_view typed);

// At most `characters` of the text around its first hit, with "…" where it was cut, at word boundaries.
std::string excerpt(std::string_view text, std::string_view typed, std::size_t characters);

}  // namespace danchu::store
