#include "assembly/result_page_words.h"

#include "assembly/public_words.h"
#include "law/phrases.h"
#include "web/format.h"

namespace danchu::assembly {
namespace {

int matter_of(const Whole& w) { return static_cast<int>(w.motion.matter.value); }

// "two thirds": of the rule that set how many were needed.
std::string share_needed(const Request& q, const Whole& w) {
  const Date on = local_date(w.vote->voted_at);
  const auto verdict = q.site().law.decide(case_of(matter_of(w), w.vote->households.value, on));
  if (!verdict) return "";
  for (const std::string& rule : verdict->rules)
    if (const law::Version* version = q.site().law.in_force(rule, on); version && version->numerator)
      return law::share_text(*version, q.language());
  return "";
}

std::string why(const Request& q, const Whole& w) {
  const Vote& v = *w.vote;
  const std::string share = share_needed(q, w);
  if (share.empty())
    return q.tr(N_("{needed} households were needed; {yes} agreed."),
                {{"needed", std::to_string(v.needed.value)}, {"yes", std::to_string(v.yes.value)}});
  const Args args = {{"needed", std::to_string(v.needed.value)},
                     {"share", share},
                     {"households", std::to_string(v.households.value)},
                     {"yes", std::to_string(v.yes.value)}};
  return q.tr(v.passed
                  ? N_("{needed} households were needed, that is {share} of the {households} households of "
                       "the village, absent ones included; {yes} agreed.")
                  : N_("{needed} households were needed, that is {share} of the {households} households of "
                       "the village, absent ones included; only {yes} agreed."),
              args);
}

std::string recogniser(const Request& q, Answerer who) {
  return q.tr(who == Answerer::front_recognises ? N_("the Fatherland Front of the commune")
                                                : N_("the People's Committee of the commune"));
}

// What has to happen now; empty where nothing more does, or where the page says it already.
std::string next_step(const Request& q, const Whole& w) {
  const Decision& d = *w.decision;
  const Answerer who = answerer_of(matter_of(w), d.voted_on, q.site().law);
  const Args args = {{"day", d.send_due ? to_page(*d.send_due) : ""}, {"who", recogniser(q, who)}};
  switch (d.state) {
    case DecisionState::concluded:
      return q.tr(who == Answerer::commune_receives
                      ? N_("Next, the paper is signed and sent to the commune by {day}.")
                      : N_("Next, the paper is signed and sent to the commune by {day}; then {who} has to "
                           "recognise it."),
                  args);
    case DecisionState::signed_by_four:
      return q.tr(who == Answerer::commune_receives
                      ? N_("The paper is signed. Next, it is sent to the commune by {day}.")
                      : N_("The paper is signed. Next, it is sent to the commune by {day}; then {who} has to "
                           "recognise it."),
                  args);
    case DecisionState::sent:
      return q.tr(who == Answerer::commune_receives
                      ? N_("The paper is sent. Next, the commune confirms that it has it.")
                      : N_("The paper is sent. Next, {who} has to recognise it."),
                  args);
    default:
      return "";
  }
}

}  // namespace

std::string asked_words(const Request& q, store::Reader& r, const Motion& m) {
  std::vector<std::string> parts;
  if (m.money && m.money->dong > 0) parts.push_back(web::grouped(m.money->dong, q.language()) + " đ");
  if (m.labour_days && m.labour_days->value > 0)
    parts.push_back(q.tr(N_("{days} days of work"), {{"days", std::to_string(m.labour_days->value)}}));
  if (m.goods && !m.goods->value.empty()) parts.push_back(m.goods->value);
  if (parts.empty()) return "";
  std::string what = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i)
    what += (i + 1 < parts.size() ? ", " : " " + q.tr(N_("and")) + " ") + parts[i];
  std::string words = q.tr(N_("{whose} gives {what}"),
                           {{"whose", q.tr(label_of(m.basis.value_or(Basis::household)))}, {"what", what}});
  if (m.collect_from) words += q.tr(N_(", from {day}"), {{"day", to_page(*m.collect_from)}});
  if (m.collect_to) words += q.tr(N_(", until {day}"), {{"day", to_page(*m.collect_to)}});
  const Persons persons = persons_of(r, m.id.number);
  if (auto keeper = persons.find("keeper"); keeper != persons.end() && !keeper->second.empty())
    words += q.tr(N_(", to {keeper}"), {{"keeper", keeper->second}});
  return words + ".";
}

std::vector<std::string> in_plain_words(const Request& q, store::Reader& r, const Whole& w) {
  if (!w.decision || !w.vote) return {};
  std::vector<std::string> lines{why(q, w)};
  if (!w.vote->passed) {
    lines.push_back(q.tr(N_("This is not done; whoever wants it has to bring it up again.")));
    return lines;
  }
  if (std::string asked = asked_words(q, r, w.motion); !asked.empty()) lines.push_back(std::move(asked));
  if (std::string next = next_step(q, w); !next.empty()) lines.push_back(std::move(next));
  return lines;
}

std::vector<std::string> decision_facts(const Request& q, store::Reader& r, const Whole& w) {
  if (!w.decision || !w.vote) return {};
  const Vote& v = *w.vote;
  std::vector<std::string> lines{
      matter_label(q, w.motion.matter.value),
      q.tr(N_("Result: present {present}, agree {yes}, disagree {no}, other {other}"),
           {{"present", std::to_string(v.present.value)},
            {"yes", std::to_string(v.yes.value)},
            {"no", std::to_string(v.no.value)},
            {"other", std::to_string(v.other.value)}}),
      why(q, w)};
  lines.push_back(q.tr(N_("Decided on “{title}”: {words}"),
                       {{"title", w.motion.title.value}, {"words", w.decision->wording.value}}));
  const Persons persons = persons_of(r, w.motion.id.number);
  for (const auto& [part, label] : {std::pair{"keeper", N_("Keeps what is collected")},
                                    std::pair{"checker", N_("Checks what is collected")}})
    if (auto found = persons.find(part); found != persons.end() && !found->second.empty())
      lines.push_back(q.tr(label) + ": " + found->second);
  if (auto used = form_used(q, w)) lines.push_back(used->words);
  if (w.decision->signed_on)
    lines.push_back(q.tr(N_("Signed on {day}"), {{"day", to_page(*w.decision->signed_on)}}));
  if (w.decision->sent_on)
    lines.push_back(q.tr(N_("Sent on {day}"), {{"day", to_page(*w.decision->sent_on)}}));
  lines.push_back(w.decision->effect_from
                      ? q.tr(N_("In force from {day}"), {{"day", to_page(*w.decision->effect_from)}})
                      : not_in_force_words(q, w));
  return lines;
}

}  // namespace danchu::assembly
