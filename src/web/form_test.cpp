#include "web/form.h"

#include <gtest/gtest.h>

#include "web/json.h"

namespace danchu::web {
namespace {

enum class Way { hands, secret };

struct Tally {
  Line<20> name;
  Count yes;
};
DANCHU_RECORD(Tally, name, yes)

struct Sample {
  Line<5> title;
  std::optional<Text<10>> note;
  Count number;
  std::optional<Money> amount;
  Way way = Way::hands;
  bool open = false;
  std::optional<Date> day;
  std::vector<Line<5>> tags;
  std::vector<Tally> tallies;
  std::optional<Tally> last;
};

}  // namespace
}  // namespace danchu::web
template <>
struct danchu::Choices<danchu::web::Way> {
  static constexpr ChoiceName names[] = {{"hands", N_("Show of hands")}, {"secret", N_("Secret ballot")}};
};
namespace danchu::web {
namespace {
DANCHU_RECORD(Sample, title, note, number, amount, way, open, day, tags, tallies, last)

std::string said(const Problems& problems) {
  std::string all;
  for (const Problem& p : problems) all += p.path + ": " + std::string(p.message) + "\n";
  return all;
}

Problems from_form(Sample& sample, std::string_view text) {
  SentBody body;
  EXPECT_FALSE(parse_urlencoded(text, body));
  return read_fields(&sample, fields_of<Sample>(), body.fields, body.kinds);
}
Problems from_json(Sample& sample, std::string_view text) {
  SentBody body;
  auto wrong = parse_json_body(text, body);
  EXPECT_FALSE(wrong) << wrong->message;
  return read_fields(&sample, fields_of<Sample>(), body.fields, body.kinds);
}

TEST(Form, ReadsEveryKindOfField) {
  Sample s;
  EXPECT_EQ(said(from_form(
                s,
                "title=+Lo+&number=58&amount=1.200.000&way=secret&open=on&day=2026-12-12&tags=a&tags=b&"
                "tallies.0.name=Na&tallies.0.yes=3&tallies.7.name=Ca&tallies.7.yes=4&last.name=x&last.yes=1&"
                "idempotency_key=K")),
            "");
  EXPECT_EQ(s.title.value, "Lo");
  EXPECT_EQ(s.amount->dong, 1'200'000);
  EXPECT_EQ(s.way, Way::secret);
  EXPECT_TRUE(s.open);
  EXPECT_EQ(s.tags.size(), 2u);
  ASSERT_EQ(s.tallies.size(), 2u);
  EXPECT_EQ(s.tallies[1].yes.value, 4);
  EXPECT_EQ(s.last->yes.value, 1);
}

TEST(Form, BlankMeansAbsentWhereThatIsAllowed) {
  Sample s;
  s.open = true;
  EXPECT_EQ(said(from_form(s,
                           "title=a&number=1&way=hands&note=++&amount=&day=&tallies.0.name=&tallies.0.yes=&"
                           "last.name=&last.yes=")),
            "");
  EXPECT_FALSE(s.note);
  EXPECT_FALSE(s.amount);
  EXPECT_FALSE(s.open);  // a box that is not ticked is not sent
  EXPECT_TRUE(s.tallies.empty());
  EXPECT_FALSE(s.last);
}

TEST(Form, ListsEveryProblemWithItsPath) {
  Sample s;
  EXPECT_EQ(
      said(from_form(
          s,
          "title=Duong+2&number=ten&way=none&tags=ok&tags=far+too+long&tallies.3.name=Lo&extra=1&amount=-5")),
      "title: Write at most {max} characters\n"
      "number: Write a whole number, digits only\n"
      "amount: Write a number from {min} to {max}\n"
      "way: Choose one of the given answers\n"
      "tags: Write at most {max} characters\n"
      "tallies.3.yes: Fill this in\n"
      "extra: There is no field of this name here\n");
}

TEST(Form, FillsTheLimitsOfAMessage) {
  Sample s;
  Problems problems = from_form(s, "title=123456&number=1&way=hands");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].args[1], (std::pair<std::string, std::string>{"max", "5"}));
}

