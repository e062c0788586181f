#include "people/household_register.h"

#include <gmock/gmock.h>

#include "people/people_testing.h"

namespace danchu::people {
namespace {

class Register : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    officer = viewer(person("officer", Role::commune_officer, commune));
    head = viewer(person("head", Role::village_head, village));
    front = viewer(person("front", Role::village_front, village));
  }
  Result<std::int64_t> import(const std::string& csv) {
    return db().write_official([&](store::Writer& w) {
      return import_households(w, keys(), head, village, csv, today(), "Danh sách hộ ngày 1/12/2026");
    });
  }
  ImportPreview preview(const std::string& csv) {
    return get([&](store::Reader& r) { return preview_import(r, village, csv).value(); });
  }
  Result<Id<Household>> change(RegisterChange c, std::optional<Viewer> by = {}) {
    if (c.paper.value.empty()) c.paper = {"Đơn ngày 1/12/2026"};
    if (!c.happened.days) c.happened = today();
    return db().write_official(
        [&](store::Writer& w) { return change_register(w, keys(), by.value_or(head), village, c); });
  }
  std::vector<Household> all() {
    return get([&](store::Reader& r) { return households(r, village); });
  }
  std::string path(const Result<Id<Household>>& r) { return r.ok() ? "accepted" : r.problems()[0].path; }

  Viewer officer, head, front;
  const std::string four =
      "stt,số nhà,chủ hộ,phân biệt,tạm trú\r\n"
      "1,1,Lò Văn Thoa,vợ Quàng Thị Lả,\r\n2,2a,Lò Văn Thoa,vợ Lò Thị Pâng,\r\n"
      "3,2b,Giàng A Chua,,x\r\n,,\"Đinh Thị Ý, bà cụ\",,\r\n";
};
DANCHU_ON_EACH_ENGINE(Register);

TEST_P(Register, TakesASpreadsheetWithOrWithoutByteOrderMark) {
  ASSERT_EQ(import("\xEF\xBB\xBF" + four).value(), 4);
  auto lines = all();
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].head.value, "Lò Văn Thoa");
  EXPECT_EQ(lines[0].beside.value, "vợ Quàng Thị Lả");
  EXPECT_TRUE(lines[2].temporary);
  EXPECT_EQ(lines[3].number, 4) << "a line without a number follows the greatest";
  EXPECT_EQ(lines[3].head.value, "Đinh Thị Ý, bà cụ");
}

TEST_P(Register, ImportsNoListOfADayToCome) {
  auto refused = db().write_official([&](store::Writer& w) {
    return import_households(w, keys(), head, village, four, today() + 1, "Danh sách hộ");
  });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].path, "happened");
  EXPECT_TRUE(all().empty());
}

TEST_P(Register, ReadsTitlesAboveTheHeadingsAndOtherOrders) {
  auto p = preview("BẢN NÀ CÁ;;\nDanh sách hộ;;\nChủ hộ;Ghi gì đó;Số nhà\nLò A;x;7\n");
  ASSERT_EQ(p.lines.size(), 1u);
  EXPECT_EQ(p.lines[0].house.value, "7");
  EXPECT_TRUE(p.errors.empty());
}

TEST_P(Register, NamesRowColumnAndReasonOfEveryError) {
  auto p = preview("stt,chủ hộ,tạm trú\n1,,\n0,Lò A,\n2,Lò B,maybe\n3,Lò C,\nx,Lò D,\n7," +
                   std::string(200, 'a') + ",\n");
  std::vector<std::pair<std::int64_t, std::string>> where;
  for (const ImportError& error : p.errors) where.emplace_back(error.line, error.column);
  EXPECT_THAT(where,
              ::testing::ElementsAre(std::pair(2, "chủ hộ"), std::pair(3, "stt"), std::pair(4, "tạm trú"),
                                     std::pair(6, "stt"), std::pair(7, "chủ hộ")));
}

TEST_P(Register, ReadsAnOldFontAndSaysWhich) {
  auto p = preview("chñ hé\nLß V¨n Thoa\n");
  ASSERT_EQ(p.lines.size(), 1u);
  EXPECT_EQ(p.lines[0].head.value, "Lò Văn Thoa");
  EXPECT_EQ(p.lettering, Lettering::tcvn3);
  auto mixed = preview("chủ hộ\nLò Văn Thoả\nQuàng Thị Lả\nL§\n");
  ASSERT_EQ(mixed.errors.size(), 1u);
  EXPECT_EQ(mixed.errors[0].line, 4);
}

TEST_P(Register, TakesAllLinesOrNone) {
  auto done = import(four + "9,,,,\n");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.problems()[0].path, "line.6");
  EXPECT_TRUE(all().empty());
  EXPECT_FALSE(import("no headings\nat all\n"));
  EXPECT_FALSE(import("chủ hộ\n"));
  EXPECT_FALSE(import(""));
}

