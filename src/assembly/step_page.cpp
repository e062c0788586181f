#include "assembly/step_page.h"

#include <algorithm>

#include "assembly/addresses.h"
#include "assembly/pictures.h"
#include "people/page_parts.h"
#include "people/pin.h"
#include "web/format.h"

namespace danchu::assembly {
namespace {

struct Typed {
  std::string name, value;
};
DANCHU_RECORD(Typed, name, value)

struct HeadPin {
  Line<20> pin;
  static constexpr About about[] = {
      {"pin", N_("PIN of the village head"), N_("The head himself types it, after it was read to him")}};
};
DANCHU_RECORD(HeadPin, pin)

struct ReadBackPage {
  std::string heading, subject, button;
  Url back, action;
  std::vector<std::string> words;
  bool by_pin = false;
  std::vector<Typed> typed;
  HeadPin form;
};
DANCHU_RECORD(ReadBackPage, heading, subject, button, back, action, words, by_pin, typed, form)

std::string value_of(const Request& q, const Field& field, const void* form, std::size_t i) {
  std::string scratch;
  switch (field.kind) {
    case Kind::choice:
      return q.tr(field.choices[static_cast<std::size_t>(field.number(form, i))].label);
    case Kind::date: {
      auto day = parse_date(field.text(form, i, scratch));
      return day ? to_page(*day) : "";
    }
    case Kind::instant:
      return to_page(Instant{field.number(form, i)});
    case Kind::integer:
      return web::grouped(field.number(form, i), q.language());
    case Kind::money:
      return web::grouped(field.number(form, i), q.language()) + " đ";
    case Kind::line:
    case Kind::text:
    case Kind::phone:
      return std::string(field.text(form, i, scratch));
    default:
      return "";
  }
}

// The acts that do a step for good; empty for one that is done again and again.
std::vector<std::string_view> acts_of(Verb verb) {
  switch (verb) {
    case Verb::agree:
    case Verb::agree_by_paper:
      return {"assembly.agreed"};
    case Verb::withdraw:
      return {"assembly.withdrawn"};
    case Verb::give_notice:
      return {"assembly.noticed"};
    case Verb::cancel_meeting:
      return {"assembly.cancelled"};
    case Verb::open:
      return {"assembly.opened"};
    case Verb::count_vote:
      return {"assembly.counted"};
    case Verb::conclude:
      return {"assembly.concluded", "assembly.submitted"};
    case Verb::sign:
      return {"assembly.signed"};
    case Verb::send:
      return {"assembly.sent"};
    case Verb::receive:
      return {"assembly.received"};
    case Verb::answer:
      return {"assembly.recognised", "assembly.refused"};
    case Verb::accept_papers:
      return {"assembly.accepted", "assembly.papers-refused"};
    default:
      return {};
  }
}

// When, and in the words of the act; the last time.
std::string done_before(const Request& q, store::Reader& r, const std::string& subject, Verb verb) {
  const std::int64_t who = doer(q, r, verb).account.number;
  const std::vector<std::string_view> kinds = acts_of(verb);
  std::string said;
  for (const acts::Recorded& act : acts::about(r, subject))
    if (act.actor == who && std::find(kinds.begin(), kinds.end(), act.kind) != kinds.end())
      said = q.tr(N_("This was done at {time}: {what}."),
                  {{"time", to_page(act.entered)}, {"what", q.tr(acts::label_of_kind(act.kind))}});
  return said;
}

}  // namespace

Reply not_now(Request& q, Verb verb, const Problems& problems) {
  if (q.wants_json() || problems.empty() || problems.front().fault != Fault::conflict)
    return q.refuse(problems);
  web::WayOn way;
  q.site().db.read([&](store::Reader& r) {
    std::string about;
    if (auto m = motion(r, q.id<Motion>("motion"))) {
      way.words = q.tr(N_("To the matter “{title}”"), {{"title", m->title.value}});
      way.url = address(m->id);
      about = subject_of(m->id);
    } else if (auto at = meeting(r, q.id<Meeting>("meeting"))) {
      way.words = q.tr(N_("To the meeting of {starts}"), {{"starts", to_page(at->starts)}});
      way.url = address(at->id);
      about = subject_of(at->id);
    }
    if (!about.empty()) way.said = done_before(q, r, about, verb);
  });
  if (!way.said.empty()) way.title = q.tr(N_("This step is done already"));
  return q.refuse(problems, way);
}

Id<people::Unit> village_of(const Request& q, store::Reader& r) {
  if (auto village = q.id<people::Unit>("village")) return village;
  if (auto at = meeting(r, q.id<Meeting>("meeting"))) return at->village;
  if (auto about = motion(r, q.id<Motion>("motion"))) return about->village;
  return {};
}

Count version_of(const Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    if (auto at = meeting(r, meeting_id(q))) return at->version;
    auto about = motion(r, motion_id(q));
    return about ? about->version : Count{};
  });
}

