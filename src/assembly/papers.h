// The papers of a village's decision, as the forms of Decree 59/2023 and custom lay them out. Each is made
// from plain values, so that what is printed can be tested word by word. Papers are in Vietnamese only; a
// village has neither seal nor number (practice P101), so none is printed. Signatures are by hand.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "paper/paper.h"

namespace danchu::assembly {

// What stands at the head and the foot of every paper of one village.
struct Letterhead {
  std::string commune;     // "xã Mường Bú"
  std::string village;     // "bản Nà Cá"
  std::string place;       // "Mường Bú", before the date
  Date date;               // of the paper
  std::string head_title;  // "Trưởng bản" (by kind of village)
  std::string head_name;   // empty: left to be written
  std::string front_name;  // head of the village Front committee; empty: left to be written
  bool head_stood_in_for = false, front_stood_in_for = false;  // by who signs in the holder's place
  std::string public_url;                                      // for the QR code
  std::string check_code;                                      // "12-9F0C…", empty when there is no act yet
  bool demo = false;                                           // prints the watermark of demonstration data
  bool draft = false;     // not confirmed yet: says so, and prints the watermark of a draft
  bool replaced = false;  // a later correction took its place: prints that as its watermark
};

// One household on a printed list.
struct ListedHousehold {
  std::int64_t number = 0;
  std::string house, head, beside, note;
};

// Form 01: the invitation, with what practice adds to the decree's form: the house, a line in the language
// people speak at home, and a slip that the household signs for it.
struct Invitation {
  Letterhead letterhead;
  std::string invited;  // "đại diện hộ ông Lò Văn A (hộ số 12)"; empty: a dotted line
  std::string subject;  // "bàn đóng góp làm đường nội bản"
  Instant when;         // printed with its weekday and lunar day
  std::string where;
  std::string chair;                   // "Ông Lò Văn Thoa, Trưởng bản"
  std::string attendees;               // who is asked to come
  std::vector<std::string> agenda;     // one line a matter
  std::string contact;                 // name and phone
  std::vector<std::string> documents;  // may be empty
  std::string house;                   // "12b, hộ số 12 trong danh sách"; empty: a dotted line
  std::string second_language;         // one line; empty: a dotted line to write it on
  bool draft = false;                  // notice is not given: says so across the page
  // Of each matter of the agenda what a household is asked to give: "mỗi hộ góp 150.000 đ"; empty or missing:
  // nothing.
  std::vector<std::string> asked;
};
// Set on one page, with its slip: smaller where there is much to say.
paper::Document invitation(const Invitation& form);
// One file with a page for each household. `form` says everything but who is invited.
paper::Document invitations(Invitation form, const std::vector<ListedHousehold>& households);

// One matter and its vote, as form 03 lists it.
struct MatterResult {
  std::string title;
  std::string method;  // "giơ tay"
  std::int64_t present = 0, yes = 0, no = 0, other = 0, needed = 0;
  bool passed = false;
  std::string decision;         // what was decided, in words
  std::string keeper, checker;  // of what is collected; empty when nothing is
  std::string asked;            // the question as it was put to the vote
};

// The signed paper differed from what had been entered: the numbers before and now, when, and where the
// minutes of the correction are kept (practice P28).
struct PaperCorrection {
  struct Numbers {
    std::int64_t present = 0, yes = 0, no = 0, other = 0;
    bool passed = false;
  };
  std::string matter;
  Date on;
  Numbers before, now;
  std::string reason, kept_at;
};

// Form 03, of one matter or, as minutes, of the whole evening (practice P7): resolution, minutes, memorandum
// or agreement of the community.
struct CommunityDecision {
  Letterhead letterhead;
  std::string title;  // "NGHỊ QUYẾT", "BIÊN BẢN CUỘC HỌP", "BẢN GHI NHỚ", "BẢN THỎA THUẬN"
  std::string subject;  // empty: all its matters are
  std::string outcome;  // under the subject where nothing was decided: "Kết quả: không được thông qua"
  Instant began;
  std::optional<Instant> ended;
  std::string where;
  std::string chair, secretary;
  std::vector<std::string> witnesses;  // household representatives who signed; empty: left to be written
  std::string chair_post;              // "Trưởng bản"
  std::int64_t households = 0;         // the closed list
  Date list_closed_on;
  std::int64_t attended = 0;
  // Of those present when it opened, who agreed to the secretary and to how to vote (MTG-07).
  struct Procedure {
    std::int64_t present = 0, secretary_yes = 0, method_yes = 0;
  };
  std::optional<Procedure> procedure;
  std::int64_t voices = 0;                   // members of households who asked to speak
  std::string voices_article;                // that lets them; where there are any
  std::vector<std::string> member_opinions;  // what they said, one line each; empty on the open paper
  std::vector<MatterResult> matters;
  struct PutOff {
    std::string title, reason;
  };
  std::vector<PutOff> put_off;       // matters of the agenda that were not voted on (MTG-06)
  std::vector<std::string> effects;  // "Có hiệu lực từ ngày 26/12/2026.", or what it waits for
  std::vector<PaperCorrection> corrections;
};
paper::Document community_decision(const CommunityDecision& form);

paper::Document household_list(const Letterhead& letterhead, Date closed_on,
                               const std::vector<ListedHousehold>& lines);
paper::Document attendance_sheet(const Letterhead& letterhead, const std::string& meeting,
                                 const std::vector<ListedHousehold>& lines);
// One matter to be counted by raised hands, with the number that decides printed beside it.
struct TallyLine {
  std::string title;
  std::int64_t needed = 0;
};
paper::Document tally_sheet(const Letterhead& letterhead, std::int64_t households,
                            const std::vector<TallyLine>& matters);

}  // namespace danchu::assembly
