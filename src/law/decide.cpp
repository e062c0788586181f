// Household decisions: which form a matter may take, and whether it has passed (Law 10/2022, art. 15-21).
#include <algorithm>
#include <array>

#include "law/law.h"
#include "law/phrases.h"

namespace danchu::law {
namespace {

// The threshold of each of the six matters of art. 15, of a village.
constexpr std::array<std::string_view, 7> village_threshold = {"",       "DEC-01", "DEC-02", "DEC-04",
                                                               "DEC-05", "DEC-06", "DEC-07"};
constexpr std::string_view commune_threshold = "DEC-03", household_is_unit = "X-06",
                           only_at_meeting = "DEC-14", online_only_for = "DEC-15",
                           ballot_of_commune = "BAL-01", ballot_after_meeting = "BAL-02",
                           ballot_by_choice = "BAL-03", too_few_came = "MTG-09", convention_quorum = "HU-10",
                           convention_ballot = "HU-11", online_pass = "ONL-09", head_elected = "ELE-06";
constexpr int convention = 3, village_head = 4;

constexpr std::int64_t most = 1'000'000'000;  // households or villages; products with a share fit 64 bits

constexpr Phrase enough = {"{yes}/{total} hộ đồng ý – cần ít nhất {needed} hộ: được thông qua",
                           "{yes}/{total} households agree – at least {needed} needed: passed"};
constexpr Phrase not_enough = {"{yes}/{total} hộ đồng ý – cần ít nhất {needed} hộ: không được thông qua",
                               "{yes}/{total} households agree – at least {needed} needed: not passed"};
constexpr Phrase enough_villages = {
    "{yes}/{total} thôn, tổ dân phố tán thành – cần ít nhất {needed}: được thông qua",
    "{yes}/{total} villages approve – at least {needed} needed: passed"};
constexpr Phrase not_enough_villages = {
    "{yes}/{total} thôn, tổ dân phố tán thành – cần ít nhất {needed}: không được thông qua",
    "{yes}/{total} villages approve – at least {needed} needed: not passed"};
constexpr Phrase needed_only = {"cần ít nhất {needed}/{total} hộ đồng ý",
                                "at least {needed}/{total} households must agree"};
constexpr Phrase needed_villages_only = {"cần ít nhất {needed}/{total} thôn, tổ dân phố tán thành",
                                         "at least {needed}/{total} villages must approve"};
constexpr Phrase nobody = {"tổng số hộ gia đình là {total} nên không có căn cứ để biểu quyết",
                           "the total of households is {total}, so nothing can be decided"};
constexpr Phrase no_village = {"số thôn, tổ dân phố là {total} nên không có căn cứ để biểu quyết",
                               "the number of villages is {total}, so nothing can be decided"};
constexpr Phrase no_commune_scope = {"luật không quy định quyết định nội dung này trong phạm vi toàn xã",
                                     "the law provides no decision of this matter for the whole commune"};
constexpr Phrase only_meeting = {"nội dung này phải biểu quyết tại cuộc họp của cộng đồng dân cư",
                                 "this matter must be decided at a meeting of the community"};
constexpr Phrase not_online = {
    "biểu quyết trực tuyến chỉ áp dụng với công việc tự quản khác của thôn, tổ dân phố",
    "an online vote is only for other matters of self-governance of a village"};
constexpr Phrase convention_not_online = {
    "hương ước, quy ước không được thông qua bằng biểu quyết trực tuyến",
    "a village convention cannot be passed online"};
constexpr Phrase online_allowed = {
    "được biểu quyết trực tuyến khi Trưởng thôn và Ban công tác Mặt trận thống nhất",
    "an online vote is possible when the head and the Front committee agree"};
constexpr Phrase commune_ballot = {
    "nội dung phạm vi toàn xã được phát phiếu lấy ý kiến hộ gia đình",
    "a matter of the whole commune may be decided by ballots to the households"};
constexpr Phrase chosen_ballot = {
    "Trưởng thôn và Ban công tác Mặt trận được quyết định phát phiếu với công việc tự quản "
    "khác (hiểu theo nghĩa hẹp của Nghị định)",
    "for other matters of self-governance the head and the Front committee may choose "
    "the ballot (the decree's narrow reading)"};
constexpr Phrase online_counts_all = {
    "tính trên tổng số hộ: cần ít nhất {needed}/{total} hộ chọn đồng ý, hộ không biểu quyết không được tính",
    "of all households: at least {needed}/{total} must choose agree, who does not vote does not count"};
constexpr Phrase elected_when = {
    "khi bầu: người đạt ít nhất {needed}/{total} hộ là trúng cử; không ai đạt thì UBND xã quyết định bầu lại",
    "in an election: elected with at least {needed}/{total} households; if nobody is, the commune decides a "
    "re-election"};
constexpr Phrase few_came = {
    "{present}/{total} hộ dự họp, không đủ số hộ dự họp để đạt {needed}: được phát phiếu lấy ý "
    "kiến, đếm lại từ đầu",
    "{present}/{total} households came to the meeting and could not have reached {needed}: "
    "a ballot may follow, counted from zero"};
constexpr Phrase many_came = {
    "{present}/{total} hộ dự họp, đủ để đạt {needed}: không được phát phiếu lấy ý kiến; muốn "
    "bàn lại thì đề xuất mới",
    "{present}/{total} households came to the meeting and could have reached {needed}: no "
    "ballot may follow; it may be proposed anew"};
constexpr Phrase no_meeting_yet = {
    "chỉ phát phiếu lấy ý kiến sau cuộc họp không đủ số hộ dự họp để đạt {needed}/{total}",
    "a ballot may only follow a meeting to which too few came to reach "
    "{needed}/{total}"};
constexpr Phrase too_few_present = {"{present}/{total} hộ dự họp, không đủ số hộ dự họp để đạt {needed}",
                                    "{present}/{total} households present could not reach {needed}"};
constexpr Phrase quorum_missed = {
    "{present}/{total} hộ dự họp, cần ít nhất {needed} hộ dự họp mới được biểu quyết",
    "{present}/{total} households present, at least {needed} must attend for a vote"};
constexpr Phrase quorum_met = {"{present}/{total} hộ dự họp, đủ số hộ tham dự (cần {needed})",
                               "{present}/{total} households present, enough to vote ({needed} needed)"};

std::string text(std::int64_t n) { return std::to_string(n); }

// The least count that reaches the share of the total; the loader bounds the share's parts.
std::int64_t least(const Version& share, std::int64_t total) {
  const std::int64_t product = *share.numerator * total, denominator = *share.denominator;
  return share.strict ? product / denominator + 1 : (product + denominator - 1) / denominator;
}

// One form judged on a day: the reasons why it may be used or why not, collected as the rules are asked.
class Judgement {
 public:
  Judgement(const Law& law, Date on) : law_(law), on_(on) {}

