// What the open pages of matters and of meetings share.
#pragma once
#include <cstdint>
#include <string>

#include "base/record.h"
#include "web/web.h"

namespace danchu::assembly {

struct PaperLink {
  std::string label;
  Url pdf, docx;
};
DANCHU_RECORD(PaperLink, label, pdf, docx)

struct Outcome {
  std::int64_t yes = 0, no = 0, other = 0, present = 0, absent = 0, households = 0, needed = 0;
  bool passed = false;
};
DANCHU_RECORD(Outcome, yes, no, other, present, absent, households, needed, passed)

void public_meeting_routes(web::Router& router);

}  // namespace danchu::assembly
