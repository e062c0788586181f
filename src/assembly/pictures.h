// Pictures of signed papers (practice P21, P28). They hold names and signatures: the village's head and Front
// and the commune's posts see them, the open page says only that the paper is kept and its hash (P98).
#pragma once
#include <string>
#include <vector>

#include "assembly/rows.h"
#include "people/people.h"
#include "store/attachment.h"

namespace danchu::assembly {

// What a picture is of; the code stands in the row and in the act.
enum class PaperOf { agreement, decision, correction };

// A file whose bytes are on disk, without what a phone adds to a photograph.
struct Picture {
  std::string sha256, media_type, name;
  std::int64_t size = 0;
};

// What is wrong with files as papers, by their content, at the path of their field; empty when nothing is.
Problems wrong_with(const std::vector<SentFile>& files, const std::string& path);
// Puts them on disk, before any row names them. The files were found right before. Throws StoreError.
std::vector<Picture> kept(store::Files& files, const std::vector<SentFile>& sent);
// Adds them to the matter and its act.
void attach(store::Writer& w, Step& step, const people::Viewer& viewer, Id<Motion> motion, PaperOf what,
            const std::vector<Picture>& pictures);

std::vector<store::Attachment> pictures_of(store::Reader& r, Id<Motion> motion);
bool has_picture(store::Reader& r, Id<Motion> motion, PaperOf what);

// The head and the Front of the village, the officers, the chair and the Front of its commune; nobody else.
bool may_see_pictures(const people::Viewer& viewer, Id<people::Unit> village, Id<people::Unit> commune);

}  // namespace danchu::assembly

namespace danchu {
template <>
struct Choices<assembly::PaperOf> {
  static constexpr ChoiceName names[] = {{"agreement", N_("Minutes of the agreement with the Front")},
                                         {"decision", N_("Signed paper")},
                                         {"correction", N_("Correction minutes")}};
};
}  // namespace danchu
