// The only file that knows Asio and Beast: sockets, TLS, reading requests, writing answers, limits, shutting
// down.
//
// Each io thread has its own event loop and its own connections, so nothing here is locked. A connection is a
// coroutine that reads one request, has it answered (at once, or by a worker) and reads the next only after
// the answer is written. Times are kept by one sweep for all connections of a thread instead of a timer for
// each.
#include "web/server.h"

#include <netinet/tcp.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <csignal>
#include <list>
#include <thread>
#include <unordered_set>

#include "web/application.h"
#include "web/log.h"
#include "web/systemd.h"
#include "web/workers.h"

namespace danchu::web {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using boost::beast::string_view;
using ErrorCode = boost::system::error_code;
using Steady = std::chrono::steady_clock;
constexpr auto awaiting = asio::as_tuple(asio::use_awaitable);

// A sender slower than this, in bytes a second, is cut off.
constexpr std::size_t slowest = 8 * 1024;

// Puts what Beast reads into an HttpRequest.
class Parser final : public http::basic_parser<true> {
 public:
  Parser(HttpRequest& to, std::size_t header_bytes) : to_(to) {
    header_limit(
        static_cast<std::uint32_t>(header_bytes + 1024));  // the connection has looked at the size before
    body_limit(boost::none);
  }
  std::size_t body_bytes = 0;  // allowed for a chunked body

 private:
  void on_request_impl(http::verb, string_view method, string_view target, int version, ErrorCode&) override {
    to_.method.assign(method.data(), method.size());
    to_.target.assign(target.data(), target.size());
    to_.version = version;
  }
  void on_field_impl(http::field, string_view name, string_view value, ErrorCode&) override {
    if (is_header_done()) return;  // a trailer
    to_.add_header({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_chunk_header_impl(std::uint64_t size, string_view, ErrorCode& ec) override {
    if (size > body_bytes - to_.body.size()) ec = http::error::body_limit;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view part, ErrorCode& ec) override {
    if (part.size() > body_bytes - to_.body.size())
      ec = http::error::body_limit;
    else
      to_.body.append(part.data(), part.size());
    return part.size();
  }
  std::size_t on_body_impl(string_view part, ErrorCode&) override { return part.size(); }
  void on_response_impl(int, string_view, int, ErrorCode&) override {}
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  HttpRequest& to_;
};

// Obsolete folding, and line feeds without carriage return, are read differently by different programs:
// refused.
bool clean_lines(std::string_view header) {
  for (std::size_t i = header.find('\n'); i != header.npos; i = header.find('\n', i + 1)) {
    if (i == 0 || header[i - 1] != '\r') return false;
    if (i + 1 < header.size() && (header[i + 1] == ' ' || header[i + 1] == '\t')) return false;
  }
  return true;
}

std::string date_line() {
  char text[64];
  std::time_t now = std::time(nullptr);
  std::tm utc;
  gmtime_r(&now, &utc);
  return std::string(text, std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc));
}

// What the sweep needs to know of a connection.
struct Watched {
  Socket* socket = nullptr;
  Steady::time_point deadline;
  bool expired = false;
  bool idle = true;  // between requests: may be closed without loss
};

struct IoThread {
  std::unordered_set<Watched*> connections;  // outlives the coroutines, which leave it when they end
  asio::io_context loop{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(loop);
  asio::steady_timer sweep{loop};
  std::time_t date_second = 0;
  std::string date;
  std::thread thread;
};

struct Listen {
  std::string host;
  std::string port;
};
Listen parse_listen(const std::string& text) {
  std::size_t colon = text.rfind(':');
  if (colon == text.npos) throw std::runtime_error("--listen wants ADDRESS:PORT, not " + text);
  std::string host = text.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.empty() || host == "*") host = "0.0.0.0";
  return {host, text.substr(colon + 1)};
}

}  // namespace

struct Server::Parts {
  ServerOptions options;
  Application application;
  std::vector<std::unique_ptr<IoThread>> threads;
  std::optional<tcp::acceptor> acceptor;
  std::shared_ptr<asio::ssl::context> tls;
  asio::io_context signals;
  std::unique_ptr<Workers> workers;  // gone before the loops they answer to
  std::atomic<std::size_t> open{0};
  std::atomic<std::size_t> large_bodies{0};  // bytes taken
  std::atomic<bool> stopping{false}, shut{false};
  std::size_t next_thread = 0;
  std::uint16_t port = 0;