TEST_P(Register, FindsLinesThatRepeatAHousehold) {
  ASSERT_TRUE(import(four));
  auto p = preview(
      "stt,số nhà,chủ hộ,phân biệt\n11,1,LÒ VĂN THOA,\n12,30,Lo Van Thoa,vợ Lò Thị Pâng\n13,31,Lò Văn Thoa,\n"
      "14,40,Vàng A Súa,\n15,40,Vàng A Súa,\n3,50,Mùa A Dê,\n");
  std::vector<std::string> like;
  for (const ImportLine& line : p.lines) like.push_back(line.like);
  EXPECT_THAT(like, ::testing::ElementsAre("1", "2", "", "", "14", ""));
  EXPECT_EQ(p.doubtful, 3);
  ASSERT_EQ(p.errors.size(), 1u) << "number 3 is taken";
}

TEST_P(Register, EachChangeHasItsReasonAndItsAct) {
  ASSERT_TRUE(import(four));
  auto lines = all();
  EXPECT_TRUE(change({.change = Change::moved_away, .household = lines[0].id}));
  EXPECT_TRUE(change({.change = Change::duplicate, .household = lines[1].id, .other = lines[2].id}));
  auto split = change({.change = Change::split,
                       .household = lines[2].id,
                       .house = Line<40>{"2b/1"},
                       .head = Line<120>{"Giàng A Dơ"}});
  ASSERT_TRUE(split);
  EXPECT_TRUE(change({.change = Change::moved_in, .head = Line<120>{"Mùa Thị Súa"}}, officer));
  EXPECT_TRUE(change({.change = Change::died, .household = lines[3].id}));
  EXPECT_TRUE(change({.change = Change::corrected,
                      .household = *split,
                      .house = Line<40>{"2c"},
                      .head = Line<120>{"Giàng A Do"}}));
  EXPECT_TRUE(change({.change = Change::merged, .household = *split, .other = lines[2].id}));
  std::vector<std::string> heads;
  for (const Household& h : all()) heads.push_back(h.head.value);
  EXPECT_THAT(heads, ::testing::ElementsAre("Giàng A Chua", "Mùa Thị Súa"));

  auto acts = get([&](store::Reader& r) { return acts::about(r, "register/" + village.text()); });
  ASSERT_EQ(acts.size(), 8u);
  EXPECT_EQ(acts[0].kind, "register.imported");
  for (const auto& act : acts)
    for (const char* personal : {"Giàng", "Mùa", "Thoa", "Đơn"})
      EXPECT_EQ(boost::json::serialize(act.body).find(personal), std::string::npos) << act.kind;
  EXPECT_THAT(acts::verify(db()).findings, ::testing::IsEmpty());
}

TEST_P(Register, RefusesChangesThatCannotBe) {
  ASSERT_TRUE(import(four));
  auto lines = all();
  Id<Household> gone = lines[3].id;
  ASSERT_TRUE(change({.change = Change::died, .household = gone}));
  EXPECT_EQ(path(change({.change = Change::moved_away})), "household");
  EXPECT_EQ(path(change({.change = Change::moved_away, .household = gone})), "household");
  EXPECT_EQ(path(change({.change = Change::duplicate, .household = lines[0].id})), "other");
  EXPECT_EQ(path(change({.change = Change::merged, .household = lines[0].id, .other = lines[0].id})),
            "other");
  EXPECT_EQ(path(change({.change = Change::split, .household = lines[0].id})), "head");
  EXPECT_EQ(path(change({.change = Change::moved_in, .happened = today() + 1, .head = Line<120>{"A"}})),
            "happened");
  EXPECT_EQ(path(change({.change = Change::imported, .household = lines[0].id})), "change");
  auto other_s = change({.change = Change::died, .household = lines[0].id}, front);
  ASSERT_FALSE(other_s);
  EXPECT_EQ(other_s.problems()[0].fault, Fault::denied);
}

TEST_P(Register, ACorrectionChangesWhatItNamesAndNothingElse) {
  ASSERT_TRUE(import(four));
  const Id<Household> thoa = all()[0].id;
  auto line = [&] { return get([&](store::Reader& r) { return household(r, thoa).value(); }); };
  ASSERT_TRUE(
      change({.change = Change::counted_as, .household = thoa, .circumstance = Circumstance::one_person}));
  EXPECT_FALSE(line().temporary);
  ASSERT_TRUE(change({.change = Change::corrected, .household = thoa, .head = Line<120>{"Lò Văn Thỏa"}}));
  EXPECT_EQ(line().head.value, "Lò Văn Thỏa");
  EXPECT_EQ(line().house.value, "1");
  EXPECT_EQ(line().beside.value, "vợ Quàng Thị Lả");
  EXPECT_EQ(line().circumstance, Circumstance::one_person);
  ASSERT_TRUE(change({.change = Change::counted_as, .household = thoa, .temporary = true}));
  EXPECT_EQ(line().circumstance, Circumstance::one_person);
  EXPECT_TRUE(line().temporary);
  ASSERT_TRUE(change({.change = Change::corrected, .household = thoa, .beside = Line<120>{}}));
  EXPECT_EQ(line().beside.value, "") << "said to be empty";
  EXPECT_EQ(line().house.value, "1");
  EXPECT_EQ(path(change({.change = Change::corrected, .household = thoa, .head = Line<120>{}})), "head");
  EXPECT_EQ(path(change({.change = Change::corrected, .household = thoa, .house = Line<40>{"1"}})), "head")
      << "it stands so already";
  EXPECT_EQ(path(change({.change = Change::counted_as, .household = thoa, .temporary = true})),
            "circumstance");
}

