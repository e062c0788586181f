// TLS: a handshake with a self-made certificate, what it changes in answers, and a certificate read again on
// SIGHUP.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <csignal>
#include <thread>

#include "web/testing.h"

namespace danchu::web {
namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* at) const { release(at); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Release<SSL_CTX, SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Release<SSL, SSL_free>>;

// Writes DIR/cert.pem and DIR/key.pem, good for an hour, for the host `name`.
void make_certificate(const std::string& directory, const std::string& name) {
  Key key(EVP_EC_gen("P-256"));
  Certificate certificate(X509_new());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  FILE* file = std::fopen((directory + "/cert.pem").c_str(), "w");
  PEM_write_X509(file, certificate.get());
  std::fclose(file);
  file = std::fopen((directory + "/key.pem").c_str(), "w");
  PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

struct Secured {
  std::string answer;  // empty: no handshake
  std::string name;    // in the server's certificate
  int version = 0;
};

Secured ask(std::uint16_t port, std::string_view request, int highest = TLS1_3_VERSION) {
  Secured got;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Context context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), highest);
  Session session(SSL_new(context.get()));
  SSL_set_fd(session.get(), fd);
  if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 && SSL_connect(session.get()) == 1) {
    got.version = SSL_version(session.get());
    Certificate theirs(SSL_get1_peer_certificate(session.get()));
    char name[100] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(theirs.get()), NID_commonName, name, sizeof name);
    got.name = name;
    SSL_write(session.get(), request.data(), static_cast<int>(request.size()));
    char part[4096];
    for (int n; (n = SSL_read(session.get(), part, sizeof part)) > 0;)
      got.answer.append(part, static_cast<std::size_t>(n));
  }
  close(fd);
  return got;
}

constexpr std::string_view close_after = "GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";

class Tls : public testing::Test {
 protected:
  Tls() {
    make_certificate(directory.path(), "first");
    ServerOptions o;
    o.tls_certificate = directory.path() + "/cert.pem";
    o.tls_key = directory.path() + "/key.pem";
    server = std::make_unique<TestServer>(
        [](Router& r) {
          r.get(
              "/", [](Request&) { return bytes("text/plain", std::string(100'000, 's')); }, about("Home"));
          r.post(
              "/in",
              [](Request& q) {
                q.set_session("token", q.now() + std::chrono::hours(1));
                return bytes("text/plain", "in");
              },
              about("In"));
        },
        o);
  }
  store::TemporaryDirectory directory;
  std::unique_ptr<TestServer> server;
};

TEST_F(Tls, AnswersOverTls) {
  Secured got = ask(server->port(), close_after);
  EXPECT_EQ(got.name, "first");
  EXPECT_TRUE(got.answer.starts_with("HTTP/1.1 200 OK"));
  EXPECT_NE(got.answer.find("Strict-Transport-Security: max-age="), std::string::npos);
  EXPECT_EQ(got.answer.size() - got.answer.find("\r\n\r\n") - 4, 100'000u);
}

TEST_F(Tls, NamesItsCookiesForThisHostOnly) {
  Secured got = ask(server->port(),
                    "POST /in HTTP/1.1\r\nHost: t\r\nSec-Fetch-Site: same-origin\r\nContent-Length: "
                    "0\r\nConnection: close\r\n\r\n");
  EXPECT_NE(got.answer.find(
                "Set-Cookie: __Host-danchu=token; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure"),
            std::string::npos);
}

TEST_F(Tls, RefusesOldVersionsAndPlainHttp) {
  EXPECT_EQ(ask(server->port(), close_after, TLS1_2_VERSION).version, TLS1_2_VERSION);
  EXPECT_EQ(ask(server->port(), close_after, TLS1_1_VERSION).answer, "");
  EXPECT_NE(server->get("/").status, 200);
}

TEST_F(Tls, ReadsTheCertificateAgain) {
  std::signal(SIGHUP, SIG_IGN);  // until the server listens to it
  std::thread running([&] { server->server->run(); });
  make_certificate(directory.path(), "second");
  Secured got;
  for (int i = 0; i < 100 && got.name != "second"; ++i) {
    std::raise(SIGHUP);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    got = ask(server->port(), close_after);
  }
  EXPECT_EQ(got.name, "second");
  server->server->stop();
  running.join();
}

TEST(TlsOptions, SayWhatIsWrong) {
  ServerOptions o;
  o.tls_certificate = "/nonexistent/cert.pem";
  o.tls_key = "/nonexistent/key.pem";
  EXPECT_THROW(TestServer([](Router&) {}, o), std::runtime_error);
}

}  // namespace
}  // namespace danchu::web
