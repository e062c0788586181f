// What officers send after the vote: the paper signed, sent and answered, its execution reported, its numbers
// corrected; or another form asked for.
#pragma once
#include <optional>

#include "assembly/records.h"
#include "law/law.h"

namespace danchu::assembly {

struct SignPaper {
  Date signed_on;
  Line<120> household_1, household_2;
  Line<120> reference;
  std::optional<Line<64>> hash;  // for programs that keep the picture elsewhere
  std::vector<SentFile> pictures;
  static constexpr About about[] = {
      {"signed_on", N_("Signed on"), ""},
      {"household_1", N_("First household representative who signed"), ""},
      {"household_2", N_("Second household representative who signed"), ""},
      {"reference", N_("Where the signed paper is kept"), ""},
      {"hash", N_("SHA-256 of its picture"), N_("Leave empty when there is no picture")},
      {"pictures", N_("Picture of the signed paper"),
       N_("Photograph each page. Only the village's and the commune's officers see it")}};
};
DANCHU_RECORD(SignPaper, signed_on, household_1, household_2, reference, hash, pictures)

struct OnDay {
  std::optional<Date> on;
  static constexpr About about[] = {{"on", N_("On"), N_("Leave empty for today")}};
};
DANCHU_RECORD(OnDay, on)

struct Recognise {
  Line<60> number;
  Date signed_on;
  static constexpr About about[] = {
      {"number", N_("Number of the decision of recognition"), N_("From your document system")},
      {"signed_on", N_("Signed on"), ""}};
};
DANCHU_RECORD(Recognise, number, signed_on)

struct Refuse {
  Line<60> number;
  Date signed_on;
  Text<2000> reason;
  static constexpr About about[] = {{"number", N_("Number of the letter"), ""},
                                    {"signed_on", N_("Signed on"), ""},
                                    {"reason", N_("Reasons"), ""}};
};
DANCHU_RECORD(Refuse, number, signed_on, reason)

struct ReportExecution {
  std::optional<Date> on;
  Text<4000> done;
  static constexpr About about[] = {{"on", N_("On"), N_("Leave empty for today")},
                                    {"done", N_("What was done"), ""}};
};
DANCHU_RECORD(ReportExecution, on, done)

// The signed paper prevails (practice P28): the numbers as they stand on it, with the pictures of both
// papers.
struct CorrectVote {
  Count present, yes, no, other;
  Text<1000> reason;
  Line<120> reference;
  std::vector<SentFile> paper, minutes;
  std::optional<Count> version;  // of the vote as the page showed it
  static constexpr About about[] = {
      {"version", "", ""},
      {"present", N_("Households present"), ""},
      {"yes", N_("Agree"), ""},
      {"no", N_("Disagree"), ""},
      {"other", N_("Other opinion"), ""},
      {"reason", N_("Reason"), ""},
      {"reference", N_("Where the correction minutes are kept"), ""},
      {"paper", N_("Picture of the signed paper"), N_("Not needed again when it is kept here already")},
      {"minutes", N_("Picture of the correction minutes"),
       N_("Photograph each page. Only the village's and the commune's officers "
          "see it")}};
};
DANCHU_RECORD(CorrectVote, present, yes, no, other, reason, reference, paper, minutes, version)

// Whoever answers a correction answers the very numbers the page showed him.
struct AgreeCorrection {
  std::optional<Id<CorrectionRequest>> request;  // needed
  static constexpr About about[] = {{"request", "", ""}};
};
DANCHU_RECORD(AgreeCorrection, request)
struct DeclineCorrection {
  Text<1000> reason;
  std::optional<Id<CorrectionRequest>> request;  // needed
  static constexpr About about[] = {{"reason", N_("Reason"), ""}, {"request", "", ""}};
};
DANCHU_RECORD(DeclineCorrection, reason, request)

// Another way to decide, asked for after a meeting or before it; answered by the law.
struct AskForm {
  law::Form form = law::Form::ballot;
  bool add_to_meeting = false;
  static constexpr About about[] = {
      {"form", N_("Form"), ""}, {"add_to_meeting", N_("Add the answers to the votes of the meeting"), ""}};
};
DANCHU_RECORD(AskForm, form, add_to_meeting)

}  // namespace danchu::assembly
