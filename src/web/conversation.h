// One connection's reading and writing, over TCP or TLS. Only server.cpp includes this: Asio is compiled
// once.
#pragma once
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <thread>
#include <unordered_set>

#include "web/application.h"
#include "web/request_reader.h"
#include "web/workers.h"

namespace danchu::web {

namespace asio = boost::asio;
using asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using ErrorCode = boost::system::error_code;
using Steady = std::chrono::steady_clock;
inline constexpr auto awaiting = asio::as_tuple(asio::use_awaitable);

// A sender slower than this, in bytes a second, is cut off.
inline constexpr std::size_t slowest = 8 * 1024;

// What the sweep needs to know of a connection.
struct Watched {
  Socket* socket = nullptr;
  Steady::time_point deadline;
  Steady::time_point when_crowded;  // the deadline while hardly a place is left
  bool expired = false;
  bool idle = true;  // between requests: may be closed without loss
};

// How long others' places are kept while hardly one is left: for who asks nothing, for who sends nothing, and
// for who takes nothing of his answer (what lies in the machine's buffers counts as taken, so it is longer).
inline constexpr std::chrono::seconds crowded_idle{1}, crowded_stall{3}, crowded_take{10};

struct IoThread {
  std::unordered_set<Watched*> connections;  // outlives the coroutines, which leave it when they end
  asio::io_context loop{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(loop);
  asio::steady_timer sweep{loop};
  std::time_t date_second = 0;
  std::string date;
  std::thread thread;
};

// Memory that the bodies of all requests may take together. What a request took is given back when the next
// is read or the connection ends.
class BodyBudget {
 public:
  explicit BodyBudget(std::size_t most) : most_(most) {}

  class Share {
   public:
    explicit Share(BodyBudget& budget) : budget_(budget) {}
    ~Share() { set(0); }
    Share(const Share&) = delete;
    // False: others hold too much; the share stays as it was.
    bool set(std::size_t bytes) {
      if (bytes > held_ && budget_.used_.fetch_add(bytes - held_) + (bytes - held_) > budget_.most_) {
        budget_.used_ -= bytes - held_;
        return false;
      }
      if (bytes < held_) budget_.used_ -= held_ - bytes;
      held_ = bytes;
      return true;
    }

   private:
    BodyBudget& budget_;
    std::size_t held_ = 0;
  };

 private:
  std::size_t most_;
  std::atomic<std::size_t> used_{0};
};

// What all connections share.
struct Serving {
  ServerOptions options;
  BodyBudget bodies;
  Application application;
  std::unique_ptr<Workers> workers;
  std::atomic<bool> stopping{false};

  Serving(Site site, ServerOptions o, const std::function<void(Router&)>& routes)
      : options(std::move(o)), bodies(options.bodies), application(std::move(site), options, routes) {}
};

// One connection's reading and writing, over TCP or TLS.
template <class Stream>
class Conversation {
 public:
  Conversation(Stream& stream, Watched& watched, IoThread& io, HttpRequest& request, Serving& serving);
  asio::awaitable<void> run();

 private:
  enum class Got { request, nothing, refused };
  asio::awaitable<Got> read_request();
  asio::awaitable<Got> read_body();
  asio::awaitable<bool> fill();
  template <class T, class Begin>
  asio::awaitable<T> elsewhere(Begin begin);
  asio::awaitable<ReadyRef> by_worker();
  asio::awaitable<std::size_t> body_limit();
  asio::awaitable<Got> given_up();
  asio::awaitable<Got> refuse(int status);
  asio::awaitable<bool> write(ReadyRef answer, bool close);
  template <class Buffers>
  asio::awaitable<bool> write_slowly(const Buffers& buffers, std::size_t total, std::size_t written);

  void until(std::chrono::milliseconds time) {
    watched_.deadline = watched_.when_crowded = Steady::now() + time;
  }
  void until(std::chrono::milliseconds time, std::chrono::milliseconds when_crowded) {
    watched_.deadline = Steady::now() + time;
    watched_.when_crowded = std::min(watched_.deadline, Steady::now() + when_crowded);
  }

