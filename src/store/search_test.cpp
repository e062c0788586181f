#include "store/search.h"

#include "store/search_words.h"
#include "store/testing.h"

namespace danchu::store {
namespace {

class Search : public OnEachEngine {
 protected:
  void put(std::int64_t id, const std::string& title, const std::string& body, int day = 1,
           std::vector<std::int64_t> units = {}, const std::string& kind = "motion") {
    ASSERT_TRUE(db().write([&](Writer& w) -> Result<Done> {
      index(w, {kind, id, units, title, body, at_local(make_date(2026, 1, 1) + day, 8, 0)});
      return Done{};
    }));
  }
  std::vector<std::int64_t> found(const std::string& words, SearchFilter filter = {}, int limit = 20) {
    std::vector<std::int64_t> ids;
    for (const SearchHit& hit : db().read([&](Reader& r) { return search(r, words, filter, limit); }))
      ids.push_back(hit.id);
    return ids;
  }
  using Ids = std::vector<std::int64_t>;
};

TEST_P(Search, FindsWithoutTonesAndWithDAsPlainD) {
  put(1, "Bê tông đường nội bản", "Góp mỗi hộ 1.200.000 đồng");
  put(2, "Quy ước bản Nà Cá", "Sửa đổi, bổ sung");
  EXPECT_EQ(found("duong noi ban"), Ids{1});
  EXPECT_EQ(found("ĐƯỜNG"), Ids{1});
  EXPECT_EQ(found("na ca"), Ids{2});
  EXPECT_EQ(found("duong quy"), Ids{});
  EXPECT_EQ(found("đu"), Ids{1});       // the last word may be unfinished
  EXPECT_EQ(found("duon noi"), Ids{});  // the others may not
  EXPECT_EQ(found("du "), Ids{});
}

TEST_P(Search, PutsExactTonesBeforeRelevanceBeforeTheNewest) {
  put(1, "Trồng mạ", "mạ", 1);
  put(2, "Rau má", "má má má", 2);
  put(3, "Họp", "bàn về ma chay", 3);
  put(4, "Họp lần hai", "bàn về ma chay", 4);
  EXPECT_EQ(found("mạ", {}, 1), Ids{1});
  EXPECT_EQ(found("má", {}, 1), Ids{2});
  EXPECT_EQ(found("ma"), (Ids{2, 1, 4, 3}));
  EXPECT_EQ(found("ma", {}, 2), (Ids{2, 1}));
}

TEST_P(Search, FindsAnOldTextWithExactTonesBehindManyNewer) {
  put(1, "Mạ", "lúa", 1);
  ASSERT_TRUE(db().write([&](Writer& w) -> Result<Done> {
    for (int i = 2; i < 500; ++i)
      index(w, {"motion", i, {}, "Má", "rau", at_local(make_date(2026, 3, 1), 8, 0)});
    return Done{};
  }));
  EXPECT_EQ(found("mạ", {}, 1), Ids{1});
  EXPECT_EQ(found("ma").size(), 20u);
}

// A last word is first taken as whole, and only where that finds too little as the beginning of another.
TEST_P(Search, TakesTheLastWordAsABeginningWhereAsAWholeItFindsTooLittle) {
  put(1, "Họp bản", "", 1);
  put(2, "Họp bảng tin", "", 2);
  EXPECT_EQ(found("ban"), (Ids{2, 1}));
  EXPECT_EQ(found("hop ban"), (Ids{2, 1}));
  EXPECT_EQ(found("ban hop"), Ids{1}) << "a word before the last is whole";
}

TEST_P(Search, AWordThatIsWholeInManyTextsAndABeginningInOthersIsFound) {
  ASSERT_TRUE(db().write([&](Writer& w) -> Result<Done> {
    for (int i = 1; i <= 199; ++i)
      index(w, {"motion", i, {}, "Bản", "", at_local(make_date(2026, 3, 1), 8, 0)});
    return Done{};
  }));
  put(500, "Bảng tin", "", 200);
  auto all = found("ban", {}, 1000);
  EXPECT_EQ(std::ranges::count(all, 500), 1) << "fewer than are considered have it whole";
  for (int i = 200; i <= 250; ++i) put(i, "Bản", "", 90);
  all = found("ban", {}, 1000);
  EXPECT_GE(all.size(), 200u);
  EXPECT_EQ(std::ranges::count(all, 500), 0) << "enough have it whole";
  EXPECT_EQ(found("ban", {}, 20).size(), 20u);
  EXPECT_EQ(found("bang"), Ids{500});
  EXPECT_EQ(found("ban t"), Ids{}) << "one letter is no beginning, and before the last no word is";
  EXPECT_EQ(found("bang ti"), Ids{500});
}

TEST_P(Search, KeepsToAKindAndAUnit) {
  put(1, "Đường", "", 1, {10, 20});
  put(2, "Đường", "", 2, {11, 20});
  put(3, "Đường", "", 3, {11, 20}, "decision");
  EXPECT_EQ(found("đường", {"", 10}), Ids{1});
  EXPECT_EQ(found("đường", {"", 20}), (Ids{3, 2, 1}));
  EXPECT_EQ(found("đường", {"motion", 20}), (Ids{2, 1}));
  EXPECT_EQ(found("đường", {"plan", 0}), Ids{});
}

TEST_P(Search, ForgetsWhatWasReplacedOrTakenOut) {
  put(1, "Đường", "cũ");
  put(1, "Cầu", "mới", 2);
  EXPECT_EQ(found("duong"), Ids{});
  EXPECT_EQ(found("cau moi"), Ids{1});
  ASSERT_TRUE(db().write([](Writer& w) -> Result<Done> {
    unindex(w, "motion", 1);
    return Done{};
  }));
  EXPECT_EQ(found("cau"), Ids{});
}

TEST_P(Search, TakesWhateverIsTyped) {
  put(1, "Đường AND nội", "NEAR bản", 1, {7});
  for (std::string typed :
       {"\"",        "'",        "a OR b", "*",      "duong*",  "title:x", "\\",
        "-",         "(",        ")",      "^duong", "=motion", "{",       "';--",
        "NEAR(a b)", "\xff\xfe", "",       " ",      "&|!",     ":*",      "\xf0\x9f\x98\x80"})
    EXPECT_NO_THROW(found(typed)) << typed;
  EXPECT_EQ(found("AND near"), Ids{1});
  EXPECT_EQ(found("=motion"), Ids{});
  EXPECT_NO_THROW(found(std::string(100'000, 'x')));
  std::string longer;
  for (int i = 0; i < 1000; ++i) longer += "đường ";
  EXPECT_EQ(found(longer), Ids{1});
}

TEST_P(Search, TakesLongAndStrangeTexts) {
  std::string body;
  for (int i = 0; i < 30'000; ++i) body += "đ";
  put(1, "Một", body);
  put(2, "", "");
  put(3, "😀 — “Hai”", "‘x’");
  EXPECT_EQ(found("hai"), Ids{3});
}

DANCHU_ON_EACH_ENGINE(Search);

TEST(SearchWords, MarksHitsOnTheOriginalText) {
  EXPECT_EQ(mark_hits("Bê tông “Đường” nội-bản.", "duong bả"),
            (std::vector<Segment>{
                {"Bê tông “", false}, {"Đường", true}, {"” nội-", false}, {"bản", true}, {".", false}}));
  EXPECT_EQ(mark_hits("không có", "duong"), (std::vector<Segment>{{"không có", false}}));
  EXPECT_TRUE(mark_hits("", "x").empty());
}

TEST(SearchWords, CutsAnExcerptAroundTheFirstHit) {
  EXPECT_EQ(excerpt("một hai ba bốn năm sáu bảy tám", "sáu", 20), "…năm sáu bảy tám");
  EXPECT_EQ(excerpt("một hai ba", "không", 100), "một hai ba");
  EXPECT_EQ(excerpt("một hai ba", "không", 7), "một hai…");
}

}  // namespace
}  // namespace danchu::store
