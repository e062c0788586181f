// What a village's officers need beside their password. Posts of communes and the province always need an
// authenticator app. For villages the province chooses: by default a device that remembers its owner and asks
// for his PIN (practice P53), because a head's telephone is lent, broken and replaced; an app where he wants
// one; or an app for all.
#pragma once
#include <string_view>

#include "base/record.h"
#include "people/people.h"

namespace danchu::people {

enum class SecondFactor { pin, totp };

// As the setting has it; anything unknown is the default.
SecondFactor second_factor_of(std::string_view setting);
SecondFactor second_factor(store::Reader& r);

struct SetSecondFactor {
  SecondFactor second_factor = SecondFactor::pin;
  static constexpr About about[] = {{"second_factor", N_("What officers of villages need"), ""}};
};

// A province officer alone; it stands in the sign-in log. From then on whoever lacks the app sets it up
// before anything else.
Result<Done> set_second_factor(store::Writer& w, const Viewer& viewer, SecondFactor chosen);

}  // namespace danchu::people

namespace danchu {
template <>
struct Choices<people::SecondFactor> {
  static constexpr ChoiceName names[] = {
      {"pin", N_("The password, on their own telephone a PIN; an authenticator app for who sets it up")},
      {"totp", N_("An authenticator app, as officers of communes and the province")}};
};
namespace people {
DANCHU_RECORD(SetSecondFactor, second_factor)
}
}  // namespace danchu