  Stream& stream_;
  Watched& watched_;
  IoThread& io_;
  HttpRequest& request_;
  Serving& serving_;
  RequestReader reader_;
  BodyBudget::Share held_;
  std::string tail_;      // Date and Connection lines of the answer
  int at_a_stretch_ = 0;  // answers without giving others a turn
};

template <class Stream>
Conversation<Stream>::Conversation(Stream& stream, Watched& watched, IoThread& io, HttpRequest& request,
                                   Serving& serving)
    : stream_(stream),
      watched_(watched),
      io_(io),
      request_(request),
      serving_(serving),
      reader_(request, serving.options.header_bytes),
      held_(serving.bodies) {}

template <class Stream>
asio::awaitable<void> Conversation<Stream>::run() {
  for (;;) {
    Got got = co_await read_request();
    if (got != Got::request) co_return;
    watched_.deadline = watched_.when_crowded = Steady::time_point::max();  // a handler takes its time
    bool keep = reader_.keep_alive();
    ReadyRef answer = serving_.application.at_once(request_);
    if (!answer) answer = co_await by_worker();
    keep = keep && !serving_.stopping;
    if (!co_await write(std::move(answer), !keep) || !keep) co_return;
    if (++at_a_stretch_ >= 16) {
      at_a_stretch_ = 0;
      co_await asio::post(io_.loop, asio::use_awaitable);
    }
  }
}

// What is begun elsewhere and sends its result once, from whatever thread, goes on here.
template <class Stream>
template <class T, class Begin>
asio::awaitable<T> Conversation<Stream>::elsewhere(Begin begin) {
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(
      [this, &begin](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        begin([kept, &loop = io_.loop](T result) {
          asio::post(loop, [kept, result = std::move(result)]() mutable {
            auto resume = std::move(*kept);  // destroyed here, on its own thread
            resume(std::move(result));
          });
        });
      },
      asio::use_awaitable);
}

template <class Stream>
asio::awaitable<ReadyRef> Conversation<Stream>::by_worker() {
  co_return co_await elsewhere<ReadyRef>([this](auto send) {
    if (!serving_.workers->run([this, send] { serving_.application.answer(request_, send); }))
      send(serving_.application.refusal(503, &request_));
  });
}

// A large body is read of those only whose session is known: a cookie is easily made up.
template <class Stream>
asio::awaitable<std::size_t> Conversation<Stream>::body_limit() {
  const auto [anybody, signed_in] = serving_.application.body_limit(request_);
  if (signed_in <= anybody || reader_.body_bytes(signed_in) <= anybody) co_return anybody;
  const bool known = co_await elsewhere<bool>([this](auto send) {
    if (!serving_.workers->run([this, send] { send(serving_.application.knows_session(request_)); }))
      send(false);
  });
  co_return known ? signed_in : anybody;
}

// False when the other end has gone or time is up.
template <class Stream>
asio::awaitable<bool> Conversation<Stream>::fill() {
  at_a_stretch_ = 0;
  std::span<char> room = reader_.room();
  auto [error, n] = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), awaiting);
  reader_.arrived(n);
  co_return !error && n > 0;
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::refuse(int status) {
  until(serving_.options.idle_time);
  watched_.expired = false;
  (void)co_await write(serving_.application.refusal(status, &request_), true);
  co_return Got::refused;
}

// Who stops in the middle of a request hears why, if anybody still listens.
template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::given_up() {
  if (watched_.expired) co_return co_await refuse(408);
  co_return Got::nothing;
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::read_request() {
  reader_.next();
  held_.set(0);
  watched_.idle = true;
  if (reader_.empty()) until(serving_.options.idle_time, crowded_idle);
  if (serving_.stopping && reader_.empty()) co_return Got::nothing;
  Reading reading;
  while ((reading = reader_.head()) == Reading::more) {
    if (watched_.idle && !reader_.empty()) {
      watched_.idle = false;
      until(serving_.options.header_time, crowded_stall);
    }
    if (!co_await fill()) {
      if (reader_.empty()) co_return Got::nothing;
      co_return co_await given_up();
    }
  }
  if (reading == Reading::refused) co_return co_await refuse(reader_.status());
  watched_.idle = false;
  if (reader_.has_body()) co_return co_await read_body();
  co_return Got::request;
}

template <class Stream>
asio::awaitable<typename Conversation<Stream>::Got> Conversation<Stream>::read_body() {
  const std::size_t limit = co_await body_limit();
  if (reader_.allow_body(limit) == Reading::refused) co_return co_await refuse(reader_.status());
  const auto begun = Steady::now();
  // Who sends nothing for a while is cut off long before a slow sender is, and who falls behind the slowest
  // that is borne, when he does: what he announced buys no time, only what came.
  auto wait_for_more = [&] {
    until(serving_.options.stall_time, crowded_stall);
    const auto earned = begun + std::chrono::milliseconds(request_.body.size() * 1000 / slowest);
    watched_.deadline = std::min(watched_.deadline, earned + serving_.options.body_time);
    watched_.when_crowded = std::min(watched_.when_crowded, earned + crowded_stall);
  };
  wait_for_more();
  if (!request_.header("expect").empty() && reader_.empty()) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [error, n] = co_await asio::async_write(stream_, asio::buffer(go_on), awaiting);
    if (error) co_return Got::nothing;
  }
  Reading reading;
  while ((reading = reader_.body()) == Reading::more) {
    if (!held_.set(request_.body.size())) co_return co_await refuse(503);
    wait_for_more();
    if (!co_await fill()) co_return co_await given_up();
  }
  if (reading == Reading::refused) co_return co_await refuse(reader_.status());
  co_return Got::request;
}

// Header, Date and body go out in one gathering write, mostly without waiting.
template <class Stream>
asio::awaitable<bool> Conversation<Stream>::write(ReadyRef answer, bool close) {
  if (std::time_t now = std::time(nullptr); now != io_.date_second) {
    io_.date_second = now;
    io_.date = date_line(now);
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
    const std::size_t at_once = written;
    auto rest = [&](std::string_view part) {
      std::size_t skip = std::min(written, part.size());
      written -= skip;
      return asio::const_buffer(part.data() + skip, part.size() - skip);
    };
    std::array<asio::const_buffer, 3> left{rest(answer->head), rest(tail_), rest(body)};
    co_return co_await write_slowly(left, total, at_once);
  } else {
    // One TLS record for a small answer instead of three.
    std::string first = answer->head + tail_;
    if (body.size() <= 16 * 1024) {
      first += body;
      body = {};
    }
    std::array<asio::const_buffer, 2> all{asio::buffer(first), asio::buffer(body.data(), body.size())};
    co_return co_await write_slowly(all, total, 0);
  }
}

// Who takes an answer as fast as the slowest that is borne may take it to its end; while places are scarce
// only as long as he takes some of it.
template <class Stream>
template <class Buffers>
asio::awaitable<bool> Conversation<Stream>::write_slowly(const Buffers& buffers, std::size_t total,
                                                         std::size_t written) {
  const auto begun = Steady::now();
  const auto at_slowest = [](std::size_t bytes) { return std::chrono::milliseconds(bytes * 1000 / slowest); };
  const std::chrono::milliseconds patience =
      std::min<std::chrono::milliseconds>(crowded_take, serving_.options.idle_time);
  watched_.deadline = begun + serving_.options.idle_time + at_slowest(total);
  auto more = [&](const ErrorCode& error, std::size_t taken) -> std::size_t {
    const auto allowed = std::min(Steady::now(), begun + at_slowest(written + taken)) + patience;
    watched_.when_crowded = std::min<Steady::time_point>(watched_.deadline, allowed);
    return error ? 0 : 64 * 1024;
  };
  auto [failed, n] = co_await asio::async_write(stream_, buffers, more, awaiting);
  co_return !failed;
}

}  // namespace danchu::web
