#include "web/cache.h"

#include <gtest/gtest.h>

#include <thread>

namespace danchu::web {
namespace {

CachedPageRef page(const Generations& generations, const std::vector<store::Topic>& topics,
                   std::string body) {
  auto made = std::make_shared<CachedPage>("Content-Type: text/html\r\n", std::move(body), true);
  made->seen = generations.now(topics);
  return made;
}
const Instant now{1'000'000};

TEST(PageCache, AnswersUntilItsTopicIsTouched) {
  PageCache cache(1 << 20);
  cache.find_or_build("k", now, [&] { return page(cache.generations, {"village/1"}, "old"); });
  ASSERT_TRUE(cache.find("k", now));
  cache.generations.bump({"village/2"});
  EXPECT_TRUE(cache.find("k", now));
  cache.generations.bump({"village/1"});
  EXPECT_FALSE(cache.find("k", now));
}

TEST(PageCache, AStarMakesEveryPageStale) {
  PageCache cache(1 << 20);
  cache.find_or_build("k", now, [&] { return page(cache.generations, {}, "old"); });
  cache.generations.bump({"*"});
  EXPECT_FALSE(cache.find("k", now));
}

// ENGINEERING e1: a reader with an old snapshot puts its page in after the writer's commit.
TEST(PageCache, ALateReaderLeavesNoStalePage) {
  PageCache cache(1 << 20);
  cache.find_or_build("k", now, [&] {
    auto seen = page(cache.generations, {"village/1"}, "read before the commit");
    cache.generations.bump({"village/1"});
    return seen;
  });
  EXPECT_FALSE(cache.find("k", now));
}

TEST(PageCache, ObeysValidUntil) {
  PageCache cache(1 << 20);
  cache.find_or_build("k", now, [&] {
    auto made = page(cache.generations, {}, "closes in 1 s");
    made->valid_until = now + std::chrono::seconds(1);
    return made;
  });
  EXPECT_TRUE(cache.find("k", now));
  EXPECT_FALSE(cache.find("k", now + std::chrono::seconds(1)));
}

TEST(PageCache, OneBuildsAndTheOthersWait) {
  PageCache cache(1 << 20);
  std::atomic<int> built{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      auto got = cache.find_or_build("k", now, [&] {
        ++built;
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        return page(cache.generations, {}, "once");
      });
      EXPECT_EQ(got->if_made(Encoding::identity, {})->body, "once");
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(built, 1);
}

TEST(PageCache, AFailedBuildLetsTheNextTry) {
  PageCache cache(1 << 20);
  EXPECT_THROW(
      cache.find_or_build("k", now, []() -> CachedPageRef { throw std::runtime_error("store gone"); }),
      std::runtime_error);
  EXPECT_TRUE(cache.find_or_build("k", now, [&] { return page(cache.generations, {}, "x"); }));
}

TEST(PageCache, KeepsWithinItsBytes) {
  PageCache cache(16 * 20'000);
  for (int i = 0; i < 2000; ++i)
    cache.find_or_build("k" + std::to_string(i), now,
                        [&] { return page(cache.generations, {}, std::string(3000, 'x')); });
  EXPECT_LE(cache.bytes(), 16u * 20'000u);
  EXPECT_GT(cache.bytes(), 100'000u);
}

TEST(CachedPage, TagsEachEncoding) {
  auto made = std::make_shared<CachedPage>("", std::string(5000, 'a'), true);
  EXPECT_FALSE(made->if_made(Encoding::gzip, {}));
  auto gzip = made->get(Encoding::gzip, {}), brotli = made->get(Encoding::brotli, {});
  EXPECT_LT(gzip->body.size(), 200u);
  EXPECT_LT(brotli->body.size(), 200u);
  EXPECT_NE(gzip->head.find("Content-Encoding: gzip"), std::string::npos);
  auto tag_of = [](const ReadyRef& r) {
    std::size_t at = r->head.find("ETag: ") + 6;
    return r->head.substr(at, r->head.find("\r\n", at) - at);
  };
  EXPECT_NE(tag_of(gzip), tag_of(brotli));
  EXPECT_EQ(made->get(Encoding::gzip, "\"x\", W/" + tag_of(gzip))->status, 304);
  EXPECT_EQ(made->get(Encoding::gzip, tag_of(brotli))->status, 200);
}

TEST(Compression, ChoosesWhatIsAccepted) {
  EXPECT_EQ(accepted_encoding("gzip, deflate, br"), Encoding::brotli);
  EXPECT_EQ(accepted_encoding("GZIP"), Encoding::gzip);
  EXPECT_EQ(accepted_encoding("br;q=0, gzip;q=0.5"), Encoding::gzip);
  EXPECT_EQ(accepted_encoding("*;q=0"), Encoding::identity);
  EXPECT_EQ(accepted_encoding("deflate"), Encoding::identity);
  EXPECT_EQ(accepted_encoding("*"), Encoding::brotli);
}

}  // namespace
}  // namespace danchu::web
