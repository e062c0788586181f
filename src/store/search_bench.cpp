// How fast search is in many texts: makes them in a fresh store in DIR, asks, and prints one line of JSON
// with the slowest question. Used by bench/run.   danchu_search_bench DIR TEXTS
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <random>

#include "store/search.h"

namespace danchu::store {
namespace {

// Syllables of matters as villages write them, the commonest first.
constexpr std::array<std::string_view, 96> syllables = {
    "bản",   "xã",     "hộ",    "đường", "nhà",  "việc",  "dân",  "làm",  "nước",  "tiền",   "thôn",   "họp",
    "văn",   "hóa",    "đất",   "công",  "góp",  "quỹ",   "sửa",  "xây",  "cầu",   "trường", "mương",  "điện",
    "chung", "đồng",   "ruộng", "rừng",  "khu",  "mới",   "nội",  "bê",   "tông",  "kênh",   "thủy",   "lợi",
    "Mường", "Chiềng", "Nà",    "Lò",    "Thị",  "Giàng", "Thào", "Vàng", "Hua",   "Pá",     "Phiêng", "Tà",
    "suối",  "núi",    "chợ",   "y",     "tế",   "giếng", "rác",  "thải", "vệ",    "sinh",   "an",     "ninh",
    "trật",  "tự",     "tổ",    "tự",    "quản", "phí",   "mức",  "đóng", "ngày",  "lao",    "động",   "hội",
    "đoàn",  "phụ",    "nữ",    "nông",  "thôn", "thanh", "niên", "cựu",  "chiến", "binh",   "trồng",  "cây",
    "ngô",   "lúa",    "cà",    "phê",   "mận",  "xoài",  "trâu", "bò",   "lợn",   "gà",     "cá",     "ao"};

class Texts {
 public:
  // Nearly as words are spread in a language: the n-th is used 1/n as often as the first.
  std::string of(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) {
      const double at = std::pow(static_cast<double>(syllables.size()), uniform_(random_)) - 1;
      if (i) text += ' ';
      text += syllables[std::min(static_cast<std::size_t>(at), syllables.size() - 1)];
    }
    return text;
  }

 private:
  std::minstd_rand random_{20240417};
  std::uniform_real_distribution<double> uniform_{0, 1};
};

void fill(Database& db, std::int64_t count) {
  constexpr std::int64_t a_write = 5'000;
  Texts texts;
  for (std::int64_t from = 1; from <= count; from += a_write) {
    std::vector<SearchEntry> entries;
    for (std::int64_t id = from; id < std::min(from + a_write, count + 1); ++id)
      entries.push_back({"motion",
                         id,
                         {id % 2200 + 1},
                         texts.of(6),
                         texts.of(30),
                         Instant{1'700'000'000'000'000 + id * 1'000'000}});
    (void)db.write([&](Writer& w) -> Result<Done> {
      for (const SearchEntry& entry : entries) index(w, entry);
      return Done{};
    });
  }
}

struct Slowest {
  std::string words;
  double p50 = 0, p99 = 0;
  std::size_t hits = 0;
};

Slowest ask(Database& db) {
  using Clock = std::chrono::steady_clock;
  constexpr int times = 200;
  Slowest slowest;
  for (const char* words :
       {"bản", "duong", "đường nội bản", "xa ho duong nha", "Mường", "chieng pa", "gà ao cá", "b"}) {
    std::vector<double> took;
    std::size_t hits = 0;
    for (int i = 0; i < times; ++i) {
      const auto before = Clock::now();
      hits = db.read([&](Reader& r) { return search(r, words, {"motion", 0}, 20); }).size();
      took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
    }
    std::sort(took.begin(), took.end());
    if (const double p99 = took[times * 99 / 100]; p99 > slowest.p99)
      slowest = {words, took[times / 2], p99, hits};
  }
  return slowest;
}

int run(const std::string& directory, std::int64_t count) {
  Options options;
  options.location = directory;
  auto db = open(options);
  db->migrate();
  fill(*db, count);
  const Slowest slowest = ask(*db);
  std::cout << fmt::format("{{\"texts\":{},\"words\":\"{}\",\"hits\":{},\"p50\":{:.2f},\"p99\":{:.2f}}}\n",
                           count, slowest.words, slowest.hits, slowest.p50, slowest.p99);
  return 0;
}

}  // namespace
}  // namespace danchu::store

int main(int count, char** arguments) {
  if (count != 3) return std::cerr << "danchu_search_bench DIR TEXTS\n", 2;
  return danchu::store::run(arguments[1], std::stoll(arguments[2]));
}
