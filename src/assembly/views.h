// What pages read of assemblies: lists for a village, a commune and the province, and everything about one
// matter. Nothing here names a person.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "acts/acts.h"
#include "assembly/decisions.h"
#include "assembly/rows.h"
#include "law/law.h"
#include "people/people.h"
#include "store/attachment.h"
#include "store/database.h"

namespace danchu::assembly {

// One matter in a list.
struct Listed {
  Id<Motion> id;
  std::string title;
  MotionState state = MotionState::proposed;
  std::string village;  // "bản Nà Cá"
  std::optional<Instant> starts;
  struct Counted {
    std::int64_t yes, households, needed;
  };
  std::optional<Counted> vote;
  std::optional<OnPaperState> on_paper;  // of a meeting that was held and is entered from paper
};
// What is said of a matter that is not decided and whose meeting was held on paper, in place of its state.
std::optional<OnPaperState> on_paper_state(MotionState state, MeetingState meeting, bool on_paper);
// Being decided now, coming up, and decided: the newest first. `older` and `newer` are where the decided go
// on.
struct Lists {
  std::vector<Listed> open, coming, decided;
  std::optional<Id<Motion>> older, newer;
};
// Which of the decided are wanted: those before or after this matter; neither: the newest.
struct From {
  std::optional<Id<Motion>> before, after;
};
inline constexpr int list_limit = 50, decided_a_page = 20, decided_at_home = 10;
Lists lists_of_village(store::Reader& r, Id<people::Unit> village, From from = {});
Lists lists_of_commune(store::Reader& r, Id<people::Unit> commune, From from = {});
Lists lists_of_all(store::Reader& r, From from = {});
// These matters, at most 20, in this order; what is not there is left out.
std::vector<Listed> listed(store::Reader& r, const std::vector<Id<Motion>>& ids);

// How many matters each commune has in each sort of list, for the map.
struct Activity {
  Id<people::Unit> commune;
  std::int64_t open = 0, coming = 0, decided = 0;
};
std::vector<Activity> activity(store::Reader& r);

// Everything the page of one matter shows.
struct Whole {
  Motion motion;
  people::Unit village, commune;
  std::optional<Meeting> meeting;
  std::optional<people::HouseholdList>
      list;                          // the frozen one; before the notice the newest that is confirmed
  std::int64_t households = 0;       // what a vote is counted against, as far as it is known
  std::optional<std::int64_t> came;  // households that came to the last meeting held on it
  std::optional<Vote> vote;
  std::optional<Decision> decision;
  std::vector<Correction> corrections;
  std::vector<ExecutionReport> reports;
  std::vector<store::Attachment> pictures;            // of signed papers, oldest first
  std::set<Id<store::Attachment>> declined_pictures;  // of them, with a correction that was declined
  std::vector<acts::Recorded> acts;         // of the matter and its meetings, in the order they were entered
  std::optional<Id<Motion>> proposed_anew;  // the later matter that proposes this one again
};
std::optional<Whole> whole(store::Reader& r, Id<Motion> id);

// What the head answered yes to when he proposed it (practice P4), as msgids; empty for none.
std::vector<std::string_view> answers_to(const std::vector<acts::Recorded>& acts_of_motion);

// The law's word on the vote as counted, or on what it would need, by the rules of the day of the vote.
Result<law::Verdict> judged(const law::Law& law, const Whole& whole, Date today);
// The forms this matter may take, and why not the others.
std::vector<law::FormAnswer> forms_of(const law::Law& law, const Whole& whole, Date today);

// The rules of the two terms about a decision, and the day the term to send it runs from.
inline constexpr std::string_view sending_rule = "MTG-10", answering_rule = "EFF-07";
Date sending_from(const Decision& decision, const std::optional<Meeting>& meeting);
// What counts a term that was set to end on `due`; where today's rules give another day, the rule alone,
// marked.
std::vector<law::Reason> reasons_of(const law::Law& law, std::string_view rule, Date from, Date due);
}  // namespace danchu::assembly
