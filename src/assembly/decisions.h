// The decisions of this room as pure functions: what the law asks of a matter, a meeting and a vote, what the
// terms allow. Who may do what and when is in verbs.h. Tables of tests stand beside them.
#pragma once
#include <optional>
#include <string>

#include "assembly/inputs.h"
#include "assembly/records.h"
#include "assembly/verbs.h"
#include "law/law.h"
#include "people/people.h"

namespace danchu::assembly {

// Does this rule's list of matters hold the matter on that day? Without a day: in its newest version.
bool names_matter(const law::Law& law, std::string_view rule, int matter, std::optional<Date> on = {});

// Who answers a decision that was sent, and whether the answer is a recognition (EFF-05, EFF-06 name the
// matters).
enum class Answerer { commune_receives, commune_recognises, front_recognises };
Answerer answerer_of(int matter, std::optional<Date> on = {}, const law::Law& law = law::Law::embedded());

// Does danchu hold the meeting on a matter of this kind? What else makes it lawful is not built yet for a
// village convention (the posted draft, HU-07) and for the village head (the election team, MTG-01; the head
// does not run his own election, practice P23): `conflict` with the articles. A member of the inspectorate or
// of the investment board is chosen in any meeting of the village (TTN-06).
Result<Done> run_here(const law::Law& law, int matter, Date on);

// How the Front head's agreement may be given (practice P20, P21).
struct Agreeing {
  bool by_tap = false;        // by the account of the Front head or his deputy
  bool same_account = false;  // that account proposed or typed the matter or is the village head's
  bool one_person = false;    // holds both posts of the village
  bool of_committee = false;  // minutes of the whole committee
};
// What is wrong with it, or nothing.
std::optional<Problem> wrong_with(const Agreeing& agreeing);

// A correction by the signed paper (practice P28).
struct Correcting {
  bool by_head = false;  // of the village: whoever entered the numbers corrects only what changes nothing
  bool by_recogniser = false;  // the commune, or for kind 5 its Front
  bool turns = false;          // passed becomes not passed, or the other way round
  bool recognised = false;     // the decision was recognised
  bool proposed_anew = false;  // the lost matter stands again as a new proposal
};
// What is wrong with it, or nothing. One person never turns a result alone: the commune enters it, with the
// correction minutes that the signatories gave it.
std::optional<Problem> wrong_with(const Correcting& correcting);

// Do these words name one person, whatever the spacing, the order of the words or a title beside the name?
// Where both are written with tone marks, Hùng is not Hưng; written without, they may be one (practice P41).
bool same_person(const std::string& one, const std::string& other);
bool asks_for_contributions(const Motion& motion);

// The plain answers that belong to more than one matter, as problems at those after the first: each matter is
// put to the vote by itself, for each has its own majority and its own way into force (practice P4).
Problems mixed(const PlainAnswers& answers);
// One question at least is answered with yes, or that it is none of these: what is left out must not choose
// the majority (practice P4). As a problem at what to tick.
Problems unanswered(const ProposeMotion& form);
// Contributions must say what they are (practice P25): problems with paths of ProposeMotion.
Problems wrong_with(const ProposeMotion& form, int matter);
// The same of a matter that was proposed as another kind: what it does not say, as problems with these paths.
Problems unsaid(const Motion& motion, bool keeper, bool checker);

// The rules a counted day rests on, each once: what carries a mark of its own ("X-04") among them.
std::vector<std::string> rules_of(const std::vector<law::Reason>& because);
// Was notice given in time for a meeting on that day? Refused with the rule and the earliest lawful day.
Result<Done> notice_in_time(const law::Law& law, Date noticed, Date meeting);
// Asked when a meeting is called or moved: a notice given today, the soonest there can be, would it be in
// time? Refused at "starts" with the rule and the earliest lawful day, so that nobody finds out at the
// notice.
Result<Done> can_still_be_noticed(const law::Law& law, Date today, Date meeting);
// A meeting opens on the day and not before the hour of its notice: households that come in time must not
// find votes taken. The law allows no minutes before it, and neither do we.
Result<Done> opened_as_noticed(Instant starts, Instant opened);
// Documents for matters that need them (MTG-05): in time, or refused.
bool needs_documents(const law::Law& law, int matter, Date on);
Result<Done> documents_in_time(const law::Law& law, std::optional<Date> sent, Date meeting);
// The first day on which a meeting noticed on `noticed` may be held, and why.
Date earliest_meeting(const law::Law& law, Date noticed);
std::vector<law::Reason> why_earliest(const law::Law& law, Date noticed);

// Forms know minutes only: a time that is compared with one typed begins with its minute.
Instant minute_of(Instant time);
// The last moment that still belongs to a meeting of that day: early next morning.
Instant night_ends(Date meeting);
// When a step of a meeting of that day happened. On that day a time left out is now; whoever enters it later
// must say it, for the day of the vote decides from when the matter is in force (practice P29, EFF-03). Not
// before `earliest`, not after the meeting's night, not in the future. `when` asks for the time, with {day}.
Result<Instant> meeting_time(std::optional<Instant> sent, Instant now, Date meeting, Instant earliest,
                             std::string path, std::string_view when);

// A vote on procedure: more than the share of those present (MTG-07).
Result<Done> procedure_agreed(const law::Law& law, std::int64_t yes, std::int64_t present, Date on,
                              std::string path);

// What a matter needs before anything is counted, and the least number of households that passes it.
law::Case case_of(int matter, std::int64_t households, Date on);
std::int64_t least_needed(const law::Law& law, int matter, std::int64_t households, Date on);

// The case the law judges for a vote counted in a meeting.
law::Case case_of(int matter, std::int64_t households, std::int64_t present, std::int64_t yes,
                  std::int64_t no, std::int64_t other, Date on);

// The day a passed decision is in force from (EFF-03, EFF-05, EFF-06): the vote's, or that of its
// recognition.
std::optional<Date> effect_from(const law::Law& law, int matter, bool passed, Date voted_on,
                                std::optional<Date> recognised_on);
// The rule that says so.
std::string_view effect_rule(const law::Law& law, int matter, Date on);

// How many household representatives sign the paper beside the two heads (EFF-02).
std::int64_t household_signatures(const law::Law& law, Date on);

}  // namespace danchu::assembly
