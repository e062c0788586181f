// Home, a commune, a village, search: where a citizen begins.
#include "assembly/addresses.h"
#include "assembly/page_parts.h"
#include "people/contact.h"
#include "people/household_register.h"
#include "people/units.h"
#include "store/search.h"
#include "web/map.h"

namespace danchu::assembly {
namespace {

// ---- lists of matters -----------------------------------------------------------------------------

// The same for other programs (open_data_pages.cpp).
struct Follow {
  Url calendar, feed, table;
};
DANCHU_RECORD(Follow, calendar, feed, table)

Follow follow(const std::string& unit) {
  return {{unit + "/lich-hop.ics"}, {unit + "/ket-qua.atom"}, {unit + "/ket-qua.csv"}};
}

// Which page of the decided matters is asked for; an ill-formed one is the first.
From from(const Request& q) {
  return {Id<Motion>::from_text(q.query("truoc")), Id<Motion>::from_text(q.query("sau"))};
}

// The lists of a page, and until when they are true by themselves.
template <class Page>
Instant put_lists(const Request& q, Lists lists, Page& page) {
  Instant until = next_midnight(q.now());
  for (const std::vector<Listed>* some : {&lists.open, &lists.coming})
    for (const Listed& line : *some)
      if (line.starts && *line.starts > q.now()) until = std::min(until, *line.starts);
  page.open = lines_of(std::move(lists.open), q.now());
  page.coming = lines_of(std::move(lists.coming), q.now());
  page.decided = lines_of(std::move(lists.decided), q.now());
  page.follow = follow(q.path() == "/" ? "" : std::string(q.path()));
  auto part = [&](const char* name, const std::optional<Id<Motion>>& from) {
    return from ? std::optional(Url{std::string(q.path()) + "?" + name + "=" + from->text() + "#decided"})
                : std::nullopt;
  };
  if (lists.older || lists.newer)
    page.paging = web::Paging{part("sau", lists.newer), part("truoc", lists.older)};
  return until;
}

struct UnitLink {
  std::string name;
  Url url;
};
DANCHU_RECORD(UnitLink, name, url)

Date today(const Request& q) { return local_date(q.now()); }

// ---- home -----------------------------------------------------------------------------------------

struct HomePage {
  std::string province;
  std::int64_t communes = 0;
  SafeHtml map;
  std::vector<MotionLine> open, coming, decided;
  std::optional<web::Paging> paging;
  Follow follow;
  std::vector<UnitLink> units;
};
DANCHU_RECORD(HomePage, province, communes, map, open, coming, decided, paging, follow, units)

std::string note_of(const Request& q, const Activity& a) {
  if (a.open + a.coming + a.decided == 0) return "";
  return q.tr(N_("open {open}, coming {coming}, decided {decided}"),
              {{"open", std::to_string(a.open)},
               {"coming", std::to_string(a.coming)},
               {"decided", std::to_string(a.decided)}});
}

SafeHtml map_of(const Request& q, const std::vector<people::Unit>& communes,
                const std::vector<Activity>& all) {
  std::vector<web::MapUnit> shown;
  for (const people::Unit& c : communes) {
    if (!c.latitude_e4 || !c.longitude_e4) continue;
    auto found = std::find_if(all.begin(), all.end(), [&](const Activity& a) { return a.commune == c.id; });
    const Activity here = found == all.end() ? Activity{c.id, 0, 0, 0} : *found;
    const web::MapState state = here.open > 0      ? web::MapState::open
                                : here.coming > 0  ? web::MapState::coming
                                : here.decided > 0 ? web::MapState::decided
                                                   : web::MapState::none;
    shown.push_back({c.name, *c.latitude_e4, *c.longitude_e4, c.population.value_or(0),
                     q.href(address_of_commune(c).value), state, note_of(q, here)});
  }
  return web::unit_map(shown, q.tr(N_("Map of the communes and wards")));
}

Reply show_home(Request& q) {
  Instant until;
  HomePage page = q.site().db.read([&](store::Reader& r) {
    HomePage p;
    if (auto province = people::province(r, today(q))) p.province = people::full_name(*province);
    std::vector<people::Unit> communes = people::all_units(r, "commune", today(q));
    p.communes = static_cast<std::int64_t>(communes.size());
    p.map = map_of(q, communes, activity(r));
    until = put_lists(q, lists_of_all(r, from(q)), p);
    for (const people::Unit& c : communes) p.units.push_back({people::full_name(c), address_of_commune(c)});
    return p;
  });
  q.describe(
      {.title = q.tr(N_("People know, discuss, decide")),
       .description = q.tr(N_("What the villages of the province are deciding, and what they have decided.")),
       .feed = page.follow.feed.value});
  return until_then(q.show("assembly/home", page), until);
}

// ---- commune --------------------------------------------------------------------------------------

struct CommunePage {
  std::string name, code;
  std::vector<web::Crumb> crumbs;
  std::optional<std::int64_t> population, area_km2;
  std::vector<std::string> made_of;  // names of the units it was made of
  std::optional<Date> since;
  bool ceased = false;  // an old unit: `today` says where its area lies now
  std::vector<UnitLink> today;
  bool has_villages = false;  // a commune in force, even when none is entered yet
  std::vector<UnitLink> villages;
  std::vector<UnitLink> communes;  // of the province
  bool has_matters = false;
  std::vector<MotionLine> open, coming, decided;
  std::optional<web::Paging> paging;
  Follow follow;
  std::string support_phone;  // the commune's
};
DANCHU_RECORD(CommunePage, name, code, crumbs, population, area_km2, made_of, since, ceased, today,
              has_villages, villages, communes, has_matters, open, coming, decided, paging, follow,
              support_phone)

std::vector<UnitLink> links_to(const std::vector<people::Unit>& communes) {
  std::vector<UnitLink> links;
  for (const people::Unit& c : communes) links.push_back({people::full_name(c), address_of_commune(c)});
  return links;
}

CommunePage commune_page(Request& q, store::Reader& r, const people::Unit& commune, Instant& until) {
  CommunePage page;
  page.name = people::full_name(commune);
  page.code = commune.code;
  page.population = commune.population;
  if (commune.area_ha) page.area_km2 = (*commune.area_ha + 50) / 100;
  page.since = commune.valid_from;
  page.support_phone = people::support_phone(r, commune.id);
  page.ceased = commune.valid_to && *commune.valid_to <= today(q);
  for (const people::Unit& old : people::predecessors(r, commune.id))
    page.made_of.push_back(people::full_name(old));
  if (page.ceased) page.today = links_to(people::units_today(r, commune, today(q)));
  const bool province = people::unit_kind(commune.kind).level == "province";
  page.has_villages = !page.ceased && people::unit_kind(commune.kind).level == "commune";
  page.has_matters = page.has_villages || province;
  if (province) page.communes = links_to(people::all_units(r, "commune", today(q)));
  if (page.has_villages)
    for (const people::Unit& village : people::children(r, commune.id, today(q)))
      page.villages.push_back({people::full_name(village), address_of_village(village.id)});
  until = put_lists(q, province ? lists_of_all(r, from(q)) : lists_of_commune(r, commune.id, from(q)), page);
  return page;
}

// For good, in the language and form that were asked for.
Reply moved_to(const Request& q, const Url& address) {
  Reply reply;
  reply.status = 308;
  reply.content_type = "";
  reply.headers.emplace_back("Location", q.href(address.value) + (q.wants_json() ? ".json" : ""));
  return reply;
}

// A code means today's unit; a code that only an old unit had leads to the unit of today, or names them all.
Reply show_commune(Request& q) {
  const std::string code = q.param("code");
  return q.site().db.read([&](store::Reader& r) -> Reply {
    auto now = people::unit_by_code(r, code, today(q));
    if (!now) now = people::last_unit_with_code(r, code);
    if (!now) return q.refuse(problem(Fault::missing, N_("There is no commune or ward with this code")));
    Instant until;
    CommunePage page = commune_page(q, r, *now, until);
    if (page.ceased && page.today.size() == 1) return moved_to(q, page.today.front().url);
    q.describe({.title = page.name, .feed = page.has_matters ? page.follow.feed.value : ""});
    return until_then(q.show("assembly/commune", page), until);
  });
}

// ---- village --------------------------------------------------------------------------------------

struct VillagePage {
  std::string name, commune;
  std::vector<web::Crumb> crumbs;
  std::int64_t households = 0;
  std::vector<MotionLine> open, coming, decided;
  std::optional<web::Paging> paging;
  Follow follow;
  std::vector<Action> actions;
  std::string support_phone;  // the commune's
};
DANCHU_RECORD(VillagePage, name, commune, crumbs, households, open, coming, decided, paging, follow, actions,
              support_phone)

Reply show_village(Request& q) {
  Instant until;
  auto page = q.site().db.read([&](store::Reader& r) -> Result<VillagePage> {
    auto village = people::unit(r, q.id<people::Unit>("village"));
    if (!village || people::unit_kind(village->kind).level != "village")
      return problem(Fault::missing, N_("There is no such village"));
    VillagePage p;
    p.name = people::full_name(*village);
    auto commune = village->parent ? people::commune_of(r, village->parent) : std::nullopt;
    if (commune) {
      p.commune = people::full_name(*commune);
      p.crumbs.push_back({p.commune, address_of_commune(*commune)});
    }
    p.households = people::register_total(r, village->id);
    until = put_lists(q, lists_of_village(r, village->id, from(q)), p);
    const Where here{village->id, commune ? commune->id : Id<people::Unit>{}};
    p.support_phone = people::support_phone(r, here.commune);
    if (may(q.viewer(), Verb::propose, here))
      p.actions.push_back({q.tr(N_("Propose a matter")), address_of_village(village->id, "viec/mau"), true});
    if (may(q.viewer(), Verb::call_meeting, here))
      p.actions.push_back({q.tr(N_("Call a meeting")), address_of_village(village->id, "hop/moi"), false});
    if (commune && people::may_read_register(q.viewer(), village->id, commune->id))
      p.actions.push_back({q.tr(N_("Households")), address_of_village(village->id, "ho"), false});
    return p;
  });
  if (!page) return q.refuse(page.problems());
  q.describe({.title = page->name + ", " + page->commune, .feed = page->follow.feed.value});
  return until_then(q.show("assembly/village", *page), until);
}

// ---- search ---------------------------------------------------------------------------------------

struct SearchForm {
  std::optional<Line<100>> q;
  static constexpr About about[] = {
      {"q", N_("Commune, village or matter"), N_("With or without tone marks; old names too")}};
};
DANCHU_RECORD(SearchForm, q)

struct UnitFound {
  std::string name;
  Url url;
  std::vector<UnitLink> today;
};
DANCHU_RECORD(UnitFound, name, url, today)

struct SearchPage {
  SearchForm form;
  bool asked = false, nothing = false;
  std::vector<UnitFound> units;
  std::vector<MotionLine> matters;
};
DANCHU_RECORD(SearchPage, form, asked, nothing, units, matters)

Url address_of_unit(const people::Unit& unit) {
  return people::unit_kind(unit.kind).level == "village" ? address_of_village(unit.id)
                                                         : address_of_commune(unit);
}

void find(store::Reader& r, const std::string& words, Instant now, SearchPage& page) {
  const Date on = local_date(now);
  constexpr int most = 20;
  for (const people::UnitHit& hit : people::search_units(r, words, on, most)) {
    UnitFound found{people::full_name(hit.unit), address_of_unit(hit.unit), {}};
    for (const people::Unit& now : hit.today)
      found.today.push_back({people::full_name(now), address_of_unit(now)});
    page.units.push_back(std::move(found));
  }
  std::vector<Id<Motion>> matters;
  for (const store::SearchHit& hit : store::search(r, words, {"motion", 0}, most))
    matters.push_back(Id<Motion>{hit.id});
  page.matters = lines_of(listed(r, matters), now);
  page.nothing = page.units.empty() && page.matters.empty();
}

Reply show_search(Request& q) {
  auto form = q.read_query<SearchForm>();
  if (!form) return q.show_again("assembly/search", SearchPage{}, form.problems());
  SearchPage page;
  page.form = *form;
  page.asked = form->q && !form->q->value.empty();
  if (page.asked) q.site().db.read([&](store::Reader& r) { find(r, form->q->value, q.now(), page); });
  return q.show("assembly/search", page);
}

}  // namespace

void unit_routes(web::Router& router) {
  const std::string units(people::all_units_topic);
  router.get("/", show_home,
             web::about(N_("Home"))
                 .query({"sau", "truoc"})
                 .cached([=](Request&) {
                   return web::Topics{std::string(all_matters_topic), units};
                 })
                 .answers<HomePage>());
  router.get("/xa/{code}", show_commune,
             web::about(N_("A commune or ward"))
                 .query({"sau", "truoc"})
                 .cached([=](Request& q) {
                   web::Topics topics{commune_topic(q.param("code")), units};
                   auto top =
                       q.site().db.read([&](store::Reader& r) { return people::province(r, today(q)); });
                   if (top && top->code == q.param("code")) topics.emplace_back(all_matters_topic);
                   return topics;
                 })
                 .answers<CommunePage>());
  router.get("/thon/{village}", show_village,
             web::about(N_("A village"))
                 .query({"sau", "truoc"})
                 .cached([=](Request& q) {
                   auto village = q.id<people::Unit>("village");
                   return web::Topics{village_topic(village), people::topic_of(village), units};
                 })
                 .answers<VillagePage>());
  router.get("/tim-kiem", show_search, web::about(N_("Search")).query({"q"}).answers<SearchPage>());
}

}  // namespace danchu::assembly
