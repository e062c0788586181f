#include "assembly/matter_templates.h"

#include <cassert>

#include "base/csv.h"
#include "base/resources.h"

namespace danchu::assembly {

const std::vector<MatterTemplate>& matter_templates() {
  static const std::vector<MatterTemplate> all = [] {
    std::vector<MatterTemplate> read;
    auto rows = parse_csv(*resource("src/assembly/data/templates.csv"));
    assert(rows.ok());
    const std::vector<std::string>& header = rows->front().cells;
    for (auto row = rows->begin() + 1; row != rows->end(); ++row) {
      MatterTemplate t;
      t.code = row->cells.at(0);
      for (std::size_t column = 1; column < header.size(); ++column) {
        const Field* field = find_field(fields_of<ProposeMotion>(), header[column]);
        [[maybe_unused]] Complaint wrong = field->parse(&t.form, row->cells.at(column));
        assert(!wrong);
      }
      read.push_back(std::move(t));
    }
    return read;
  }();
  return all;
}

ProposeMotion prefilled(std::string_view code) {
  for (const MatterTemplate& t : matter_templates())
    if (t.code == code) return t.form;
  return {};
}

}  // namespace danchu::assembly
