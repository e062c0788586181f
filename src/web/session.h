// Cookies and where a request comes from: session token, the message shown once, cross-site checks.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "web/http.h"

namespace danchu::web {

// Names and attributes depend on whether the site is on TLS: "__Host-danchu" there, "danchu" on plain HTTP.
class Cookies {
 public:
  Cookies(bool secure, std::string secret) : secure_(secure), secret_(std::move(secret)) {}

  std::string session_of(const HttpRequest& request) const;  // empty: none, or not a token's form
  // Set-Cookie values.
  std::string set_session(std::string_view token, Instant expires, Instant now) const;
  std::string clear_session() const;
  // The browser that remembers a person and asks for his PIN; the session's rules, another name.
  std::string device_of(const HttpRequest& request) const;
  std::string set_device(std::string_view token, Instant expires, Instant now) const;
  std::string clear_device() const;

  // A message carried over one redirect in a signed cookie; at most 600 bytes of text.
  bool has_flash(const HttpRequest& request) const;
  std::optional<std::string> flash_of(const HttpRequest& request) const;
  std::string set_flash(std::string_view text) const;
  std::string clear_flash() const;
  // The line among these that carries a message; empty when none does.
  std::string flash_in(const std::vector<std::string>& lines) const;

 private:
  std::string line(std::string_view name, std::string_view value, std::int64_t seconds) const;
  std::string_view session_name() const { return secure_ ? "__Host-danchu" : "danchu"; }
  std::string_view device_name() const { return secure_ ? "__Host-danchu-device" : "danchu-device"; }
  std::string_view flash_name() const { return secure_ ? "__Host-danchu-flash" : "danchu-flash"; }

  bool secure_;
  std::string secret_;
};

// Whether a submission comes from this site's own pages. A browser says so by Sec-Fetch-Site, older ones by
// Origin; a program that sends neither is believed only without a session cookie, for a forged form could
// carry the cookie.
bool from_own_site(const HttpRequest& request, std::string_view base_url, bool has_session);

}  // namespace danchu::web
