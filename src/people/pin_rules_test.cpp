// Which PINs are taken, who may have one, what a browser is called.
#include <gtest/gtest.h>

#include "people/pin.h"

namespace danchu::people {
namespace {

TEST(Pin, ThoseThatAreTriedFirstAreRefused) {
  for (const char* pin :
       {"000000", "111111", "123456", "654321", "987654", "456789", "890123", "135791", "121212", "123123",
        "112233", "110011", "100000", "123321", "147258", "159753", "545454", "771177", "383838", "246802"})
    EXPECT_FALSE(check_new_pin(pin).empty()) << pin;
  for (const char* pin : {"739415", "402817", "918264", "280519"})
    EXPECT_TRUE(check_new_pin(pin).empty()) << pin;
  for (const char* pin : {"", "73941", "7394155", "73941a", "７３９", "-73941"})
    EXPECT_FALSE(check_new_pin(pin).empty()) << pin;
}

TEST(Pin, IsForVillageOfficersOnly) {
  const Id<Unit> at{1};
  struct {
    std::vector<Post> posts;
    bool may;
  } const table[] = {
      {{{Role::village_head, at}}, true},
      {{{Role::village_front, at}}, true},
      {{{Role::helper, at}}, true},
      {{{Role::helper, at}, {Role::household, at}}, true},
      {{{Role::household, at}}, false},
      {{{Role::commune_officer, at}}, false},
      {{{Role::province_officer, at}}, false},
      {{{Role::village_head, at}, {Role::commune_front, at}}, false},
      {{}, false},
  };
  for (const auto& line : table) EXPECT_EQ(may_have_pin(line.posts), line.may);
}

TEST(Pin, ADeviceIsDescribedCoarsely) {
  EXPECT_EQ(coarse_device("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile "
                          "Safari/537.36"),
            "Chrome, Android");
  EXPECT_EQ(coarse_device("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Zalo iOS/400"), "Zalo, iPhone");
  EXPECT_EQ(coarse_device("curl/8"), "");
}

}  // namespace
}  // namespace danchu::people
