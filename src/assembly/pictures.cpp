#include "assembly/pictures.h"

#include <algorithm>

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
  if (*scan == paper::Scan::pdf) return {};
  const paper::PixelSize size = paper::pixel_size(*scan, file.bytes).value_or(paper::PixelSize{});
  if (std::min(size.width, size.height) < least_picture_side)
    return N_(
        "“{name}” is too small to be read: at least {least} pixels on its shorter side. Photograph the paper "
        "from near, and send the picture itself, not its preview");
  return {};
}

}  // namespace

Problems wrong_with(const std::vector<SentFile>& files, const std::string& path) {
  Problems found;
  for (const SentFile& file : files)
    if (std::string_view complaint = complaint_about(file); !complaint.empty())
      found.push_back({Fault::invalid,
                       path,
                       complaint,
                       {{"name", file.name}, {"least", std::to_string(least_picture_side)}},
                       {}});
  return found;
}

std::vector<Picture> judged(const std::vector<SentFile>& sent) {
  std::vector<Picture> pictures;
  for (const SentFile& file : sent) {
    const paper::Scan scan = paper::judge(file.bytes).value();
    std::string bare = paper::without_private_data(scan, file.bytes).value();
    Picture picture{store::sha256_hex(bare),
                    std::string(paper::kind_of(scan).media_type),
                    file.name,
                    static_cast<std::int64_t>(bare.size()),
                    {}};
    picture.bytes = std::move(bare);
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

std::size_t number_of(const PicturesByField& pictures) {
  std::size_t number = 0;
  for (const std::vector<Picture>& field : pictures) number += field.size();
  return number;
}

void put_on_disk(store::Files& files, const PicturesByField& pictures) {
  for (const std::vector<Picture>& field : pictures)
    for (const Picture& picture : field) files.put(picture.bytes);
}

std::optional<Problems> too_many_today(store::Writer& w, const people::Viewer& viewer,
                                       const PicturesByField& pictures) {
  if (number_of(pictures) == 0) return std::nullopt;
  const Instant since = w.now() - std::chrono::hours(24);
  const auto before = store::attachments_since(w, viewer.account.number, since);
  if (static_cast<std::size_t>(before) + number_of(pictures) <= most_pictures_a_day) return std::nullopt;
  return problem(Fault::too_many,
                 N_("An account adds {max} pictures in 24 hours at most. Send the rest tomorrow."),
                 {{"max", std::to_string(most_pictures_a_day)}});
}

void attach(store::Writer& w, Step& step, const people::Viewer& viewer, const std::string& subject,
            PaperOf what, const std::vector<Picture>& pictures) {
  for (const Picture& picture : pictures) {
    store::Attachment row;
    row.id = w.new_id<store::Attachment>();
    row.sha256.value = picture.sha256;
    row.size.value = picture.size;
    row.media_type.value = picture.media_type;
    row.name.value = picture.name;
    row.subject.value = subject;
    row.purpose.value = code_of(what);
    row.added_by = viewer.account.number;
    row.added_at = w.now();
    step.attach(row);
  }
}

Problems used_before(store::Reader& r, const std::string& subject, const std::vector<NewPictures>& all) {
  Problems found;
  std::set<std::string> sent;
  std::size_t number = store::attachments_of(r, subject).size();
  for (const NewPictures& field : all) {
    number += field.pictures.size();
    if (!field.pictures.empty() && number > most_pictures_of_subject)
      found.push_back({Fault::invalid,
                       field.path,
                       N_("{max} pictures of one matter or meeting are kept at most: leave out what shows "
                          "nothing new"),
                       {{"max", std::to_string(most_pictures_of_subject)}},
                       {}});
  }
  for (const NewPictures& field : all)
    for (std::size_t i = 0; i < field.pictures.size(); ++i) {
      const Args name{{"name", field.files[i].name}};
      if (!sent.insert(field.pictures[i].sha256).second) {
        found.push_back({Fault::invalid, field.path, N_("“{name}” was chosen twice"), name, {}});
        continue;
      }
      const auto kept = store::attachments_with(r, field.pictures[i].sha256);
      const bool used = std::any_of(kept.begin(), kept.end(), [&](const store::Attachment& a) {
        return !field.same_paper || a.subject.value != subject || a.purpose.value != code_of(field.what);
      });
      if (used)
        found.push_back({Fault::invalid,
                         field.path,
                         N_("“{name}” is kept here already as the picture of another paper: photograph this "
                            "paper itself"),
                         name,
                         {}});
    }
  return found;
}

std::vector<store::Attachment> pictures_of(store::Reader& r, Id<Motion> id) {
  std::vector<store::Attachment> all = store::attachments_of(r, subject_of(id));
  auto found = motion(r, id);
  if (found && found->meeting)
    for (store::Attachment& of_meeting : store::attachments_of(r, subject_of(*found->meeting)))
      all.push_back(std::move(of_meeting));
  return all;
}

bool has_picture(store::Reader& r, const std::string& subject, PaperOf what) {
  const auto all = store::attachments_of(r, subject);
  return std::any_of(all.begin(), all.end(),
                     [&](const store::Attachment& a) { return a.purpose.value == code_of(what); });
}

std::set<Id<store::Attachment>> declined_pictures(store::Reader& r, Id<Motion> id) {
  std::set<std::int64_t> asked;  // the acts that hold the requests and their pictures
  for (Id<CorrectionRequest> request : declined_corrections(r, id))
    if (const auto acts = acts::covering(r, "correction_request", request.number); !acts.empty())
      asked.insert(acts.front().seq);
  std::set<Id<store::Attachment>> declined;
  if (asked.empty()) return declined;
  for (const store::Attachment& picture : store::attachments_of(r, subject_of(id)))
    for (const acts::Recorded& act :
         acts::covering(r, std::string(store::attachment_table), picture.id.number))
      if (asked.contains(act.seq)) declined.insert(picture.id);
  return declined;
}

bool has_signed_paper(store::Reader& r, Id<Motion> id) {
  const auto declined = declined_pictures(r, id);
  const auto all = store::attachments_of(r, subject_of(id));
  return std::any_of(all.begin(), all.end(), [&](const store::Attachment& a) {
    return a.purpose.value == code_of(PaperOf::decision) && !declined.contains(a.id);
  });
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
