// The door to Asio, with conversation.h, which is a part of it: accepting, times, starting and shutting down.
// What is read becomes a request in request_reader.cpp, which knows Beast.
//
// Each io thread has its own event loop and its own connections, so nothing here is locked. A connection is a
// coroutine that reads one request, has it answered (at once, or by a worker) and reads the next only after
// the answer is written. Times are kept by one sweep for all connections of a thread instead of a timer for
// each.
#include "web/server.h"

#include <csignal>

#include "web/conversation.h"
#include "web/listen_address.h"
#include "web/log.h"
#include "web/systemd.h"
#include "web/tls.h"

namespace danchu::web {

struct Server::Parts : Serving {
  std::atomic<std::size_t> open{0};  // before the loops: connections that end with them count down
  std::vector<std::unique_ptr<IoThread>> threads;
  std::optional<tcp::acceptor> acceptor;
  std::shared_ptr<asio::ssl::context> tls;
  asio::io_context signals;
  std::atomic<bool> shut{false};
  std::size_t next_thread = 0;
  std::uint16_t port = 0;

  using Serving::Serving;
  ~Parts() { workers.reset(); }  // before the loops they answer to

  void listen();
  std::shared_ptr<asio::ssl::context> read_certificate() const;
  asio::awaitable<void> accept();
  void turn_away(Socket& socket);
  asio::awaitable<void> connection(Socket socket, IoThread& io);
  asio::awaitable<void> sweep(IoThread& io);
  void shut_down();
};

// ---- connections
// ---------------------------------------------------------------------------------------------

asio::awaitable<void> Server::Parts::connection(Socket socket, IoThread& io) {
  Watched watched;
  watched.socket = &socket;
  watched.deadline = Steady::now() + options.header_time;
  watched.when_crowded = std::min(watched.deadline, Steady::now() + crowded_stall);
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
    watched.when_crowded = Steady::now();
    (void)co_await stream.async_shutdown(awaiting);
  } else {
    Conversation conversation(socket, watched, io, request, *this);
    co_await conversation.run();
  }
  // What the other end still sends is read for a moment, or a reset could overtake the answer.
  socket.shutdown(Socket::shutdown_send, ignored);
  watched.deadline = Steady::now() + std::chrono::seconds(2);
  watched.when_crowded = Steady::now();
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
  auto shortest = std::min({options.header_time, options.body_time, options.stall_time, options.idle_time});
  auto pause = std::clamp<std::chrono::milliseconds>(shortest / 8, std::chrono::milliseconds(5),
                                                     std::chrono::milliseconds(250));
  for (;;) {
    io.sweep.expires_after(pause);
    (void)co_await io.sweep.async_wait(awaiting);
    auto now = Steady::now();
    // When hardly a place is left, who asks nothing or hardly sends gives his up.
    const bool crowded = open * 10 >= options.connections * 9;
    for (Watched* w : io.connections) {
      const bool leave = w->idle && stopping;
      if (!leave && now < (crowded ? w->when_crowded : w->deadline)) continue;
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
  return std::make_shared<asio::ssl::context>(make_tls_context(options.tls_certificate, options.tls_key));
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
    ListenAddress where = parse_listen_address(options.listen);
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
    asio::post(io->loop,
               [&io] {  // who is between requests is not waited for; the sweep takes who comes there
                 ErrorCode ignored;
                 for (Watched* w : io->connections)
                   if (w->idle) w->socket->cancel(ignored);
                 io->sweep.cancel();
               });
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
  if (!p.options.tls_certificate.empty()) p.tls = p.read_certificate();
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
