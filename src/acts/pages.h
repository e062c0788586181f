// The open pages of the chain: what it is, the published heads, one act, and the feeds others keep heads
// from.
#pragma once
#include "acts/acts.h"
#include "web/web.h"

namespace danchu::acts {

void routes(web::Router& router);

// Published heads as an Atom feed (RFC 4287) and as the lines `danchu verify --anchors` reads; newest first.
std::string heads_as_atom(const std::vector<Head>& heads, const std::string& base_url, Instant now);
std::string heads_as_lines(const std::vector<Head>& heads, const std::string& base_url);

}  // namespace danchu::acts
