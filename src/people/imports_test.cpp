#include "people/imports.h"

#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <thread>

#include "acts/acts.h"
#include "base/xlsx_testing.h"
#include "people/household_list.h"
#include "people/importer.h"
#include "people/people_testing.h"

namespace danchu::people {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Imports : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped()) return;
    put([&](store::Writer& w) {
      tieu_khu = add_village(w, {"tieu-khu", {"2"}, commune, day("2026-01-01"), {}}).value();
      province_id = province(w, today())->id;
      van_ho = unit_by_code(w, "04048", today())->id;
    });
    officer = viewer(person("officer", Role::commune_officer, commune));
    head = viewer(person("head", Role::village_head, village));
    admin = viewer(person("admin", Role::province_officer, province_id));
  }
  ImportOrder order(ImportKind kind, const Viewer& by, Id<Unit> within) {
    ImportOrder o;
    o.kind = kind;
    o.viewer = by;
    o.within = within;
    o.happened = today();
    o.paper = "Danh sách ngày 1/12/2026";
    return o;
  }
  ImportOrder of_commune(ImportKind kind) { return order(kind, officer, commune); }
  ImportOutcome import(const ImportOrder& o, const std::string& bytes) {
    auto done = do_import(db(), keys(), o, bytes);
    EXPECT_TRUE(done.ok()) << (done ? "" : done.problems()[0].message);
    return done ? *done : ImportOutcome{};
  }
  std::string refusal(const ImportOrder& o, const std::string& bytes) {
    auto done = do_import(db(), keys(), o, bytes);
    return done ? "" : std::string(done.problems()[0].message);
  }
  std::vector<Household> all(Id<Unit> at) {
    return get([&](store::Reader& r) { return households(r, at); });
  }
  std::int64_t acts() {
    return get([&](store::Reader& r) { return acts::head(r, keys(), db().clock().now()).seq; });
  }

  Id<Unit> tieu_khu, province_id, van_ho;
  Viewer officer, head, admin;
};
DANCHU_ON_EACH_ENGINE(Imports);

TEST_P(Imports, OfPagesAreReadTwoAtOnce) {
  const ImportOrder sent = of_commune(ImportKind::households);
  const std::string csv = "bản,stt,chủ hộ\nNà Cá,1,Lò Văn Thoa\n";
  std::vector<std::unique_ptr<Slots::Held>> others;
  for (int i = 0; i < files_read_at_once; ++i)
    others.push_back(std::make_unique<Slots::Held>(import_turns(), std::chrono::milliseconds(0)));
  std::vector<std::thread> waiting;
  std::atomic<int> told{0};
  for (int i = 0; i <= files_waiting; ++i)
    waiting.emplace_back([&] {
      auto plan = plan_import(db(), sent, csv);
      if (!plan.ok() && plan.problems()[0].fault == Fault::unavailable) {
        ++told;
        others.clear();  // the one nobody has a place for; the rest go on
      }
    });
  ImportOrder machine = sent;
  machine.at_the_machine = true;
  EXPECT_TRUE(plan_import(db(), machine, csv)) << "nobody waits at the machine";
  for (std::thread& one : waiting) one.join();
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(plan_import(db(), sent, csv));
}

