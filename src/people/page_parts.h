// What this room's pages share.
#pragma once
#include <string>
#include <vector>

#include "people/household_register.h"
#include "people/sign_in.h"
#include "web/parts.h"
#include "web/web.h"

namespace danchu::people {

Device device_of(const web::Request& q);

// A village with its commune, and what this viewer may do there.
struct VillageAt {
  Unit village, commune;
  std::string name, commune_name;
  bool may_keep = false;
};
// Problems: there is no such village, or the viewer may not read its register.
Result<VillageAt> village_at(web::Request& q);

std::vector<web::Crumb> crumbs_of(const web::Request& q, const VillageAt& at, bool to_register);
std::string register_path(Id<Unit> village);
std::string officers_path(Id<Unit> unit);
std::string list_path(const HouseholdList& list);

// "12. Lò Văn Thoa (vợ Quàng Thị Lả), house 12b": how a household is told from others (practice P41).
std::string household_label(const web::Request& q, std::int64_t number, const std::string& house,
                            const std::string& head, const std::string& beside);

// Notes that this viewer looked at names of the village, and how (practice P115): "register",
// "register-change", "list", "list-correct", "export" (a file with the register), of other rooms "picture"
// and what their pages are called. By whoever builds the page or file, so that a form that is shown again is
// noted too; a write of its own.
void note_access(web::Request& q, Id<Unit> village, std::string_view what);

}  // namespace danchu::people
