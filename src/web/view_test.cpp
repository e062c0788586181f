#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/template_set.h"

namespace danchu::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

enum class State { open, passed };
}  // namespace
}  // namespace danchu::web
namespace danchu {
template <>
struct Choices<web::State> {
  static constexpr ChoiceName names[] = {{"open", "Being asked"}, {"passed", "Passed <b>"}};
};
}  // namespace danchu
namespace danchu::web {
namespace {

struct Row {
  std::string name;
  Url url;
  Count yes;
};
DANCHU_RECORD(Row, name, url, yes)

struct Place {
  Line<40> house;
  static constexpr About about[] = {{"house", "House <number>", ""}};
};
DANCHU_RECORD(Place, house)

struct Propose {
  Line<20> title;
  Text<4000> reason;
  std::optional<Money> amount;
  State state = State::open;
  std::vector<State> states;
  bool agreed = false;
  std::optional<Date> day;
  std::optional<Count> version;  // no label: the page's own
  Place place;
  std::string helper;
  static constexpr About about[] = {{"title", "What is asked", "One \"sentence\""},
                                    {"reason", "Why", ""},
                                    {"amount", "For each household", ""},
                                    {"state", "State", ""},
                                    {"states", "States", ""},
                                    {"agreed", "The Front head agrees", ""},
                                    {"day", "Day", ""},
                                    {"version", "", ""},
                                    {"place", "Place", ""},
                                    {"helper", "Helper", ""}};
};
DANCHU_RECORD(Propose, title, reason, amount, state, states, agreed, day, version, place, helper)

struct Helper {
  std::string value, label;
};
DANCHU_RECORD(Helper, value, label)

struct Model {
  std::string title = "Road";
  std::optional<std::string> note;
  Money cost{1'200'000};
  Count households{87}, many{300'000};
  Date day = make_date(2026, 12, 12);
  Instant held = at_local(make_date(2026, 12, 12), 19, 30);
  State state = State::passed;
  bool open = true;
  std::vector<Row> rows;
  std::vector<std::string> names;
  Url link{"/viec/1"};
  SafeHtml chart{"<svg></svg>"};
  Propose form;
  std::vector<Helper> helper_options;
};
DANCHU_RECORD(Model, title, note, cost, households, many, day, held, state, open, rows, names, link, chart,
              form, helper_options)

constexpr const char* nasty = "<script>alert('x')</script>\"'&javascript:alert(1)";

std::unique_ptr<TemplateSet> set_of(const std::string& page) {
  std::vector<TemplateFile> files;
  for (TemplateFile& file : embedded_templates())
    if (file.key.starts_with("web/") && file.key != "web/layout") files.push_back(file);
  files.push_back({"web/layout", "layout.html", "[{{page_language}}]{{>page}}"});
  files.push_back({"web/_part", "_part.html", "<p>{{title}}</p>"});
  files.push_back({"room/page", "page.html", page});
  return make_template_set(files);
}

std::string rendered(const std::string& page, const Model& model = {}, std::string_view language = "vi",
                     std::function<void(PageContext&)> with = {}) {
  auto set = set_of(page);
  EXPECT_THAT(set->errors(), IsEmpty());
  people::Viewer nobody;
  PageContext context;
  context.language = language;
  context.path = "/";
  context.viewer = &nobody;
  if (with) with(context);
  std::string html = set->render("room/page", ref(model), context);
  return html.substr(html.find(']') + 1);
}

TEST(View, ShowsEachKindAsPeopleWriteIt) {
  Model m;
  EXPECT_EQ(rendered("{{day}} {{day_iso}}"), "12/12/2026 2026-12-12");
  EXPECT_EQ(rendered("{{held}}|{{held_date}}|{{held_time}}|{{held_iso}}"),
            "19:30 12/12/2026|12/12/2026|19:30|2026-12-12T12:30:00Z");
  EXPECT_EQ(rendered("{{cost}} {{cost_raw}}"), "1.200.000 đ 1200000");
  EXPECT_EQ(rendered("{{cost}}", m, "en"), "1,200,000 đ");
  EXPECT_EQ(rendered("{{households}} {{many}} {{many_raw}}"), "87 300.000 300000");
  EXPECT_EQ(rendered("{{state}} {{state_code}}"), "Passed &lt;b&gt; passed");
  EXPECT_EQ(rendered("{{note}}"), "");
}

TEST(View, SectionsFollowTruthNumbersTextListsAndChoices) {
  Model m;
  m.rows = {{"Nà Cá", Url{"/thon/1"}, {1}}, {"Nà Pàn", Url{"/thon/2"}, {0}}};
  m.names = {"a", "<b>"};
  EXPECT_EQ(rendered("{{#open}}yes{{/open}}{{^open}}no{{/open}}", m), "yes");
  EXPECT_EQ(rendered("{{#note}}{{note}}{{/note}}{{^note}}none{{/note}}", m), "none");
  EXPECT_EQ(rendered("{{#state_is_passed}}P{{/state_is_passed}}{{#state_is_open}}O{{/state_is_open}}", m),
            "P");
  EXPECT_EQ(rendered("{{#rows}}{{item_number}}{{name}}:{{title}}{{#yes}}!{{/yes}} {{/rows}}", m),
            "1Nà Cá:Road! 2Nà Pàn:Road ");
  EXPECT_EQ(rendered("{{rows_count}}{{#names}}[{{this}}]{{/names}}", m), "2[a][&lt;b&gt;]");
  EXPECT_EQ(rendered("{{^rows}}none{{/rows}}{{#rows_count}}some{{/rows_count}}"), "none");
  EXPECT_EQ(rendered("{{#form}}{{title}}|{{cost}}{{/form}}", m), "|1.200.000 đ");
}

TEST(View, EscapesEverywhereAndTakesRawHtmlOnlyFromItsType) {
  Model m;
  m.title = nasty;
  m.link.value = "javascript:alert(1)";
  for (const char* page :
       {"{{title}}", "<p title=\"{{title}}\">", "<p title='{{title}}'>", "<textarea>{{title}}</textarea>",
        "<title>{{title}}</title>", "<p data-x=\"{{title}}\" class=\"a {{title}}\">", "{{>part}}"}) {
    std::string html = rendered(page, m);
    EXPECT_THAT(html, Not(HasSubstr("<script"))) << page;
    EXPECT_THAT(html, Not(HasSubstr("alert('"))) << page;
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;")) << page;
  }
  EXPECT_EQ(rendered("<a href=\"{{link}}\">", m), "<a href=\"#\">");
  EXPECT_EQ(rendered("{{&chart}}", m), "<svg></svg>");
}

TEST(View, KeepsTheLineBreaksOfWhatWasTyped) {
  Model m;
  m.title = "Một\r\nHai\tba & bốn";
  EXPECT_EQ(rendered("<textarea>{{title}}</textarea>", m), "<textarea>Một\r\nHai\tba &amp; bốn</textarea>");
  EXPECT_EQ(rendered("<input value=\"{{title}}\">", m), "<input value=\"Một\r\nHai\tba &amp; bốn\">");
}

TEST(View, PutsTheLanguageBeforeAddressesOfThisSite) {
  Model m;
  EXPECT_EQ(rendered("<a href=\"{{link}}\">", m), "<a href=\"/viec/1\">");
  EXPECT_EQ(rendered("<a href=\"{{link}}\"><a href=\"/luat\"><a href=\"/\">", m, "en"),
            "<a href=\"/en/viec/1\"><a href=\"/en/luat\"><a href=\"/en\">");
  m.link.value = "/./viec/1";  // the other language's: on this host, as it stands
  EXPECT_EQ(rendered("<a href=\"{{link}}\">", m, "en"), "<a href=\"/viec/1\">");
  m.link.value = "/.//evil.example";
  EXPECT_EQ(rendered("<a href=\"{{link}}\">", m), "<a href=\"#\">");
  m.link.value = "https://example.vn/?a=1&b='";
  EXPECT_EQ(rendered("<a href=\"{{link}}\">", m, "en"), "<a href=\"https://example.vn/?a=1&amp;b=&#39;\">");
  for (const char* kept : {"tel:+84212", "mailto:a@b.vn", "#main"}) {
    m.link.value = kept;
    EXPECT_EQ(rendered("<a href=\"{{link}}\">", m), "<a href=\"" + std::string(kept) + "\">");
  }
  for (const char* bad : {"javascript:x", "//evil.example", "data:text/html,x", "/\\evil.example",
                          "JaVaScRiPt:x", "java\nscript:x"}) {
    m.link.value = bad;
    EXPECT_EQ(rendered("<a href=\"{{link}}\">", m), "<a href=\"#\">") << bad;
  }
}

TEST(View, RefusesNamesTheModelLacksInAnyBranch) {
  auto wrong = [](const std::string& page) {
    auto set = set_of(page);
    EXPECT_THAT(set->errors(), IsEmpty());
    return set->check("room/page", fields_of<Model>());
  };
  EXPECT_THAT(wrong("{{title}}{{#rows}}{{name}}{{/rows}}"), IsEmpty());
  EXPECT_THAT(wrong("\n{{#open}}{{^state_is_passed}}{{tittle}}{{/state_is_passed}}{{/open}}"),
              testing::ElementsAre(HasSubstr("page.html:2: {{tittle}}")));
  EXPECT_THAT(wrong("{{name}}"), testing::SizeIs(1));  // only inside rows
  EXPECT_THAT(wrong("{{#state_is_lost}}x{{/state_is_lost}}"), testing::SizeIs(1));
  EXPECT_THAT(wrong("<a href=\"{{title}}\">"), testing::SizeIs(1));     // no Url
  EXPECT_THAT(wrong("{{&title}}"), testing::SizeIs(1));                 // no SafeHtml
  EXPECT_THAT(wrong("{{chart}}{{link}}{{rows}}"), testing::SizeIs(3));  // cannot be printed as text
  EXPECT_THAT(wrong("{{>field form.tittle}}{{>fields title}}"), testing::SizeIs(2));
  EXPECT_THAT(wrong("{{>nothing}}"), testing::SizeIs(1));
  EXPECT_THROW(set_of("{{tittle}}")->render("room/page", ref(Model{}), PageContext{}), std::logic_error);
}

TEST(View, CountsInEnglishAndKeepsPlaceholders) {
  std::string page =
      "{{_n(\"{{households}} zqx household\", \"{{households}} zqx households\", households)}}";
  Model m;
  EXPECT_EQ(rendered(page, m, "en"), "87 zqx households");
  m.households.value = 1;
  EXPECT_EQ(rendered(page, m, "en"), "1 zqx household");
  EXPECT_EQ(rendered("{{_(\"A <b> \\\"{{title}}\\\" zqx\")}}", m, "en"), "A &lt;b&gt; &quot;Road&quot; zqx");
}

TEST(Form, ShowsLabelsHintsLimitsAndWhatTheRecordHolds) {
  Model m;
  m.form.title.value = "Đường \"bê tông\"";
  m.form.amount = Money{200'000};
  m.form.version = Count{3};
  m.form.place.house.value = "12b";
  std::string html = rendered("{{>fields form}}", m, "en");
  EXPECT_THAT(html, HasSubstr("<label class=\"govuk-label govuk-label--s\" for=\"title\">What is asked"));
  EXPECT_THAT(html, HasSubstr("id=\"title-hint\">One &quot;sentence&quot;</div>"));
  EXPECT_THAT(
      html,
      HasSubstr(
          "value=\"Đường &quot;bê tông&quot;\" data-max=\"20\" aria-describedby=\"title-hint\" required>"));
  EXPECT_THAT(html, HasSubstr("name=\"amount\" type=\"text\" value=\"200000\" inputmode=\"numeric\""));
  EXPECT_THAT(html, HasSubstr("House &lt;number&gt;"));
  EXPECT_THAT(html, HasSubstr("id=\"place-house\" name=\"place.house\" type=\"text\" value=\"12b\""));
  EXPECT_THAT(html, HasSubstr("type=\"radio\" value=\"open\" checked>"));
  EXPECT_THAT(html, HasSubstr("type=\"checkbox\" value=\"passed\">"));
  EXPECT_THAT(html, HasSubstr("type=\"date\""));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"version\" value=\"3\">"));
  EXPECT_THAT(html, Not(HasSubstr("govuk-form-group--error")));
}

TEST(Form, KeepsWhatWasTypedAndShowsErrorsBesideTheField) {
  Sent sent = {
      {"title", nasty}, {"amount", "many"}, {"states", "passed"}, {"agreed", "true"}, {"place.house", "13"}};
  auto with = [&](PageContext& context) {
    context.sent = &sent;
    context.form = fields_of<Propose>();
    context.problems = {{"title", "Write at most 20 characters", {}}, {"amount", "Digits <only>", {}}};
    context.idempotency_key = "k1";
  };
  std::string html = rendered("{{>error_summary}}{{>form_start}}{{>fields form}}", {}, "en", with);
  EXPECT_THAT(html, HasSubstr("<a href=\"#title\">What is asked – Write at most 20 characters</a>"));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"idempotency_key\" value=\"k1\">"));
  EXPECT_THAT(
      html,
      HasSubstr(
          "value=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&#39;&amp;javascript:alert(1)\""));
  EXPECT_THAT(html, HasSubstr("aria-describedby=\"title-hint title-error\" aria-invalid=\"true\""));
  EXPECT_THAT(html, HasSubstr("</span> Digits &lt;only&gt;</p>"));
  EXPECT_THAT(html, HasSubstr("value=\"many\""));
  EXPECT_THAT(html, HasSubstr("type=\"checkbox\" value=\"passed\" checked>"));
  EXPECT_THAT(html, HasSubstr("name=\"agreed\" type=\"checkbox\" value=\"true\" checked>"));
  EXPECT_THAT(html, HasSubstr("name=\"place.house\" type=\"text\" value=\"13\""));
}

