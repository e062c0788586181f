#include "web/session.h"

#include "base/text.h"
#include "web/secrets.h"

namespace danchu::web {

namespace {

// A token as it was sent; empty: none, or not a token's form.
std::string token_of(const HttpRequest& request, std::string_view name) {
  std::string_view token = cookie(request, name);
  if (token.size() > 200) return {};
  for (char c : token)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') return {};
  return std::string(token);
}

}  // namespace

std::string Cookies::session_of(const HttpRequest& request) const {
  return token_of(request, session_name());
}
std::string Cookies::device_of(const HttpRequest& request) const { return token_of(request, device_name()); }

std::string Cookies::line(std::string_view name, std::string_view value, std::int64_t seconds) const {
  std::string to(name);
  to += '=';
  to += value;
  to += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds);
  if (secure_) to += "; Secure";
  return to;
}

std::string Cookies::set_session(std::string_view token, Instant expires, Instant now) const {
  return line(session_name(), token, std::max<std::int64_t>(0, (expires.us - now.us) / 1'000'000));
}
std::string Cookies::set_device(std::string_view token, Instant expires, Instant now) const {
  return line(device_name(), token, std::max<std::int64_t>(0, (expires.us - now.us) / 1'000'000));
}
std::string Cookies::clear_device() const { return line(device_name(), "", 0); }
std::string Cookies::clear_session() const { return line(session_name(), "", 0); }

bool Cookies::has_flash(const HttpRequest& request) const { return !cookie(request, flash_name()).empty(); }

std::optional<std::string> Cookies::flash_of(const HttpRequest& request) const {
  auto text = open_signed(secret_, "flash", cookie(request, flash_name()));
  return text && is_clean_utf8(*text) ? text : std::nullopt;
}

std::string Cookies::set_flash(std::string_view text) const {
  std::string kept(text.substr(0, 600));
  while (!kept.empty() && !is_clean_utf8(kept)) kept.pop_back();  // cut within a character
  return line(flash_name(), sign(secret_, "flash", kept), 60);
}
std::string Cookies::clear_flash() const { return line(flash_name(), "", 0); }
std::string Cookies::flash_in(const std::vector<std::string>& lines) const {
  for (const std::string& one : lines)
    if (one.starts_with(std::string(flash_name()) + "=")) return one;
  return "";
}

// "http://host:port" of an address.
static std::string_view origin_of(std::string_view url) {
  std::size_t scheme = url.find("://");
  return scheme == std::string_view::npos ? std::string_view() : url.substr(0, url.find('/', scheme + 3));
}

bool from_own_site(const HttpRequest& request, std::string_view base_url, bool has_session) {
  std::string_view site = request.header("sec-fetch-site"), origin = request.header("origin");
  if (!site.empty()) return site == "same-origin" || site == "none";
  if (origin.empty()) return !has_session;
  if (origin == origin_of(base_url)) return true;
  const std::size_t scheme = origin.find("://");
  const std::string_view host = request.header("host");
  if (scheme == std::string_view::npos || host.empty() || origin.substr(scheme + 3) != host) return false;
  // Where the site is served with TLS, its name without TLS is anybody's on the way.
  return origin.starts_with("https://") || !base_url.starts_with("https://");
}

}  // namespace danchu::web
