#include "web/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace danchu::web {

using prometheus::Histogram;
static const Histogram::BucketBoundaries seconds{0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                 0.1,    0.25,   0.5,   1,      2.5,   5,    10};

// Every series is made at start, so that counting is one atomic addition.
struct Metrics::Parts {
  prometheus::Registry registry;
  struct OfRoute {
    std::array<prometheus::Counter*, 6> by_class{};
    Histogram* latency = nullptr;
  };
  std::vector<OfRoute> routes;
  OfRoute elsewhere;
  prometheus::Counter *hits, *misses;
  Histogram* writes;
  prometheus::Gauge *connections, *cache_bytes;
};

Metrics::Metrics(const std::vector<std::string>& patterns) : parts_(std::make_unique<Parts>()) {
  auto& requests = prometheus::BuildCounter()
                       .Name("danchu_http_requests_total")
                       .Help("Requests answered")
                       .Register(parts_->registry);
  auto& latency = prometheus::BuildHistogram()
                      .Name("danchu_http_request_seconds")
                      .Help("Time to answer")
                      .Register(parts_->registry);
  auto make = [&](const std::string& pattern) {
    Parts::OfRoute r;
    for (std::size_t i = 1; i < r.by_class.size(); ++i)
      r.by_class[i] = &requests.Add({{"route", pattern}, {"status", std::to_string(i) + "xx"}});
    r.latency = &latency.Add({{"route", pattern}}, seconds);
    return r;
  };
  for (const std::string& pattern : patterns) parts_->routes.push_back(make(pattern));
  parts_->elsewhere = make("other");
  auto& cache = prometheus::BuildCounter()
                    .Name("danchu_page_cache_total")
                    .Help("Look-ups in the page cache")
                    .Register(parts_->registry);
  parts_->hits = &cache.Add({{"result", "hit"}});
  parts_->misses = &cache.Add({{"result", "miss"}});
  parts_->writes = &prometheus::BuildHistogram()
                        .Name("danchu_write_seconds")
                        .Help("Time of a submission that was kept")
                        .Register(parts_->registry)
                        .Add({}, seconds);
  parts_->connections = &prometheus::BuildGauge()
                             .Name("danchu_connections")
                             .Help("Open connections")
                             .Register(parts_->registry)
                             .Add({});
  parts_->cache_bytes = &prometheus::BuildGauge()
                             .Name("danchu_page_cache_bytes")
                             .Help("Bytes in the page cache")
                             .Register(parts_->registry)
                             .Add({});
}
Metrics::~Metrics() = default;

void Metrics::answered(int route, int status, std::chrono::microseconds took) {
  auto& r = route < 0 ? parts_->elsewhere : parts_->routes[static_cast<std::size_t>(route)];
  int status_class = status / 100;
  if (status_class >= 1 && status_class <= 5) r.by_class[static_cast<std::size_t>(status_class)]->Increment();
  r.latency->Observe(static_cast<double>(took.count()) / 1e6);
}
void Metrics::cache_hit() { parts_->hits->Increment(); }
void Metrics::cache_miss() { parts_->misses->Increment(); }
void Metrics::wrote(std::chrono::microseconds took) {
  parts_->writes->Observe(static_cast<double>(took.count()) / 1e6);
}
void Metrics::connections(std::int64_t open) { parts_->connections->Set(static_cast<double>(open)); }
void Metrics::cache_bytes(std::size_t bytes) { parts_->cache_bytes->Set(static_cast<double>(bytes)); }

std::string Metrics::text() const {
  auto families = parts_->registry.Collect();
  for (prometheus::MetricFamily& family : families)  // nothing of a route nobody asked yet
    std::erase_if(family.metric, [](const prometheus::ClientMetric& m) {
      const bool of_route = !m.label.empty() && m.label.front().name == "route";
      return of_route && m.counter.value == 0 && m.histogram.sample_count == 0;
    });
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace danchu::web
