#include "web/request.h"

#include <algorithm>

#include "base/text.h"
#include "web/i18n.h"
#include "web/json.h"
#include "web/reply.h"
#include "web/secrets.h"

namespace danchu::web {
namespace {

constexpr std::string_view problem_template = "web/problem";

// Passwords, PINs and one-time codes by the names forms give them: they stand in no page.
bool is_secret(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('.') + 1);
  for (std::string_view secret : {"password", "pin", "again", "code", "secret"})
    if (name == secret || name.ends_with("_" + std::string(secret))) return true;
  return false;
}

}  // namespace

WebRequest::WebRequest(const Surroundings& around, const HttpRequest& http, const Address& address,
                       const Matched& matched, const Endpoint& endpoint, bool json)
    : around_(around),
      http_(http),
      address_(address),
      matched_(matched),
      endpoint_(endpoint),
      json_(json),
      now_(around.site.db.clock().now()),
      session_token_(around.cookies.session_of(http)),
      device_token_(around.cookies.device_of(http)),
      client_address_(http.peer) {
  SentBody parsed;
  if (!parse_urlencoded(address.query, parsed)) query_ = std::move(parsed.fields);
  if (!around.options.trusted_proxy) return;
  // The proxy appends the address it saw; what stands before it may be invented.
  std::string_view forwarded = http.header("x-forwarded-for");
  if (std::size_t comma = forwarded.rfind(','); comma != forwarded.npos) forwarded.remove_prefix(comma + 1);
  forwarded = trim(forwarded);
  bool address_like = !forwarded.empty() && forwarded.size() <= 45 &&
                      forwarded.find_first_not_of("0123456789abcdefABCDEF.:") == forwarded.npos;
  if (address_like) client_address_ = std::string(forwarded);
}

const std::string& WebRequest::param(std::string_view name) const {
  static const std::string none;
  for (std::size_t i = 0; i < endpoint_.names.size(); ++i)
    if (endpoint_.names[i] == name) return matched_.values[i];
  return none;
}

std::string WebRequest::query(std::string_view name) const {
  for (const auto& [key, value] : query_)
    if (key == name) return is_clean_utf8(value) ? value : std::string();
  return {};
}

void WebRequest::set_session(std::string_view token, Instant expires) {
  set_cookies_.push_back(around_.cookies.set_session(token, expires, now_));
  changed_session_ = true;
}
void WebRequest::renew_session(std::string_view token, Instant expires) {
  set_cookies_.push_back(around_.cookies.set_session(token, expires, now_));
}
void WebRequest::clear_session() {
  set_cookies_.push_back(around_.cookies.clear_session());
  changed_session_ = true;
}

void WebRequest::set_device(std::string_view token, Instant expires) {
  set_cookies_.push_back(around_.cookies.set_device(token, expires, now_));
  changed_session_ = true;
}
void WebRequest::clear_device() {
  set_cookies_.push_back(around_.cookies.clear_device());
  changed_session_ = true;
}

std::string WebRequest::user_agent() const {
  std::string agent(http_.header("user-agent").substr(0, 200));
  return is_clean_utf8(agent) ? agent : std::string();
}

std::string WebRequest::href(std::string_view path) const {
  std::string to = language_prefix(address_.language);
  if (!path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\")) path = "/";
  if (path != "/" || to.empty()) to += path;
  return to;
}

std::string WebRequest::tr(std::string_view message, const Args& args) const {
  return translate(address_.language, message, args);
}

Problems WebRequest::read_into(void* record, Fields fields) const {
  return read_fields(record, fields, body.fields, body.kinds, body.uploads);
}
Problems WebRequest::read_query_into(void* record, Fields fields) const {
  return read_known_fields(record, fields, query_);
}

std::string WebRequest::canonical_query() const {
  std::string to;
  for (std::string_view name : endpoint_.route.queries)
    for (const auto& [key, value] : query_) {
      if (key != name || value.empty()) continue;
      to += to.empty() ? '?' : '&';
      to += percent_encode(key) + "=" + percent_encode(value);
      break;
    }
  return to;
}

PageContext WebRequest::context(RecordRef) const {
  PageContext c;
  c.language = address_.language;
  c.path = address_.path;
  c.query = canonical_query();
  c.base_url = around_.site.base_url;
  c.canonical_url = c.base_url + href(address_.path) + c.query;
  c.viewer = &viewer_;
  c.help_number = help_number;
  c.demo = around_.site.demo;
  c.head = head_;
  if (c.head.title.empty()) c.head.title = tr(endpoint_.route.summary, {});
  const Endpoint* form = endpoint_.route.input ? &endpoint_ : matched_.post;
  if (form && form->route.part)
    c.form = form->route.part();
  else if (form && form->route.input)
    c.form = form->route.input();
  c.idempotency_key = idempotency_key;
  c.now = now_;
  return c;
}

// In seconds: what the problem itself names, else a guess.
static void say_when_to_retry(Reply& reply, const Problems& problems) {
  if (reply.status != 503 && reply.status != 429) return;
  std::string seconds = reply.status == 503 ? "5" : "60";
  for (const Problem& problem : problems)
    for (const auto& [name, value] : problem.args)
      if (name == "seconds") seconds = value;
  reply.headers.emplace_back("Retry-After", seconds);
}

Reply WebRequest::html(int status, std::string_view page, RecordRef model, const Problems& problems) {
  PageContext c = context(model);
  if (!cacheable) {
    if (auto flash = around_.cookies.flash_of(http_)) c.flash = std::move(*flash);
    if (around_.cookies.has_flash(http_)) set_cookies_.push_back(around_.cookies.clear_flash());
  }
  if (!problems.empty()) c.problems = shown(problems, address_.language, around_.site.law, local_date(now_));
  if (!problems.empty() && page != problem_template) {  // that page has no form to mend
    c.sent = method() == Method::get ? &query_ : &body.fields;
    c.files = &body.uploads;
  }
  Reply reply;
  reply.status = status;
  reply.body = around_.pages.render(page, model, c);
  reply.headers.emplace_back("Content-Language", std::string(address_.language));
  say_when_to_retry(reply, problems);
  return reply;
}

Reply WebRequest::problem_reply(int status, const Problems& problems) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/problem+json";
  reply.body = problem_json(status, tr(title_of(status), {}),
                            shown(problems, address_.language, around_.site.law, local_date(now_)));
  say_when_to_retry(reply, problems);
  return reply;
}

