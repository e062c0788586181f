#include "people/second_factor.h"

#include "people/sessions.h"
#include "store/setting.h"

namespace danchu::people {

constexpr const char* name = "village-second-factor";

SecondFactor second_factor_of(std::string_view setting) {
  return choice_from<SecondFactor>(setting).value_or(SecondFactor::pin);
}

SecondFactor second_factor(store::Reader& r) {
  return second_factor_of(store::setting(r, name).value_or(""));
}

Result<Done> set_second_factor(store::Writer& w, const Viewer& viewer, SecondFactor chosen) {
  if (!viewer.holds_any(Role::province_officer))
    return problem(Fault::denied, N_("Only an officer of the province chooses this"));
  store::set(w, name, std::string(code_of(chosen)));
  log_sign_in(w, viewer.account, chosen == SecondFactor::totp ? "factor-totp" : "factor-pin", {});
  return Done{};
}

}  // namespace danchu::people
