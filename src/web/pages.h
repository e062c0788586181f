// The seam between the server and the templates: a page is rendered from a template, a model (a described
// record) and what the server knows about this request. The server never sees a template, a template never
// sees the request.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "people/people.h"
#include "web/web.h"

namespace danchu::web {

// One problem, in the reader's language.
struct ShownProblem {
  std::string path;     // the field it belongs to ("households.3.name"), empty for the whole
  std::string message;  // translated, placeholders filled; plain text
  struct Because {
    std::string rule;         // "DEC-01"
    std::string citation;     // "Đ.21.1 Luật 10/2022/QH15"
    std::string text;         // the rule's sentence in the reader's language
    bool unverified = false;  // the rule's text is yet to be confirmed
  };
  std::vector<Because> because;
};

// What every template can ask for beside its model. Everything is plain text: the template escapes it.
struct PageContext {
  std::string_view language;               // "vi" or "en"
  std::string_view path;                   // without language, suffix and query: "/viec/01J…"
  std::string query;                       // canonical query with its '?', or empty
  std::string base_url;                    // "http://localhost:8080", without a slash at the end
  std::string canonical_url;               // base_url + language prefix + path + query
  const people::Viewer* viewer = nullptr;  // never null when rendering; account 0: nobody is signed in
  std::string help_number;  // of the viewer's commune or the province; a page may name a nearer one
  bool demo = false;
  PageHead head;  // what the handler said of the page; title is the route's summary, translated, unless set
  std::string flash;                   // a message to show once, translated; empty: none
  std::vector<ShownProblem> problems;  // of a form that was wrong, in the order found
  const Sent* sent = nullptr;          // what was typed, to be kept in the form; null: nothing was sent
  const std::vector<Upload>* files = nullptr;  // what came beside it: a browser does not show these again
  Fields form;                  // the fields of the record this page's form is read into; may be empty
  std::string idempotency_key;  // for the hidden field "idempotency_key"; empty on pages that may be cached
  Instant now;
};

// The page "web/problem" is rendered with this model; the problems themselves are in the context.
struct ProblemPage {
  Integer<400, 599> status;
  std::string title;  // "This page does not exist", translated
  std::string said;   // what happened instead of it, where that says more than the problems
  std::string way;    // words of the link to where one goes on
  Url way_url;
};
DANCHU_RECORD(ProblemPage, status, title, said, way, way_url)

// The page "web/sign_in_again": a form that came when nobody was signed in any more, to be sent again as it
// was. What is secret was left out of it; files are chosen again.
struct KeptField {
  std::string name, value;
};
DANCHU_RECORD(KeptField, name, value)
struct FilesAgain {
  std::string id, field, names;  // of one field: "anh-1.jpg, anh-2.jpg"
};
DANCHU_RECORD(FilesAgain, id, field, names)
struct SignInAgainPage {
  Url sign_in, action;
  std::vector<KeptField> kept;
  std::vector<FilesAgain> files;
  bool asks_again = false;  // a password or PIN was typed
};
DANCHU_RECORD(SignInAgainPage, sign_in, action, kept, files, asks_again)

class Pages {
 public:
  virtual ~Pages() = default;
  // All templates of all languages, parsed at the first call; aborts with the reason when one is wrong.
  static const Pages& embedded();
  // HTML of src/<room>/templates/<name>.html ("assembly/motion"). Safe from any thread. Throws
  // std::runtime_error when there is no such page.
  virtual std::string render(std::string_view page, RecordRef model, const PageContext& context) const = 0;
};

}  // namespace danchu::web
