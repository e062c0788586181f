#include "web/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace danchu::web {
namespace {

std::vector<std::string> errors(std::string_view source) {
  return parse_template("room/page", "page.html", source).errors;
}

TEST(TemplateLint, TakesWhatAPageNeeds) {
  for (const char* good :
       {"<p class=\"a {{b}}{{#c}} d{{/c}}\" data-x='{{y}}'>{{z}}</p>",
        "<a href=\"{{url}}\" title=\"{{_(\"Open {{name}}\")}}\">x</a>",
        "<input{{#on}} checked{{/on}} value=\"{{v}}\">",
        "<img src=\"asset:me.svg\" alt=\"\"><a href=\"/luat?a=1#b\">",
        "<script src=\"asset:app.js\" defer></script>",
        "<script type=\"application/ld+json\">{{&json_ld}}</script>",
        "{{! a note }}<!-- another {{x}} -->{{&chart}}{{_n(\"{{n}} one\", \"{{n}} many\", n)}}",
        "{{#rows}}<tr><td>{{name}}</td></tr>{{/rows}}{{^rows}}<p>none</p>{{/rows}}",
        "<textarea>{{text}}</textarea>",
        "{{>field form.title as=pin}}{{>fields form}}{{>assembly/row}}{{#field form.yes}}{{id}}{{/field}}",
        "a < b && c > d", "<svg viewBox=\"0 0 {{total_raw}} 9\"><rect width=\"{{yes_raw}}\"/></svg>",
        "<a href=\"tel:113\">"})
    EXPECT_THAT(errors(good), testing::IsEmpty()) << good;
}

TEST(TemplateLint, RefusesWhereAValueCouldBreakOut) {
  for (const char* bad : {"<script>var a = '{{x}}'</script>",
                          "<script>let a</script>",
                          "<script src=\"asset:app.js\">let a</script>",
                          "<script src=\"https://x.example/a.js\"></script>",
                          "<script src=\"{{url}}\"></script>",
                          "<style>a{}</style>",
                          "<p style=\"width:{{x}}\">",
                          "<p onclick=\"{{x}}\">",
                          "<button formaction=\"{{x}}\">",
                          "<img srcset=\"{{x}}\">",
                          "<iframe srcdoc=\"{{x}}\">",
                          "<use xlink:href=\"{{x}}\">",
                          "<p class={{x}}>",
                          "<p {{x}}>",
                          "<p a{{x}}=\"1\">",
                          "<{{x}}>",
                          "<a href=\"/viec/{{x}}\">",
                          "<a href=\"{{#s}}/x{{/s}}{{u}}\">",
                          "<a href='{{>url}}'>",
                          "<a href={{u}}>",
                          "<a href=\"javascript:x\">",
                          "<a href=\"//evil.example\">",
                          "<a href=\"data:x\">",
                          "<object data=\"/x\">",
                          "<base href=\"/\">",
                          "<meta http-equiv=\"refresh\" content=\"0\">",
                          "{{x:none}}",
                          "{{%AUTOESCAPE context=\"HTML\"}}",
                          "<p title=\"{{&x}}\">",
                          "<p title=\"{{>x}}\">",
                          "<script type=\"application/ld+json\">{{x}}</script>",
                          "<script type=\"module\">{{&x}}</script>"})
    EXPECT_THAT(errors(bad), testing::Not(testing::IsEmpty())) << bad;
}

TEST(TemplateLint, RefusesWhatIsBroken) {
  for (const char* bad : {"{{#a}}",
                          "{{/a}}",
                          "{{#a}}{{#b}}{{/a}}{{/b}}",
                          "<p class=\"{{#a}}\">{{/a}}",
                          "<p {{#a}}>{{/a}}",
                          "<p title=\"never closed",
                          "<p",
                          "{{",
                          "{{Upper}}",
                          "{{a b}}",
                          "{{}}",
                          "{{_(\"x {{#y}}\")}}",
                          "{{_(x)}}",
                          "{{_n(\"a\", \"b\")}}",
                          "{{>field title as=magic}}",
                          "{{>../etc}}",
                          "<!-- open",
                          "<p a=\"{{#x}}\" b=\"{{/x}}\">",
                          "{{#field form.yes}}{{/form.yes}}",
                          "{{_(\"{{a:none}}\")}}"})
    EXPECT_THAT(errors(bad), testing::Not(testing::IsEmpty())) << bad;
  EXPECT_THAT(errors("\n\n<p style=\"\">"), testing::ElementsAre(testing::StartsWith("page.html:3:")));
}

TEST(TemplateLint, TextKeepsItsWordsApart) {
  auto parsed = parse_template("a/b", "b.html", "<p>\n    one\n\n    <b>two</b> {{x}} three\n</p>");
  ASSERT_EQ(parsed.pieces.size(), 3u);
  EXPECT_EQ(parsed.pieces[0].text, "<p>\none\n<b>two</b> ");
  EXPECT_EQ(parsed.pieces[2].text, " three\n</p>");
}

}  // namespace
}  // namespace danchu::web
