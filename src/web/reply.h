// From a room's Reply to the bytes on the wire: security headers, problem details, compression.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/compress.h"
#include "web/http.h"
#include "web/pages.h"
#include "web/web.h"

namespace danchu::web {

// HTTP status of what went wrong: the first problem decides.
int status_of(const Problems& problems, bool signed_in);
// "This page does not exist": what a status means to a reader, as msgid.
std::string_view title_of(int status);

// In the reader's language, with the citations in force that day.
std::vector<ShownProblem> shown(const Problems& problems, std::string_view language, const law::Law& law,
                                Date on);
// RFC 9457.
std::string problem_json(int status, std::string_view title, const std::vector<ShownProblem>& problems);

// Headers of every answer. `secure`: the site is on TLS.
std::string security_headers(bool secure);

// The header lines beside status, security, Content-Length, Content-Encoding and ETag.
std::string header_lines(const Reply& reply, std::string_view cache_control);
// A whole answer that is not kept in the cache; compressed (gzip 4) when that pays and `accepts` allows.
ReadyRef ready(Reply reply, std::string_view security, std::string_view cache_control, Encoding accepts);

}  // namespace danchu::web
