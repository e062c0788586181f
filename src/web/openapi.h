// OpenAPI 3.1 of all routes, derived from what they say of themselves and from their records.
#pragma once
#include <string>

#include "web/router.h"
#include "web/web.h"

namespace danchu::web {

std::string openapi_json(const RouteTable& routes, const Site& site, bool secure);

}  // namespace danchu::web
