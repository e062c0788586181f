#include "web/reply.h"

#include "base/text.h"
#include "web/i18n.h"
#include "web/json.h"

namespace danchu::web {

int status_of(const Problems& problems, bool signed_in) {
  switch (problems.empty() ? Fault::invalid : problems.front().fault) {
    case Fault::invalid:
    case Fault::unlawful:
      return 422;
    case Fault::denied:
      return signed_in ? 403 : 401;
    case Fault::missing:
      return 404;
    case Fault::conflict:
      return 409;
    case Fault::too_large:
      return 413;
    case Fault::too_many:
      return 429;
    case Fault::unavailable:
      return 503;
  }
  return 500;
}

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return N_("What was sent cannot be read");
    case 401:
      return N_("Please sign in first");
    case 403:
      return N_("You may not do this");
    case 404:
      return N_("This page does not exist");
    case 405:
      return N_("This cannot be done here");
    case 408:
      return N_("Sending took too long");
    case 409:
      return N_("This cannot be done now");
    case 413:
      return N_("Too much was sent at once");
    case 415:
      return N_("This kind of content cannot be read here");
    case 422:
      return N_("Something needs to be mended");
    case 429:
      return N_("Too often; please wait a little");
    case 503:
      return N_("danchu cannot answer at the moment");
    default:
      return N_("Something went wrong");
  }
}

std::vector<ShownProblem> shown(const Problems& problems, std::string_view language, const law::Law& law,
                                Date on) {
  std::vector<ShownProblem> all;
  for (const Problem& problem : problems) {
    ShownProblem s{problem.path, translate(language, problem.message, problem.args), {}};
    for (const std::string& id : problem.rules) {
      const law::Rule* rule = law.find(id);
      const law::Version* version = law.in_force(id, on);
      if (!rule) continue;
      s.because.push_back({rule->id, version ? version->citation : "",
                           language == "en" ? rule->title_en : rule->title_vi,
                           version && (version->unverified || version->amended_by(on))});
    }
    all.push_back(std::move(s));
  }
  return all;
}

static void member(std::string& to, std::string_view name, std::string_view text, bool first = false) {
  if (!first) to += ',';
  append_json_text(to, name);
  to += ':';
  append_json_text(to, text);
}

static void append_because(std::string& to, const std::vector<ShownProblem::Because>& because) {
  to += ",\"rules\":[";
  for (std::size_t i = 0; i < because.size(); ++i) {
    if (i) to += ',';
    append_json_text(to, because[i].rule);
  }
  to += "],\"because\":[";
  for (std::size_t i = 0; i < because.size(); ++i) {
    to += i ? ",{" : "{";
    member(to, "rule", because[i].rule, true);
    member(to, "citation", because[i].citation);
    member(to, "text", because[i].text);
    to += because[i].unverified ? ",\"unverified\":true}" : ",\"unverified\":false}";
  }
  to += ']';
}

std::string problem_json(int status, std::string_view title, const std::vector<ShownProblem>& problems) {
  std::string to = "{\"type\":\"about:blank\"";
  member(to, "title", title);
  to += ",\"status\":" + std::to_string(status);
  if (!problems.empty()) member(to, "detail", problems.front().message);
  to += ",\"errors\":[";
  for (std::size_t i = 0; i < problems.size(); ++i) {
    to += i ? ",{" : "{";
    member(to, "path", problems[i].path, true);
    member(to, "message", problems[i].message);
    append_because(to, problems[i].because);
    to += '}';
  }
  to += "]}";
  return to;
}

std::string security_headers(bool secure) {
  std::string lines =
      "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' "
      "data:; font-src "
      "'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; form-action "
      "'self'; base-uri "
      "'none'; frame-ancestors 'none'\r\n"
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: same-origin\r\n"
      "Permissions-Policy: camera=(self), geolocation=(), microphone=(), payment=(), usb=()\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\n";
  if (secure) lines += "Strict-Transport-Security: max-age=31536000\r\n";
  return lines;
}

// A header a room made must not be able to begin another one.
static bool one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

std::string header_lines(const Reply& reply, std::string_view cache_control) {
  std::string lines;
  if (!reply.content_type.empty()) lines += "Content-Type: " + reply.content_type + "\r\n";
  bool own_caching = false;
  for (const auto& [name, value] : reply.headers) {
    if (!one_line(name) || !one_line(value)) continue;
    lines += name + ": " + value + "\r\n";
    own_caching = own_caching || name == "Cache-Control";
  }
  if (!own_caching && !cache_control.empty())
    lines += "Cache-Control: " + std::string(cache_control) + "\r\n";
  lines += "Vary: Accept, Accept-Encoding, Cookie\r\n";
  return lines;
}

ReadyRef ready(Reply reply, std::string_view security, std::string_view cache_control, Encoding accepts) {
  auto to = std::make_shared<Ready>();
  to->status = reply.status;
  to->head =
      "HTTP/1.1 " + std::to_string(reply.status) + " " + std::string(status_text(reply.status)) + "\r\n";
  to->head += header_lines(reply, cache_control);
  to->head += security;
  to->body = std::move(reply.body);
  if (accepts == Encoding::gzip && to->body.size() >= least_compressed && compressible(reply.content_type)) {
    to->body = gzip(to->body, 4);
    to->head += "Content-Encoding: gzip\r\n";
  }
  if (reply.status != 204 && reply.status != 304)
    to->head += "Content-Length: " + std::to_string(to->body.size()) + "\r\n";
  return to;
}

// RFC 6266: a plain name for old readers, the real one for the others.
static std::string disposition(std::string_view how, std::string_view file_name) {
  std::size_t dot = file_name.rfind('.');
  std::string ascii = slug(file_name.substr(0, dot));
  if (dot != std::string_view::npos) ascii += "." + slug(file_name.substr(dot + 1));
  return std::string(how) + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + percent_encode(file_name);
}

Reply bytes(std::string_view content_type, std::string body, std::string_view file_name) {
  Reply reply;
  reply.content_type = std::string(content_type);
  reply.body = std::move(body);
  if (!file_name.empty())
    reply.headers.emplace_back("Content-Disposition", disposition("attachment", file_name));
  return reply;
}

// The policy stands beside that of every page; a browser keeps to both.
Reply kept_file(std::string_view media_type, std::string body, std::string_view file_name) {
  Reply reply;
  reply.content_type = std::string(media_type);
  reply.body = std::move(body);
  const bool picture = media_type == "image/jpeg" || media_type == "image/png" || media_type == "image/webp";
  reply.headers.emplace_back("Content-Disposition",
                             disposition(picture ? "inline" : "attachment", file_name));
  reply.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  reply.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  reply.headers.emplace_back("Cache-Control", "private, no-store");
  return reply;
}

}  // namespace danchu::web