TEST_P(Imports, HouseholdsOfManyVillagesInOneAct) {
  const std::string csv =
      "bản;stt;số nhà;chủ hộ;phân biệt\nNà Cá;1;1;Lò Văn Thoa;vợ Lả\nNà Cá;2;2a;Lò Văn Thoa;vợ Pâng\n"
      "tiểu khu 2;;6;Mùa A Dê;\n";
  const std::int64_t before = acts();
  ImportOutcome first = import(of_commune(ImportKind::households), csv);
  EXPECT_TRUE(first.written);
  EXPECT_EQ(first.fresh, 3);
  EXPECT_EQ(all(village).size(), 2u);
  EXPECT_EQ(all(tieu_khu).at(0).number, 1);
  EXPECT_EQ(acts(), before + 1);
  auto act = get([&](store::Reader& r) { return acts::find(r, before + 1).value(); });
  EXPECT_EQ(act.kind, "register.imported");
  EXPECT_EQ(act.actor, officer.account.number);
  EXPECT_EQ(act.body.at("new").as_int64(), 3);
  EXPECT_EQ(act.body.at("file").as_string().size(), 64u);

  ImportOutcome again = import(of_commune(ImportKind::households), csv);
  EXPECT_FALSE(again.written);
  EXPECT_EQ(again.unchanged, 3);
  EXPECT_EQ(acts(), before + 1) << "the same file twice changes nothing";

  ImportOutcome corrected = import(of_commune(ImportKind::households),
                                   "bản;stt;chủ hộ;tạm trú\nNà Cá;2;LÒ VĂN THOA;x\nNà Cá;;Vàng A Súa;\n");
  EXPECT_EQ(corrected.changed, 1);
  EXPECT_EQ(corrected.fresh, 1);
  EXPECT_EQ(corrected.missing, 1);
  auto lines = all(village);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_TRUE(lines[1].temporary);
  EXPECT_EQ(lines[1].house.value, "2a") << "what the file does not say stays";
  EXPECT_EQ(lines[2].number, 3);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(Imports, AllRowsOrNoneAndEachMistakeNamed) {
  ImportOutcome o =
      import(of_commune(ImportKind::households),
             "bản,stt,chủ hộ\nNà Cá,1,Lò A\nNà Xa,1,Lò B\nNà Cá,1,Lò C\nNà Cá,x,Lò D\nNà Cá,4,\n");
  EXPECT_FALSE(o.written);
  EXPECT_EQ(o.refused, 4);
  std::vector<std::pair<std::int64_t, std::string>> where;
  for (const ImportError& e : o.errors) where.emplace_back(e.line, e.column + "=" + e.value);
  EXPECT_THAT(where, ElementsAre(std::pair(3, "bản=Nà Xa"), std::pair(4, "stt=1"), std::pair(5, "stt=x"),
                                 std::pair(6, "chủ hộ=")));
  EXPECT_TRUE(all(village).empty());
  EXPECT_NE(error_report(o.errors, {"a"}, [](const ImportError&) { return "=1+1"; }).find("'=1+1"),
            std::string::npos)
      << "no formula leaves with the report";
}

// Whoever mends a row mends all of it at once.
TEST_P(Imports, ARowWithSeveralMistakesNamesEach) {
  auto said = [&](ImportKind kind, const std::string& csv) {
    std::vector<std::string> where;
    for (const ImportError& e : import(of_commune(kind), csv).errors)
      where.push_back(std::to_string(e.line) + " " + e.column + "=" + e.value);
    return where;
  };
  EXPECT_THAT(
      said(ImportKind::households, "bản,stt,chủ hộ,tạm trú,trường hợp\nNà Cá,1,Lò A,,\nNà Xa,x,,ừ,đi xa\n"),
      UnorderedElementsAre("3 bản=Nà Xa", "3 stt=x", "3 chủ hộ=", "3 tạm trú=ừ", "3 trường hợp=đi xa"));
  EXPECT_THAT(said(ImportKind::households, "bản,stt,chủ hộ\nNà Cá,1,\xE2\x80\xAE\xE2\x81\xA6\n"),
              ElementsAre("2 chủ hộ="))
      << "nothing but direction marks";
  EXPECT_THAT(said(ImportKind::villages, "xã,loại,tên bản,dân số,từ ngày\nVân Hồ,vùng,,nhiều,31/2/2026\n"),
              UnorderedElementsAre("2 xã=Vân Hồ", "2 loại=vùng", "2 tên bản=", "2 dân số=nhiều",
                                   "2 từ ngày=31/2/2026"));
  EXPECT_THAT(
      said(
          ImportKind::officers,
          "bản,họ và tên,chức vụ,tên đăng nhập,từ ngày\nNà Xa,,Vua,Đ,31/2/2026\nNà Cá,Lò A,Trưởng bản,a.lo,\n"
          "Nà Cá,Lò B,Trưởng bản,a.lo,\n"),
      UnorderedElementsAre("2 bản=Nà Xa", "2 họ và tên=", "2 chức vụ=Vua", "2 tên đăng nhập=Đ",
                           "2 từ ngày=31/2/2026", "3 chức vụ=Trưởng bản", "4 tên đăng nhập=a.lo",
                           "4 chức vụ=Trưởng bản"))
      << "there is a head already";
  ImportOutcome o = import(of_commune(ImportKind::villages), "loại,tên bản\nvùng,Nà Xa\n");
  ASSERT_EQ(o.errors.size(), 1u);
  EXPECT_NE(o.errors[0].args.at(0).second.find("tổ dân phố"), std::string::npos) << "the answers it may be";
}

TEST_P(Imports, OneVillageMayBeWrittenInCapitals) {
  ImportOutcome o =
      import(of_commune(ImportKind::households), "bản,stt,chủ hộ\nNà Cá,1,Lò A\nNÀ CÁ,2,Lò B\n");
  EXPECT_EQ(o.fresh, 2);
}

TEST_P(Imports, ANumberIsNotGivenToAnotherHousehold) {
  import(of_commune(ImportKind::households), "bản,stt,chủ hộ\nNà Cá,1,Lò Văn Thoa\n");
  ImportOutcome o = import(of_commune(ImportKind::households), "bản,stt,chủ hộ\nNà Cá,1,Giàng A Chua\n");
  EXPECT_EQ(o.refused, 1);
  EXPECT_EQ(all(village).at(0).head.value, "Lò Văn Thoa");
}

TEST_P(Imports, AWorkbookWithMergedVillagesInAnOldFont) {
  ImportOutcome o = import(of_commune(ImportKind::households),
                           xlsx_of({{"DANH S¸CH Hé"},
                                    {"b¶n", "stt", "chñ hé", "ph©n biÖt"},
                                    {"Nµ C¸", "1", "Lß V¨n Thoa", "vî Quµng ThÞ L¶"},
                                    {"", "2", "Lß V¨n Thoa", "vî Lß ThÞ P©ng"}},
                                   "<mergeCells><mergeCell ref=\"A3:A4\"/></mergeCells>"));
  EXPECT_TRUE(o.written);
  EXPECT_EQ(o.guessed, Lettering::tcvn3);
  EXPECT_EQ(o.format, TableFormat::xlsx);
  ASSERT_EQ(all(village).size(), 2u);
  EXPECT_EQ(all(village)[1].beside.value, "vợ Lò Thị Pâng");
}

TEST_P(Imports, AListThatIsMadeStaysAsItIs) {
  import(of_commune(ImportKind::households), "bản,stt,chủ hộ\nNà Cá,1,Lò Văn Thoa\n");
  Id<HouseholdList> list;
  put([&](store::Writer& w) {
    list = draft_list(w, keys(), head, village, today()).value();
    ASSERT_TRUE(lock_list(w, keys(), head, list,
                          {.as = LockAs::head, .posted_on = today(), .posted_at = Line<200>{"nhà văn hóa"}}));
  });
  ImportOutcome o = import(of_commune(ImportKind::households),
                           "bản,stt,chủ hộ,tạm trú\nNà Cá,1,Lò Văn Thoa,x\nNà Cá,2,Giàng A Chua,\n");
  EXPECT_TRUE(o.written);
  EXPECT_EQ(o.fixed_lists, 1);
  auto lines = get([&](store::Reader& r) { return people::lines(r, list); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].temporary);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(Imports, OnlyWithinOnesOwnUnit) {
  const std::string csv = "xã,bản,chủ hộ\nVân Hồ,Nà Cá,Lò A\n";
  EXPECT_EQ(import(of_commune(ImportKind::households), csv).refused, 1) << "another commune's row";
  for (const ImportOrder& o :
       {order(ImportKind::households, officer, van_ho), order(ImportKind::households, admin, province_id),
        order(ImportKind::households, head, commune), order(ImportKind::villages, head, commune),
        order(ImportKind::officers, officer, province_id)})
    EXPECT_EQ(refusal(o, csv), "You may not import this list here");
  ImportOrder future = of_commune(ImportKind::households);
  future.happened = today() + 1;
  EXPECT_EQ(refusal(future, csv), "This day has not come yet");
  EXPECT_EQ(refusal(of_commune(ImportKind::households), "bản,chủ hộ\n"),
            "The file holds no row below its headings");
  ImportOrder machine = order(ImportKind::households, {}, province_id);
  machine.at_the_machine = true;
  EXPECT_EQ(import(machine, "mã xã,bản,chủ hộ\n3847,na ca,Lò A\n").fresh, 1);
}

TEST_P(Imports, Villages) {
  const std::string csv =
      "xã,loại,tên bản,dân số,từ ngày\nMường Bú,,Bản Nà Cá,412,\nxã Mường Bú,tiểu khu,3,,1/12/2026\n"
      "04048,bản,Bản Hua Tạt,300,\n";
  ImportOutcome first = import(order(ImportKind::villages, admin, province_id), csv);
  EXPECT_EQ(first.fresh, 2);
  EXPECT_EQ(first.changed, 1) << "Nà Cá has a population now";
  auto in_van_ho = get([&](store::Reader& r) { return children(r, van_ho, today()); });
  ASSERT_EQ(in_van_ho.size(), 1u);
  EXPECT_EQ(full_name(in_van_ho[0]), "bản Hua Tạt");
  ImportOutcome again = import(order(ImportKind::villages, admin, province_id), csv);
  EXPECT_FALSE(again.written);
  EXPECT_EQ(again.unchanged, 3);
  ImportOutcome wrong =
      import(of_commune(ImportKind::villages),
             "tên bản,từ ngày\nNà Xanh,\nBản A,31/2/2026\nBản B,1/1/2027\nBản C,\nBản C,\n");
  EXPECT_EQ(wrong.refused, 4);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

// A list is planned when it is looked at and again in the write: what changed between is no fault of the
// file.
TEST_P(Imports, AVillageWhoseDayWasCorrectedMeanwhileIsTheSameVillage) {
  const std::string csv = "loại,tên bản\nbản,Nà Cá\n";
  const auto table = Table::open(csv);
  ASSERT_TRUE(table.ok());
  const auto importer = village_importer();
  ASSERT_TRUE(importer->read(**table, Lettering::unicode, "commune", {}).ok());
  auto plan = [&] {
    return get([&](store::Reader& r) {
      ImportOutcome outcome;
      importer->plan(r, of_commune(ImportKind::villages), today(), outcome, {});
      return outcome;
    });
  };
  EXPECT_EQ(plan().unchanged, 1);
  static const store::Statement corrected{"UPDATE unit SET valid_from = '2025-12-01' WHERE id = $1", "test"};
  put([&](store::Writer& w) { w.run(corrected, village); });
  EXPECT_EQ(plan().mistakes, 0);
  EXPECT_EQ(plan().unchanged, 1);
}

TEST_P(Imports, Officers) {
  const std::string csv =
      "bản,họ và tên,chức vụ,tên đăng nhập,từ ngày\n"
      "Nà Cá,Quàng Văn Minh,Trưởng ban công tác Mặt trận,minh.quang,\n"
      "Tiểu khu 2,Lò Văn Sơn,Trưởng tiểu khu,son.lo,01/12/2026\nTiểu khu 2,Lò Văn Sơn,Thư ký số,son.lo,\n";
  ImportOutcome first = import(of_commune(ImportKind::officers), csv);
  EXPECT_EQ(first.fresh, 3);
  ASSERT_EQ(first.passwords.size(), 2u);
  EXPECT_EQ(first.passwords[1].user_name, "son.lo");
  auto in = sign_in(db(), {{"son.lo"}, {first.passwords[1].password}, {}}, {});
  ASSERT_TRUE(in);
  EXPECT_EQ(in->viewer.due, Due::change_password);
  ImportOutcome again = import(of_commune(ImportKind::officers), csv);
  EXPECT_FALSE(again.written);
  EXPECT_EQ(again.unchanged, 3);
  EXPECT_TRUE(again.passwords.empty());
  ImportOutcome wrong = import(of_commune(ImportKind::officers),
                               "bản,họ và tên,chức vụ,tên đăng nhập\nNà Cá,Vàng A Súa,Trưởng bản,sua.vang\n"
                               "Nà Cá,Ai Khác,Thư ký số,son.lo\nNà Cá,Lò C,Vua,c.lo\nNà Cá,Lò D,Thư ký số,Đ\n"
                               ",Lò E,Chủ tịch UBND xã,e.lo\n,Lò F,Trưởng bản,f.lo\n");
  EXPECT_EQ(wrong.refused, 6)
      << "held by another; another's name; no post; no user name; not his to grant; no village";
  EXPECT_EQ(import(order(ImportKind::officers, admin, province_id),
                   "xã,họ và tên,chức vụ,tên đăng nhập\nMường Bú,Lò E,Chủ tịch UBND xã,e.lo\n")
                .fresh,
            1);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(Imports, AnOfficersMistakesAreNamedByRowColumnAndReason) {
  person("van.ho", Role::commune_officer, van_ho);
  const std::int64_t before = acts();
  ImportOutcome o = import(of_commune(ImportKind::officers),
                           "bản,họ và tên,chức vụ,tên đăng nhập,đến ngày\n"
                           "Nà Cá,Lò A,Thư ký số,a.lo,\n"
                           "Nà Cá,Lò C,Vua,c.lo,\n"
                           "Nà Cá,,Thư ký số,d.lo,\n"
                           "Nà Cá," +
                               std::string(90, 'x') +
                               ",Thư ký số,e.lo,\n"
                               "Nà Cá,Lò Đ,Thư ký số,Đ,\n"
                               "Nà Cá,Người van.ho,thư ký số,van.ho,\n"
                               "Nà Cá,Lò G,Trưởng bản,g.lo,\n"
                               "Nà Cá,Lò H,Thư ký số,h.lo,1/2/2026\n"
                               ",Lò I,Chủ tịch UBND xã,i.lo,\n");
  EXPECT_FALSE(o.written);
  EXPECT_EQ(o.refused, 8);
  using Row = std::tuple<std::int64_t, std::string, std::string>;
  std::vector<Row> where;
  std::vector<std::string> why;
  for (const ImportError& e : o.errors) {
    where.emplace_back(e.line, e.column, e.value.substr(0, 30));
    why.emplace_back(e.message);
  }
  EXPECT_THAT(where, ElementsAre(Row{3, "chức vụ", "Vua"}, Row{4, "họ và tên", ""},
                                 Row{5, "họ và tên", std::string(30, 'x')}, Row{6, "tên đăng nhập", "Đ"},
                                 Row{7, "tên đăng nhập", "van.ho"}, Row{8, "chức vụ", "Trưởng bản"},
                                 Row{9, "đến ngày", "01/02/2026"}, Row{10, "chức vụ", "Chủ tịch UBND xã"}));
  using testing::StartsWith;
  EXPECT_THAT(why,
              ElementsAre(StartsWith("This is no post we know"), "Write the full name", testing::_,
                          StartsWith("Use 3 to 40 small letters"),
                          StartsWith("This account belongs to another village or commune"),
                          StartsWith("Somebody holds this post in that time"),
                          "The end must be after the beginning", StartsWith("You may not grant this post")));
  EXPECT_EQ(acts(), before) << "not even the row without a mistake is written";
  EXPECT_TRUE(o.passwords.empty());
  static const store::Statement account{"SELECT id FROM account WHERE user_name = 'a.lo'"};
  EXPECT_FALSE(get([&](store::Reader& r) { return r.first(account); }));
}

TEST(ImportTemplates, HoldTheHeadingsThatAreRead) {
  for (ImportKind kind : {ImportKind::villages, ImportKind::households, ImportKind::officers})
    EXPECT_FALSE(import_template(kind).empty());
}

}  // namespace
}  // namespace danchu::people
