#include "people/page_parts.h"

namespace danchu::people {
namespace {

struct AccessRow;  // tag for Id

const store::Statement put_access{
    "INSERT INTO access_log(id, at, account, village, what) VALUES ($1, $2, $3, $4, $5)"};

}  // namespace

Device device_of(const web::Request& q) { return {q.client_address(), q.user_agent(), q.session_token()}; }

Result<VillageAt> village_at(web::Request& q) {
  Id<Unit> id = q.id<Unit>("village");
  return q.site().db.read([&](store::Reader& r) -> Result<VillageAt> {
    auto village = unit(r, id);
    auto commune = commune_of(r, id);
    if (!village || !commune || commune->id == id)
      return problem(Fault::missing, N_("There is no such village"));
    if (!may_read_register(q.viewer(), id, commune->id))
      return problem(Fault::denied,
                     N_("The household register is only for the village's own households and officers"));
    return VillageAt{*village, *commune, full_name(*village), full_name(*commune),
                     may_keep_register(q.viewer(), id, commune->id)};
  });
}

std::string register_path(Id<Unit> village) { return "/thon/" + village.text() + "/ho"; }
std::string officers_path(Id<Unit> unit) { return "/can-bo/" + unit.text(); }
std::string list_path(const HouseholdList& list) {
  return "/thon/" + list.village.text() + "/danh-sach/" + list.id.text();
}

std::vector<web::Crumb> crumbs_of(const web::Request& q, const VillageAt& at, bool to_register) {
  std::vector<web::Crumb> crumbs = {{at.commune_name, {"/xa/" + at.commune.code}},
                                    {at.name, {"/thon/" + at.village.id.text()}}};
  if (to_register) crumbs.push_back({q.tr(N_("Household register")), {register_path(at.village.id)}});
  return crumbs;
}

std::string household_label(const web::Request& q, std::int64_t number, const std::string& house,
                            const std::string& head, const std::string& beside) {
  std::string label = std::to_string(number) + ". " + head;
  if (!beside.empty()) label += " (" + beside + ")";
  if (!house.empty()) label += ", " + q.tr(N_("house {house}"), {{"house", house}});
  return label;
}

void note_access(web::Request& q, Id<Unit> village, std::string_view what) {
  // That a page was looked at is not what was submitted: a form that was refused may come again.
  store::AlsoInWrites nothing([](store::Writer&) {});
  (void)q.site().db.write([&](store::Writer& w) -> Result<Done> {
    w.run(put_access, w.new_id<AccessRow>(), w.now(), q.viewer().account, village, what);
    return Done{};
  });
}

}  // namespace danchu::people
