// Who of which household spoke against its representative stays among the village's officers (art. 24.2), and
// whoever is shown names of households leaves a line in the log (practice P115).
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

const store::Statement count_looks{
    "SELECT count(*) FROM access_log WHERE village = $1 AND account = $2 AND what = $3"};

class Names : public AssemblyWeb {
 protected:
  void SetUp() override {
    people_only();
    const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
    taken(assembly().agree(front, id, seen(id)));
    evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
  }
  std::int64_t looks(const people::Viewer& viewer, const char* what) {
    return read([&](store::Reader& r) {
      return r.first(count_looks, village, viewer.account, std::string_view(what))->integer(0);
    });
  }
  Id<Meeting> evening;
};

TEST_F(Names, WhichHouseholdDisagreesIsInNoOpenAct) {
  const Id<MemberOpinion> asked =
      taken(assembly().register_member(head, evening, {households[4].id, {"Lò Văn Con"}, {}}));
  taken(assembly().note_opinion(head, asked, {Text<1000>{"Xin đóng ít hơn"}, false, Count{1}}));
  for (const char* kind : {"assembly.member-registered", "assembly.member-heard"}) {
    const std::string found = code(subject_of(evening), kind);
    const std::string act = "/kiem-chung/" + found.substr(0, found.find('-'));
    SCOPED_TRACE(act);
    EXPECT_EQ(server.get(act + "/bytes", json_only).status, 401);
    EXPECT_EQ(server.get(act + "/bytes", as("ho.naca.1") + json_only).status, 403);
    EXPECT_THAT(server.get(act).body, Not(HasSubstr(households[4].id.text())));
    EXPECT_TRUE(json(act).at("bytes_url").is_null());
    EXPECT_THAT(server.get(act + "/bytes", as("truong.naca")).body, HasSubstr("member_opinion"));
  }
  const std::string list = page(evening) + "/y-kien";
  EXPECT_EQ(server.get(list, json_only).status, 401);
  EXPECT_EQ(server.get(list, as("ho.naca.1") + json_only).status, 403);
  EXPECT_THAT(server.get(page(evening), json_only).body, Not(HasSubstr("Lò Văn Con")));
}

TEST_F(Names, WhoIsShownThemIsNoted) {
  EXPECT_EQ(server.get(page(evening) + "/diem-danh", as("truong.naca")).status, 200);
  EXPECT_EQ(looks(head, "attendance"), 1);
  at(2026, 12, 12, 19, 0);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(server
                  .post(page(evening) + "/diem-danh/" + households[static_cast<std::size_t>(i)].id.text(),
                        "present=true", as("truong.naca") + json_only)
                  .status,
              200);
  EXPECT_EQ(looks(head, "attendance"), 1) << "a tick shows no names";
  EXPECT_EQ(server.get(page(evening) + "/y-kien", as("truong.naca")).status, 200);
  EXPECT_EQ(looks(head, "opinions"), 1);
  for (const char* paper : {"/danh-sach-ho.docx", "/danh-sach-diem-danh.docx", "/giay-moi-tung-ho.docx"})
    EXPECT_EQ(server.get(page(evening) + paper, as("canbo.muongbu")).status, 200) << paper;
  EXPECT_EQ(looks(officer, "paper"), 3);
  EXPECT_EQ(server.get(page(evening) + "/giay-moi.docx", as("canbo.muongbu")).status, 200);
  EXPECT_NE(server.get(page(evening) + "/danh-sach-ho.docx").status, 200);
  EXPECT_EQ(looks(officer, "paper"), 3) << "it names no household";
}

}  // namespace
}  // namespace danchu::assembly
