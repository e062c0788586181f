#include "acts/pages.h"

#include <algorithm>

#include "acts/canonical.h"
#include "acts/register.h"
#include "base/text.h"
#include "people/units.h"

namespace danchu::acts {

struct HeadRow {
  std::string number, hash;
  Instant time;
  std::string day;
  Url url;
};
struct ActRow {
  std::string number, code, what;
  Instant entered;
  Url url;
};
struct FindAct {
  Line<40> code;
  static constexpr About about[] = {
      {"code", N_("Check code"), N_("As it is printed on the paper, for example 12-9F0C3A7B21D4E865")}};
};
struct ChainPage {
  FindAct form;
  std::optional<HeadRow> head;
  std::vector<HeadRow> daily;
  std::vector<ActRow> latest;
  std::optional<Url> older;
};
struct ActPage {
  std::string number, code, what, unit, kind, subject;
  Instant happened, entered;
  std::string prev, hash, key, signature;
  bool on_behalf = false;
  std::optional<Url> bytes_url;
  std::string withheld;  // why the bytes cannot be had
};

DANCHU_RECORD(HeadRow, number, hash, time, day, url)
DANCHU_RECORD(ActRow, number, code, what, entered, url)
DANCHU_RECORD(FindAct, code)
DANCHU_RECORD(ChainPage, form, head, daily, latest, older)
DANCHU_RECORD(ActPage, number, code, what, unit, kind, subject, happened, entered, prev, hash, key, signature,
              on_behalf, bytes_url, withheld)

namespace {

constexpr int acts_a_page = 20, days_shown = 30, days_in_feed = 100, days_in_file = 3660;

Url url_of(std::int64_t seq) { return {"/kiem-chung/" + std::to_string(seq)}; }

HeadRow row_of(const Head& head) {
  return {std::to_string(head.seq), to_hex(head.hash), head.time, to_iso(local_date(head.time)),
          url_of(head.seq)};
}

// Officers of the unit, or of the commune it lies in.
bool officer_of(const web::Request& q, store::Reader& r, std::int64_t unit) {
  using people::Role;
  const Id<people::Unit> at{unit};
  auto commune = people::commune_of(r, at);
  for (Role role : {Role::village_head, Role::village_front})
    if (q.viewer().holds(role, at)) return true;
  for (Role role : {Role::commune_officer, Role::commune_chair, Role::commune_front})
    if (commune && q.viewer().holds(role, commune->id)) return true;
  return false;
}

// The rule that keeps this act's bytes from this reader, if one does.
const WithheldAct* closed_to(const web::Request& q, store::Reader& r, const Recorded& act) {
  const WithheldAct* rule = withheld(r, act);
  return rule && rule->officers && officer_of(q, r, act.unit) ? nullptr : rule;
}

std::string what_was_done(const web::Request& q, const WithheldAct* closed, const Recorded& act) {
  return q.tr(closed && !closed->instead.empty() ? closed->instead : label_of_kind(act.kind));
}

ActRow row_of(const Recorded& act, web::Request& q, store::Reader& r) {
  return {std::to_string(act.seq), act.check_code(), what_was_done(q, closed_to(q, r, act), act), act.entered,
          url_of(act.seq)};
}

std::int64_t number_from(std::string_view text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return 0;
  return std::stoll(std::string(text));
}

ChainPage chain_page(web::Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    ChainPage page;
    Head now = head(r, q.site().keys, q.now());
    if (now.seq) page.head = row_of(now);
    for (const Head& daily : daily_heads(r, days_shown)) page.daily.push_back(row_of(daily));
    auto acts = latest(r, acts_a_page, number_from(q.query("truoc")));
    for (const Recorded& act : acts) page.latest.push_back(row_of(act, q, r));
    if (acts.size() == acts_a_page && acts.back().seq > 1)
      page.older = Url{"/kiem-chung?truoc=" + std::to_string(acts.back().seq)};
    return page;
  });
}

web::Reply show_chain(web::Request& q) { return q.show("acts/chain", chain_page(q)); }

Problems no_such_act() {
  return problem(Fault::missing, N_("There is no official record with this number."));
}