TEST(Form, RefusesInvalidUnicodeAndRepeats) {
  Sample s;
  EXPECT_EQ(said(from_form(s, "title=%ff&number=1&number=2&way=hands")),
            "title: This text is not valid Unicode (UTF-8)\nnumber: This was sent more than once\n");
}

TEST(Json, ReadsTheSameRecord) {
  Sample s;
  EXPECT_EQ(
      said(from_json(s, R"({"title":"Lò","number":58,"amount":1200000,"way":"secret","open":true,"day":null,
      "tags":["a"],"tallies":[{"name":"Na","yes":3},{"name":"Ca","yes":4}],"last":null})")),
      "");
  EXPECT_EQ(s.tallies[1].name.value, "Ca");
  EXPECT_EQ(
      to_json(ref(s)),
      R"({"title":"Lò","note":null,"number":58,"amount":1200000,"way":"secret","open":true,"day":null,"tags":["a"],)"
      R"("tallies":[{"name":"Na","yes":3},{"name":"Ca","yes":4}],"last":null})");
}

TEST(Json, NamesEveryWrongType) {
  Sample s;
  EXPECT_EQ(
      said(from_json(
          s,
          R"({"title":5,"number":"58","amount":1.5,"way":{"x":1},"open":"yes","day":"12/12/2026","tags":"a",
      "tallies":[1,{"name":"Na"}],"last":[]})")),
      "title: Send a text here, in quotes\n"
      "number: Send a whole number here, without quotes\n"
      "amount: Send a whole number here, without quotes\n"
      "way.x: Send a text here, in quotes\n"
      "open: Send true or false here\n"
      "day: Write a date as year-month-day, for example 2026-12-12\n"
      "tags: Send a list here\n"
      "tallies.0: Send an object with fields here\n"
      "tallies.1.yes: Fill this in\n"
      "last: Send an object with fields here\n");
}

TEST(Json, RefusesWhatCannotBeUnderstood) {
  struct Case {
    std::string text;
    const char* message;
  };
  const Case cases[] = {
      {R"({"a":1,"a":2})", "The JSON has this key twice, or it is not a valid key"},
      {R"({"a.b":1})", "The JSON has this key twice, or it is not a valid key"},
      {R"({"a":1)", "This is not well-formed JSON (at byte {position})"},
      {R"({"a":1} x)", "This is not well-formed JSON (at byte {position})"},
      {"{\"a\":\"\xff\"}", "This is not well-formed JSON (at byte {position})"},
      {"", "This is not well-formed JSON (at byte {position})"},
      {"[1]", "Send a JSON object"},
      {"5", "Send a JSON object"},
      {"null", "Send a JSON object"},
      {std::string("{\"a\":") + std::string(40, '[') + std::string(40, ']') + "}",
       "The JSON is nested too deeply; at most {max} levels"},
      {"{\"" + std::string(300, 'k') + "\":1}", "Send at most {max} values at once"},
  };
  for (const Case& c : cases) {
    SentBody body;
    auto problem = parse_json_body(c.text, body);
    ASSERT_TRUE(problem) << c.text;
    EXPECT_EQ(problem->message, c.message) << c.text;
  }
}

TEST(Json, BoundsItsLists) {
  std::string many = "{\"tags\":[";
  for (int i = 0; i < 2001; ++i) many += i ? ",1" : "1";
  SentBody body;
  auto problem = parse_json_body(many + "]}", body);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->fault, Fault::too_large);
}

TEST(Json, EscapesText) {
  Tally t{{"a\"\\\n\x01</script>"}, {1}};
  EXPECT_EQ(to_json(ref(t)), "{\"name\":\"a\\\"\\\\\\n\\u0001</script>\",\"yes\":1}");
}

}  // namespace
}  // namespace danchu::web
