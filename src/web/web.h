// What a room needs to put itself on the web: requests, replies, routes. A handler is a plain blocking
// function of about five lines: read the form against its record, call the service, show a model.
//
//   Reply show_motion(Request& q) {
//     auto found = motions(q).public_view(q.id<Motion>("motion"), q.viewer());
//     return found ? q.show("assembly/motion", *found) : q.refuse(found.problems());
//   }
//   router.get("/viec/{motion}", show_motion, about({.summary = N_("One matter and its decision")})
//              .cached([](Request& q) { return Topics{"motion/" + q.param("motion")};
//              }).answers<MotionPublic>());
//
// The same handler answers HTML or JSON (Accept, or ".json" at the end of the path): the model given to
// show() is the JSON body, and the variables of the template.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/result.h"
#include "people/people.h"
#include "store/database.h"

namespace danchu::web {

enum class Method { get, post };

// Everything services need, made once in main and handed to every handler.
struct Site {
  store::Database& db;
  const acts::Keys& keys;
  const law::Law& law;
  std::string base_url;  // "http://localhost:8080", for QR codes, feeds and canonical links
  bool demo = false;     // shows "demonstration data" on every page
};

struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // The earliest instant at which this representation changes without a write ("closes in 2 days").
  std::optional<Instant> valid_until;
};

// What was sent, as path and text, whatever it came in (query, form, multipart, JSON): "households.3.name" ->
// "Lò …".
using Sent = std::vector<std::pair<std::string, std::string>>;

struct Upload {
  std::string field, file_name, content_type, bytes;
};

// What a page says of itself to browsers, search engines and Zalo's link preview. Plain text.
struct PageHead {
  std::string title;        // without the site's name; empty: the route's summary
  std::string description;  // one sentence
  std::string image;        // path or address of a picture
  std::string feed;         // path of an Atom feed of this page
  bool index = true;        // false: search engines leave it out
};

// Where a refusal leads on to, and what it says instead of its problems (empty: these). In the reader's
// language.
struct WayOn {
  std::string title, said, words;
  Url url;
};

// Bytes of another kind than HTML and JSON: "application/pdf", with the name a browser saves it under (empty:
// shown).
Reply bytes(std::string_view content_type, std::string body, std::string_view file_name = "");
// A file somebody sent, for those who may see it: in a sandbox that runs nothing and loads nothing. Pictures
// are shown, everything else is saved.
Reply kept_file(std::string_view media_type, std::string body, std::string_view file_name);

class Request {
 public:
  virtual ~Request() = default;

  virtual const Site& site() const = 0;
  virtual Method method() const = 0;
  virtual std::string_view path() const = 0;      // without language and ".json": "/thon/01J…"
  virtual std::string_view language() const = 0;  // "vi" or "en"
  virtual bool wants_json() const = 0;
  virtual Instant now() const = 0;
  virtual const std::string& param(std::string_view name) const = 0;  // {name} of the route
  virtual std::string query(std::string_view name) const = 0;         // empty when absent
  virtual const Sent& sent() const = 0;                               // the body's fields
  virtual const std::vector<Upload>& uploads() const = 0;  // multipart files, within the body limit
  // Who is signed in; an empty Viewer (account 0) for nobody.
  virtual const people::Viewer& viewer() const = 0;
  bool signed_in() const { return static_cast<bool>(viewer().account); }

  // The session cookie: its token as sent (empty: none), and what the reply shall do with it.
  virtual const std::string& session_token() const = 0;
  virtual void set_session(std::string_view token, Instant expires) = 0;
  virtual void clear_session() = 0;
  // The cookie of a browser that remembers a person, as the session's.
  virtual const std::string& device_token() const = 0;
  virtual void set_device(std::string_view token, Instant expires) = 0;
  virtual void clear_device() = 0;
  virtual const std::string& client_address()
      const = 0;                               // "203.0.113.9"; behind a trusted proxy what it tells
  virtual std::string user_agent() const = 0;  // at most 200 characters, clean
  virtual void describe(PageHead head) = 0;    // for the page that show() will render

  // A route's id; an ill-formed one is id 0, which finds nothing.
  template <class R>
  Id<R> id(std::string_view name) const {
    return Id<R>::from_text(param(name)).value_or(Id<R>{});
  }

  // Reads what was sent into a record, collecting every problem with its field's path.
  template <class Record>
  Result<Record> read() const {
    Record record;
    Problems problems = read_into(&record, fields_of<Record>());
    if (!problems.empty()) return problems;
    return record;
  }
  // The same from the query (search forms, filters, paging).
  template <class Record>
  Result<Record> read_query() const {
    Record record;
    Problems problems = read_query_into(&record, fields_of<Record>());
    if (!problems.empty()) return problems;
    return record;
  }

