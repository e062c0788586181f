#include "web/http.h"

namespace danchu::web {

std::string_view HttpRequest::header(std::string_view name) const {
  for (const Span& h : headers_)
    if (std::string_view(text_).substr(h.name, h.name_size) == name)
      return std::string_view(text_).substr(h.value, h.value_size);
  return {};
}

std::size_t HttpRequest::count(std::string_view name) const {
  std::size_t n = 0;
  for (const Span& h : headers_) n += std::string_view(text_).substr(h.name, h.name_size) == name;
  return n;
}

void HttpRequest::add_header(std::string_view name, std::string_view value) {
  Span h{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(name.size()), 0,
         static_cast<std::uint32_t>(value.size())};
  for (char c : name) text_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  h.value = static_cast<std::uint32_t>(text_.size());
  text_ += value;
  headers_.push_back(h);
}

void HttpRequest::clear() {
  method.clear();
  target.clear();
  body.clear();
  if (body.capacity() > 64 * 1024) body.shrink_to_fit();
  text_.clear();
  headers_.clear();
}

std::string_view status_text(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 308:
      return "Permanent Redirect";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

std::string date_line(std::time_t now) {
  char text[64];
  std::tm utc;
  gmtime_r(&now, &utc);
  return std::string(text, std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc));
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool percent_decode(std::string_view text, bool plus_is_space, std::string& to) {
  to.clear();
  to.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      if (i + 2 >= text.size()) return false;
      int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    to += c;
  }
  return true;
}

std::string percent_encode(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string to;
  for (char c : text) {
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                 c == '.' || c == '_' || c == '~';
    if (plain) {
      to += c;
    } else {
      to += '%';
      to += digits[static_cast<unsigned char>(c) >> 4];
      to += digits[static_cast<unsigned char>(c) & 15];
    }
  }
  return to;
}

std::string_view cookie(const HttpRequest& request, std::string_view name) {
  std::string_view all = request.header("cookie");
  while (!all.empty()) {
    std::size_t end = all.find(';');
    std::string_view one = all.substr(0, end);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
    if (end == std::string_view::npos) break;
    all.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace danchu::web
