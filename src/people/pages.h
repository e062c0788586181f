// Signing in, one's own account, officers, household registers and lists on the web.
#pragma once
#include "web/web.h"

namespace danchu::people {

void routes(web::Router& router);

// The parts of it, each in its own file.
void account_routes(web::Router& router);
void pin_routes(web::Router& router);
void officer_routes(web::Router& router);
void register_routes(web::Router& router);
void register_change_routes(web::Router& router);
void list_routes(web::Router& router);
void contact_routes(web::Router& router);
void sign_in_log_routes(web::Router& router);
void village_routes(web::Router& router);
void import_routes(web::Router& router);

}  // namespace danchu::people
