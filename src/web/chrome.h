// What the layout shows around every page, as a described record made from the request's context. All names
// begin with page_ or site_, so that they never stand in for a member a model forgot.
#pragma once
#include <string>
#include <vector>

#include "base/record.h"
#include "web/pages.h"
#include "web/parts.h"

namespace danchu::web {

struct AlternatePart {
  std::string language, name;
  Url url;   // absolute, for programs
  Url here;  // on the host the reader is on
  bool current = false;
};
DANCHU_RECORD(AlternatePart, language, name, url, here, current)

struct ProblemPart {
  std::string label;  // of that field
  std::string message;
  Url href;  // of the field it belongs to; empty for the whole
  std::vector<Because> because;
};
DANCHU_RECORD(ProblemPart, label, message, href, because)

enum class Nav { none, home, search, law, verify, desk, sign_in };

struct Chrome {
  std::string page_language, page_title, page_full_title, page_description, page_type;
  std::string page_url, page_image;  // absolute, as og: tags want them
  Url page_link;                     // canonical
  bool page_indexed = true;
  std::optional<Url> page_feed;
  std::vector<AlternatePart> page_alternates;
  Nav page_nav = Nav::none;
  std::string page_flash, page_key;
  std::vector<ProblemPart> page_problems;
  bool page_form_wrong = false;  // the problems are a form's: they are mended on this page
  Url page_back;                 // the page itself, for "return here" links
  std::string support_phone;
  std::optional<Url> support_link;
  bool site_demo = false, site_signed_in = false;
  std::string site_viewer;
};

Chrome make_chrome(const PageContext& context, RecordRef model);

}  // namespace danchu::web

namespace danchu {
template <>
struct Choices<web::Nav> {
  static constexpr ChoiceName names[] = {{"none", ""},   {"home", ""}, {"search", ""}, {"law", ""},
                                         {"verify", ""}, {"desk", ""}, {"sign_in", ""}};
};
namespace web {
DANCHU_RECORD(Chrome, page_language, page_title, page_full_title, page_description, page_type, page_url,
              page_image, page_link, page_indexed, page_feed, page_alternates, page_nav, page_flash, page_key,
              page_problems, page_form_wrong, page_back, support_phone, support_link, site_demo,
              site_signed_in, site_viewer)
}  // namespace web
}  // namespace danchu
