// One verb, one page: a heading, one sentence, a form, a button. GET shows it to whoever may do the step now;
// POST does it, and shows it again with what was typed when something is wrong.
#pragma once
#include "assembly/page_parts.h"

namespace danchu::assembly {

inline bool holds_files(Fields fields) {
  return std::any_of(fields.begin(), fields.end(), [](const Field& f) { return f.kind == Kind::file; });
}

template <class Form>
struct StepPage {
  std::string heading, lead, subject, button;
  std::vector<std::string> notes;  // what one has to know before filling the form
  Url back, action;
  bool has_files = holds_files(fields_of<Form>());
  Form form;
  BOOST_DESCRIBE_CLASS(StepPage, (), (heading, lead, subject, button, notes, back, action, has_files, form),
                       (), ())
};

struct StepText {
  std::string_view heading, lead, button, done;  // msgids; `done` is told when it was done
  std::string_view page = "assembly/step";
};

// What a step is about: its title and where one goes back to.
struct StepSubject {
  std::string title;
  Url back;
  std::vector<std::string> notes = {};  // in the reader's language
};

template <class Form>
StepPage<Form> step_page(Request& q, const StepText& text, const StepSubject& subject, Form form) {
  return {.heading = q.tr(text.heading),
          .lead = q.tr(text.lead),
          .subject = subject.title,
          .button = q.tr(text.button),
          .notes = subject.notes,
          .back = subject.back,
          .action = Url{std::string(q.path())},
          .form = std::move(form)};
}

// `check(Request&) -> Result<StepSubject>`: may it be done now. `prefill(Request&) -> Form`: what the form
// shows at first. `act(Request&, const Form&) -> Result<Url>`: does it and says where to go.
template <class Form, class Check, class Prefill, class Act>
void step(web::Router& router, std::string_view pattern, StepText text, Check check, Prefill prefill,
          Act act) {
  router.get(
      pattern,
      [=](Request& q) {
        Result<StepSubject> subject = check(q);
        if (!subject) return q.refuse(subject.problems());
        return q.show(text.page, step_page<Form>(q, text, *subject, prefill(q)));
      },
      web::about(text.heading).signed_in().template answers<StepPage<Form>>());
  router.post(
      pattern,
      [=](Request& q) {
        Result<StepSubject> subject = check(q);
        if (!subject) return q.refuse(subject.problems());
        Result<Form> form = q.read<Form>();
        Problems problems;
        if (form) {
          Result<Url> done = act(q, *form);
          if (done) return q.see_other(done->value, text.done);
          problems = done.problems();
        } else {
          problems = form.problems();
        }
        return q.show_again(text.page, step_page<Form>(q, text, *subject, form ? *form : prefill(q)),
                            problems);
      },
      web::about(text.button).signed_in().template reads<Form>().with_files(holds_files(fields_of<Form>())));
}

}  // namespace danchu::assembly
