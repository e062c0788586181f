// The pages of assemblies: home, communes, villages, matters, meetings, search, desks, and a form for each
// verb.
#pragma once
#include "web/web.h"

namespace danchu::assembly {

void routes(web::Router& router);

}  // namespace danchu::assembly
