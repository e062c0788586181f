#include "acts/pages.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "acts/canonical.h"
#include "acts/register.h"
#include "base/text.h"
#include "web/testing.h"

namespace danchu::acts {
namespace {

using testing::HasSubstr;
using testing::Not;

class ChainPages : public testing::Test {
 protected:
  ChainPages() : server_(&acts::routes) {
    for (int i = 0; i < 3; ++i) {
      auto done = server_.store->write_official([&](store::Writer& w) -> Result<Recorded> {
        return append(w, *server_.keys, {.kind = "personal-data.erased", .unit = 7, .happened = w.now()});
      });
      last_ = *done;
    }
    keep_daily_head(*server_.store, *server_.keys);
  }
  web::TestServer server_;
  Recorded last_;
};

TEST_F(ChainPages, ExplainTheChainAndListItsHeads) {
  web::Answer page = server_.get("/kiem-chung");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("3 " + to_hex(last_.hash)));
  EXPECT_THAT(page.body, HasSubstr(last_.check_code()));
  EXPECT_THAT(page.body, HasSubstr("href=\"/kiem-chung/3\""));
  EXPECT_EQ(server_.get("/en/kiem-chung").status, 200);
  auto json = boost::json::parse(server_.get("/kiem-chung.json").body);
  EXPECT_EQ(json.at("head").at("hash").as_string(), to_hex(last_.hash));
}

TEST_F(ChainPages, ShowOneActAndTheBytesItsHashIsTakenOver) {
  web::Answer page = server_.get("/kiem-chung/3");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr(last_.check_code()));
  web::Answer bytes = server_.get("/kiem-chung/3/bytes");
  EXPECT_EQ(bytes.status, 200);
  EXPECT_EQ(blake2b(bytes.body), last_.hash);
  for (const char* nothing : {"/kiem-chung/4", "/kiem-chung/0", "/kiem-chung/x", "/kiem-chung/4/bytes"})
    EXPECT_EQ(server_.get(nothing).status, 404) << nothing;
}

TEST_F(ChainPages, LeadFromACheckCodeToItsRecord) {
  web::Answer found = server_.get("/kiem-chung/tim?code=" + last_.check_code());
  EXPECT_EQ(found.status, 303);
  EXPECT_THAT(found.header("location"), HasSubstr("/kiem-chung/3"));
  web::Answer wrong = server_.get("/kiem-chung/tim?code=3-0000000000000000");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("3-0000000000000000"));
  EXPECT_EQ(server_.get("/kiem-chung/tim?code=9-0000000000000000").status, 422);
  EXPECT_EQ(server_.get("/kiem-chung/tim?code=x").status, 422);
}

TEST_F(ChainPages, PublishHeadsThatVerifyReads) {
  web::Answer lines = server_.get("/kiem-chung/moc.txt");
  EXPECT_EQ(lines.status, 200);
  Verification result = verify(*server_.store, lines.body);
  EXPECT_TRUE(result.findings.empty());
  EXPECT_EQ(result.anchors_compared, 1);
  web::Answer feed = server_.get("/kiem-chung/moc.atom");
  EXPECT_EQ(feed.status, 200);
  EXPECT_THAT(feed.header("content-type"), HasSubstr("application/atom+xml"));
  EXPECT_THAT(feed.body, HasSubstr("http://test/kiem-chung/1\"")) << "the first act of a day keeps its head";
}

}  // namespace
}  // namespace danchu::acts