  Parts(Site site, ServerOptions o, const std::function<void(Router&)>& routes)
      : options(std::move(o)), application(std::move(site), options, routes) {}

  void listen();
  std::shared_ptr<asio::ssl::context> read_certificate() const;
  asio::awaitable<void> accept();
  void turn_away(Socket& socket);
  asio::awaitable<void> connection(Socket socket, IoThread& io);
  template <class Stream>
  asio::awaitable<void> serve(Stream& stream, Watched& watched, IoThread& io, HttpRequest& request);
  asio::awaitable<ReadyRef> by_worker(const HttpRequest& request, IoThread& io);
  asio::awaitable<void> sweep(IoThread& io);
  void shut_down();
};

namespace {

// A large body's share of the memory all of them may take together; given back when its request is over.
class Reserved {
 public:
  Reserved() = default;
  Reserved(const Reserved&) = delete;
  ~Reserved() { give_back(); }
  bool take(std::atomic<std::size_t>& used, std::size_t bytes, std::size_t limit) {
    constexpr std::size_t large = 1024 * 1024;
    if (bytes <= large) return true;
    if (used.fetch_add(bytes) + bytes > limit) {
      used -= bytes;
      return false;
    }
    used_ = &used;
    bytes_ = bytes;
    return true;
  }
  bool held() const { return used_ != nullptr; }
  void give_back() {
    if (used_) *used_ -= bytes_;
    used_ = nullptr;
  }

 private:
  std::atomic<std::size_t>* used_ = nullptr;
  std::size_t bytes_ = 0;
};

// One connection's reading and writing, over TCP or TLS.
template <class Stream>
class Conversation {
 public:
  Conversation(Stream& stream, Watched& watched, IoThread& io, HttpRequest& request, Server::Parts& parts);
  asio::awaitable<void> run();

 private:
  enum class Got { request, nothing, refused };
  asio::awaitable<Got> read_request();
  asio::awaitable<bool> read_header();
  asio::awaitable<Got> read_body();
  asio::awaitable<Got> read_sized_body(std::uint64_t size);
  asio::awaitable<Got> read_chunked_body();
  asio::awaitable<bool> fill();
  asio::awaitable<Got> refuse(int status);
  asio::awaitable<bool> write(ReadyRef answer, bool close);

  std::string_view held() const { return {in_.data() + begin_, end_ - begin_}; }
  void until(std::chrono::milliseconds time) { watched_.deadline = Steady::now() + time; }

