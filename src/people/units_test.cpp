#include "people/units.h"

#include <gmock/gmock.h>

#include "people/people_testing.h"

namespace danchu::people {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class Units : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    put([](store::Writer& w) { load_units(w); });
  }
  std::optional<Unit> at(const char* code, const char* on) {
    return get([&](store::Reader& r) { return unit_by_code(r, code, day(on)); });
  }
  std::vector<UnitHit> search(const std::string& words) {
    return get([&](store::Reader& r) { return search_units(r, words, today(), 10); });
  }
  static std::vector<std::string> names(const std::vector<Unit>& units) {
    std::vector<std::string> names;
    for (const Unit& unit : units) names.push_back(full_name(unit));
    return names;
  }
};
DANCHU_ON_EACH_ENGINE(Units);

TEST_P(Units, TheProvinceHasItsCommunesBeforeAndAfterTheReform) {
  get([&](store::Reader& r) {
    Unit son_la = province(r, today()).value();
    EXPECT_EQ(full_name(son_la), "tỉnh Sơn La");
    EXPECT_EQ(children(r, son_la.id, today()).size(), 75u);
    EXPECT_EQ(children(r, son_la.id, day("2025-06-30")).size(), 12u);
    EXPECT_EQ(all_units(r, "commune", day("2025-06-30")).size(), 200u);
    EXPECT_EQ(all_units(r, "commune", day("2025-07-01")).size(), 75u);
  });
}

TEST_P(Units, LoadingAgainChangesNothing) {
  Id<Unit> before = at("03646", "2026-01-01")->id;
  put([](store::Writer& w) { load_units(w); });
  EXPECT_EQ(at("03646", "2026-01-01")->id, before);
  get([&](store::Reader& r) { EXPECT_EQ(all_units(r, "commune", today()).size(), 75u); });
}

TEST_P(Units, TakenAwayPutInAndMovedAreFoundWhateverElseIsGone) {
  const std::pair<const char*, const char*> meddled[] = {
      {"DELETE FROM unit_succession", "table unit_succession"},
      {"UPDATE unit SET name = 'Tô Hiệu mới' WHERE code = '03646' AND valid_to IS NULL", "column name is"},
      {"UPDATE unit SET sort_key = search_key.k FROM (SELECT sort_key AS k FROM unit WHERE code = '03664' "
       "AND "
       "valid_to IS NULL) AS search_key WHERE code = '03646' AND valid_to IS NULL",
       "column sort_key is"},
      {"UPDATE unit SET search = ' x' WHERE code = '03646' AND valid_to IS NULL", "column search is"},
      {"INSERT INTO unit(id, code, kind, name, parent, valid_from, sort_key, search) SELECT 5, '99999', "
       "kind, "
       "'Mới', parent, valid_from, sort_key, search FROM unit WHERE code = '03646' AND valid_to IS NULL",
       "stands in no data"}};
  for (const auto& [sql, said] : meddled) {
    put([&](store::Writer& w) { w.query_text(sql, {}); });
    EXPECT_THAT(acts::verify(db()).findings, Contains(::testing::HasSubstr(said))) << sql;
  }
}

TEST_P(Units, AlteredInTheDatabaseAreFoundAndNamed) {
  EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty());
  static const store::Statement meddle{
      "UPDATE unit SET population = 1 WHERE code = '03646' AND valid_to IS NULL"};
  put([&](store::Writer& w) { w.run(meddle); });
  auto findings = acts::verify(db()).findings;
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0], ::testing::HasSubstr("(03646): column population is 1, the program's data say"));
}

TEST_P(Units, AVillageThatNoActEnteredIsFoundWhereNoDemonstrationIs) {
  EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty());
  put([](store::Writer& w) { w.query_text("DELETE FROM setting WHERE name = 'demo-begun'", {}); });
  EXPECT_THAT(acts::verify(db()).findings,
              ElementsAre(::testing::AllOf(::testing::HasSubstr("(" + std::to_string(village.number) + ")"),
                                           ::testing::HasSubstr("no act covers it"))));
}

TEST_P(Units, AUnitPutInUnderANumberThatIsNoIdIsNamed) {
  put([](store::Writer& w) {
    w.query_text(
        "INSERT INTO unit(id, code, kind, name, valid_from, sort_key, search) SELECT -7, '99998', 'xa', 'X', "
        "valid_from, sort_key, search FROM unit WHERE code = '14' LIMIT 1",
        {});
  });
  EXPECT_THAT(acts::verify(db()).findings, Contains(::testing::HasSubstr("stands in no data")));
}

TEST_P(Units, OneCodeIsTwoCommunesInTwoTimes) {
  EXPECT_EQ(full_name(at("03646", "2025-06-30").value()), "phường Chiềng Lề");
  EXPECT_EQ(full_name(at("03646", "2025-07-01").value()), "phường Tô Hiệu");
  EXPECT_FALSE(at("99999", "2026-01-01"));
  EXPECT_FALSE(at("", "2026-01-01"));
}

