// What TLS needs before a connection comes: the certificate, its key, and which versions are spoken.
#pragma once
#include <string>

struct ssl_ctx_st;

namespace danchu::web {

// A server's context for two PEM files, TLS 1.2 and later; the caller owns it. Throws std::runtime_error that
// names both files and OpenSSL's reason.
ssl_ctx_st* make_tls_context(const std::string& certificate, const std::string& key);

}  // namespace danchu::web
