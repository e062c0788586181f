#include "web/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace danchu::web {
namespace {

// The first reason is the cause; what OpenSSL adds after it are consequences.
std::string openssl_reason() {
  unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason                   ? reason
         : ERR_SYSTEM_ERROR(code) ? std::strerror(ERR_GET_REASON(code))
                                  : "OpenSSL gave no reason";
}

}  // namespace

ssl_ctx_st* make_tls_context(const std::string& certificate, const std::string& key) {
  ERR_clear_error();
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  bool good = context && SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) == 1;
  if (good)
    SSL_CTX_set_options(context.get(),
                        SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  good = good && SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) == 1 &&
         SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) == 1;
  if (!good) throw std::runtime_error("cannot use " + certificate + " and " + key + ": " + openssl_reason());
  return context.release();
}

}  // namespace danchu::web
