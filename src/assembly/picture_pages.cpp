// Pictures of signed papers, handed out to the village's and the commune's officers only (practice P98).
#include "assembly/addresses.h"
#include "assembly/page_parts.h"
#include "assembly/pictures.h"
#include "assembly/steps.h"
#include "paper/photograph.h"
#include "people/page_parts.h"

namespace danchu::assembly {
namespace {

// A picture belongs to the matter of its address: an id of another village's leads nowhere from here.
Result<store::Attachment> picture_for(Request& q, store::Reader& r) {
  const Id<Motion> id = q.id<Motion>("motion");
  auto found = motion(r, id);
  if (!found) return problem(Fault::missing, N_("There is no such matter"));
  const Where here = where(r, found->village);
  if (!may_see_pictures(q.viewer(), here.village, here.commune))
    return problem(Fault::denied,
                   N_("This picture holds names and signatures: it is for the village's and the commune's "
                      "officers"));
  auto picture = store::attachment(r, q.id<store::Attachment>("picture"));
  const bool here_kept =
      picture && (picture->subject.value == subject_of(id) ||
                  (found->meeting && picture->subject.value == subject_of(*found->meeting)));
  if (!here_kept) return problem(Fault::missing, N_("There is no such picture of this matter"));
  return *picture;
}

std::string file_name(const store::Attachment& picture) {
  const auto scan = paper::scan_of_media_type(picture.media_type.value);
  return "giay-da-ky-" + picture.id.text() + (scan ? std::string(paper::kind_of(*scan).extension) : "");
}

Id<people::Unit> motion_village(Request& q) {
  return q.site().db.read([&](store::Reader& r) { return motion(r, q.id<Motion>("motion"))->village; });
}

Reply show_picture(Request& q) {
  auto picture = q.site().db.read([&](store::Reader& r) { return picture_for(q, r); });
  if (!picture) return q.refuse(picture.problems());
  auto bytes = q.site().db.files().get(picture->sha256.value);
  if (!bytes)
    return q.refuse(problem(Fault::unavailable,
                            N_("The file is missing or was altered. Tell whoever runs this site: danchu "
                               "verify names it")));
  people::note_access(q, motion_village(q), "picture");
  return web::kept_file(picture->media_type.value, std::move(*bytes), file_name(*picture));
}

}  // namespace

void picture_routes(web::Router& router) {
  router.get("/viec/{motion}/giay-da-ky/{picture}", show_picture,
             web::about(N_("Picture of a signed paper")).signed_in().makes("application/octet-stream"));
}

}  // namespace danchu::assembly
