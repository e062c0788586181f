#include "base/record.h"

#include <gtest/gtest.h>

namespace danchu {
namespace {

enum class Method { hands, secret };

struct Vote {
  Count yes;
  static constexpr About about[] = {{"yes", N_("Households that agree"), ""}};
};
DANCHU_RECORD(Vote, yes)

struct Sample {
  Line<5> title;
  std::optional<Money> amount;
  Method method = Method::hands;
  std::vector<Vote> votes;
  bool open = false;
};

}  // namespace
template <>
struct Choices<Method> {
  static constexpr ChoiceName names[] = {{"hands", N_("Show of hands")}, {"secret", N_("Secret ballot")}};
};
namespace {
DANCHU_RECORD(Sample, title, amount, method, votes, open)

TEST(Records, DropMarksThatTurnTheDirectionOfWriting) {
  Line<20> line;
  EXPECT_FALSE(detail::parse_string(line.value, "a\u202ebc\u2066d", 20, false));
  EXPECT_EQ(line.value, "abcd");
}

TEST(Record, TableNamesKindsAndLimits) {
  Fields fields = fields_of<Sample>();
  ASSERT_EQ(fields.size(), 5u);
  EXPECT_EQ(fields[0].name, "title");
  EXPECT_EQ(fields[0].kind, Kind::line);
  EXPECT_EQ(fields[0].limits.max, 5);
  EXPECT_TRUE(fields[1].optional);
  EXPECT_EQ(fields[2].choices.size(), 2u);
  EXPECT_EQ(fields[3].kind, Kind::record);
  EXPECT_TRUE(fields[3].list);
  EXPECT_EQ(fields[3].fields()[0].label, "Households that agree");
}

TEST(Record, ReadsAndWritesThroughTheTable) {
  Sample s;
  Fields fields = fields_of<Sample>();
  EXPECT_FALSE(fields[0].parse(&s, "  Đườn "));
  EXPECT_EQ(s.title.value, "Đườn");
  EXPECT_TRUE(fields[0].parse(&s, "Đường 2"));  // seven characters
  EXPECT_TRUE(fields[0].parse(&s, "\xff"));
  EXPECT_EQ(fields[1].count(&s), 0u);
  EXPECT_FALSE(fields[1].parse(&s, "1.200.000"));
  EXPECT_EQ(s.amount->dong, 1'200'000);
  EXPECT_TRUE(fields[2].parse(&s, "none"));
  EXPECT_FALSE(fields[2].parse(&s, "secret"));
  void* vote = fields[3].add_nested(&s);
  fields[3].fields()[0].parse(vote, "58");
  EXPECT_EQ(s.votes.at(0).yes.value, 58);
  std::string scratch;
  EXPECT_EQ(fields[2].text(&s, 0, scratch), "secret");
}

}  // namespace
}  // namespace danchu
