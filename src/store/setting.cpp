#include "store/setting.h"

namespace danchu::store {
namespace {

const Statement find_setting{"SELECT value FROM setting WHERE name = $1"};
const Statement put_setting{
    "INSERT INTO setting(name, value) VALUES ($1, $2) ON CONFLICT(name) DO UPDATE SET value = "
    "excluded.value"};

}  // namespace

std::optional<std::string> setting(Reader& reader, const std::string& name) {
  auto row = reader.first(find_setting, name);
  return row ? std::optional(row->text(0)) : std::nullopt;
}

void set(Writer& writer, const std::string& name, const std::string& value) {
  writer.run(put_setting, name, value);
  writer.touch(std::string(setting_topic));
}

}  // namespace danchu::store
