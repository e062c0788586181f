#include "assembly/signed_papers.h"

#include <algorithm>

#include "assembly/addresses.h"

namespace danchu::assembly {

std::vector<SignedPaper> signed_papers(const Request& q, const Whole& w) {
  const bool seen = may_see_pictures(q.viewer(), w.village.id, w.commune.id);
  std::vector<SignedPaper> lines;
  bool hash_shown = false;
  for (const store::Attachment& picture : w.pictures) {
    const bool declined = w.declined_pictures.contains(picture.id);
    if (declined && !seen) continue;
    SignedPaper line;
    if (auto what = choice_from<PaperOf>(picture.purpose.value)) line.label = q.tr(label_of(*what));
    if (declined)
      line.label =
          q.tr(N_("{paper}, sent with a correction that was not agreed to"), {{"paper", line.label}});
    line.sha256 = picture.sha256.value;
    if (seen) {
      line.kind = picture.media_type.value.substr(picture.media_type.value.find('/') + 1);
      std::transform(line.kind.begin(), line.kind.end(), line.kind.begin(), ::toupper);
      line.kilobytes = (picture.size.value + 1023) / 1024;
      line.added_at = picture.added_at;
      line.url = address_of_picture(w.motion.id, picture.id);
    }
    hash_shown = hash_shown || (!declined && w.decision && w.decision->paper_hash == picture.sha256);
    lines.push_back(std::move(line));
  }
  if (w.decision && w.decision->paper_hash && !hash_shown)  // kept elsewhere by whoever sent the hash
    lines.push_back({q.tr(label_of(PaperOf::decision)), "", w.decision->paper_hash->value, 0, {}, {}});
  return lines;
}

}  // namespace danchu::assembly
