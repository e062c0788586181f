#include "web/assets.h"
namespace danchu::web { __attribute__((weak)) std::string asset_url(std::string_view n) { return "/tai-san/" + std::string(n); } }
