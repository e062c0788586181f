#include "site/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/template_set.h"

namespace danchu::site {
namespace {

struct Empty {
  std::string controller, run_by, phone;
  Url phone_link;
};
DANCHU_RECORD(Empty, controller, run_by, phone, phone_link)

TEST(Site, TemplatesFitTheirModel) {
  for (const char* page : {"site/about", "site/privacy", "site/open_data", "site/source", "site/help"})
    EXPECT_THAT(web::check_page(page, fields_of<Empty>()), testing::IsEmpty()) << page;
}

}  // namespace
}  // namespace danchu::site
