#include "people/demo_names.h"

#include <array>
#include <string_view>

namespace danchu::people {
namespace {

constexpr std::array<std::string_view, 12> families = {"Lò Văn",    "Quàng Văn", "Cà Văn",  "Lường Văn",
                                                       "Tòng Văn",  "Giàng A",   "Vàng A",  "Mùa A",
                                                       "Hoàng Văn", "Đinh Văn",  "Bạc Cầm", "Nguyễn Văn"};
constexpr std::array<std::string_view, 8> wives = {"Lò Thị",   "Quàng Thị", "Cà Thị",   "Lường Thị",
                                                   "Vàng Thị", "Hà Thị",    "Đinh Thị", "Tòng Thị"};
constexpr std::array<std::string_view, 17> given = {"Thoa", "Chua", "Dơ",   "Pâng", "Xôm",    "Hặc",
                                                    "Inh",  "Panh", "Súa",  "Chớ",  "Phương", "Đôi",
                                                    "Ơn",   "Hịa",  "Liên", "Muôn", "Tiên"};

// Scatters neighbouring numbers, so that a village is no list in alphabetical order.
std::uint64_t scatter(std::int64_t number) {
  auto x = static_cast<std::uint64_t>(number) + 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace

std::string invented_name(std::int64_t number) {
  std::uint64_t x = scatter(number);
  return std::string(families[x % families.size()]) + " " + std::string(given[x / 64 % given.size()]);
}

std::string invented_spouse(std::int64_t number) {
  std::uint64_t x = scatter(-number - 1);
  return "vợ " + std::string(wives[x % wives.size()]) + " " + std::string(given[x / 64 % given.size()]) +
         " (minh họa)";
}

}  // namespace danchu::people
