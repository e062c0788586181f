#include "assembly/paper_versions.h"

#include <algorithm>

#include "assembly/assembly.h"

namespace danchu::assembly {
namespace {

// An evening held on paper is concluded when the commune has accepted it.
constexpr std::string_view concluded = "assembly.concluded", accepted = "assembly.accepted",
                           corrected = "assembly.corrected";

// As the numbers of a correction say it: its older ones, or those it brought.
DecisionVersion at_that_time(DecisionVersion now, const law::Law& law, const Correction& c) {
  now.vote.present = c.old_present;
  now.vote.yes = c.old_yes;
  now.vote.no = c.old_no;
  now.vote.other = c.old_other;
  now.vote.passed = c.old_passed;
  if (now.decision.passed != c.old_passed)
    now.decision.effect_from = effect_from(law, static_cast<int>(now.decision.matter.value), c.old_passed,
                                           now.decision.voted_on, std::nullopt);
  now.decision.passed = c.old_passed;
  now.replaced_by = c.id;
  return now;
}

}  // namespace

std::string code_of(const std::vector<acts::Recorded>& acts, std::initializer_list<std::string_view> kinds) {
  const acts::Recorded* last = nullptr;
  for (const acts::Recorded& act : acts)
    if (std::find(kinds.begin(), kinds.end(), act.kind) != kinds.end() && (!last || act.seq > last->seq))
      last = &act;
  return last ? last->check_code() : "";
}

std::string code_of_notice(store::Reader& r, Id<Meeting> meeting) {
  return code_of(acts::about(r, subject_of(meeting)), {"assembly.noticed"});
}

std::string code_of_minutes(store::Reader& r, Id<Meeting> meeting) {
  std::vector<acts::Recorded> all = acts::about(r, subject_of(meeting));
  for (const Motion& on_agenda : motions_of(r, meeting))
    for (acts::Recorded& act : acts::about(r, subject_of(on_agenda.id))) all.push_back(std::move(act));
  return code_of(all, {concluded, accepted, corrected});
}

std::vector<DecisionVersion> versions_of(const law::Law& law, const Whole& w) {
  if (!w.vote || !w.decision) return {};
  std::vector<std::string> codes;  // of each correction, in their order
  for (const acts::Recorded& act : w.acts)
    if (act.kind == corrected) codes.push_back(act.check_code());
  std::vector<DecisionVersion> versions;
  DecisionVersion now{
      *w.vote, *w.decision, w.corrections, code_of(w.acts, {concluded, accepted, corrected}), {}};
  for (std::size_t i = 0; i < w.corrections.size(); ++i) {
    DecisionVersion before = at_that_time(now, law, w.corrections[i]);
    before.corrections.assign(w.corrections.begin(), w.corrections.begin() + static_cast<std::ptrdiff_t>(i));
    before.check_code = i == 0              ? code_of(w.acts, {concluded, accepted})
                        : i <= codes.size() ? codes[i - 1]
                                            : "";
    versions.push_back(std::move(before));
  }
  versions.push_back(std::move(now));
  return versions;
}

}  // namespace danchu::assembly
