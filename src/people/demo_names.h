// Names as they are usual in Sơn La, put together by number: invented people.
#pragma once
#include <cstdint>
#include <string>

namespace danchu::people {

// The same number gives the same person. Many share a name, as in real villages (practice P41).
std::string invented_name(std::int64_t number);
// Who stands beside the name: "vợ Quàng Thị Lả (minh họa)".
std::string invented_spouse(std::int64_t number);

}  // namespace danchu::people
