// What needs no server: how values, plans, errors and names are written.
#include "store/postgresql_values.h"

#include <gtest/gtest.h>

namespace danchu::store {
namespace {

TEST(PostgresqlValues, AreReadByTheirType) {
  struct Case {
    PostgresqlType type;
    const char* written;
    Value value;
  };
  const Case cases[] = {
      {20, "-9223372036854775808", INT64_MIN},
      {23, "7", std::int64_t{7}},
      {16, "t", std::int64_t{1}},
      {16, "f", std::int64_t{0}},
      {701, "0.1", 0.1},
      {17, "\\x00ff41", Bytes{std::string("\0\xff\x41", 3)}},
      {25, "Đường", std::string("Đường")},
      {2278, "", std::string()},
  };
  for (const Case& c : cases) {
    auto value = postgresql_value(c.type, c.written);
    ASSERT_TRUE(value) << c.written;
    EXPECT_TRUE(*value == c.value) << c.written;
    EXPECT_TRUE(postgresql_type_is_known(c.type));
  }
  EXPECT_FALSE(postgresql_value(1700, "1.5")) << "numeric must be CAST";
  EXPECT_FALSE(postgresql_type_is_known(1700));
}

TEST(PostgresqlValues, APlanIsKnownByItsTypes) {
  const std::vector<Value> all{Value{}, std::int64_t{-5}, 0.5, std::string("một"),
                               Bytes{std::string("\0a", 2)}};
  PostgresqlArguments arguments(all);
  EXPECT_EQ(arguments.plan_name(3), "s3nirtb");
  EXPECT_EQ(arguments.values[0], nullptr);
  EXPECT_STREQ(arguments.values[1], "-5");
  EXPECT_STREQ(arguments.values[2], "0.5");
  EXPECT_EQ(arguments.lengths[4], 2);
  EXPECT_EQ(arguments.formats[4], 1);
}

TEST(PostgresqlValues, StatesOfErrors) {
  using Kind = StoreError::Kind;
  const std::pair<const char*, Kind> states[] = {
      {"08006", Kind::gone}, {"57P01", Kind::gone}, {"25006", Kind::gone},       {"53100", Kind::full},
      {"53300", Kind::busy}, {"57014", Kind::busy}, {"23505", Kind::constraint}, {"42601", Kind::statement}};
  for (auto [state, kind] : states) EXPECT_EQ(postgresql_error_kind(state), kind) << state;
  EXPECT_TRUE(postgresql_may_retry("40001"));
  EXPECT_TRUE(postgresql_may_retry("40P01"));
  EXPECT_FALSE(postgresql_may_retry("23505"));
}

TEST(PostgresqlValues, QuotesNamesAndTexts) {
  EXPECT_EQ(quoted_name("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(quoted_text("it's \\ here"), "E'it''s \\\\ here'");
}

}  // namespace
}  // namespace danchu::store
