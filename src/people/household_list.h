// The list of households a decision is counted against: drafted from the register, locked by head and Front,
// confirmed by the commune, frozen by the notice of a meeting, corrected only by an act before voting starts
// (P34-P36, P20).
//
// Everything here that writes runs within a write_official(). household_list.cpp reads and drafts, _steps
// locks to freezes, _corrections and _tasks do what they are called.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "law/law.h"
#include "people/people.h"

namespace danchu::people {

struct ListLine {
  Id<ListLine> id;
  Id<HouseholdList> list;
  Id<Household> household;
  std::int64_t number = 0;
  Line<40> house;
  Line<120> head, beside;
  bool temporary = false;
  std::string reason;    // why it counts: "imported", "split", "moved_in", "correction"
  bool removed = false;  // taken out by a correction; it no longer counts
  Circumstance circumstance = Circumstance::usual;
};
DANCHU_RECORD(ListLine, id, list, household, number, house, head, beside, temporary, reason, removed,
              circumstance)

std::optional<HouseholdList> household_list(store::Reader& r, Id<HouseholdList> id);
// What a notice can be given on now: the last list that the commune confirmed, unless it returned it since.
// Then there is none until another is confirmed: an older one counts other households, and whoever returned
// the newer would choose by it against how many a vote is counted (P34).
std::optional<HouseholdList> list_of(store::Reader& r, Id<Unit> village);
// The same as it was at that instant, by the acts until then, whatever was done since. The list's own state
// may be another by now.
std::optional<HouseholdList> list_at(store::Reader& r, Id<Unit> village, Instant at);
// How many households the list had then: a correction made later does not reach back.
std::int64_t total_at(store::Reader& r, const HouseholdList& list, Instant at);
// Did this account confirm, return or correct the list for the commune?
bool had_a_hand_in(store::Reader& r, Id<HouseholdList> list, Id<Account> account);
// All lists, newest first.
std::vector<HouseholdList> lists_of(store::Reader& r, Id<Unit> village, int limit = 20);
// In house order; those a correction removed are left out unless asked for.
std::vector<ListLine> lines(store::Reader& r, Id<HouseholdList> list, bool with_removed = false);
// Whether a household stands on the list and was not taken out again.
bool stands_on(store::Reader& r, Id<HouseholdList> list, Id<Household> household);
// The denominator; nothing while the list is not frozen.
std::optional<std::int64_t> frozen_total(store::Reader& r, Id<HouseholdList> list);

// The register as it stood on a day that has come, `oldest_list` days ago at most and not before the newest
// confirmed list's. A draft nobody has locked is replaced and stands as returned; while another list waits to
// be confirmed or frozen, it must be returned first.
inline constexpr int oldest_list = 30;  // days; no term of the law: whom an older day leaves out cannot vote
// Drafting is an act, with a hash of the lines, so that a list put in by hand or changed before it is locked
// is found.
// Why this viewer may draft none now, if so, whatever the day: he does not keep the register, or another
// waits.
std::optional<Problems> draft_refusal(store::Reader& r, const Viewer& viewer, Id<Unit> village);
Result<Id<HouseholdList>> draft_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                                     Id<Unit> village, Date closed_on);

enum class LockAs { head, front };
struct LockList {
  LockAs as = LockAs::head;
  std::optional<Date> posted_on;
  std::optional<Line<200>> posted_at;
  std::optional<Line<200>> minutes;
  static constexpr About about[] = {
      {"as", N_("I lock it as"), ""},
      {"posted_on", N_("Posted since"),
       N_("The day the list was put up for the households to check; it may lie "
          "before today")},
      {"posted_at", N_("Where it is posted"), N_("Village hall, meeting point")},
      {"minutes", N_("Minutes of the Front committee"),
       N_("Needed where one person is head and head of the Front committee: "
          "date of the committee's meeting")}};
};
DANCHU_RECORD(LockList, as, posted_on, posted_at, minutes)
// The head says since when and where the list is posted (P34): not before the day it was closed on, and at
// most `longest_posting` days back. Never both by one account. Where one person holds both posts, the Front's
// side is a deputy's, with the committee's minutes named (P20).
Result<Done> lock_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<HouseholdList> list,
                       const LockList& form);
inline constexpr int longest_posting = 31;  // days; what hangs longer is an older list

// How long a posted list may be corrected before the commune confirms it (rule HHL-01): until the end of
// `until`. Nothing where no posting is asked for (the rule's term is 0, or it is not in force).
struct CorrectionWindow {
  Date until;
  Date confirmed_from;  // the first day on which the commune may confirm
  bool proposed;        // by this project only: no article and no regulation of the commune sets it
  std::vector<law::Reason> because;
};
std::optional<CorrectionWindow> correction_window(const law::Law& law, Date posted_on);