TEST_P(Register, AHouseholdThatLeftCannotSignIn) {
  ASSERT_TRUE(import(four));
  Id<Household> leaving = all()[0].id;
  put([&](store::Writer& w) {
    put_account(w, "ho.thoa", "Hộ Lò Văn Thoa", hash_password("correct horse 1").value(), leaving, village);
  });
  auto in = sign_in(db(), {{"ho.thoa"}, {"correct horse 1"}, {}}, {});
  ASSERT_TRUE(in);
  EXPECT_EQ(in->viewer.household, leaving);
  EXPECT_TRUE(in->viewer.holds(Role::household, village));
  ASSERT_TRUE(change({.change = Change::moved_away, .household = leaving}));
  EXPECT_FALSE(viewer_of(db(), in->token, db().clock().now()));
  EXPECT_FALSE(sign_in(db(), {{"ho.thoa"}, {"correct horse 1"}, {}}, {}));
}

// A head who reports himself or his colleague away does not end a post the commune gave.
TEST_P(Register, AnOfficerWhoseHouseholdLeftKeepsHisPostAndTheCommuneSeesIt) {
  ASSERT_TRUE(import(four));
  const Id<Household> leaving = all()[0].id;
  put([&](store::Writer& w) {
    w.query_text("UPDATE account SET household = $1, village = $2 WHERE id = $3",
                 {leaving.number, village.number, front.account.number});
  });
  EXPECT_EQ(viewer(front.account).household, leaving);
  ASSERT_TRUE(change({.change = Change::moved_away, .household = leaving}));
  ASSERT_TRUE(sign_in(db(), {{"front"}, {"correct horse 1"}, {}}, {}));
  EXPECT_TRUE(viewer(front.account).holds(Role::village_front, village));
  EXPECT_FALSE(viewer(front.account).household) << "he answers for no household any more";
  get([&](store::Reader& r) {
    for (const Officer& officer : officers(r, commune, today()))
      EXPECT_EQ(officer.left_register,
                officer.post.account == front.account ? std::optional(today()) : std::nullopt);
  });
}

TEST_P(Register, IsSearchedByNumberNameAndNeighbour) {
  ASSERT_TRUE(import(four));
  auto found = [&](const char* words) {
    return get([&](store::Reader& r) { return find_households(r, village, words); }).size();
  };
  EXPECT_EQ(found("lo van thoa"), 2u);
  EXPECT_EQ(found("Pâng"), 1u);
  EXPECT_EQ(found("2b"), 1u);
  EXPECT_EQ(found(""), 4u);
  EXPECT_EQ(found("nobody"), 0u);
}

TEST_P(Register, ComesBackAsItWasWritten) {
  ASSERT_TRUE(import(four));
  std::string csv = get([&](store::Reader& r) { return register_csv(r, village); });
  auto p = preview(csv);
  EXPECT_TRUE(p.errors.empty());
  EXPECT_EQ(p.unchanged, 4);
  auto acts = [&] {
    return get([&](store::Reader& r) { return acts::about(r, "register/" + village.text()); }).size();
  };
  const std::size_t before = acts();
  EXPECT_EQ(import(csv).value(), 0) << "the same list again changes nothing";
  EXPECT_EQ(import(four).value(), 0) << "nor does one without all numbers";
  EXPECT_EQ(acts(), before);
}

TEST(RegisterRights, AreByPost) {
  Id<Unit> village{11}, other{12}, commune{2};
  struct Case {
    Role role;
    Id<Unit> unit;
    bool keeps, reads;
  };
  for (Case c : {Case{Role::village_head, village, true, true},
                 {Role::village_head, other, false, false},
                 {Role::commune_officer, commune, true, true},
                 {Role::commune_officer, Id<Unit>{3}, false, false},
                 {Role::commune_chair, commune, false, true},
                 {Role::commune_front, commune, false, true},
                 {Role::village_front, village, false, true},
                 {Role::helper, village, false, true},
                 {Role::household, village, false, true},
                 {Role::household, other, false, false},
                 {Role::province_officer, Id<Unit>{1}, false, false}}) {
    Viewer viewer;
    viewer.posts = {{c.role, c.unit}};
    EXPECT_EQ(may_keep_register(viewer, village, commune), c.keeps) << code_of(c.role);
    EXPECT_EQ(may_read_register(viewer, village, commune), c.reads) << code_of(c.role);
  }
}

}  // namespace
}  // namespace danchu::people