TEST_P(Units, AnOldCommuneLeadsToTodays) {
  get([&](store::Reader& r) {
    Unit old_to_hieu = unit_by_code(r, "03649", day("2025-01-01")).value();
    EXPECT_THAT(names(successors(r, old_to_hieu.id)), ElementsAre("phường Tô Hiệu"));
    Unit today_s = unit_by_code(r, "03646", today()).value();
    EXPECT_EQ(predecessors(r, today_s.id).size(), 4u);
    std::size_t all = 0;
    for (const Unit& unit : all_units(r, "commune", today())) all += predecessors(r, unit.id).size();
    EXPECT_EQ(all, 200u);
  });
}

TEST_P(Units, EveryCommuneHasItsCentreAreaAndPeople) {
  get([&](store::Reader& r) {
    for (const Unit& unit : all_units(r, "commune", today())) {
      EXPECT_GT(unit.latitude_e4.value_or(0), 200'000) << unit.name;
      EXPECT_GT(unit.longitude_e4.value_or(0), 1'030'000) << unit.name;
      EXPECT_GT(unit.area_ha.value_or(0), 500) << unit.name;
      EXPECT_GT(unit.population.value_or(0), 500) << unit.name;
    }
  });
}

TEST_P(Units, NamesAreFoundWithOrWithoutMarks) {
  for (const char* words : {"Tô Hiệu", "to hieu", "TÔ HIỆU", "phường tô hiệu", "  hieu  to ", "03646"}) {
    auto hits = search(words);
    ASSERT_FALSE(hits.empty()) << words;
    EXPECT_EQ(hits[0].unit.code, "03646") << words;
    EXPECT_TRUE(hits[0].today.empty()) << words;
  }
}

TEST_P(Units, TheOldNameShowsWhereItLeadsNow) {
  auto hits = search("Chiềng Lề");
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_THAT(names(hits[0].today), ElementsAre("phường Tô Hiệu"));
}

TEST_P(Units, TwoOldCommunesOfOneNameAreBothFound) {
  std::vector<std::string> codes;
  for (const UnitHit& hit : search("Chiềng Chung")) codes.push_back(hit.unit.code);
  EXPECT_GE(codes.size(), 2u);
}

TEST_P(Units, BothPlacesOfTheToneMarkAreFound) {
  for (const char* words : {"Liên Hoà", "Liên Hòa", "lien hoa"}) {
    auto hits = search(words);
    ASSERT_FALSE(hits.empty()) << words;
    EXPECT_EQ(hits[0].unit.code, "04009") << words;
  }
}

TEST_P(Units, AnotherSpellingIsFound) {
  auto hits = search("Nặm Păm");
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits[0].unit.name, "Nậm Păm");
}

TEST_P(Units, AOneLetterWordIsFound) {
  std::vector<std::string> found;
  for (const UnitHit& hit : search("É")) found.push_back(hit.unit.name);
  EXPECT_THAT(found, Contains("Mường É"));
  EXPECT_THAT(found, Contains("É Tòng"));
}

TEST_P(Units, SearchOfNothingFindsNothing) {
  EXPECT_TRUE(search("").empty());
  EXPECT_TRUE(search("%_ ';").empty());
  EXPECT_TRUE(search("no such place").empty());
}

TEST_P(Units, AVillageLiesInItsCommune) {
  get([&](store::Reader& r) {
    EXPECT_EQ(commune_of(r, village)->code, "03847");
    EXPECT_EQ(full_name(unit(r, village).value()), "bản Nà Cá");
    EXPECT_EQ(unit_kind("ban").head_title_vi, "Trưởng bản");
    EXPECT_TRUE(lies_in(r, village, province(r, today())->id));
    EXPECT_FALSE(lies_in(r, commune, village));
    EXPECT_TRUE(children(r, commune, day("2025-12-31")).empty());
    EXPECT_EQ(children(r, commune, day("2026-01-01")).size(), 1u);
  });
  auto hits = search("ban na ca");
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].unit.id, village);
}

TEST_P(Units, AVillageIsAddedOnceAndOnlyToACommune) {
  auto add = [&](NewVillage v) { return db().write([&](store::Writer& w) { return add_village(w, v); }); };
  NewVillage good{.kind = "tieu-khu", .name = {"Nà Cá"}, .commune = commune, .valid_from = day("2026-01-01")};
  EXPECT_TRUE(add(good));
  EXPECT_FALSE(add(good));
  NewVillage wrong = good;
  wrong.kind = "xa";
  wrong.commune = village;
  auto refused = add(wrong);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.problems().size(), 2u);
}

TEST(UnitKinds, AreData) {
  EXPECT_EQ(unit_kind("to-dan-pho").head_title_vi, "Tổ trưởng tổ dân phố");
  EXPECT_EQ(unit_kind("tieu-khu").head_title_vi, "Trưởng tiểu khu");
  EXPECT_EQ(unit_kind("dac-khu").level, "commune");
  EXPECT_TRUE(unit_kind("no").code.empty());
}

}  // namespace
}  // namespace danchu::people