struct ConfirmList {
  std::optional<Line<200>> reason;
  static constexpr About about[] = {{"reason", N_("Why it is confirmed without the whole time of posting"),
                                     N_("For example: the commune asks for no posting")}};
};
DANCHU_RECORD(ConfirmList, reason)
// May the commune confirm a list that was posted on this day? Before the window ends it is refused with the
// rule and the earliest day; where the window is only proposed, or no posting is asked for, a reason opens
// it, and the list says so to everybody.
Result<Done> may_confirm(const law::Law& law, std::optional<Date> posted_on, Date today,
                         const ConfirmList& form);
// By an officer of the commune who had no hand in the village's accounts lately, or by its chair where there
// is none (impartial.h; also for correct_list).
Result<Done> confirm_list(store::Writer& w, const acts::Keys& keys, const law::Law& law, const Viewer& viewer,
                          Id<HouseholdList> list, const ConfirmList& form = {});
struct ReturnList {
  std::optional<Line<200>> reason;
  static constexpr About about[] = {
      {"reason", N_("Why the list is returned"), N_("What is wrong with it; name no person")}};
};
DANCHU_RECORD(ReturnList, reason)
// Head, Front or commune send a list back that is not frozen; a new one is drafted. One that was confirmed
// only the commune, with a reason that stands in the act; for the commune who may confirm it.
Result<Done> return_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                         Id<HouseholdList> list, const ReturnList& form = {});

// When the last of head, Front and commune had agreed to the list: no notice can rest on it before. Nothing
// while it is not confirmed.
std::optional<Instant> confirmed_at(store::Reader& r, Id<HouseholdList> list);

// By the service that gives notice of a meeting; `notice` is the act's subject ("meeting/01J…"). A frozen
// list may serve a later notice as well: the first that froze it stays.
Result<Done> freeze(store::Writer& w, const acts::Keys& keys, Id<HouseholdList> list, const Viewer& actor,
                    const std::string& notice);
// By the service that opens voting: from now on the list cannot be corrected.
void voting_started(store::Writer& w, Id<HouseholdList> list);

struct CorrectList {
  std::vector<Id<Household>> add, remove;  // households of the register; of the list
  Line<200> reason;                        // and the paper behind it
  static constexpr About about[] = {{"add", N_("Households to add"), ""},
                                    {"remove", N_("Households to remove"), ""},
                                    {"reason", N_("Reason and paper"), ""}};
};
DANCHU_RECORD(CorrectList, add, remove, reason)
// The commune's act (ENGINEERING i4): a household that was wrongly missing or present. From the lock on until
// voting starts; both totals stay visible. Added is who stood in the register on the day the list was closed,
// also who left since; who came later counts from the next list (story D1).
Result<Done> correct_list(store::Writer& w, const acts::Keys& keys, const Viewer& viewer,
                          Id<HouseholdList> list, const CorrectList& form);

// A room whose pages show a list's total makes them fresh when the list is corrected.
struct WhenListCorrected {
  explicit WhenListCorrected(void (*touch)(store::Writer&, Id<HouseholdList>));
  WhenListCorrected(const WhenListCorrected&) = delete;
};

// Which steps this viewer may take on this list now, by the same decisions the steps themselves ask.
struct ListSteps {
  bool lock_as_head = false, lock_as_front = false, confirm = false, give_back = false, correct = false;
};
ListSteps steps_for(store::Reader& r, const Viewer& viewer, const HouseholdList& list, Date today);

// What the viewer's posts have to do for household lists: a head drafts and locks, the Front locks, the
// commune confirms. At most 200 of one commune.
struct ListTask {
  enum class What { draft, lock, confirm } what;
  Unit village;
  std::optional<Id<HouseholdList>> list;  // none: to be drafted from the register
  std::optional<Date> not_before;         // to confirm: until then households may ask for corrections
};
std::vector<ListTask> list_tasks(store::Reader& r, const Viewer& viewer, const law::Law& law, Date today);

struct ListCorrection {
  std::int64_t total_before = 0, total_after = 0;
  std::string reason;
  Instant entered;
};
DANCHU_RECORD(ListCorrection, total_before, total_after, reason, entered)
std::vector<ListCorrection> corrections(store::Reader& r, Id<HouseholdList> list);

}  // namespace danchu::people

namespace danchu {
template <>
struct Choices<people::LockAs> {
  static constexpr ChoiceName names[] = {{"head", N_("Village head")},
                                         {"front", N_("Head of the village Front committee")}};
};
}  // namespace danchu
