// What an officer is offered is what he may do: no button and no page for a step that must be refused, and
// what he agrees to stands on the page where he agrees.
#include "assembly/pages_testing.h"
#include "people/posts.h"

namespace danchu::assembly {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class OfferedSteps : public AssemblyWeb {
 protected:
  void SetUp() override {
    people_only();
    id = taken(assembly().propose(head, village, road(200'000)));
  }
  std::string html(const std::string& path, const std::string& user = "truong.naca") {
    return server.get(path, as(user)).body;
  }
  // The head is head of the Front committee as well from now on.
  void one_person_holds_both() {
    Id<people::PostRow> post;
    read([&](store::Reader& r) {
      for (const people::Officer& held : people::posts_of(r, front.account, today()))
        if (held.post.role == people::Role::village_front) post = held.post.id;
    });
    taken(official([&](store::Writer& w) {
      return people::hand_over(w, *server.keys, officer, post, "truong.naca", today());
    }));
    for (const char* user : {"truong.naca", "mt.naca"})
      viewers[user] = server.sessions[token(user)] = account_named(user);
    head = viewers["truong.naca"];
    ASSERT_TRUE(head.holds(people::Role::village_front, village));
  }
  std::vector<Verb> verbs_of(const people::Viewer& viewer) {
    std::vector<Verb> verbs;
    read([&](store::Reader& r) {
      for (const Task& task : tasks_of(r, viewer, law::Law::embedded(), today()))
        if (task.motion.id == id) verbs.push_back(task.verb);
    });
    return verbs;
  }
  Id<Meeting> lost() {
    taken(assembly().agree(front, id, seen(id)));
    const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
    at(2026, 12, 12, 19, 30);
    came(evening, 60);
    opened(evening, 60);
    taken(assembly().count_vote(head, id, {.yes = {30}, .no = {30}}));
    taken(assembly().conclude(head, evening, {}));
    return evening;
  }
  Id<Motion> id;
};

TEST_F(OfferedSteps, TheFrontHeadReadsTheQuestionAndWhatItCosts) {
  const std::string path = page(id) + "/thong-nhat";
  EXPECT_THAT(html(path, "mt.naca"),
              AllOf(HasSubstr("600 m đường"), HasSubstr("200.000 đ"), HasSubstr("3 ngày công"),
                    HasSubstr("Lò Văn Quý"), HasSubstr("Loại nội dung"), Not(HasSubstr("phân loại lại"))));
  taken(assembly().reclassify(officer, id, {{2}, {"Thu quỹ chung"}}));
  EXPECT_THAT(html(path, "mt.naca"), AllOf(HasSubstr("phân loại lại"), HasSubstr("Thu quỹ chung")));
  EXPECT_GE(json(path, as("mt.naca")).at("facts").as_array().size(), 6u);
}

TEST_F(OfferedSteps, OneWithBothPostsIsNotAskedToAgreeButForTheCommitteesMinutes) {
  EXPECT_EQ(verbs_of(front), std::vector<Verb>{Verb::agree});
  one_person_holds_both();
  EXPECT_EQ(verbs_of(head), std::vector<Verb>{Verb::agree_by_paper});
  EXPECT_THAT(html(page(id)),
              AllOf(Not(HasSubstr(page(id) + "/thong-nhat\"")), HasSubstr(page(id) + "/thong-nhat-giay\"")));
  EXPECT_EQ(server.get(page(id) + "/thong-nhat", as("truong.naca")).status, 403) << "the page says why";
}

TEST_F(OfferedSteps, OneWithBothPostsIsNotAskedForNumbersAndPicturesOfACorrection) {
  lost();
  EXPECT_THAT(html(page(id)), HasSubstr(page(id) + "/dinh-chinh\""));
  one_person_holds_both();
  EXPECT_THAT(html(page(id)), Not(HasSubstr(page(id) + "/dinh-chinh\"")));
  EXPECT_EQ(server.get(page(id) + "/dinh-chinh", as("truong.naca")).status, 403);
  EXPECT_EQ(server.get(page(id) + "/dinh-chinh", as("chutich.muongbu")).status, 200)
      << "the commune enters it, by somebody who did not hand the post over (HHL-02)";
}

// Nobody signs a paper for both posts (practice P20).
TEST_F(OfferedSteps, APaperNamesNobodyTwiceAmongItsSigners) {
  const std::string minutes = page(lost()) + "/bien-ban.docx";
  auto count = [](const std::string& words, const std::string& name) {
    int found = 0;
    for (std::size_t at = words.find(name); at != words.npos; at = words.find(name, at + 1)) ++found;
    return found;
  };
  const std::string two_persons = text(minutes);
  one_person_holds_both();
  const std::string one_person = text(minutes);
  EXPECT_EQ(count(one_person, front.name), count(two_persons, front.name) - 1);
  EXPECT_EQ(count(one_person, head.name), count(two_persons, head.name)) << "its line is left to be written";
}

TEST_F(OfferedSteps, AMeetingIsOpenedOnItsDay) {
  taken(assembly().agree(front, id, seen(id)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  EXPECT_THAT(html(page(evening)), Not(HasSubstr(page(evening) + "/mo\"")));
  at(2026, 12, 12, 8, 0);
  EXPECT_THAT(html(page(evening)), HasSubstr(page(evening) + "/mo\""));
}

TEST_F(OfferedSteps, ALostMatterIsProposedAnewOnce) {
  lost();
  const std::string path = page(id) + "/dua-lai";
  EXPECT_EQ(server.get(path, as("truong.naca")).status, 200);
  const Id<Motion> anew = taken(assembly().propose_again(head, id, road(150'000)));
  EXPECT_EQ(server.get(path, as("truong.naca")).status, 409);
  EXPECT_THAT(html(page(id)), HasSubstr(page(anew))) << "the page of the lost one leads there";
}

}  // namespace
}  // namespace danchu::assembly
