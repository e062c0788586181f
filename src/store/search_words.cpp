#include "store/search_words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/text.h"

namespace danchu::store {
namespace {

constexpr std::size_t most_words = 8;
constexpr std::size_t longest_word = 40;      // characters
constexpr std::size_t longest_typed = 1'000;  // bytes

bool is_word_character(UChar32 c) { return u_isalnum(c) || u_getCombiningClass(c) != 0; }

// A run of letters and digits, or of everything else; where in the text it ends.
struct Run {
  std::size_t begin, end;
  bool word;
};

std::vector<Run> runs_of(std::string_view text) {
  std::vector<Run> runs;
  auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    int32_t begin = at;
    UChar32 c;
    U8_NEXT(text.data(), at, size, c);
    bool word = c >= 0 && is_word_character(c);
    if (runs.empty() || runs.back().word != word)
      runs.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(at), word});
    else
      runs.back().end = static_cast<std::size_t>(at);
  }
  return runs;
}

std::string first_characters(const std::string& word, std::size_t characters) {
  auto size = static_cast<int32_t>(word.size());
  int32_t at = 0;
  U8_FWD_N(word.data(), at, size, static_cast<int32_t>(characters));
  return word.substr(0, static_cast<std::size_t>(at));
}

bool is_hit(const std::vector<QueryWord>& words, std::string_view written) {
  std::string folded = fold(written);
  return std::ranges::any_of(words, [&](const QueryWord& word) { return word.matches(folded); });
}

}  // namespace

std::string utf8_prefix(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  auto at = static_cast<int32_t>(bytes);
  U8_SET_CP_START(reinterpret_cast<const uint8_t*>(text.data()), 0, at);
  return std::string(text.substr(0, static_cast<std::size_t>(at)));
}

std::vector<std::string_view> split_words(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin < folded.size();) {
    std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) words.push_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::vector<QueryWord> query_words(std::string_view typed) {
  std::string text = utf8_prefix(typed, longest_typed);
  if (!is_clean_utf8(text)) return {};
  std::string marked_words = fold_keeping_marks(text);
  std::vector<QueryWord> words;
  for (std::string_view written : split_words(marked_words)) {
    if (words.size() == most_words) break;
    std::string marked = first_characters(std::string(written), longest_word);
    words.push_back({fold(marked), marked, false});
  }
  bool last_is_whole = words.size() == most_words || (!text.empty() && text.back() == ' ');
  if (!words.empty() && !last_is_whole) words.back().prefix = words.back().folded.size() >= 2;
  return words;
}

std::vector<Segment> mark_hits(std::string_view text, std::string_view typed) {
  auto words = query_words(typed);
  std::vector<Segment> segments;
  for (const Run& run : runs_of(text)) {
    std::string_view written = text.substr(run.begin, run.end - run.begin);
    bool hit = run.word && is_hit(words, written);
    if (!segments.empty() && segments.back().hit == hit)
      segments.back().text += written;
    else
      segments.push_back({std::string(written), hit});
  }
  return segments;
}

std::string excerpt(std::string_view text, std::string_view typed, std::size_t characters) {
  auto words = query_words(typed);
  auto runs = runs_of(text);
  auto hit = std::ranges::find_if(runs, [&](const Run& run) {
    return run.word && is_hit(words, text.substr(run.begin, run.end - run.begin));
  });
  // A third of the room goes to what stands before the hit.
  std::size_t begin = hit == runs.end() ? 0 : static_cast<std::size_t>(hit - runs.begin());
  std::size_t room = characters / 3;
  auto length = [&](std::size_t i) {
    return length_in_characters(text.substr(runs[i].begin, runs[i].end - runs[i].begin));
  };
  while (begin > 0 && length(begin - 1) <= room) room -= length(--begin);
  std::size_t end = begin, used = 0;
  while (end < runs.size() && used + length(end) <= characters) used += length(end++);
  if (begin >= end) return {};
  std::string cut(trim(text.substr(runs[begin].begin, runs[end - 1].end - runs[begin].begin)));
  return (begin > 0 ? "…" : "") + cut + (end < runs.size() ? "…" : "");
}

}  // namespace danchu::store
