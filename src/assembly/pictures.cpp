#include "assembly/pictures.h"

#include "assembly/assembly.h"
#include "paper/photograph.h"

namespace danchu::assembly {
namespace {

std::string_view complaint_about(const SentFile& file) {
  const auto scan = paper::judge(file.bytes);
  if (!scan && paper::is_heic(file.bytes))
    return N_(
        "“{name}” is a HEIC picture, which other devices cannot show. On the iPhone choose Settings, "
        "Camera, Formats, Most Compatible, and photograph again");
  if (!scan) return N_("“{name}” is no picture: send a photograph (JPEG, PNG, WebP) or a PDF");
  if (!paper::without_private_data(*scan, file.bytes))
    return N_("“{name}” is cut off or damaged: photograph or choose it again");
  return {};
}

}  // namespace

Problems wrong_with(const std::vector<SentFile>& files, const std::string& path) {
  Problems found;
  for (const SentFile& file : files)
    if (std::string_view complaint = complaint_about(file); !complaint.empty())
      found.push_back({Fault::invalid, path, complaint, {{"name", file.name}}, {}});
  return found;
}

std::vector<Picture> kept(store::Files& files, const std::vector<SentFile>& sent) {
  std::vector<Picture> pictures;
  for (const SentFile& file : sent) {
    const paper::Scan scan = paper::judge(file.bytes).value();
    const std::string bare = paper::without_private_data(scan, file.bytes).value();
    pictures.push_back({files.put(bare), std::string(paper::kind_of(scan).media_type), file.name,
                        static_cast<std::int64_t>(bare.size())});
  }
  return pictures;
}

void attach(store::Writer& w, Step& step, const people::Viewer& viewer, Id<Motion> motion, PaperOf what,
            const std::vector<Picture>& pictures) {
  for (const Picture& picture : pictures) {
    store::Attachment row;
    row.id = w.new_id<store::Attachment>();
    row.sha256.value = picture.sha256;
    row.size.value = picture.size;
    row.media_type.value = picture.media_type;
    row.name.value = picture.name;
    row.subject.value = subject_of(motion);
    row.purpose.value = code_of(what);
    row.added_by = viewer.account.number;
    row.added_at = w.now();
    step.attach(row);
  }
}

std::vector<store::Attachment> pictures_of(store::Reader& r, Id<Motion> motion) {
  return store::attachments_of(r, subject_of(motion));
}

bool has_picture(store::Reader& r, Id<Motion> motion, PaperOf what) {
  const auto all = pictures_of(r, motion);
  return std::any_of(all.begin(), all.end(),
                     [&](const store::Attachment& a) { return a.purpose.value == code_of(what); });
}

bool may_see_pictures(const people::Viewer& viewer, Id<people::Unit> village, Id<people::Unit> commune) {
  using people::Role;
  for (Role role : {Role::village_head, Role::village_front})
    if (viewer.holds(role, village)) return true;
  for (Role role : {Role::commune_officer, Role::commune_chair, Role::commune_front})
    if (viewer.holds(role, commune)) return true;
  return false;
}

}  // namespace danchu::assembly
