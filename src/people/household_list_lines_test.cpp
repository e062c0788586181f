// What stands on a list, and that a line or total altered by hand is found.
#include "people/household_list_testing.h"

namespace danchu::people {
namespace {

class ListLines : public Lists {};
DANCHU_ON_EACH_ENGINE(ListLines);

// Each line says why it counts (practice P35, P36).
TEST_P(ListLines, CarryTheCaseOfEachHousehold) {
  auto households = registered();
  auto count_as = [&](std::size_t at, Circumstance circumstance, bool temporary) {
    return official([&](store::Writer& w) {
             return change_register(w, keys(), head, village,
                                    {.change = Change::counted_as,
                                     .household = households[at].id,
                                     .happened = today(),
                                     .paper = {"Biên bản họp bản 1/11"},
                                     .temporary = temporary,
                                     .circumstance = circumstance});
           })
        .ok();
  };
  EXPECT_TRUE(count_as(0, Circumstance::one_person, false));
  EXPECT_TRUE(count_as(1, Circumstance::away_at_work, false));
  EXPECT_TRUE(count_as(2, Circumstance::shared_house, true));
  auto list = draft();
  EXPECT_EQ(read(list).total, 5) << "every one of them is counted";
  auto drafted = get([&](store::Reader& r) { return lines(r, list); });
  EXPECT_EQ(drafted[0].circumstance, Circumstance::one_person);
  EXPECT_EQ(drafted[0].head, households[0].head) << "nothing else of it changed";
  EXPECT_EQ(drafted[1].circumstance, Circumstance::away_at_work);
  EXPECT_EQ(drafted[2].circumstance, Circumstance::shared_house);
  EXPECT_TRUE(drafted[2].temporary);
  EXPECT_EQ(drafted[3].circumstance, Circumstance::usual);
  const std::string csv = get([&](store::Reader& r) { return register_csv(r, village); });
  EXPECT_THAT(csv, ::testing::HasSubstr("đi làm ăn xa"));
  ASSERT_TRUE(lock(list, head, LockAs::head));
  ASSERT_TRUE(lock(list, front, LockAs::front));
  nothing_altered();
}

TEST_P(ListLines, TakeTheRegisterAsItStoodOnTheDay) {
  put([&](store::Writer& w) {
    put_household(w, {{}, village, 6, {"6"}, {"Split later"}, {}, false, {}}, day("2026-12-03"), "split");
    put_household(w, {{}, village, 7, {"7"}, {"Left since"}, {}, false, day("2026-11-30")}, day("2026-11-01"),
                  "imported");
  });
  store().clock.set(at_local(day("2026-12-08"), 8, 0));
  auto total = [&](const char* on) {
    auto list = official([&](store::Writer& w) { return draft_list(w, keys(), head, village, day(on)); });
    return read(list.value()).total;
  };
  EXPECT_EQ(total("2026-12-08"), 6);
  EXPECT_EQ(total("2026-12-02"), 5);
  EXPECT_EQ(total("2026-11-29"), 6);
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, keys(), head, village, today() + 1); }));
  EXPECT_FALSE(official([&](store::Writer& w) { return draft_list(w, keys(), front, village, today()); }));
}

TEST_P(ListLines, ADraftPutInByHandOrChangedIsFound) {
  auto list = draft();
  nothing_altered();
  draft();  // replaces it
  nothing_altered();
  list = draft();
  put([&](store::Writer& w) {
    w.query_text("UPDATE household_list_line SET head = 'Ai đó' WHERE list = $1 AND number = 2",
                 {list.number});
  });
  EXPECT_THAT(acts::verify(db()).findings,
              ::testing::ElementsAre(::testing::HasSubstr("the lines of the draft")));
  put([&](store::Writer& w) {
    w.query_text("UPDATE household_list_line SET head = 'Lò Văn 1' WHERE list = $1 AND number = 2",
                 {list.number});
    w.query_text(
        "INSERT INTO household_list(id, village, state, closed_on, total, locked_by_head, "
        "locked_by_front, front_minutes, confirmed_by, frozen_for) "
        "VALUES (77, $1, 'draft', '2026-12-01', 1, 0, 0, '', 0, '')",
        {village.number});
  });
  EXPECT_THAT(acts::verify(db()).findings, ::testing::ElementsAre(::testing::HasSubstr("no act covers it")));
}

TEST_P(ListLines, ARowOfAnOfficialTableNoActNamesIsFound) {
  const Id<HouseholdList> list = draft();
  put([&](store::Writer& w) {
    w.query_text(
        "INSERT INTO household_list_correction(id, list, total_before, total_after, reason, salt, "
        "actor, entered) SELECT 5, id, 5, 6, 'x', $1, 0, 0 FROM household_list WHERE id = $2",
        {store::Bytes{"salt"}, list.number});
  });
  EXPECT_THAT(acts::verify(db()).findings,
              ::testing::ElementsAre(::testing::HasSubstr("household_list_correction")));
}

TEST_P(ListLines, AnAlteredLineIsFound) {
  auto list = confirmed();
  static const store::Statement alter{
      "UPDATE household_list_line SET head = 'Ai đó' WHERE list = $1 AND number = 2"};
  put([&](store::Writer& w) { w.run(alter, list); });
  auto findings = acts::verify(db()).findings;
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0], ::testing::HasSubstr("household_list_line"));
}

TEST_P(ListLines, AnAlteredTotalAHouseholdPutInAndOneTakenOutAreFoundAndNamed) {
  auto list = confirmed();
  Id<Household> ghost;
  put([&](store::Writer& w) {
    ghost =
        put_household(w, {{}, village, 99, {"99"}, {"Ai đó"}, {}, false, {}}, day("2026-11-01"), "imported");
  });
  const std::string columns = ", number, house, head, beside, temporary, reason, removed, circumstance, salt";
  const std::pair<std::string, const char*> meddled[] = {
      {"UPDATE household_list SET total = 4 WHERE id = $1", "column total is 4"},
      {"INSERT INTO household_list_line(id, list, household" + columns + ") SELECT id + 1000000, list, " +
           std::to_string(ghost.number) + columns +
           " FROM household_list_line WHERE list = $1 AND number = 2",
       "no act covers it"},
      {"DELETE FROM household_list_line WHERE list = $1 AND number = 3", "is missing"}};
  std::size_t expected = 0;
  for (const auto& [sql, said] : meddled) {
    put([&](store::Writer& w) { w.query_text(sql, {list.number}); });
    auto findings = acts::verify(db()).findings;
    ASSERT_EQ(findings.size(), ++expected) << sql;
    EXPECT_THAT(findings, ::testing::Contains(::testing::HasSubstr(said)));
  }
}

}  // namespace
}  // namespace danchu::people
