#include "web/request.h"

#include "base/text.h"
#include "web/i18n.h"
#include "web/json.h"
#include "web/reply.h"
#include "web/secrets.h"

namespace danchu::web {

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
  if (!problems.empty()) {
    c.problems = shown(problems, address_.language, around_.site.law, local_date(now_));
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

Reply WebRequest::refuse_as(int status, const Problems& problems) {
  Reply reply;
  if (json_) {
    reply = problem_reply(status, problems);
  } else {
    ProblemPage model;
    model.status.value = status;
    model.title = tr(title_of(status), {});
    head_ = PageHead{.title = model.title, .index = false};
    reply = html(status, "web/problem", ref(model), problems);
  }
  return reply;
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
