// One verb, one page: a heading, one sentence, a form, a button. GET shows it to whoever may do the step now;
// POST does it, and shows it again with what was typed when something is wrong. What a helper typed for the
// head, and numbers of a vote, are read back before they count: a second page repeats in words what will be
// done, and asks for the head's PIN where it is not the head who sits at the device (practice P53).
#pragma once
#include <array>

#include "assembly/addresses.h"
#include "assembly/page_parts.h"
#include "assembly/steps.h"

namespace danchu::assembly {

inline bool holds_files(Fields fields) {
  return std::any_of(fields.begin(), fields.end(), [](const Field& f) { return f.kind == Kind::file; });
}

// A picture that stands beside what it proves, or another page.
struct PictureLink {
  std::string label;
  Url url;
};
DANCHU_RECORD(PictureLink, label, url)

template <class Form>
struct StepPage {
  std::string heading, lead, subject, button;
  std::vector<std::string> notes;  // what one has to know before filling the form
  std::vector<PictureLink> links;  // pages beside this one: what is done first, or the other answer
  std::vector<std::string> facts;  // what the step will publish, in words
  std::vector<PictureLink> pictures;
  std::string undone;                        // what the step leaves undone, for a page that asks why
  bool passes = false;                       // something it concludes was passed
  bool on_paper = false, documents = false;  // of a notice: which of its fields are needed
  Url back, action;
  bool has_files = holds_files(fields_of<Form>());
  Form form;
  BOOST_DESCRIBE_CLASS(StepPage, (),
                       (heading, lead, subject, button, notes, links, facts, pictures, undone, passes,
                        on_paper, documents, back, action, has_files, form),
                       (), ())
};

struct StepText {
  Verb verb;
  std::string_view heading, lead, button, done;  // msgids; `done` is told when it was done
  std::string_view page = "assembly/step";
  bool read_back_first = false;  // for the head himself, too
};

// What a step is about: its title and where one goes back to.
struct StepSubject {
  std::string title;
  Url back;
  std::vector<std::string> notes = {};     // in the reader's language
  std::vector<PictureLink> pictures = {};  // what the step is compared with
  std::string undone = {};                 // what it leaves undone
  bool passes = false;                     // something it concludes was passed
  std::vector<PictureLink> links = {};     // pages beside this one
  bool on_paper = false, documents = false;
};
// The pictures kept of a matter and its meeting, for somebody who may see them; without those of `but`.
std::vector<PictureLink> picture_links(const Request& q, store::Reader& r, Id<Motion> motion,
                                       std::string_view but = "");

// Where to go after a step, and what is told there; an empty message is the step's own.
struct Told {
  Url next;
  std::string_view message = "";
  Args args = {};
  std::string_view read_back = "";  // instead of the message, before it is done
};

// The village that the address is about, by its village, matter or meeting; id 0 when there is none.
Id<people::Unit> village_of(const Request& q, store::Reader& r);
// Notes that the viewer was shown names of the village of the address, and where (practice P115). Once for a
// page or a paper, after it is known that he may see it; never inside a read.
void note_names_shown(Request& q, std::string_view what);
// May the verb be begun in the village of the address: a proposal, a meeting?
Result<StepSubject> village_allows(Request& q, Verb verb);
// Who does this step: the viewer, or the head of the village when the viewer is his helper and may type it.
people::Viewer doer(const Request& q, store::Reader& r, Verb verb);

// The step of this address is refused: says when this person did it, where he did, and leads back to what it
// is about.
Reply not_now(Request& q, Verb verb, const Problems& problems);

// A form with what a read-back adds to it.
template <std::size_t N>
constexpr std::array<About, N + 3> with_confirmation(const About (&labels)[N]) {
  std::array<About, N + 3> all;
  std::copy(labels, labels + N, all.begin());
  all[N] = {"pin", N_("PIN of the village head"), N_("The head himself types it, after it was read to him")};
  all[N + 1] = {"confirmed", N_("Read back"), ""};
  all[N + 2] = {"mend", N_("Change what was typed"), ""};
  return all;
}
template <class Form>
struct Confirmed : Form {
  std::optional<Line<20>> pin;
  bool confirmed = false, mend = false;
  static constexpr auto about = with_confirmation(Form::about);
  BOOST_DESCRIBE_CLASS(Confirmed, (Form), (pin, confirmed, mend), (), ())
};

// "Place: Village hall" for each field that was filled, ids left out.
std::vector<std::string> words_of(const Request& q, RecordRef form);
// Shows the read-back of what was sent: with a place for the PIN when a helper typed it.
Reply read_back(Request& q, const StepText& text, const StepSubject& subject,
                const std::vector<std::string>& words, bool by_pin, const Problems& problems);
// The head's confirmation of what the viewer typed for him in the address's village.
Result<people::Viewer> confirmed_by_head(Request& q, const std::string& pin);

// What was typed about what is not there any more is not sent again unseen: said with what else is wrong, and
// shown with the version of now.
template <class Form>
Problems with_change(const Request& q, const Form& now, Problems problems) {
  const auto conflict = [](const Problem& p) { return p.fault == Fault::conflict; };
  if (std::any_of(problems.begin(), problems.end(), conflict)) return problems;
  auto changed = [&](std::string_view field, const std::string& present) {
    for (const auto& [name, value] : q.sent())
      if (name == field) return value != present;
    return false;
  };
  bool other = false;
  if constexpr (requires { now.version; })
    other = now.version && changed("version", std::to_string(now.version->value));
  if constexpr (requires { now.request; })
    other = other || (now.request && changed("request", now.request->text()));
  if (other) problems.push_back(somebody_was_first().front());
  return problems;
}

// A POST of a step. `again(Problems, const Form*)` shows its page with what was typed; `act(Assembly&, const
// Viewer&, const Form&) -> Result<Told>` does it; `words(const Form&)` says in words what will be done.
template <class Form, class Again, class Act, class Words>
Reply take(Request& q, const StepText& text, const StepSubject& subject, Again again, Act act, Words words) {
  Result<Confirmed<Form>> form = q.read<Confirmed<Form>>();
  if (!form) return again(form.problems(), nullptr);
  if (form->mend) return again(Problems{}, &*form);
  people::Viewer as = q.site().db.read([&](store::Reader& r) { return doer(q, r, text.verb); });
  const bool for_head = static_cast<bool>(as.entered_by);
  const bool asked = for_head || (text.read_back_first && !q.wants_json());
  const bool sure = for_head ? form->pin.has_value() : form->confirmed || !asked;
  if (asked) {
    Assembly rehearsal = service(q).rehearsing();
    Result<Told> tried = act(rehearsal, as, *form);
    if (!tried) return again(tried.problems(), &*form);
    std::vector<std::string> lines = words(*form);
    const std::string_view verdict = tried->read_back.empty() ? tried->message : tried->read_back;
    if (!verdict.empty()) lines.insert(lines.begin(), q.tr(verdict, tried->args));
    if (!sure) return read_back(q, text, subject, lines, for_head, {});
    if (for_head) {
      auto head = confirmed_by_head(q, form->pin->value);
      if (!head) return read_back(q, text, subject, lines, for_head, head.problems());
      as = *head;
    }
  }
  Assembly assembly = service(q);
  Result<Told> done = act(assembly, as, *form);
  if (!done) return again(done.problems(), &*form);
  return q.see_other(done->next.value, done->message.empty() ? text.done : done->message, done->args);
}

template <class Form>
StepPage<Form> step_page(Request& q, const StepText& text, const StepSubject& subject,
                         std::vector<std::string> facts, Form form) {
  return {.heading = q.tr(text.heading),
          .lead = q.tr(text.lead),
          .subject = subject.title,
          .button = q.tr(text.button),
          .notes = subject.notes,
          .links = subject.links,
          .facts = std::move(facts),
          .pictures = subject.pictures,
          .undone = subject.undone,
          .passes = subject.passes,
          .on_paper = subject.on_paper,
          .documents = subject.documents,
          .back = subject.back,
          .action = Url{std::string(q.path())},
          .form = std::move(form)};
}

// Calls a verb of the service about what the address names, and goes back to it.
template <class Of, class Form, class Answer>
auto call(Answer (Assembly::*verb)(const people::Viewer&, Id<Of>, const Form&)) {
  return [verb](Request& q, Assembly& assembly, const people::Viewer& as, const Form& form) -> Result<Told> {
    Id<Of> about;
    if constexpr (std::is_same_v<Of, Motion>)
      about = motion_id(q);
    else
      about = meeting_id(q);
    auto done = (assembly.*verb)(as, about, form);
    if (!done) return done.problems();
    return Told{address(about)};
  };
}

// The version of the matter or the meeting of the address.
Count version_of(const Request& q);
// A form that sends the version the page showed: what is changed since is shown to its sender again.
template <class Form>
Form as_shown(Request& q) {
  Form form;
  form.version = version_of(q);
  return form;
}

inline std::vector<std::string> no_facts(Request&) { return {}; }

// What was typed, about what the page shows now: shown again it does not speak of what was looked at before.
template <class Form>
Form typed_about(Form typed, const Form& now) {
  if constexpr (requires { typed.version; }) typed.version = now.version;
  if constexpr (requires { typed.request; }) typed.request = now.request;
  return typed;
}

// `check(Request&) -> Result<StepSubject>`: may it be done now. `prefill(Request&) -> Form`: what the form
// shows at first. `act(Request&, Assembly&, const Viewer&, const Form&) -> Result<Told>`: does it.
// `facts(Request&)`: lines shown above the form and in the read-back.
template <class Form, class Check, class Prefill, class Act, class Facts = decltype(&no_facts)>
void step(web::Router& router, std::string_view pattern, StepText text, Check check, Prefill prefill, Act act,
          Facts facts = &no_facts) {
  router.get(
      pattern,
      [=](Request& q) {
        Result<StepSubject> subject = check(q);
        if (!subject) return not_now(q, text.verb, subject.problems());
        // The version first: what is changed while the page is made is newer than what it sends.
        Form form = prefill(q);
        return q.show(text.page, step_page<Form>(q, text, *subject, facts(q), std::move(form)));
      },
      web::about(text.heading).signed_in().template answers<StepPage<Form>>());
  web::Route route = web::about(text.button).signed_in();
  router.post(
      pattern,
      [=](Request& q) {
        Result<StepSubject> subject = check(q);
        if (!subject) return not_now(q, text.verb, subject.problems());
        auto again = [&](const Problems& wrong, const Form* form) {
          const Form now = prefill(q);
          const Problems problems = with_change(q, now, wrong);
          auto page = step_page<Form>(q, text, *subject, facts(q), form ? typed_about(*form, now) : now);
          return problems.empty() ? q.show(text.page, page) : q.show_again(text.page, page, problems);
        };
        auto words = [&](const Form& form) {
          std::vector<std::string> lines = facts(q);
          for (std::string& line : words_of(q, ref(form))) lines.push_back(std::move(line));
          return lines;
        };
        return take<Form>(
            q, text, *subject, again,
            [&](Assembly& assembly, const people::Viewer& as, const Form& form) {
              return act(q, assembly, as, form);
            },
            words);
      },
      (helper_may_type(text.verb) ? route.template reads<Confirmed<Form>>() : route.template reads<Form>())
          .template shows_form_of<Form>()
          .with_files(holds_files(fields_of<Form>())));
}

}  // namespace danchu::assembly
