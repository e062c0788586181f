// A day the law sets is shown with what of its count is not confirmed, whoever looks at it and however late.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

class Terms : public AssemblyWeb {
 protected:
  // A road that was agreed to on 26 December: to be sent by 4 January (MTG-10, over New Year).
  void SetUp() override {
    people_only();
    id = taken(assembly().propose(head, village, road(200'000)));
    taken(assembly().agree(front, id, seen(id)));
    const Id<Meeting> evening = called(make_date(2026, 12, 26), {id});
    notice(evening);
    at(2026, 12, 26, 19, 30);
    came(evening, 74);
    opened(evening, 74);
    taken(assembly().count_vote(head, id, {.yes = {60}, .no = {12}, .other = {2}}));
    taken(assembly().conclude(head, evening, {}));
    due = *read([&](store::Reader& r) { return decision_on(r, id); })->send_due;
  }
  Id<Motion> id;
  Date due;
  static constexpr const char* mark = "ngày tính theo lịch nghỉ chưa xác nhận";
};

TEST_F(Terms, AreMarkedOnTheDeskEvenWhenOverdue) {
  for (const Date day : {make_date(2026, 12, 28), due + 3}) {
    server.store.clock.set(at_local(day, 8, 0));
    EXPECT_THAT(server.get("/ban-lam-viec", as("truong.naca")).body, HasSubstr(mark));
    const auto todos = json("/ban-lam-viec", as("truong.naca")).at("todos").as_array();
    const auto& todo = todos.at(0).as_object();
    EXPECT_EQ(todo.at("mark").as_string(), mark);
    EXPECT_EQ(todo.at("because").as_array().at(0).at("rule").as_string(), "MTG-10");
    bool marked = false;
    for (const auto& reason : todo.at("because").as_array())
      marked = marked || (reason.at("rule").as_string() == "X-05" && reason.at("unverified").as_bool());
    EXPECT_TRUE(marked);
  }
}

TEST_F(Terms, StandOnTheOpenPageAndStayWhenKeptLate) {
  EXPECT_THAT(server.get(page(id)).body, HasSubstr("Hạn gửi về xã: " + to_page(due)));
  EXPECT_THAT(server.get(page(id)).body, HasSubstr(mark));
  server.store.clock.set(at_local(due + 1, 8, 0));
  EXPECT_THAT(server.get(page(id)).body, HasSubstr("quá hạn"));
  SignPaper paper = signed_today();
  paper.pictures = pictures("ký");
  taken(assembly().sign(head, id, paper));
  taken(assembly().send(head, id, {}));
  EXPECT_THAT(server.get(page(id)).body,
              HasSubstr("Gửi về xã ngày " + to_page(due + 1) + ", hạn " + to_page(due)));
  const auto shown = json(page(id));
  EXPECT_EQ(shown.at("sending").at("due").as_string(), to_iso(due));
  EXPECT_TRUE(shown.at("sending").at("late").as_bool());
  EXPECT_EQ(shown.at("sending").at("done").as_string(), to_iso(due + 1));
  EXPECT_FALSE(shown.at("sending").at("because").as_array().empty());
}

TEST_F(Terms, OfAVillageWithoutAHeadAreTheCommunesWork) {
  const std::string words = "không có Trưởng bản";
  EXPECT_THAT(server.get("/ban-lam-viec", as("canbo.muongbu")).body, Not(HasSubstr(words)));
  static const store::Statement post{"SELECT id FROM post WHERE account = $1 AND role = 'village_head'"};
  taken(official([&](store::Writer& w) {
    return people::end_post(w, *server.keys, officer, w.first(post, head.account)->id<people::PostRow>(0),
                            today());
  }));
  server.store.clock.set(at_local(due + 1, 8, 0));
  const std::string desk = server.get("/ban-lam-viec", as("canbo.muongbu")).body;
  EXPECT_THAT(desk, HasSubstr(words));
  EXPECT_THAT(desk, HasSubstr("Điều 20 khoản 3 Luật 10/2022/QH15"));
  EXPECT_THAT(desk, HasSubstr("/can-bo/" + commune.text()));
}

}  // namespace
}  // namespace danchu::assembly