void note_names_shown(Request& q, std::string_view what) {
  people::note_access(q, q.site().db.read([&](store::Reader& r) { return village_of(q, r); }), what);
}

Result<StepSubject> village_allows(Request& q, Verb verb) {
  return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
    auto village = people::unit(r, q.id<people::Unit>("village"));
    if (!village) return problem(Fault::missing, N_("There is no such village"));
    if (!may(doer(q, r, verb), verb, where(r, village->id))) return not_yours();
    return StepSubject{people::full_name(*village), address_of_village(village->id)};
  });
}

people::Viewer doer(const Request& q, store::Reader& r, Verb verb) {
  if (!helper_may_type(verb)) return q.viewer();
  return people::head_for(r, q.viewer(), village_of(q, r), local_date(q.now())).value_or(q.viewer());
}

std::vector<std::string> words_of(const Request& q, RecordRef form) {
  std::vector<std::string> lines;
  for (const Field& field : form.fields) {
    if (field.kind == Kind::record) {
      for (std::size_t i = 0; i < field.count(form.at); ++i)
        for (std::string& line : words_of(q, {field.nested(form.at, i), field.fields()}))
          lines.push_back(std::move(line));
      continue;
    }
    if (field.label.empty()) continue;
    const std::string label = q.tr(field.label);
    for (std::size_t i = 0; i < field.count(form.at); ++i) {
      if (field.kind == Kind::boolean) {
        if (field.number(form.at, i)) lines.push_back(label);
        continue;
      }
      std::string value = value_of(q, field, form.at, i);
      if (!value.empty()) lines.push_back(label + ": " + value);
    }
  }
  return lines;
}

Reply read_back(Request& q, const StepText& text, const StepSubject& subject,
                const std::vector<std::string>& words, bool by_pin, const Problems& problems) {
  if (q.wants_json() && problems.empty())
    return q.refuse(problem_at("pin", N_("The village head confirms this step with his PIN")));
  ReadBackPage page{q.tr(text.heading),
                    subject.title,
                    q.tr(text.button),
                    subject.back,
                    Url{std::string(q.path())},
                    words,
                    by_pin,
                    {},
                    {}};
  for (const auto& [name, value] : q.sent())
    if (name != "pin" && name != "confirmed" && name != "mend" && name != "idempotency_key")
      page.typed.push_back({name, value});
  return problems.empty() ? q.show("assembly/read_back", page)
                          : q.show_again("assembly/read_back", page, problems);
}

Result<people::Viewer> confirmed_by_head(Request& q, const std::string& pin) {
  const auto village = q.site().db.read([&](store::Reader& r) { return village_of(q, r); });
  // An attempt is not what was submitted: the same submission may come again with the right PIN.
  store::AlsoInWrites nothing([](store::Writer&) {});
  return people::confirm_for_head(q.site().db, q.viewer(), village, pin, people::device_of(q));
}

std::vector<PictureLink> picture_links(const Request& q, store::Reader& r, Id<Motion> id,
                                       std::string_view but) {
  std::vector<PictureLink> links;
  for (const store::Attachment& picture : pictures_of(r, id)) {
    if (picture.subject.value == but) continue;
    const auto what = choice_from<PaperOf>(picture.purpose.value);
    links.push_back(
        {(what ? q.tr(label_of(*what)) : picture.purpose.value) + ", " + to_page(picture.added_at),
         address_of_picture(id, picture.id)});
  }
  return links;
}

}  // namespace danchu::assembly