TEST(Form, WhatIsNeededInSomeCaseIsNotSaidToBeFree) {
  EXPECT_THAT(rendered("{{>field form.amount}}", {}, "en"), HasSubstr("(may be left empty)"));
  const std::string needed = rendered("{{>field form.amount as=needed}}", {}, "en");
  EXPECT_THAT(needed, AllOf(HasSubstr("data-money"), Not(HasSubstr("(may be left empty)")),
                            Not(HasSubstr("required"))));
  EXPECT_THAT(rendered("{{>field form.day as=needed}}", {}, "en"), HasSubstr("type=\"date\""));
}

TEST(Form, AnotherFormsErrorsStayAway) {
  auto with = [](PageContext& context) {
    context.form = fields_of<Place>();
    context.problems = {{"title", "wrong", {}}};
  };
  EXPECT_THAT(rendered("{{>field form.title}}", {}, "en", with), Not(HasSubstr("wrong")));
}

TEST(Form, TakesOptionsFromTheModelAndLooksFromTheTemplate) {
  Model m;
  m.helper_options = {{"7", "Lò Văn <A>"}, {"8", "Lò Thị B"}};
  m.form.helper = "8";
  std::string html = rendered(
      "{{>field form.helper}}{{>field form.title as=password}}{{>field form.state as=select}}", m, "en");
  EXPECT_THAT(html, HasSubstr("type=\"radio\" value=\"8\" checked>"));
  EXPECT_THAT(html, HasSubstr("Lò Văn &lt;A&gt;"));
  EXPECT_THAT(html, HasSubstr("type=\"password\" autocomplete=\"current-password\""));
  EXPECT_THAT(html, HasSubstr("<option value=\"open\" selected>"));
  html = rendered("{{#field form.title}}<b id=\"{{id}}\">{{label}}|{{name}}|{{limit_max}}</b>{{/field}}", m,
                  "en");
  EXPECT_EQ(html, "<b id=\"title\">What is asked|title|20</b>");
}

TEST(Templates, AllEmbeddedOnesAreGood) {
  auto set = make_template_set(embedded_templates());
  EXPECT_THAT(set->errors(), IsEmpty());
  EXPECT_THAT(set->check("web/problem", fields_of<ProblemPage>()), IsEmpty());
}

}  // namespace
}  // namespace danchu::web
