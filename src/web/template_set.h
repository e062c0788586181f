// All templates, parsed for all languages: what Pages is made of, open to tests.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/pages.h"

namespace danchu::web {

struct TemplateFile {
  std::string key, path, source;
};

class TemplateSet : public Pages {
 public:
  // What is wrong with the templates, "file:line: …"; pages of a set with errors are not to be rendered.
  virtual const std::vector<std::string>& errors() const = 0;
  // What is wrong between a page and a model's fields, in all branches.
  virtual std::vector<std::string> check(std::string_view page, Fields model) const = 0;
};

// "web/layout" and "web/_field" must be among them.
std::unique_ptr<TemplateSet> make_template_set(const std::vector<TemplateFile>& files);
std::vector<TemplateFile> embedded_templates();

// For a room's tests: EXPECT_THAT(check_page("assembly/motion", fields_of<MotionPublic>()), IsEmpty()).
std::vector<std::string> check_page(std::string_view page, Fields model);

}  // namespace danchu::web
