// The picture that stands beside the link of a matter where it is shared.
#include "assembly/page_parts.h"
#include "paper/picture.h"
#include "paper/turn.h"

namespace danchu::assembly {
namespace {

// 1200 × 630, what Zalo shows beside a link (practice P49).
Reply share_picture(Request& q) {
  auto w = q.site().db.read([&](store::Reader& r) { return whole(r, q.id<Motion>("motion")); });
  if (!w) return q.refuse(problem(Fault::missing, N_("There is no such matter")));
  const auto on_paper =
      w->meeting ? on_paper_state(w->motion.state, w->meeting->state, w->meeting->on_paper) : std::nullopt;
  std::string line = q.tr(on_paper ? label_of(*on_paper) : label_of(w->motion.state));
  paper::Tone tone = paper::Tone::plain;
  if (w->vote && w->decision) {
    line = q.tr(N_("{yes}/{households} households agree, at least {needed} needed"),
                {{"yes", std::to_string(w->vote->yes.value)},
                 {"households", std::to_string(w->vote->households.value)},
                 {"needed", std::to_string(w->vote->needed.value)}}) +
           "\n" + line;
    tone = w->vote->passed ? paper::Tone::passed : paper::Tone::failed;
  }
  Slots::Held turn(paper::turns(), paper::turn_wait);
  if (!turn) return q.refuse(too_many_papers());
  return web::bytes("image/png", paper::share_picture_png(w->motion.title.value, line,
                                                          people::full_name(w->village), tone));
}

}  // namespace

void share_routes(web::Router& router) {
  router.get("/viec/{motion}/anh.png", share_picture,
             web::about(N_("Picture of a matter for sharing")).makes("image/png"));
}

}  // namespace danchu::assembly
