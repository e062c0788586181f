// Ready wordings for what villages decide again and again (practice P53), kept in data/templates.csv.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "assembly/inputs.h"

namespace danchu::assembly {

struct MatterTemplate {
  std::string code;
  ProposeMotion form;
};
const std::vector<MatterTemplate>& matter_templates();
// The wording of that code, an empty form for an unknown one.
ProposeMotion prefilled(std::string_view code);

}  // namespace danchu::assembly