  Stream& stream_;
  Watched& watched_;
  IoThread& io_;
  HttpRequest& request_;
  Server::Parts& parts_;
  std::optional<Parser> parser_;
  std::vector<char> in_;
  std::size_t begin_ = 0, end_ = 0;  // what is held of in_
  std::size_t header_end_ = 0;
  Reserved reserved_;
  std::string tail_;      // Date and Connection lines of the answer
  int at_a_stretch_ = 0;  // answers without giving others a turn
};

template <class Stream>
Conversation<Stream>::Conversation(Stream& stream, Watched& watched, IoThread& io, HttpRequest& request,
                                   Server::Parts& parts)
    : stream_(stream), watched_(watched), io_(io), request_(request), parts_(parts), in_(4096) {}

template <class Stream>
asio::awaitable<void> Conversation<Stream>::run() {
  for (;;) {
    Got got = co_await read_request();
    if (got != Got::request) co_return;
    watched_.deadline = Steady::time_point::max();  // a handler takes the time it takes
    bool keep = parser_->keep_alive() && request_.version >= 11;
    ReadyRef answer = parts_.application.at_once(request_);
    if (!answer) answer = co_await parts_.by_worker(request_, io_);
    keep = keep && !parts_.stopping;
    if (!co_await write(std::move(answer), !keep) || !keep) co_return;
    if (++at_a_stretch_ >= 16) {
      at_a_stretch_ = 0;
      co_await asio::post(io_.loop, asio::use_awaitable);
    }
  }
}

// Reads more into the buffer; false when the other end has gone or time is up.
template <class Stream>
asio::awaitable<bool> Conversation<Stream>::fill() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == in_.size()) {
    if (begin_ > 0) {
      std::copy(in_.begin() + static_cast<std::ptrdiff_t>(begin_),
                in_.begin() + static_cast<std::ptrdiff_t>(end_), in_.begin());
      end_ -= begin_;
      begin_ = 0;
    } else {
      in_.resize(in_.size() * 2);
    }
  }
  at_a_stretch_ = 0;
  auto [error, n] =
      co_await stream_.async_read_some(asio::buffer(in_.data() + end_, in_.size() - end_), awaiting);
  end_ += n;
  co_return !error && n > 0;
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::refuse(int status) {
  until(parts_.options.idle_time);
  watched_.expired = false;
  (void)co_await write(parts_.application.refusal(status, &request_), true);
  co_return Got::refused;
}

// Until the whole header is held; header_end_ is then where it ends.
template <class Stream>
asio::awaitable<bool> Conversation<Stream>::read_header() {
  std::size_t searched = 0;
  for (;;) {
    while (searched == 0 && held().starts_with("\r\n"))
      begin_ += 2;  // an empty line left over by an old client
    std::size_t at = held().find("\r\n\r\n", searched);
    if (at != std::string_view::npos) {
      header_end_ = at + 4;
      co_return header_end_ <= parts_.options.header_bytes;
    }
    if (held().size() >= parts_.options.header_bytes) co_return false;
    searched = held().size() < 3 ? 0 : held().size() - 3;
    if (watched_.idle && !held().empty()) {
      watched_.idle = false;
      until(parts_.options.header_time);
    }
    if (!co_await fill()) {
      header_end_ = 0;
      co_return false;
    }
  }
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::read_request() {
  if (reserved_.held()) std::string().swap(request_.body);
  reserved_.give_back();
  request_.clear();
  watched_.idle = true;
  header_end_ = 0;
  if (held().empty() &&
      in_.size() > 16 * 1024) {  // a long body came before: many idle connections must stay small
    std::vector<char>(4096).swap(in_);
    begin_ = end_ = 0;
  }
  if (held().empty()) until(parts_.options.idle_time);
  if (parts_.stopping && held().empty()) co_return Got::nothing;
  if (!co_await read_header()) {
    if (held().size() >= parts_.options.header_bytes || header_end_ > 0) co_return co_await refuse(431);
    if (watched_.expired && !held().empty()) co_return co_await refuse(408);
    co_return Got::nothing;
  }
  watched_.idle = false;
  std::string_view header = held().substr(0, header_end_);
  if (!clean_lines(header)) co_return co_await refuse(400);
  parser_.emplace(request_, parts_.options.header_bytes);
  ErrorCode error;
  parser_->put(asio::buffer(header.data(), header.size()), error);
  begin_ += header_end_;
  if (error == http::error::need_more) error = {};
  if (error == http::error::bad_version) co_return co_await refuse(505);
  if (error || !parser_->is_header_done()) co_return co_await refuse(400);
  if (request_.count("host") != (request_.version >= 11 ? 1u : request_.count("host")))
    co_return co_await refuse(400);
  if (request_.count("content-length") > 1) co_return co_await refuse(400);
  if (std::size_t encodings = request_.count("transfer-encoding"); encodings > 0) {
    if (request_.count("content-length") > 0 || request_.version < 11) co_return co_await refuse(400);
    if (encodings > 1 || !parser_->chunked() ||
        request_.header("transfer-encoding").find(',') != std::string_view::npos)
      co_return co_await refuse(501);
  }
  co_return co_await read_body();
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::read_body() {
  auto length = parser_->content_length();
  bool chunked = parser_->chunked();
  if (!chunked && (!length || *length == 0)) co_return Got::request;
  std::size_t limit = parts_.application.body_limit(request_);
  if (length && *length > limit) co_return co_await refuse(413);
  std::size_t expected = length ? static_cast<std::size_t>(*length) : limit;
  if (!reserved_.take(parts_.large_bodies, expected, parts_.options.large_bodies))
    co_return co_await refuse(503);
  until(parts_.options.body_time + std::chrono::milliseconds(expected * 1000 / slowest));
  if (!request_.header("expect").empty() && held().empty()) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [error, n] = co_await asio::async_write(stream_, asio::buffer(go_on), awaiting);
    if (error) co_return Got::nothing;
  }
  parser_->body_bytes = limit;
  if (chunked) co_return co_await read_chunked_body();
  co_return co_await read_sized_body(*length);
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::read_sized_body(
    std::uint64_t size) {
  while (request_.body.size() < size) {
    std::size_t n = std::min<std::size_t>(held().size(), size - request_.body.size());
    request_.body.append(held().substr(0, n));
    begin_ += n;
    if (request_.body.size() == size) break;
    if (in_.size() < 64 * 1024) in_.resize(64 * 1024);
    if (!co_await fill()) {
      if (watched_.expired) co_return co_await refuse(408);
      co_return Got::nothing;
    }
  }
  co_return Got::request;
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::read_chunked_body() {
  parser_->eager(true);
  for (;;) {
    ErrorCode error;
    std::size_t used = held().empty() ? 0 : parser_->put(asio::buffer(held().data(), held().size()), error);
    begin_ += used;
    if (error == http::error::body_limit) co_return co_await refuse(413);
    if (error && error != http::error::need_more) co_return co_await refuse(400);
    if (parser_->is_done()) co_return Got::request;
    if (used > 0 && !error && !held().empty()) continue;
    if (held().size() >= parts_.options.header_bytes)
      co_return co_await refuse(400);  // a chunk line without end
    if (!co_await fill()) {
      if (watched_.expired) co_return co_await refuse(408);
      co_return Got::nothing;
    }
  }
}

// Header, Date and body go out in one gathering write, mostly without waiting.
template <class Stream>
asio::awaitable<bool> Conversation<Stream>::write(ReadyRef answer, bool close) {
  if (std::time_t now = std::time(nullptr); now != io_.date_second) {
    io_.date_second = now;
    io_.date = date_line();
  }
  tail_ = io_.date;
  tail_ += close ? "Connection: close\r\n\r\n" : "\r\n";
  bool with_body = request_.method != "HEAD" && answer->status != 304 && answer->status != 204;
  std::string_view body = with_body ? std::string_view(answer->body) : std::string_view();
  std::size_t total = answer->head.size() + tail_.size() + body.size(), written = 0;
  if constexpr (std::is_same_v<Stream, Socket>) {
    std::array<asio::const_buffer, 3> all{asio::buffer(answer->head), asio::buffer(tail_),
                                          asio::buffer(body.data(), body.size())};
    ErrorCode error;
    written = stream_.write_some(all, error);
    if (written == total) co_return true;
    if (error && error != asio::error::would_block && error != asio::error::try_again) co_return false;
    until(parts_.options.idle_time + std::chrono::milliseconds(total * 1000 / slowest));
    auto rest = [&](std::string_view part) {
      std::size_t skip = std::min(written, part.size());
      written -= skip;
      return asio::const_buffer(part.data() + skip, part.size() - skip);
    };
    std::array<asio::const_buffer, 3> left{rest(answer->head), rest(tail_), rest(body)};
    auto [failed, n] = co_await asio::async_write(stream_, left, awaiting);
    co_return !failed;
  } else {
    // One TLS record for a small answer instead of three.
    until(parts_.options.idle_time + std::chrono::milliseconds(total * 1000 / slowest));
    std::string first = answer->head + tail_;
    if (body.size() <= 16 * 1024) {
      first += body;
      body = {};
    }
    std::array<asio::const_buffer, 2> all{asio::buffer(first), asio::buffer(body.data(), body.size())};
    auto [failed, n] = co_await asio::async_write(stream_, all, awaiting);
    co_return !failed;
  }
}

}  // namespace

// ---- answering by a worker -------------------------------------------------------------------------------

asio::awaitable<ReadyRef> Server::Parts::by_worker(const HttpRequest& request, IoThread& io) {
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(ReadyRef)>(
      [this, &request, &io](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto send = [kept, &io](ReadyRef answer) {
          asio::post(io.loop, [kept, answer = std::move(answer)]() mutable {
            auto resume = std::move(*kept);  // destroyed here, on its own thread
            resume(std::move(answer));
          });
        };
        if (!workers->run([this, &request, send] { application.answer(request, send); }))
          send(application.refusal(503, &request));
      },
      asio::use_awaitable);
}

// ---- connections
// -------------------------------------------------------------------------------------------

asio::awaitable<void> Server::Parts::connection(Socket socket, IoThread& io) {
  Watched watched;
  watched.socket = &socket;
  watched.deadline = Steady::now() + options.header_time;
  struct Registered {
    Parts& parts;
    IoThread& io;
    Watched& watched;
    Registered(Parts& p, IoThread& i, Watched& w) : parts(p), io(i), watched(w) {
      io.connections.insert(&watched);
    }
    ~Registered() {
      io.connections.erase(&watched);
      parts.application.metrics().connections(static_cast<std::int64_t>(--parts.open));
    }
  } registered(*this, io, watched);

  ErrorCode ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.non_blocking(true, ignored);
  HttpRequest request;
  ErrorCode gone;
  auto remote = socket.remote_endpoint(gone);
  if (gone) co_return;
  request.peer = remote.address().to_string();
  if (auto context = std::atomic_load(&tls)) {
    request.secure = true;
    asio::ssl::stream<Socket&> stream(socket, *context);
    auto [failed] = co_await stream.async_handshake(asio::ssl::stream_base::server, awaiting);
    if (failed) co_return;
    Conversation conversation(stream, watched, io, request, *this);
    co_await conversation.run();
    watched.deadline = Steady::now() + std::chrono::seconds(2);
    (void)co_await stream.async_shutdown(awaiting);
  } else {
    Conversation conversation(socket, watched, io, request, *this);
    co_await conversation.run();
  }
  // What the other end still sends is read for a moment, or a reset could overtake the answer.
  socket.shutdown(Socket::shutdown_send, ignored);
  watched.deadline = Steady::now() + std::chrono::seconds(2);
  watched.idle = true;
  std::array<char, 4096> rest;
  for (std::size_t drained = 0; drained < 1024 * 1024 && !stopping;) {
    auto [error, n] = co_await socket.async_read_some(asio::buffer(rest), awaiting);
    if (error) break;
    drained += n;
  }
}

void Server::Parts::turn_away(Socket& socket) {
  static constexpr std::string_view busy =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  ErrorCode ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(busy), ignored);
  socket.shutdown(Socket::shutdown_send, ignored);
}

asio::awaitable<void> Server::Parts::accept() {
  for (;;) {
    IoThread& io = *threads[next_thread++ % threads.size()];
    auto [error, socket] = co_await acceptor->async_accept(io.loop, awaiting);
    if (stopping) co_return;
    if (error) {  // no descriptors left, most likely: let some close
      asio::steady_timer pause(co_await asio::this_coro::executor, std::chrono::milliseconds(50));
      co_await pause.async_wait(awaiting);
      continue;
    }
    if (open >= options.connections) {
      turn_away(socket);
      continue;
    }
    application.metrics().connections(static_cast<std::int64_t>(++open));
    asio::co_spawn(io.loop, connection(std::move(socket), io), [](std::exception_ptr failed) {
      try {
        if (failed) std::rethrow_exception(failed);
      } catch (const std::exception& error) {
        log_error("a connection failed", error.what());
      }
    });
  }
}

asio::awaitable<void> Server::Parts::sweep(IoThread& io) {
  auto shortest = std::min({options.header_time, options.body_time, options.idle_time});
  auto pause = std::clamp<std::chrono::milliseconds>(shortest / 8, std::chrono::milliseconds(5),
                                                     std::chrono::milliseconds(250));
  for (;;) {
    io.sweep.expires_after(pause);
    (void)co_await io.sweep.async_wait(awaiting);
    auto now = Steady::now();
    for (Watched* w : io.connections) {
      bool leave = stopping && w->idle;
      if (!leave && now < w->deadline) continue;
      w->expired = true;
      ErrorCode ignored;
      w->socket->cancel(ignored);
    }
    if (stopping && io.connections.empty()) co_return;
    if (&io == threads.front().get()) flush_log();
  }
}

// ---- starting and stopping
// -----------------------------------------------------------------------------------

std::shared_ptr<asio::ssl::context> Server::Parts::read_certificate() const {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(),
                      SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  context->use_certificate_chain_file(options.tls_certificate);
  context->use_private_key_file(options.tls_key, asio::ssl::context::pem);
  return context;
}

void Server::Parts::listen() {
  IoThread& first = *threads.front();
  if (int fd = systemd_socket(); fd >= 0) {
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) != 0)
      throw std::runtime_error("the socket systemd passed is none");
    acceptor.emplace(first.loop);
    acceptor->assign(name.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), fd);
  } else {
    Listen where = parse_listen(options.listen);
    tcp::resolver resolver(first.loop);
    ErrorCode error;
    auto found = resolver.resolve(where.host, where.port, tcp::resolver::passive, error);
    if (error || found.empty())
      throw std::runtime_error("cannot listen on " + options.listen + ": " + error.message());
    tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor.emplace(first.loop);
    acceptor->open(endpoint.protocol());
    acceptor->set_option(tcp::acceptor::reuse_address(true));
    acceptor->bind(endpoint, error);
    if (error) throw std::runtime_error("cannot listen on " + options.listen + ": " + error.message());
    acceptor->listen(1024, error);
    if (error) throw std::runtime_error("cannot listen on " + options.listen + ": " + error.message());
  }
  port = acceptor->local_endpoint().port();
}

