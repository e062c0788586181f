// The pages that explain danchu itself: what it is, how personal data are handled, how to get help.
#pragma once
#include "web/web.h"

namespace danchu::site {

void routes(web::Router& router);

}  // namespace danchu::site