  const Version* version(std::string_view rule) const { return law_.in_force(rule, on_); }
  // Says nothing for a rule that was not in force yet.
  void say(std::string_view rule, const Phrase& phrase, const Args& args = {}) {
    const Version* found = version(rule);
    if (found) because.push_back(reason(*law_.find(rule), *found, on_, phrase, args));
  }
  void refuse(std::string_view rule, const Phrase& phrase, const Args& args = {}) {
    lawful = false;
    say(rule, phrase, args);
  }

  // Rests on the rule's wording alone, whatever is only our reading of it.
  void refuse_by_wording(std::string_view rule, const Phrase& phrase) {
    lawful = false;
    const Version* found = version(rule);
    if (found) because.push_back(wording_reason(*law_.find(rule), *found, on_, phrase));
  }

  bool lawful = true;
  std::vector<Reason> because;

 private:
  const Law& law_;
  Date on_;
};

const Version* share_in_force(const Law& law, std::string_view rule, Date on) {
  const Version* version = law.in_force(rule, on);
  return version && version->numerator ? version : nullptr;
}

struct Threshold {
  std::string_view rule;
  const Version* share = nullptr;
  std::int64_t total = 0, needed = 0;
};

Threshold threshold(const Law& law, int matter, Scope scope, std::int64_t total, Date on) {
  Threshold t;
  t.rule = scope == Scope::commune ? commune_threshold : village_threshold[static_cast<std::size_t>(matter)];
  t.total = total;
  t.share = share_in_force(law, t.rule, on);
  if (t.share && total > 0) t.needed = least(*t.share, total);
  return t;
}

// Whether a list of the rule names this matter; a rule without the list names none.
bool names_matter(const Version* version, int matter) {
  if (!version) return false;
  auto matters = version->lists.find("matters");
  return matters != version->lists.end() &&
         std::find(matters->second.begin(), matters->second.end(), text(matter)) != matters->second.end();
}

void judge_ballot(Judgement& j, int matter, Scope scope, const Threshold& t,
                  std::optional<std::int64_t> meeting_present) {
  if (scope == Scope::commune) return j.say(ballot_of_commune, commune_ballot);
  if (!meeting_present) {
    if (names_matter(j.version(ballot_by_choice), matter)) return j.say(ballot_by_choice, chosen_ballot);
    j.refuse(ballot_after_meeting, no_meeting_yet, {{"needed", text(t.needed)}, {"total", text(t.total)}});
    if (names_matter(j.version(only_at_meeting), matter)) j.refuse(only_at_meeting, only_meeting);
    return;
  }
  const Args counts = {
      {"present", text(*meeting_present)}, {"total", text(t.total)}, {"needed", text(t.needed)}};
  if (*meeting_present >= t.needed) return j.refuse(ballot_after_meeting, many_came, counts);
  j.say(ballot_after_meeting, few_came, counts);
  if (matter == convention) j.say(convention_ballot, few_came, counts);
}

void judge_online(Judgement& j, int matter, Scope scope) {
  if (scope == Scope::village && names_matter(j.version(online_only_for), matter))
    return j.say(online_only_for, online_allowed);
  j.refuse(online_only_for, not_online);
  if (names_matter(j.version(only_at_meeting), matter)) j.refuse(only_at_meeting, only_meeting);
  if (matter == convention) j.refuse(convention_ballot, convention_not_online);
}

Judgement judge(const Law& law, Form form, int matter, Scope scope, const Threshold& t,
                std::optional<std::int64_t> meeting_present, Date on) {
  Judgement j(law, on);
  const bool commune = scope == Scope::commune;
  if (commune && !names_matter(t.share, matter))
    j.refuse_by_wording(commune_threshold, no_commune_scope);
  else if (t.total == 0 && !(commune && form == Form::online))
    j.refuse(household_is_unit, commune ? no_village : nobody, {{"total", text(t.total)}});
  if (form == Form::online) judge_online(j, matter, scope);
  if (form == Form::ballot && j.lawful) judge_ballot(j, matter, scope, t, meeting_present);
  return j;
}

// ---- counts that cannot be ---------------------------------------------------------------------------

class CountCheck {
 public:
  void range(std::string_view name, std::optional<std::int64_t> count) {
    if (count && (*count < 0 || *count > most))
      problems.push_back({Fault::invalid,
                          std::string(name),
                          N_("must be a whole number from 0 to {most}"),
                          {{"most", text(most)}},
                          {}});
  }
  void at_most(std::string_view name, std::optional<std::int64_t> count, std::string_view of,
               std::optional<std::int64_t> limit) {
    if (count && limit && *count > *limit)
      problems.push_back({Fault::invalid,
                          std::string(name),
                          N_("{count} is more than {of}, which is {limit}"),
                          {{"count", text(*count)}, {"of", std::string(of)}, {"limit", text(*limit)}},
                          {}});
  }
  Problems problems;
};

Problems impossible(const Case& c) {
  CountCheck check;
  if (c.matter < 1 || c.matter > 6)
    check.problems.push_back(
        {Fault::invalid, "matter", N_("must be one of the six matters, 1 to 6"), {}, {}});
  check.range("households", c.households);
  check.range("yes", c.yes);
  check.range("no", c.no);
  check.range("other", c.other);
  check.range("present", c.present);
  check.range("meeting-present", c.meeting_present);
  check.range("villages", c.villages);
  check.range("villages-yes", c.villages_yes);
  if (!check.problems.empty()) return check.problems;
  const std::int64_t cast = c.yes.value_or(0) + c.no.value_or(0) + c.other.value_or(0);
  check.at_most("yes", c.yes, "households", c.households);
  if (check.problems.empty()) check.at_most("yes+no+other", cast, "households", c.households);
  check.at_most("present", c.present, "households", c.households);
  // Nobody attends a ballot or an online vote: who came somewhere else bounds nothing there.
  if (c.form == Form::meeting) check.at_most("yes+no+other", cast, "present", c.present);
  check.at_most("meeting-present", c.meeting_present, "households", c.households);
  check.at_most("villages-yes", c.villages_yes, "villages", c.villages);
  if (c.scope == Scope::village && c.villages_yes)
    check.problems.push_back({Fault::invalid,
                              "villages-yes",
                              N_("counts only for the whole commune; a village decides by its households"),
                              {},
                              {}});
  return check.problems;
}

void note(Verdict& verdict, Reason reason) {
  if (std::find(verdict.rules.begin(), verdict.rules.end(), reason.rule) == verdict.rules.end())
    verdict.rules.push_back(reason.rule);
  verdict.because.push_back(std::move(reason));
}

// What a meeting's attendance adds: the convention's own quorum, or too few for the threshold.
void judge_attendance(const Law& law, Judgement& j, const Case& c, Verdict& verdict) {
  if (c.form != Form::meeting || c.scope != Scope::village || !c.present || !verdict.lawful) return;
  const Version* quorum = c.matter == convention ? share_in_force(law, convention_quorum, c.on) : nullptr;
  const std::int64_t needed = quorum ? least(*quorum, c.households) : verdict.needed;
  const Args counts = {
      {"present", text(*c.present)}, {"total", text(c.households)}, {"needed", text(needed)}};
  const bool enough_came = *c.present >= needed;
  if (quorum)
    j.say(convention_quorum, enough_came ? quorum_met : quorum_missed, counts);
  else if (!enough_came)
    j.say(too_few_came, too_few_present, counts);
  verdict.passed = verdict.passed && enough_came;
}

// What the form or the matter adds to the share of Law 10/2022: the decree's own rule, where one is in force.
void add_decree_rule(Judgement& j, const Case& c, const Threshold& t) {
  const Args counts = {{"total", text(t.total)}, {"needed", text(t.needed)}};
  if (c.form == Form::online) j.say(online_pass, online_counts_all, counts);
  if (c.matter == village_head) j.say(head_elected, elected_when, counts);
}

const Phrase& outcome(bool commune, bool counted, bool passed) {
  if (!counted) return commune ? needed_villages_only : needed_only;
  if (commune) return passed ? enough_villages : not_enough_villages;
  return passed ? enough : not_enough;
}

}  // namespace

Result<Verdict> Law::decide(const Case& c) const {
  if (Problems wrong = impossible(c); !wrong.empty()) return wrong;
  const bool commune = c.scope == Scope::commune;
  const Threshold t =
      threshold(*this, c.matter, c.scope, commune ? c.villages.value_or(0) : c.households, c.on);
  if (!t.share)
    return Problem{Fault::missing,
                   "on",
                   N_("{rule}: no rule in force on {day}."),
                   {{"rule", std::string(t.rule)}, {"day", to_iso(c.on)}},
                   {std::string(t.rule)}};
  const bool decided_by_villages = commune && names_matter(t.share, c.matter) && c.form != Form::online;
  if (decided_by_villages && (!c.villages || !c.villages_yes))
    return Problem{
        Fault::invalid,
        c.villages ? "villages-yes" : "villages",
        N_("a matter of the whole commune is counted by villages: give how many there are and how many "
           "approve"),
        {},
        {std::string(t.rule)}};

  Judgement j = judge(*this, c.form, c.matter, c.scope, t, c.meeting_present, c.on);
  if (commune && c.households == 0 && j.lawful) j.refuse(household_is_unit, nobody, {{"total", text(0)}});
  const std::optional<std::int64_t> yes = commune ? c.villages_yes : c.yes;
  Verdict verdict;
  verdict.lawful = j.lawful;
  verdict.needed = commune && !names_matter(t.share, c.matter) ? 0 : t.needed;
  verdict.passed = j.lawful && yes && *yes >= t.needed;

  const Args counts = {{"yes", text(yes.value_or(0))}, {"total", text(t.total)}, {"needed", text(t.needed)}};
  const Reason tally =
      reason(*find(t.rule), *t.share, c.on, outcome(commune, yes && j.lawful, verdict.passed), counts);
  if (j.lawful) {
    note(verdict, tally);
    add_decree_rule(j, c, t);
  }
  judge_attendance(*this, j, c, verdict);
  for (Reason& each : j.because) note(verdict, std::move(each));
  if (!j.lawful && verdict.needed > 0) note(verdict, tally);
  return verdict;
}

std::vector<FormAnswer> Law::forms(int matter, Scope scope, std::int64_t households,
                                   std::optional<std::int64_t> meeting_present, Date on) const {
  std::vector<FormAnswer> answers;
  if (matter < 1 || matter > 6) return answers;
  // The commune's villages are not known yet when a form is chosen; any number but zero gives the same
  // answer.
  const Threshold t = threshold(*this, matter, scope, scope == Scope::commune ? 1 : households, on);
  if (!t.share) return answers;
  for (Form form : {Form::meeting, Form::ballot, Form::online}) {
    Judgement j = judge(*this, form, matter, scope, t, meeting_present, on);
    answers.push_back({form, j.lawful, std::move(j.because)});
  }
  return answers;
}

}  // namespace danchu::law
