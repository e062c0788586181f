#include "web/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace danchu::web {
namespace {

const Asset* named(std::string_view name) {
  for (const Asset& asset : assets())
    if (asset.name == name) return &asset;
  return nullptr;
}

TEST(Assets, StylesNameFontsAtTheAddressesTheyAreServedAt) {
  const Asset* styles = named("app.css");
  ASSERT_TRUE(styles);
  ASSERT_TRUE(named("app.js"));
  std::set<std::string> served;
  for (const Asset& asset : assets()) served.insert(asset.url);
  std::size_t found = 0;
  for (std::size_t at = styles->bytes.find("url("); at != std::string_view::npos;
       at = styles->bytes.find("url(", at + 1)) {
    std::string_view address = styles->bytes.substr(at + 4, styles->bytes.find(')', at) - at - 4);
    if (address.starts_with('"')) address = address.substr(1, address.size() - 2);
    EXPECT_TRUE(served.contains("/tai-san/" + std::string(address))) << address;
    ++found;
  }
  EXPECT_EQ(found, 4u);
}

}  // namespace
}  // namespace danchu::web
