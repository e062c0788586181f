// The rows of a list people import, by what their columns are called.
#pragma once
#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "people/imports.h"

namespace danchu::people {

// A column's field and a heading it goes by ("số thứ tự"), read with and without tone marks.
struct Heading {
  std::string_view field, written;
};
// How lists head the columns that say where a row belongs.
inline constexpr std::string_view commune_words[] = {"xã",    "phường", "xã, phường",
                                                     "mã xã", "tên xã", "commune"};
inline constexpr std::string_view village_words[] = {
    "bản",      "thôn",       "thôn, bản",  "tên bản", "tên thôn", "bản, tiểu khu, tổ dân phố",
    "tiểu khu", "tổ dân phố", "khu dân cư", "village"};

template <std::size_t N>
constexpr std::array<Heading, N> headings_of(std::string_view field, const std::string_view (&words)[N]) {
  std::array<Heading, N> headings;
  for (std::size_t i = 0; i < N; ++i) headings[i] = {field, words[i]};
  return headings;
}
template <std::size_t... N>
constexpr auto joined(const std::array<Heading, N>&... parts) {
  std::array<Heading, (N + ...)> all;
  std::size_t at = 0;
  ((std::copy(parts.begin(), parts.end(), all.begin() + static_cast<std::ptrdiff_t>(at)), at += N), ...);
  return all;
}

class Sheet;
// One row below the headings; valid while it is handed over.
class SheetRow {
 public:
  SheetRow(const Sheet& sheet, const TableRow& row) : sheet_(sheet), row_(row) {}
  std::int64_t line() const { return row_.line; }
  // The trimmed cell; empty when there is no such column.
  std::string_view cell(std::string_view field) const;
  // The cell, or what the merged block says it lies in: for a village written once beside all its households.
  std::string_view cell_or_block(std::string_view field) const;

 private:
  const Sheet& sheet_;
  const TableRow& row_;
};

class Sheet {
 public:
  // `required`: the row that holds these fields' headings is the heading; it stands among the first ten.
  Sheet(std::span<const Heading> headings, std::vector<std::string_view> required)
      : headings_(headings), required_(std::move(required)) {}

  // Problems: the file's own, or there is no row of headings.
  Result<Done> read(const Table& table, Lettering lettering, const std::function<void(const SheetRow&)>& row);
  bool has(std::string_view field) const { return column_of(field) >= 0; }
  // The heading as the file writes it.
  std::string heading(std::string_view field) const;

 private:
  friend class SheetRow;
  bool is_heading(const TableRow& row);
  int column_of(std::string_view field) const;

  std::span<const Heading> headings_;
  std::vector<std::string_view> required_;
  std::vector<std::string_view> columns_;  // field by column, empty: not read
  std::vector<std::string> names_;
};

// Letters of an old font that were read as Unicode: foreign letters and signs.
bool from_an_old_font(std::string_view cell);

// Collects what is wrong, each mistake with its row, and how many rows that are.
class Mistakes {
 public:
  void add(std::int64_t line, std::string column, std::string_view value, std::string_view message,
           Args args = {});
  std::int64_t rows() const { return rows_; }
  std::int64_t total() const { return total_; }
  // In the order of lines; the first `most_errors` that were found.
  std::vector<ImportError> take();

 private:
  std::vector<ImportError> errors_;
  std::int64_t total_ = 0, rows_ = 0;
  std::vector<bool> lines_;
};

// Reads a cell into a described field; what is wrong with it becomes a mistake. `answers`: what a cell of a
// few answers may hold, said instead of the field's own complaint.
bool read_cell(void* record, Fields fields, std::string_view field, std::string_view value,
               const Sheet& sheet, const SheetRow& row, Mistakes& mistakes, std::string_view answers = {});

}  // namespace danchu::people
