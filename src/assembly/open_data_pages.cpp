// Decisions and meetings of a village, a commune and the province as a feed, a calendar and a table.
#include "assembly/addresses.h"
#include "assembly/open_data.h"
#include "assembly/page_parts.h"
#include "base/csv.h"
#include "people/units.h"
#include "web/atom.h"
#include "web/icalendar.h"

namespace danchu::assembly {
namespace {

constexpr int decisions_in_feed = 50, decisions_in_table = 50'000;
constexpr std::chrono::hours past_meetings_kept{24 * 31};  // in a calendar

// A unit that exists, with its name and page; the province for the whole.
struct Place {
  Scope scope;
  std::string name;
  Url page;
  Instant since;  // when a feed without entries was last changed
};

Place place(Scope scope, const people::Unit& unit, Url page) {
  return {scope, people::full_name(unit), std::move(page), start_of(unit.valid_from)};
}

std::optional<Place> place_of(store::Reader& r, const Request& q, Scope::Of of) {
  const Date today = local_date(q.now());
  switch (of) {
    case Scope::Of::village: {
      auto village = people::unit(r, q.id<people::Unit>("village"));
      if (!village || people::unit_kind(village->kind).level != "village") return std::nullopt;
      return place({of, village->id}, *village, address_of_village(village->id));
    }
    case Scope::Of::commune: {
      auto commune = people::unit_by_code(r, q.param("code"), today);
      if (!commune) return std::nullopt;
      if (people::unit_kind(commune->kind).level == "province")
        return place({Scope::Of::province, {}}, *commune, address_of_commune(*commune));
      return place({of, commune->id}, *commune, address_of_commune(*commune));
    }
    case Scope::Of::province:
      break;
  }
  auto province = people::province(r, today);
  return province ? std::optional(place({of, {}}, *province, {"/"})) : std::nullopt;
}

std::string whole(const Request& q, const Url& address) { return q.site().base_url + q.href(address.value); }

std::string result_of(const Request& q, const DecidedLine& d) {
  return q.tr(d.passed ? N_("Passed: {yes} of {households} households agree, {needed} needed")
                       : N_("Not passed: {yes} of {households} households agree, {needed} needed"),
              {{"yes", std::to_string(d.yes)},
               {"households", std::to_string(d.households)},
               {"needed", std::to_string(d.needed)}});
}

Reply feed(Request& q, const Place& place, const std::vector<DecidedLine>& decided) {
  web::AtomFeed feed{std::string(q.language()),
                     whole(q, {std::string(q.path())}),
                     whole(q, place.page),
                     q.tr(N_("What the households of {unit} have decided"), {{"unit", place.name}}),
                     "danchu",
                     whole(q, {"/"}),
                     place.since,
                     {}};
  for (const DecidedLine& d : decided) {
    feed.updated = std::max(feed.updated, d.concluded);
    const std::string page = whole(q, address(d.motion));
    feed.entries.push_back({page, d.village + ": " + d.title, d.concluded, page, result_of(q, d)});
  }
  return web::bytes(web::atom_type, to_atom(feed));
}

std::string summary_of(const Request& q, const MeetingLine& m) {
  return q.tr(N_("Meeting of households, {village}"), {{"village", m.village}});
}

Reply calendar(Request& q, const Place& place, const std::vector<MeetingLine>& meetings) {
  std::vector<web::CalendarEvent> events;
  for (const MeetingLine& m : meetings) {
    std::string agenda;
    for (const std::string& title : m.titles) agenda += (agenda.empty() ? "" : "\n") + title;
    const std::string page = whole(q, address(m.id));
    events.push_back({m.id.text() + "@danchu", summary_of(q, m), m.place, agenda, page, m.starts, m.noticed,
                      m.version, m.state == MeetingState::cancelled});
  }
  return web::bytes(web::calendar_type,
                    to_icalendar(q.tr(N_("Meetings of households, {unit}"), {{"unit", place.name}}), events));
}

std::string day_or_nothing(const std::optional<Date>& day) { return day ? to_iso(*day) : ""; }

// With a byte-order mark, by which a spreadsheet knows that the text is UTF-8.
Reply table(Request& q, const Place&, const std::vector<DecidedLine>& decided) {
  std::string csv =
      "\xEF\xBB\xBF" +
      csv_line({"voted_on", "commune_code", "commune", "village", "title", "matter", "matter_name", "result",
                "households", "needed", "present", "yes", "no", "other", "state", "effect_from", "address"});
  auto number = [](std::int64_t n) { return std::to_string(n); };
  for (const DecidedLine& d : decided)
    csv += csv_line({to_iso(d.voted_on), d.commune_code, d.commune, d.village, d.title, number(d.matter),
                     matter_label(q, d.matter), d.passed ? "passed" : "lost", number(d.households),
                     number(d.needed), number(d.present), number(d.yes), number(d.no), number(d.other),
                     d.state ? std::string(code_of(*d.state)) : "", day_or_nothing(d.effect_from),
                     whole(q, address(d.motion))});
  return web::bytes("text/csv; charset=utf-8", std::move(csv), "danchu-ket-qua.csv");
}

using Decided = Reply (*)(Request&, const Place&, const std::vector<DecidedLine>&);

web::Handler decisions_of(Scope::Of of, int most, Decided show) {
  return [=](Request& q) -> Reply {
    return q.site().db.read([&](store::Reader& r) -> Reply {
      auto place = place_of(r, q, of);
      if (!place) return q.refuse(problem(Fault::missing, N_("There is no such unit")));
      return show(q, *place, decided_in(r, place->scope, most));
    });
  };
}

web::Handler meetings_of(Scope::Of of) {
  return [=](Request& q) -> Reply {
    return q.site().db.read([&](store::Reader& r) -> Reply {
      auto place = place_of(r, q, of);
      if (!place) return q.refuse(problem(Fault::missing, N_("There is no such unit")));
      // By days, so that what is cached for the day stays the same.
      const Instant from = start_of(local_date(q.now())) - past_meetings_kept;
      return until_then(calendar(q, *place, meetings_in(r, place->scope, from)), next_midnight(q.now()));
    });
  };
}

web::Topics topics(Request& q, Scope::Of of) {
  web::Topics all{std::string(people::all_units_topic)};
  if (of == Scope::Of::village)
    all.push_back(village_topic(q.id<people::Unit>("village")));
  else if (of == Scope::Of::commune)
    all.insert(all.end(), {commune_topic(q.param("code")), std::string(all_matters_topic)});
  else
    all.emplace_back(all_matters_topic);
  return all;
}

}  // namespace

void open_data_routes(web::Router& router) {
  struct Level {
    Scope::Of of;
    std::string address;
  };
  for (const Level& level : {Level{Scope::Of::village, "/thon/{village}"},
                             Level{Scope::Of::commune, "/xa/{code}"}, Level{Scope::Of::province, ""}}) {
    auto on = [of = level.of](Request& q) { return topics(q, of); };
    router.get(level.address + "/ket-qua.atom", decisions_of(level.of, decisions_in_feed, feed),
               web::about(N_("What was decided, as a feed")).makes("application/atom+xml").cached(on));
    router.get(level.address + "/ket-qua.csv", decisions_of(level.of, decisions_in_table, table),
               web::about(N_("What was decided, as a table")).makes("text/csv").cached(on));
    router.get(level.address + "/lich-hop.ics", meetings_of(level.of),
               web::about(N_("Meetings of households, as a calendar")).makes("text/calendar").cached(on));
  }
}

}  // namespace danchu::assembly
