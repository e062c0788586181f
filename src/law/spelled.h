// A citation as people read an article aloud.
#pragma once
#include <string>
#include <string_view>

namespace danchu::law {

// "Đ.19.1b Luật 10/2022/QH15" -> "Điều 19 khoản 1 điểm b Luật 10/2022/QH15". What is no short article stays.
std::string spelled_out(std::string_view citation);

}  // namespace danchu::law
