// One request on its way through a worker: its route, who asks and whether they may, then a page from the
// cache or its handler (exchange_read.cpp), or a submission that takes effect once (exchange_submit.cpp), and
// the answer.
#pragma once
#include <chrono>
#include <functional>
#include <optional>

#include "web/application_parts.h"

namespace danchu::web {

class Exchange {
 public:
  // `id`: the request's number in the log.
  Exchange(Application::Parts& parts, const HttpRequest& http, std::uint64_t id)
      : p_(parts), http_(http), id_(id) {}

  ReadyRef run();
  // After the answer was sent.
  void afterwards();

  std::chrono::microseconds took() const;
  const Endpoint* endpoint() const { return endpoint_; }
  bool from_cache() const { return from_cache_; }
  bool effective() const { return submission_.has_value(); }

 private:
  ReadyRef not_found(const Address& address, std::string_view path, bool json);
  ReadyRef wrong_method(const Address& address, const Matched& matched, bool json);
  ReadyRef options(const Matched& matched);
  ReadyRef moved(int status, const Address& address, std::string_view path, std::string_view query);
  // A request that no route takes still gets a page of this site.
  ReadyRef without_route(const Address& address, bool json, const std::function<Reply(WebRequest&)>& make);

  void recognise(WebRequest& request);
  std::optional<Reply> not_allowed(WebRequest& request);

  ReadyRef read(WebRequest& request, const Address& address, bool json, bool json_suffix);
  ReadyRef cached(WebRequest& request, const Address& address, bool json);

  ReadyRef submit(WebRequest& request);
  std::optional<Reply> read_body(WebRequest& request);
  // The key a client or form sent, or one derived from a form without it; empty: this submission has none.
  std::optional<Submission> submission_of(WebRequest& request);

  ReadyRef finish(WebRequest& request, Reply reply);
  void tag(Reply& reply) const;
  ReadyRef failed(WebRequest& request, const store::StoreError& error);
  ReadyRef plain(int status);
  std::string number() const;  // what the page says and the log holds

  Application::Parts& p_;
  const HttpRequest& http_;
  const std::uint64_t id_;
  const Endpoint* endpoint_ = nullptr;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  bool from_cache_ = false;
  bool keep_answer_ = false;
  std::optional<Submission> submission_;
  Idempotency::Kept kept_;
};

}  // namespace danchu::web