web::Reply show_act(web::Request& q) {
  const std::int64_t seq = number_from(q.param("seq"));
  auto page = q.site().db.read([&](store::Reader& r) -> std::optional<ActPage> {
    auto act = find(r, seq);
    auto seal = seal_of(r, seq);
    if (!act || !seal) return std::nullopt;
    const WithheldAct* closed = closed_to(q, r, *act);
    ActPage p{std::to_string(seq),
              act->check_code(),
              what_was_done(q, closed, *act),
              "",
              closed && !closed->instead.empty() ? "" : act->kind,
              act->subject,
              act->happened,
              act->entered,
              to_hex(seal->prev),
              to_hex(seal->hash),
              act->key_id,
              to_hex(seal->signature),
              !act->on_behalf.empty(),
              {},
              closed ? q.tr(closed->why(r, *act)) : ""};
    if (auto unit = people::unit(r, {act->unit})) p.unit = people::full_name(*unit);
    if (!closed) p.bytes_url = Url{"/kiem-chung/" + p.number + "/bytes"};
    return p;
  });
  return page ? q.show("acts/act", *page) : q.refuse(no_such_act());
}

// The check code on a paper leads to its record, or says that the paper does not come from it.
web::Reply find_act(web::Request& q) {
  auto form = q.read_query<FindAct>();
  if (!form) return q.show_again("acts/chain", chain_page(q), form.problems());
  const std::string& typed = form->code.value;
  const std::size_t dash = typed.find('-');
  const std::int64_t seq = number_from(typed.substr(0, dash));
  auto act = q.site().db.read([&](store::Reader& r) { return find(r, seq); });
  std::string code = dash == std::string::npos ? "" : typed;
  std::transform(code.begin(), code.end(), code.begin(), [](unsigned char c) { return std::toupper(c); });
  if (act && act->check_code() == code) return q.see_other(url_of(seq).value);
  Problems wrong =
      act ? problem_at("code",
                       N_("Record {number} has another check code. Read the code again; if it is the "
                          "same, the paper does not come from this record."),
                       {{"number", std::to_string(seq)}})
          : problem_at("code",
                       N_("There is no such record. A check code is a number, a dash and 16 digits or "
                          "letters A to F."));
  return q.show_again("acts/chain", chain_page(q), wrong);
}

web::Reply file_of(std::string_view type, std::string body, const std::string& name = "") {
  web::Reply reply{.content_type = std::string(type), .body = std::move(body)};
  if (!name.empty())
    reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return reply;
}

// What the hash was taken over, as it is kept (ENGINEERING g3), so that anybody can take it again; what a
// room withholds is checked by `danchu verify` alone.
web::Reply act_bytes(web::Request& q) {
  const std::int64_t seq = number_from(q.param("seq"));
  auto bytes = q.site().db.read([&](store::Reader& r) -> Result<std::string> {
    auto act = find(r, seq);
    auto seal = seal_of(r, seq);
    auto body = canonical_bytes(r, seq);
    if (!act || !seal || !body) return no_such_act();
    if (const WithheldAct* closed = closed_to(q, r, *act))
      return problem(Fault::denied, closed->why(r, *act));
    return Preimage{seq, seal->prev, act->entered, act->key_id, act->kind, act->unit, *body}.bytes();
  });
  if (!bytes) return q.refuse(bytes.problems());
  return file_of("application/octet-stream", *bytes, "danchu-act-" + std::to_string(seq) + ".bin");
}

web::Reply heads_feed(web::Request& q) {
  auto heads = q.site().db.read([](store::Reader& r) { return daily_heads(r, days_in_feed); });
  return file_of("application/atom+xml; charset=utf-8", heads_as_atom(heads, q.site().base_url, q.now()));
}

web::Reply heads_file(web::Request& q) {
  auto heads = q.site().db.read([](store::Reader& r) { return daily_heads(r, days_in_file); });
  return file_of("text/plain; charset=utf-8", heads_as_lines(heads, q.site().base_url));
}

}  // namespace

void routes(web::Router& router) {
  auto on_acts = [](web::Request&) { return web::Topics{"acts"}; };
  auto on_acts_and_units = [](web::Request&) {
    return web::Topics{"acts", std::string(people::all_units_topic)};
  };
  router.get("/kiem-chung", show_chain,
             web::about(N_("Check that nothing was altered")).query({"truoc"}).answers<ChainPage>());
  router.get("/kiem-chung/tim", find_act,
             web::about(N_("Find an official record by its check code")).query({"code"}));
  router.get(
      "/kiem-chung/moc.atom", heads_feed,
      web::about(N_("Daily heads of the chain as a feed")).makes("application/atom+xml").cached(on_acts));
  router.get("/kiem-chung/moc.txt", heads_file,
             web::about(N_("Daily heads of the chain as anchors")).makes("text/plain").cached(on_acts));
  router.get("/kiem-chung/{seq}", show_act,
             web::about(N_("One official record")).cached(on_acts_and_units).answers<ActPage>());
  router.get(
      "/kiem-chung/{seq}/bytes", act_bytes,
      web::about(N_("The bytes an official record's hash is taken over")).makes("application/octet-stream"));
}

}  // namespace danchu::acts