Reply WebRequest::show_ref(std::string_view page, RecordRef model) {
  if (!json_) return html(200, page, model, {});
  Reply reply;
  reply.content_type = "application/json";
  reply.body = to_json(model, address_.language);
  return reply;
}

Reply WebRequest::show_again_ref(std::string_view page, RecordRef model, const Problems& problems) {
  int status = status_of(problems, signed_in());
  return json_ ? problem_reply(status, problems) : html(status, page, model, problems);
}

Reply WebRequest::refuse(const Problems& problems) {
  int status = status_of(problems, signed_in());
  if (status == 401 && !json_) return to_sign_in();
  return refuse_as(status, problems);
}

Reply WebRequest::refuse(const Problems& problems, const WayOn& way) {
  int status = status_of(problems, signed_in());
  if (json_ || status == 401) return refuse(problems);
  return problem_page(status, problems, way);
}

Reply WebRequest::refuse_as(int status, const Problems& problems) {
  return json_ ? problem_reply(status, problems) : problem_page(status, problems, {});
}

Reply WebRequest::problem_page(int status, const Problems& problems, const WayOn& way) {
  ProblemPage model;
  model.status.value = status;
  model.title = way.title.empty() ? tr(title_of(status), {}) : way.title;
  model.said = way.said;
  model.way = way.words;
  model.way_url = way.url;
  head_ = PageHead{.title = model.title, .index = false};
  return html(status, problem_template, ref(model), problems);
}

Reply WebRequest::sign_in_again() {
  SignInAgainPage model;
  model.sign_in.value = around_.options.sign_in + "?ve=" + percent_encode(around_.options.signed_in_again);
  model.action.value = std::string(address_.path);
  if (!address_.query.empty()) model.action.value += "?" + std::string(address_.query);
  for (const auto& [name, value] : body.fields) {
    if (is_secret(name)) {
      model.asks_again = model.asks_again || !value.empty();
    } else {
      model.kept.push_back({name, value});
    }
  }
  for (const Upload& upload : body.uploads) {
    if (upload.file_name.empty()) continue;
    auto same = std::find_if(model.files.begin(), model.files.end(),
                             [&](const FilesAgain& f) { return f.field == upload.field; });
    if (same == model.files.end()) {
      model.files.push_back({"files-" + std::to_string(model.files.size() + 1), upload.field, ""});
      same = model.files.end() - 1;
    }
    same->names += (same->names.empty() ? "" : ", ") + upload.file_name;
  }
  head_ = PageHead{.title = tr(N_("Your session is over"), {}), .index = false};
  return html(401, "web/sign_in_again", ref(model), {});
}

Reply WebRequest::to_sign_in() {
  std::string back(address_.path);
  if (method() != Method::get) back = "/";
  Reply reply;
  reply.status = 303;
  reply.content_type = "";
  reply.headers.emplace_back(
      "Location", href(around_.options.sign_in) + "?ve=" + percent_encode(back + canonical_query()));
  return reply;
}

Reply WebRequest::see_other(std::string_view path, std::string_view message, const Args& args) {
  std::string location = href(path);
  Reply reply;
  if (json_) {
    reply.content_type = "application/json";
    reply.body = "{\"location\":";
    append_json_text(reply.body, location);
    if (!message.empty()) {
      reply.body += ",\"message\":";
      append_json_text(reply.body, tr(message, args));
    }
    reply.body += '}';
    return reply;
  }
  reply.status = 303;
  reply.content_type = "";
  reply.headers.emplace_back("Location", std::move(location));
  if (!message.empty()) set_cookies_.push_back(around_.cookies.set_flash(tr(message, args)));
  return reply;
}

}  // namespace danchu::web
