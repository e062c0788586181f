// What officers send: one record for each verb of assembly.h. Instants and dates say when a thing happened,
// which may be before it is entered; left out, it happened now. `version` is the one the page showed: when it
// is stale, somebody else was first.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "assembly/records.h"

namespace danchu::assembly {

// Plain questions that find the kind of matter (practice P4).
struct PlainAnswers {
  bool collects = false;
  bool works = false;
  bool spends = false;
  bool convention = false;
  bool elects_head = false;
  bool elects_board = false;
  static constexpr About about[] = {
      {"collects", N_("Money, goods or days of work are collected from households"), ""},
      {"works", N_("It is for a road, a bridge, water, a hall or another common work"), ""},
      {"spends", N_("Common money or common property is spent or managed"), ""},
      {"convention", N_("The village convention is made or changed"), ""},
      {"elects_head", N_("The village head is elected or dismissed"), ""},
      {"elects_board",
       N_("A member of the People's inspectorate or the community investment board is chosen"), ""}};
};
DANCHU_RECORD(PlainAnswers, collects, works, spends, convention, elects_head, elects_board)
int matter_of(const PlainAnswers& answers);

struct ProposeMotion {
  Line<200> title;
  Text<2000> asked;
  bool collects = false, works = false, spends = false, convention = false, elects_head = false,
       elects_board = false;
  bool other = false;  // none of these; one of the seven is ticked
  std::optional<Basis> basis;
  std::optional<Money> money;
  std::optional<Line<200>> goods;
  std::optional<Count> labour_days;
  std::optional<Text<1000>> exemptions;
  std::optional<Date> collect_from, collect_to;
  std::optional<Line<120>> keeper, checker;
  std::optional<Text<1000>> shortfall;
  std::optional<Date> proposed_on;
  static constexpr About about[] = {
      {"title", N_("What is the matter?"), N_("One line, as people say it")},
      {"asked", N_("What are households asked to agree to?"), N_("Plain words: what, how much, when")},
      {"collects", N_("Money, goods or days of work are collected from households"), ""},
      {"works", N_("It is for a road, a bridge, water, a hall or another common work"), ""},
      {"spends", N_("Common money or common property is spent or managed"), ""},
      {"convention", N_("The village convention is made or changed"), ""},
      {"elects_head", N_("The village head is elected or dismissed"), ""},
      {"elects_board",
       N_("A member of the People's inspectorate or the community investment board is chosen"), ""},
      {"other", N_("None of these"), ""},
      {"basis", N_("Counted for"), N_("Needed when something is collected")},
      {"money", N_("Money, đồng"), N_("When something is collected: say money, days of work or goods")},
      {"goods", N_("Goods"), N_("For example: 1 m³ of sand")},
      {"labour_days", N_("Days of work"), ""},
      {"exemptions", N_("Who pays less or nothing"),
       N_("Groups, never names: poor households, lone old people")},
      {"collect_from", N_("Collected from"), ""},
      {"collect_to", N_("Collected until"), ""},
      {"keeper", N_("Who keeps the money"), N_("Needed when something is collected; the name is public")},
      {"checker", N_("Who checks"), N_("Needed when something is collected; the name is public")},
      {"shortfall", N_("What if it is not enough?"), ""},
      {"proposed_on", N_("Proposed on paper on"),
       N_("Leave empty for today. A proposal on paper is entered afterwards with its picture")}};
};
DANCHU_RECORD(ProposeMotion, title, asked, collects, works, spends, convention, elects_head, elects_board,
              other, basis, money, goods, labour_days, exemptions, collect_from, collect_to, keeper, checker,
              shortfall, proposed_on)

int matter_of(const ProposeMotion& form);

struct AgreeByTap {
  std::optional<Count> version;  // of the matter as the page showed it; needed
  static constexpr About about[] = {{"version", "", ""}};
};
DANCHU_RECORD(AgreeByTap, version)

// The Front's agreement on paper, entered by the head (practice P20, P21).
struct AgreeByPaper {
  bool of_committee = false;
  Date signed_on;
  Line<120> signed_by;
  Line<120> reference;
  std::vector<SentFile> pictures;
  std::optional<Count> version;  // of the matter as the page showed it
  static constexpr About about[] = {
      {"version", "", ""},
      {"of_committee", N_("Minutes of the whole Front committee"),
       N_("Needed when one person holds both posts")},
      {"signed_on", N_("Signed on"), ""},
      {"signed_by", N_("Who signed for the Front"), N_("Full name and post")},
      {"reference", N_("Where the paper is kept"), N_("For example: folder 2026, sheet 14")},
      {"pictures", N_("Picture of the signed minutes"),
       N_("Photograph each page. Only the village's and the commune's officers see it")}};
};
DANCHU_RECORD(AgreeByPaper, of_committee, signed_on, signed_by, reference, pictures, version)

struct Reclassify {
  Matter matter;
  Text<1000> reason;
  static constexpr About about[] = {{"matter", N_("Kind of matter"), ""}, {"reason", N_("Reason"), ""}};
};
DANCHU_RECORD(Reclassify, matter, reason)

struct WithReason {
  Text<1000> reason;
  static constexpr About about[] = {{"reason", N_("Reason"), ""}};
};
DANCHU_RECORD(WithReason, reason)

// The head convenes it (MTG-01): a post that the commune gives for a time is a head's as well.
struct CallMeeting {
  Instant starts;
  Line<200> place;
  Line<120> chair;
  Line<120> contact;
  std::vector<Id<Motion>> motions;
  std::optional<Date> called_on;
  static constexpr About about[] = {
      {"starts", N_("Day and time"), ""},
      {"place", N_("Place"), ""},
      {"chair", N_("Chair"), N_("Full name")},
      {"contact", N_("Contact"), N_("Name and telephone number")},
      {"motions", N_("Matters on the agenda"), ""},
      {"called_on", N_("Called on paper on"),
       N_("Leave empty for today. A meeting that was called on paper is entered "
          "afterwards with pictures of its papers, and the commune accepts "
          "them before its results are public")}};
};
DANCHU_RECORD(CallMeeting, starts, place, chair, contact, motions, called_on)

// Pictures of what stands on paper behind steps that are entered afterwards (practice P47).
struct AddProposalPaper {
  std::vector<SentFile> pictures;
  static constexpr About about[] = {
      {"pictures", N_("Picture of the proposal on paper"),
       N_("Photograph each page. Only the village's and the commune's officers see it")}};
};
DANCHU_RECORD(AddProposalPaper, pictures)

struct AddMeetingPaper {
  MeetingPaper paper = MeetingPaper::invitation;
  std::vector<SentFile> pictures;
  static constexpr About about[] = {
      {"paper", N_("Which paper"), ""},
      {"pictures", N_("Pictures"),
       N_("Photograph each page. Only the village's and the commune's officers see it")}};
};
DANCHU_RECORD(AddMeetingPaper, paper, pictures)

// The commune compared what was entered with the pictures of the papers.
struct AcceptPapers {
  bool compared = false;
  std::optional<Count> version;  // of the meeting as the page showed it; needed
  static constexpr About about[] = {
      {"compared", N_("I compared the days and numbers with the pictures of the signed papers"), ""},
      {"version", "", ""}};
};
DANCHU_RECORD(AcceptPapers, compared, version)

struct ReturnPapers {
  Text<1000> reason;
  bool for_good = false;
  std::optional<Count> version;  // of the meeting as the page showed it; needed
  static constexpr About about[] = {
      {"reason", N_("Reason"),
       N_("What is missing or differs from the papers. Officers of the village and the commune read it, and "
          "everybody when the meeting is not accepted at all")},
      {"for_good", N_("Do not accept it at all"),
       N_("The meeting is cancelled and its matters are withdrawn. Otherwise the head mends and sends it "
          "again")},
      {"version", "", ""}};
};
DANCHU_RECORD(ReturnPapers, reason, for_good, version)

// Another day, hour or place for a meeting that was called. A notice already given is taken back: there has
// to be a new one with its whole term (MTG-04), and the reason is public.
struct MoveMeeting {
  Instant starts;
  Line<200> place;
  std::optional<Text<1000>> reason;
  std::optional<Count> version;  // of the meeting as the page showed it; needed
  static constexpr About about[] = {
      {"starts", N_("Day and time"), ""},
      {"place", N_("Place"), ""},
      {"reason", N_("Reason"), N_("Needed when notice was given already; it is public")},
      {"version", "", ""}};
};
DANCHU_RECORD(MoveMeeting, starts, place, reason, version)

struct GiveNotice {
  Channel channel = Channel::invitation;
  Line<200> posted_at;
  std::optional<Instant> given_at;
  std::optional<Date> documents_sent;
  std::optional<Line<200>> second_language;  // on the invitation, beside the Vietnamese (practice P57)
  static constexpr About about[] = {
      {"channel", N_("How households were told"), ""},
      {"posted_at", N_("Where the notice is posted"), N_("Village hall, meeting point")},
      {"given_at", N_("Given at"),
       N_("Left out, it is now. A notice of an earlier day is entered from paper: it needs the picture of "
          "the "
          "invitation, and the commune accepts the evening before its results are public")},
      {"documents_sent", N_("Documents sent to every household on"),
       N_("The day they were handed out; only where a matter has documents")},
      {"second_language", N_("One line in Thái or Mông for the invitation"),
       N_("For example: when and where people meet. The Vietnamese text is the one that holds")}};
};
DANCHU_RECORD(GiveNotice, channel, posted_at, given_at, documents_sent, second_language)

// One tick; sent twice it changes nothing (practice P53, P54).
struct Attend {
  bool present = true;
  std::optional<Instant> at;
  std::optional<Line<120>> other_name;
  std::optional<Line<60>> relation;
  bool mistake = false;  // with present = false: it never came, the tick was wrong
  static constexpr About about[] = {{"present", N_("Present"), ""},
                                    {"at", N_("At"), ""},
                                    {"other_name", N_("Another person of the household"), N_("Full name")},
                                    {"relation", N_("Relation"), N_("For example: wife, son")},
                                    {"mistake", N_("Ticked by mistake"), N_("It did not come at all")}};
};
DANCHU_RECORD(Attend, present, at, other_name, relation, mistake)

// A member of a household who asks to speak beside its representative (art. 24.2).
struct RegisterMember {
  Id<people::Household> household;
  Line<120> name;
  std::optional<Text<1000>> said;
  static constexpr About about[] = {
      {"household", N_("Household"), ""},
      {"name", N_("Who asks to speak"), N_("Full name")},
      {"said", N_("What was said"), N_("In one or two sentences; may follow later")}};
};
DANCHU_RECORD(RegisterMember, household, name, said)

struct NoteOpinion {
  std::optional<Text<1000>> said;  // left out only with `struck`: what was noted before stays
  bool struck = false;
  std::optional<Count> version;  // of what was noted, as the page showed it; needed
  static constexpr About about[] = {
      {"said", N_("What was said"), N_("In one or two sentences; may follow later")},
      {"struck", N_("Strike it out"), N_("Entered by mistake, or no longer wishes to speak")},
      {"version", "", ""}};
};
DANCHU_RECORD(NoteOpinion, said, struck, version)

struct OpenMeeting {
  Line<120> secretary;
  Count secretary_yes;
  Method method = Method::hands;
  Count method_yes;
  std::optional<Instant> opened_at;
  static constexpr About about[] = {
      {"secretary", N_("Secretary"), N_("Full name")},
      {"secretary_yes", N_("Households that agreed to the secretary"), ""},
      {"method", N_("How to vote"), ""},
      {"method_yes", N_("Households that agreed to vote so"), ""},
      {"opened_at", N_("Opened at"),
       N_("Leave empty for now; when you enter it on a later day, say when it was")}};
};
DANCHU_RECORD(OpenMeeting, secretary, secretary_yes, method, method_yes, opened_at)

struct CountVote {
  std::optional<Count>
      present;  // households present when this vote is taken; left out: those ticked and not gone
  Count yes, no, other;
  std::optional<Instant> voted_at;
  std::optional<Count> version;  // set when numbers entered before are mended
  static constexpr About about[] = {
      {"present", N_("Households present now"), N_("Leave empty to take the ticks")},
      {"yes", N_("Agree"), ""},
      {"no", N_("Disagree"), ""},
      {"other", N_("Other opinion"), ""},
      {"voted_at", N_("Voted at"),
       N_("Leave empty for now; when you enter it on a later day, say when it was")},
      {"version", "", ""}};
};
DANCHU_RECORD(CountVote, present, yes, no, other, voted_at, version)

// What was decided on one matter, as its paper says it (art. 20.2).
struct DecidedWords {
  Id<Motion> motion;
  Text<4000> words;
  static constexpr About about[] = {
      {"motion", "", ""},
      {"words", N_("What was decided"),
       N_("As it stands in the paper; who keeps and who checks is printed beside it")}};
};
DANCHU_RECORD(DecidedWords, motion, words)

struct Conclude {
  std::optional<Title> title;  // asked for when something passed; left out: a resolution
  std::optional<Instant> concluded_at;
  std::vector<DecidedWords> decisions;  // of matters that passed; left out: what the proposal says
  std::optional<Text<1000>> put_off;    // needed when a matter of the agenda was not voted on
  static constexpr About about[] = {
      {"title", N_("Name of the decision papers"), N_("Needed when a matter was passed")},
      {"decisions", N_("Decision"), ""},
      {"put_off", N_("Why a matter is put off"),
       N_("Needed when a matter of the agenda was not voted on: it can be put on another meeting. The reason "
          "is "
          "public")},
      {"concluded_at", N_("Concluded at"),
       N_("Leave empty for now; when you enter it on a later day, say when it was")}};
};
DANCHU_RECORD(Conclude, title, decisions, put_off, concluded_at)

}  // namespace danchu::assembly