  // HTML from src/<room>/templates/<page>.html ("assembly/motion") or JSON, from the same model.
  template <class Model>
  Reply show(std::string_view page, const Model& model) {
    return show_ref(page, ref(model));
  }
  // As show, answering a form that was wrong: 422, each problem beside its field and in a summary, what was
  // typed kept. The template shows the form with {{>form}} (see docs/pages.md). JSON:
  // application/problem+json.
  template <class Model>
  Reply show_again(std::string_view page, const Model& model, const Problems& problems) {
    return show_again_ref(page, ref(model), problems);
  }
  // Problems as a page of their own or as problem details (RFC 9457); the status follows from the first
  // fault.
  virtual Reply refuse(const Problems& problems) = 0;
  // The same to a person who is to go on from there; programs get the problems alone.
  virtual Reply refuse(const Problems& problems, const WayOn& way) = 0;
  // 303 to a page of this site ("/thon/01J…"; the language is put before it), with a message shown there
  // once. For JSON clients: 200 with {"location": …}.
  virtual Reply see_other(std::string_view path, std::string_view message = "", const Args& args = {}) = 0;
  // The path in the reader's language: "/en/thon/…".
  virtual std::string href(std::string_view path) const = 0;
  // A translated message with its {placeholders} filled.
  virtual std::string tr(std::string_view message, const Args& args = {}) const = 0;

  virtual Problems read_into(void* record, Fields fields) const = 0;
  virtual Problems read_query_into(void* record, Fields fields) const = 0;
  virtual Reply show_ref(std::string_view page, RecordRef model) = 0;
  virtual Reply show_again_ref(std::string_view page, RecordRef model, const Problems& problems) = 0;
};

using Handler = std::function<Reply(Request&)>;
using Topics = std::vector<store::Topic>;

// What a route says of itself: its OpenAPI entry, who may call it, whether its page may be cached.
struct Route {
  std::string_view summary;                // msgid, one line
  std::vector<people::Role> roles;         // empty: everybody
  bool any_signed_in = false;              // everybody who is signed in
  std::vector<std::string_view> queries;   // declared query parameters
  std::function<Topics(Request&)> topics;  // set: anonymous GETs are cached on these
  Fields (*input)() = nullptr;             // the record the body is read into
  Fields (*part)() = nullptr;              // what of the input the page's form shows, when not all
  Fields (*output)() = nullptr;            // the model shown
  std::string_view produces = "";          // another media type than HTML and JSON: "application/pdf"
  std::size_t max_body = 64 * 1024;        // bytes
  bool idempotent = true;                  // POST: replays of an Idempotency-Key answer as the first did

  Route& cached(std::function<Topics(Request&)> on) {
    topics = std::move(on);
    return *this;
  }
  template <class Record>
  Route& reads() {
    input = &fields_of<Record>;
    return *this;
  }
  // The form on the page is that of a smaller record: the input adds to it what is asked afterwards.
  template <class Record>
  Route& shows_form_of() {
    part = &fields_of<Record>;
    return *this;
  }
  template <class Record>
  Route& answers() {
    output = &fields_of<Record>;
    return *this;
  }
  Route& only(std::vector<people::Role> who) {
    roles = std::move(who);
    return *this;
  }
  Route& signed_in() {
    any_signed_in = true;
    return *this;
  }
  Route& query(std::vector<std::string_view> names) {
    queries = std::move(names);
    return *this;
  }
  // Its form has a field of files: most_files of largest_file fit in one body.
  Route& with_files(bool has = true) {
    if (has) max_body = most_files * largest_file + 1024 * 1024;
    return *this;
  }
  Route& makes(std::string_view type) {
    produces = type;
    return *this;
  }
  Route& body_limit(std::size_t bytes) {
    max_body = bytes;
    return *this;
  }
};
inline Route about(std::string_view summary) {
  Route r;
  r.summary = summary;
  return r;
}

// Patterns: "/viec/{motion}/bien-ban"; a {name} is one segment. The language prefix and ".json" are taken off
// before. A pattern said twice, or one that another hides, aborts at start.
class Router {
 public:
  virtual ~Router() = default;
  virtual void get(std::string_view pattern, Handler handler, Route route) = 0;
  virtual void post(std::string_view pattern, Handler handler, Route route) = 0;
};

}  // namespace danchu::web
