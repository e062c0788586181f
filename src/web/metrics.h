// Counters and histograms for Prometheus. Labels are route patterns, status classes and results only: nothing
// about persons, units or what anybody chose.
#pragma once
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace danchu::web {

class Metrics {
 public:
  explicit Metrics(const std::vector<std::string>& patterns);  // "GET /viec/{motion}"
  ~Metrics();
  // `route`: position in `patterns`, -1 for what no route answered.
  void answered(int route, int status, std::chrono::microseconds took);
  void cache_hit();
  void cache_miss();
  void wrote(std::chrono::microseconds took);  // a POST that committed
  void connections(std::int64_t open);
  void cache_bytes(std::size_t bytes);
  std::string text() const;  // exposition format 0.0.4; without routes that were never asked

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace danchu::web