void Server::Parts::shut_down() {
  if (threads.empty() || shut.exchange(true)) return;
  stopping = true;
  systemd_notify("STOPPING=1");
  asio::post(threads.front()->loop, [this] {
    ErrorCode ignored;
    acceptor->close(ignored);
  });
  for (auto& io : threads) {
    io->work.reset();
    asio::post(io->loop, [&io] { io->sweep.cancel(); });
  }
  auto end = Steady::now() + options.shutdown_time;
  while (open > 0 && Steady::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  if (open > 0)
    for (auto& io : threads) io->loop.stop();
  for (auto& io : threads)
    if (io->thread.joinable()) io->thread.join();
  workers.reset();
  flush_log();
}

Server::Server(Site site, ServerOptions options, const std::function<void(Router&)>& routes)
    : parts_(std::make_unique<Parts>(std::move(site), std::move(options), routes)) {}

Server::~Server() {
  if (parts_) parts_->shut_down();
}

void Server::start() {
  Parts& p = *parts_;
  std::signal(SIGPIPE, SIG_IGN);
  if (p.options.tls_certificate.empty() != p.options.tls_key.empty())
    throw std::runtime_error("TLS needs both a certificate and its key");
  if (!p.options.tls_certificate.empty()) {
    try {
      p.tls = p.read_certificate();
    } catch (const std::exception& error) {
      throw std::runtime_error("cannot use " + p.options.tls_certificate + " and " + p.options.tls_key +
                               ": " + error.what());
    }
  }
  for (int i = 0; i < std::max(1, p.options.io_threads); ++i)
    p.threads.push_back(std::make_unique<IoThread>());
  p.listen();
  p.workers = std::make_unique<Workers>(p.options.workers, p.options.connections + 16);
  asio::co_spawn(p.threads.front()->loop, p.accept(), asio::detached);
  for (auto& io : p.threads) {
    asio::co_spawn(io->loop, p.sweep(*io), asio::detached);
    io->thread = std::thread([loop = &io->loop] { loop->run(); });
  }
  p.workers->run([&p] { p.application.warm_up(); });
}

void Server::run() {
  Parts& p = *parts_;
  asio::signal_set signals(p.signals, SIGTERM, SIGINT, SIGHUP);
  std::function<void()> wait = [&] {
    signals.async_wait([&](ErrorCode error, int number) {
      if (error) return;
      if (number != SIGHUP) return p.signals.stop();
      try {
        if (!p.options.tls_certificate.empty()) std::atomic_store(&p.tls, p.read_certificate());
        log_info("certificate read again");
      } catch (const std::exception& failed) {
        log_error("the new certificate cannot be used, the old one stays", failed.what());
      }
      wait();
    });
  };
  wait();
  asio::steady_timer watchdog(p.signals);
  std::function<void()> beat = [&] {
    if (systemd_watchdog() <= 0) return;
    watchdog.expires_after(std::chrono::microseconds(systemd_watchdog() / 2));
    watchdog.async_wait([&](ErrorCode error) {
      if (error) return;
      systemd_notify("WATCHDOG=1");
      beat();
    });
  };
  beat();
  systemd_notify("READY=1");
  log_info("serving", p.options.listen);
  p.signals.run();
  log_info("stopping");
  p.shut_down();
}

void Server::stop() { parts_->signals.stop(); }
std::uint16_t Server::port() const { return parts_->port; }
std::string Server::openapi() const { return parts_->application.openapi(); }

}  // namespace danchu::web
