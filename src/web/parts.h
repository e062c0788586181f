// Parts that pages of every room share, as records for their models: each is shown by the partial of its name
// (docs/pages.md, "Parts"). Texts are in the reader's language.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"

namespace danchu::web {

// One answer of a field whose choices come from data, or are fewer on this page than the record has: a list
// member "<field>_options".
struct Option {
  std::string value, label, hint;
};
DANCHU_RECORD(Option, value, label, hint)

// Where a page stands: crumbs, from the home page down, without the page itself.
struct Crumb {
  std::string text;
  Url url;
};
DANCHU_RECORD(Crumb, text, url)

// A large thing to press. `count` stands above the title.
struct Card {
  std::string title, text;
  Url url;
  std::optional<Count> count;
};
DANCHU_RECORD(Card, title, text, url, count)

// A rule of the law that carries what the page says. `unverified`: the rule's text is yet to be confirmed, or
// was amended by one that was not read.
struct Because {
  std::string rule, citation, text;
  Url url;
  bool unverified = false;
};
DANCHU_RECORD(Because, rule, citation, text, url, unverified)

enum class Urgency { late, soon, in_time, waiting };

// Something to do, by its lawful deadline. `due_text`: "overdue by 2 working days", "3 working days left".
struct Todo {
  std::string title, more;  // "Send the minutes", "Bản Nà Cá · road"
  Url url;
  Urgency urgency = Urgency::in_time;
  std::optional<Date> due;
  std::string due_text;
  std::string citation;               // the article the deadline rests on
  std::string mark = {};              // what of the day is not confirmed, in words
  std::vector<Because> because = {};  // all that the day rests on; not shown on the page
};

enum class TallyState { open, passed, failed };

// "58/87 hộ – cần ít nhất 58". Counts are of households.
struct Tally {
  Count yes, total, needed;
  TallyState state = TallyState::open;
};

// One line of a timeline, the oldest first.
struct Moment {
  Instant at;
  std::string what, who;
  std::optional<Url> url;
  std::optional<Instant> entered;  // when it was entered, where that is another time
  std::string by;                  // by whom it was entered, where that is another
  std::optional<Date> day;         // shown instead of `at` where only the day is known
};
DANCHU_RECORD(Moment, at, what, who, url, entered, by, day)

enum class StepState { done, now, later };

struct Step {
  std::string text;
  StepState state = StepState::later;
};

// A line of a summary list. `action` names the link when there is one ("Change").
struct Fact {
  std::string label, value;
  std::optional<Url> url;
  std::string action;
};
DANCHU_RECORD(Fact, label, value, url, action)

struct Paging {
  std::optional<Url> previous, next;
};
DANCHU_RECORD(Paging, previous, next)

// Ready text for Zalo and the loudspeaker: two lines, the link last.
struct Share {
  std::string text;
};
DANCHU_RECORD(Share, text)

}  // namespace danchu::web

namespace danchu {
template <>
struct Choices<web::Urgency> {
  static constexpr ChoiceName names[] = {{"late", N_("Overdue")},
                                         {"soon", N_("Due soon")},
                                         {"in_time", N_("In time")},
                                         {"waiting", N_("Waiting for others")}};
};
template <>
struct Choices<web::TallyState> {
  static constexpr ChoiceName names[] = {
      {"open", N_("Not counted yet")}, {"passed", N_("Passed")}, {"failed", N_("Not passed")}};
};
template <>
struct Choices<web::StepState> {
  static constexpr ChoiceName names[] = {{"done", N_("Done")}, {"now", N_("Now")}, {"later", N_("Later")}};
};
namespace web {
DANCHU_RECORD(Todo, title, more, url, urgency, due, due_text, citation, mark, because)
DANCHU_RECORD(Tally, yes, total, needed, state)
DANCHU_RECORD(Step, text, state)
}  // namespace web
}  // namespace danchu
