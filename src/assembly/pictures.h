// Pictures of signed papers (practice P21, P28). They hold names and signatures: the village's head and Front
// and the commune's posts see them, the open page says only that the paper is kept and its hash (P98).
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "assembly/recorded_step.h"
#include "assembly/rows.h"
#include "people/people.h"
#include "store/attachment.h"

namespace danchu::assembly {

// What a picture is of; the code stands in the row and in the act.
enum class PaperOf { agreement, decision, correction, proposal, invitation, attendance, minutes };

// The shorter side of a picture of a paper, in pixels: an A4 sheet of less (72 to the inch) cannot be read.
inline constexpr std::uint32_t least_picture_side = 600;

// Limits of this program, of no law: so many pictures of one matter or meeting, and so many that one account
// adds in 24 hours; an evening on paper with ten matters needs some sixty.
inline constexpr std::size_t most_pictures_of_subject = 30, most_pictures_a_day = 150;

// A file as it is kept, without what a phone adds to a photograph.
struct Picture {
  std::string sha256, media_type, name;
  std::int64_t size = 0;
  std::string bytes;
};
using PicturesByField = std::vector<std::vector<Picture>>;  // by the form's fields, in their order
std::size_t number_of(const PicturesByField& pictures);

// What is wrong with files as papers, by their content, at the path of their field; empty when nothing is.
Problems wrong_with(const std::vector<SentFile>& files, const std::string& path);
// As they would be kept; nothing is on disk yet. The files were found right before.
std::vector<Picture> judged(const std::vector<SentFile>& sent);
// Puts them on disk, before any row names them. Throws StoreError.
void put_on_disk(store::Files& files, const PicturesByField& pictures);
// Why this account may add no more pictures today, if so.
std::optional<Problems> too_many_today(store::Writer& w, const people::Viewer& viewer,
                                       const PicturesByField& pictures);
// One picture proves one paper: bytes that are kept here as another paper's, or that were sent twice, are
// refused at `path`; so is what would be more than `most_pictures_of_subject`. `same_paper` allows what is
// kept of this very paper already.
struct NewPictures {
  const std::vector<Picture>& pictures;
  const std::vector<SentFile>& files;
  PaperOf what;
  std::string path;
  bool same_paper = false;
};
Problems used_before(store::Reader& r, const std::string& subject, const std::vector<NewPictures>& all);
// Adds them to the subject (subject_of a matter or a meeting) and its act.
void attach(store::Writer& w, Step& step, const people::Viewer& viewer, const std::string& subject,
            PaperOf what, const std::vector<Picture>& pictures);

std::vector<store::Attachment> pictures_of(store::Reader& r, Id<Motion> motion);  // and of its meeting
bool has_picture(store::Reader& r, const std::string& subject, PaperOf what);
// Those that a head sent with a correction which the Front head declined: they prove nothing that stands.
std::set<Id<store::Attachment>> declined_pictures(store::Reader& r, Id<Motion> motion);
// Is a picture of the signed paper kept, other than those?
bool has_signed_paper(store::Reader& r, Id<Motion> motion);

// The head and the Front of the village, the officers, the chair and the Front of its commune; nobody else.
bool may_see_pictures(const people::Viewer& viewer, Id<people::Unit> village, Id<people::Unit> commune);

}  // namespace danchu::assembly

namespace danchu {
template <>
struct Choices<assembly::PaperOf> {
  static constexpr ChoiceName names[] = {{"agreement", N_("Minutes of the agreement with the Front")},
                                         {"decision", N_("Signed paper")},
                                         {"correction", N_("Correction minutes")},
                                         {"proposal", N_("Proposal on paper")},
                                         {"invitation", N_("Invitation that was posted")},
                                         {"attendance", N_("Signed attendance sheet")},
                                         {"minutes", N_("Signed minutes of the meeting")}};
};
}  // namespace danchu
