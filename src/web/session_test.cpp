#include "web/session.h"

#include <gtest/gtest.h>

namespace danchu::web {
namespace {

HttpRequest from(const std::string& origin, const std::string& host, const std::string& site = "") {
  HttpRequest request;
  if (!origin.empty()) request.add_header("origin", origin);
  if (!site.empty()) request.add_header("sec-fetch-site", site);
  request.add_header("host", host);
  return request;
}

TEST(FromOwnSite, IsWhatItsOwnPagesSend) {
  struct Row {
    std::string origin, host, site;
    bool own_with_tls, own_without;
  };
  for (const Row& row :
       {Row{"https://danchu.vn", "danchu.vn", "", true, true},
        Row{"http://danchu.vn", "danchu.vn", "", false, true},
        Row{"https://other.vn", "danchu.vn", "", false, false}, Row{"null", "danchu.vn", "", false, false},
        Row{"http://danchu.vn", "danchu.vn", "same-origin", true, true},
        Row{"https://danchu.vn", "danchu.vn", "cross-site", false, false},
        Row{"https://danchu.vn", "", "", true, false}}) {
    const HttpRequest request = from(row.origin, row.host, row.site);
    EXPECT_EQ(from_own_site(request, "https://danchu.vn", true), row.own_with_tls) << row.origin << row.site;
    EXPECT_EQ(from_own_site(request, "http://localhost:8080", true), row.own_without)
        << row.origin << row.site;
  }
  EXPECT_FALSE(from_own_site(from("", "danchu.vn"), "https://danchu.vn", true));
  EXPECT_TRUE(from_own_site(from("", "danchu.vn"), "https://danchu.vn", false));
}

}  // namespace
}  // namespace danchu::web
