// The pages the program carries: every template of every room.
#include <spdlog/spdlog.h>

#include "base/resources.h"
#include "web/template_set.h"

namespace danchu::web {
namespace {

// "src/assembly/templates/motion.html" -> "assembly/motion".
std::string key_of(std::string_view path) {
  path.remove_prefix(4);
  std::string_view room = path.substr(0, path.find('/'));
  std::string_view name = path.substr(path.rfind('/') + 1);
  return std::string(room) + "/" + std::string(name.substr(0, name.size() - 5));
}

}  // namespace

std::vector<TemplateFile> embedded_templates() {
  std::vector<TemplateFile> files;
  for (const Resource& found : resources("src/", ".html"))
    files.push_back({key_of(found.path), std::string(found.path), std::string(found.bytes)});
  return files;
}

const TemplateSet& embedded_pages() {
  static const std::unique_ptr<TemplateSet> set = [] {
    auto made = make_template_set(embedded_templates());
    for (const std::string& error : made->errors()) spdlog::critical("template: {}", error);
    if (!made->errors().empty()) std::abort();
    return made;
  }();
  return *set;
}

const Pages& Pages::embedded() { return embedded_pages(); }

std::vector<std::string> check_page(std::string_view page, Fields model) {
  return embedded_pages().check(page, model);
}

}  // namespace danchu::web
