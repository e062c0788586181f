// What an anonymous reader is shown is what stands: after every step each cached page equals the one made
// anew.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

class CachedPages : public AssemblyWeb {
 protected:
  void SetUp() override { people_only(); }

  // A flash cookie goes round the cache.
  std::string anew(const std::string& path) {
    return server.get(path, "Cookie: danchu-flash=x\r\n" + std::string(json_only)).body;
  }
  std::string shown(const std::string& path) { return server.get(path, json_only).body; }
  void look(const std::string& step) {
    for (const std::string& path : paths) EXPECT_EQ(shown(path), anew(path)) << path << " after " << step;
  }
  void watch(const std::string& path) {
    paths.push_back(path);
    look("the first look at it");
  }

  std::vector<std::string> paths{"/", "/xa/03847", "/xa/04048", "/gioi-thieu", "/kiem-chung/1"};
};

TEST_F(CachedPages, AreWhatStandsAfterEveryStep) {
  watch("/thon/" + village.text());
  for (const char* made : {"/ket-qua.csv", "/ket-qua.atom", "/lich-hop.ics"})
    for (const std::string& of : {"/thon/" + village.text(), std::string("/xa/03847"), std::string()})
      watch(of + made);
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  look("propose");
  EXPECT_THAT(shown("/"), testing::HasSubstr(id.text()));
  watch(page(id));
  const Id<Motion> other = taken(assembly().propose(head, village, board_member()));
  watch(page(other));
  taken(assembly().agree(front, id, seen(id)));
  taken(assembly().agree(front, other, seen(other)));
  look("agree");
  const Id<Meeting> cancelled = called(make_date(2026, 12, 12), {id, other});
  look("call");
  watch(page(cancelled));
  notice(cancelled);
  look("notice");
  taken(assembly().cancel_meeting(head, cancelled, {{"Mưa lũ"}}));
  look("cancel");
  const Id<Meeting> evening = called(make_date(2026, 12, 13), {id, other});
  watch(page(evening));
  notice(evening);
  look("second notice");
  taken(official([&](store::Writer& w) {
    return people::correct_list(w, *server.keys, officer, people::list_of(w, village)->id,
                                {{}, {households[86].id}, {"Ghi trùng"}});
  }));
  look("correct the list");
  taken(official([&](store::Writer& w) {
    return people::change_register(w, *server.keys, head, village,
                                   {.change = people::Change::moved_in,
                                    .happened = today(),
                                    .paper = {"Giấy"},
                                    .head = Line<120>{"Quàng Thị Lả"}});
  }));
  look("change the register");
  at(2026, 12, 13, 19, 30);
  look("the meeting's start");
  came(evening, 74);
  look("ticks");
  taken(assembly().attend(head, evening, households[0].id, {.present = false}));
  look("untick");
  taken(assembly().attend(head, evening, households[0].id, {}));
  opened(evening, 74);
  look("open");
  taken(assembly().count_vote(head, id, {.yes = {60}, .no = {12}, .other = {2}}));
  look("count");
  taken(assembly().count_vote(head, other, {.yes = {60}, .no = {12}, .other = {2}}));
  taken(assembly().attend(head, evening, households[1].id, {.present = false}));
  look("one leaves");
  taken(assembly().conclude(head, evening, {}));
  look("conclude");
  at(2026, 12, 14, 9, 0);
  for (Id<Motion> each : {id, other}) {
    taken(assembly().sign(head, each, signed_today()));
    look("sign");
    taken(assembly().send(head, each, {}));
    look("send");
    taken(assembly().receive(each == id ? officer : viewers["mttq.muongbu"], each, {}));
    look("receive");
  }
  const Date due = *read([&](store::Reader& r) { return decision_on(r, other); })->answer_due;
  at(due.year(), due.month(), due.day(), 23, 59);
  look("the last minute of the term");
  EXPECT_FALSE(json(page(other)).at("answering").at("late").as_bool());
  server.store.clock.set(start_of(due + 1));
  look("the day after");
  EXPECT_TRUE(json(page(other)).at("answering").at("late").as_bool());
  taken(assembly().recognise(viewers["mttq.muongbu"], other, {{"12/QĐ-MTTQ"}, today()}));
  look("recognise");
  taken(assembly().report_execution(head, id, {std::nullopt, {"Đã thu"}}));
  look("report");
  taken(assembly().correct(officer, id,
                           {{74},
                            {50},
                            {22},
                            {2},
                            {"Biên bản ghi 50"},
                            {"Sổ đính chính"},
                            pictures("paper"),
                            pictures("minutes"),
                            {}}));
  look("a correction asked for");
  taken(assembly().agree_correction(viewers["chutich.muongbu"], id, asked(id)));
  look("correct");
  const Id<Motion> again = taken(assembly().propose_again(head, id, road(150'000)));
  look("propose again");
  watch(page(again));
  taken(assembly().reclassify(officer, again, {{2}, {"Là việc của quỹ"}}));
  look("reclassify");
  taken(assembly().withdraw(head, again, {{"Chưa đủ dự toán"}}));
  look("withdraw");
  taken(official([&](store::Writer& w) {
    return people::add_village(
        w, {.kind = "ban", .name = {"Nà Mới"}, .commune = commune, .valid_from = today()});
  }));
  look("add a village");
  taken(official([&](store::Writer& w) -> Result<Done> {
    store::set(w, "controller", "UBND xã Mường Bú");
    return Done{};
  }));
  look("a setting");
  EXPECT_THAT(server.get("/tim-kiem?q=" + std::string("n%E1%BB%99i")).body, testing::HasSubstr(again.text()));
}

// A meeting that has begun is no longer said to come, though nobody wrote anything.
TEST_F(CachedPages, KnowWhenAMeetingBegins) {
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  taken(assembly().agree(front, id, seen(id)));
  notice(called(make_date(2026, 12, 12), {id}));
  auto line = [&] { return json("/").at("open").at(0).as_object(); };
  at(2026, 12, 12, 19, 29);
  EXPECT_FALSE(line().at("meets").is_null());
  at(2026, 12, 12, 19, 30);
  EXPECT_TRUE(line().at("meets").is_null());
  EXPECT_FALSE(line().at("began").is_null());
}

}  // namespace
}  // namespace danchu::assembly
