// /kieu-dang: every part of the looks on one page, on demonstration sites only. What is to be seen in a
// browser, read by axe and copied from when a page is written.
#pragma once
#include <string>
#include <vector>

#include "base/record.h"
#include "web/map.h"
#include "web/parts.h"
#include "web/web.h"

namespace danchu::web {

enum class SampleAnswer { agree, disagree, other };

struct SampleForm {
  Line<200> title;
  Text<4000> reason;
  std::optional<Money> amount;
  Integer<0, 500> yes;
  Phone phone;
  std::optional<Date> day;
  std::optional<Instant> held;
  std::optional<SampleAnswer> answer;
  std::vector<SampleAnswer> answers;
  std::string secretary;
  bool agreed = false;
  Line<6> code;
  static constexpr About about[] = {
      {"title", N_("What is asked"), N_("One sentence that a neighbour understands")},
      {"reason", N_("Why"), ""},
      {"amount", N_("Contribution of each household"), N_("Whole đồng")},
      {"yes", N_("Households that agree"), ""},
      {"phone", N_("Phone"), ""},
      {"day", N_("Day"), ""},
      {"held", N_("Day and time of the meeting"), ""},
      {"answer", N_("Your household's answer"), ""},
      {"answers", N_("Answers that were given"), ""},
      {"secretary", N_("Secretary of the meeting"), ""},
      {"agreed", N_("The head of the Front committee agrees"), ""},
      {"code", N_("Confirmation code"), N_("Six digits")}};
};

struct SampleRow {
  std::string name;
  Url url;
  Count households, yes;
  TallyState state = TallyState::open;
};

struct StyleGuide {
  std::vector<Crumb> crumbs;
  Url back;
  std::vector<Card> cards;
  std::vector<Todo> todos;
  std::vector<Tally> tallies;
  std::vector<Moment> timeline;
  std::vector<Step> steps;
  std::vector<Fact> facts;
  std::vector<Because> because;
  Paging paging;
  Share share;
  std::vector<SampleRow> rows;
  std::vector<Option> secretary_options;
  SampleForm form;
  SafeHtml map;
};

// The page's model, in the words of the law for the sample texts.
StyleGuide sample_style_guide(const std::vector<MapUnit>& units);
void style_guide_routes(Router& router);

}  // namespace danchu::web

namespace danchu {
template <>
struct Choices<web::SampleAnswer> {
  static constexpr ChoiceName names[] = {
      {"agree", N_("Agree")}, {"disagree", N_("Disagree")}, {"other", N_("Other opinion")}};
};
namespace web {
DANCHU_RECORD(SampleForm, title, reason, amount, yes, phone, day, held, answer, answers, secretary, agreed,
              code)
DANCHU_RECORD(SampleRow, name, url, households, yes, state)
DANCHU_RECORD(StyleGuide, crumbs, back, cards, todos, tallies, timeline, steps, facts, because, paging, share,
              rows, secretary_options, form, map)
}  // namespace web
}  // namespace danchu
