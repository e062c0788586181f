#include "acts/acts.h"
#include "acts/rotation.h"

namespace danchu::acts {
namespace {

struct Label {
  std::string_view kind, label;
};
// Rooms add the kinds they append.
constexpr Label labels[] = {
    {key_rotated, N_("The key acts are sealed with was changed")},
    {key_compromised, N_("A key was declared compromised")},
    {"personal-data.erased", N_("Personal data was erased by order")},
};

}  // namespace

std::string_view label_of_kind(std::string_view kind) {
  for (const Label& known : labels)
    if (known.kind == kind) return known.label;
  return kind;
}

}  // namespace danchu::acts
